// load_rows.cpp: the rows of a SELECT become objects.
#include "runtime/orm/loading/loader.h"

#include "runtime/orm/session/session_state.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

void Loader::destroy_scratch() {
  if (!scratch_mapper_)
    return;
  scratch_mapper_->destroy(session_.store->next_place(*scratch_mapper_));
  scratch_mapper_ = nullptr;
}

/// The place that the next row is read to: an object at the store's next place, which stays if the
/// row is of a new object, and is read to again if it is of one that the session holds.
void *Loader::scratch(MapperState &mapper, std::uint32_t left_out) {
  if (scratch_mapper_ == &mapper && (left_out & ~scratch_left_out_) != 0) [[unlikely]]
    destroy_scratch(); // a row before gave it what is to be left out
  scratch_left_out_ = left_out;
  if (scratch_mapper_ != &mapper) {
    if (session_.placing)
      throw InvalidRequestError("the constructor of " + describe(mapper) +
                                " loads objects from the session that is just constructing one");
    destroy_scratch();
  }
  void *const place = session_.store->next_place(mapper);
  if (!scratch_mapper_) {
    construct(*mapper.mapper, place);
    scratch_mapper_ = &mapper;
  }
  return place;
}

namespace {

void fetch(const QueryRun &run, const MapperState &mapper, const LoadTarget *target, void *object) {
  if (target)
    fetch_target(run, *target, object);
  else
    fetch_row(run, mapper, object, 0);
}

} // namespace

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

/// A row's class never changes while the session holds its object.
void Loader::check_class(const ObjectState &known, const MapperState &mapper) const {
  if (known.mapper != &mapper)
    throw InvalidRequestError("the row of table '" + mapper.root->table->full_name() +
                              "' with key " + key_text(unpack_key(*known.mapper, known.snapshot)) +
                              " is of " + describe(mapper) +
                              " now, but the session holds it as an object of " +
                              describe(*known.mapper) + "; expunge() that object first");
}

/// Brings an object that the session holds in step with its row, which `row_` has packed: members
/// that were changed and not written keep their values, unless `overwrite`.
void Loader::refresh_from(ObjectState &state, const QueryRun &run, bool overwrite,
                          const LoadTarget *target) {
  const MapperState &mapper = *state.mapper;
  const std::uint32_t left_out = target ? target->left_out : 0;
  if (left_out != 0) [[unlikely]]
    keep_left_out(state, left_out);
  const std::span<const std::byte> row = row_.bytes();
  std::vector<const MirroredMember *> redeclared;
  for (const MirroredMember &copy : mapper.copies)
    if (copy.redeclared && !state.read_only && !overwrite &&
        packed_value(*copy.redeclared, state.object) == entry_at(mapper, state.snapshot, copy.from))
      redeclared.push_back(&copy);
  other_.clear();
  pack(mapper.packed_fields, state.object, other_);
  if (state.read_only || overwrite) {
    fetch(run, mapper, target, state.object);
    if (left_out != 0 && !state.read_only) [[unlikely]]
      restore_left_out(state, left_out);
  } else if (other_.bytes().size() != row.size() ||
             std::memcmp(other_.bytes().data(), row.data(), row.size()) != 0) {
    const ColumnMask changed = changed_columns(mapper, state.snapshot, other_.bytes().data());
    for (unsigned i = 0; i != mapper.columns.size(); ++i)
      if (!changed[i])
        fetch_some(run, mapper, target, state.object, i, 1);
  }
  for (const MirroredMember *copy : redeclared) {
    const std::byte *entry = row.data() + packed_offset(mapper, row.data(), copy->from);
    assign(*copy->redeclared, state.object, unpack(entry));
  }
  // What an expression reads may have changed without the row.
  const std::size_t columns = mapper.columns.size();
  if (!mapper.loaded_expressions.empty())
    fetch_some(run, mapper, target, state.object, columns, mapper.loaded_expressions.size());
  session_.store->set_snapshot(state, row);
  state.read_only = false;
  state.left_out = left_out;
  session_.make_current(state);
  if (!mapper.relationships.empty())
    session_.point_to_held(state);
}

