// foreign_key_type.cpp: A foreign key and the column it refers to hold different things.

#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <algorithm>

namespace declorm::model {

namespace {

enum class Kind {
  unknown,
  boolean,
  integer,
  real,
  text,
  bytes,
  time,
  date,
  duration,
  decimal,
  uuid,
  json
};

/// What the column holds; unknown if the annotations spell its SQL type themselves.
Kind kind_of(const ColumnDecl &column) {
  const Type &type = column.member->type;
  if (!column.rare().sql_type.empty() || !type.is_column())
    return Kind::unknown;
  if (column.enum_names)
    return Kind::text;
  if (column.numeric)
    return Kind::decimal;
  switch (type.code) {
  case TypeCode::boolean:
    return Kind::boolean;
  case TypeCode::int8:
  case TypeCode::int16:
  case TypeCode::int32:
  case TypeCode::int64:
  case TypeCode::uint8:
  case TypeCode::uint16:
  case TypeCode::uint32:
  case TypeCode::uint64:
    return Kind::integer;
  case TypeCode::float32:
  case TypeCode::float64:
    return Kind::real;
  case TypeCode::text:
  case TypeCode::text_array:
    return Kind::text;
  case TypeCode::bytes:
  case TypeCode::byte_array:
    return Kind::bytes;
  case TypeCode::sys_time:
  case TypeCode::local_time:
    return type.num == 86400 && type.den == 1 ? Kind::date : Kind::time;
  case TypeCode::date:
    return Kind::date;
  case TypeCode::duration:
    return Kind::duration;
  case TypeCode::decimal:
    return Kind::decimal;
  case TypeCode::uuid:
    return Kind::uuid;
  case TypeCode::json:
    return Kind::json;
  default:
    return Kind::unknown;
  }
}

struct IntegerShape {
  unsigned bytes = 0;
  bool is_signed = false;
};

IntegerShape shape_of(TypeCode code) {
  switch (code) {
  case TypeCode::int8:
    return {1, true};
  case TypeCode::int16:
    return {2, true};
  case TypeCode::int32:
    return {4, true};
  case TypeCode::int64:
    return {8, true};
  case TypeCode::uint8:
    return {1, false};
  case TypeCode::uint16:
    return {2, false};
  case TypeCode::uint32:
    return {4, false};
  default:
    return {8, false};
  }
}

/// Why some keys do not fit into the column that refers to them, or "".
std::string misfit(const ColumnDecl &own, const ColumnDecl &referred, Kind kind) {
  if (kind == Kind::integer) {
    const IntegerShape from = shape_of(own.member->type.code);
    const IntegerShape to = shape_of(referred.member->type.code);
    if (from.bytes < to.bytes)
      return "is smaller: larger keys do not fit";
    if (from.is_signed != to.is_signed && from.bytes == to.bytes)
      return from.is_signed ? "is signed: large keys do not fit"
                            : "is unsigned: negative keys do not fit";
  }
  if ((kind == Kind::text || kind == Kind::bytes) && own.length != 0 &&
      (referred.length == 0 || own.length < referred.length))
    return "is shorter: longer keys do not fit";
  return {};
}

std::string describe(const ColumnDecl &column) {
  return "'" + column.member->type.spelling + "' (" + sql_type_name(column) + ")";
}

void compare(const MappedClass &mapped, const ColumnDecl &own, const ForeignKeyLink &link,
             const Location &location, Diagnostics &diagnostics) {
  const ColumnDecl &referred = *link.column;
  const Kind from = kind_of(own), to = kind_of(referred);
  if (from == Kind::unknown || to == Kind::unknown)
    return;
  const std::string what = "foreign key '" + link.class_->table.full_name() + "." + referred.name +
                           "' of class '" + mapped.class_->name + "': member '" + own.member->name +
                           "' is " + describe(own);
  Diagnostic diagnostic{"foreign-key-type", Severity::error, {}, location, {}};
  if (from != to) {
    diagnostic.message = what + ", but the column it refers to is " + describe(referred);
  } else if (const std::string why = misfit(own, referred, from); !why.empty()) {
    diagnostic.severity = Severity::warning;
    diagnostic.message =
        what + " and " + why + "; the column it refers to is " + describe(referred);
  } else {
    return;
  }
  diagnostic.notes.push_back({"column '" + link.class_->table.full_name() + "." + referred.name +
                                  "' is member '" + referred.member->name + "' of class '" +
                                  link.class_->class_->name + "'",
                              referred.location()});
  diagnostics.push_back(std::move(diagnostic));
}

} // namespace

void rule::foreign_key_type(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    for (std::size_t i = 0; i != mapped.table.columns.size(); ++i)
      for (const ForeignKeyDecl &key : mapped.table.columns[i].foreign_keys)
        if (key.link.column)
          compare(mapped.declarer(i), mapped.table.columns[i], key.link, key.location, diagnostics);
    for (const ConstraintDecl &constraint : mapped.table.constraints)
      for (std::size_t i = 0; i != constraint.links.size() && i != constraint.columns.size(); ++i) {
        const auto own = std::find_if(
            mapped.table.columns.begin(), mapped.table.columns.end(),
            [&](const ColumnDecl &column) { return column.name == constraint.columns[i]; });
        if (constraint.links[i].column && own != mapped.table.columns.end())
          compare(mapped, *own, constraint.links[i], constraint.location, diagnostics);
      }
  }
}

} // namespace declorm::model
