// session_flush.cpp: when a session flushes, and what a flush that fails leaves.
#include "runtime/orm/flush/flush.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

std::span<const std::byte> SessionState::changed_row(const ObjectState &state, PackBuffer &packed) {
  if (state.read_only)
    return {};
  packed.clear();
  pack(state.mapper->packed_fields, state.object, packed);
  const std::span<const std::byte> now = packed.bytes();
  const bool is_same =
      now.size() == state.snapshot_size && std::memcmp(now.data(), state.snapshot, now.size()) == 0;
  return is_same && !(state.mapper->needs_fetched && is_redeclared_changed(state))
             ? std::span<const std::byte>()
             : now;
}

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
  undo_log.note_updated(state);
  identities(*state.mapper).erase(state);
  for (std::size_t i = 0; i != positions.size(); ++i) {
    now[positions[i]] = values[i];
    assign(state.mapper->all_fields[positions[i]], state.object, values[i]);
    follow_position(*state.mapper, state.object, positions[i], {});
  }
  set_row_values(state, now);
  identities(*state.mapper).insert(state);
  return before;
}

void SessionState::row_loses(ObjectState &state, unsigned position) {
  std::vector<Value> values = row_values(state);
  values[position] = Value();
  undo_log.note_updated(state);
  set_row_values(state, values);
}

void SessionState::set_row_values(ObjectState &state, const std::vector<Value> &values) {
  buffer_.clear();
  for (const unsigned position : state.mapper->packed_positions)
    pack(values[position], buffer_);
  store->set_snapshot(state, buffer_.bytes());
}

static bool is_among(const std::vector<const MapperState *> *only, const MapperState *mapper) {
  return !only || std::ranges::find(*only, mapper) != only->end();
}

bool SessionState::has_work(const std::vector<const MapperState *> *only) {
  bool found = false;
  for (MapperState *mapper : store->mappers())
    if (is_among(only, mapper))
      store->for_each(*mapper, [&](ObjectState &state) {
        try {
          found = found || state.status == ObjectStatus::deleted || is_modified(state);
        } catch (const Error &) {
          found = true; // a member holds what cannot be stored, as the flush will say
        }
      });
  return found;
}

void SessionState::flush(const std::vector<const MapperState *> *only) {
  check_usable();
  const bool has_events = options.before_flush || options.after_flush;
  if (!has_events)
    return write_changes(only);
  if (!has_work(only))
    return;
  call_event(*this, options.before_flush, {"before_flush", true});
  check_usable();
  write_changes(only);
  call_event(*this, options.after_flush, {"after_flush", true});
}

void SessionState::write_changes(const std::vector<const MapperState *> *only) {
  if (std::ranges::none_of(store->mappers(),
                           [&](const MapperState *mapper) { return is_among(only, mapper); }))
    return;
  flushing = true;
  Flush work(*this);
  try {
    work.run(only);
    if (std::erase_if(pending, [](ObjectState *state) {
          state->inserted_now = false;
          return state->status != ObjectStatus::pending;
        }) != 0)
      pending_keys.forget();
    flushing = false;
    epoch += std::exchange(stale_after_hooks, false);
  } catch (const IntegrityError &error) {
    const IntegrityError explained = explain_refusal(*this, work.row(), error);
    fail_flush(work, explained.what());
    if (std::string_view(explained.what()) == error.what())
      throw;
    throw explained;
  } catch (const std::exception &error) {
    fail_flush(work, error.what());
    throw;
  } catch (...) {
    fail_flush(work, "an exception of an unknown type");
    throw;
  }
}

/// The transaction, or its innermost savepoint, is rolled back; the objects are as they were before
/// it, and in the same states.
void SessionState::fail_flush(Flush &failed, std::string why) {
  const auto undo_to = [&](std::size_t mark) {
    undo(std::max(mark, failed.undo_mark()), true);
    failed.undo();
    undo(mark, true);
  };
  flushing = stale_after_hooks = false;
  flush_failure = std::move(why);
  if (open_connection && !savepoints_.empty() &&
      open_connection->state().restore_savepoint(savepoints_.back().first)) {
    return undo_to(savepoints_.back().second);
  }
  if (open_connection) {
    open_connection->state().observer = nullptr;
    roll_back_connection();
    release_connection();
  }
  undo_to(0);
  savepoints_.clear();
  told_of_rollback = true;
  call_event(*this, options.after_rollback, {"after_rollback", true});
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

/// Whether a relationship of the class keeps rows of the table in between, or brings in objects
/// whose rows stand in the table.
static bool links_through(const MapperState &mapper, const Table &table) {
  return std::any_of(mapper.relationships.begin(), mapper.relationships.end(),
                     [&](const MappedRelationship &mapped) {
                       const RelationshipState &relationship = *mapped.state;
                       return (relationship.row_link && relationship.row_link->table == &table) ||
                              (relationship.is_smart() && relationship.target->owns(table));
                     });
}

void SessionState::flush_before(const Compiled &statement) {
  if (!options.autoflush || autoflush_blocked != 0 || flushing || running_hook)
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
