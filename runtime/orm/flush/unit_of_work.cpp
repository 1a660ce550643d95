// unit_of_work.cpp: flush. Martin Fowler's Unit of Work.
#include "runtime/orm/flush/flush_order.h"
#include "runtime/orm/flush/refused_row.h"
#include "runtime/orm/flush/table_flush.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/rows/secondary_rows.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/compiler.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

bool SessionState::is_dirty(const ObjectState &state) {
  if (state.read_only)
    return false;
  buffer_.clear();
  pack(state.mapper->packed_fields, state.object, buffer_);
  const std::span<const std::byte> now = buffer_.bytes();
  return now.size() != state.snapshot_size ||
         std::memcmp(now.data(), state.snapshot, now.size()) != 0 ||
         (state.mapper->needs_fetched && is_redeclared_changed(state));
}

/// Of members that hold one value all are what the changed one is from now on.
void SessionState::follow_changes(const std::vector<MapperState *> &mappers) {
  for (MapperState *mapper : mappers) {
    if (mapper->mirrors.empty())
      continue;
    store->for_each(*mapper, [&](ObjectState &state) {
      const bool is_new = state.status == ObjectStatus::pending;
      if (is_new || (state.status == ObjectStatus::persistent && is_dirty(state)))
        follow_changed(state, [&](const Field &field, Value before) {
          undo_log_.emplace_back(UndoEntry{UndoEntry::followed, &state});
          mirror_undo_.push_back({&field, std::move(before)});
        });
    });
  }
}

/// A new object may take the key of one that the same flush deletes: that row goes first.
void SessionState::delete_row_in_the_way(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  buffer_.clear();
  pack(std::span(mapper.packed_fields).first(mapper.key_fields.size()), state.object, buffer_);
  ObjectState *other = identities(*state.mapper).find(buffer_.bytes());
  if (!other || other->status != ObjectStatus::deleted)
    return;
  for (std::size_t part = other->mapper->parts.size(); part-- != 0;) {
    RowWriter rows(connection(), *other->mapper, unsigned(part));
    delete_row(*other, unsigned(part), rows);
  }
}

/// Deletes the object's row in one of its tables; the root's goes last.
void SessionState::delete_row(ObjectState &state, unsigned part, RowWriter &rows) {
  const Key key = unpack_key(*state.mapper, state.snapshot);
  written_row_ = {WrittenRow::deleted, part, &state, {}};
  rows.remove(state.object, &key);
  if (part != 0)
    return;
  undo_log_.emplace_back(UndoEntry{UndoEntry::deleted, &state});
  detach(state);
}

void SessionState::insert_row(ObjectState &state, TableUser &user) {
  MapperState &mapper = *state.mapper;
  if (user.part == 0 && deleted_count != 0)
    delete_row_in_the_way(state);
  if (!link_work.fills.empty())
    sync_->fill_key(state, false);
  written_row_ = {WrittenRow::inserted, user.part, &state, {}};
  const InsertPlan &plan = user.rows(*this).insert(state.object);
  undo_log_.emplace_back(
      UndoEntry{user.part == 0 ? UndoEntry::inserted : UndoEntry::continued, &state, &plan});
  state.root_written = !user.is_last;
  if (!user.is_last)
    return;
  take_snapshot(state);
  IdentityMap &map = identities(mapper);
  const auto key = map.key_of(state);
  const IdentityMap::Hash key_hash = IdentityMap::hash(key);
  if (ObjectState *other = map.find(key, key_hash)) {
    // The database accepted the key, so the other object's row is gone; its place is free.
    if (other->status != ObjectStatus::deleted)
      detach(*other);
    else
      map.erase(*other);
  }
  map.insert(state, key_hash);
  state.status = ObjectStatus::persistent;
  state.epoch = epoch;
  state.read_only = false;
}

void SessionState::flush_inserts(TableFlush &table) {
  for (ObjectState *state : pending)
    if (state->status == ObjectStatus::pending)
      if (TableUser *user = table.find(state->mapper))
        insert_row(*state, *user);
  table.finish();
}

