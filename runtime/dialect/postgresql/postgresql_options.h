// postgresql_options.h: what a PostgreSQL URL says.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OPTIONS_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OPTIONS_H

#include "runtime/engine/url.h"

#include <string>
#include <utility>
#include <vector>

namespace declorm::detail {

struct PostgresqlOptions {
  /// libpq's keywords and their values; the password is among them.
  std::vector<std::pair<std::string, std::string>> keywords;
  std::string begin_sql = "BEGIN"; ///< what begins a transaction, with its isolation level
  /// Whether statements stay prepared in the server between executions. A pooler that gives each
  /// transaction another server, as PgBouncer does, cannot have that.
  bool keeps_statements = true;
  std::string url; ///< for messages, without the password

  /// "PostgreSQL database (postgresql://user:***@host/name)"
  std::string shown() const { return "PostgreSQL database (" + url + ")"; }
};

/// Throws ArgumentError for what neither declorm nor libpq knows.
PostgresqlOptions postgresql_options(const Url &url);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OPTIONS_H
