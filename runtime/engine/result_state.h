// result_state.h: an execution under way: where a Result gets its rows from.
#ifndef DECLORM_ENGINE_RESULT_STATE_H
#define DECLORM_ENGINE_RESULT_STATE_H

#include "runtime/engine/connection_state.h"

#include <chrono>
#include <deque>

namespace declorm::detail {

/// Which column of a result has that name: the one way in which values are found by name, whatever
/// they are read into. Names that differ in nothing but the case of ASCII letters are one. Throws
/// ArgumentError if several have it.
std::optional<std::size_t> find_result_column(const std::vector<std::string> &names,
                                              std::string_view name);

struct ResultState {
  std::shared_ptr<ConnectionState> connection; ///< must outlive the statement
  StatementLease statement;                    ///< empty once the last row was read
  std::shared_ptr<const std::vector<std::string>> keys;
  std::deque<Row> rows; ///< read already
  std::int64_t rowcount = -1;
  std::int64_t rows_read = 0;
  std::string sql;                 ///< kept only if the connection is watched
  std::vector<std::string> params; ///< the same
  std::chrono::nanoseconds duration{0};
  bool counts = false; ///< rowcount is told by the statement's end
  bool reported = false;

  ~ResultState();
  /// Runs the bound statement: queries to their first row, others to the end.
  void execute();
  /// Moves one more row to `rows`; at the end gives the statement back.
  void read();
  /// Ends the execution, whatever is left of it.
  void finish();

private:
  void give_back();
  void report_once();
};

/// Runs SQL that declorm wrote: it has the dialect's placeholders already. Throws as
/// Connection::execute() does.
Result execute_written(Connection &connection, std::string_view sql,
                       const std::vector<Value> &params);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_RESULT_STATE_H
