// compiler_parts.h: the compiler's state for the length of a subquery.
#ifndef DECLORM_SQL_COMPILER_PARTS_H
#define DECLORM_SQL_COMPILER_PARTS_H

#include "runtime/sql/compiler.h"

namespace declorm::detail {

/// The innermost scope for as long as it lives.
class Compiler::InScope {
public:
  InScope(Compiler &compiler, const Scope &scope, bool bare_columns = false)
      : compiler_(compiler), scope_(std::exchange(compiler.scope_, &scope)),
        bare_columns_(std::exchange(compiler.bare_columns_, bare_columns)),
        labels_(std::exchange(compiler.labels_, {})) {}
  ~InScope() {
    compiler_.scope_ = scope_;
    compiler_.bare_columns_ = bare_columns_;
    compiler_.labels_ = std::move(labels_);
  }
  InScope(const InScope &) = delete;
  InScope &operator=(const InScope &) = delete;

private:
  Compiler &compiler_;
  const Scope *scope_;
  bool bare_columns_;
  std::vector<std::string> labels_;
};

/// A pair of parentheses, if they are needed.
class Compiler::Parentheses {
public:
  Parentheses(Compiler &compiler, bool needed) : sql_(compiler.sql_), needed_(needed) {
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

#endif // DECLORM_SQL_COMPILER_PARTS_H
