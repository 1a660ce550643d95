// spilled_rows.h: the rest of a result, kept in memory.
//
// For drivers whose connection has room for one open result: before another statement is executed,
// the driver moves what is left of the open one here, and its statement goes on from here.
#ifndef DECLORM_ENGINE_SPILLED_ROWS_H
#define DECLORM_ENGINE_SPILLED_ROWS_H

#include "runtime/engine/field.h"

#include <exception>
#include <span>
#include <vector>

namespace declorm::detail {

/// The current row of a result and those behind it. An error that ended the reading is kept, and
/// thrown where the row after the last one would be. For one thread at a time.
class SpilledRows {
public:
  /// Takes the current row and reads the rest. `step()` goes to the next row and says whether there
  /// is one; `column(i)` is a Value of the current row, which has `width` columns.
  template <class Step, class Column> SpilledRows(int width, Step step, Column column) {
    width_ = static_cast<std::size_t>(width);
    try {
      do
        for (int i = 0; i != width; ++i)
          values_.push_back(column(i));
      while (step());
    } catch (...) {
      error_ = std::current_exception();
    }
  }

  /// Goes to the next row; false at the end. Throws the error that ended the reading.
  bool next();
  /// A value of the current row; columns count from 0.
  const Value &column(int column) const { return row()[static_cast<std::size_t>(column)]; }
  /// Reads columns `first`, `first + 1`, … of the current row into the fields of `object`.
  void fetch(std::span<const Field> fields, void *object, int first) const;
  /// Whether an error ended the reading.
  bool has_error() const { return error_ != nullptr; }

private:
  std::span<const Value> row() const {
    return std::span(values_).subspan(current_ * width_, width_);
  }

  std::size_t width_ = 0, current_ = 0;
  std::vector<Value> values_; ///< row behind row
  std::exception_ptr error_;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_SPILLED_ROWS_H
