// query_run.h: one SELECT under way, for the layers that read rows into objects.
#ifndef DECLORM_ENGINE_QUERY_RUN_H
#define DECLORM_ENGINE_QUERY_RUN_H

#include "runtime/engine/connection_state.h"

#include <chrono>

namespace declorm::detail {

/// Binds, steps, logs, and puts the parameters into errors. `sql` and `params` must outlive it.
class QueryRun {
public:
  QueryRun(ConnectionState &connection, StatementLease statement, std::string_view sql,
           std::span<const Value> params);
  QueryRun(QueryRun &&) noexcept = default;
  QueryRun &operator=(QueryRun &&) = delete;
  ~QueryRun();

  /// The next row; at the end the statement is given back.
  bool step() {
    if (!statement_ || !step_statement()) {
      finish();
      return false;
    }
    ++rows_;
    return true;
  }
  void fetch(std::span<const Field> fields, void *object, int first) const {
    statement_->fetch(fields, object, first);
  }
  Value column(int column) const { return statement_->column(column); }
  /// The column's value in the form that a member of the field has: for what is compared with
  /// members' values.
  Value column(int column, const Field &field) const {
    Value value = statement_->column(column);
    return is_as_read(field, value) ? value : as_read(field, std::move(value));
  }
  int column_count() const { return statement_->column_count(); }
  std::string column_name(int column) const { return statement_->column_name(column); }
  void finish();

private:
  bool step_statement();
  std::vector<std::string> literals() const;

  ConnectionState &connection_;
  StatementLease statement_;
  std::string_view sql_;
  std::span<const Value> params_;
  std::int64_t rows_ = 0;
  std::chrono::steady_clock::time_point begin_{};
  bool watched_;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_QUERY_RUN_H
