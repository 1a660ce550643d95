// written_rows.cpp: what a session knows of an object when its row was written.
#include "runtime/orm/flush/flush.h"

#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

void Flush::row_inserted(const TableUser &user, ObjectState &state, const InsertPlan &plan) {
  if (user.part == 0)
    session_.undo_log.note_inserted(state, plan);
  else
    session_.undo_log.note_continued(state, plan);
  state.root_written = !user.is_last;
  if (!user.is_last)
    return;
  session_.take_snapshot(state);
  IdentityMap &map = session_.identities(*state.mapper);
  const auto key = map.key_of(state);
  const IdentityMap::Hash key_hash = IdentityMap::hash(key);
  if (ObjectState *other = map.find(key, key_hash)) {
    // The database accepted the key, so the other object's row is gone; its place is free.
    if (other->status != ObjectStatus::deleted)
      session_.detach(*other);
    else
      map.erase(*other);
  }
  map.insert(state, key_hash);
  state.status = ObjectStatus::persistent;
  state.epoch = session_.epoch;
  state.read_only = false;
  state.left_out = 0;
}

void Flush::row_updated(const TableUser &user, const QueuedRow &row) {
  ObjectState &state = *row.state;
  const bool has_one_table = user.mapper->parts.size() == 1;
  if (has_one_table || half_written_.insert(&state).second)
    session_.undo_log.note_updated(state);
  if (row.version_made) {
    const unsigned position = user.mapper->version->position;
    session_.undo_log.note_followed(state, user.mapper->all_fields[position],
                                    values_in_row(state, {&position, 1}).front());
  }
  if (user.is_last)
    finish_update(row);
}

/// What an UPDATE wrote of deferred columns is known from now on.
static void note_deferred_written(ObjectState &state, const std::byte *row_before) {
  const ColumnMask changed = changed_columns(*state.mapper, row_before, state.snapshot);
  for (const DeferredAttribute &attribute : state.mapper->deferred)
    if (attribute.load_field < changed.size() && changed[attribute.load_field])
      state.left_out &= ~attribute.bit;
}

void Flush::finish_update(const QueuedRow &row) {
  ObjectState &state = *row.state;
  if (state.mapper->parts.size() != 1)
    half_written_.erase(&state);
  if (row.key_changed)
    session_.identities(*state.mapper).erase(state);
  const std::vector<Value> before =
      row.key_changed && sync_.has_links() ? SessionState::row_values(state) : std::vector<Value>();
  const std::byte *const row_before = state.snapshot;
  if (row.snapshot) {
    state.snapshot = row.snapshot;
    state.snapshot_size = row.snapshot_size;
    state.pinned = false;
  } else {
    session_.take_snapshot(state);
  }
  if (state.left_out != 0) [[unlikely]]
    note_deferred_written(state, row_before);
  if (!before.empty())
    sync_.follow_cascade(state, before);
  if (row.key_changed)
    moved_.push_back(&state);
}

void Flush::settle_moved() {
  for (ObjectState *state : moved_)
    session_.identities(*state->mapper).insert(*state);
  moved_.clear();
}

void Flush::row_deleted(const TableUser &user, ObjectState &state) {
  if (user.part != 0)
    return; // the root's row goes last
  session_.undo_log.note_deleted(state);
  session_.detach(state);
}

} // namespace declorm::detail
