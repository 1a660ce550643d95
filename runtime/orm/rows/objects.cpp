// objects.cpp: mapped objects without a session.
#include "declorm/objects.h"

#include "runtime/engine/query_run.h"
#include "runtime/engine/result_state.h"
#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/rows/validators.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/scope.h"

namespace declorm::detail {

namespace {

/// How many objects of a class in several tables wait for each other.
constexpr std::size_t most_waiting = 1024;

/// The columns that the last call named by members of the class. What they are is found once.
struct NamedColumns {
  struct Member {
    std::string owner; ///< the class that declares it
    const void *tag;
    std::size_t offset;
  };
  /// The member that the node names; null: the node is another one, or names more than a member.
  static const MemberRef *member_of(const NodePtr &node) {
    const auto *named = as<MemberNode>(node);
    const bool is_plain = named && !named->member.entity && !named->member.function;
    return is_plain && named->alias.empty() ? &named->member : nullptr;
  }
  bool are(const std::vector<NodePtr> &nodes) const {
    return std::ranges::equal(nodes, members, [](const NodePtr &node, const Member &known) {
      const MemberRef *const member = member_of(node);
      return member && member->offset == known.offset && member->declaring->tag == known.tag &&
             member->declaring->name == known.owner;
    });
  }
  void remember(const std::vector<NodePtr> &nodes, const ColumnMask &columns) {
    members.clear();
    for (const NodePtr &node : nodes)
      if (const MemberRef *const member = member_of(node))
        members.push_back({member->declaring->name, member->declaring->tag, member->offset});
    if (members.size() != nodes.size())
      members.clear();
    mask = columns;
  }

  std::vector<Member> members;
  ColumnMask mask;
};

} // namespace

/// The row of an object whose class stands in one table goes to the RowWriter at once. Objects of a
/// class in several tables wait here, so that a batch is written to one table after the other.
///
/// It is kept with the connection for the next call with that class: what it takes to begin would
/// cost as much as the INSERT of one object.
struct ObjectWriter::State final : KeptWithConnection, RowListener {
  enum class Verb : unsigned char { insert, update, remove };

  State(ConnectionState &on, const MapperState &of)
      : connection(on), mapper(of), has_one_part(of.parts.size() == 1) {
    for (unsigned i = 0; i != of.parts.size(); ++i)
      parts.push_back(
          std::make_unique<RowWriter>(connection, of, i, has_one_part ? nullptr : this));
  }

  static std::unique_ptr<State> take(ConnectionState &connection, const MapperState &mapper);
  /// Another call begins.
  void begin_again();
  void write(Verb verb, void *object);
  void write_to(unsigned part, Verb verb, void *object);
  void write_waiting();
  void update(unsigned part, void *object);
  void undo_inserts() noexcept;
  /// Sends what waits, and reports the statements in their order.
  void finish_parts();

  void row_expected(std::size_t) override {}
  void row_written(std::size_t, void *object, const InsertPlan *plan) override {
    if (plan)
      inserted.emplace_back(object, plan);
  }
  void batch_ended(std::size_t) noexcept override {}

  ConnectionState &connection;
  const MapperState &mapper;
  const bool has_one_part;
  std::vector<std::shared_ptr<void>> copies;     ///< of const objects that wait
  std::vector<std::unique_ptr<RowWriter>> parts; ///< one a table, the root's first
  ColumnMask all; ///< what update() writes; empty: everything that can be written
  ColumnMask changed;
  NamedColumns named;
  Verb verb = Verb::insert; ///< what is done to all of them
  bool is_done = false;     ///< nothing waits, and no error was thrown

