// postgresql_types.h: what the type of a column means that a PostgreSQL table has.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_TYPES_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_TYPES_H

#include "declorm/type.h"
#include "runtime/dialect/postgresql/postgresql_oids.h"

#include <string>

namespace declorm::detail {

/// The type for one of PostgreSQL's own. `modifier`: what stands in parentheses, as the catalog
/// keeps it; -1: nothing does. `name`: the whole as PostgreSQL writes it, which the type holds if
/// declorm would write another.
declorm::Type postgresql_type(PgType type, int modifier, const std::string &name);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_TYPES_H
