// ddl.h: the statements and orders behind create_all and drop_all.
#ifndef DECLORM_SCHEMA_DDL_H
#define DECLORM_SCHEMA_DDL_H

#include "declorm/schema.h"

namespace declorm::detail {

std::string drop_sql(const Table &table, const Dialect &dialect);

/// "PRIMARY KEY (a COLLATE x, b DESC)" or "UNIQUE (…)", and what the dialect has behind it.
std::string key_sql(const Constraint &key, const Dialect &dialect);

/// Tables by dependency: one after those it refers to, else in the given order.
struct TableOrder {
  std::vector<Table *> sorted;
  std::vector<Table *> circular; ///< those in `sorted` that refer to each other in a circle
  std::vector<Table *> circle;   ///< one circle among them, in order
};
/// Throws NoReferencedTableError and NoReferencedColumnError.
TableOrder order_by_dependency(const std::vector<Table *> &tables);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_DDL_H