  // Of a class in several tables.
  std::vector<void *> waiting;
  std::vector<std::pair<void *, const InsertPlan *>> inserted; ///< rows, since the savepoint
  std::string savepoint;                                       ///< "" : there is none
};

std::unique_ptr<ObjectWriter::State> ObjectWriter::State::take(ConnectionState &connection,
                                                               const MapperState &mapper) {
  const auto kept = connection.kept.find(&mapper);
  if (kept == connection.kept.end() || !kept->second)
    return std::make_unique<State>(connection, mapper);
  std::unique_ptr<State> state(static_cast<State *>(kept->second.release()));
  state->begin_again();
  return state;
}

void ObjectWriter::State::begin_again() {
  for (const auto &part : parts)
    part->begin_again();
  all.clear();
  inserted.clear();
  is_done = false;
}

ObjectWriter::ObjectWriter(Connection &connection, Mapper &mapper)
    : state_(State::take(connection.state(), mapper.state()).release()) {}

ObjectWriter::~ObjectWriter() {
  State &state = *state_;
  if (state.is_done) {
    state.connection.kept[&state.mapper].reset(state_.release());
    return;
  }
  // An error is on its way.
  try {
    if (!state.savepoint.empty()) // the range could not be read to its end
      state.connection.release_savepoint(state.savepoint);
  } catch (...) {
    // The transaction is gone, and with it the savepoint.
  }
  if (state.verb == State::Verb::remove) // events come in the order of the statements
    while (!state.parts.empty())
      state.parts.pop_back();
}

bool ObjectWriter::update_changes() const {
  return state_->mapper.has_computed || state_->mapper.has_onupdate || state_->mapper.needs_fetched;
}

bool ObjectWriter::insert_changes(const void *object) {
  switch (RowWriter::change_by_insert(state_->mapper, object)) {
  case RowWriter::Change::none:
    return false;
  case RowWriter::Change::by_default:
    return true;
  case RowWriter::Change::by_database:
    break;
  }
  // A class in several tables gets its key from the first.
  if (!state_->has_one_part || state_->mapper.needs_fetched)
    return true;
  state_->parts.front()->discard_results();
  return false;
}

void ObjectWriter::keep(std::shared_ptr<void> copy) { state_->copies.push_back(std::move(copy)); }

void ObjectWriter::insert(void *object) {
  follow_given(state_->mapper, object);
  state_->write(State::Verb::insert, object);
}

void ObjectWriter::update(void *object) {
  require_key(state_->mapper);
  follow_given(state_->mapper, object);
  check_identity(state_->mapper, object);
  state_->write(State::Verb::update, object);
}

void ObjectWriter::remove(const void *object) {
  state_->write(State::Verb::remove, const_cast<void *>(object));
}

void ObjectWriter::send() {
  if (state_->has_one_part)
    state_->parts.front()->send();
  else if (!state_->waiting.empty())
    state_->write_waiting();
  state_->copies.clear();
}

void ObjectWriter::finish() {
  send();
  state_->finish_parts();
  if (!state_->savepoint.empty())
    state_->connection.release_savepoint(std::exchange(state_->savepoint, ""));
  state_->is_done = true;
}

void ObjectWriter::State::finish_parts() {
  if (verb == Verb::remove)
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
      (*part)->finish();
  else
    for (const auto &part : parts)
      part->finish();
}

void ObjectWriter::State::write(Verb what, void *object) {
  verb = what;
  if (has_one_part) {
    write_to(0, what, object);
    if (!copies.empty() && parts.front()->waiting() == 0)
      copies.clear();
    return;
  }
  waiting.push_back(object);
  if (waiting.size() == most_waiting) {
    write_waiting();
    copies.clear();
  }
}

void ObjectWriter::State::write_to(unsigned part, Verb what, void *object) {
  switch (what) {
  case Verb::insert:
    return parts[part]->insert(object);
  case Verb::update:
    return update(part, object);
  case Verb::remove:
    return parts[part]->remove(object);
  }
}

void ObjectWriter::State::update(unsigned part, void *object) {
  if (all.empty())
    for (unsigned i = 0; i != mapper.infos.size(); ++i)
      all.push_back(!mapper.infos[i].is_key && !mapper.infos[i].read_only &&
                    !(mapper.version && mapper.version->position == i));
  const bool writes = mask_of_part(mapper, part, all, changed);
  if (writes || has_one_part || mapper.parts[part].has_version)
    parts[part]->update(object, changed);
}

/// The statements are those of all objects together: a failure undoes them by a savepoint, because
/// some databases take nothing else then, and half an object must not stay.
void ObjectWriter::State::write_waiting() {
  if (verb == Verb::insert && savepoint.empty()) {
    savepoint = "sp_" + std::to_string(connection.next_savepoint++);
    connection.savepoint(savepoint);
  }
  const std::vector<void *> objects = std::exchange(waiting, {});
  try {
    for (std::size_t i = 0; i != parts.size(); ++i) {
      const auto part = unsigned(verb == Verb::remove ? parts.size() - 1 - i : i);
      for (void *object : objects)
        write_to(part, verb, object);
      parts[part]->send();
    }
  } catch (...) {
    if (verb == Verb::insert)
      undo_inserts();
    throw;
  }
}

void ObjectWriter::State::undo_inserts() noexcept {
  try {
    finish_parts();
    connection.rollback_to_savepoint(std::exchange(savepoint, ""));
  } catch (...) {
    // The error on its way says more: the transaction is gone, and the rows with it.
  }
  for (auto row = inserted.rbegin(); row != inserted.rend(); ++row)
    RowWriter::unset(mapper, *row->second, row->first);
  inserted.clear();
}

void ObjectWriter::set_columns(const std::vector<NodePtr> &columns) {
  State &state = *state_;
  if (!columns.empty() && state.named.are(columns)) {
    state.all = state.named.mask;
    return;
  }
  const MapperState &mapper = state.mapper;
  Scope scope;
  scope.add({&mapper, mapper.parts.front().table, {}, nullptr});
  state.all.assign(mapper.columns.size(), false);
  for (const NodePtr &node : with_composite_columns(columns, scope)) {
    const Column *column = scope.column_of(node);
    if (mapper.version && column == mapper.columns[mapper.version->position])
      throw ArgumentError("update(): " + describe(mapper) + ": '" +
                          mapper.infos[mapper.version->position].member +
                          "' is the version of the row, which each update() finds the row by and "
                          "sets to the next one; leave it out");
    for (unsigned i = 0; i != mapper.columns.size(); ++i)
      if (mapper.columns[i] == column && !mapper.infos[i].read_only)
        state.all[i] = true;
  }
  state.named.remember(columns, state.all);
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
  if (state.has_lazies)
    state.fetched_alone(object);
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
  const std::vector<Assignment> columns = with_composite_columns(assignments, scope);
  for (const Assignment &assignment : columns) {
    const auto resolved = scope.resolve_assigned(assignment.column);
    const Field *field = resolved ? resolved->field : nullptr;
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
  if (!state.hooks)
    return;
  for (const Assignment &assignment : columns) { // validators may look at other members
    const Field *const field = scope.field_of(assignment.column);
    for (unsigned i = 0; i != state.all_fields.size(); ++i)
      if (&state.all_fields[i] == field)
        validate_position(state, object, i);
  }
}

void construct(const Mapper &mapper, void *place) {
  if (!mapper.state().construct)
    throw InvalidRequestError(
        describe(mapper.state()) +
        " cannot be loaded: it has no default constructor. Give it one, which "
        "may be private, or annotate what makes an object with "
        "[[declorm::constructor]]");
  mapper.state().construct(place);
}

} // namespace declorm::detail
