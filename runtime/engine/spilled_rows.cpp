// spilled_rows.cpp: going on from memory.
#include "runtime/engine/spilled_rows.h"

namespace declorm::detail {

bool SpilledRows::next() {
  if ((current_ + 1) * width_ < values_.size()) {
    ++current_;
    return true;
  }
  if (error_)
    std::rethrow_exception(error_);
  return false;
}

void SpilledRows::fetch(std::span<const Field> fields, void *object, int first) const {
  assign_row(fields, object, row().subspan(static_cast<std::size_t>(first), fields.size()));
}

} // namespace declorm::detail
