// type_names.cpp: How messages spell a column's type.

#include "runtime/model/type_names.h"

namespace declorm::model {

namespace {

std::string sized(const char *name, std::uint64_t size) {
  return size ? std::string(name) + "(" + std::to_string(size) + ")" : std::string(name);
}

std::string numeric(std::int64_t precision, std::int64_t scale) {
  return "NUMERIC(" + std::to_string(precision) + ", " + std::to_string(scale) + ")";
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
    return sized("VARCHAR", column.length ? column.length : type.size);
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

} // namespace declorm::model
