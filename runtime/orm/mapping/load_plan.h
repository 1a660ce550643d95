// load_plan.h: how the rows of a SELECT for a class become objects of their real classes.
#ifndef DECLORM_ORM_MAPPING_LOAD_PLAN_H
#define DECLORM_ORM_MAPPING_LOAD_PLAN_H

#include "runtime/engine/query_run.h"
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

/// The fields [first, first + count) of a mapper's load_fields, which the columns of a row hold
/// from `column` on.
struct LoadRun {
  unsigned first = 0, count = 0;
  int column = 0;
};

/// A class whose objects the rows of a SELECT may hold.
struct LoadTarget {
  MapperState *mapper = nullptr;
  Value identity;           ///< what the discriminator holds
  std::uint64_t offset = 0; ///< where the plan's base begins in an object
  bool is_whole = true;     ///< the SELECT reads all its tables; else its objects are read by key
  std::vector<LoadRun> runs;
  const Entity *row = nullptr; ///< whose columns the row begins with; null: the root's
};

/// How the rows of a SELECT become objects: of a hierarchy with a discriminator, or of a class that
/// is read from a union. Immutable.
struct LoadPlan {
  const MapperState *base = nullptr;
  std::vector<ExtraColumn> extra;  ///< selected behind the columns and expressions of the base
  std::vector<LoadTarget> targets; ///< those with an identity, the base's first
  /// All classes of the hierarchy with an identity, which messages list.
  std::vector<const MapperState *> known;
  /// Where the type column of a union, which has no member, stands in the row.
  std::optional<int> type_column;

  /// Returns the class of the current row. Throws InvalidRequestError, which names the row's key,
  /// for a discriminator that stands for no class, or for one that is not below the base.
  const LoadTarget &target_of(const QueryRun &run) const;
  /// Reads the key of the current row.
  void read_key(const QueryRun &run, std::vector<Value> &key) const;
};

/// Makes the plan of a SELECT for `base` that also joins the tables of the classes `below`, as
/// with_polymorphic asks.
LoadPlan make_load_plan(MapperState &base, std::span<MapperState *const> below);

/// Makes the plan of a SELECT for `reader`, whose table is a union of the tables of the classes
/// `parts`. Its column `type_column` holds their identities.
LoadPlan make_union_plan(MapperState &reader, std::string_view type_column,
                         std::span<MapperState *const> parts);

/// Reads an object of the target's class from the current row.
void fetch_target(const QueryRun &run, const LoadTarget &target, void *object);

/// Sets the discriminator of an object that becomes a row of `mapper`'s class. Throws
/// InvalidRequestError if it has the value of another class.
void identify(const MapperState &mapper, void *object);
/// Throws InvalidRequestError if the discriminator is not that of the class.
void check_identity(const MapperState &mapper, const void *object);

/// Calls `function(MapperState &)` for a class and all below it that share its rows.
template <class Function> void for_each_below(MapperState &mapper, Function function) {
  function(mapper);
  for (MapperState *child : mapper.children)
    for_each_below(*child, function);
}

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_LOAD_PLAN_H
