// row_references.h: which rows of a flush refer to each other by the foreign keys that they hold.
//
// Relationships tell which object waits for which (link_sync.h). A key member tells it too, by its
// value: the row it names may be another one of the flush. This matters only within tables that
// refer to each other, because all others are written one behind the other.
#ifndef DECLORM_ORM_FLUSH_ROW_REFERENCES_H
#define DECLORM_ORM_FLUSH_ROW_REFERENCES_H

#include "runtime/orm/flush/row_values.h"

#include <deque>
#include <string>
#include <unordered_map>

namespace declorm::detail {

/// The foreign keys between the tables of a group, and, by the values of the columns that they
/// refer to, the objects whose rows are about to be written or deleted. Keys that the database
/// checks at COMMIT are left out: any order serves them.
class RowReferences {
public:
  RowReferences(const std::vector<const Table *> &tables, Values values);

  /// Returns whether some key of the object is not NULL: it may lead to one of the tables' rows.
  bool has_keys(const ObjectState &state);
  /// Makes room for as many targets.
  void reserve(std::size_t count) {
    for (Target &target : targets_)
      target.rows.reserve(count);
  }
  /// Lets others refer to the object's row from now on. A key that the database has yet to make is
  /// unknown, so that nothing can refer to it.
  void add_target(ObjectState &state);
  /// Returns whether the update of the object gives its row another value in a column that others
  /// may refer to.
  bool changes_target(const ObjectState &state);
  /// Calls `visit(ObjectState &target, const Constraint &, std::span<const unsigned> positions)`
  /// for each other object that a key of the object leads to. `positions`: of the key's attributes.
  template <class Visit> void for_each(const ObjectState &state, Visit visit) {
    for (const Place &place : places_of(*state.mapper).keys)
      if (ObjectState *target = target_of(state, place); target && target != &state)
        visit(*target, *keys_[place.index].constraint, std::span<const unsigned>(place.positions));
  }
  /// Returns whether a key that the update of the object changes leads to one of the targets.
  bool changes_key_to_target(const ObjectState &state);

private:
  /// The columns that some keys refer to.
  struct Target {
    const Table *table;
    std::vector<std::string> columns;
    std::unordered_map<std::string, ObjectState *> rows; ///< by packed values
  };
  struct Key {
    const Table *table;
    const Constraint *constraint;
    std::size_t target;
  };
  /// A key or a target, and where a class has its columns.
  struct Place {
    std::size_t index;
    std::vector<unsigned> positions;
  };
  struct Places {
    std::vector<Place> keys, targets;
  };

  void add_key(const Table &table, const Constraint &constraint,
               const std::vector<const Table *> &tables);
  const Places &places_of(const MapperState &mapper);
  ObjectState *target_of(const ObjectState &state, const Place &place);
  bool is_changed(const ObjectState &state, const Place &place);

  Values values_;
  std::vector<Key> keys_;
  std::deque<Target> targets_;
  std::unordered_map<const MapperState *, Places> places_;
  const MapperState *last_mapper_ = nullptr;
  const Places *last_places_ = nullptr;
  ValuePacker packer_;
  std::string packed_, packed_before_; ///< scratch
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_ROW_REFERENCES_H
