// plan.cpp: how a database would execute a statement, where EXPLAIN gives a line for each step.
#include "declorm/dialect.h"
#include "runtime/engine/result_state.h"

namespace declorm {

std::string Dialect::plan(Connection &connection, const std::string &sql,
                          const std::vector<Value> &params) const {
  std::string text;
  for (const Row &row : detail::execute_written(connection, "EXPLAIN " + sql, params))
    text += row[0].as<std::string>() + "\n";
  return text;
}

} // namespace declorm
