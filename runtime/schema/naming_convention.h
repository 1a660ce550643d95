// naming_convention.h: names made from the patterns of a MetaData.
#ifndef DECLORM_SCHEMA_NAMING_CONVENTION_H
#define DECLORM_SCHEMA_NAMING_CONVENTION_H

#include "declorm/schema.h"

namespace declorm::detail {

/// Throws ArgumentError for a pattern with an unknown placeholder, or one that would give two
/// constraints of a table the same name.
void check_patterns(const NamingConvention &patterns);

/// Returns the name of a constraint that has none; "" : no pattern says one. `number` stands for
/// {number}.
std::string conventional_name(const NamingConvention &patterns, const Table &table,
                              const Constraint &constraint, std::size_t number);
/// The same of an index; without a pattern it is ix_TABLE_COLUMN….
std::string conventional_name(const NamingConvention &patterns, const Table &table,
                              const Index &wanted);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_NAMING_CONVENTION_H
