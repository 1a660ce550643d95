// strict_batch.h: rows that are sent together, and answered one behind the other.
#ifndef DECLORM_TEST_STRICT_BATCH_H
#define DECLORM_TEST_STRICT_BATCH_H

#include "test/drivers/strict/strict_statement.h"

#include <deque>

namespace declorm::strict {

/// Executes all rows when they are sent, up to the first error, as a server does whose answers are
/// not read yet: what becomes of the objects afterwards does not matter, and only who reads the
/// error knows that the transaction has failed.
class StrictBatch final : public detail::Batch, private WireUser {
public:
  StrictBatch(StrictStatement &statement, const detail::BatchLayout &layout);
  ~StrictBatch();

  std::size_t capacity() const override { return 2500; }
  void send() override;
  detail::Outcome next_result() override;

private:
  struct Answer {
    detail::Outcome outcome;
    std::vector<Value> returned;
    std::exception_ptr error;
    std::string servers_error; ///< its text; "" : there is none, or it is of a value never sent
  };

  void leave_wire() noexcept override;
  Answer execute(const detail::BatchRow &row);
  /// Tells the connection of the server's error, if the answer is one.
  void note_error(const Answer &answer);

  StrictStatement &own_statement_;
  std::deque<Answer> answers_; ///< to rows that were sent
};

} // namespace declorm::strict

#endif // DECLORM_TEST_STRICT_BATCH_H
