// union_sql.h: tables as they stand in FROM: by name, or the SELECTs that a union is made of.
#ifndef DECLORM_SCHEMA_UNION_SQL_H
#define DECLORM_SCHEMA_UNION_SQL_H

#include "declorm/schema.h"

namespace declorm::detail {

/// `users`, `users AS u`, `(SELECT … UNION ALL SELECT …) AS punion`. `alias`: "" : its own name.
std::string from_sql(const Table &table, const Dialect &dialect, std::string_view alias = {});

/// Adds the tables of the database that `table` reads from: itself, or a union's parts.
void add_tables_of(const Table &table, std::vector<const Table *> &tables);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_UNION_SQL_H
