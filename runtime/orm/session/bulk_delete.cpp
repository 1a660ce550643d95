// bulk_delete.cpp: Query::delete_(): rows by a condition, and what becomes of their objects.
#include "runtime/engine/result_state.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/session/session_state.h"
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

std::int64_t delete_where(SessionState &session, const Table &table, NodePtr where) {
  WriteData write;
  write.kind = WriteKind::remove;
  write.table = &table;
  write.where = std::move(where);
  const Compiled compiled = compile(write, session.engine.dialect());
  return execute_written(session.public_connection(), compiled.sql, compiled.params).rowcount();
}

} // namespace

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
      std::vector<std::pair<const Column *, unsigned>> key = part->key;
      std::ranges::sort(key, {}, &std::pair<const Column *, unsigned>::second);
      std::vector<NodePtr> columns;
      for (const auto &[column, index] : key)
        columns.push_back(column_node(*column));
      for_each_key_batch(keys, key_size, session.engine.dialect(),
                         [&](std::span<const Value> batch) {
                           delete_where(session, *part->table, key_among(columns, batch));
                         });
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
