// strict_statement.h: a statement whose result is on the wire, or in memory, but never both.
#ifndef DECLORM_TEST_STRICT_STATEMENT_H
#define DECLORM_TEST_STRICT_STATEMENT_H

#include "runtime/engine/spilled_rows.h"
#include "test/drivers/strict/strict_connection.h"

#include <optional>

namespace declorm::strict {

/// Wraps a statement of SQLite's driver.
class StrictStatement final : public detail::PreparedStatement, private WireUser {
public:
  /// `is_aside`: it speaks to the server about itself, and is no round trip. Throws
  /// ProgrammingError if the numbers of its parameters have gaps.
  StrictStatement(StrictConnection &connection, std::unique_ptr<detail::PreparedStatement> inner,
                  bool is_aside);
  ~StrictStatement();

  std::string_view sql() const override { return inner_->sql(); }
  detail::StatementKind kind() const override;
  int parameter_count() const override { return static_cast<int>(places_.size()); }
  void bind(int index, const Value &value) override;
  void bind(std::span<const detail::Field> fields, const void *object, int first) override;
  bool step() override;
  detail::Outcome outcome() const override { return outcome_; }
  std::unique_ptr<detail::Batch> batch(const detail::BatchLayout &layout) override;
  int column_count() const override { return inner_->column_count(); }
  std::string column_name(int column) const override { return inner_->column_name(column); }
  Value column(int column) const override;
  void fetch(std::span<const detail::Field> fields, void *object, int first) const override;
  void reset() noexcept override;
  void clear() noexcept override;
  int recompilations() const override { return inner_->recompilations(); }

  // For the batch.

  StrictConnection &connection() { return connection_; }
  /// Executes the statement below once, and calls `take_row` for the rows it returns.
  template <class TakeRow> detail::Outcome execute_below(TakeRow take_row) {
    try {
      while (inner_->step())
        take_row(*inner_);
      const detail::Outcome outcome = outcome_below();
      inner_->reset();
      return outcome;
    } catch (...) {
      inner_->reset();
      throw;
    }
  }

private:
  enum class State : unsigned char {
    ready,   ///< to be executed
    on_wire, ///< has a row, and more of them may be on the wire
    spilled, ///< goes on from memory
    done,    ///< until reset() it is not executed again
  };

  void leave_wire() noexcept override;
  bool step_below();
  detail::Outcome outcome_below() const;
  void expect(bool is_right, const char *wrong) const;

  StrictConnection &connection_;
  std::unique_ptr<detail::PreparedStatement> inner_;
  const bool is_aside_;
  bool in_order_ = true;    ///< parameter n is SQLite's n
  std::vector<int> places_; ///< SQLite's number of parameter n, at n - 1
  const int limit_parameter_;
  State state_ = State::ready;
  std::optional<detail::SpilledRows> spilled_;
  detail::Outcome outcome_;
};

} // namespace declorm::strict

#endif // DECLORM_TEST_STRICT_STATEMENT_H
