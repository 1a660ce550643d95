// n_plus_one.cpp: what is reported of relationships that are loaded one by one.
#include "runtime/orm/session/n_plus_one.h"

#include "runtime/engine/connection_state.h"
#include "runtime/orm/flush/link_sync.h"

namespace declorm::detail {

std::string text_of(const std::source_location &place) {
  const std::string_view file = place.file_name();
  return std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(place.line());
}

void NPlusOneWatch::note_loaded(const ObjectState &state, const LazyRun *run) {
  if (run)
    queries_.emplace(&state, run->place);
}

LazyRun NPlusOneWatch::run_of(const ObjectState &state) const {
  LazyRun run;
  if (const auto known = queries_.find(&state); known != queries_.end())
    run.place = known->second;
  return run;
}

void NPlusOneWatch::note_alone(const ObjectState &state, const RelationshipState &relationship) {
  const std::source_location query = run_of(state).place;
  std::size_t &loads = loads_[{query.file_name(), query.line(), query.column(), &relationship}];
  if (++loads == options_.warn_n_plus_one + 1)
    report(relationship, query, loads);
}

void NPlusOneWatch::report(const RelationshipState &relationship, const std::source_location &query,
                           std::size_t loads) const {
  const std::string name = relationship.owner->name + "." + relationship.name();
  const std::string of = query.line() != 0 ? "the query at " + text_of(query) : "get() or add()";
  const std::string text = "N+1: '" + name + "' was loaded by a SELECT of its own for each of " +
                           std::to_string(loads) + " objects of " + of +
                           "; selectinload or joinedload in the options of a query loads it for "
                           "all of them at once";
  if (options_.on_n_plus_one)
    options_.on_n_plus_one({name, query, loads, text});
  else
    write_to_log(text, options_);
}

} // namespace declorm::detail
