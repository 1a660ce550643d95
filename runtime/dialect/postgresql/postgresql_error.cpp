// postgresql_error.cpp: PostgreSQL's errors, by their SQLSTATE.
#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_connection.h"

namespace declorm::detail {
namespace {

std::string field(const PGresult *result, int code) {
  const char *const text = PQresultErrorField(result, code);
  return text ? text : "";
}

IntegrityError::Kind kind_of(std::string_view sqlstate) {
  using enum IntegrityError::Kind;
  return sqlstate == "23505"   ? unique
         : sqlstate == "23503" ? foreign_key
         : sqlstate == "23502" ? not_null
         : sqlstate == "23514" ? check
                               : other;
}

} // namespace

std::string postgresql_message(const PGresult *result) {
  std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  for (const int code : {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT}) {
    std::string more = field(result, code);
    if (more.ends_with('.'))
      more.pop_back();
    if (!more.empty())
      message += "; " + more;
  }
  return message;
}

void throw_postgresql_error(std::string_view sqlstate, const std::string &message,
                            std::string_view sql) {
  const std::string text(sql);
  std::string whole = message;
  if (sqlstate == "0A000" && message.find("cached plan") != std::string::npos)
    whole += "; a table of the statement was altered since it was prepared: roll back, and run the "
             "transaction again";
  if (!text.empty())
    whole += "\n[SQL: " + text + "]";
  const std::string_view group = sqlstate.substr(0, 2);
  if (group == "23")
    throw IntegrityError(whole, text, {}, kind_of(sqlstate));
  if (group == "22")
    throw DataError(whole, text);
  if (sqlstate == "40001" || sqlstate == "40P01")
    throw TransactionRollbackError(whole, text);
  if (sqlstate == "57014" && message.find("statement timeout") != std::string::npos)
    throw StatementTimeoutError(whole, text);
  if (sqlstate == "57014")
    throw QueryCancelledError(whole, text);
  if (group == "42" || group == "3F" || group == "3D" || group == "0A" || group == "26" ||
      sqlstate == "21000" || sqlstate == "2BP01")
    throw ProgrammingError(whole, text);
  if (sqlstate.empty())
    throw InterfaceError(whole, text);
  throw OperationalError(whole, text);
}

} // namespace declorm::detail
