// batch.cpp: the batch of a database without round trips.
#include "runtime/engine/batch.h"

#include "runtime/engine/driver.h"

namespace declorm::detail {

void Batch::bind(const BatchRow &row) {
  int next = 1 + static_cast<int>(layout_.fields.size());
  if (!layout_.fields.empty())
    statement_.bind(layout_.fields, row.object, 1);
  if (row.key.empty() && !layout_.key_fields.empty())
    statement_.bind(layout_.key_fields, row.object, next);
  for (const Value &value : row.key)
    statement_.bind(next++, value);
}

const BatchRow Batch::take_row() {
  const BatchRow row = rows_[taken_];
  if (++taken_ == rows_.size())
    forget_rows();
  return row;
}

Outcome Batch::next_result() {
  const BatchRow row = take_row();
  try {
    bind(row);
    if (statement_.step()) {
      statement_.fetch(layout_.returned, row.object, 0);
      while (statement_.step())
        ;
    }
    const Outcome outcome = statement_.outcome();
    statement_.reset();
    return outcome;
  } catch (...) {
    forget_rows();
    throw;
  }
}

} // namespace declorm::detail
