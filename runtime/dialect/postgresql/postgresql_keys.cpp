// postgresql_keys.cpp: why a new row, or its key, does not come back.
#include "declorm/dialect.h"
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/dialect/postgresql/postgresql_connection.h"
#include "runtime/engine/suggest.h"

namespace declorm::detail {

/// RETURNING has the key of every row.
std::string PostgresqlConnection::why_no_key(const std::string &, const std::string &,
                                             const std::string &) {
  return "";
}

std::string PostgresqlConnection::why_no_row(const std::string &schema, const std::string &table) {
  const auto statement = prepare(
      "SELECT 'the trigger ' || tgname FROM pg_catalog.pg_trigger WHERE tgrelid = "
      "$1::TEXT::REGCLASS AND NOT tgisinternal UNION ALL SELECT 'the rule ' || rulename FROM "
      "pg_catalog.pg_rewrite WHERE ev_class = $1::TEXT::REGCLASS AND rulename <> '_RETURN' ORDER "
      "BY 1");
  statement->bind(1, Value(postgresql_dialect().quote_qualified(schema, table)));
  std::vector<std::string> found;
  while (statement->step())
    found.push_back(statement->column(0).as<std::string>());
  return join(found, " or ");
}

} // namespace declorm::detail
