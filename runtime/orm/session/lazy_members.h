// lazy_members.h: the members of a session's objects that load at first touch.
//
// A member that waits for its touch knows a LazyBinding, from which its session, its object and the
// query that gave the object are found. LinkSnapshot::loaded says the same of all relationships;
// set_link_loaded() is the only way to change it.
#ifndef DECLORM_ORM_SESSION_LAZY_MEMBERS_H
#define DECLORM_ORM_SESSION_LAZY_MEMBERS_H

#include "declorm/loading.h"
#include "runtime/orm/mapping/lazy_binding.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <source_location>
#include <span>

namespace declorm::detail {

struct ObjectState;

/// A query that gave objects, and what its options say of touches.
struct LazyQuery {
  std::source_location place;     ///< line 0: nobody knows
  std::vector<LoadStep> at_touch; ///< lazyload(), raiseload(), noload()
  /// One for each relationship of each class.
  std::vector<std::pair<const MapperState *, std::unique_ptr<LazyBinding[]>>> bindings;
};

/// One run of a query.
struct LazyRun {
  std::source_location place;
  std::span<const LoadOption> options;
  mutable LazyQuery *query = nullptr; ///< null: no object has asked for it yet
};

/// Whether the step is that of raiseload<T>() or raiseload("*").
inline bool is_of_every_member(const LoadStep &step) { return step.member.offset == every_member; }

/// Returns what an option of the run says of touches of the relationship of an object of the class;
/// null: nothing. One that names the member comes before those that name none.
const LoadStep *find_touch_option(const LazyRun *run, const MapperState &mapper,
                                  const RelationshipState &relationship);

/// The queries that gave the objects of a store.
class LazyQueries {
public:
  /// Finds the record of a run, or makes one. Null: of no query.
  LazyQuery &of(const LazyRun *run);
  /// Returns the records for the relationships of a class.
  const LazyBinding *bindings(LazyQuery &query, const MapperState &mapper, ObjectStore &store);

private:
  LazyQuery &find_or_make(const LazyRun &run);

  std::vector<std::unique_ptr<LazyQuery>> queries_;
};

/// Lets the lazy members of an object that a query gave wait for their touch.
void bind_lazies(ObjectState &state, const LazyRun *run, ObjectStore &store);
/// Says whether the relationship's member shows all that the database has. If it does not, a lazy
/// member waits for its touch.
void set_link_loaded(ObjectState &state, unsigned index, bool is_loaded, ObjectStore &store);
/// Whether the program has assigned to a lazy member that was not loaded.
bool is_assigned(const ObjectState &state, unsigned index);
/// Returns the query that gave an object, as a lazy member of it knows it; or null.
LazyQuery *query_of(const ObjectState &state, unsigned index, const ObjectStore &store);
/// Throws InvalidRequestError if a lazy member of an object that is to be added waits: nobody knows
/// what the new object refers to.
void require_settled(const MapperState &mapper, const void *object);
/// The members of a new object are what the program made of them.
void settle_lazies(const MapperState &mapper, void *object);
/// The members of an object that lives longer than its store know no session any more.
void release_lazies(const ObjectState &state, const ObjectStore &store);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_LAZY_MEMBERS_H
