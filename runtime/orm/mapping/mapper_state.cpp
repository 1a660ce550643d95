// mapper_state.cpp: a MapperState from the mapping of a class and its registration.
#include "runtime/engine/field_io.h"
#include "runtime/model/lineage.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/orm/mapping/registry.h"

#include <algorithm>
#include <cctype>

namespace declorm::detail {

namespace {

class MapperBuilder {
public:
  MapperBuilder(const model::MappedClass &mapped, Table &table, MapperState *parent,
                const std::function<const Class *(const std::string &)> &find_class)
      : mapped_(mapped), table_(table), parent_(parent), find_class_(find_class) {}

  std::unique_ptr<MapperState> build() {
    set_class();
    set_parts();
    const bool has_attributes = parent_ || !mapped_.attributes.empty();
    reserve(has_attributes ? mapped_.attributes.size() : mapped_.own_columns);
    if (has_attributes)
      for (const model::AttributeDecl &attribute : mapped_.attributes)
        add_attribute(attribute);
    else
      add_columns();
    set_key();
    set_links();
    set_discriminator();
    state_->needs_fetched = !state_->copies.empty();
    set_mirrors();
    state_->writes_back |= state_->needs_fetched || state_->discriminator;
    fill_gates();
    set_packed();
    add_expressions();
    return std::move(state_);
  }

private:
  void set_class();
  void add_bases(const Class &class_, std::uint64_t offset);
  void reserve(std::size_t columns);
  void set_parts();
  void add_columns();
  void add_attribute(const model::AttributeDecl &attribute);
  /// `tables`: that have the column, the class's own first.
  unsigned add_column(const model::ColumnDecl &declared, const std::vector<Table *> &tables,
                      const std::vector<std::string> &column_names = {});
  void add_to_part(TablePart &part, const Column &column, unsigned position, bool is_first);
  void set_links();
  void set_mirrors();
  void set_discriminator();
  void set_place(const model::ColumnDecl &declared, Field &field, MemberPlace &info);
  const Gate *gate_of(const model::ColumnDecl &declared);
  void fill_gates();
  void add_expressions();
  void add_expression(const model::ExpressionDecl &declared);
  void set_defaults(const model::ColumnDecl &declared, const Column &column, ColumnInfo &info);
  void set_unset(const model::ColumnDecl &declared, const Column &made, ColumnInfo &info);
  std::vector<const Column *> key_columns(const Table &table) const;
  void set_key();
  void set_packed();

