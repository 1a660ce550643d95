// deferred_columns.cpp: what rows leave out of objects, and how it is loaded when it is asked for.
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/session/session_state.h"
#include "runtime/schema/union_table.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

const LoadPlan *Loader::plan_of(MapperState &mapper, const SelectData &select,
                                const QueryFlags &flags, std::optional<LoadPlan> &made) const {
  MapperState &reader = mapper.reader();
  const LoadPlan *plan = reader.load_plan();
  if (!plan)
    return nullptr;
  // The items of a compound, and of raw SQL, are what they are.
  const bool is_as_written = select.is_compound() || select.text;
  const ChosenDeferred all(true), none;
  const ChosenDeferred &chosen = is_as_written ? all : flags.undeferred ? *flags.undeferred : none;
  const bool differs = plan->leaves_out() && !chosen.empty();
  if (!reader.union_parts.empty()) {
    if (differs)
      made = make_union_plan(reader, reader.table->union_definition()->type_column,
                             reader.union_parts, chosen);
    return differs ? &*made : plan;
  }
  const SelectItem *first = select.items.empty() ? nullptr : &select.items.front();
  std::vector<MapperState *> below;
  if (first && !first->node)
    for (const TypeId *type : first->entity.below)
      below.push_back(&find_mapper(*type).state());
  if (below.empty() && !differs)
    return plan;
  made = make_load_plan(mapper, below, chosen);
  return &*made;
}

namespace {

/// The columns of the class whose bits are among those, by position.
ColumnMask columns_of(const MapperState &mapper, std::uint32_t bits) {
  ColumnMask columns(mapper.columns.size());
  for (const DeferredAttribute &attribute : mapper.deferred)
    if ((attribute.bit & bits) != 0 && attribute.load_field < columns.size())
      columns[attribute.load_field] = true;
  return columns;
}

void append(PackBuffer &buffer, const std::byte *entry, std::size_t size) {
  std::memcpy(buffer.grow(size), entry, size);
}

} // namespace

/// Gives row_, which is packed of an object without the columns that are left out, what the
/// snapshot has of them: so a change of their members stays one.
void Loader::keep_left_out(const ObjectState &state, std::uint32_t left_out) {
  const MapperState &mapper = *state.mapper;
  const ColumnMask kept = columns_of(mapper, left_out);
  other_.clear();
  if (state.read_only)
    pack(mapper.packed_fields, state.object, other_);
  const std::byte *known = state.read_only ? other_.bytes().data() : state.snapshot;
  const std::byte *read = row_.bytes().data();
  PackBuffer whole;
  for (const unsigned position : mapper.packed_positions) {
    const std::size_t known_size = entry_size(known), read_size = entry_size(read);
    append(whole, kept[position] ? known : read, kept[position] ? known_size : read_size);
    known += known_size;
    read += read_size;
  }
  std::swap(row_, whole);
}

/// Takes changes of deferred columns back that a refresh overwrites and does not read.
void Loader::restore_left_out(const ObjectState &state, std::uint32_t left_out) {
  const MapperState &mapper = *state.mapper;
  const ColumnMask kept = columns_of(mapper, left_out);
  const std::byte *entry = state.snapshot;
  for (const unsigned position : mapper.packed_positions) {
    Value value = unpack(entry);
    if (kept[position] && value_of(mapper.all_fields[position], state.object) != value)
      assign(mapper.all_fields[position], state.object, value);
  }
  mapper.make_copies(state.object);
}

/// Gives the object deferred attributes, those of the bits, that it does not have fresh and that
/// the current row has. A member that the program has changed keeps its value.
void Loader::fill_left_out(ObjectState &state, const QueryRun &run, const LoadTarget &target,
                           std::uint32_t bits) {
  const MapperState &mapper = *state.mapper;
  std::vector<std::string> read(mapper.columns.size());
  for (const DeferredAttribute &attribute : mapper.deferred) {
    const unsigned at = attribute.load_field;
    if ((attribute.bit & bits) == 0)
      continue;
    if (at >= mapper.columns.size() || state.read_only) {
      fetch_some(run, mapper, &target, state.object, at, 1);
      continue;
    }
    const Field &field = mapper.all_fields[at];
    const bool is_changed =
        packed_value(field, state.object) != entry_at(mapper, state.snapshot, at);
    const Value before = is_changed ? value_of(field, state.object) : Value();
    fetch_some(run, mapper, &target, state.object, at, 1);
    read[at] = packed_value(field, state.object);
    if (is_changed) {
      assign(field, state.object, before);
      continue;
    }
    for (const MirroredMember &copy : mapper.copies)
      if (copy.redeclared && copy.from == at)
        assign(*copy.redeclared, state.object, value_of(field, state.object));
  }
  state.left_out &= ~bits;
  if (state.read_only)
    return;
  PackBuffer whole;
  const std::byte *entry = state.snapshot;
  for (const unsigned position : mapper.packed_positions) {
    const std::size_t size = entry_size(entry);
    if (const std::string &fresh = read[position]; fresh.empty())
      append(whole, entry, size);
    else
      append(whole, reinterpret_cast<const std::byte *>(fresh.data()), fresh.size());
    entry += size;
  }
  session_.store->set_snapshot(state, whole.bytes());
}

void Loader::load_deferred(std::span<ObjectState *const> states, const ChosenDeferred &chosen) {
  std::vector<std::pair<MapperState *, std::vector<Value>>> wanted; // keys, by class
  for (ObjectState *state : states) {
    const std::uint32_t bits = chosen.bits_of(*state->mapper);
    const bool is_stale = state->epoch != session_.epoch;
    if (state->status == ObjectStatus::pending || state->status == ObjectStatus::detached ||
        (is_stale ? bits : bits & state->left_out) == 0)
      continue;
    auto found = std::find_if(wanted.begin(), wanted.end(),
                              [&](const auto &known) { return known.first == state->mapper; });
    if (found == wanted.end())
      found = wanted.insert(found, {state->mapper, {}});
    for (Value &part : unpack_key(*state->mapper, state->snapshot))
      found->second.push_back(std::move(part));
  }
  for (const auto &[mapper, keys] : wanted) {
    const LoadPlan plan = make_deferred_plan(*mapper, chosen);
    const LoadTarget &target = plan.targets.front();
    std::vector<NodePtr> columns;
    for (const unsigned position : mapper->key_positions)
      columns.push_back(column_node(*mapper->columns[position]));
    for_each_key_batch(
        keys, columns.size(), session_.engine.dialect(), [&](std::span<const Value> batch) {
          SelectData select;
          select.items.push_back({nullptr, {.type = &mapper->type, .only_own = true}});
          select.where = key_among(columns, batch);
          Compiled compiled = compile(select, session_.engine.dialect(), plan.extra, plan.left_out);
          std::copy(batch.begin(), batch.end(), compiled.params.begin()); // as they are stored
          ConnectionState &on = session_.connection();
          QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
          std::vector<Value> key;
          while (run.step()) {
            plan.read_key(run, key);
            if (ObjectState *state = session_.find_held(*mapper, key))
              fill_left_out(*state, run, target, chosen.bits_of(*mapper));
          }
        });
  }
}

} // namespace declorm::detail
