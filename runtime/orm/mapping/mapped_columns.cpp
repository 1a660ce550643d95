// mapped_columns.cpp: the columns of a MapperState: how each lies in objects, and how it is
// written.
#include "runtime/orm/mapping/mapper_builder.h"

#include "runtime/engine/field_io.h"
#include "runtime/model/version.h"
#include "runtime/orm/mapping/declarative_tables.h"

#include <algorithm>

namespace declorm::detail {

void MapperBuilder::set_place(const model::ColumnDecl &declared, Field &field, MemberPlace &info) {
  const model::Class &declaring = *declared.declared_in;
  info.class_key = declaring.key;
  info.member_index = unsigned(declared.member - declaring.members.data());
  if (&declaring != declaring_)
    registered_declaring_ = classes_.find(declaring.key);
  declaring_ = &declaring;
  if (const Class *registered = registered_declaring_) {
    if (declared.outer.empty()) {
      info.declaring = *registered->type;
      info.declared_offset = declared.member->offset;
    }
    field.accessor = accessor_of(*registered, info.member_index);
  }
  field.gate = gate_of(declared);
  if (declared.offset != no_offset)
    field.offset = std::uint32_t(declared.offset);
  if (field.accessor)
    field.holder = std::uint32_t(declared.holder);
  else if (declared.offset == no_offset)
    throw ArgumentError(describe(*state_) + ": member '" + info.member +
                        "' cannot be reached: it has neither an offset nor an accessor");
}

/// Returns the innermost std::optional around the column's member; null if there is none.
const Gate *MapperBuilder::gate_of(const model::ColumnDecl &declared, std::size_t skipped,
                                   std::uint64_t begin) {
  const CompositeGate *gate = nullptr;
  const auto optionals = std::span(declared.rare().optionals).subspan(skipped);
  for (const model::OptionalDecl &optional : optionals) {
    const auto holder = std::uint32_t(optional.holder - begin);
    const auto known =
        std::find_if(state_->gates.begin(), state_->gates.end(), [&](const CompositeGate &one) {
          return one.member == optional.member && one.holder == holder && one.outer == gate;
        });
    if (known != state_->gates.end()) {
      gate = &*known;
      continue;
    }
    CompositeGate &made = state_->gates.emplace_back();
    made.member = optional.member;
    made.holder = holder;
    made.outer = gate;
    made.class_key = optional.declared_in->key;
    made.member_index = unsigned(optional.member - optional.declared_in->members.data());
    const Class *registered = classes_.find(made.class_key);
    made.accessor = registered ? accessor_of(*registered, made.member_index) : nullptr;
    if (!made.accessor)
      throw ArgumentError(describe(*state_) + ": the std::optional of composite '" +
                          optional.member->name + "' cannot be reached: it has no accessor");
    gate = &made;
  }
  return gate;
}

/// Adds a column to the outermost composite that its member stands in.
void MapperBuilder::add_to_composite(const model::ColumnDecl &declared, const Field &field,
                                     unsigned position) {
  const model::Member &outer = *declared.outer.front();
  const auto base = std::find_if(state_->bases.begin(), state_->bases.end(),
                                 [&](const auto &one) { return one.key == declared.base->key; });
  const Class *value_class = classes_.find(outer.type.target);
  if (base == state_->bases.end() || !value_class)
    return; // nothing but attr<T>("outer.member") can name it
  if (state_->composites.empty() || state_->composites.back().member != outer.name ||
      state_->composites.back().class_key != base->key) {
    MappedComposite &made = state_->composites.emplace_back();
    made.member = outer.name;
    made.class_key = base->key;
    made.declaring = base->type;
    made.declared_offset = outer.offset;
    made.member_index = unsigned(&outer - declared.base->members.data());
    made.owner = state_->type;
    made.value_type = *value_class->type;
  }
  MappedComposite &composite = state_->composites.back();
  const std::uint64_t begin = base->offset + outer.offset;
  Field part = field;
  part.gate = gate_of(declared, outer.type.optional() ? 1 : 0, begin);
  if (declared.offset != no_offset)
    part.offset = std::uint32_t(declared.offset - begin);
  if (part.accessor)
    part.holder = std::uint32_t(declared.holder - begin);
  composite.parts.push_back({state_->infos[position].member, part});
  composite.positions.push_back(position);
}

void MapperBuilder::fill_gates() {
  for (CompositeGate &gate : state_->gates) {
    gate.member = nullptr; // The model does not outlive configure.
    for (const Field &field : state_->all_fields)
      if (is_within(field, gate))
        gate.fields.push_back(&field);
  }
}

void MapperBuilder::set_defaults(const model::ColumnDecl &declared, const Column &column,
                                 ColumnInfo &info) {
  const auto read = [](const model::DefaultDecl &from, auto &thunk, std::optional<Value> &value) {
    if (const auto *function = std::get_if<model::Function>(&from))
      thunk = function->thunk;
    else if (const auto *given = std::get_if<model::Value>(&from))
      value = to_value(*given);
  };
  const model::RareOptions &rare = declared.rare();
  if (!declared.rare_options.empty()) {
    MadeValues &made = info.add_made();
    read(rare.default_value, made.default_thunk, made.default_value);
    read(rare.onupdate, made.onupdate_thunk, made.onupdate_value);
    made.default_sql = rare.default_sql;
    made.onupdate_sql = rare.onupdate_sql;
  }
  if (const std::optional<ColumnDefault> &given = column.default_value();
      given && !info.has_default())
    info.add_made().column_default = &*given;
  info.read_only = !rare.computed.empty() || column.computed();
  info.server_made = info.read_only || !rare.server_default.empty() || column.server_default() ||
                     !rare.default_sql.empty();
}

/// Whether the database makes the versions of the class's rows, and the member has them.
static bool is_server_version(const model::MappedClass &mapped, const model::Member &member) {
  const model::MappedClass *declaring = model::versioned_class(mapped);
  return declaring && declaring->version->by_server &&
         declaring->version->column.column().member == &member;
}

/// Says which value of the member means that none was given: nullopt, the value of unset(v), or 0,
/// "" or nil in a single-column key, or a version, that somebody makes. The rule
/// default-on-plain-member refuses any other default.
void MapperBuilder::set_unset(const model::ColumnDecl &declared, const Column &made,
                              ColumnInfo &info) {
  const bool single_key = made.primary_key() && made.table().primary_key().size() == 1;
  if (const std::optional<model::Value> &unset = declared.rare().unset) {
    info.unset = Unset::value;
    info.add_made().unset = to_value(*unset);
  } else if (declared.member->type.optional()) {
    info.unset = Unset::null;
  } else if (info.server_made && is_server_version(mapped_, *declared.member)) {
    info.unset = Unset::zero;
  } else if (single_key && (made.autoincrement() || info.has_default() || info.server_made)) {
    info.unset = Unset::zero;
  }
}

Field field_of(const model::Member &member) {
  const model::Type &type = member.type;
  Field field;
  // What type_traits make of a bit-field may come back as something else.
  field.bit_field = (member.flags & member_bit_field) != 0 && !type.converted();
  field.code = type.code;
  field.optional = type.optional();
  field.size = type.size;
  field.rep = type.rep;
  field.num = type.num;
  field.den = type.den;
  field.text_date = holds_dates(type);
  return field;
}

/// Adds the columns of a class that shares no rows with others.
void MapperBuilder::add_columns() {
  // A table that was made of the class has its columns in the same order, unless some were added
  // later; in any other they are looked up.
  const auto &made = table_.owned_columns();
  for (unsigned i = 0; i != mapped_.own_columns; ++i) {
    const model::ColumnDecl &column = mapped_.table.columns[i];
    if (i < made.size() && made[i]->name() == column.name) {
      add_column(column, {&table_});
      continue;
    }
    try {
      table_.column(column.name);
    } catch (const ArgumentError &error) {
      throw ArgumentError(describe(*state_) + ", member '" + column.member->name +
                          "': " + error.what());
    }
    add_column(column, {&table_}, {column.name});
  }
}

void MapperBuilder::add_attribute(const model::AttributeDecl &attribute) {
  std::vector<Table *> tables;
  std::vector<std::string> names;
  for (const model::ColumnRef &ref : attribute.columns) {
    MapperState *holder = ref.class_ == &mapped_ ? state_.get() : parent_;
    while (holder->key != ref.class_->class_->key)
      holder = holder->parent;
    tables.push_back(holder->table);
    names.push_back(ref.column().name);
  }
  const unsigned position = add_column(attribute.place, tables, names);
  for (const model::ColumnDecl &redeclared : attribute.redeclared) {
    MirroredMember &copy = state_->copies.emplace_back();
    copy.redeclared = fields_[position];
    copy.redeclared->accessor = nullptr;
    copy.from = position;
    copy.member = redeclared.member->name;
    set_place(redeclared, *copy.redeclared, copy);
  }
}

void MapperBuilder::add_to_part(TablePart &part, const Column &column, unsigned position,
                                bool is_first) {
  part.columns.push_back({&column, position, is_first});
  if (!is_first)
    return;
  const ColumnInfo &info = state_->infos[position];
  if (info.unset != Unset::never)
    part.maybe_unset.push_back(position);
  if (info.has_onupdate())
    part.onupdates.push_back(position);
  if (column.primary_key() && column.autoincrement() && !info.has_default())
    part.generated_key = position;
}

unsigned MapperBuilder::add_column(const model::ColumnDecl &declared,
                                   const std::vector<Table *> &tables,
                                   const std::vector<std::string> &column_names) {
  const unsigned position = unsigned(state_->columns.size());
  const model::Type &type = declared.member->type;
  ColumnInfo &info = state_->infos.emplace_back();
  std::vector<const Column *> held_in;
  for (std::size_t i = 0; i != tables.size(); ++i)
    held_in.push_back(column_names.empty()
                          ? tables[i]->owned_columns()[position].get() // made of the same list
                          : &tables[i]->column(column_names[i]));
  info.column = held_in.front();
  info.also_in_tables.assign(held_in.begin() + 1, held_in.end());
  const Column &made = *held_in.back(); // where the row begins, values are made
  for (const model::Member *outer : declared.outer)
    info.member += outer->name + ".";
  info.member += declared.member->name;

  Field field = field_of(*declared.member);
  if (declared.enum_names) {
    auto &names = state_->enum_names.emplace_back();
    for (const model::Enumerator &enumerator : type.enumerators)
      names.emplace_back(enumerator.name, enumerator.value);
    field.enum_names = &names;
  }
  if (const std::optional<model::Value> &null_value = declared.rare().null_value) {
    field.null_reads = true;
    field.null_value = &state_->null_values.emplace_back(to_value(*null_value));
  }
  field.names = &state_->names.emplace_back(FieldNames{
      state_->qualified_name, info.member, info.column->table().full_name(), info.column->name()});
  set_place(declared, field, info);
  set_defaults(declared, made, info);
  set_unset(declared, made, info);

  if (!declared.outer.empty())
    add_to_composite(declared, field, position);
  if (declared.deferred)
    state_->deferred.push_back({position, 0, declared.rare().deferred_group});
  state_->columns.push_back(info.column);
  fields_.push_back(field);
  for (TablePart &part : state_->parts)
    for (const Column *column : held_in)
      if (&column->table() == part.table)
        add_to_part(part, *column, position, column == &made);
  state_->has_onupdate |= info.has_onupdate();
  state_->has_computed |= info.read_only;
  state_->writes_back |= info.unset != Unset::never || info.server_made;
  return position;
}

} // namespace declorm::detail
