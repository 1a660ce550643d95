// bulk_writes.cpp: Query::update() and Query::delete_(): rows by a condition, and what becomes of
// their objects.
#include "runtime/engine/result_state.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/scope.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// The tables of the class and of those below it, those that refer to others first.
std::vector<const TablePart *> tables_below(MapperState &mapper) {
  std::vector<const TablePart *> parts;
  for_each_below(mapper, [&](const MapperState &below) {
    for (const TablePart &part : below.parts)
      if (std::none_of(parts.begin(), parts.end(),
                       [&](const TablePart *known) { return known->table == part.table; }))
        parts.push_back(&part);
  });
  std::reverse(parts.begin(), parts.end());
  return parts;
}

bool holds_any(const SessionState &session, MapperState &mapper) {
  const std::vector<MapperState *> &held = session.store->mappers();
  return std::any_of(held.begin(), held.end(),
                     [&](const MapperState *known) { return known->is_below(mapper); });
}

/// The keys of the rows that the query finds, one after the other.
std::vector<Value> keys_of(SessionState &session, const MapperState &mapper,
                           const SelectData &query) {
  SelectData select = query;
  FromRef from = select.items.front().entity;
  from.only_own = true;
  select.items.clear();
  select.from.insert(select.from.begin(), from);
  for (const unsigned position : mapper.key_positions)
    select.items.push_back({column_of_sources(mapper.columns[position]), {}});
  const Compiled compiled = compile(select, session.engine.dialect());
  ConnectionState &on = session.connection();
  QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
  std::vector<Value> keys;
  while (run.step())
    for (std::size_t i = 0; i != mapper.key_positions.size(); ++i)
      keys.push_back(run.column(int(i)));
  return keys;
}

void execute_write(SessionState &session, const WriteData &write) {
  const Compiled compiled = compile(write, session.engine.dialect());
  execute_written(session.public_connection(), compiled.sql, compiled.params);
}

/// Executes the statement for the rows with the keys, of which the table has its columns.
void write_by_keys(SessionState &session, WriteData write, const TablePart &part,
                   std::span<const Value> keys, std::size_t key_size) {
  std::vector<std::pair<const Column *, unsigned>> key = part.key;
  std::ranges::sort(key, {}, &std::pair<const Column *, unsigned>::second);
  std::vector<NodePtr> columns;
  for (const auto &[column, index] : key)
    columns.push_back(column_node(*column));
  for_each_key_batch(keys, key_size, session.engine.dialect(), [&](std::span<const Value> batch) {
    write.where = key_among(columns, batch);
    execute_write(session, write);
  });
}

/// Whether all that the node names are columns of the table. `scope`: of the class.
bool is_in(const Table &table, const NodePtr &node, const Scope &scope) {
  if (!node)
    return true;
  if (as<MemberNode>(node) || as<AttributeNode>(node) || as<ColumnNode>(node)) {
    const auto resolved = scope.resolve(node);
    return resolved && resolved->column && &resolved->column->table() == &table;
  }
  if (as<SubqueryNode>(node) || as<RelationshipNode>(node) || as<CompositeTestNode>(node) ||
      as<TextNode>(node))
    return false; // nobody knows
  bool all = true;
  for_each_operand(node,
                   [&](const NodePtr &operand) { all = all && is_in(table, operand, scope); });
  return all;
}

/// An UPDATE of one of the tables of a class.
struct TableUpdate {
  const MapperState *of; ///< whose own table it is: the class or one above it
  const TablePart *part;
  std::vector<Assignment> set;
};

