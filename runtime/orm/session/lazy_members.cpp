// lazy_members.cpp: how members that load at first touch know their session.
#include "runtime/orm/session/lazy_members.h"

#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/session/link_state.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>

namespace declorm::detail {

namespace {

bool is_touch_option(const LoadStep &step) { return !is_filled(step.way); }

bool is_same(const RelationshipRef &left, const RelationshipRef &right) {
  if (!left.declaring || !right.declaring)
    return left.declaring == right.declaring;
  return left.offset == right.offset && *left.declaring == *right.declaring;
}

bool is_of(const LoadStep &step, const RelationshipState &relationship) {
  return is_touch_option(step) && step.member.offset == relationship.declared_offset &&
         *step.member.declaring == relationship.declaring;
}

/// Of a member that no option names: whether one names all of its object.
bool is_of_all(const LoadStep &step, const MapperState &mapper,
               const RelationshipState &relationship) {
  return is_of_every_member(step) && relationship.is_lazy() &&
         (!step.member.declaring || mapper.is_a(*step.member.declaring));
}

std::vector<LoadStep> touch_options(std::span<const LoadOption> options) {
  std::vector<LoadStep> steps;
  for (const LoadOption &option : options)
    std::ranges::copy_if(option.path(), std::back_inserter(steps), is_touch_option);
  return steps;
}

model::Loading at_touch(const LazyQuery &query, const MapperState &mapper,
                        const RelationshipState &relationship) {
  for (auto step = query.at_touch.rbegin(); step != query.at_touch.rend(); ++step)
    if (is_of(*step, relationship))
      return step->way == LoadWay::raise   ? model::Loading::raise
             : step->way == LoadWay::never ? model::Loading::never
                                           : model::Loading::when_asked;
  for (const LoadStep &step : query.at_touch)
    if (is_of_all(step, mapper, relationship))
      return model::Loading::raise;
  return model::is_eager(relationship.loading) ? model::Loading::when_asked : relationship.loading;
}

/// Calls `function(unsigned index, const LazyMember &)` for each lazy member of the object.
template <class Function>
void for_each_lazy(const MapperState &mapper, const void *object, Function function) {
  if (!mapper.has_lazies)
    return;
  for (unsigned i = 0; i != mapper.relationships.size(); ++i)
    if (const MappedRelationship &mapped = mapper.relationships[i]; mapped.without_session)
      function(i, mapped.state->lazy_in(static_cast<const std::byte *>(object) + mapped.upcast));
}

const LazyMember &lazy_of(const ObjectState &state, unsigned index) {
  return relationship_at(state, index).lazy_in(link_part(state, index));
}

} // namespace

const LoadStep *find_touch_option(const LazyRun *run, const MapperState &mapper,
                                  const RelationshipState &relationship) {
  const LoadStep *of_all = nullptr;
  if (run)
    for (const LoadOption &option : run->options)
      for (const LoadStep &step : option.path()) {
        if (is_of(step, relationship))
          return &step;
        if (is_of_all(step, mapper, relationship))
          of_all = &step;
      }
  return of_all;
}

LazyQuery &LazyQueries::of(const LazyRun *run) {
  static constexpr LazyRun none{};
  if (!run)
    return find_or_make(none);
  if (!run->query)
    run->query = &find_or_make(*run);
  return *run->query;
}

LazyQuery &LazyQueries::find_or_make(const LazyRun &run) {
  const std::vector<LoadStep> steps = touch_options(run.options);
  const auto is_it = [&](const std::unique_ptr<LazyQuery> &known) {
    return known->place.line() == run.place.line() && known->place.column() == run.place.column() &&
           std::strcmp(known->place.file_name(), run.place.file_name()) == 0 &&
           std::ranges::equal(known->at_touch, steps, [](const LoadStep &a, const LoadStep &b) {
             return a.way == b.way && is_same(a.member, b.member);
           });
  };
  const auto found = std::ranges::find_if(queries_, is_it);
  if (found != queries_.end())
    return **found;
  auto made = std::make_unique<LazyQuery>();
  made->place = run.place;
  made->at_touch = steps;
  return *queries_.emplace_back(std::move(made));
}

const LazyBinding *LazyQueries::bindings(LazyQuery &query, const MapperState &mapper,
                                         ObjectStore &store) {
  for (const auto &[known, bindings] : query.bindings)
    if (known == &mapper)
      return bindings.get();
  auto made = std::make_unique<LazyBinding[]>(mapper.relationships.size());
  for (unsigned i = 0; i != mapper.relationships.size(); ++i) {
    const MappedRelationship &mapped = mapper.relationships[i];
    if (!mapped.without_session)
      continue;
    made[i] = *mapped.without_session;
    made[i].store = &store;
    made[i].query = &query;
    made[i].at_touch = at_touch(query, mapper, *mapped.state);
  }
  return query.bindings.emplace_back(&mapper, std::move(made)).second.get();
}

void bind_lazies(ObjectState &state, const LazyRun *run, ObjectStore &store) {
  const LazyBinding *bindings =
      store.lazy_queries.bindings(store.lazy_queries.of(run), *state.mapper, store);
  for_each_lazy(*state.mapper, state.object, [&](unsigned index, const LazyMember &member) {
    LazyAccess::set(member, &bindings[index], true);
  });
}

void set_link_loaded(ObjectState &state, unsigned index, bool is_loaded, ObjectStore &store) {
  store.links(state)[index].loaded = is_loaded;
  if (!relationship_at(state, index).is_lazy())
    return;
  const LazyMember &member = lazy_of(state, index);
  const LazyBinding *binding = LazyAccess::binding(member);
  if (!is_loaded && (!binding || binding->store != &store)) {
    LazyQueries &queries = store.lazy_queries;
    binding = &queries.bindings(queries.of(nullptr), *state.mapper, store)[index];
  }
  LazyAccess::set(member, binding, !is_loaded);
}

void restore_link_state(ObjectState &state, unsigned index, bool was_loaded, bool was_assigned,
                        ObjectStore &store) {
  set_link_loaded(state, index, was_loaded || was_assigned, store);
  state.links[index].loaded = was_loaded;
}

bool is_assigned(const ObjectState &state, unsigned index) {
  return relationship_at(state, index).is_lazy() && !is_link_loaded(state, index) &&
         !LazyAccess::is_waiting(lazy_of(state, index));
}

LazyQuery *query_of(const ObjectState &state, unsigned index, const ObjectStore &store) {
  const LazyBinding *binding = LazyAccess::binding(lazy_of(state, index));
  return binding && binding->store == &store ? const_cast<LazyQuery *>(binding->query) : nullptr;
}

void require_settled(const MapperState &mapper, const void *object) {
  for_each_lazy(mapper, object, [&](unsigned index, const LazyMember &member) {
    if (LazyAccess::is_waiting(member))
      throw InvalidRequestError(
          "add(): " + short_name(*mapper.relationships[index].state) + " of a new " + mapper.name +
          " is a copy of a member that was not loaded, so that nobody knows what it refers to; "
          "touch the member before it is copied, or assign to the copy");
  });
}

void settle_lazies(const MapperState &mapper, void *object) {
  for_each_lazy(mapper, object, [](unsigned, const LazyMember &member) {
    LazyAccess::set(member, nullptr, false);
  });
}

void release_lazies(const ObjectState &state, const ObjectStore &store) {
  for_each_lazy(*state.mapper, state.object, [&](unsigned index, const LazyMember &member) {
    const LazyBinding *binding = LazyAccess::binding(member);
    if (binding && binding->store == &store)
      LazyAccess::set(member, state.mapper->relationships[index].without_session.get(),
                      LazyAccess::is_waiting(member));
  });
}

void MapperState::fetched_alone(void *object) const {
  for_each_lazy(*this, object, [&](unsigned index, const LazyMember &member) {
    LazyAccess::set(member, relationships[index].without_session.get(), true);
  });
}

namespace {

/// The records of copies, one for each relationship. They are never destroyed, because nobody knows
/// how long a copy lives.
const LazyBinding &binding_of_copies(const std::string &name) {
  static std::mutex &mutex = *new std::mutex;
  static auto &known = *new std::map<std::string, LazyBinding>;
  const std::lock_guard lock(mutex);
  LazyBinding &binding = known[name];
  binding.name = name;
  return binding;
}

} // namespace

std::uintptr_t LazyMember::state_of_copy(const LazyMember &other) noexcept {
  const LazyBinding *of = LazyAccess::binding(other);
  if (of->mapper)
    of = &binding_of_copies(short_name(*of->mapper->relationships[of->index].state));
  return reinterpret_cast<std::uintptr_t>(of) | waiting;
}

/// A member of a session's object gets a value, and so does one that is to have the value of such a
/// member.
bool LazyMember::reads_assigned(const LazyMember &other) {
  const LazyBinding *from = LazyAccess::binding(other), *to = LazyAccess::binding(*this);
  if (from->store || (to && to->store))
    return true;
  state_ = state_of_copy(other);
  return false;
}

} // namespace declorm::detail
