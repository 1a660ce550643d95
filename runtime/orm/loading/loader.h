// loader.h: how the rows of the database become the objects of a session.
//
// The room `loading` runs SELECTs and makes objects of their rows: those of a query, the one that
// has a key, and those that relationships lead to. It owns the place that the next row is read to,
// and nothing else that outlives a call: the objects, and what is known of them, are the session's.
// It may call the mapping, for how a row is read, the SQL layer and the engine; of the session it
// uses what stores and finds objects, and the flush that a SELECT may need before it. It writes no
// row.
#ifndef DECLORM_ORM_LOADING_LOADER_H
#define DECLORM_ORM_LOADING_LOADER_H

#include "declorm/session.h"
#include "runtime/engine/query_run.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/session/object_store.h"
#include "runtime/orm/session/snapshot.h"
#include "runtime/sql/select_data.h"

#include <functional>

namespace declorm::detail {

struct SessionState;

/// What is read from the rows of a SELECT besides its objects.
struct AlsoRead {
  std::vector<NodePtr> nodes; ///< what is selected behind everything else
  /// An object may have several rows, one after the other, and is read from the first of them.
  bool repeats = false;
  /// Called for each row, whose nodes begin at the column `first`. `state`: the row's object; null:
  /// it is read later, by its key.
  std::function<void(const QueryRun &, int first, ObjectState *state)> row;
  /// Where the items of the SELECT are those of this plan already, written out one by one, as of a
  /// subquery; null: the first item is the class.
  const LoadPlan *written_out = nullptr;
};

/// The values of a few columns, row by row.
class RowValues {
public:
  explicit RowValues(std::size_t count) : values_(count) {}
  /// Reads the columns `column_of(0)`, `column_of(1)`, … of the current row. Whether they are those
  /// of the row before.
  template <class ColumnOf> bool read(const QueryRun &run, ColumnOf column_of) {
    bool same = std::exchange(has_row_, true);
    for (std::size_t i = 0; i != values_.size(); ++i) {
      Value value = run.column(column_of(i));
      same = same && value == values_[i];
      values_[i] = std::move(value);
    }
    return same;
  }
  std::span<const Value> values() const { return values_; }

private:
  std::vector<Value> values_;
  bool has_row_ = false;
};

/// Loads the objects of one session.
class Loader {
public:
  explicit Loader(SessionState &session) : session_(session) {}
  Loader(const Loader &) = delete;
  Loader &operator=(const Loader &) = delete;

  /// The object with that key, loaded if the session does not hold it fresh; null: no row has it.
  ObjectState *get(MapperState &mapper, std::span<const Value> key);
  /// The same, but from the tables of the class itself, never from a union.
  ObjectState *get_own(MapperState &mapper, std::span<const Value> key);
  /// The object with that key, if the session holds it and need not read it again; or null.
  ObjectState *find_fresh(MapperState &root, std::span<const Value> key, const QueryFlags &flags);
  /// Reads the columns of an object again. Throws InvalidRequestError if it has no row.
  void refresh(ObjectState &state);

  /// Runs a SELECT whose first columns are the mapper's, and appends the objects, as objects of
  /// that class. What the paths say is loaded with them, and what the relationships themselves say.
  void load(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
            std::span<const LoadOption> paths, std::vector<void *> &objects);
  /// Loads relationships of objects: the paths' from `step` on, and those that are loaded with each
  /// object. `above`: the relationships that led to them.
  void load_further(std::span<ObjectState *const> states, std::span<const LoadOption *const> paths,
                    std::size_t step, const QueryFlags &flags,
                    std::vector<const RelationshipState *> above);
  /// Fills the relationship's member of the objects, whose classes all have it, in SELECTs for all
  /// of them. Members that are loaded stay as they are.
  void load_links(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                  const QueryFlags &flags);

  /// Returns how the rows of the SELECT become objects: the plan of the class itself, or one that
  /// is `made` for what the SELECT joins or undefers; null: they are whole and of that class.
  const LoadPlan *plan_of(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                          std::optional<LoadPlan> &made) const;

  /// Reads deferred attributes of objects of any classes, in SELECTs for all objects of a class,
  /// where they are not loaded, or the objects are stale. Members that the program has changed keep
  /// their values.
  void load_deferred(std::span<ObjectState *const> states, const ChosenDeferred &chosen);

