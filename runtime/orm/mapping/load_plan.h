// load_plan.h: how the rows of a SELECT for a class become objects of their real classes.
#ifndef DECLORM_ORM_MAPPING_LOAD_PLAN_H
#define DECLORM_ORM_MAPPING_LOAD_PLAN_H

#include "runtime/engine/query_run.h"
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>

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
  std::uint32_t left_out = 0; ///< bits of the deferred attributes that the row does not have
  /// What names the row in messages: columns of its key, and where they stand.
  std::vector<std::pair<const Column *, int>> key;
};

/// How the rows of a SELECT become objects: of a hierarchy with a discriminator, of a class that is
/// read from a union, or of one with deferred attributes. Immutable.
struct LoadPlan {
  const MapperState *base = nullptr;
  std::vector<ExtraColumn> extra;  ///< selected behind the columns and expressions of the base
  std::vector<LoadTarget> targets; ///< those with an identity, the base's first
  /// All classes of the hierarchy with an identity, which messages list.
  std::vector<const MapperState *> known;
  /// Where the type column of a union, which has no member, stands in the row.
  std::optional<int> type_column;
  /// Which columns and expressions of the base are deferred and not selected; empty: all are.
  std::vector<bool> left_out;
  int row_size = 0; ///< how many columns a row has
  /// Where the first columns of the base stand that are not deferred: those of the key and the
  /// discriminator are not.
  int place_of(unsigned position) const {
    if (left_out.empty())
      return first + int(position);
    return first + int(std::count(left_out.begin(), left_out.begin() + position, false));
  }
  int first = 0; ///< where the columns of the base begin in a row
  /// Lets the columns, which began with the row, begin at its column `column`.
  void begin_at(int column);

  /// Returns the class of the current row. Throws InvalidRequestError, which names the row's key,
  /// for a discriminator that stands for no class, or for one that is not below the base.
  const LoadTarget &target_of(const QueryRun &run) const;
  /// Reads the key of the current row.
  void read_key(const QueryRun &run, std::vector<Value> &key) const;
  /// Whether a SELECT reads no more of some class than it could.
  bool leaves_out() const {
    return std::any_of(targets.begin(), targets.end(),
                       [](const LoadTarget &target) { return target.mapper->deferred_bits != 0; });
  }
};

/// Makes the plan of a SELECT for `base` that also joins the tables of the classes `below`, as
/// with_polymorphic asks, and reads the deferred attributes that `chosen` names.
LoadPlan make_load_plan(MapperState &base, std::span<MapperState *const> below,
                        const ChosenDeferred &chosen = ChosenDeferred());
/// Makes the plan of a SELECT for objects of the class alone, which reads the key and, of all other
/// attributes, the deferred ones of `chosen`.
LoadPlan make_deferred_plan(MapperState &mapper, const ChosenDeferred &chosen);

/// Makes the plan of a SELECT for `reader`, whose table is a union of the tables of the classes
/// `parts`. Its column `type_column` holds their identities.
LoadPlan make_union_plan(MapperState &reader, std::string_view type_column,
                         std::span<MapperState *const> parts,
                         const ChosenDeferred &chosen = ChosenDeferred());

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
