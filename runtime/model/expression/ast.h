// ast.h: The expressions of annotation strings as plain data.
//
// A tree of nodes in one array: copying, walking and destroying it take no recursion. Each node
// knows where it stands in the string, so that what is wrong with it can be shown there.
#ifndef DECLORM_MODEL_EXPRESSION_AST_H
#define DECLORM_MODEL_EXPRESSION_AST_H

#include <cstdint>
#include <string>
#include <vector>

namespace declorm::model {

/// Bytes [begin, end) of a string.
struct TextRange {
  unsigned begin = 0, end = 0;
};

enum class ExprKind : unsigned char {
  name,        ///< `name`: "email", "shop::Address.email", "schema.table.column"
  left,        ///< {left} of a comparison
  right,       ///< {right} of a comparison
  null,        //
  boolean,     ///< `integer`: 0 or 1
  integer,     ///< `integer`
  real,        ///< `real`
  text,        ///< `text`
  operation,   ///< `op` on the children
  between,     ///< operand, low, high
  not_between, //
  function,    ///< func.`text`(children)
  star,        ///< the * of func.count(*)
  case_,       ///< [operand,] condition, value, …, [else]
  cast,        ///< the child as `text`
  foreign,     ///< foreign(child)
  remote,      ///< remote(child)
  ascending,   ///< asc(child)
  descending,  ///< desc(child)
  select,      ///< a scalar subquery: value [, condition]
  raw,         ///< sql("text")
};

enum class ExprOperator : unsigned char {
  none,
  or_,
  and_,
  not_,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  given, ///< {op} of a comparison
  like,
  not_like,
  ilike,
  not_ilike,
  in, ///< operand, items…
  not_in,
  is_null,
  is_not_null,
  concat,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
};

/// One identifier of a chain.
struct NamePart {
  std::string text;
  TextRange range;
  bool scoped = false; ///< "::" stands before it
};

struct Expr {
  ExprKind kind = ExprKind::null;
  ExprOperator op = ExprOperator::none;
  bool has_operand = false; ///< case_: `case x when …`
  bool has_else = false;    ///< case_
  bool distinct = false;    ///< function: func.count(distinct x)
  TextRange range;          ///< all of it
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  std::vector<NamePart> name;
  std::vector<unsigned> children; ///< indexes into ExprTree::nodes
  unsigned depth = 1;             ///< of the tree below, for the limit
};

struct ExprTree {
  std::vector<Expr> nodes;     ///< children before their parents
  std::vector<unsigned> roots; ///< one; several where commas separate them

  const Expr &root() const { return nodes[roots.front()]; }
};

/// What is wrong with a string.
struct ExprError {
  std::string message;
  TextRange range;
  std::string fix; ///< what the range should be instead, or ""
};

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_AST_H
