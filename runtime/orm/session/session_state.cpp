// session_state.cpp: what a session holds.
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

SessionGuard::SessionGuard(SessionState &state) : state_(state) {
  if (state_.busy.exchange(true, std::memory_order_acquire))
    throw InvalidRequestError(
        "this Session is in use by another call: a Session belongs to one thread at a time, and "
        "hooks must not call it back. Give each thread a Session of its own; an Engine can be "
        "shared");
}

SessionGuard::~SessionGuard() { state_.busy.store(false, std::memory_order_release); }

SessionState::SessionState(const Engine &on, SessionOptions with) : engine(on), options(with) {}

SessionState::~SessionState() {
  destroy_scratch();
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
    open_connection.emplace(engine.connect());
    open_connection->state().observer = this;
  }
  return *open_connection;
}

ConnectionState &SessionState::connection() {
  ConnectionState &connection = public_connection().state();
  connection.autobegin();
  return connection;
}

/// A hierarchy has one: its classes share their keys.
IdentityMap &SessionState::identities(MapperState &mapper) {
  if (last_mapper_ == &mapper)
    return *last_map_;
  std::unique_ptr<IdentityMap> &map = identity_maps_[mapper.root];
  if (!map)
    map = std::make_unique<IdentityMap>(mapper.key_fields.size());
  last_mapper_ = &mapper;
  last_map_ = map.get();
  return *map;
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
  destroy_scratch();
  store = std::make_shared<ObjectStore>();
  identity_maps_.clear();
  last_mapper_ = nullptr;
  pending.clear();
  pending_keys.forget();
  deleted_count = 0;
  undo_log_.clear();
  link_undo_.clear();
  link_work.clear();
  for (auto &[name, length] : savepoints_)
    length = 0;
}

} // namespace declorm::detail
