// made_columns.h: what an INSERT or UPDATE writes into columns that it does not name.
#ifndef DECLORM_SQL_MADE_COLUMNS_H
#define DECLORM_SQL_MADE_COLUMNS_H

#include "runtime/sql/scope.h"

namespace declorm::detail {

/// Returns the statement with the defaults of its class, its onupdates, the version of its rows and
/// their discriminator; nullopt if it is whole as it is. `scope`: its own. A function that makes
/// values is called once for each row that is given, and once for an UPDATE or an INSERT … SELECT.
/// What ON CONFLICT changes gets no onupdate, as in SQLAlchemy, and the next version. Throws
/// ArgumentError if the version cannot be counted.
std::optional<WriteData> with_made_columns(const WriteData &write, const Entity &entity,
                                           const Scope &scope, const Dialect &dialect);

} // namespace declorm::detail

#endif // DECLORM_SQL_MADE_COLUMNS_H
