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

void SessionState::rollback() {
  if (open_connection)
    open_connection->rollback();
  // Changes that were never flushed go too, and what a failed flush left.
  rolled_back();
  flush_failure.clear();
  release_connection();
}

void SessionState::release_connection() {
  if (!open_connection)
    return;
  open_connection->state().observer = nullptr;
  open_connection.reset();
}

Transaction SessionState::begin_nested() {
  flush(nullptr);
  Connection &on = public_connection();
  Transaction transaction = on.begin_nested();
  savepoints_.emplace_back(on.state().innermost_savepoint(), undo_log_.size());
  return transaction;
}

void SessionState::committed() {
  for (const UndoEntry &entry : undo_log_)
    entry.state->pinned = false;
  undo_log_.clear();
  link_undo_.clear();
  mirror_undo_.clear();
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
  restore_values(state, state.snapshot);
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

/// Undoes what the undo log holds from `first` on, last first. `keep_work`: after a failed flush
/// the objects stay in the work, so that what was wrong can be mended; otherwise changes that were
/// not flushed are undone too.
void SessionState::undo(std::size_t first, bool keep_work) {
  std::vector<ObjectState *> unflushed;
  for (std::size_t i = undo_log_.size(); i != first; --i) {
    const UndoEntry &entry = undo_log_[i - 1];
    ObjectState &state = *entry.state;
    IdentityMap &map = identities(*state.mapper);
    switch (entry.kind) {
    case UndoEntry::inserted:
      if (state.status != ObjectStatus::detached)
        detach(state);
      RowWriter::unset(*state.mapper, *entry.plan, state.object);
      state.root_written = false;
      if (keep_work)
        unflushed.push_back(&state);
      break;
    case UndoEntry::linked:
      undo_links(state);
      break;
    case UndoEntry::followed:
      assign(*mirror_undo_.back().field, state.object, mirror_undo_.back().before);
      mirror_undo_.pop_back();
      break;
    case UndoEntry::continued:
      RowWriter::unset(*state.mapper, *entry.plan, state.object);
      break;
    case UndoEntry::updated:
      if (state.status != ObjectStatus::detached)
        map.erase(state);
      state.snapshot = entry.snapshot;
      state.snapshot_size = entry.snapshot_size;
      state.pinned = false;
      if (state.status != ObjectStatus::detached)
        map.insert(state);
      if (!keep_work)
        restore_values(state);
      break;
    case UndoEntry::deleted:
      state.status = keep_work ? ObjectStatus::deleted : ObjectStatus::persistent;
      deleted_count += keep_work;
      map.insert(state);
      break;
    }
  }
  undo_log_.erase(undo_log_.begin() + std::ptrdiff_t(first), undo_log_.end());
  if (keep_work) {
    std::erase_if(pending,
                  [](const ObjectState *state) { return state->status != ObjectStatus::pending; });
    for (ObjectState *state : unflushed)
      state->status = ObjectStatus::pending;
    pending.insert(pending.begin(), unflushed.rbegin(), unflushed.rend());
    pending_keys.forget();
    return;
  }
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
      for (unsigned i = 0; i != mapper->relationships.size(); ++i)
        restore_links(state, i);
    });
}

} // namespace declorm::detail
