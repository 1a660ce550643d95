// n_plus_one.h: relationships that a session loads for one object after the other.
#ifndef DECLORM_ORM_SESSION_N_PLUS_ONE_H
#define DECLORM_ORM_SESSION_N_PLUS_ONE_H

#include "declorm/engine.h"
#include "runtime/orm/session/object_store.h"

#include <map>
#include <source_location>
#include <unordered_map>

namespace declorm::detail {

/// Counts the loads of one session, if EngineOptions::warn_n_plus_one says so.
class NPlusOneWatch {
public:
  explicit NPlusOneWatch(const EngineOptions &options) : options_(options) {}

  /// Notes which query gave an object.
  void note_loaded(const ObjectState &state, const LazyRun *run);
  /// Notes that a relationship was loaded for that object alone, by a statement of its own, and
  /// reports it if that was once too often.
  void note_alone(const ObjectState &state, const RelationshipState &relationship);
  /// Forgets the objects: their lives end.
  void forget() { queries_.clear(); }
  /// Returns the run of which the objects are that one object leads to.
  LazyRun run_of(const ObjectState &state) const;

private:
  /// The file, line and column of a query, and the relationship.
  using Place = std::tuple<std::string_view, unsigned, unsigned, const RelationshipState *>;

  void report(const RelationshipState &relationship, const std::source_location &query,
              std::size_t loads) const;

  const EngineOptions &options_;
  std::unordered_map<const ObjectState *, std::source_location> queries_; ///< by what they gave
  std::map<Place, std::size_t> loads_;
};

/// Returns the place of a query as messages name it: "app.cpp:12".
std::string text_of(const std::source_location &place);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_N_PLUS_ONE_H
