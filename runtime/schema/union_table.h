// union_table.h: tables as they stand in FROM: by name, or the SELECTs that a union is made of.
#ifndef DECLORM_SCHEMA_UNION_TABLE_H
#define DECLORM_SCHEMA_UNION_TABLE_H

#include "declorm/schema.h"

namespace declorm::detail {

/// `users`, `users AS u`, `(SELECT … UNION ALL SELECT …) AS punion`. `alias`: "" : its own name.
std::string from_sql(const Table &table, const Dialect &dialect, std::string_view alias = {});

/// Adds the tables of the database that `table` reads from: itself, or a union's parts.
void add_tables_of(const Table &table, std::vector<const Table *> &tables);

/// The column of a union that holds what `column` holds, of one of its parts or of a union of some
/// of them; null: there is none, or `table` is no union.
const Column *column_in_union(const Table &table, const Column &column);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_UNION_TABLE_H