/// The assignments by the tables that have the columns, the base's first, and the next version with
/// those of the table that has it.
std::vector<TableUpdate> by_tables(const MapperState &mapper, const Scope &scope,
                                   std::span<const Assignment> assignments) {
  std::vector<TableUpdate> updates;
  for (const TablePart &part : mapper.parts) {
    const MapperState *of = &mapper;
    while (of->table != part.table && of->parent)
      of = of->parent;
    updates.push_back({of, &part, {}});
  }
  for (const Assignment &assignment : assignments) {
    const auto resolved = scope.resolve_assigned(assignment.column);
    const Column *column = resolved ? resolved->column : nullptr;
    const auto at = std::ranges::find_if(updates, [&](const TableUpdate &update) {
      return column && update.part->table == &column->table();
    });
    if (at == updates.end())
      throw ArgumentError("only a column of class '" + mapper.class_name() +
                          "' itself can be assigned to");
    at->set.push_back({column_node(*column), assignment.value});
  }
  for (TableUpdate &update : updates)
    if (update.part->has_version) {
      std::vector<const Column *> named;
      for (const Assignment &one : update.set)
        named.push_back(scope.column_of(one.column));
      if (const auto version = update.of->next_version(named))
        update.set.push_back({column_node(*version->column), version->make()});
    }
  std::erase_if(updates, [](const TableUpdate &update) { return update.set.empty(); });
  return updates;
}

} // namespace

std::int64_t SessionCore::update_rows(Mapper &of, const SelectCore &select,
                                      const std::vector<Assignment> &assignments) {
  autoflush_all();
  MapperState &mapper = of.state();
  require_table(mapper);
  WriteCore whole(WriteKind::update, mapper.type);
  whole.add_set(assignments);
  whole.take_conditions(select);
  Scope scope;
  scope.add({&mapper, mapper.parts.front().table, {}, nullptr});
  std::vector<TableUpdate> updates;
  if (mapper.parts.size() > 1 && !assignments.empty())
    updates = by_tables(mapper, scope, with_composite_columns(assignments, scope));
  const NodePtr &where = select.data().where;
  const bool is_one =
      updates.empty() || (updates.size() == 1 && updates.front().part->table == mapper.table &&
                          is_in(*mapper.table, where, scope));
  std::int64_t updated = 0;
  {
    const SessionGuard guard(*state_);
    SessionState &session = *state_;
    if (is_one) {
      updated = whole.execute_on(session.public_connection()).rowcount();
    } else {
      require_key(mapper);
      const std::size_t key_size = mapper.key_positions.size();
      const std::vector<Value> keys = keys_of(session, mapper, select.data());
      // A row that is refused in one table must not be changed in the others.
      Transaction savepoint = session.public_connection().begin_nested();
      for (TableUpdate &update : updates) {
        WriteData write;
        write.kind = WriteKind::update;
        write.entity = &update.of->type;
        write.rows = {std::move(update.set)};
        write.version_elsewhere = !update.part->has_version;
        write_by_keys(session, std::move(write), *update.part, keys, key_size);
      }
      savepoint.commit();
      updated = std::int64_t(keys.size() / key_size);
    }
  }
  expire_all();
  return updated;
}

std::int64_t SessionCore::delete_rows(Mapper &of, const SelectCore &select) {
  autoflush_all();
  const SessionGuard guard(*state_);
  SessionState &session = *state_;
  MapperState &mapper = of.state();
  require_key(mapper);
  require_table(mapper);
  WriteCore write(WriteKind::remove, mapper.type);
  write.take_conditions(select);
  const std::vector<const TablePart *> parts = tables_below(mapper);
  const bool is_held = holds_any(session, mapper);
  std::vector<Value> keys;
  if (is_held || parts.size() > 1)
    keys = keys_of(session, mapper, select.data());
  const std::size_t key_size = mapper.key_positions.size();
  std::int64_t deleted = 0;
  if (parts.size() == 1) {
    deleted = write.execute_on(session.public_connection()).rowcount();
  } else {
    // A row that is refused in one table must not be gone from the others.
    Transaction savepoint = session.public_connection().begin_nested();
    for (const TablePart *part : parts) {
      WriteData remove;
      remove.kind = WriteKind::remove;
      remove.table = part->table;
      write_by_keys(session, std::move(remove), *part, keys, key_size);
    }
    savepoint.commit();
    deleted = std::int64_t(keys.size() / key_size);
  }
  if (session.running_hook) { // its flush is on the way
    session.stale_after_hooks = true;
    return deleted;
  }
  ++session.epoch;
  for (std::size_t i = 0; i + key_size <= keys.size(); i += key_size)
    if (ObjectState *held = session.find_held(mapper, std::span(keys).subspan(i, key_size));
        held && held->status == ObjectStatus::persistent) {
      session.undo_log.note_deleted(*held);
      session.detach(*held);
    }
  return deleted;
}

} // namespace declorm::detail
