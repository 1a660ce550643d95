// unit_of_work.cpp: flush, commit and rollback. Martin Fowler's Unit of Work.
#include "runtime/orm/session_state.h"
#include "runtime/sql/compiler.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace declorm::detail {

/// A RowWriter that is made when it is first needed: a flush without changes touches no connection.
class LazyRowWriter {
public:
  LazyRowWriter(SessionState &session, MapperState &mapper) : session_(session), mapper_(mapper) {}
  RowWriter *operator->() {
    return rows_ ? &*rows_ : &rows_.emplace(session_.connection(), mapper_);
  }

private:
  SessionState &session_;
  MapperState &mapper_;
  std::optional<RowWriter> rows_;
};

bool SessionState::is_dirty(const ObjectState &state) {
  if (state.read_only)
    return false;
  buffer_.clear();
  pack(state.mapper->packed_fields, state.object, buffer_);
  const std::span<const std::byte> now = buffer_.bytes();
  return now.size() != state.snapshot_size ||
         std::memcmp(now.data(), state.snapshot, now.size()) != 0;
}

std::vector<MapperState *> SessionState::flush_order(const std::vector<const MapperState *> *only) {
  std::vector<MapperState *> order;
  for (MapperState *mapper : store->mappers())
    if (!only || std::find(only->begin(), only->end(), mapper) != only->end())
      order.push_back(mapper);
  if (order.size() < 2)
    return order;
  // Tables before those that refer to them; classes of one table in the order they came.
  std::unordered_map<const Table *, std::size_t> rank;
  for (const MapperState *mapper : order)
    if (!rank.contains(mapper->table))
      for (const Table *table : mapper->table->metadata().sorted_tables())
        rank.emplace(table, rank.size());
  std::multimap<std::size_t, MapperState *> by_rank;
  for (MapperState *mapper : order)
    by_rank.emplace(rank[mapper->table], mapper);
  order.clear();
  for (const auto &[place, mapper] : by_rank)
    order.push_back(mapper);
  return order;
}

/// A new object may take the key of one that the same flush deletes: that row goes first.
void SessionState::delete_row_in_the_way(const ObjectState &state, LazyRowWriter &rows) {
  const MapperState &mapper = *state.mapper;
  buffer_.clear();
  pack(std::span(mapper.packed_fields).first(mapper.key_fields.size()), state.object, buffer_);
  ObjectState *other = identities(*state.mapper).find(buffer_.bytes());
  if (other && other->status == ObjectStatus::deleted)
    delete_row(*other, rows);
}

void SessionState::delete_row(ObjectState &state, LazyRowWriter &rows) {
  const Key key = unpack_key(*state.mapper, state.snapshot);
  rows->remove(state.object, &key);
  undo_log_.push_back({UndoEntry::deleted, &state});
  detach(state);
}

void SessionState::flush_inserts(MapperState &mapper, LazyRowWriter &rows) {
  for (ObjectState *state : pending) {
    if (state->mapper != &mapper)
      continue;
    if (deleted_count != 0)
      delete_row_in_the_way(*state, rows);
    const InsertPlan &plan = rows->insert(state->object);
    undo_log_.push_back({UndoEntry::inserted, state, &plan});
    buffer_.clear();
    pack(mapper.packed_fields, state->object, buffer_);
    store->set_snapshot(*state, buffer_.bytes());
    IdentityMap &map = identities(mapper);
    const auto key = map.key_of(*state);
    const IdentityMap::Hash key_hash = IdentityMap::hash(key);
    if (ObjectState *other = map.find(key, key_hash)) {
      // The database accepted the key, so the other object's row is gone; its place is free.
      if (other->status != ObjectStatus::deleted)
        detach(*other);
      else
        map.erase(*other);
    }
    map.insert(*state, key_hash);
    state->status = ObjectStatus::persistent;
    state->epoch = epoch;
    state->read_only = false;
  }
}

void SessionState::flush_updates(MapperState &mapper, LazyRowWriter &rows) {
  ColumnMask changed;
  std::vector<ObjectState *> moved;
  store->for_each(mapper, [&](ObjectState &state) {
    if (state.status != ObjectStatus::persistent || !is_dirty(state))
      return;
    changed = changed_columns(mapper, state.snapshot, buffer_.bytes().data());
    bool writable = false, key_changed = false;
    for (unsigned i = 0; i != changed.size(); ++i) {
      if (mapper.infos[i].read_only)
        changed[i] = false; // writing a computed member is ignored
      writable |= changed[i];
      key_changed |= changed[i] && mapper.infos[i].is_key;
    }
    if (!writable)
      return;
    if (key_changed) {
      const Key old_key = unpack_key(mapper, state.snapshot);
      rows->update(state.object, changed, &old_key);
      identities(mapper).erase(state);
    } else {
      rows->update(state.object, changed, nullptr);
    }
    undo_log_.push_back({UndoEntry::updated, &state, nullptr, state.snapshot, state.snapshot_size});
    state.pinned = true; // the undo log needs the old one
    take_snapshot(state);
    if (key_changed)
      moved.push_back(&state);
  });
  for (ObjectState *state : moved)
    identities(mapper).insert(*state);
}

