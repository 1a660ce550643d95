// load_rows.cpp: rows become a session's objects.
#include "runtime/orm/session/session_state.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/sql/compiler.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/select_data.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

void SessionState::destroy_scratch() {
  if (!scratch_mapper_)
    return;
  scratch_mapper_->destroy(store->next_place(*scratch_mapper_));
  scratch_mapper_ = nullptr;
}

namespace {

void fetch(const QueryRun &run, const MapperState &mapper, const LoadTarget *target, void *object) {
  if (target)
    fetch_target(run, *target, object);
  else
    fetch_row(run, mapper, object, 0);
}

/// The fields at [first, first + count) of the mapper's load_fields.
void fetch_some(const QueryRun &run, const MapperState &mapper, const LoadTarget *target,
                void *object, std::size_t first, std::size_t count) {
  if (!target)
    return run.fetch(std::span(mapper.load_fields).subspan(first, count), object, int(first));
  for (const LoadRun &part : target->runs) {
    const std::size_t begin = std::max<std::size_t>(first, part.first);
    const std::size_t end = std::min<std::size_t>(first + count, part.first + part.count);
    if (begin < end)
      run.fetch(std::span(mapper.load_fields).subspan(begin, end - begin), object,
                part.column + int(begin - part.first));
  }
}

} // namespace

/// A row's class never changes while the session holds its object.
void SessionState::check_class(const ObjectState &known, const MapperState &mapper) const {
  if (known.mapper != &mapper)
    throw InvalidRequestError("the row of table '" + mapper.root->table->full_name() +
                              "' with key " + key_text(unpack_key(*known.mapper, known.snapshot)) +
                              " is of " + describe(mapper) +
                              " now, but the session holds it as an object of " +
                              describe(*known.mapper) + "; expunge() that object first");
}

void SessionState::refresh_from(ObjectState &state, const QueryRun &run, bool overwrite,
                                const LoadTarget *target) {
  const MapperState &mapper = *state.mapper;
  const std::span<const std::byte> row = buffer_.bytes(); // the row, packed
  // Members that were changed and not written keep their values; the others get the row's.
  std::vector<const Copy *> redeclared;
  for (const Copy &copy : mapper.copies)
    if (copy.redeclared && !state.read_only && !overwrite &&
        packed_value(*copy.redeclared, state.object) == entry_at(mapper, state.snapshot, copy.from))
      redeclared.push_back(&copy);
  other_buffer_.clear();
  pack(mapper.packed_fields, state.object, other_buffer_);
  if (state.read_only || overwrite) {
    fetch(run, mapper, target, state.object);
  } else if (other_buffer_.bytes().size() != row.size() ||
             std::memcmp(other_buffer_.bytes().data(), row.data(), row.size()) != 0) {
    const ColumnMask changed =
        changed_columns(mapper, state.snapshot, other_buffer_.bytes().data());
    for (unsigned i = 0; i != mapper.columns.size(); ++i)
      if (!changed[i])
        fetch_some(run, mapper, target, state.object, i, 1);
  }
  for (const Copy *copy : redeclared) {
    const std::byte *entry = row.data() + packed_offset(mapper, row.data(), copy->from);
    assign(*copy->redeclared, state.object, unpack(entry));
  }
  // What an expression reads may have changed without the row.
  const std::size_t columns = mapper.columns.size();
  if (!mapper.loaded_expressions.empty())
    fetch_some(run, mapper, target, state.object, columns, mapper.loaded_expressions.size());
  store->set_snapshot(state, row);
  state.read_only = false;
  make_current(state);
  if (!mapper.relationships.empty())
    point_to_held(state);
}

