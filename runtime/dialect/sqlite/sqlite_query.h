// sqlite_query.h: what messages ask the database.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_QUERY_H
#define DECLORM_DIALECT_SQLITE_SQLITE_QUERY_H

#include <string>
#include <vector>

#include <sqlite3.h>

namespace declorm::detail {

/// The rows of a query as texts; those before an error if it fails: a message must not.
std::vector<std::vector<std::string>> query_texts(sqlite3 *handle, const char *sql,
                                                  const std::vector<std::string> &params = {});

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_QUERY_H
