// sqlite_types.h: what the type of a column means that stands in a CREATE TABLE of SQLite.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_TYPES_H
#define DECLORM_DIALECT_SQLITE_SQLITE_TYPES_H

#include "declorm/type.h"

#include <string_view>

namespace declorm::detail {

/// The type for a declared one: what databases commonly mean by its name; else what SQLite makes of
/// it, if that is one kind of value; else raw, as for a column without a type (its name is "").
/// `name` holds the text if declorm would write another.
declorm::Type sqlite_type(std::string_view declared);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_TYPES_H
