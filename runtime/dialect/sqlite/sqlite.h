// sqlite.h: the SQLite dialect, for the engine's factory only.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_H
#define DECLORM_DIALECT_SQLITE_SQLITE_H

#include "runtime/engine/driver.h"
#include "runtime/engine/url.h"

namespace declorm::detail {

const Dialect &sqlite_dialect();

/// Throws ArgumentError for query parameters it does not know.
std::unique_ptr<Driver> make_sqlite_driver(const Url &url);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_H