/// Writes what changed of an object to one of its tables. Whether its key changed.
bool SessionState::update_row(ObjectState &state, TableUser &user) {
  MapperState &mapper = *user.mapper;
  changed_ = changed_columns(mapper, state.snapshot, buffer_.bytes().data());
  bool key_changed = false;
  for (unsigned i = 0; i != changed_.size(); ++i) {
    if (mapper.infos[i].read_only)
      changed_[i] = false; // writing a computed member is ignored
    key_changed |= changed_[i] && mapper.infos[i].is_key;
  }
  if (mapper.discriminator && changed_[*mapper.discriminator])
    check_identity(mapper, state.object);
  bool is_written = mask_of_part(mapper, user.part, changed_, of_table_);
  const TablePart &part = mapper.parts[user.part];
  const bool by_old_key = key_changed && !part.key_follows;
  if (key_changed && part.key_follows)
    is_written = mask_without_key(part, of_table_);
  if (is_written) {
    const Key old_key = by_old_key ? unpack_key(mapper, state.snapshot) : Key();
    written_row_ = {WrittenRow::updated, user.part, &state, {}};
    user.rows(*this).update(state.object, of_table_, by_old_key ? &old_key : nullptr);
  }
  const bool is_first = mapper.parts.size() == 1 || !half_written_.contains(&state);
  if (is_written && is_first) {
    UndoEntry &entry = undo_log_.emplace_back(UndoEntry{UndoEntry::updated, &state});
    entry.snapshot = state.snapshot;
    entry.snapshot_size = state.snapshot_size;
    state.pinned = true; // the undo log needs the old one
    if (mapper.parts.size() != 1)
      half_written_.insert(&state);
  }
  if (!user.is_last || (!is_written && is_first))
    return false;
  half_written_.erase(&state);
  if (key_changed)
    identities(mapper).erase(state);
  const std::vector<Value> before =
      key_changed && sync_->has_links() ? row_values(state) : std::vector<Value>();
  take_snapshot(state);
  if (!before.empty())
    sync_->follow_cascade(state, before);
  return key_changed;
}

/// What the row has, by position.
std::vector<Value> SessionState::row_values(const ObjectState &state) {
  std::vector<Value> values(state.mapper->columns.size());
  const std::byte *entry = state.snapshot;
  for (const unsigned position : state.mapper->packed_positions)
    values[position] = unpack(entry);
  return values;
}

std::vector<Value> SessionState::row_follows(ObjectState &state,
                                             std::span<const unsigned> positions,
                                             std::span<const Value> values) {
  std::vector<Value> before = row_values(state), now = before;
  UndoEntry &entry = undo_log_.emplace_back(UndoEntry{UndoEntry::updated, &state});
  entry.snapshot = state.snapshot;
  entry.snapshot_size = state.snapshot_size;
  state.pinned = true;
  identities(*state.mapper).erase(state);
  for (std::size_t i = 0; i != positions.size(); ++i) {
    now[positions[i]] = values[i];
    assign(state.mapper->all_fields[positions[i]], state.object, values[i]);
    follow_position(*state.mapper, state.object, positions[i], {});
  }
  buffer_.clear();
  for (const unsigned position : state.mapper->packed_positions)
    pack(now[position], buffer_);
  store->set_snapshot(state, buffer_.bytes());
  identities(*state.mapper).insert(state);
  return before;
}

void SessionState::flush_updates(TableUser &user, const std::vector<ObjectState *> *only) {
  std::vector<ObjectState *> moved;
  const auto update = [&](ObjectState &state) {
    if (state.status == ObjectStatus::persistent && is_dirty(state) && update_row(state, user))
      moved.push_back(&state);
  };
  if (only) {
    for (ObjectState *state : *only)
      if (state->mapper == user.mapper)
        update(*state);
  } else {
    store->for_each(*user.mapper, update);
  }
  for (ObjectState *state : moved)
    identities(*user.mapper).insert(*state);
}

/// Of a few objects, in all their tables.
void SessionState::flush_late_updates(std::span<TableFlush> tables,
                                      std::span<ObjectState *const> states) {
  for (TableFlush &table : tables) {
    for (ObjectState *state : states)
      if (TableUser *user = table.find(state->mapper); user && is_dirty(*state))
        if (update_row(*state, *user))
          identities(*state->mapper).insert(*state);
    table.finish();
  }
}

void SessionState::flush_deletes(TableUser &user) {
  store->for_each(*user.mapper, [&](ObjectState &state) {
    if (state.status == ObjectStatus::deleted)
      delete_row(state, user.part, user.rows(*this));
  });
}

/// Foreign keys that are written by post_update, of rows that go: NULL first.
void SessionState::release_deleted(std::span<TableFlush> tables,
                                   const std::vector<DeletedPair> &pairs) {
  std::vector<ObjectState *> released;
  for (const DeletedPair &pair : pairs)
    if (pair.link->post_update && sync_->clear_key(*pair.link, *pair.child))
      released.push_back(pair.child);
  flush_late_updates(tables, released);
}

