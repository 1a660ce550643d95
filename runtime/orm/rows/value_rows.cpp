// value_rows.cpp: rows of values in batches.
#include "runtime/orm/rows/value_rows.h"

#include <algorithm>

namespace declorm::detail {

static std::vector<std::string> texts_of(std::span<const Value> values) {
  std::vector<std::string> texts;
  for (const Value &value : values)
    texts.push_back(value.to_string());
  return texts;
}

void execute_rows(ConnectionState &connection, const std::string &sql,
                  std::span<const std::vector<Value>> rows, const ValueRowListener &listener) {
  connection.autobegin();
  const StatementLease statement = connection.prepare(sql);
  const auto begin = std::chrono::steady_clock::now();
  const std::unique_ptr<Batch> batch = statement->batch({});
  std::vector<std::vector<std::string>> executed; // parameters, if somebody watches
  for (std::size_t first = 0; first < rows.size(); first += batch->capacity()) {
    const std::size_t end = std::min(first + batch->capacity(), rows.size());
    for (std::size_t i = first; i != end; ++i)
      batch->add({nullptr, rows[i]});
    listener.expected(first);
    batch->send();
    for (std::size_t i = first; i != end; ++i) {
      listener.expected(i);
      try {
        listener.written(i, batch->next_result());
      } catch (const DatabaseError &) {
        rethrow_with_params(texts_of(rows[i]));
      }
      if (connection.watched())
        executed.push_back(texts_of(rows[i]));
    }
  }
  if (connection.watched())
    connection.report(sql, executed, std::int64_t(rows.size()),
                      std::chrono::steady_clock::now() - begin);
}

} // namespace declorm::detail
