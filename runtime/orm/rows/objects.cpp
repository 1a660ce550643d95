// objects.cpp: mapped objects without a session.
#include "declorm/objects.h"

#include "runtime/engine/query_run.h"
#include "runtime/engine/result_state.h"
#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/scope.h"

namespace declorm::detail {

struct ObjectWriter::State {
  std::shared_ptr<ConnectionState> connection;
  const MapperState &mapper;
  std::vector<std::unique_ptr<RowWriter>> parts; ///< one a table, the root's first
  ColumnMask all; ///< what update() writes: everything but the key and what the database computes
  ColumnMask changed;
  bool has_removed = false;
};

ObjectWriter::ObjectWriter(Connection &connection, Mapper &mapper)
    : state_(new State{connection.shared_state(), mapper.state(), {}, {}, {}, false}) {
  for (unsigned i = 0; i != mapper.state().parts.size(); ++i)
    state_->parts.push_back(std::make_unique<RowWriter>(connection.state(), mapper.state(), i));
  for (const ColumnInfo &info : mapper.state().infos)
    state_->all.push_back(!info.is_key && !info.read_only);
}

ObjectWriter::~ObjectWriter() {
  if (state_ && state_->has_removed) // the batches are told in the order they were executed
    while (!state_->parts.empty())
      state_->parts.pop_back();
}

bool ObjectWriter::update_changes() const {
  return state_->mapper.has_computed || state_->mapper.has_onupdate || state_->mapper.needs_fetched;
}
bool ObjectWriter::insert_changes(const void *object) const {
  return state_->mapper.writes_back && RowWriter::writes_back(state_->mapper, object);
}

void ObjectWriter::insert(void *object) {
  const auto &parts = state_->parts;
  follow_given(state_->mapper, object);
  std::vector<const InsertPlan *> done;
  try {
    for (const auto &part : parts)
      done.push_back(&part->insert(object));
  } catch (...) {
    // The rows that the object has by now are half of it.
    for (std::size_t i = done.size(); i-- != 0;) {
      parts[i]->remove(object, nullptr);
      RowWriter::unset(state_->mapper, *done[i], object);
    }
    throw;
  }
}

void ObjectWriter::set_columns(const std::vector<NodePtr> &columns) {
  Scope scope;
  scope.add({&state_->mapper, state_->mapper.parts.front().table, {}, nullptr});
  state_->all.assign(state_->all.size(), false);
  for (const NodePtr &node : columns) {
    const Column *column = scope.column_of(node);
    for (unsigned i = 0; i != state_->mapper.columns.size(); ++i)
      if (state_->mapper.columns[i] == column && !state_->mapper.infos[i].read_only)
        state_->all[i] = true;
  }
}
void ObjectWriter::update(void *object) {
  require_key(state_->mapper);
  follow_given(state_->mapper, object);
  check_identity(state_->mapper, object);
  for (std::size_t i = 0; i != state_->parts.size(); ++i) {
    const bool writes = mask_of_part(state_->mapper, unsigned(i), state_->all, state_->changed);
    if (writes || state_->parts.size() == 1)
      state_->parts[i]->update(object, state_->changed, nullptr);
  }
}
void ObjectWriter::remove(const void *object) {
  state_->has_removed = true;
  for (auto part = state_->parts.rbegin(); part != state_->parts.rend(); ++part)
    (*part)->remove(object, nullptr);
}

bool get_object(Connection &connection, Mapper &mapper, std::span<const Value> key, void *object) {
  const MapperState &state = mapper.state();
  check_key_size(state, key.size());
  ConnectionState &on = connection.state();
  on.autobegin();
  KeyQuery query(on, state, key);
  if (!query.run.step())
    return false;
  fetch_row(query.run, state, object, 0);
  return true;
}

namespace {

/// Where the row has the value of that column of the class; nullopt: nowhere.
std::optional<std::size_t> place_of(const Row &row, const MapperState &mapper, std::size_t column) {
  try {
    return find_result_column(row.keys(), mapper.columns[column]->name());
  } catch (const ArgumentError &error) {
    throw ArgumentError("into<T>(): " + mapper.all_fields[column].names->full_member() + ": " +
                        error.what());
  }
}

} // namespace

void fill(const Mapper &mapper, const Row &row, void *object) {
  const MapperState &state = mapper.state();
  bool found = false;
  std::vector<Field> gated; // All columns of a composite tell whether it is there.
  std::vector<Value> gated_values;
  for (std::size_t column = 0; column != state.columns.size(); ++column)
    if (const auto place = place_of(row, state, column)) {
      found = true;
      if (!state.all_fields[column].gate) {
        assign(state.all_fields[column], object, row[*place]);
        continue;
      }
      gated.push_back(state.all_fields[column]);
      gated_values.push_back(row[*place]);
    }
  assign_row(gated, object, gated_values);
  if (!found)
    throw ArgumentError("into<T>(): the result has no column of " + describe(state) + "; it has " +
                        join(row.keys()));
}

void fill(const Mapper &mapper, std::span<const Assignment> assignments, void *object) {
  const MapperState &state = mapper.state();
  Scope scope;
  scope.add({&state, state.parts.front().table, {}, nullptr});
  for (const Assignment &assignment : assignments) {
    const Field *field = scope.field_of(assignment.column);
    const auto *literal = as<LiteralNode>(assignment.value);
    if (!field || !literal)
      throw ArgumentError("make(): " + describe(state) +
                          ": members are set to values, not to SQL expressions");
    Value value = literal->value;
    if (field->enum_names)
      if (const auto *number = std::get_if<std::int64_t>(&value.data()))
        for (const auto &[name, listed] : *field->enum_names)
          if (listed == *number)
            value = Value(name);
    assign(*field, object, value);
  }
}

void construct(const Mapper &mapper, void *place) {
  if (!mapper.state().construct)
    throw InvalidRequestError(describe(mapper.state()) +
                              " cannot be loaded: it has no default constructor. Give it one; it "
                              "may be private");
  mapper.state().construct(place);
}

} // namespace declorm::detail
