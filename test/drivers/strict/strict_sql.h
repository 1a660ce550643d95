// strict_sql.h: what a server would not take of the SQL that SQLite takes.
#ifndef DECLORM_TEST_STRICT_SQL_H
#define DECLORM_TEST_STRICT_SQL_H

#include <string>
#include <string_view>

namespace declorm::strict {

/// Why the statement is refused, in words; "" : it is not.
std::string why_refused(std::string_view sql);

/// The number of the parameter that is the LIMIT of the statement, or of a part of it; 0: none is.
int limit_parameter(std::string_view sql);

/// What a statement asks of the transaction.
enum class Control : unsigned char {
  none,
  begin,
  commit,
  rollback,
  savepoint,
  release,
  rollback_to
};
Control control_of(std::string_view sql);

} // namespace declorm::strict

#endif // DECLORM_TEST_STRICT_SQL_H
