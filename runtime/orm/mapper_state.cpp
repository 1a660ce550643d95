// mapper_state.cpp: a MapperState from the mapping of a class and its registration.
#include "runtime/orm/declarative_tables.h"
#include "runtime/orm/registry.h"

namespace declorm::detail {

namespace {

class MapperBuilder {
public:
  MapperBuilder(const model::MappedClass &mapped, Table &table,
                const std::function<const Class *(const std::string &)> &find_class)
      : mapped_(mapped), table_(table), find_class_(find_class) {}

  std::unique_ptr<MapperState> build() {
    set_class();
    reserve(mapped_.table.columns.size());
    for (const model::ColumnDecl &declared : mapped_.table.columns)
      add_column(declared);
    set_key();
    set_packed();
    add_expressions();
    return std::move(state_);
  }

private:
  void set_class();
  void add_bases(const Class &class_);
  void reserve(std::size_t columns);
  void add_column(const model::ColumnDecl &declared);
  void set_place(const model::ColumnDecl &declared, Field &field, MemberPlace &info);
  std::uint32_t holder_of(const model::ColumnDecl &declared, const MemberPlace &info);
  void add_expressions();
  void add_attribute(const model::ExpressionDecl &declared);
  void set_defaults(const model::ColumnDecl &declared, ColumnInfo &info);
  void set_unset(const model::ColumnDecl &declared, ColumnInfo &info);
  void set_key();
  void set_packed();

  const model::MappedClass &mapped_;
  Table &table_;
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
  add_bases(registered);
}

void MapperBuilder::add_bases(const Class &class_) {
  state_->bases.emplace_back(class_.key, *class_.type);
  for (unsigned i = 0; i != class_.base_count; ++i)
    if (const Class *base = find_class_(class_.bases[i].key))
      add_bases(*base);
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
  if (declared.offset != no_offset)
    field.offset = std::uint32_t(declared.offset);
  if (field.accessor)
    field.holder = holder_of(declared, info);
  else if (declared.offset == no_offset)
    throw ArgumentError(describe(*state_) + ": member '" + info.member +
                        "' cannot be reached: it has neither an offset nor an accessor");
}

/// An accessor takes the subobject the member stands in.
std::uint32_t MapperBuilder::holder_of(const model::ColumnDecl &declared, const MemberPlace &info) {
  if (declared.offset != no_offset)
    return std::uint32_t(declared.offset - declared.member->offset);
  std::uint64_t subobject = 0;
  for (const model::Member *outer : declared.outer)
    subobject += outer->offset;
  const Class *at = find_class_(mapped_.class_->key);
  for (const unsigned step : declared.base_path) {
    const Base &base = at->bases[step];
    at = base.offset == no_offset ? nullptr : find_class_(base.key);
    if (!at)
      throw ArgumentError(describe(*state_) + ": member '" + info.member +
                          "' comes from the virtual base '" + declared.declared_in->name +
                          "'; columns of virtual bases cannot be mapped");
    subobject += base.offset;
  }
  return std::uint32_t(subobject);
}

void MapperBuilder::set_defaults(const model::ColumnDecl &declared, ColumnInfo &info) {
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
  info.read_only = !rare.computed.empty();
  info.server_made = info.read_only || !rare.server_default.empty() || !rare.default_sql.empty();
}

/// nullopt, the value of unset(v), and 0, "" or nil in a single-column key that somebody makes. Any
/// other default is refused by the rule default-on-plain-member.
void MapperBuilder::set_unset(const model::ColumnDecl &declared, ColumnInfo &info) {
  const bool single_key = info.is_key && table_.primary_key().size() == 1;
  if (const std::optional<model::Value> &unset = declared.rare().unset) {
    info.unset = Unset::value;
    info.add_made().unset = to_value(*unset);
  } else if (declared.member->type.optional()) {
    info.unset = Unset::null;
  } else if (single_key &&
             (info.column->autoincrement() || info.has_default() || info.server_made)) {
    info.unset = Unset::zero;
  }
}

/// How a member of the type lies in memory; its place is set later.
Field field_of(const model::Type &type) {
  Field field;
  field.code = type.code;
  field.optional = type.optional();
  field.size = type.size;
  field.rep = type.rep;
  field.num = type.num;
  field.den = type.den;
  field.text_date = holds_dates(type);
  return field;
}

void MapperBuilder::add_column(const model::ColumnDecl &declared) {
  const unsigned position = unsigned(state_->columns.size());
  const model::Type &type = declared.member->type;
  ColumnInfo &info = state_->infos.emplace_back();
  info.column = table_.owned_columns()[position].get(); // made of the same list
  for (const model::Member *outer : declared.outer)
    info.member += outer->name + ".";
  info.member += declared.member->name;
  info.is_key = info.column->primary_key();

  Field field = field_of(type);
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
  field.names = &state_->names.emplace_back(
      FieldNames{state_->qualified_name, info.member, table_.full_name(), info.column->name()});
  set_place(declared, field, info);
  set_defaults(declared, info);
  set_unset(declared, info);

  state_->columns.push_back(info.column);
  state_->all_fields.push_back(field);
  if (info.unset != Unset::never)
    state_->maybe_unset.push_back(position);
  if (info.has_onupdate())
    state_->onupdates.push_back(position);
  if (info.is_key && info.column->autoincrement() && !info.has_default())
    state_->generated_key = position;
  state_->has_computed |= info.read_only;
  state_->writes_back |= info.unset != Unset::never || info.server_made;
}

void MapperBuilder::set_key() {
  for (const Column *column : table_.primary_key())
    for (unsigned i = 0; i != state_->columns.size(); ++i)
      if (state_->columns[i] == column) {
        state_->key_positions.push_back(i);
        state_->key_fields.push_back(state_->all_fields[i]);
      }
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
      add_attribute(declared);
  }
}

void MapperBuilder::add_attribute(const model::ExpressionDecl &declared) {
  const model::Member &member = *declared.attribute.member;
  ExpressionInfo &info = state_->expressions.emplace_back();
  info.member = member.name;
  info.source = make_source(mapped_, declared);
  if (member.kind != model::MemberKind::field || declared.annotation->name != "column_property")
    return;
  info.is_loaded = true;
  Field field = field_of(member.type);
  field.names = &state_->names.emplace_back(
      FieldNames{state_->qualified_name, info.member, table_.full_name(), info.member});
  set_place(declared.attribute, field, info);
  state_->load_fields.push_back(field);
  state_->loaded_expressions.push_back(member.name);
}

} // namespace

std::unique_ptr<MapperState>
make_mapper_state(const model::MappedClass &mapped, Table &table,
                  const std::function<const Class *(const std::string &)> &find_class) {
  return MapperBuilder(mapped, table, find_class).build();
}

} // namespace declorm::detail
