// circular_flush.cpp: the writing of tables whose rows refer to rows of the same tables.
#include "runtime/orm/flush/flush.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

namespace {

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

} // namespace

template <class Write> void Flush::explain_circles(RowGraph &graph, Write write) {
  try {
    write();
  } catch (const IntegrityError &error) {
    const std::string circle = row_.state ? graph.explain_circle(*row_.state) : "";
    if (circle.empty())
      throw;
    throw IntegrityError(error.what() + circle, error.statement(), error.params(), error.kind());
  }
}

/// Updates first: they may free a unique value that a new row takes. But one that gives a key
/// member the key of a new row has to wait for that, like the new rows for each other.
void Flush::write_circular(const TableGroup &group, std::span<TableFlush> tables) {
  RowReferences references(group.tables, Values::of_objects);
  std::vector<ObjectState *> ordered, changed, waiting;
  for (ObjectState *state : session_.pending)
    if (state->status == ObjectStatus::pending && stands_in(*state->mapper, tables))
      ordered.push_back(state);
  for_each_in(*session_.store, tables, ObjectStatus::persistent, [&](ObjectState &state) {
    if (session_.is_dirty(state))
      changed.push_back(&state);
  });
  const auto has_keys = [&](const ObjectState *state) { return references.has_keys(*state); };
  if (std::ranges::any_of(ordered, has_keys) || std::ranges::any_of(changed, has_keys)) {
    references.reserve(ordered.size());
    for (ObjectState *state : ordered)
      references.add_target(*state);
    for (ObjectState *state : changed)
      if (references.changes_target(*state))
        references.add_target(*state);
    const auto waits = [&](ObjectState *state) { return references.changes_key_to_target(*state); };
    std::ranges::copy_if(changed, std::back_inserter(waiting), waits);
    if (!waiting.empty())
      std::erase_if(changed, waits);
  }
  written_later_ = waiting;
  update_some(tables, changed);
  ordered.insert(ordered.end(), waiting.begin(), waiting.end());
  RowGraph graph(references, session_.link_work);
  const std::vector<std::vector<ObjectState *>> levels = graph.levels(ordered);
  if (levels.size() == 1 && waiting.empty()) {
    for (TableFlush &table : tables)
      insert_all(table);
    return;
  }
  for (TableFlush &table : tables)
    free_unique_values(table, ordered);
  explain_circles(graph, [&] {
    has_one_order_ = true;
    for (const std::vector<ObjectState *> &level : levels)
      write_level(tables, level);
    for (TableFlush &table : tables)
      table.finish();
    settle_moved();
    end_turns();
    has_one_order_ = false;
  });
  written_later_.clear();
}

/// No row of a level refers to another one of it.
void Flush::write_level(std::span<TableFlush> tables, std::span<ObjectState *const> level) {
  std::vector<ObjectState *> added;
  std::ranges::copy_if(level, std::back_inserter(added), [](const ObjectState *state) {
    return state->status == ObjectStatus::pending;
  });
  delete_rows_in_the_way(added);
  for (TableFlush &table : tables) {
    if (added.size() != level.size())
      for (ObjectState *state : level)
        if (const TableUser *user = table.find(state->mapper);
            user && state->status == ObjectStatus::persistent)
          update(*state, table, *user);
    for (ObjectState *state : added)
      if (const TableUser *user = table.find(state->mapper))
        insert(*state, table, *user);
  }
}

/// A row is deleted before those that it refers to.
void Flush::delete_circular(const TableGroup &group, std::span<TableFlush> tables,
                            const std::vector<DeletedPair> &pairs) {
  RowReferences references(group.tables, Values::of_rows);
  std::vector<ObjectState *> states;
  for_each_in(*session_.store, tables, ObjectStatus::deleted,
              [&](ObjectState &state) { states.push_back(&state); });
  references.reserve(states.size());
  for (ObjectState *state : states)
    references.add_target(*state);
  std::vector<DeletedPair> strict;
  std::ranges::copy_if(pairs, std::back_inserter(strict),
                       [](const DeletedPair &pair) { return !pair.link->post_update; });
  RowGraph graph(references, strict);
  const std::vector<std::vector<ObjectState *>> levels = graph.levels(states);
  if (levels.size() == 1) {
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
      delete_all(*table);
    return;
  }
  explain_circles(graph, [&] {
    has_one_order_ = true;
    for (auto level = levels.rbegin(); level != levels.rend(); ++level)
      for (auto table = tables.rbegin(); table != tables.rend(); ++table)
        for (ObjectState *state : *level)
          if (const TableUser *user = table->find(state->mapper);
              user && state->status == ObjectStatus::deleted) {
            RowQueue &queue = table->deletes(*this, *user);
            take_turn(queue);
            remove(*state, queue);
          }
    for (TableFlush &table : tables)
      table.finish();
    end_turns();
    has_one_order_ = false;
  });
}

} // namespace declorm::detail
