// session.cpp: SessionCore: each call guarded, then the unit of work.
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/validators.h"
#include "runtime/orm/session/merge.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

SessionCore::SessionCore(const Engine &engine, SessionOptions options)
    : state_(new SessionState(engine, options)) {
  declorm::configure();
}
SessionCore::SessionCore(SessionState *state) : state_(state) {}
SessionCore::~SessionCore() = default;
SessionCore::SessionCore(SessionCore &&) noexcept = default;

void *SessionCore::place(Mapper &mapper) {
  const SessionGuard guard(*state_, "add()");
  require_key(mapper.state());
  require_table(mapper.state());
  if (state_->placing)
    throw InvalidRequestError("the constructor of " + describe(mapper.state()) +
                              " adds objects to the session that is just constructing one; add "
                              "them before or after it");
  state_->loader.destroy_scratch();
  void *place = state_->store->next_place(mapper.state());
  state_->placing = true;
  return place;
}

void SessionCore::add_placed(Mapper &mapper) {
  const SessionGuard guard(*state_);
  const MapperState &state = mapper.state();
  if (state.discriminator || state.has_lazies) {
    void *object = state_->store->next_place(mapper.state());
    try {
      detail::identify(state, object);
      require_settled(state, object);
    } catch (...) {
      if (state.destroy)
        state.destroy(object);
      throw;
    }
  }
  ObjectState &kept = state_->store->keep(mapper.state());
  state_->add_pending(kept);
  state_->adopt_from(kept);
}

void SessionCore::identify(const Mapper &mapper, void *object) {
  detail::identify(mapper.state(), object);
  require_settled(mapper.state(), object);
}

void SessionCore::end_placing() { state_->placing = false; }

void SessionCore::add_shared(Mapper &mapper, std::shared_ptr<void> object) {
  const SessionGuard guard(*state_, "add()");
  require_key(mapper.state());
  require_table(mapper.state());
  if (ObjectState *known = state_->store->find(object.get())) {
    if (known->status == ObjectStatus::detached)
      state_->add_pending(*known);
    return state_->adopt_from(*known);
  }
  detail::identify(mapper.state(), object.get());
  require_settled(mapper.state(), object.get());
  settle_lazies(mapper.state(), object.get());
  ObjectState &kept = state_->store->keep(mapper.state(), std::move(object));
  state_->add_pending(kept);
  state_->adopt_from(kept);
}

void SessionCore::add_held(void *object) {
  const SessionGuard guard(*state_, "add()");
  ObjectState &state = state_->state_of(object, "add()");
  if (state.status == ObjectStatus::detached) {
    state_->add_pending(state);
  } else if (state.status == ObjectStatus::deleted) {
    state.status = ObjectStatus::persistent; // delete_() taken back
    --state_->deleted_count;
  }
}

void *SessionCore::get(Mapper &mapper, std::span<const Value> key) {
  const SessionGuard guard(*state_);
  ObjectState *state = state_->loader.get(mapper.state(), key);
  if (state && state->mapper->loads_further)
    state_->loader.load_further(std::span(&state, 1), {}, 0, {}, {});
  state_->loader.call_after_load();
  return state ? state->mapper->upcast(state->object, mapper.state()) : nullptr;
}

void *SessionCore::as(const Mapper &mapper, const void *object) {
  const SessionGuard guard(*state_);
  const ObjectState &state = state_->state_of(object, "as()");
  return state.mapper->is_below(mapper.state()) ? state.mapper->upcast(state.object, mapper.state())
                                                : nullptr;
}

void SessionCore::remove(const void *object) {
  const SessionGuard guard(*state_, "delete_()");
  ObjectState &state = state_->state_of(object, "delete_()");
  switch (state.status) {
  case ObjectStatus::persistent:
    state.status = ObjectStatus::deleted;
    ++state_->deleted_count;
    return;
  case ObjectStatus::deleted:
    return;
  case ObjectStatus::pending:
    return state_->detach(state); // it never was in the database
  case ObjectStatus::detached:
    throw_not_in_work("delete_()", state);
  }
}

