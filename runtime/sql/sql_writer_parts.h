// sql_writer_parts.h: the writer's state for the length of a subquery.
#ifndef DECLORM_SQL_SQL_WRITER_PARTS_H
#define DECLORM_SQL_SQL_WRITER_PARTS_H

#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

/// The innermost scope for as long as it lives.
class SqlWriter::InScope {
public:
  InScope(SqlWriter &writer, const Scope &scope, bool bare_columns = false)
      : writer_(writer), scope_(std::exchange(writer.scope_, &scope)),
        bare_columns_(std::exchange(writer.bare_columns_, bare_columns)),
        labels_(std::exchange(writer.labels_, {})) {}
  ~InScope() {
    writer_.scope_ = scope_;
    writer_.bare_columns_ = bare_columns_;
    writer_.labels_ = std::move(labels_);
  }
  InScope(const InScope &) = delete;
  InScope &operator=(const InScope &) = delete;

private:
  SqlWriter &writer_;
  const Scope *scope_;
  bool bare_columns_;
  std::vector<std::string> labels_;
};

/// A pair of parentheses, if they are needed.
class SqlWriter::Parentheses {
public:
  Parentheses(SqlWriter &writer, bool needed) : sql_(writer.sql_), needed_(needed) {
    sql_ += needed_ ? "(" : "";
  }
  ~Parentheses() { sql_ += needed_ ? ")" : ""; }
  Parentheses(const Parentheses &) = delete;
  Parentheses &operator=(const Parentheses &) = delete;

private:
  std::string &sql_;
  bool needed_;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_SQL_WRITER_PARTS_H
