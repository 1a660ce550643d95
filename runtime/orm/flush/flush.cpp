// flush.cpp: which rows a flush writes, and when.
#include "runtime/orm/flush/flush.h"

#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/rows/secondary_rows.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

ConnectionState &Flush::connection() { return session_.connection(); }

std::vector<MapperState *> Flush::mappers(const std::vector<const MapperState *> *only) const {
  const std::vector<MapperState *> &held = session_.store->mappers();
  if (!only)
    return held;
  std::vector<MapperState *> wanted;
  for (std::size_t i = 0; i != held.size(); ++i) // whose first objects came in just now, too
    if (i >= classes_before_ || std::ranges::find(*only, held[i]) != only->end())
      wanted.push_back(held[i]);
  return wanted;
}

void Flush::run(const std::vector<const MapperState *> *only) {
  const std::size_t waiting = session_.loader.waiting_for_hooks();
  classes_before_ = session_.store->mappers().size();
  hooks_.validate(mappers(only));
  follow_changes(mappers(only));
  undo_mark_ = session_.undo_log.mark();
  if (sync_.has_links()) {
    sync_.sync();
    sync_.cascade_deletes();
    follow_changes(mappers(only)); // of what came in
    session_.loader.call_after_load(waiting);
  }
  const std::vector<MapperState *> written = mappers(only);
  hooks_.links_synced(written);
  write(written);
  sync_.finish();
}

/// Gives members that stand for one value what the changed one of them holds.
void Flush::follow_changes(const std::vector<MapperState *> &mappers) {
  for (MapperState *mapper : mappers) {
    if (mapper->mirrors.empty())
      continue;
    session_.store->for_each(*mapper, [&](ObjectState &state) {
      const bool is_new = state.status == ObjectStatus::pending;
      if (is_new || (state.status == ObjectStatus::persistent && session_.is_dirty(state)))
        follow_changed(state, [&](const Field &field, Value before) {
          session_.undo_log.note_followed(state, field, std::move(before));
        });
    });
  }
}

/// Writes the rows of all objects of these classes, table by table.
void Flush::write(const std::vector<MapperState *> &mappers) {
  const std::vector<TableGroup> groups = order_tables(mappers);
  std::vector<TableFlush> tables;
  std::size_t count = 0;
  for (const TableGroup &group : groups)
    count += group.tables.size();
  tables.reserve(count); // queues refer to them
  for (const TableGroup &group : groups)
    for (const Table *table : group.tables)
      tables.emplace_back(*table, mappers);
  std::vector<ObjectState *> late; // whose table may have had its turn before their parents'
  std::size_t first = 0;
  for (const TableGroup &group : groups) {
    const std::span<TableFlush> own = std::span(tables).subspan(first, group.tables.size());
    first += own.size();
    if (session_.link_work.has_fills()) {
      const std::vector<ObjectState *> filled = sync_.fill_keys(false);
      late.insert(late.end(), filled.begin(), filled.end());
    }
    hooks_.before_writes(own);
    if (group.is_circular) {
      write_circular(group, own);
    } else {
      // Updates first: they may free a unique value that a new row takes.
      for (TableFlush &table : own)
        update_all(table);
      for (TableFlush &table : own)
        insert_all(table);
    }
    hooks_.after_writes(own);
  }
  const std::vector<ObjectState *> filled = sync_.fill_keys(true);
  late.insert(late.end(), filled.begin(), filled.end());
  hooks_.before_updates(late);
  update_some(tables, late);
  hooks_.after_updates();
  if (session_.link_work.has_rows())
    write_secondary_rows(connection(), session_.link_work, row_);
  if (session_.deleted_count != 0)
    write_deletes(groups, tables);
}

/// Whether rows of the class refer to others by a key that is written when all rows are there.
static bool has_post_update(const MapperState *mapper) {
  return std::ranges::any_of(mapper->relationships, [](const MappedRelationship &mapped) {
    return mapped.state->key_link && mapped.state->key_link->post_update;
  });
}

/// The rows of a table go before those that they refer to.
void Flush::write_deletes(const std::vector<TableGroup> &groups, std::span<TableFlush> tables) {
  std::vector<DeletedPair> pairs; // where the order of the tables is not all that matters
  if (std::ranges::any_of(groups, &TableGroup::is_circular) ||
      std::ranges::any_of(session_.store->mappers(), has_post_update))
    pairs = sync_.deleted_pairs();
  release_deleted(tables, pairs);
  std::size_t first = tables.size();
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    first -= group->tables.size();
    const std::span<TableFlush> own = tables.subspan(first, group->tables.size());
    hooks_.before_deletes(own);
    if (group->is_circular)
      delete_circular(*group, own, pairs);
    else
      for (auto table = own.rbegin(); table != own.rend(); ++table)
        delete_all(*table);
    hooks_.after_deletes();
  }
}

void Flush::insert_all(TableFlush &table) {
  if (session_.deleted_count != 0 || session_.link_work.has_fills()) {
    std::vector<ObjectState *> taken, takers;
    for (ObjectState *state : session_.pending)
      if (const TableUser *user = table.find(state->mapper);
          user && state->status == ObjectStatus::pending) {
        takers.push_back(state);
        if (user->part == 0)
          taken.push_back(state);
      }
    delete_rows_in_the_way(taken);
    free_unique_values(table, takers);
  }
  for (ObjectState *state : session_.pending)
    if (state->status == ObjectStatus::pending)
      if (const TableUser *user = table.find(state->mapper))
        insert(*state, table, *user);
  table.finish();
  end_turns();
}

