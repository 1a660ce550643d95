// sqlite_plan.cpp: SQLite's EXPLAIN QUERY PLAN, whose steps are a tree.
#include "runtime/dialect/sqlite/sqlite_dialect.h"
#include "runtime/engine/result_state.h"

#include <map>

namespace declorm::detail {

std::string SqliteDialect::plan(Connection &connection, const std::string &sql,
                                const std::vector<Value> &params) const {
  std::string text;
  std::map<std::int64_t, std::size_t> depths; ///< of the steps, by their numbers
  for (const Row &row : execute_written(connection, "EXPLAIN QUERY PLAN " + sql, params)) {
    const auto parent = depths.find(row[1].as<std::int64_t>());
    const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
    depths.emplace(row[0].as<std::int64_t>(), depth);
    text += std::string(depth * 2, ' ') + row[3].as<std::string>() + "\n";
  }
  return text;
}

} // namespace declorm::detail
