// expression_text.h: Expressions as S-expressions, and errors with the bytes they point at.
#ifndef DECLORM_TEST_UNIT_EXPRESSION_TEXT_H
#define DECLORM_TEST_UNIT_EXPRESSION_TEXT_H

#include "runtime/model/expression/names.h"
#include "runtime/model/expression/parser.h"

namespace declorm::model::test {

inline std::string operator_name(ExprOperator op) {
  static const char *names[] = {
      "none",        "or",   "and",  "not",      "==",    "!=",        "<",  "<=",     ">",
      ">=",          "{op}", "like", "not-like", "ilike", "not-ilike", "in", "not-in", "is-null",
      "is-not-null", "||",   "+",    "-",        "*",     "/",         "%",  "negate"};
  return names[static_cast<unsigned>(op)];
}

inline std::string node_name(const Expr &node) {
  switch (node.kind) {
  case ExprKind::left:
    return "{left}";
  case ExprKind::right:
    return "{right}";
  case ExprKind::null:
    return "null";
  case ExprKind::boolean:
    return node.integer ? "true" : "false";
  case ExprKind::integer:
    return std::to_string(node.integer);
  case ExprKind::real:
    return "real:" + std::to_string(node.real);
  case ExprKind::text:
    return "'" + node.text + "'";
  case ExprKind::name:
    return spell(node.name);
  case ExprKind::operation:
    return operator_name(node.op);
  case ExprKind::between:
    return "between";
  case ExprKind::not_between:
    return "not-between";
  case ExprKind::function:
    return "func." + node.text + (node.distinct ? " distinct" : "");
  case ExprKind::star:
    return "*";
  case ExprKind::case_:
    return std::string("case") + (node.has_operand ? " of" : "") + (node.has_else ? " else" : "");
  case ExprKind::cast:
    return "cast<" + node.text + ">";
  case ExprKind::foreign:
    return "foreign";
  case ExprKind::remote:
    return "remote";
  case ExprKind::ascending:
    return "asc";
  case ExprKind::descending:
    return "desc";
  case ExprKind::select:
    return "select";
  case ExprKind::raw:
    return "sql<" + node.text + ">";
  }
  return "?";
}

inline std::string to_text(const ExprTree &tree, unsigned index) {
  const Expr &node = tree.nodes[index];
  if (node.children.empty())
    return node_name(node);
  std::string text = "(" + node_name(node);
  for (unsigned child : node.children)
    text += " " + to_text(tree, child);
  return text + ")";
}

/// "(== id 1)", or "4-6 'xx': message [fix]" for an error at these bytes.
inline std::string parsed(std::string_view source, Grammar grammar = Grammar::expression) {
  const Parsed result = parse_expression(source, grammar);
  if (const auto *error = std::get_if<ExprError>(&result)) {
    const auto [begin, end] = error->range;
    return std::to_string(begin) + "-" + std::to_string(end) + " '" +
           std::string(source.substr(begin, end - begin)) + "': " + error->message +
           (error->fix.empty() ? "" : " [" + error->fix + "]");
  }
  const auto &tree = std::get<ExprTree>(result);
  std::string text;
  for (unsigned root : tree.roots)
    text += (text.empty() ? "" : ", ") + to_text(tree, root);
  return text;
}

} // namespace declorm::model::test

#endif // DECLORM_TEST_UNIT_EXPRESSION_TEXT_H
