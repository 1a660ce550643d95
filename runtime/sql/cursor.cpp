// cursor.cpp: runs statements and reads their rows.
#include "runtime/sql/cursor.h"

#include "runtime/engine/field_io.h"
#include "runtime/engine/result_state.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>

namespace declorm::detail {

void throw_with_key(const DataError &error, const QueryRun &run,
                    std::span<const std::pair<const Column *, int>> key) {
  std::string text;
  for (const auto &[column, place] : key)
    text += (text.empty() ? "" : ", ") + column->name() + " = " + run.column(place).to_string();
  if (text.empty())
    throw error;
  throw DataError(std::string(error.what()) + "; it is the row with " + text, error.statement());
}

void throw_with_key(const DataError &error, const QueryRun &run, const Entity &entity, int first) {
  std::vector<std::pair<const Column *, int>> key;
  const auto columns = entity.selected_columns();
  for (std::size_t i = 0; i != columns.size(); ++i)
    if (columns[i]->primary_key())
      key.emplace_back(columns[i], first + int(i));
  throw_with_key(error, run, key);
}

struct Cursor::State {
  std::shared_ptr<ConnectionState> connection;
  Compiled compiled;
  std::optional<QueryRun> run;
  bool has_row = false; ///< one that next() has not given yet
  std::shared_ptr<const std::vector<std::string>> keys;

  State(Connection &on, Compiled with) : connection(on.shared_state()), compiled(std::move(with)) {
    connection->autobegin();
    run.emplace(*connection, connection->prepare(compiled.sql), compiled.sql, compiled.params);
  }
  int column_of(std::size_t item) const {
    return item < compiled.item_columns.size() ? compiled.item_columns[item] : int(item);
  }
  const Field *field_of(std::size_t item) const {
    return item < compiled.item_fields.size() ? compiled.item_fields[item] : nullptr;
  }
  const Entity &entity_of(std::size_t item) const { return *compiled.item_entities[item]; }
};

Cursor::Cursor(Connection &connection, const SelectCore &select)
    : state_(new State(connection, compile(select.data(), connection.dialect()))) {}

Cursor::Cursor(Connection &connection, const WriteCore &write)
    : state_(new State(connection, compile(write.data(), connection.dialect()))) {
  state_->has_row = state_->run->step(); // it writes, whether its rows are read or not
}

Cursor::Cursor(Cursor &&) noexcept = default;
Cursor &Cursor::operator=(Cursor &&) noexcept = default;
Cursor::~Cursor() = default;

bool Cursor::next() { return std::exchange(state_->has_row, false) || state_->run->step(); }

Value Cursor::value(std::size_t item) const {
  const int column = state_->column_of(item);
  if (column >= state_->run->column_count())
    throw ArgumentError("the statement's rows have " + std::to_string(state_->run->column_count()) +
                        " columns, and more are read\n[SQL: " + state_->compiled.sql + "]");
  Value value = state_->run->column(column);
  const Field *field = state_->field_of(item);
  if (!field)
    return value;
  if (field->null_reads && value.is_null())
    return *field->null_value;
  if (!field->enum_names || value.is_null())
    return value;
  const auto *text = std::get_if<std::string>(&value.data());
  for (const auto &[name, number] : *field->enum_names)
    if (text && name == *text)
      return Value(number);
  throw_unfit(*field, value);
}

Row Cursor::row() const {
  const int count = state_->run->column_count();
  if (!state_->keys) {
    auto keys = std::make_shared<std::vector<std::string>>();
    for (int i = 0; i != count; ++i)
      keys->push_back(state_->run->column_name(i));
    state_->keys = std::move(keys);
  }
  std::vector<Value> values;
  for (int i = 0; i != count; ++i)
    values.push_back(state_->run->column(i));
  return Row(state_->keys, std::move(values));
}

bool Cursor::is_missing(std::size_t item) const {
  const auto columns = state_->entity_of(item).selected_columns();
  for (std::size_t i = 0; i != columns.size(); ++i)
    if (columns[i]->primary_key() &&
        !state_->run->column(state_->column_of(item) + int(i)).is_null())
      return false;
  return true;
}

void Cursor::fail(std::size_t item, const DataError &error) const {
  const Field *field = state_->field_of(item);
  const std::string where =
      field && field->names
          ? field->names->full_member() + " (column " + field->names->full_column() + ")"
          : "item " + std::to_string(item + 1) + " of the SELECT";
  throw DataError(where + ": " + error.what() + "\n[SQL: " + state_->compiled.sql + "]",
                  state_->compiled.sql);
}

void Cursor::fetch(std::size_t item, void *object) const {
  const Entity &entity = state_->entity_of(item);
  fetch_row(*state_->run, entity, object, state_->column_of(item));
  if (entity.has_lazies)
    entity.fetched_alone(object);
}

std::int64_t count_rows(Connection &connection, const SelectCore &select) {
  const SelectData &data = select.data();
  const bool wrapped = data.limit || data.offset || data.distinct || !data.group.empty() ||
                       data.is_compound() || data.text;
  SelectData counted = data;
  if (wrapped) {
    const DerivedPtr rows = derive(select.shared(), "counted", false);
    counted = {};
    counted.from.push_back({.derived = rows});
  } else {
    counted.order.clear();
    for (const SelectItem &item : data.items)
      if (!item.node)
        counted.from.push_back(item.entity);
  }
  counted.items = {{count().node(), {}}};
  const Compiled compiled = compile(counted, connection.dialect());
  return execute_written(connection, compiled.sql, compiled.params).scalar().as<std::int64_t>();
}

} // namespace declorm::detail
