// unique_flush.cpp: rows that take unique values which other rows of the same flush give up.
#include "runtime/orm/flush/flush.h"
#include "runtime/orm/flush/unique_order.h"
#include "runtime/orm/rows/secondary_rows.h"
#include "runtime/orm/rows/value_rows.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/table_statements.h"

#include <algorithm>

namespace declorm::detail {

/// Lets the values be found of rows that go, or that are written behind those of the table.
void Flush::add_holders(TableFlush &table, UniqueValues &values) {
  if (session_.deleted_count != 0)
    table.for_each([&](const TableUser &user) {
      session_.store->for_each(*user.mapper, [&](ObjectState &state) {
        if (state.status == ObjectStatus::deleted)
          values.add_holder(state);
      });
    });
  const auto add = [&](std::span<ObjectState *const> states) {
    for (ObjectState *state : states)
      if (table.find(state->mapper) && state->status == ObjectStatus::persistent)
        values.add_holder(*state);
  };
  add(written_later_);
  if (session_.link_work.has_fills())
    add(session_.link_work.children_with_rows());
}

void Flush::update_in_order(TableFlush &table, std::span<ObjectState *const> states) {
  if (states.empty())
    return;
  UniqueValues &values = table.unique_values();
  for (ObjectState *state : states)
    values.add_holder(*state);
  add_holders(table, values);
  const UniqueOrder order = order_updates(values, states);
  table.forget_unique_values(); // which rows hold them changes now
  empty_rows(order.emptied);
  delete_early(order.deleted);
  try {
    for (ObjectState *state : order.updates)
      update(*state, table, *table.find(state->mapper));
    table.finish();
  } catch (const IntegrityError &error) {
    if (!order.taker || error.kind() != IntegrityError::Kind::unique)
      throw;
    throw IntegrityError(std::string(error.what()) + "\n(" + name_of(*order.taker) +
                             " takes a unique value of " + name_of(*order.holder) +
                             ", which waits for it in turn, and none of them can hold NULL "
                             "meanwhile: flush() with another value in between)",
                         error.statement(), error.params(), error.kind());
  }
  settle_moved();
}

void Flush::free_unique_values(TableFlush &table, std::span<ObjectState *const> takers) {
  if (takers.empty() ||
      (session_.deleted_count == 0 && written_later_.empty() && !session_.link_work.has_fills()))
    return;
  UniqueValues &values = table.unique_values();
  add_holders(table, values);
  const UniqueOrder order = free_values(values, takers);
  table.forget_unique_values();
  empty_rows(order.emptied);
  delete_early(order.deleted);
}

namespace {

/// Where the row of a class has an attribute.
struct Place {
  unsigned part = 0;
  const Column *column = nullptr;
};

Place place_of(const MapperState &mapper, unsigned position) {
  for (unsigned i = 0; i != mapper.parts.size(); ++i)
    for (const PartColumn &column : mapper.parts[i].columns)
      if (column.position == position)
        return {i, column.column};
  return {};
}

} // namespace

void Flush::empty_rows(const std::vector<EmptiedRow> &rows) {
  std::vector<bool> done(rows.size(), false);
  for (std::size_t first = 0; first != rows.size(); ++first) {
    if (done[first])
      continue;
    const MapperState &mapper = *rows[first].state->mapper;
    const unsigned position = rows[first].position;
    const Place place = place_of(mapper, position);
    const TablePart &part = mapper.parts[place.part];
    std::vector<ObjectState *> states;
    std::vector<std::vector<Value>> values; // NULL and the key
    for (std::size_t i = first; i != rows.size(); ++i) {
      if (done[i] || rows[i].state->mapper != &mapper || rows[i].position != position)
        continue;
      done[i] = true;
      states.push_back(rows[i].state);
      const Key own = unpack_key(mapper, rows[i].state->snapshot);
      values.emplace_back(1);
      for (const auto &[column, index] : part.key)
        values.back().push_back(own[index]);
    }
    std::vector<const Column *> key;
    for (const auto &[column, index] : part.key)
      key.push_back(column);
    const ColumnSql emptied{place.column, {}};
    execute_rows(
        connection(), update_sql(*part.table, {&emptied, 1}, key, {}, connection().dialect()),
        values,
        {[&](std::size_t i) { expect_row({WrittenRow::updated, place.part, states[i], {}}); },
         [&](std::size_t i, const Outcome &) { session_.row_loses(*states[i], position); }});
  }
}

/// Rows that must go before others are written go behind those that refer to them.
void Flush::delete_early(std::span<ObjectState *const> states) {
  if (states.empty())
    return;
  const std::vector<DeletedPair> pairs = sync_.deleted_pairs();
  std::vector<ObjectState *> ordered;
  std::unordered_set<const ObjectState *> met;
  struct Step {
    ObjectState *state;
    std::size_t next; ///< of the pairs
  };
  for (ObjectState *state : states) {
    std::vector<Step> path;
    if (met.insert(state).second)
      path.push_back({state, 0});
    while (!path.empty()) {
      ObjectState *const parent = path.back().state;
      std::size_t &next = path.back().next;
      while (next != pairs.size() &&
             (pairs[next].parent != parent || pairs[next].link->post_update ||
              met.contains(pairs[next].child)))
        ++next;
      if (next == pairs.size()) {
        ordered.push_back(parent);
        path.pop_back();
        continue;
      }
      ObjectState *const child = pairs[next++].child;
      met.insert(child);
      path.push_back({child, 0});
    }
  }
  if (in_turn_)
    in_turn_->finish();
  if (session_.link_work.has_rows())
    delete_secondary_rows(connection(), session_.link_work, row_, ordered);
  empty_rows(sync_.children_left_by(ordered));
  hooks_.before_deletes(ordered);
  for (auto first = ordered.begin(); first != ordered.end();) {
    MapperState &mapper = *(*first)->mapper;
    const auto last = std::find_if(
        first, ordered.end(), [&](const ObjectState *state) { return state->mapper != &mapper; });
    for (std::size_t part = mapper.parts.size(); part-- != 0;) {
      const TableUser user{&mapper, unsigned(part), part + 1 == mapper.parts.size()};
      RowQueue queue(*this, user, WrittenRow::deleted);
      for (auto state = first; state != last; ++state)
        remove(**state, queue);
      queue.finish();
    }
    first = last;
  }
  hooks_.after_deletes();
}

/// New objects may take the keys of some that the same flush deletes.
void Flush::delete_rows_in_the_way(std::span<ObjectState *const> states) {
  if (session_.deleted_count == 0)
    return;
  std::vector<ObjectState *> others;
  for (const ObjectState *state : states)
    if (ObjectState *const other = row_in_the_way(*state))
      others.push_back(other);
  delete_early(others);
}

} // namespace declorm::detail