void SessionState::flush_deletes(MapperState &mapper, LazyRowWriter &rows) {
  if (deleted_count == 0)
    return;
  store->for_each(mapper, [&](ObjectState &state) {
    if (state.status == ObjectStatus::deleted)
      delete_row(state, rows);
  });
}

void SessionState::flush(const std::vector<const MapperState *> *only) {
  check_usable();
  if (flushing)
    throw InvalidRequestError("flush() was called while this session is flushing, from a hook or a "
                              "default; changes made there are written by the same flush");
  const std::vector<MapperState *> order = flush_order(only);
  if (order.empty())
    return;
  flushing = true;
  try {
    for (MapperState *mapper : order) {
      // Updates first: they may free a unique value that a new row takes.
      LazyRowWriter rows(*this, *mapper);
      flush_updates(*mapper, rows);
      flush_inserts(*mapper, rows);
    }
    for (auto mapper = order.rbegin(); deleted_count != 0 && mapper != order.rend(); ++mapper) {
      LazyRowWriter rows(*this, **mapper);
      flush_deletes(**mapper, rows);
    }
    std::erase_if(pending,
                  [](const ObjectState *state) { return state->status != ObjectStatus::pending; });
    flushing = false;
  } catch (const std::exception &error) {
    fail_flush(error.what());
    throw;
  } catch (...) {
    fail_flush("an exception of an unknown type");
    throw;
  }
}

/// The transaction, or its innermost savepoint, is rolled back; the objects are as they were before
/// it, and in the same states.
void SessionState::fail_flush(std::string why) {
  flushing = false;
  flush_failure = std::move(why);
  if (open_connection && !savepoints_.empty()) {
    try {
      open_connection->state().restore_savepoint(savepoints_.back().first);
      undo(savepoints_.back().second, true);
      return;
    } catch (const DatabaseError &) {
      // The savepoint is gone, and with it the transaction.
    }
  }
  if (open_connection) {
    open_connection->state().observer = nullptr;
    try {
      open_connection->rollback();
    } catch (const Error &) {
      open_connection->state().discarded = true;
    }
    open_connection.reset();
  }
  undo(0, true);
  savepoints_.clear();
}

/// Rows that new ones refer to must be written before them, and rows that refer to deleted ones.
void SessionState::add_related(std::vector<const MapperState *> &touched) const {
  if (pending.empty() && deleted_count == 0)
    return;
  const auto refers = [](const MapperState &from, const MapperState &to) {
    for (const Constraint &constraint : from.table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        for (const std::string &referred : constraint.referred)
          if (ForeignKey(referred).target_table() == to.table->full_name())
            return true;
    return false;
  };
  for (std::size_t i = 0; i != touched.size(); ++i)
    for (const MapperState *other : store->mappers())
      if (std::find(touched.begin(), touched.end(), other) == touched.end() &&
          (refers(*touched[i], *other) || (deleted_count != 0 && refers(*other, *touched[i]))))
        touched.push_back(other);
}

void SessionState::flush_before(const Compiled &statement) {
  if (!options.autoflush || autoflush_blocked != 0 || flushing)
    return;
  if (pending.empty() && store->mappers().empty())
    return;
  if (statement.reads_unknown)
    return flush(nullptr);
  std::vector<const MapperState *> touched;
  for (const MapperState *mapper : store->mappers())
    if (std::ranges::find(statement.tables, mapper->table) != statement.tables.end())
      touched.push_back(mapper);
  add_related(touched);
  flush(&touched);
}

// The end of a transaction.

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
  savepoints_.clear();
  ++epoch;
}

void SessionState::rolled_back() {
  undo(0, false);
  savepoints_.clear();
  for (ObjectState *state : pending)
    state->status = ObjectStatus::detached;
  pending.clear();
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
  savepoints_.erase(savepoint, savepoints_.end());
  ++epoch;
}

void SessionState::restore_values(ObjectState &state) {
  if (!state.read_only)
    restore_values(state, state.snapshot);
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
      if (keep_work)
        unflushed.push_back(&state);
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
  undo_log_.resize(first, UndoEntry{UndoEntry::inserted, nullptr});
  if (keep_work) {
    std::erase_if(pending,
                  [](const ObjectState *state) { return state->status != ObjectStatus::pending; });
    for (ObjectState *state : unflushed)
      state->status = ObjectStatus::pending;
    pending.insert(pending.begin(), unflushed.rbegin(), unflushed.rend());
    return;
  }
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
}

} // namespace declorm::detail
