// session_state.cpp: a session's objects, and how rows become objects.
#include "runtime/orm/session_state.h"

#include "declorm/objects.h"
#include "runtime/sql/compiler.h"
#include "runtime/sql/cursor.h"

#include <algorithm>
#include <cstring>

namespace declorm::detail {

SessionGuard::SessionGuard(SessionState &state) : state_(state) {
  if (state_.busy.exchange(true, std::memory_order_acquire))
    throw InvalidRequestError(
        "this Session is in use by another call: a Session belongs to one thread at a time, and "
        "hooks must not call it back. Give each thread a Session of its own; an Engine can be "
        "shared");
}

SessionGuard::~SessionGuard() { state_.busy.store(false, std::memory_order_release); }

SessionState::SessionState(const Engine &on, SessionOptions with) : engine(on), options(with) {}

SessionState::~SessionState() {
  destroy_scratch();
  if (open_connection)
    open_connection->state().observer = nullptr;
}

void SessionState::check_usable() const {
  if (!flush_failure.empty())
    throw PendingRollbackError(
        savepoints_.empty()
            ? "a flush of this session failed, and its transaction was rolled back; call "
              "rollback() "
              "to go on. The flush said: " +
                  flush_failure
            : "a flush of this session failed, and its savepoint was rolled back; roll back the "
              "Transaction that begin_nested() gave, or the session, to go on. The flush said: " +
                  flush_failure);
}

Connection &SessionState::public_connection() {
  check_usable();
  if (!open_connection) {
    open_connection.emplace(engine.connect());
    open_connection->state().observer = this;
  }
  return *open_connection;
}

ConnectionState &SessionState::connection() {
  ConnectionState &connection = public_connection().state();
  connection.autobegin();
  return connection;
}

IdentityMap &SessionState::identities(MapperState &mapper) {
  if (last_mapper_ == &mapper)
    return *last_map_;
  std::unique_ptr<IdentityMap> &map = identity_maps_[&mapper];
  if (!map)
    map = std::make_unique<IdentityMap>(mapper.key_fields.size());
  last_mapper_ = &mapper;
  last_map_ = map.get();
  return *map;
}

ObjectState &SessionState::state_of(const void *object, const char *what) {
  if (ObjectState *state = store->find(object))
    return *state;
  throw InvalidRequestError(std::string(what) +
                            ": this session does not hold that object. Pass the reference that "
                            "add(), get() or a query returned, not a copy");
}

void SessionState::add_pending(ObjectState &state) {
  state.status = ObjectStatus::pending;
  pending.push_back(&state);
}

void SessionState::detach(ObjectState &state) {
  if (state.status == ObjectStatus::pending)
    std::erase(pending, &state);
  else if (state.status != ObjectStatus::detached)
    identities(*state.mapper).erase(state);
  deleted_count -= state.status == ObjectStatus::deleted;
  state.status = ObjectStatus::detached;
}

void SessionState::expunge_all() {
  destroy_scratch();
  store = std::make_shared<ObjectStore>();
  identity_maps_.clear();
  last_mapper_ = nullptr;
  pending.clear();
  deleted_count = 0;
  undo_log_.clear();
  for (auto &[name, length] : savepoints_)
    length = 0;
}

// Rows become objects.

void SessionState::destroy_scratch() {
  if (!scratch_mapper_)
    return;
  scratch_mapper_->destroy(store->next_place(*scratch_mapper_));
  scratch_mapper_ = nullptr;
}

void SessionState::refresh_from(ObjectState &state, QueryRun &run, bool overwrite) {
  const MapperState &mapper = *state.mapper;
  const std::span<const std::byte> row = buffer_.bytes(); // the row, packed
  other_buffer_.clear();
  pack(mapper.packed_fields, state.object, other_buffer_);
  if (state.read_only || overwrite) {
    fetch_row(run, mapper, state.object, 0);
  } else if (other_buffer_.bytes().size() != row.size() ||
             std::memcmp(other_buffer_.bytes().data(), row.data(), row.size()) != 0) {
    // Members that were changed and not written keep their values; the others get the row's.
    const ColumnMask changed =
        changed_columns(mapper, state.snapshot, other_buffer_.bytes().data());
    for (unsigned i = 0; i != mapper.columns.size(); ++i)
      if (!changed[i])
        run.fetch(std::span(&mapper.all_fields[i], 1), state.object, int(i));
  }
  // What an expression reads may have changed without the row.
  const std::size_t columns = mapper.columns.size();
  if (!mapper.loaded_expressions.empty())
    run.fetch(std::span(mapper.load_fields).subspan(columns), state.object, int(columns));
  store->set_snapshot(state, row);
  state.read_only = false;
  state.epoch = epoch;
}

ObjectState &SessionState::read_row(MapperState &mapper, QueryRun &run, const QueryFlags &flags) {
  // The row is read into the next free place; if its object is known already, the place is used for
  // the next row.
  void *place = store->next_place(mapper);
  if (scratch_mapper_ != &mapper) {
    if (placing)
      throw InvalidRequestError("the constructor of " + describe(mapper) +
                                " loads objects from the session that is just constructing one");
    destroy_scratch();
    if (!mapper.construct)
      throw InvalidRequestError(describe(mapper) +
                                " cannot be loaded: it has no default constructor. Give it one; it "
                                "may be private");
    mapper.construct(place);
    scratch_mapper_ = &mapper;
  }
  fetch_row(run, mapper, place, 0);
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
    const bool upgrade = known->read_only && !flags.read_only;
    if (known->epoch != epoch || flags.populate_existing || upgrade) {
      if (flags.read_only) { // the snapshot of a tracked object is needed whole
        buffer_.clear();
        pack(mapper.packed_fields, place, buffer_);
      }
      refresh_from(*known, run, flags.populate_existing);
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
  return state;
}

void SessionState::load(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                        std::vector<void *> &objects) {
  require_key(mapper);
  const Compiled compiled = compile(select, engine.dialect());
  flush_before(compiled);
  ConnectionState &on = connection();
  QueryRun run(on, on.prepare(compiled.sql), compiled.sql, compiled.params);
  while (run.step())
    objects.push_back(read_row(mapper, run, flags).object);
  destroy_scratch();
}

ObjectState *SessionState::load_by_key(MapperState &mapper, std::span<const Value> key,
                                       ObjectState *known) {
  ConnectionState &on = connection();
  const NumberedSql &sql = mapper.statements(on.dialect()).select_key();
  QueryRun run(on, on.prepare(sql.id, [&] { return std::string_view(sql.sql); }), sql.sql, key);
  if (!run.step()) {
    if (known)
      detach(*known); // deleted behind our back
    return nullptr;
  }
  ObjectState &state = read_row(mapper, run, {});
  if (scratch_mapper_)
    destroy_scratch();
  return &state;
}

ObjectState *SessionState::get(MapperState &mapper, std::span<const Value> key) {
  check_key_size(mapper, key.size());
  buffer_.clear();
  std::vector<Value> by_name;
  for (std::size_t i = 0; i != key.size(); ++i) {
    const Field &field = mapper.key_fields[i];
    if (field.enum_names)
      if (const auto *number = std::get_if<std::int64_t>(&key[i].data()))
        for (const auto &[name, value] : *field.enum_names)
          if (value == *number) {
            by_name.assign(key.begin(), key.end());
            by_name[i] = Value(name);
            return get(mapper, by_name);
          }
    pack(key[i], buffer_);
  }
  ObjectState *known = identities(mapper).find(buffer_.bytes());
  if (known && known->status == ObjectStatus::deleted)
    return nullptr;
  if (known && known->epoch == epoch && !known->read_only)
    return known;
  return load_by_key(mapper, key, known);
}

void SessionState::refresh(ObjectState &state) {
  MapperState &mapper = *state.mapper;
  if (state.status != ObjectStatus::persistent)
    throw InvalidRequestError("refresh(): the object of " + describe(mapper) +
                              " is not in the database: it is new, deleted or expunged");
  const Key key = unpack_key(mapper, state.snapshot);
  ConnectionState &on = connection();
  const NumberedSql &sql = mapper.statements(on.dialect()).select_key();
  QueryRun run(on, on.prepare(sql.id, [&] { return std::string_view(sql.sql); }), sql.sql, key);
  if (!run.step()) {
    detach(state);
    throw InvalidRequestError("refresh(): table '" + mapper.table->full_name() +
                              "' has no row with key " + key_text(key) +
                              " any more; the object is out of the session's work now");
  }
  other_buffer_.clear();
  pack(mapper.packed_fields, state.object, other_buffer_);
  try {
    fetch_row(run, mapper, state.object, 0);
  } catch (...) {
    restore_values(state, other_buffer_.bytes().data()); // a value did not fit: nothing is lost
    throw;
  }
  take_snapshot(state);
  state.read_only = false;
  state.epoch = epoch;
}

void SessionState::take_snapshot(ObjectState &state) {
  buffer_.clear();
  pack(state.mapper->packed_fields, state.object, buffer_);
  store->set_snapshot(state, buffer_.bytes());
}

} // namespace declorm::detail