  /// Lets the member of `owner` refer to `targets`, which are all that the database has for it,
  /// and, unless `overwrite`, to what was added to it and not written.
  void fill_member(const RelationshipState &relationship, ObjectState &owner,
                   std::span<ObjectState *const> targets, bool overwrite);
  /// Reads the current row into an object of the class: the one that the identity map has, or a new
  /// one. `target`: where the columns are; null: they are the mapper's, from the first on.
  ObjectState &read_row(MapperState &mapper, const QueryRun &run, const QueryFlags &flags,
                        const LoadTarget *target = nullptr);
  /// Ends the life of the object at the store's next place, if a load left one there.
  void destroy_scratch();
  /// Calls the after_load hooks of the objects that were loaded since the last call. An object
  /// whose hook throws is out of the work, and is loaded anew when it is asked for again; those
  /// behind it have their hooks called by the next call.
  void call_after_load(std::size_t first = 0) {
    if (loaded_.size() > first) [[unlikely]]
      call_hooks_of_loaded(first);
  }
  /// Returns how many objects wait for their hooks. A flush in the middle of a load leaves these to
  /// it: their lists are not filled yet.
  std::size_t waiting_for_hooks() const { return loaded_.size(); }
  /// Forgets the objects: their lives end.
  void forget();
  /// Returns how many SELECTs of many rows there were.
  std::size_t selects() const { return selects_; }

private:
  struct RowsByKey;
  struct FurtherLoad;

  // deferred_columns.cpp
  void keep_left_out(const ObjectState &state, std::uint32_t left_out);
  void restore_left_out(const ObjectState &state, std::uint32_t left_out);
  void fill_left_out(ObjectState &state, const QueryRun &run, const LoadTarget &target,
                     std::uint32_t bits);

  // load_rows.cpp
  void *scratch(MapperState &mapper, std::uint32_t left_out);
  void note_loaded(ObjectState &state);
  void call_hooks_of_loaded(std::size_t first);
  void check_class(const ObjectState &known, const MapperState &mapper) const;
  void refresh_from(ObjectState &state, const QueryRun &run, bool overwrite,
                    const LoadTarget *target);
  void load_states(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                   std::vector<ObjectState *> &states, const AlsoRead *also);
  void load_hierarchy(MapperState &mapper, const SelectData &select, const LoadPlan &plan,
                      const QueryFlags &flags, std::vector<ObjectState *> &states,
                      const AlsoRead *also);
  void load_awaited(MapperState &mapper, MapperState &reader, const RowsByKey &rows,
                    const QueryFlags &flags, std::vector<ObjectState *> &states);

  // load_by_key.cpp
  /// `keys`: one after the other.
  void load_by_keys(MapperState &mapper, std::span<const Value> keys, const QueryFlags &flags);
  ObjectState *load_by_key(MapperState &mapper, std::span<const Value> key, ObjectState *known);
  ObjectState *get_from_union(MapperState &reader, std::span<const Value> key);

  // load_relationships.cpp
  void load_pointers(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                     const QueryFlags &flags);
  void load_lists(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                  const QueryFlags &flags);
  std::vector<ObjectState *> targets_of(const RelationshipState &relationship,
                                        std::span<ObjectState *const> owners) const;

  // fill_member.cpp
  void choose_shown(const RelationshipState &relationship, const ObjectState &owner,
                    std::span<ObjectState *const> targets);
  std::vector<ObjectState *> added_to(const ObjectState &owner, unsigned index) const;
  void check_keys(const RelationshipState &map, const ObjectState &owner,
                  std::span<ObjectState *const> added) const;
  void point_back(const RelationshipState &relationship, ObjectState &owner);

  SessionState &session_;
  std::size_t selects_ = 0;
  MapperState *scratch_mapper_ = nullptr; ///< whose next_place() holds a constructed object
  std::uint32_t scratch_left_out_ = 0;    ///< deferred attributes that no row gave to that object
  PackBuffer row_;                        ///< the current row
  PackBuffer other_;
  std::vector<ObjectState *> loaded_; ///< with hooks that are to be called, in their order
  std::vector<ObjectState *> shown_;  ///< what a member is filled with
  std::vector<void *> pointers_;      ///< the same, as the member has them
};

/// Reads the fields at [first, first + count) of the mapper's load_fields, as far as the row has
/// them. `target`: where its columns are; null: they are the mapper's, from the first on.
void fetch_some(const QueryRun &run, const MapperState &mapper, const LoadTarget *target,
                void *object, std::size_t first, std::size_t count);

/// "the row of table 'a' … has no row in table 'b'": rows of one object belong together.
[[noreturn]] void throw_half_row(const MapperState &mapper, std::span<const Value> key,
                                 const MapperState &real, const Table &missing);

} // namespace declorm::detail

#endif // DECLORM_ORM_LOADING_LOADER_H
