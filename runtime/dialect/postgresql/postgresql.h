// postgresql.h: the PostgreSQL dialect and driver, for the module's constant only.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_H

#include "runtime/engine/driver.h"
#include "runtime/engine/url.h"

namespace declorm::detail {

const Dialect &postgresql_dialect();

/// Throws ArgumentError for query parameters that neither declorm nor libpq knows.
std::unique_ptr<Driver> make_postgresql_driver(const Url &url);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_H
