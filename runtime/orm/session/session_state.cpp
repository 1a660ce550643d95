// session_state.cpp: what a session holds.
#include "runtime/orm/session/session_state.h"

#include "runtime/engine/engine_state.h"
#include "runtime/engine/thread_number.h"

#include <algorithm>

namespace declorm::detail {

SessionGuard::SessionGuard(SessionState &state, const char *closed_to_hooks) : state_(state) {
  if (!state_.busy.exchange(true, std::memory_order_acquire)) {
    if (closed_to_hooks && state_.running_event)
      try {
        require_open(*state_.running_event, closed_to_hooks);
      } catch (...) {
        state_.busy.store(false, std::memory_order_release);
        throw;
      }
    return;
  }
  is_nested_ = state_.hook_thread.load(std::memory_order_relaxed) == thread_number();
  if (!is_nested_)
    throw InvalidRequestError(
        "this Session is in use by another call: a Session belongs to one thread at a time, and "
        "only a hook or event of its own may call it back. Give each thread a Session of its own; "
        "an Engine "
        "can be shared");
  if (closed_to_hooks && state_.running_hook)
    throw InvalidRequestError(text_of_refused(closed_to_hooks, *state_.running_hook));
  if (closed_to_hooks)
    require_open(*state_.running_event, closed_to_hooks);
}

SessionGuard::~SessionGuard() {
  if (!is_nested_)
    state_.busy.store(false, std::memory_order_release);
}

SessionState::SessionState(const Engine &on, SessionOptions with)
    : engine(on), options(std::move(with)),
      store(std::make_shared<ObjectStore>(on.state().blocks)) {
  store->session = this;
  if (const EngineOptions &of = on.state().options; of.warn_n_plus_one != 0)
    n_plus_one = std::make_unique<NPlusOneWatch>(of);
}

SessionState::~SessionState() {
  loader.destroy_scratch();
  store->session = nullptr;
  if (open_connection)
    open_connection->state().observer = nullptr;
}

void SessionState::check_usable() const {
  if (!flush_failure.empty())
    throw PendingRollbackError(
        savepoints_.empty()
            ? "a flush of this session failed, and its transaction was rolled back; call "
              "rollback() "
              "to go on. The flush said: " +
                  flush_failure
            : "a flush of this session failed, and its savepoint was rolled back; roll back the "
              "Transaction that begin_nested() gave, or the session, to go on. The flush said: " +
                  flush_failure);
}

Connection &SessionState::public_connection() {
  check_usable();
  if (!open_connection) {
    Connection connection = engine.connect();
    connection.state().observer = this;
    const std::lock_guard lock(cancel_mutex_);
    open_connection.emplace(std::move(connection));
  }
  return *open_connection;
}

ConnectionState &SessionState::connection() {
  ConnectionState &connection = public_connection().state();
  connection.autobegin();
  return connection;
}

IdentityMap &SessionState::find_identities(MapperState &mapper) {
  std::unique_ptr<IdentityMap> &map = identity_maps_[mapper.root];
  if (!map)
    map = std::make_unique<IdentityMap>(mapper.key_fields.size());
  cached_maps_[cache_place(mapper)] = {&mapper, map.get()};
  return *map;
}

void SessionState::take_snapshot(ObjectState &state) {
  buffer_.clear();
  pack(state.mapper->packed_fields, state.object, buffer_);
  store->set_snapshot(state, buffer_.bytes());
}

ObjectState &SessionState::state_of(const void *object, const char *what) {
  if (ObjectState *state = store->find(object))
    return *state;
  throw InvalidRequestError(std::string(what) +
                            ": this session does not hold that object. Pass the reference that "
                            "add(), get() or a query returned, not a copy");
}

void throw_not_in_work(const char *call, const ObjectState &state) {
  throw InvalidRequestError(std::string(call) + ": " + name_of(state) +
                            " is not in the session's work: it was deleted, expunged, or rolled "
                            "back; get() gives the object of its row, add() takes this one in "
                            "again");
}

void SessionState::add_pending(ObjectState &state) {
  state.status = ObjectStatus::pending;
  state.made_here = true;
  pending.push_back(&state);
}

void SessionState::detach(ObjectState &state) {
  if (state.status == ObjectStatus::pending) {
    if (const auto place = std::find(pending.begin(), pending.end(), &state);
        place != pending.end()) {
      pending_keys.leave(std::size_t(place - pending.begin()));
      pending.erase(place);
    }
  } else if (state.status != ObjectStatus::detached) {
    identities(*state.mapper).erase(state);
  }
  deleted_count -= state.status == ObjectStatus::deleted;
  state.status = ObjectStatus::detached;
}

void SessionState::expunge_all() {
  loader.forget();
  if (n_plus_one)
    n_plus_one->forget();
  link_work.clear();
  store->session = nullptr;
  store = std::make_shared<ObjectStore>(engine.state().blocks);
  store->session = this;
  identity_maps_.clear();
  cached_maps_ = {};
  pending.clear();
  pending_keys.forget();
  deleted_count = 0;
  undo_log.clear();
  for (auto &[name, mark] : savepoints_)
    mark = 0;
}

} // namespace declorm::detail