ObjectState &SessionState::read_row(MapperState &mapper, const QueryRun &run,
                                    const QueryFlags &flags, const LoadTarget *target) {
  // The row is read into the next free place; if its object is known already, the place is used for
  // the next row.
  if (scratch_mapper_ != &mapper) {
    if (placing)
      throw InvalidRequestError("the constructor of " + describe(mapper) +
                                " loads objects from the session that is just constructing one");
    destroy_scratch();
  }
  void *place = store->next_place(mapper);
  if (!scratch_mapper_) {
    if (!mapper.construct)
      throw InvalidRequestError(describe(mapper) +
                                " cannot be loaded: it has no default constructor. Give it one; it "
                                "may be private");
    mapper.construct(place);
    scratch_mapper_ = &mapper;
  }
  fetch(run, mapper, target, place);
  buffer_.clear();
  const std::size_t key_columns = mapper.key_fields.size();
  pack(flags.read_only ? std::span(mapper.packed_fields).first(key_columns)
                       : std::span(mapper.packed_fields),
       place, buffer_);
  const std::span<const std::byte> row = buffer_.bytes();
  IdentityMap &map = identities(mapper);
  const auto key = flags.read_only ? row : row.first(packed_size(row.data(), key_columns));
  const IdentityMap::Hash key_hash = IdentityMap::hash(key);
  if (ObjectState *known = map.find(key, key_hash)) {
    check_class(*known, mapper);
    const bool upgrade = known->read_only && !flags.read_only;
    if (known->epoch != epoch || flags.populate_existing || upgrade) {
      if (flags.read_only) { // the snapshot of a tracked object is needed whole
        buffer_.clear();
        pack(mapper.packed_fields, place, buffer_);
      }
      refresh_from(*known, run, flags.populate_existing, target);
    }
    return *known;
  }
  ObjectState &state = store->keep(mapper);
  scratch_mapper_ = nullptr;
  state.status = ObjectStatus::persistent;
  state.epoch = epoch;
  state.read_only = flags.read_only;
  store->set_snapshot(state, row);
  map.insert(state, key_hash);
  if (!mapper.relationships.empty() && !flags.read_only)
    point_to_held(state);
  return state;
}

namespace {

/// What is selected behind the columns of a mapper: what its plan asks for, and the reader.
std::vector<ExtraColumn> extra_of(std::span<const ExtraColumn> planned, const AlsoRead *also) {
  std::vector<ExtraColumn> extra(planned.begin(), planned.end());
  if (also)
    for (const NodePtr &node : also->nodes)
      extra.push_back({nullptr, nullptr, {}, node});
  return extra;
}

} // namespace

void SessionState::load(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                        std::vector<void *> &objects, const AlsoRead *also) {
  require_key(mapper);
  MapperState &reader = mapper.reader();
  if (const LoadPlan *plan = reader.load_plan()) {
    const SelectItem *first = select.items.empty() ? nullptr : &select.items.front();
    if (!first || first->node || first->entity.below.empty() || !reader.union_parts.empty())
      return load_rows(reader, select, *plan, flags, objects, also);
    std::vector<MapperState *> below;
    for (const TypeId *type : first->entity.below)
      below.push_back(&find_mapper(*type).state());
    return load_rows(mapper, select, make_load_plan(mapper, below), flags, objects, also);
  }
  const Compiled compiled = compile(select, engine.dialect(), extra_of({}, also));
  flush_before(compiled);
  ConnectionState &on = connection();
  QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
  while (run.step()) {
    objects.push_back(read_row(mapper, run, flags).object);
    if (also)
      also->row(run, int(mapper.load_fields.size()));
  }
  destroy_scratch();
}

ObjectState *SessionState::find_fresh(MapperState &root, std::span<const Value> key,
                                      const QueryFlags &flags) {
  ObjectState *known = find_held(root, key);
  const bool is_fresh = known && known->epoch == epoch && !flags.populate_existing &&
                        (flags.read_only || !known->read_only);
  return is_fresh ? known : nullptr;
}

namespace {

/// Rows that are read by their keys later, of which classes they are, and where their objects go.
struct RowsByKey {
  std::vector<Value> keys; ///< one after the other
  std::vector<const MapperState *> classes;
  std::vector<std::size_t> places;

