// circular_flush.cpp: the writing of tables whose rows refer to rows of the same tables.
#include "runtime/orm/flush/flush_order.h"
#include "runtime/orm/flush/table_flush.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// Rows of several classes or tables in turn: a batch ends where that of another begins, so that
/// the log has them in the order they are written.
class OneBatch {
public:
  RowWriter &rows(TableUser &user, SessionState &session) {
    if (TableUser *const last = std::exchange(last_, &user); last && last != &user && last->writer)
      last->writer->finish();
    return user.rows(session);
  }

private:
  TableUser *last_ = nullptr;
};

bool stands_in(const MapperState &mapper, std::span<TableFlush> tables) {
  return std::any_of(tables.begin(), tables.end(),
                     [&](TableFlush &table) { return table.find(&mapper); });
}

/// The objects with that status of the classes that have rows in the tables.
template <class Function>
void for_each_in(ObjectStore &store, std::span<TableFlush> tables, ObjectStatus status,
                 Function function) {
  for (MapperState *mapper : store.mappers())
    if (stands_in(*mapper, tables))
      store.for_each(*mapper, [&](ObjectState &state) {
        if (state.status == status)
          function(state);
      });
}

/// Calls `write()`; an error of the database says which circle the object's row is part of.
template <class Write> void write_row(RowGraph &graph, ObjectState &state, Write write) {
  try {
    write();
  } catch (const IntegrityError &error) {
    const std::string circle = graph.explain_circle(state);
    if (circle.empty())
      throw;
    throw IntegrityError(error.what() + circle, error.statement(), error.params(), error.kind());
  }
}

} // namespace

/// Updates first: they may free a unique value that a new row takes. But one that gives a key
/// member the key of a new row has to wait for that, like the new rows for each other.
void SessionState::flush_circular(const TableGroup &group, std::span<TableFlush> tables) {
  RowReferences references(group.tables, RowReferences::Values::of_objects);
  std::vector<ObjectState *> ordered, changed, waiting;
  for (ObjectState *state : pending)
    if (state->status == ObjectStatus::pending && stands_in(*state->mapper, tables))
      ordered.push_back(state);
  for_each_in(*store, tables, ObjectStatus::persistent, [&](ObjectState &state) {
    if (is_dirty(state))
      changed.push_back(&state);
  });
  const auto has_keys = [&](const ObjectState *state) { return references.has_keys(*state); };
  if (std::any_of(ordered.begin(), ordered.end(), has_keys) ||
      std::any_of(changed.begin(), changed.end(), has_keys)) {
    references.reserve(ordered.size());
    for (ObjectState *state : ordered)
      references.add_target(*state);
    for (ObjectState *state : changed)
      if (references.changes_target(*state))
        references.add_target(*state);
    const auto waits = [&](ObjectState *state) { return references.changes_key_to_target(*state); };
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(waiting), waits);
    if (!waiting.empty())
      std::erase_if(changed, waits);
  }
  for (TableFlush &table : tables)
    table.for_each([&](TableUser &user) { flush_updates(user, &changed); });
  ordered.insert(ordered.end(), waiting.begin(), waiting.end());
  RowGraph graph(references, link_work);
  ordered = graph.order(std::move(ordered));
  if (!graph.has_edges() && waiting.empty()) {
    for (TableFlush &table : tables)
      flush_inserts(table);
    return;
  }
  OneBatch batch;
  for (ObjectState *state : ordered) {
    const bool is_new = state->status == ObjectStatus::pending;
    for (TableFlush &table : tables) {
      TableUser *const user = table.find(state->mapper);
      if (!user)
        continue;
      batch.rows(*user, *this);
      write_row(graph, *state, [&] {
        if (is_new)
          insert_row(*state, *user);
        else if (is_dirty(*state) && update_row(*state, *user))
          identities(*state->mapper).insert(*state);
      });
    }
  }
  for (TableFlush &table : tables)
    table.finish();
}

/// A row before those it refers to.
void SessionState::flush_circular_deletes(const TableGroup &group, std::span<TableFlush> tables,
                                          const std::vector<DeletedPair> &pairs) {
  RowReferences references(group.tables, RowReferences::Values::of_rows);
  std::vector<ObjectState *> states;
  for_each_in(*store, tables, ObjectStatus::deleted,
              [&](ObjectState &state) { states.push_back(&state); });
  references.reserve(states.size());
  for (ObjectState *state : states)
    references.add_target(*state);
  std::vector<DeletedPair> strict;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(strict),
               [](const DeletedPair &pair) { return !pair.link->post_update; });
  RowGraph graph(references, strict);
  states = graph.order(std::move(states));
  if (!graph.has_edges()) {
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
      table->for_each([&](TableUser &user) { flush_deletes(user); });
    return;
  }
  OneBatch batch;
  for (ObjectState *state : states)
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
      if (TableUser *user = table->find(state->mapper);
          user && state->status == ObjectStatus::deleted)
        write_row(graph, *state, [&] { delete_row(*state, user->part, batch.rows(*user, *this)); });
  for (TableFlush &table : tables)
    table.finish();
}

} // namespace declorm::detail
