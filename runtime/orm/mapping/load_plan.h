// load_plan.h: how the rows of a SELECT for a class become objects of their real classes.
#ifndef DECLORM_ORM_MAPPING_LOAD_PLAN_H
#define DECLORM_ORM_MAPPING_LOAD_PLAN_H

#include "runtime/engine/query_run.h"
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/sql/compiler.h"

namespace declorm::detail {

/// Fields [first, first + count) of a mapper's load_fields, from `column` of the row on.
struct LoadRun {
  unsigned first = 0, count = 0;
  int column = 0;
};

/// A class that rows may be of.
struct LoadTarget {
  MapperState *mapper = nullptr;
  Value identity;           ///< in the discriminator
  std::uint64_t offset = 0; ///< of the plan's base in an object
  bool is_whole = true;     ///< the SELECT reads all its tables; else its objects are read by key
  std::vector<LoadRun> runs;
  const Entity *row = nullptr; ///< whose columns the row begins with, if not the root's
};

/// Of a hierarchy with a discriminator, or of a class that is read from a union. Immutable.
struct LoadPlan {
  const MapperState *base = nullptr;
  std::vector<ExtraColumn> extra;  ///< selected behind the columns and expressions of the base
  std::vector<LoadTarget> targets; ///< with an identity, the base's first
  /// All classes of the hierarchy with an identity: for messages.
  std::vector<const MapperState *> known;
  /// Of a union: where its type column stands in the row, which has no member.
  std::optional<int> type_column;

  /// The class of the current row. Throws InvalidRequestError, which names the row's key, for a
  /// discriminator that stands for no class, or for one that is not below the base.
  const LoadTarget &target_of(const QueryRun &run) const;
  /// Reads the key of the current row.
  void read_key(const QueryRun &run, std::vector<Value> &key) const;
};

/// `below`: classes whose tables the SELECT joins besides those of the base (with_polymorphic).
LoadPlan make_load_plan(MapperState &base, std::span<MapperState *const> below);

/// `reader`: its table is a union whose column `type_column` holds the identities of `parts`, the
/// classes whose tables it is made of.
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
