// objects.cpp: mapped objects without a session.
#include "declorm/objects.h"

#include "runtime/engine/query_run.h"
#include "runtime/orm/row_writer.h"
#include "runtime/sql/compiler.h"

namespace declorm::detail {

struct ObjectWriter::State {
  std::shared_ptr<ConnectionState> connection;
  const MapperState &mapper;
  RowWriter rows;
  ColumnMask all; ///< what update() writes: everything but the key and what the database computes
  ColumnMask changed;
};

ObjectWriter::ObjectWriter(Connection &connection, Mapper &mapper)
    : state_(new State{connection.shared_state(),
                       mapper.state(),
                       {connection.state(), mapper.state()},
                       {},
                       {}}) {
  for (const ColumnInfo &info : mapper.state().infos)
    state_->all.push_back(!info.is_key && !info.read_only);
}

ObjectWriter::~ObjectWriter() = default;

bool ObjectWriter::writes_back(const void *object) const {
  return state_->mapper.writes_back && RowWriter::writes_back(state_->mapper, object);
}
void ObjectWriter::insert(void *object) { state_->rows.insert(object); }
void ObjectWriter::set_columns(const std::vector<NodePtr> &columns) {
  Compiler compiler(state_->connection->dialect());
  compiler.add_source({&state_->mapper, state_->mapper.table, {}});
  state_->all.assign(state_->all.size(), false);
  for (const NodePtr &node : columns) {
    const Column *column = compiler.column_of(node);
    for (unsigned i = 0; i != state_->mapper.columns.size(); ++i)
      if (state_->mapper.columns[i] == column && !state_->mapper.infos[i].read_only)
        state_->all[i] = true;
  }
}
void ObjectWriter::update(void *object) {
  state_->changed = state_->all;
  state_->rows.update(object, state_->changed, nullptr);
}
void ObjectWriter::remove(const void *object) { state_->rows.remove(object, nullptr); }

bool get_object(Connection &connection, Mapper &mapper, std::span<const Value> key, void *object) {
  const MapperState &state = mapper.state();
  check_key_size(state, key.size());
  ConnectionState &on = connection.state();
  on.autobegin();
  const NumberedSql &sql = state.statements(on.dialect()).select_key();
  QueryRun run(on, on.prepare(sql.id, [&] { return std::string_view(sql.sql); }), sql.sql, key);
  if (!run.step())
    return false;
  run.fetch(state.all_fields, object, 0);
  return true;
}

void construct(const Mapper &mapper, void *place) {
  if (!mapper.state().construct)
    throw InvalidRequestError(describe(mapper.state()) +
                              " cannot be loaded: it has no default constructor. Give it one; it "
                              "may be private");
  mapper.state().construct(place);
}

} // namespace declorm::detail
