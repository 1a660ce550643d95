// postgresql_batch.h: rows that are sent together.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_BATCH_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_BATCH_H

#include "runtime/dialect/postgresql/postgresql_statement.h"

#include <deque>

namespace declorm::detail {

/// Sends many rows as one statement with arrays. Where there is no such statement, where it fails,
/// or does not do to each row what was asked for, it is undone, and an execution for each row is
/// sent in a pipeline, whose answers tell which row it was. Either way all of them cost one round
/// trip, or three.
class PostgresqlBatch final : public Batch, private WireUser {
public:
  PostgresqlBatch(PostgresqlStatement &statement, const BatchLayout &layout)
      : Batch(statement, layout), own_(statement) {}
  ~PostgresqlBatch() override;

  std::size_t capacity() const override { return 2500; }
  void send() override;
  Outcome next_result() override;

private:
  void leave_wire() noexcept override;
  /// Sends the rows as one statement; false: nothing was done.
  bool send_together(std::span<const BatchRow> unsent);
  bool ask_together(PostgresqlStatement &bulk, std::span<PgArray> arrays, std::size_t count);
  void send_each(std::span<const BatchRow> unsent);
  /// The answer to the next row that was sent.
  PgResult take_answer();
  /// Reads the pipeline to its end.
  void finish() noexcept;
  Outcome outcome_of(const PGresult *answer, int row, const BatchRow &of);

  PostgresqlStatement &own_;
  PgResult together_;              ///< the answer to rows that were sent as one statement
  std::size_t rows_together_ = 0;  ///< of them, those whose results were not taken
  int row_together_ = 0;           ///< the next of them in the answer
  std::size_t on_wire_ = 0;        ///< rows of a pipeline whose answers were not read
  std::deque<PgResult> in_memory_; ///< answers that were
  std::exception_ptr unsendable_;  ///< the error of the row behind those that were sent
  std::exception_ptr reading_;     ///< the error that ended the reading into memory
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_BATCH_H
