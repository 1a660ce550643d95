// batch.h: executions of one statement for many rows, which a server gets together.
#ifndef DECLORM_ENGINE_BATCH_H
#define DECLORM_ENGINE_BATCH_H

#include "runtime/engine/field.h"

#include <cstdint>
#include <span>
#include <vector>

namespace declorm::detail {

class PreparedStatement;

/// What one execution of a statement did.
struct Outcome {
  std::int64_t affected_rows = 0; ///< written by an INSERT, UPDATE or DELETE
  std::int64_t generated_id = 0;  ///< the key that the database made, where the dialect has it so
  bool returned_row = false;      ///< of a batch: a row was read into the object
};

/// How the rows of a batch lie in objects. The spans must outlive the batch.
struct BatchLayout {
  std::span<const Field> fields;     ///< bound from the object to the parameters from 1 on
  std::span<const Field> key_fields; ///< bound behind them where a row gives no key
  std::span<const Field> returned;   ///< read into the object from the row that RETURNING gives
};

/// One row of a batch. Nothing is copied: the object and the key must live, unchanged, until the
/// row's result was taken.
struct BatchRow {
  void *object = nullptr;     ///< null only if the layout has no fields
  std::span<const Value> key; ///< bound behind the fields; empty: the key fields are
};

/// Binds the row's parameters to the statement.
void bind_row(PreparedStatement &statement, const BatchLayout &layout, const BatchRow &row);
/// Executes the statement for one row, reads what the row gives back into its object, and resets
/// the statement. Throws the DatabaseError of the row; the statement may not be reset then.
Outcome execute_row(PreparedStatement &statement, const BatchLayout &layout, const BatchRow &row);

/// Executions of one statement that the database may get together. The rows that were added are
/// sent by send(); their results are taken in the same order, each by one call of next_result(),
/// and then rows may be added again. A batch that is destroyed forgets results that were not taken.
///
/// An error of one row, also one of its values that cannot be bound, is thrown by next_result() for
/// that row; send() throws only what concerns all of them, such as a lost connection. The database
/// treats the rows as if they came one behind the other, in their order.
///
/// This class is the batch of a database without round trips: it executes a row when its result is
/// asked for. A driver for a server overrides it, and sends the rows at once.
class Batch {
public:
  Batch(PreparedStatement &statement, const BatchLayout &layout)
      : statement_(statement), layout_(layout) {}
  virtual ~Batch() = default;
  Batch(const Batch &) = delete;
  Batch &operator=(const Batch &) = delete;

  void add(const BatchRow &row) { rows_.push_back(row); }
  /// How many rows were added and have no result taken.
  std::size_t size() const { return rows_.size() - taken_; }
  /// How many rows are worth sending together. Without round trips that are few: they stay in the
  /// processor's cache from add() to their results.
  virtual std::size_t capacity() const { return 64; }
  /// Sends the rows that were added.
  virtual void send() {}
  /// Takes the result of the next row, and reads what the row gives back into its object. Throws
  /// the DatabaseError of that row; those behind it are not executed then, or undone with the
  /// transaction, and the batch is empty.
  virtual Outcome next_result();

protected:
  std::span<const BatchRow> rows() const { return std::span(rows_).subspan(taken_); }
  void bind(const BatchRow &row) { bind_row(statement_, layout_, row); }
  /// Takes the next row out.
  BatchRow take_row();
  void forget_rows() {
    rows_.clear();
    taken_ = 0;
  }

  PreparedStatement &statement_;
  const BatchLayout layout_;

private:
  std::vector<BatchRow> rows_;
  std::size_t taken_ = 0;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_BATCH_H
