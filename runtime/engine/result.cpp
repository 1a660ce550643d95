// result.cpp: Result and Row.
#include "runtime/engine/result_state.h"

#include "runtime/ascii.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm {

const Value &Row::operator[](std::string_view column) const {
  if (const auto found = detail::find_result_column(*keys_, column))
    return values_[*found];
  throw ArgumentError("the row has no column '" + std::string(column) + "'" +
                      detail::suggestion(column, *keys_));
}

const Value &Row::operator[](std::size_t column) const {
  if (column < values_.size())
    return values_[column];
  throw ArgumentError("the row has no column number " + std::to_string(column) + "; it has " +
                      std::to_string(values_.size()) + ", counted from 0");
}

namespace detail {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
  return ascii_lower(a) == ascii_lower(b);
}

[[noreturn]] void throw_ambiguous(const std::vector<std::string> &names, std::string_view name) {
  std::string places;
  for (std::size_t i = 0; i != names.size(); ++i)
    if (is_same_name(names[i], name))
      places += (places.empty() ? "" : ", ") + std::to_string(i) + " ('" + names[i] + "')";
  throw ArgumentError("the result has several columns of the name '" + std::string(name) +
                      "', at the positions " + places +
                      "; name them apart in the statement with AS, or take them by position");
}

} // namespace

std::optional<std::size_t> find_result_column(const std::vector<std::string> &names,
                                              std::string_view name) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i != names.size(); ++i) {
    if (!is_same_name(names[i], name))
      continue;
    if (found)
      throw_ambiguous(names, name);
    found = i;
  }
  return found;
}

void ResultState::execute() {
  const StatementKind kind = statement->kind();
  const auto count = static_cast<std::size_t>(statement->column_count());
  std::vector<std::string> names(count);
  for (std::size_t i = 0; i != count; ++i)
    names[i] = statement->column_name(static_cast<int>(i));
  keys = std::make_shared<const std::vector<std::string>>(std::move(names));
  counts = kind == StatementKind::write;
  read();
  if (kind != StatementKind::query)
    while (statement)
      read();
  if (!statement)
    report_once();
}

void ResultState::read() {
  const auto start = std::chrono::steady_clock::now();
  if (!statement->step()) {
    duration += std::chrono::steady_clock::now() - start;
    if (counts)
      rowcount = statement->outcome().affected_rows;
    give_back();
    if (rowcount != -1 || rows_read != 0 || !keys->empty())
      return report_once();
    return;
  }
  std::vector<Value> values(keys->size());
  for (std::size_t i = 0; i != values.size(); ++i)
    values[i] = statement->column(static_cast<int>(i));
  rows.emplace_back(keys, std::move(values));
  ++rows_read;
  duration += std::chrono::steady_clock::now() - start;
}

void ResultState::give_back() {
  if (statement)
    statement->clear();
  statement = StatementLease();
}

void ResultState::report_once() {
  if (std::exchange(reported, true))
    return;
  connection->notify(sql, params, keys->empty() ? std::max<std::int64_t>(rowcount, 0) : rows_read,
                     duration);
}

void ResultState::finish() {
  give_back();
  rows.clear();
  if (keys)
    report_once();
}

ResultState::~ResultState() {
  try {
    finish();
  } catch (...) {
    // An observer that throws from a destructor's report is not heard.
  }
}

} // namespace detail

Row::Row(std::shared_ptr<const std::vector<std::string>> keys, std::vector<Value> values)
    : keys_(std::move(keys)), values_(std::move(values)) {}

Result::iterator::iterator(Result *result) : result_(result) { ++*this; }
const Row &Result::iterator::operator*() const { return *row_; }
Result::iterator &Result::iterator::operator++() {
  row_ = result_->next();
  return *this;
}
bool Result::iterator::at_end() const { return !row_; }

Result::Result(std::unique_ptr<detail::ResultState> state) : state_(state.release()) {}
Result::Result(Result &&) noexcept = default;
Result &Result::operator=(Result &&) noexcept = default;
Result::~Result() = default;

std::optional<Row> Result::next() {
  if (state_->rows.empty() && state_->statement)
    state_->read();
  if (state_->rows.empty())
    return std::nullopt;
  std::optional<Row> row = std::move(state_->rows.front());
  state_->rows.pop_front();
  return row;
}

std::vector<Row> Result::all() {
  std::vector<Row> rows;
  while (std::optional<Row> row = next())
    rows.push_back(std::move(*row));
  return rows;
}

Row Result::one() {
  std::optional<Row> row = next();
  if (!row)
    throw NoResultFound("one() found no row");
  if (next()) {
    state_->finish();
    throw MultipleResultsFound("one() found more than one row");
  }
  return std::move(*row);
}

std::optional<Row> Result::first() {
  std::optional<Row> row = next();
  state_->finish();
  return row;
}

Value Result::scalar() {
  const std::optional<Row> row = first();
  return row && row->size() != 0 ? (*row)[std::size_t{0}] : Value();
}

std::int64_t Result::rowcount() const { return state_->rowcount; }

std::vector<std::string> Result::keys() const { return *state_->keys; }

} // namespace declorm