void SessionCore::flush() {
  const SessionGuard guard(*state_, "flush()");
  state_->flush(nullptr);
}

void SessionCore::commit() {
  {
    const SessionGuard guard(*state_, "commit()");
    state_->check_usable();
  }
  call_event(*state_, state_->options.before_commit, {"before_commit", false});
  {
    const SessionGuard guard(*state_);
    state_->commit();
  }
  call_event(*state_, state_->options.after_commit, {"after_commit", false});
}

void SessionCore::cancel() const { state_->cancel(); }
void SessionCore::rollback() {
  {
    const SessionGuard guard(*state_, "rollback()");
    state_->rollback();
    if (std::exchange(state_->told_of_rollback, false))
      return;
  }
  call_event(*state_, state_->options.after_rollback, {"after_rollback", false});
}

void SessionCore::refresh(void *object) {
  const SessionGuard guard(*state_, "refresh()");
  ObjectState &state = state_->state_of(object, "refresh()");
  state_->loader.refresh(state);
  state_->refresh_links(state);
  state_->loader.call_after_load();
}

void SessionCore::expire(void *object) {
  const SessionGuard guard(*state_, "expire()");
  for (ObjectState *state :
       state_->reached(state_->state_of(object, "expire()"), model::cascade_refresh)) {
    state->epoch = 0;
    if (state->status == ObjectStatus::persistent)
      state->left_out = state->mapper->deferred_bits;
    state_->forget_links(*state);
  }
}

void SessionCore::expire_all() {
  const SessionGuard guard(*state_, "expire_all()");
  state_->expire_all();
}

void SessionCore::expunge(void *object) {
  const SessionGuard guard(*state_, "expunge()");
  ObjectState &state = state_->state_of(object, "expunge()");
  if (state.status == ObjectStatus::detached)
    throw_not_in_work("expunge()", state);
  for (ObjectState *reached : state_->reached(state, model::cascade_expunge))
    if (reached->status != ObjectStatus::detached)
      state_->detach(*reached);
}

void SessionCore::expunge_all() {
  const SessionGuard guard(*state_, "expunge_all()");
  state_->expunge_all();
}

bool SessionCore::contains(const void *object) const {
  const SessionGuard guard(*state_);
  const ObjectState *state = state_->store->find(object);
  return state &&
         (state->status == ObjectStatus::pending || state->status == ObjectStatus::persistent);
}

void *SessionCore::merge(Mapper &mapper, const void *object) {
  const SessionGuard guard(*state_, "merge()");
  Merge merge(*state_);
  ObjectState *known = merge.find(mapper.state(), object);
  if (known)
    merge.copy_links(mapper.state(), object, *known);
  state_->loader.call_after_load();
  if (!known)
    return nullptr;
  return known->mapper->upcast(known->object, mapper.state());
}

void *SessionCore::merge_placed(Mapper &mapper, const void *object) {
  const SessionGuard guard(*state_);
  MapperState &state = mapper.state();
  void *const copy = state_->store->next_place(state);
  for (const MappedRelationship &mapped : state.relationships)
    mapped.state->clear(static_cast<std::byte *>(copy) + mapped.upcast);
  settle_lazies(state, copy);
  ObjectState &kept = state_->store->keep(state);
  detail::identify(state, copy);
  Merge merge(*state_);
  merge.note_new(object, kept);
  merge.copy_links(state, object, kept);
  state_->loader.call_after_load();
  return copy;
}

bool SessionCore::is_modified(const void *object) {
  const SessionGuard guard(*state_);
  return state_->is_modified(state_->state_of(object, "is_modified()"));
}

void SessionCore::load(Mapper &mapper, const SelectCore &select, const QueryFlags &flags,
                       std::span<const LoadOption> paths, const std::source_location &place,
                       std::vector<void *> &objects) {
  const SessionGuard guard(*state_);
  const LazyRun run{place, paths};
  QueryFlags with_run = flags;
  with_run.run = &run;
  state_->loader.load(mapper.state(), select.data(), with_run, paths, objects);
  state_->loader.call_after_load();
}

