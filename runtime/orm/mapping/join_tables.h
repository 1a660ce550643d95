// join_tables.h: what model::find_join() looks at, made of Tables, mappers and conditions.
#ifndef DECLORM_ORM_MAPPING_JOIN_TABLES_H
#define DECLORM_ORM_MAPPING_JOIN_TABLES_H

#include "runtime/model/joins.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <functional>

namespace declorm::detail {

/// Returns the columns and foreign keys of a table.
model::JoinTable join_table(const Table &table);
/// Returns those of all tables of a class; of a class that is read from a union, those of the union
/// with the keys of its parts.
model::JoinTable join_table(const MapperState &mapper);

/// Returns the condition that a function of the program makes; null if there is no function.
NodePtr call_join(Thunk thunk);
/// Which mapper a class's members are looked up in; null: none.
using StateOf = const std::function<const MapperState *(const TypeId &)> &;
/// Adds each comparison `a == b` of a condition that a function made. Returns whether there is
/// nothing else in it.
bool add_terms(const NodePtr &node, StateOf state_of, std::vector<model::JoinTerm> &terms);
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
