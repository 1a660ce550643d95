// declarative_tables.cpp: model::TableDecl to Table. The same for configure and for print-ddl.
#include "runtime/orm/mapping/declarative_tables.h"

#include "declorm/dialect.h"
#include "runtime/engine/decimal_io.h"
#include "runtime/orm/mapping/called_class.h"

#include <algorithm>

namespace declorm::detail {

namespace {

declorm::Type type_of(TypeKind kind, unsigned length = 0) {
  declorm::Type type;
  type.kind = kind;
  type.length = length;
  return type;
}

declorm::Type enum_type(const model::Type &type) {
  std::vector<std::string> names;
  for (const model::Enumerator &enumerator : type.enumerators)
    names.push_back(enumerator.name);
  return Enum(std::move(names));
}

declorm::Type decimal_type(const model::Type &type) {
  const DecimalShape shape{unsigned(type.num), unsigned(type.den)};
  declorm::Type numeric = Numeric(shape.precision, shape.scale);
  numeric.exact = decimal_form(shape) == DecimalForm::text;
  return numeric;
}

declorm::Type time_type(const model::Type &type) {
  declorm::Type time = DateTime;
  if (type.den == 1 && (type.num == 60 || type.num == 3600))
    time.precision = unsigned(type.num);
  time.timezone = type.code == TypeCode::sys_time;
  return time;
}

bool is_real(TypeCode code) { return code == TypeCode::float32 || code == TypeCode::float64; }

Column to_column(const model::ColumnDecl &declared) {
  Column column(declared.name, column_type(declared));
  column.apply(declared.nullable ? ColumnFlag::nullable : ColumnFlag::not_null);
  if (const auto *value = std::get_if<model::Value>(&declared.rare().default_value))
    column.apply(ColumnDefault{to_value(*value), {}});
  apply_options(declared, column, [](const model::ForeignKeyDecl &) { return true; });
  return column;
}

} // namespace

void apply_options(const model::ColumnDecl &declared, Column &column,
                   const std::function<bool(const model::ForeignKeyDecl &)> &wants_key) {
  if (declared.primary_key)
    column.apply(primary_key);
  if (declared.unique)
    column.apply(ColumnFlag::unique);
  if (declared.index)
    column.apply(ColumnFlag::index);
  if (declared.autoincrement)
    column.apply(Autoincrement{*declared.autoincrement});
  const model::RareOptions &rare = declared.rare();
  if (!rare.server_default.empty())
    column.apply(ServerDefault{rare.server_default});
  if (!rare.computed.empty())
    column.apply(declorm::computed(rare.computed, rare.stored));
  if (!rare.comment.empty())
    column.apply(ColumnComment{rare.comment});
  for (const model::ForeignKeyDecl &key : declared.foreign_keys)
    if (wants_key(key))
      column.apply(
          ForeignKey(key.target, {key.on_delete, key.on_update, key.deferrable, std::string()}));
}

Constraint to_constraint(const model::ConstraintDecl &declared) {
  Constraint constraint;
  switch (declared.kind) {
  case model::ConstraintKind::primary_key:
    constraint.kind = ConstraintKind::primary_key;
    break;
  case model::ConstraintKind::unique:
    constraint.kind = ConstraintKind::unique;
    break;
  case model::ConstraintKind::foreign_key:
    return ForeignKeyConstraint(
        declared.columns, declared.referred,
        {declared.on_delete, declared.on_update, declared.deferrable, declared.name});
  case model::ConstraintKind::check:
    constraint.kind = ConstraintKind::check;
    break;
  }
  constraint.name = declared.name;
  constraint.columns = declared.columns;
  constraint.sql = declared.sql;
  return constraint;
}

bool holds_dates(const model::Type &type) {
  return type.den == 1 && type.num == 86400 && !is_real(type.rep);
}

Value to_value(const model::Value &value) {
  if (const auto *boolean = value.boolean())
    return Value(*boolean);
  if (const auto *integer = value.integer())
    return Value(*integer);
  if (const auto *real = std::get_if<double>(&value.data))
    return Value(*real);
  if (const auto *text = value.string())
    return Value(*text);
  if (const auto *enumerator = std::get_if<model::EnumValue>(&value.data))
    return Value(enumerator->value);
  return {};
}

declorm::Type column_type(const model::ColumnDecl &column) {
  const model::Type &type = column.member->type;
  if (!column.rare().sql_type.empty()) {
    declorm::Type raw = type_of(TypeKind::raw);
    raw.name = column.rare().sql_type;
    return raw;
  }
  if (column.enum_names)
    return enum_type(type);
  if (type.code == TypeCode::decimal)
    return decimal_type(type);
  if (column.numeric)
    return Numeric(column.numeric->first, column.numeric->second);
  switch (type.code) {
  case TypeCode::boolean:
    return Boolean;
  case TypeCode::int8:
  case TypeCode::uint8:
  case TypeCode::int16:
    return SmallInteger;
  case TypeCode::uint16:
  case TypeCode::int32:
    return Integer;
  case TypeCode::uint32:
  case TypeCode::int64:
  case TypeCode::uint64:
    return BigInteger;
  case TypeCode::float32:
    return Float;
  case TypeCode::float64:
    return Double;
  case TypeCode::text:
    return type_of(TypeKind::string, column.length);
  case TypeCode::text_array:
    return type_of(TypeKind::string, column.length ? column.length : type.array_size());
  case TypeCode::bytes:
    return type_of(TypeKind::large_binary, column.length);
  case TypeCode::byte_array:
    return type_of(TypeKind::large_binary, type.optional() ? 0 : type.size);
  case TypeCode::sys_time:
  case TypeCode::local_time:
    return holds_dates(type) ? type_of(TypeKind::date) : time_type(type);
  case TypeCode::date:
    return type_of(TypeKind::date);
  case TypeCode::duration:
    return is_real(type.rep) ? declorm::Type(Double) : declorm::Type(Interval);
  case TypeCode::uuid:
    return type_of(TypeKind::uuid);
  case TypeCode::json:
    return type_of(TypeKind::json);
  default:
    throw ArgumentError("member '" + column.member->name + "' of type '" + type.spelling +
                        "' has no column type");
  }
}

Index to_index(const model::IndexDecl &declared) {
  return {.name = declared.name,
          .columns = declared.columns,
          .unique = declared.unique,
          .where = declared.where,
          .expressions = declared.expressions};
}

Table &declare_table(MetaData &metadata, const model::TableDecl &declared) {
  std::unique_ptr<Table> table = metadata.new_table(declared.name, declared.schema);
  for (const model::ColumnDecl &column : declared.columns)
    table->append(to_column(column));
  for (const model::ConstraintDecl &constraint : declared.constraints)
    table->append(to_constraint(constraint));
  for (const model::IndexDecl &index : declared.indexes)
    table->append(to_index(index));
  for (const auto &[name, value] : declared.options)
    table->append(TableOption{name, value});
  if (!declared.comment.empty())
    table->append(ColumnComment{declared.comment});
  table->set_info(declared.info);
  return metadata.insert(std::move(table));
}

void append_called(Table &table, const model::TableDecl &declared) {
  for (const model::ColumnDecl &column : declared.columns)
    if (is_called_key(column.declared_in->key) && !table.find_column(column.name))
      table.append(to_column(column));
}

std::string ddl_of(const model::Program &program, std::string_view dialect_name) {
  try {
    model::Diagnostics diagnostics;
    const model::Mapping mapping = model::map(program, diagnostics);
    MetaData metadata;
    for (const model::MappedClass &mapped : mapping.classes)
      if (mapped.has_table() && !mapped.deferred)
        declare_table(metadata, mapped.table);
    return create_all_sql(metadata, dialect(dialect_name));
  } catch (const std::exception &error) {
    return std::string("error: ") + error.what() + "\n";
  }
}

} // namespace declorm::detail