/// Whether the member is a column, or several.
static bool is_column(const MapperState &mapper, const RelationshipRef &ref) {
  const MemberRef member{ref.declaring, nullptr, ref.offset};
  return mapper.column_of(member) || mapper.composite_of(member);
}

void SessionCore::load_member(void *object, const RelationshipRef &member) {
  const SessionGuard guard(*state_);
  ObjectState *state = &state_->state_of(object, "load()");
  const std::uint32_t deferred = deferred_bit_of(*state->mapper, member);
  const RelationshipState *relationship =
      deferred ? nullptr : &find_relationship(*state->mapper, member);
  state_->check_usable();
  if (state->status == ObjectStatus::detached)
    throw_not_in_work("load()", *state);
  if (!deferred)
    return state_->load_alone(*relationship, *state);
  state_->loader.load_deferred({&state, 1}, ChosenDeferred(deferred));
  state_->loader.call_after_load();
}

bool SessionCore::is_loaded(const void *object, const RelationshipRef &member) {
  const SessionGuard guard(*state_);
  const ObjectState &state = state_->state_of(object, "is_loaded()");
  if (is_column(*state.mapper, member) || deferred_bit_of(*state.mapper, member) != 0)
    return (deferred_bit_of(*state.mapper, member) & state.left_out) == 0;
  const unsigned index =
      relationship_index(*state.mapper, &find_relationship(*state.mapper, member));
  return is_link_loaded(state, index) || is_assigned(state, index);
}

void SessionCore::begin_set(void *object, const RelationshipRef &member) {
  const SessionGuard guard(*state_);
  ObjectState *state = &state_->state_of(object, "set()");
  if (is_column(*state->mapper, member)) {
    // So that the value is written even if it is the one that the member has without being loaded.
    const std::uint32_t deferred = deferred_bit_of(*state->mapper, member) & state->left_out;
    if (deferred != 0)
      state_->loader.load_deferred({&state, 1}, ChosenDeferred(deferred));
    return;
  }
  if (state_->running_hook)
    throw InvalidRequestError(text_of_refused("set() of a relationship", *state_->running_hook));
  const RelationshipState &relationship = find_relationship(*state->mapper, member);
  if (state->status == ObjectStatus::persistent)
    state_->loader.load_links(relationship, std::span(&state, 1), {});
  state_->loader.call_after_load();
}

void SessionCore::end_set(void *object, const RelationshipRef &member) {
  const SessionGuard guard(*state_);
  ObjectState &state = state_->state_of(object, "set()");
  if (state.mapper->hooks)
    validate_member(*state.mapper, state.object, member);
}

void SessionCore::sync(void *object) {
  const SessionGuard guard(*state_, "sync()");
  state_->check_usable();
  state_->state_of(object, "sync()");
  LinkSync sync(*state_);
  try {
    sync.sync();
    sync.finish();
  } catch (...) {
    sync.undo();
    throw;
  }
}

void SessionCore::flush_for(const SelectCore &select) {
  const SessionGuard guard(*state_);
  state_->check_usable();
  state_->flush_before(compile(select.data(), state_->engine.dialect()));
}

void SessionCore::autoflush_all() {
  const SessionGuard guard(*state_);
  state_->check_usable();
  if (state_->options.autoflush && state_->autoflush_blocked == 0 && !state_->flushing &&
      !state_->running_hook)
    state_->flush(nullptr);
}

void SessionCore::written_behind() {
  const SessionGuard guard(*state_);
  if (state_->running_hook)
    state_->stale_after_hooks = true;
  else
    ++state_->epoch;
}

void SessionCore::block_autoflush(int difference) { state_->autoflush_blocked += difference; }

Connection &SessionCore::connection() {
  const SessionGuard guard(*state_);
  return state_->public_connection();
}

Transaction SessionCore::begin_nested() {
  const SessionGuard guard(*state_, "begin_nested()");
  return state_->begin_nested();
}

const std::shared_ptr<void> SessionCore::storage() const { return state_->store; }

} // namespace declorm::detail
