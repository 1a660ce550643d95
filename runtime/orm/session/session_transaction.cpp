// session_transaction.cpp: commit, rollback and savepoints of a session, and what they do to
// objects.
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

void SessionState::commit() {
  check_usable();
  flush(nullptr);
  if (open_connection)
    open_connection->commit();
  else
    ++epoch;
  release_connection();
}

/// Rolls the connection's transaction back. If that fails the connection is closed instead, which
/// does the same.
void SessionState::roll_back_connection() {
  try {
    open_connection->rollback();
  } catch (const Error &) {
    open_connection->state().discarded = true;
  }
}

void SessionState::rollback() {
  if (open_connection)
    roll_back_connection();
  // Changes that were never flushed go too, and what a failed flush left.
  rolled_back();
  flush_failure.clear();
  release_connection();
}

void SessionState::release_connection() {
  if (!open_connection)
    return;
  open_connection->state().observer = nullptr;
  std::optional<Connection> released;
  const std::lock_guard lock(cancel_mutex_); // given up before `released` goes back to the pool
  released.swap(open_connection);
}

void SessionState::cancel() {
  const std::lock_guard lock(cancel_mutex_);
  if (open_connection)
    open_connection->cancel();
}

Transaction SessionState::begin_nested() {
  flush(nullptr);
  Connection &on = public_connection();
  Transaction transaction = on.begin_nested();
  savepoints_.emplace_back(on.state().innermost_savepoint(), undo_log.mark());
  return transaction;
}

void SessionState::committed() {
  undo_log.clear();
  savepoints_.clear();
  ++epoch;
}

void SessionState::rolled_back() {
  undo(0, false);
  savepoints_.clear();
  for (ObjectState *state : pending)
    state->status = ObjectStatus::detached;
  pending.clear();
  pending_keys.forget();
  ++epoch;
}

void SessionState::savepoint_released(const std::string &name) {
  const auto savepoint = std::find_if(savepoints_.begin(), savepoints_.end(),
                                      [&](const auto &known) { return known.first == name; });
  savepoints_.erase(savepoint, savepoints_.end());
}

void SessionState::rolled_back_to(const std::string &name) {
  const auto savepoint = std::find_if(savepoints_.begin(), savepoints_.end(),
                                      [&](const auto &known) { return known.first == name; });
  if (savepoint == savepoints_.end())
    return;
  undo(savepoint->second, false);
  flush_failure.clear();
  for (ObjectState *state : pending)
    state->status = ObjectStatus::detached;
  pending.clear();
  pending_keys.forget();
  savepoints_.erase(savepoint, savepoints_.end());
  ++epoch;
}

void SessionState::restore_values(ObjectState &state) {
  if (state.read_only)
    return;
  unpack_into(*state.mapper, state.snapshot, state.object);
  if (state.mapper->needs_fetched)
    state.mapper->make_copies(state.object);
}

void SessionState::restore_values(ObjectState &state, const std::byte *entry) {
  for (const Field &field : state.mapper->packed_fields) {
    const Value value = unpack(entry);
    bool same = false;
    try {
      same = value_of(field, state.object) == value;
    } catch (...) {
      // It cannot be stored, so it is not what was read.
    }
    if (!same)
      assign(field, state.object, value);
  }
}

/// Undoes what was done behind the mark of the undo log. `keep_work`: after a failed flush the
/// objects stay in the work, so that what was wrong can be mended; otherwise changes that were not
/// flushed are undone too.
void SessionState::undo(std::size_t mark, bool keep_work) {
  const std::vector<ObjectState *> gone = undo_log.undo_to(mark, *this, keep_work);
  if (keep_work)
    keep_in_work(gone);
  else
    restore_unflushed();
}

/// Objects whose INSERT was undone are new again, in the order of add.
void SessionState::keep_in_work(std::span<ObjectState *const> gone) {
  std::erase_if(pending,
                [](const ObjectState *state) { return state->status != ObjectStatus::pending; });
  for (ObjectState *state : gone)
    state->status = ObjectStatus::pending;
  pending.insert(pending.begin(), gone.rbegin(), gone.rend());
  pending_keys.forget();
}

void SessionState::restore_unflushed() {
  link_work.clear();
  for (MapperState *mapper : store->mappers())
    store->for_each(*mapper, [&](ObjectState &state) {
      if (state.status == ObjectStatus::deleted) {
        state.status = ObjectStatus::persistent;
        --deleted_count;
      }
      if (state.status != ObjectStatus::persistent)
        return;
      bool changed = true;
      try {
        changed = is_dirty(state);
      } catch (...) {
        // A member holds what cannot be stored.
      }
      if (changed)
        restore_values(state);
    });
  // Maps need the values of the objects that they show.
  for (MapperState *mapper : store->mappers())
    store->for_each(*mapper, [&](ObjectState &state) {
      if (state.status != ObjectStatus::persistent)
        return;
      for (unsigned i = 0; i != mapper->relationships.size(); ++i) {
        restore_links(state, i);
        if (relationship_at(state, i).is_lazy()) // what was loaded may be gone
          set_link_loaded(state, i, false, *store);
      }
    });
}

} // namespace declorm::detail
