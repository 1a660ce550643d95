// strict_batch.cpp: sending rows and reading answers.
#include "test/drivers/strict/strict_batch.h"

#include "declorm/error.h"

namespace declorm::strict {

StrictBatch::StrictBatch(StrictStatement &statement, const detail::BatchLayout &layout)
    : Batch(statement, layout), own_statement_(statement) {}

StrictBatch::~StrictBatch() { leave_wire(); }

void StrictBatch::send() {
  const std::span<const detail::BatchRow> unsent = rows().subspan(answers_.size());
  const bool has_failed = !answers_.empty() && answers_.back().error;
  if (unsent.empty() || has_failed)
    return;
  own_statement_.reset();
  own_statement_.connection().ask(own_statement_.sql(), [&] {
    for (const detail::BatchRow &row : unsent) {
      answers_.push_back(execute(row));
      if (answers_.back().error)
        break;
    }
  });
  own_statement_.connection().wire().take(*this);
}

StrictBatch::Answer StrictBatch::execute(const detail::BatchRow &row) {
  Answer answer;
  bool is_sent = false;
  try {
    bind(row);
    is_sent = true;
    bool has_row = false;
    answer.outcome = own_statement_.execute_below([&](const detail::PreparedStatement &returned) {
      has_row = true;
      for (std::size_t i = 0; i != layout_.returned.size(); ++i)
        answer.returned.push_back(returned.column(static_cast<int>(i)));
    });
    answer.outcome.returned_row = has_row;
  } catch (const std::exception &error) {
    answer.error = std::current_exception();
    if (is_sent)
      answer.servers_error = error.what();
  }
  return answer;
}

void StrictBatch::note_error(const Answer &answer) {
  if (!answer.servers_error.empty())
    own_statement_.connection().note_error(answer.servers_error);
}

detail::Outcome StrictBatch::next_result() {
  if (answers_.empty())
    throw InterfaceError("the result of a row is asked for that was not sent\n[SQL: " +
                             std::string(own_statement_.sql()) + "]",
                         std::string(own_statement_.sql()));
  const Answer answer = std::move(answers_.front());
  answers_.pop_front();
  if (answers_.empty())
    own_statement_.connection().wire().leave(*this);
  const detail::BatchRow row = take_row();
  if (answer.error) {
    forget_rows();
    note_error(answer);
    std::rethrow_exception(answer.error);
  }
  if (!answer.returned.empty())
    detail::assign_row(layout_.returned, row.object, answer.returned);
  return answer.outcome;
}

/// The answers are in memory already, but an error in them is met now.
void StrictBatch::leave_wire() noexcept {
  own_statement_.connection().wire().leave(*this);
  if (!answers_.empty())
    note_error(answers_.back());
}

} // namespace declorm::strict