void Flush::update_all(TableFlush &table) {
  std::vector<ObjectState *> unique;
  unique_updates_ = &unique;
  table.for_each([&](const TableUser &user) {
    session_.store->for_each(*user.mapper, [&](ObjectState &state) {
      if (state.status == ObjectStatus::persistent)
        update(state, table, user);
    });
    table.finish();
    settle_moved();
  });
  unique_updates_ = nullptr;
  update_in_order(table, unique);
}

void Flush::update_some(std::span<TableFlush> tables, std::span<ObjectState *const> states) {
  if (states.empty())
    return;
  for (TableFlush &table : tables) {
    std::unordered_set<const ObjectState *> met;
    std::vector<ObjectState *> unique;
    unique_updates_ = &unique;
    for (ObjectState *state : states)
      if (const TableUser *user = table.find(state->mapper); user && met.insert(state).second)
        update(*state, table, *user);
    table.finish();
    settle_moved();
    unique_updates_ = nullptr;
    update_in_order(table, unique);
  }
}

void Flush::delete_all(TableFlush &table) {
  table.for_each([&](const TableUser &user) {
    session_.store->for_each(*user.mapper, [&](ObjectState &state) {
      if (state.status == ObjectStatus::deleted)
        remove(state, table.deletes(*this, user));
    });
    table.finish();
  });
}

void Flush::release_deleted(std::span<TableFlush> tables, const std::vector<DeletedPair> &pairs) {
  std::vector<ObjectState *> released;
  for (const DeletedPair &pair : pairs)
    if (pair.link->post_update && sync_.clear_key(*pair.link, *pair.child))
      released.push_back(pair.child);
  update_some(tables, released);
}

// One row.

void Flush::take_turn(RowQueue &queue) {
  RowQueue *const last = std::exchange(in_turn_, &queue);
  if (!last || last == &queue)
    return;
  if (has_one_order_)
    last->finish(); // the log has the statements in their order
  else
    last->send();
}

void Flush::insert(ObjectState &state, TableFlush &table, const TableUser &user) {
  RowQueue &queue = table.inserts(*this, user);
  take_turn(queue);
  if (state.fill != 0) {
    if (has_one_order_ && sync_.awaits_key(state))
      queue.send(); // the parent's row may be in it
    sync_.fill_key(state, false);
  }
  queue.insert(state);
}

void Flush::update(ObjectState &state, TableFlush &table, const TableUser &user) {
  const std::span<const std::byte> now = SessionState::changed_row(state, packed_);
  if (now.empty())
    return;
  MapperState &mapper = *user.mapper;
  find_changed_columns(mapper, state.snapshot, now.data(), changed_);
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
  QueuedRow row{&state, nullptr, 0, key_changed};
  if (part.has_version) { // which counts changes of the other tables too
    is_written |= std::ranges::find(changed_, true) != changed_.end();
    row.version_made = !changed_[mapper.version->position];
  }
  if (!is_written) {
    if (user.is_last && half_written_.contains(&state))
      finish_update(row);
    return;
  }
  if (unique_updates_ && table.unique_values().is_written(mapper, of_table_)) {
    unique_updates_->push_back(&state);
    return;
  }
  const bool changes_object = mapper.has_onupdate || mapper.has_computed || mapper.needs_fetched;
  if (user.is_last && !changes_object) {
    row.snapshot = session_.store->allocate(now.size());
    row.snapshot_size = std::uint32_t(now.size());
    std::memcpy(row.snapshot, now.data(), now.size());
  }
  RowQueue &queue = table.updates(*this, user, of_table_);
  if (has_one_order_)
    take_turn(queue);
  const bool moves_others = key_changed && sync_.has_links();
  if (moves_others)
    table.send_updates(); // what they write may change with this row
  queue.update(row, of_table_,
               part.has_version ? row_key(state, !key_changed || by_old_key)
               : by_old_key     ? unpack_key(mapper, state.snapshot)
                                : Key());
  if (moves_others)
    queue.send();
}

/// What finds the row of an object where the table has its version: that which was read. `by_old`:
/// by the key that was read, too.
Key Flush::row_key(const ObjectState &state, bool by_old) {
  const MapperState &mapper = *state.mapper;
  Key key = by_old ? unpack_key(mapper, state.snapshot) : key_of(mapper, state.object);
  key.push_back(values_in_row(state, {&mapper.version->position, 1}).front());
  return key;
}

void Flush::remove(ObjectState &state, RowQueue &queue) {
  const MapperState &mapper = *state.mapper;
  if (mapper.parts[queue.user().part].has_version)
    return queue.remove(state, row_key(state, true));
  const std::span<const Field> key_fields = mapper.key_fields;
  bool is_same = false;
  try {
    packed_.clear();
    pack(key_fields, state.object, packed_);
    const std::span<const std::byte> key = packed_.bytes();
    is_same = key.size() == packed_size(state.snapshot, key_fields.size()) &&
              std::memcmp(key.data(), state.snapshot, key.size()) == 0;
  } catch (const DatabaseError &) {
    // A member holds what cannot be stored: that is not the row's key.
  }
  queue.remove(state, is_same ? Key() : unpack_key(mapper, state.snapshot));
}

ObjectState *Flush::row_in_the_way(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  packed_.clear();
  pack(std::span(mapper.packed_fields).first(mapper.key_fields.size()), state.object, packed_);
  ObjectState *const other = session_.identities(*state.mapper).find(packed_.bytes());
  return other && other->status == ObjectStatus::deleted ? other : nullptr;
}

} // namespace declorm::detail
