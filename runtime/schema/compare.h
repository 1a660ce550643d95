// compare.h: how a table of a database differs from a declared one. Nothing is read here.
#ifndef DECLORM_SCHEMA_COMPARE_H
#define DECLORM_SCHEMA_COMPARE_H

#include "declorm/difference.h"
#include "declorm/schema.h"

namespace declorm::detail {

/// `found` is null if the database has no such table; `names` are those it has.
std::vector<Difference> compare_table(const Table &declared, const Table *found,
                                      const std::vector<std::string> &names,
                                      const Dialect &dialect);

/// The sentence for a key that is declared as one that the database makes, and is none there.
std::string not_made_key(const Column &column, const Column &found, const Dialect &dialect);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_COMPARE_H
