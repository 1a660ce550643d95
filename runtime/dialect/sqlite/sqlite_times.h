// sqlite_times.h: dates and times that SQLite makes, in the form in which declorm writes them.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_TIMES_H
#define DECLORM_DIALECT_SQLITE_SQLITE_TIMES_H

#include "declorm/type.h"

#include <string>
#include <string_view>

#include <sqlite3.h>

namespace declorm::detail {

/// Defines declorm_time(x): the text that format_time() makes of what read_time() reads.
void add_time_function(sqlite3 *handle);

/// `operand` as a date or time in our form, by declorm_time(). "" : `kind` is neither.
std::string sqlite_time_cast_sql(std::string_view operand, TypeKind kind);

/// `sql`, a literal or expression for the values of a column of that type, so that it gives them in
/// our form; as it is, if it does so already or nobody can tell. It stands in the schema, so that
/// every program must understand it.
std::string sqlite_made_time_sql(std::string_view sql, const Type &type);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_TIMES_H
