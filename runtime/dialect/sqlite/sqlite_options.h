// sqlite_options.h: what an SQLite URL says.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_OPTIONS_H
#define DECLORM_DIALECT_SQLITE_SQLITE_OPTIONS_H

#include "runtime/engine/url.h"

namespace declorm::detail {

struct SqliteOptions {
  std::string path; ///< "" : a memory database
  std::string mode = "rwc";
  std::string journal_mode;        ///< in capitals; "" : as the file has it
  std::string begin_sql = "BEGIN"; ///< deferred: the first statement locks
  int timeout_ms = 5000;
  const char *timeout_option = "?timeout=SECONDS in the URL"; ///< what sets it, for messages
  bool foreign_keys = true;

  bool in_memory() const { return path.empty(); }
  /// For messages: "database 'x.db'", "memory database".
  std::string shown() const { return in_memory() ? "memory database" : "database '" + path + "'"; }
};

/// Throws ArgumentError for a part of the URL that means nothing to SQLite.
SqliteOptions sqlite_options(const Url &url);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_OPTIONS_H
