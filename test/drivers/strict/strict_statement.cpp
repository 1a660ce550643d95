// strict_statement.cpp: executing on the wire, and going on in memory.
#include "test/drivers/strict/strict_statement.h"

#include "declorm/error.h"
#include "runtime/engine/raw_sql.h"
#include "test/drivers/strict/strict_batch.h"
#include "test/drivers/strict/strict_sql.h"

#include <charconv>

namespace declorm::strict {
namespace {

/// What a server without last ids would say: whoever believes it is found out.
constexpr std::int64_t no_id = std::numeric_limits<std::int64_t>::min();

/// The number in a parameter's name, "1" in $1; 0: it is none.
int number_of(const std::string &name) {
  int number = 0;
  const char *const end = name.data() + name.size();
  return std::from_chars(name.data(), end, number).ptr == end ? number : 0;
}

} // namespace

StrictStatement::StrictStatement(StrictConnection &connection,
                                 std::unique_ptr<detail::PreparedStatement> inner, bool is_aside)
    : connection_(connection), inner_(std::move(inner)), is_aside_(is_aside),
      limit_parameter_(strict::limit_parameter(inner_->sql())) {
  // SQLite takes $1 for a name, and counts names as they come.
  static constexpr detail::TextRules rules{.takes_names = true, .marks_of_names = "$"};
  const std::vector<std::string> names = detail::to_database(inner_->sql(), rules).names;
  for (int place = 1; place <= inner_->parameter_count(); ++place) {
    const int number = number_of(names.at(static_cast<std::size_t>(place) - 1));
    if (number != place)
      in_order_ = false;
    if (places_.size() < static_cast<std::size_t>(number))
      places_.resize(static_cast<std::size_t>(number));
    places_[static_cast<std::size_t>(number) - 1] = place;
  }
  for (std::size_t i = 0; i != places_.size(); ++i)
    if (places_[i] == 0) {
      const std::string error = "could not determine data type of parameter $" +
                                std::to_string(i + 1) + "\n[SQL: " + std::string(sql()) + "]";
      connection_.note_error(error);
      throw ProgrammingError(error, std::string(sql()));
    }
}

StrictStatement::~StrictStatement() { reset(); }

detail::StatementKind StrictStatement::kind() const {
  return is_aside_ ? detail::StatementKind::standalone : inner_->kind();
}

void StrictStatement::expect(bool is_right, const char *wrong) const {
  if (!is_right)
    throw InterfaceError(std::string(wrong) + "\n[SQL: " + std::string(sql()) + "]",
                         std::string(sql()));
}

void StrictStatement::bind(int index, const Value &value) {
  expect(state_ == State::ready, "a statement is bound that was not reset");
  expect(index >= 1 && index <= parameter_count(), "there is no parameter of that number");
  if (index == limit_parameter_ && value.data().index() == 1 && value.as<std::int64_t>() < 0)
    throw ProgrammingError("LIMIT must not be negative\n[SQL: " + std::string(sql()) + "]",
                           std::string(sql()));
  inner_->bind(places_[static_cast<std::size_t>(index) - 1], value);
}

void StrictStatement::bind(std::span<const detail::Field> fields, const void *object, int first) {
  expect(state_ == State::ready, "a statement is bound that was not reset");
  expect(first >= 1 && first - 1 + static_cast<int>(fields.size()) <= parameter_count(),
         "there are no parameters of these numbers");
  if (in_order_)
    return inner_->bind(fields, object, first);
  for (std::size_t i = 0; i != fields.size(); ++i)
    inner_->bind(fields.subspan(i, 1), object, places_[static_cast<std::size_t>(first) - 1 + i]);
}

bool StrictStatement::step() {
  bool has_row = false;
  switch (state_) {
  case State::done:
    expect(false, "a statement is executed again that was not reset");
    break;
  case State::spilled:
    has_row = spilled_->next();
    break;
  case State::on_wire:
    connection_.expect_alive(sql());
    has_row = step_below();
    break;
  case State::ready:
    outcome_ = {};
    if (is_aside_)
      has_row = inner_->step();
    else
      connection_.ask(sql(), [&] { has_row = inner_->step(); });
    if (!has_row) {
      outcome_ = outcome_below();
      break;
    }
    state_ = State::on_wire;
    if (!is_aside_)
      connection_.wire().take(*this);
  }
  if (!has_row) {
    connection_.wire().leave(*this);
    state_ = State::done;
  }
  return has_row;
}

/// Goes to the next row of the statement below.
bool StrictStatement::step_below() {
  try {
    if (inner_->step())
      return true;
  } catch (const DatabaseError &error) {
    connection_.wire().leave(*this);
    connection_.note_error(error.what());
    state_ = State::done;
    throw;
  }
  outcome_ = outcome_below();
  return false;
}

detail::Outcome StrictStatement::outcome_below() const {
  detail::Outcome outcome = inner_->outcome();
  outcome.generated_id = no_id;
  if (inner_->kind() != detail::StatementKind::write)
    outcome.affected_rows = 0;
  return outcome;
}

void StrictStatement::leave_wire() noexcept {
  spilled_.emplace(
      inner_->column_count(), [&] { return step_below(); },
      [&](int column) { return inner_->column(column); });
  state_ = State::spilled;
  inner_->reset();
}

Value StrictStatement::column(int column) const {
  return spilled_ ? spilled_->column(column) : inner_->column(column);
}

void StrictStatement::fetch(std::span<const detail::Field> fields, void *object, int first) const {
  if (spilled_)
    spilled_->fetch(fields, object, first);
  else
    inner_->fetch(fields, object, first);
}

void StrictStatement::reset() noexcept {
  connection_.wire().leave(*this);
  spilled_.reset();
  inner_->reset();
  state_ = State::ready;
}

void StrictStatement::clear() noexcept {
  reset();
  inner_->clear();
}

std::unique_ptr<detail::Batch> StrictStatement::batch(const detail::BatchLayout &layout) {
  return std::make_unique<StrictBatch>(*this, layout);
}

} // namespace declorm::strict