ObjectState &Loader::read_row(MapperState &mapper, const QueryRun &run, const QueryFlags &flags,
                              const LoadTarget *target) {
  const std::uint32_t left_out = target ? target->left_out : 0;
  void *const place = scratch(mapper, left_out);
  fetch(run, mapper, target, place);
  const std::size_t key_columns = mapper.key_fields.size();
  const std::span<const Field> fields = mapper.packed_fields;
  row_.clear();
  pack(flags.read_only ? fields.first(key_columns) : fields, place, row_);
  const std::span<const std::byte> row = row_.bytes();
  const auto key = flags.read_only ? row : row.first(packed_size(row.data(), key_columns));
  const IdentityMap::Hash key_hash = IdentityMap::hash(key);
  IdentityMap &map = session_.identities(mapper);
  if (ObjectState *known = map.find(key, key_hash)) {
    check_class(*known, mapper);
    const bool upgrade = known->read_only && !flags.read_only;
    const bool overwrite = flags.populate_existing || mapper.always_refresh;
    if (known->epoch != session_.epoch || overwrite || upgrade) {
      if (flags.read_only) { // the snapshot of a tracked object is needed whole
        row_.clear();
        pack(fields, place, row_);
      }
      refresh_from(*known, run, overwrite, target);
    } else if ((known->left_out & ~left_out) != 0) [[unlikely]] {
      fill_left_out(*known, run, *target, known->left_out & ~left_out);
    }
    return *known;
  }
  ObjectState &state = session_.store->keep(mapper);
  scratch_mapper_ = nullptr;
  state.status = ObjectStatus::persistent;
  state.epoch = session_.epoch;
  state.read_only = flags.read_only;
  state.left_out = left_out;
  session_.store->set_snapshot(state, row);
  map.insert(state, key_hash);
  if (mapper.has_lazies) [[unlikely]]
    bind_lazies(state, flags.run, *session_.store);
  if (!mapper.relationships.empty()) {
    if (!flags.read_only)
      session_.point_to_held(state);
    if (session_.n_plus_one) [[unlikely]]
      session_.n_plus_one->note_loaded(state, flags.run);
  }
  if (mapper.hooks) [[unlikely]]
    note_loaded(state);
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

/// Runs a SELECT whose first columns are the mapper's, and appends the states of its objects.
void Loader::load_states(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                         std::vector<ObjectState *> &states, const AlsoRead *also) {
  require_key(mapper);
  ++selects_;
  std::optional<LoadPlan> made;
  const LoadPlan *const written_out = also ? also->written_out : nullptr;
  if (const LoadPlan *plan = written_out ? written_out : plan_of(mapper, select, flags, made)) {
    const bool is_union = !mapper.reader().union_parts.empty();
    return load_hierarchy(is_union ? mapper.reader() : mapper, select, *plan, flags, states, also);
  }
  const Compiled compiled = compile(select, session_.engine.dialect(), extra_of({}, also));
  session_.flush_before(compiled);
  ConnectionState &on = session_.connection();
  QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
  const auto key_column = [&](std::size_t part) { return int(mapper.key_positions[part]); };
  RowValues key(mapper.key_positions.size());
  while (run.step()) {
    const bool is_read = also && also->repeats && key.read(run, key_column);
    states.push_back(is_read ? states.back() : &read_row(mapper, run, flags));
    if (also)
      also->row(run, int(mapper.load_fields.size()), states.back());
  }
  destroy_scratch();
}

/// Rows whose objects are read by their keys later: of which classes they are, and where among the
/// states their objects go.
struct Loader::RowsByKey {
  std::vector<Value> keys; ///< one after the other
  std::vector<const MapperState *> classes;
  std::vector<std::size_t> places;

  std::span<const Value> key(std::size_t row) const {
    const std::size_t parts = keys.size() / places.size();
    return std::span(keys).subspan(row * parts, parts);
  }
};

namespace {

/// The highest class below `base` whose SELECT reads all tables of `mapper`.
MapperState *reader_of(MapperState &mapper, const MapperState &base) {
  MapperState *reader = &mapper;
  while (reader->parent != &base && reader->parent->parts.size() == mapper.parts.size())
    reader = reader->parent;
  return reader;
}

} // namespace

void throw_half_row(const MapperState &mapper, std::span<const Value> key, const MapperState &real,
                    const Table &missing) {
  const std::string table = mapper.root->table->full_name();
  throw InvalidRequestError(
      "the row of table '" + table + "' with key " + key_text(Key(key.begin(), key.end())) +
      " is of " + describe(real) + ", but table '" + missing.full_name() +
      "' has no row for it; insert that one, or delete that of '" + table + "'");
}

/// A SELECT for a class of a hierarchy finds objects of their real classes. Those of classes whose
/// further tables it does not read are read by key, with one more SELECT for each class.
void Loader::load_hierarchy(MapperState &mapper, const SelectData &select, const LoadPlan &plan,
                            const QueryFlags &flags, std::vector<ObjectState *> &states,
                            const AlsoRead *also) {
  const bool is_written_out = also && also->written_out;
  const Compiled compiled =
      is_written_out
          ? compile(select, session_.engine.dialect(), extra_of({}, also))
          : compile(select, session_.engine.dialect(), extra_of(plan.extra, also), plan.left_out);
  session_.flush_before(compiled);
  const int further = is_written_out ? int(select.items.size()) : plan.row_size;
  std::vector<std::pair<MapperState *, RowsByKey>> awaited; // in the order they are met
  const auto await = [&](MapperState &real, const std::vector<Value> &key) {
    MapperState *reader = reader_of(real, mapper);
    auto found = std::find_if(awaited.begin(), awaited.end(),
                              [&](const auto &known) { return known.first == reader; });
    if (found == awaited.end())
      found = awaited.insert(found, {reader, {}});
    found->second.keys.insert(found->second.keys.end(), key.begin(), key.end());
    found->second.classes.push_back(&real);
    found->second.places.push_back(states.size());
  };
  {
    std::vector<Value> key;
    ConnectionState &on = session_.connection();
    QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
    while (run.step()) {
      const LoadTarget &target = plan.target_of(run);
      ObjectState *state = nullptr;
      if (target.is_whole) {
        state = &read_row(*target.mapper, run, flags, &target);
      } else {
        plan.read_key(run, key);
        state = find_fresh(mapper, key, flags);
        if (state)
          check_class(*state, *target.mapper);
        else
          await(*target.mapper, key);
      }
      states.push_back(state);
      if (also)
        also->row(run, further, state);
    }
    destroy_scratch();
  }
  for (const auto &[reader, rows] : awaited)
    load_awaited(mapper, *reader, rows, flags, states);
}

/// Reads the objects that rows of a SELECT for `mapper` left to be read by their keys.
void Loader::load_awaited(MapperState &mapper, MapperState &reader, const RowsByKey &rows,
                          const QueryFlags &flags, std::vector<ObjectState *> &states) {
  load_by_keys(reader, rows.keys, flags);
  QueryFlags any = flags;
  any.populate_existing = false;
  any.undeferred = nullptr;
  for (std::size_t row = 0; row != rows.places.size(); ++row) {
    ObjectState *state = find_fresh(mapper, rows.key(row), any);
    if (!state)
      throw_half_row(mapper, rows.key(row), *rows.classes[row], *reader.table);
    check_class(*state, *rows.classes[row]);
    states[rows.places[row]] = state;
  }
}

} // namespace declorm::detail
