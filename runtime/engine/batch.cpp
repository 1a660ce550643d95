// batch.cpp: the batch of a database without round trips.
#include "runtime/engine/batch.h"

#include "runtime/engine/driver.h"

namespace declorm::detail {

void bind_row(PreparedStatement &statement, const BatchLayout &layout, const BatchRow &row) {
  int next = 1 + static_cast<int>(layout.fields.size());
  if (!layout.fields.empty())
    statement.bind(layout.fields, row.object, 1);
  if (row.key.empty() && !layout.key_fields.empty())
    statement.bind(layout.key_fields, row.object, next);
  for (const Value &value : row.key)
    statement.bind(next++, value);
}

Outcome execute_row(PreparedStatement &statement, const BatchLayout &layout, const BatchRow &row) {
  bind_row(statement, layout, row);
  const bool returned_row = statement.step();
  if (returned_row) {
    statement.fetch(layout.returned, row.object, 0);
    while (statement.step())
      ;
  }
  Outcome outcome = statement.outcome();
  outcome.returned_row = returned_row;
  statement.reset();
  return outcome;
}

BatchRow Batch::take_row() {
  const BatchRow row = rows_[taken_];
  if (++taken_ == rows_.size())
    forget_rows();
  return row;
}

Outcome Batch::next_result() {
  const BatchRow row = take_row();
  try {
    return execute_row(statement_, layout_, row);
  } catch (...) {
    forget_rows();
    throw;
  }
}

} // namespace declorm::detail