/// Everything: `mappers` are those with objects to be written.
void SessionState::write(const std::vector<MapperState *> &mappers) {
  const std::vector<TableGroup> groups = order_tables(mappers);
  std::vector<TableFlush> tables;
  for (const TableGroup &group : groups)
    for (const Table *table : group.tables)
      tables.emplace_back(*table, mappers);
  std::vector<ObjectState *> late; // whose table may have had its turn before their parents'
  std::size_t first = 0;
  for (const TableGroup &group : groups) {
    const std::span<TableFlush> own = std::span(tables).subspan(first, group.tables.size());
    first += own.size();
    if (!link_work.fills.empty()) {
      const std::vector<ObjectState *> filled = sync_->fill_keys(false);
      late.insert(late.end(), filled.begin(), filled.end());
    }
    if (group.is_circular) {
      flush_circular(group, own);
      continue;
    }
    // Updates first: they may free a unique value that a new row takes.
    for (TableFlush &table : own)
      table.for_each([&](TableUser &user) { flush_updates(user); });
    for (TableFlush &table : own)
      flush_inserts(table);
  }
  const std::vector<ObjectState *> filled = sync_->fill_keys(true);
  late.insert(late.end(), filled.begin(), filled.end());
  flush_late_updates(tables, late);
  if (link_work.has_rows())
    write_link_rows(connection(), link_work, written_row_);
  if (deleted_count == 0)
    return;
  std::vector<DeletedPair> pairs;
  if (std::any_of(groups.begin(), groups.end(),
                  [](const TableGroup &group) { return group.is_circular; }) ||
      sync_->has_links())
    pairs = sync_->deleted_pairs();
  release_deleted(tables, pairs);
  for (std::size_t i = groups.size(); i-- != 0;) {
    first -= groups[i].tables.size();
    const std::span<TableFlush> own = std::span(tables).subspan(first, groups[i].tables.size());
    if (groups[i].is_circular)
      flush_circular_deletes(groups[i], own, pairs);
    else
      for (auto table = own.rbegin(); table != own.rend(); ++table)
        table->for_each([&](TableUser &user) { flush_deletes(user); });
  }
}

void SessionState::flush(const std::vector<const MapperState *> *only) {
  check_usable();
  if (flushing)
    throw InvalidRequestError("flush() was called while this session is flushing, from a hook or a "
                              "default; changes made there are written by the same flush");
  const auto is_wanted = [&](const MapperState *mapper) {
    return !only || std::find(only->begin(), only->end(), mapper) != only->end();
  };
  const std::vector<MapperState *> &held = store->mappers();
  if (std::none_of(held.begin(), held.end(), is_wanted))
    return;
  const auto wanted = [&] {
    std::vector<MapperState *> mappers;
    std::copy_if(held.begin(), held.end(), std::back_inserter(mappers), is_wanted);
    return mappers;
  };
  flushing = true;
  written_row_ = {};
  LinkSync sync(*this);
  sync_ = &sync;
  try {
    follow_changes(wanted());
    if (sync.has_links()) {
      sync.sync();
      sync.cascade_deletes();
      follow_changes(wanted()); // of what came in
    }
    write(wanted());
    sync.finish();
    if (std::erase_if(pending, [](const ObjectState *state) {
          return state->status != ObjectStatus::pending;
        }) != 0)
      pending_keys.forget();
    flushing = false;
    sync_ = nullptr;
  } catch (const IntegrityError &error) {
    const IntegrityError explained = explain_refusal(*this, written_row_, error);
    fail_flush(explained.what());
    throw explained;
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
  half_written_.clear();
  flush_failure = std::move(why);
  LinkSync *sync = std::exchange(sync_, nullptr);
  if (open_connection && !savepoints_.empty()) {
    try {
      open_connection->state().restore_savepoint(savepoints_.back().first);
      undo(savepoints_.back().second, true);
      sync->undo();
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
  sync->undo();
  savepoints_.clear();
}

/// Whether the class has relationships or is the target of some.
static bool is_linked(const MapperState *mapper) {
  for (; mapper; mapper = mapper->parent ? mapper->parent : mapper->concrete_parent)
    if (mapper->is_linked || !mapper->relationships.empty())
      return true;
  return false;
}

/// Rows that new ones refer to must be written before them, and rows that refer to deleted ones.
void SessionState::add_related(std::vector<const MapperState *> &touched) const {
  // Relationships carry changes from one class to another.
  if (std::any_of(touched.begin(), touched.end(), is_linked))
    for (const MapperState *other : store->mappers())
      if (is_linked(other) && std::find(touched.begin(), touched.end(), other) == touched.end())
        touched.push_back(other);
  if (pending.empty() && deleted_count == 0)
    return;
  const auto refers = [](const MapperState &from, const MapperState &to) {
    for (const TablePart &part : from.parts)
      for (const Constraint &constraint : part.table->constraints())
        if (constraint.kind == ConstraintKind::foreign_key)
          for (const std::string &referred : constraint.referred)
            for (const TablePart &target : to.parts)
              if (ForeignKey(referred).target_table() == target.table->full_name())
                return true;
    return false;
  };
  for (std::size_t i = 0; i != touched.size(); ++i)
    for (const MapperState *other : store->mappers())
      if (std::find(touched.begin(), touched.end(), other) == touched.end() &&
          (refers(*touched[i], *other) || (deleted_count != 0 && refers(*other, *touched[i]))))
        touched.push_back(other);
}

/// Whether a relationship of the class keeps rows of the table in between.
static bool links_through(const MapperState &mapper, const Table &table) {
  return std::any_of(mapper.relationships.begin(), mapper.relationships.end(),
                     [&](const MappedRelationship &mapped) {
                       return mapped.state->row_link && mapped.state->row_link->table == &table;
                     });
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
    if (std::any_of(statement.tables.begin(), statement.tables.end(), [&](const Table *table) {
          return mapper->owns(*table) || links_through(*mapper, *table);
        }))
      touched.push_back(mapper);
  add_related(touched);
  flush(&touched);
}

} // namespace declorm::detail
