// sqlite.h: the SQLite dialect, for the engine's factory only.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_H
#define DECLORM_DIALECT_SQLITE_SQLITE_H

#include "runtime/engine/driver.h"
#include "runtime/engine/url.h"

namespace declorm::detail {

const Dialect &sqlite_dialect();

/// Throws ArgumentError for query parameters it does not know.
std::unique_ptr<Driver> make_sqlite_driver(const Url &url);

/// The URL of a file with a mode in which the file is not made.
std::string sqlite_url_of_existing(const std::string &url, bool read_only);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_H
