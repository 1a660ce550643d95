// type_names.cpp: How messages spell columns and what tells two of them apart.

#include "runtime/model/type_names.h"

#include <algorithm>

namespace declorm::model {

namespace {

std::string sized(const char *name, std::uint64_t size) {
  return size ? std::string(name) + "(" + std::to_string(size) + ")" : std::string(name);
}

std::string numeric(std::int64_t precision, std::int64_t scale) {
  return "NUMERIC(" + std::to_string(precision) + ", " + std::to_string(scale) + ")";
}

std::string foreign_keys(const ColumnDecl &column) {
  std::string text;
  for (const ForeignKeyDecl &key : column.foreign_keys)
    text += (text.empty() ? "a foreign key to '" : ", '") + key.target + "'";
  return text.empty() ? "no foreign key" : text;
}

std::string sql(const char *what, const std::string &text) {
  return text.empty() ? std::string("without ") + what : std::string(what) + "(\"" + text + "\")";
}

bool same_enumerators(const ColumnDecl &a, const ColumnDecl &b) {
  return std::equal(a.member->type.enumerators.begin(), a.member->type.enumerators.end(),
                    b.member->type.enumerators.begin(), b.member->type.enumerators.end(),
                    [](const Enumerator &x, const Enumerator &y) { return x.name == y.name; });
}

} // namespace

std::string sql_type_name(const ColumnDecl &column) {
  const Type &type = column.member->type;
  if (!column.rare().sql_type.empty())
    return column.rare().sql_type;
  if (column.enum_names)
    return sized("VARCHAR", column.length);
  if (column.numeric)
    return numeric(column.numeric->first, column.numeric->second);
  if (!type.is_column())
    return type.spelling;
  switch (type.code) {
  case TypeCode::boolean:
    return "BOOLEAN";
  case TypeCode::int8:
  case TypeCode::int16:
  case TypeCode::uint8:
    return "SMALLINT";
  case TypeCode::int32:
  case TypeCode::uint16:
    return "INTEGER";
  case TypeCode::int64:
  case TypeCode::uint32:
  case TypeCode::uint64:
    return "BIGINT";
  case TypeCode::float32:
    return "FLOAT";
  case TypeCode::float64:
    return "DOUBLE PRECISION";
  case TypeCode::text:
    return sized("VARCHAR", column.length);
  case TypeCode::text_array:
    return sized("VARCHAR", column.length ? column.length : type.array_size());
  case TypeCode::bytes:
    return sized("BLOB", column.length);
  case TypeCode::byte_array:
    return sized("BINARY", type.size);
  case TypeCode::sys_time:
    return "TIMESTAMP WITH TIME ZONE";
  case TypeCode::local_time:
    return "TIMESTAMP";
  case TypeCode::duration:
    return "INTERVAL";
  case TypeCode::date:
    return "DATE";
  case TypeCode::decimal:
    return numeric(type.num, type.den);
  case TypeCode::uuid:
    return "UUID";
  case TypeCode::json:
    return "JSON";
  default:
    return type.spelling;
  }
}

std::string member_path(const ColumnDecl &column) {
  std::string path;
  for (const Member *outer : column.outer)
    path += outer->name + ".";
  return path + column.member->name;
}

std::pair<std::string, std::string> difference(const ColumnDecl &a, const ColumnDecl &b) {
  const auto either = [](bool first, const char *yes, const char *no) {
    return first ? std::pair<std::string, std::string>(yes, no)
                 : std::pair<std::string, std::string>(no, yes);
  };
  const RareOptions &x = a.rare(), &y = b.rare();
  if (std::pair types(sql_type_name(a), sql_type_name(b)); types.first != types.second)
    return types;
  if (a.enum_names != b.enum_names)
    return either(a.enum_names, "an enum's names", "text");
  if (a.enum_names && !same_enumerators(a, b))
    return {"'" + a.member->type.spelling + "'", "'" + b.member->type.spelling + "'"};
  if (a.primary_key != b.primary_key)
    return either(a.primary_key, "part of the primary key", "not part of it");
  if (a.nullable != b.nullable)
    return either(a.nullable, "NULL", "NOT NULL");
  if (a.unique != b.unique)
    return either(a.unique, "unique", "not unique");
  if (a.index != b.index)
    return either(a.index, "indexed", "not indexed");
  if (std::pair keys(foreign_keys(a), foreign_keys(b)); keys.first != keys.second)
    return keys;
  if (x.server_default != y.server_default)
    return {sql("server_default", x.server_default), sql("server_default", y.server_default)};
  if (x.computed != y.computed)
    return {sql("computed", x.computed), sql("computed", y.computed)};
  if (x.stored != y.stored)
    return either(x.stored, "stored", "not stored");
  return {};
}

} // namespace declorm::model
