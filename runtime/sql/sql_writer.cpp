// sql_writer.cpp: what a statement's text and parameters become when all parts are written.
#include "runtime/sql/sql_writer.h"

#include "declorm/dialect.h"
#include "runtime/engine/text_rules.h"

#include <algorithm>

namespace declorm::detail {

void SqlWriter::bind(Value value) {
  compiled_.params.push_back(std::move(value));
  sql_ += '\0';
}

std::string SqlWriter::placeholder(int number, const Value &) const {
  return dialect_.text_rules().placeholder(number);
}

Compiled SqlWriter::take() {
  std::string sql;
  std::vector<Value> params;
  bool recursive = false;
  for (const WrittenCte &cte : ctes_)
    recursive |= cte.recursive;
  for (WrittenCte &cte : ctes_) {
    for (const Table *table : compiled_.tables)
      if (table->schema().empty() && ascii_lower(table->name()) == ascii_lower(cte.name))
        throw ArgumentError("the common table expression '" + cte.name +
                            "' has the name of a table that the statement uses, and would hide "
                            "it; give it another name");
    sql += !sql.empty() ? ",\n" : recursive ? "WITH RECURSIVE " : "WITH ";
    sql += cte.sql;
    std::move(cte.params.begin(), cte.params.end(), std::back_inserter(params));
  }
  sql += sql.empty() ? sql_ : "\n" + sql_;
  std::move(compiled_.params.begin(), compiled_.params.end(), std::back_inserter(params));
  std::size_t bound = 0;
  for (const char c : sql) {
    if (c == '\0') {
      compiled_.sql += placeholder(int(bound) + 1, params[bound]);
      ++bound;
    } else
      compiled_.sql += c;
  }
  compiled_.params = std::move(params);
  return std::move(compiled_);
}

Compiled compile(const SelectData &select, const Dialect &dialect,
                 std::span<const ExtraColumn> extra, const std::vector<bool> &left_out) {
  const std::unique_ptr<SqlWriter> writer = dialect.sql_writer();
  writer->select_also(extra);
  if (!left_out.empty())
    writer->leave_out(left_out);
  writer->write_statement(select);
  return writer->take();
}

Compiled compile(const WriteData &write, const Dialect &dialect) {
  const std::unique_ptr<SqlWriter> writer = dialect.sql_writer();
  writer->write_statement(write);
  return writer->take();
}

} // namespace declorm::detail

namespace declorm {

std::unique_ptr<detail::SqlWriter> Dialect::sql_writer() const {
  return std::make_unique<detail::SqlWriter>(*this);
}

} // namespace declorm