  const model::MappedClass &mapped_;
  Table &table_;
  MapperState *parent_;
  const std::function<const Class *(const std::string &)> &find_class_;
  // The class that declared the last column; most often it declares the next one too.
  const model::Class *declaring_ = nullptr;
  const Class *registered_declaring_ = nullptr;
  std::unique_ptr<MapperState> state_ = std::make_unique<MapperState>();
};

void MapperBuilder::set_class() {
  const model::Class &class_ = *mapped_.class_;
  const Class &registered = *find_class_(class_.key);
  state_->key = class_.key;
  state_->qualified_name = class_.name;
  state_->name = class_.unqualified_name();
  state_->type = *registered.type;
  state_->size = registered.size;
  state_->alignment = registered.alignment;
  state_->flags = registered.flags;
  state_->place = class_.location.file + ":" + std::to_string(class_.location.line);
  state_->construct = registered.construct;
  state_->destroy = registered.destroy;
  state_->table = &table_;
  state_->shares_table = parent_ && !mapped_.has_table();
  state_->parent = parent_;
  state_->root = parent_ ? parent_->root : state_.get();
  add_bases(registered, 0);
}

/// The parent's tables, then the class's own.
void MapperBuilder::set_parts() {
  if (parent_) {
    state_->parts = parent_->parts;
    state_->entity_tables = parent_->entity_tables;
  }
  if (!state_->shares_table) {
    state_->parts.emplace_back().table = &table_;
    state_->entity_tables.push_back({&table_, {}});
  }
  for (TablePart &part : state_->parts) { // filled again, attribute by attribute
    part.columns.clear();
    part.maybe_unset.clear();
    part.onupdates.clear();
    part.generated_key.reset();
  }
}

void MapperBuilder::add_bases(const Class &class_, std::uint64_t offset) {
  state_->bases.push_back({class_.key, *class_.type, offset});
  for (unsigned i = 0; i != class_.base_count; ++i)
    if (const Class *base = find_class_(class_.bases[i].key))
      add_bases(*base, class_.bases[i].offset == no_offset
                           ? model::virtual_base_offset(*mapped_.class_, base->key)
                           : offset + class_.bases[i].offset);
}

/// Names point into infos, and fields to names: neither may move later.
void MapperBuilder::reserve(std::size_t columns) {
  state_->columns.reserve(columns);
  state_->infos.reserve(columns);
  state_->expressions.reserve(mapped_.expressions.size());
  state_->names.reserve(columns + mapped_.expressions.size());
  state_->all_fields.reserve(columns);
  state_->packed_positions.reserve(columns);
  state_->packed_fields.reserve(columns);
}

void MapperBuilder::set_place(const model::ColumnDecl &declared, Field &field, MemberPlace &info) {
  const model::Class &declaring = *declared.declared_in;
  info.class_key = declaring.key;
  info.member_index = unsigned(declared.member - declaring.members.data());
  if (&declaring != declaring_)
    registered_declaring_ = find_class_(declaring.key);
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

/// The innermost std::optional around the column's member, or null.
const Gate *MapperBuilder::gate_of(const model::ColumnDecl &declared) {
  const CompositeGate *gate = nullptr;
  for (const model::OptionalDecl &optional : declared.rare().optionals) {
    const auto holder = std::uint32_t(optional.holder);
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
    const Class *registered = find_class_(made.class_key);
    made.accessor = registered ? accessor_of(*registered, made.member_index) : nullptr;
    if (!made.accessor)
      throw ArgumentError(describe(*state_) + ": the std::optional of composite '" +
                          optional.member->name + "' cannot be reached: it has no accessor");
    gate = &made;
  }
  return gate;
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

/// nullopt, the value of unset(v), and 0, "" or nil in a single-column key that somebody makes. Any
/// other default is refused by the rule default-on-plain-member.
void MapperBuilder::set_unset(const model::ColumnDecl &declared, const Column &made,
                              ColumnInfo &info) {
  const bool single_key = made.primary_key() && made.table().primary_key().size() == 1;
  if (const std::optional<model::Value> &unset = declared.rare().unset) {
    info.unset = Unset::value;
    info.add_made().unset = to_value(*unset);
  } else if (declared.member->type.optional()) {
    info.unset = Unset::null;
  } else if (single_key && (made.autoincrement() || info.has_default() || info.server_made)) {
    info.unset = Unset::zero;
  }
}

/// How the member lies in memory; its place is set later.
Field field_of(const model::Member &member) {
  const model::Type &type = member.type;
  Field field;
  // What type_traits make of it may come back as something else.
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

/// Of a class that shares no rows.
void MapperBuilder::add_columns() {
  // A table that was made of the class has its columns in the same order; any other is asked.
  const bool is_declared = mapped_.has_table() && !mapped_.deferred && !table_.union_definition();
  for (unsigned i = 0; i != mapped_.own_columns; ++i) {
    const model::ColumnDecl &column = mapped_.table.columns[i];
    if (is_declared) {
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
    Copy &copy = state_->copies.emplace_back();
    copy.redeclared = state_->all_fields[position];
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
  info.further.assign(held_in.begin() + 1, held_in.end());
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

  state_->columns.push_back(info.column);
  state_->all_fields.push_back(field);
  for (TablePart &part : state_->parts)
    for (const Column *column : held_in)
      if (&column->table() == part.table)
        add_to_part(part, *column, position, column == &made);
  state_->has_onupdate |= info.has_onupdate();
  state_->has_computed |= info.read_only;
  state_->writes_back |= info.unset != Unset::never || info.server_made;
  return position;
}

/// What identifies an object: columns of the root's table.
std::vector<const Column *> MapperBuilder::key_columns(const Table &table) const {
  std::vector<const Column *> columns;
  for (const std::string &name : mapped_.root->mapper_key)
    columns.push_back(&table.column(name));
  return columns.empty() ? table.primary_key() : columns;
}

/// Each column of the root table's key, at the attribute that holds it.
void MapperBuilder::set_key() {
  TablePart &first = state_->parts.front();
  first.key.clear();
  for (const Column *column : key_columns(*first.table))
    for (const PartColumn &candidate : first.columns) {
      if (candidate.column != column)
        continue;
      first.key.emplace_back(column, unsigned(state_->key_positions.size()));
      state_->infos[candidate.position].is_key = true;
      state_->key_positions.push_back(candidate.position);
      state_->key_fields.push_back(state_->all_fields[candidate.position]);
    }
}

/// Whether the database changes the part's key with that of the table above.
bool follows(const TablePart &part) {
  const auto &constraints = part.table->constraints();
  return std::any_of(constraints.begin(), constraints.end(), [&](const Constraint &constraint) {
    std::string action = constraint.on_update;
    std::transform(action.begin(), action.end(), action.begin(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    return constraint.kind == ConstraintKind::foreign_key && action == "CASCADE" &&
           std::all_of(part.key.begin(), part.key.end(), [&](const auto &key) {
             return std::find(constraint.columns.begin(), constraint.columns.end(),
                              key.first->name()) != constraint.columns.end();
           });
  });
}

/// How the row of the class's own table goes with that of its parent's.
void MapperBuilder::set_links() {
  if (!parent_)
    return;
  // Of the tables above, the parent knows; the attributes have the same positions here.
  const auto position_of = [&](const Column *column) {
    for (const TablePart &part : state_->parts)
      for (const PartColumn &candidate : part.columns)
        if (candidate.column == column)
          return std::optional(candidate.position);
    return std::optional<unsigned>();
  };
  const auto copy = [&](unsigned to, unsigned from) {
    if (to == from)
      return;
    Copy &made = state_->copies.emplace_back();
    made.to = to;
    made.from = from;
  };
  for (const EntityTable &above : parent_->entity_tables)
    for (const auto &[own, other] : above.on)
      if (const auto to = position_of(own), from = position_of(other); to && from)
        copy(*to, *from);
  for (const model::JoinLink &link : mapped_.links) {
    MapperState *holder = parent_;
    while (holder->key != link.parent.class_->class_->key)
      holder = holder->parent;
    const Column &own = table_.column(link.own.column().name);
    const Column &other = holder->table->column(link.parent.column().name);
    state_->entity_tables.back().on.emplace_back(&own, &other);
    for (const TablePart &part : state_->parts)
      for (const auto &[column, index] : part.key)
        if (column == &other)
          state_->parts.back().key.emplace_back(&own, index);
    copy(position_of(&own).value_or(0), position_of(&other).value_or(0));
  }
  if (mapped_.has_table() && state_->parts.back().key.size() != state_->key_positions.size())
    throw ArgumentError(describe(*state_) + ": the join of table '" + table_.full_name() +
                        "' with that of class '" + parent_->qualified_name +
                        "' does not cover the primary key, so that it does not say which rows "
                        "belong together; name all its columns in the foreign key or in "
                        "inherit_condition");
  if (mapped_.has_table())
    state_->parts.back().key_follows = follows(state_->parts.back());
}

/// What is copied from one to the other, and on to a third, is one group. A copy's source is there
/// before the copy, but for the members that redeclare.
void MapperBuilder::set_mirrors() {
  std::vector<std::vector<Mirror>> &groups = state_->mirrors;
  const auto group_of = [&](unsigned position) -> std::vector<Mirror> & {
    for (std::vector<Mirror> &group : groups)
      for (const Mirror &mirror : group)
        if (mirror.position == position)
          return group;
    return groups.emplace_back(1, Mirror{position, {}});
  };
  for (const Copy &copy : state_->copies)
    if (!copy.redeclared)
      group_of(copy.from).push_back({copy.to, {}});
  for (unsigned i = 0; i != state_->copies.size(); ++i)
    if (const Copy &copy = state_->copies[i]; copy.redeclared)
      group_of(copy.from).push_back({copy.from, i});
}

void MapperBuilder::set_discriminator() {
  if (parent_)
    state_->discriminator = parent_->discriminator;
  else if (mapped_.discriminator && !table_.union_definition())
    state_->discriminator = mapped_.discriminator->attribute;
  if (!mapped_.identity)
    return;
  Value value = to_value(mapped_.identity->value);
  const auto *number = std::get_if<std::int64_t>(&value.data());
  const auto *names =
      state_->discriminator ? state_->all_fields[*state_->discriminator].enum_names : nullptr;
  if (names && number)
    for (const auto &[name, listed] : *names)
      if (listed == *number) {
        value = Value(name);
        break;
      }
  state_->identity = std::move(value);
}

void MapperBuilder::set_packed() {
  state_->packed_positions = state_->key_positions;
  for (unsigned i = 0; i != state_->columns.size(); ++i)
    if (!state_->infos[i].is_key)
      state_->packed_positions.push_back(i);
  for (const unsigned position : state_->packed_positions)
    state_->packed_fields.push_back(state_->all_fields[position]);
}

/// What is loaded comes behind the columns; the others can be named in queries only.
void MapperBuilder::add_expressions() {
  state_->load_fields = state_->all_fields;
  for (const model::ExpressionDecl &declared : mapped_.expressions) {
    const std::string_view annotation = declared.annotation->name;
    if (annotation == "comparison")
      for (const ColumnInfo &info : state_->infos) {
        if (info.class_key == declared.attribute.declared_in->key &&
            info.member == declared.attribute.member->name)
          state_->comparisons.emplace_back(info.column, make_source(mapped_, declared));
      }
    else if (annotation == "column_property" || annotation == "hybrid" || annotation == "synonym")
      add_expression(declared);
  }
}

void MapperBuilder::add_expression(const model::ExpressionDecl &declared) {
  const model::Member &member = *declared.attribute.member;
  ExpressionInfo &info = state_->expressions.emplace_back();
  info.member = member.name;
  info.source = make_source(mapped_, declared);
  if (member.kind != model::MemberKind::field || declared.annotation->name != "column_property")
    return;
  info.is_loaded = true;
  Field field = field_of(member);
  field.names = &state_->names.emplace_back(
      FieldNames{state_->qualified_name, info.member, table_.full_name(), info.member});
  set_place(declared.attribute, field, info);
  state_->load_fields.push_back(field);
  state_->loaded_expressions.push_back(member.name);
}

} // namespace

std::unique_ptr<MapperState>
make_mapper_state(const model::MappedClass &mapped, Table &table, MapperState *parent,
                  const std::function<const Class *(const std::string &)> &find_class) {
  return MapperBuilder(mapped, table, parent, find_class).build();
}

} // namespace declorm::detail
