// query_run.cpp: a SELECT from its first parameter to its last row.
#include "runtime/engine/query_run.h"

namespace declorm::detail {

QueryRun::QueryRun(ConnectionState &connection, StatementLease statement, std::string_view sql,
                   std::span<const Value> params)
    : connection_(connection), statement_(std::move(statement)), sql_(sql), params_(params),
      watched_(connection.watched()) {
  for (std::size_t i = 0; i != params.size(); ++i)
    statement_->bind(int(i) + 1, params[i]);
  if (watched_) {
    connection_.log(sql, {literals()});
    begin_ = std::chrono::steady_clock::now();
  }
}

QueryRun::~QueryRun() {
  try {
    finish();
  } catch (...) {
    // An observer that throws from a destructor's report is not heard.
  }
}

bool QueryRun::step_statement() {
  try {
    return statement_->step();
  } catch (const DatabaseError &) {
    rethrow_with_params(literals());
  }
}

std::vector<std::string> QueryRun::literals() const {
  std::vector<std::string> texts;
  for (const Value &value : params_)
    texts.push_back(value.to_string());
  return texts;
}

void QueryRun::finish() {
  if (!statement_)
    return;
  StatementLease(std::move(statement_));
  if (watched_)
    connection_.notify(sql_, literals(), rows_, std::chrono::steady_clock::now() - begin_);
}

} // namespace declorm::detail
