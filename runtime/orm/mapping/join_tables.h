// join_tables.h: what model::find_join() looks at, made of Tables, mappers and conditions.
#ifndef DECLORM_ORM_MAPPING_JOIN_TABLES_H
#define DECLORM_ORM_MAPPING_JOIN_TABLES_H

#include "runtime/model/joins.h"
#include "runtime/orm/mapping/mapper_state.h"

namespace declorm::detail {

/// Returns the columns and foreign keys of a table.
model::JoinTable join_table(const Table &table);
/// Returns those of all tables of a class; of a class that is read from a union, those of the union
/// with the keys of its parts.
model::JoinTable join_table(const MapperState &mapper);

/// Returns the comparisons `a == b` of a condition that was parsed or that a function of the
/// program made; nullopt if there is neither. `only_terms` becomes false if the condition has
/// anything else in it.
std::optional<std::vector<model::JoinTerm>> terms_of(const std::optional<ExpressionSource> &source,
                                                     const NodePtr &made, bool &only_terms);
/// Whether the comparison is that of one of the join's pairs.
bool is_pair(const model::JoinTerm &term, const model::Join &join);
/// Returns the columns that expressions name, as a model::JoinRequest takes them.
std::vector<const void *> columns_of(const std::vector<ExpressionSource> &sources);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_JOIN_TABLES_H
