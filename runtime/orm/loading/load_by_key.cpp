// load_by_key.cpp: objects by their keys.
#include "runtime/engine/suggest.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>

namespace declorm::detail {

ObjectState *Loader::find_fresh(MapperState &root, std::span<const Value> key,
                                const QueryFlags &flags) {
  ObjectState *known = session_.find_held(root, key);
  const bool is_fresh = known && known->epoch == session_.epoch && !flags.populate_existing &&
                        (flags.read_only || !known->read_only) &&
                        !(flags.undeferred && known->left_out != 0 &&
                          (flags.undeferred->bits_of(*known->mapper) & known->left_out) != 0);
  return is_fresh ? known : nullptr;
}

namespace {

/// The SELECT of objects by keys, which are its first parameters.
SelectData select_by_keys(const MapperState &mapper, std::span<const Value> keys) {
  std::vector<NodePtr> columns;
  for (const unsigned position : mapper.key_positions)
    columns.push_back(column_node(*mapper.columns[position]));
  SelectData select;
  select.items.push_back({nullptr, {.type = &mapper.type}});
  select.where = key_among(columns, keys);
  return select;
}

} // namespace

/// The keys are looked up in SELECTs of a few fixed sizes, so that the same statements serve again.
void Loader::load_by_keys(MapperState &mapper, std::span<const Value> keys,
                          const QueryFlags &flags) {
  std::optional<LoadPlan> made;
  const LoadPlan &plan = *plan_of(mapper, SelectData(), flags, made);
  Compiled compiled;
  std::size_t compiled_for = 0;
  for_each_key_batch(keys, mapper.key_positions.size(), session_.engine.dialect(),
                     [&](std::span<const Value> batch) {
                       if (batch.size() != std::exchange(compiled_for, batch.size()))
                         compiled = compile(select_by_keys(mapper, batch),
                                            session_.engine.dialect(), plan.extra, plan.left_out);
                       std::copy(batch.begin(), batch.end(),
                                 compiled.params.begin()); // as they stand in the rows
                       ConnectionState &on = session_.connection();
                       QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
                       while (run.step()) {
                         const LoadTarget &exact = plan.target_of(run);
                         if (exact.is_whole)
                           read_row(*exact.mapper, run, flags, &exact);
                       }
                       destroy_scratch();
                     });
}

ObjectState *Loader::load_by_key(MapperState &mapper, std::span<const Value> key,
                                 ObjectState *known) {
  MapperState *real = &mapper;
  {
    ConnectionState &on = session_.connection();
    KeyQuery query(on, mapper, key);
    if (!query.run.step()) {
      if (known)
        session_.detach(*known); // deleted behind our back
      return nullptr;
    }
    const LoadTarget *target =
        query.select.plan ? &query.select.plan->target_of(query.run) : nullptr;
    if (!target || target->is_whole) {
      ObjectState &state = read_row(target ? *target->mapper : mapper, query.run, {}, target);
      if (scratch_mapper_)
        destroy_scratch();
      return &state;
    }
    real = target->mapper;
  }
  if (ObjectState *state = load_by_key(*real, key, known))
    return state;
  throw_half_row(mapper, key, *real, *real->table);
}

/// One SELECT reads the tables of all classes below; which of them has the row nobody knows
/// before.
ObjectState *Loader::get_from_union(MapperState &reader, std::span<const Value> key) {
  const std::vector<const Column *> columns = reader.table->primary_key();
  SelectData select;
  select.items.push_back({nullptr, {.type = &reader.type}});
  for (std::size_t i = 0; i != columns.size(); ++i)
    select.where = both(
        select.where, binary_node(Operator::equal, column_node(*columns[i]), literal_node(key[i])));
  const LoadPlan &plan = *reader.load_plan();
  const Compiled compiled = compile(select, session_.engine.dialect(), plan.extra, plan.left_out);
  ObjectState *found = nullptr;
  std::vector<std::string> tables;
  {
    ConnectionState &on = session_.connection();
    QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
    while (run.step()) {
      const LoadTarget &target = plan.target_of(run);
      found = &read_row(*target.mapper, run, {}, &target);
      tables.push_back("'" + target.mapper->table->full_name() + "'");
    }
    destroy_scratch();
  }
  if (tables.size() > 1)
    throw MultipleResultsFound("get(): " + std::to_string(tables.size()) + " tables that " +
                               describe(reader) +
                               " is read from have a row with "
                               "key " +
                               key_text(Key(key.begin(), key.end())) + ": " + join(tables) +
                               "; get() the object as the class of one of them");
  return found && found->status != ObjectStatus::deleted ? found : nullptr;
}

ObjectState *Loader::get(MapperState &mapper, std::span<const Value> key) {
  check_key_size(mapper, key.size());
  if (MapperState &reader = mapper.reader(); !reader.union_parts.empty())
    return get_from_union(reader, key);
  return get_own(mapper, key);
}

ObjectState *Loader::get_own(MapperState &mapper, std::span<const Value> key) {
  ObjectState *known = session_.find_held(mapper, key);
  if (known && known->status == ObjectStatus::deleted)
    return nullptr;
  if (known && !known->mapper->is_below(mapper))
    return nullptr; // the row is there, but of another class
  if (known && known->epoch == session_.epoch && !known->read_only &&
      !known->mapper->always_refresh)
    return known;
  return load_by_key(known ? *known->mapper : mapper, key, known);
}

void Loader::refresh(ObjectState &state) {
  MapperState &mapper = *state.mapper;
  if (state.status == ObjectStatus::detached)
    throw_not_in_work("refresh()", state);
  if (state.status != ObjectStatus::persistent)
    throw InvalidRequestError("refresh(): " + name_of(state) +
                              (state.status == ObjectStatus::pending
                                   ? " has no row yet; flush() the session first"
                                   : " goes with the next flush; add() takes delete_() back"));
  const Key key = unpack_key(mapper, state.snapshot);
  ConnectionState &on = session_.connection();
  KeyQuery query(on, mapper, key);
  if (!query.run.step()) {
    session_.detach(state);
    throw InvalidRequestError("refresh(): table '" + mapper.table->full_name() +
                              "' has no row with key " + key_text(key) +
                              " any more; the object is out of the session's work now");
  }
  const LoadPlan *plan = mapper.deferred.empty() ? nullptr : query.select.plan;
  const std::uint32_t left_out = mapper.deferred_bits;
  other_.clear();
  pack(mapper.packed_fields, state.object, other_);
  try {
    if (plan)
      fetch_target(query.run, plan->targets.front(), state.object);
    else
      fetch_row(query.run, mapper, state.object, 0);
  } catch (...) {
    unpack_into(mapper, other_.bytes().data(),
                state.object); // a value did not fit: nothing is lost
    throw;
  }
  if (plan && !state.read_only)
    restore_left_out(state, left_out);
  session_.take_snapshot(state);
  state.read_only = false;
  session_.make_current(state);
  if (!plan)
    return;
  query.run.finish();
  const std::uint32_t loaded = left_out & ~std::exchange(state.left_out, left_out);
  ObjectState *one = &state;
  if (loaded != 0)
    load_deferred({&one, 1}, ChosenDeferred(loaded));
}

} // namespace declorm::detail