  std::span<const Value> key(std::size_t row) const {
    const std::size_t parts = keys.size() / places.size();
    return std::span(keys).subspan(row * parts, parts);
  }
};

/// The highest class below `base` whose SELECT reads all tables of `mapper`.
MapperState *reader_of(MapperState &mapper, const MapperState &base) {
  MapperState *reader = &mapper;
  while (reader->parent != &base && reader->parent->parts.size() == mapper.parts.size())
    reader = reader->parent;
  return reader;
}

} // namespace

/// Rows of one object belong together.
[[noreturn]] static void throw_half_row(const MapperState &mapper, std::span<const Value> key,
                                        const MapperState &real, const Table &missing) {
  const std::string table = mapper.root->table->full_name();
  throw InvalidRequestError(
      "the row of table '" + table + "' with key " + key_text(Key(key.begin(), key.end())) +
      " is of " + describe(real) + ", but table '" + missing.full_name() +
      "' has no row for it; insert that one, or delete that of '" + table + "'");
}

/// What a SELECT for a class of a hierarchy finds: objects of their real classes. Those whose
/// further tables it does not read are read by key, with one more SELECT for each class.
void SessionState::load_rows(MapperState &mapper, const SelectData &select, const LoadPlan &plan,
                             const QueryFlags &flags, std::vector<void *> &objects,
                             const AlsoRead *also) {
  const std::vector<ExtraColumn> extra = extra_of(plan.extra, also);
  const int further = int(mapper.load_fields.size() + plan.extra.size());
  const Compiled compiled = compile(select, engine.dialect(), extra);
  flush_before(compiled);
  std::vector<std::pair<MapperState *, RowsByKey>> by_key; // in the order they are met
  std::vector<Value> key;
  {
    ConnectionState &on = connection();
    QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
    while (run.step()) {
      const LoadTarget &target = plan.target_of(run);
      ObjectState *state = nullptr;
      if (target.is_whole) {
        state = &read_row(*target.mapper, run, flags, &target);
      } else {
        plan.read_key(run, key);
        state = find_fresh(mapper, key, flags);
        if (state) {
          check_class(*state, *target.mapper);
        } else {
          MapperState *reader = reader_of(*target.mapper, mapper);
          auto found = std::find_if(by_key.begin(), by_key.end(),
                                    [&](const auto &known) { return known.first == reader; });
          if (found == by_key.end())
            found = by_key.insert(found, {reader, {}});
          RowsByKey &rows = found->second;
          std::move(key.begin(), key.end(), std::back_inserter(rows.keys));
          rows.classes.push_back(target.mapper);
          rows.places.push_back(objects.size());
        }
      }
      objects.push_back(state ? static_cast<std::byte *>(state->object) + target.offset : nullptr);
      if (also)
        also->row(run, further);
    }
    destroy_scratch();
  }
  for (const auto &[reader, rows] : by_key) {
    load_by_keys(*reader, rows.keys, flags);
    QueryFlags any = flags;
    any.populate_existing = false;
    for (std::size_t row = 0; row != rows.places.size(); ++row) {
      ObjectState *state = find_fresh(mapper, rows.key(row), any);
      if (!state)
        throw_half_row(mapper, rows.key(row), *rows.classes[row], *reader->table);
      check_class(*state, *rows.classes[row]);
      objects[rows.places[row]] = state->mapper->upcast(state->object, mapper);
    }
  }
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

/// In SELECTs of a few fixed sizes, so that the same statements serve again.
void SessionState::load_by_keys(MapperState &mapper, std::span<const Value> keys,
                                const QueryFlags &flags) {
  const LoadPlan &plan = *mapper.load_plan();
  Compiled compiled;
  std::size_t compiled_for = 0;
  for_each_key_batch(keys, mapper.key_positions.size(), [&](std::span<const Value> batch) {
    if (batch.size() != std::exchange(compiled_for, batch.size()))
      compiled = compile(select_by_keys(mapper, batch), engine.dialect(), plan.extra);
    std::copy(batch.begin(), batch.end(), compiled.params.begin()); // as they stand in the rows
    ConnectionState &on = connection();
    QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
    while (run.step()) {
      const LoadTarget &exact = plan.target_of(run);
      if (exact.is_whole)
        read_row(*exact.mapper, run, flags, &exact);
    }
    destroy_scratch();
  });
}

ObjectState *SessionState::load_by_key(MapperState &mapper, std::span<const Value> key,
                                       ObjectState *known) {
  MapperState *real = &mapper;
  {
    ConnectionState &on = connection();
    KeyQuery query(on, mapper, key);
    if (!query.run.step()) {
      if (known)
        detach(*known); // deleted behind our back
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

/// From the tables of all classes below it, in one SELECT; which of them has it nobody knows
/// before.
ObjectState *SessionState::get_from_union(MapperState &reader, std::span<const Value> key) {
  const std::vector<const Column *> columns = reader.table->primary_key();
  SelectData select;
  select.items.push_back({nullptr, {.type = &reader.type}});
  for (std::size_t i = 0; i != columns.size(); ++i)
    select.where = both(
        select.where, binary_node(Operator::equal, column_node(*columns[i]), literal_node(key[i])));
  const LoadPlan &plan = *reader.load_plan();
  const Compiled compiled = compile(select, engine.dialect(), plan.extra);
  ObjectState *found = nullptr;
  std::vector<std::string> tables;
  {
    ConnectionState &on = connection();
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

ObjectState *SessionState::get(MapperState &mapper, std::span<const Value> key) {
  check_key_size(mapper, key.size());
  if (MapperState &reader = mapper.reader(); !reader.union_parts.empty())
    return get_from_union(reader, key);
  return get_own(mapper, key);
}

ObjectState *SessionState::get_own(MapperState &mapper, std::span<const Value> key) {
  ObjectState *known = find_held(mapper, key);
  if (known && known->status == ObjectStatus::deleted)
    return nullptr;
  if (known && !known->mapper->is_below(mapper))
    return nullptr; // the row is there, but of another class
  if (known && known->epoch == epoch && !known->read_only)
    return known;
  return load_by_key(known ? *known->mapper : mapper, key, known);
}

void SessionState::refresh(ObjectState &state) {
  MapperState &mapper = *state.mapper;
  if (state.status == ObjectStatus::detached)
    throw_not_in_work("refresh()", state);
  if (state.status != ObjectStatus::persistent)
    throw InvalidRequestError("refresh(): " + name_of(state) +
                              (state.status == ObjectStatus::pending
                                   ? " has no row yet; flush() the session first"
                                   : " goes with the next flush; add() takes delete_() back"));
  const Key key = unpack_key(mapper, state.snapshot);
  ConnectionState &on = connection();
  KeyQuery query(on, mapper, key);
  if (!query.run.step()) {
    detach(state);
    throw InvalidRequestError("refresh(): table '" + mapper.table->full_name() +
                              "' has no row with key " + key_text(key) +
                              " any more; the object is out of the session's work now");
  }
  other_buffer_.clear();
  pack(mapper.packed_fields, state.object, other_buffer_);
  try {
    fetch_row(query.run, mapper, state.object, 0);
  } catch (...) {
    restore_values(state, other_buffer_.bytes().data()); // a value did not fit: nothing is lost
    throw;
  }
  take_snapshot(state);
  state.read_only = false;
  make_current(state);
}

void SessionState::take_snapshot(ObjectState &state) {
  buffer_.clear();
  pack(state.mapper->packed_fields, state.object, buffer_);
  store->set_snapshot(state, buffer_.bytes());
}

} // namespace declorm::detail
