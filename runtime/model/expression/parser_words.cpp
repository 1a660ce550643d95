// parser_words.cpp: The expression language of annotation strings: what begins with a word.
//
// Names, the function-like forms, `case`, `cast`, and functions of the database.

#include "runtime/model/expression/parser_state.h"

#include "runtime/model/diagnostic.h"

#include <algorithm>

namespace declorm::model::parsing {

namespace {

constexpr Form forms[] = {
    {"asc", ExprKind::ascending},
    {"desc", ExprKind::descending},
    {"foreign", ExprKind::foreign},
    {"remote", ExprKind::remote},
    {"is_null", ExprKind::operation, ExprOperator::is_null},
    {"is_not_null", ExprKind::operation, ExprOperator::is_not_null},
    {"cast", ExprKind::cast},
    {"select", ExprKind::select},
    {"sql", ExprKind::raw},
};

/// Keywords that no bare name may be.
constexpr std::string_view reserved[] = {"and", "as",   "between", "else", "end",  "ilike", "in",
                                         "is",  "like", "not",     "or",   "then", "when"};

} // namespace

bool Parser::at_reserved() const {
  return std::any_of(std::begin(reserved), std::end(reserved),
                     [&](std::string_view keyword) { return at_word(keyword); });
}

unsigned Parser::word() {
  const unsigned begin = token_.range.begin;
  if (at_reserved())
    return fail_expected("an expression");
  if (is_next_mark("(")) {
    for (const Form &known : forms)
      if (at_word(known.name))
        return form(known);
  }
  if (at_word("case"))
    return case_();
  if (take_word("null"))
    return add(ExprKind::null, begin);
  if (at_word("true") || at_word("false")) {
    Expr node;
    node.kind = ExprKind::boolean;
    node.integer = at_word("true");
    advance();
    return add(std::move(node), begin);
  }
  if (at_word("func") && is_next_mark(".")) {
    advance();
    std::string called;
    while (take_mark(".")) {
      if (token_.kind != TokenKind::word)
        return fail_expected("the name of a function after 'func.'");
      called += (called.empty() ? "" : ".") + token_.text;
      advance();
    }
    return function(begin, std::move(called));
  }
  if (is_next_mark("(")) {
    if (grammar_ != Grammar::comparison)
      return unknown_function();
    std::string called = token_.text;
    advance();
    return function(begin, std::move(called));
  }
  return name();
}

unsigned Parser::unknown_function() {
  std::vector<std::string> known;
  for (const Form &form : forms)
    known.emplace_back(form.name);
  const std::string called = token_.text;
  if (const std::string near = nearest(called, known); !near.empty())
    return fail(token_.range,
                "unknown function " + quote(called) + "; did you mean " + quote(near) + "?", near);
  return fail(token_.range, "a function of the database is written 'func." + called + "(...)' here",
              "func." + called);
}

unsigned Parser::name() {
  const unsigned begin = token_.range.begin;
  Expr node;
  node.kind = ExprKind::name;
  bool scoped = take_mark("::");
  while (true) {
    const bool is_name = token_.kind == TokenKind::word || token_.kind == TokenKind::quoted_name;
    if (!is_name || (node.name.empty() && at_reserved()))
      return fail_expected(node.name.empty() && !scoped ? "a name" : "a name after the dots");
    node.name.push_back({std::move(token_.text), token_.range, scoped});
    advance();
    scoped = at_mark("::");
    if (!scoped && !at_mark("."))
      break;
    if (scoped && node.name.size() > 1 && !node.name.back().scoped)
      return fail(token_.range, "'::' cannot follow '.'; namespaces and classes come first");
    advance();
  }
  if (at_mark("(")) {
    const std::string_view spelled = source_.substr(begin, end_ - begin);
    return fail({begin, end_}, quote(spelled) + " is called like a function; functions of the "
                                                "database are written 'func.name(...)'");
  }
  return add(std::move(node), begin);
}

unsigned Parser::form(const Form &form) {
  const unsigned begin = token_.range.begin;
  advance();
  advance(); // '('
  if (form.kind == ExprKind::raw)
    return raw(begin);
  const unsigned operand = expression();
  if (operand == failed)
    return failed;
  if (form.kind == ExprKind::cast)
    return cast(begin, operand);
  if (!expect_mark(")", "to close " + quote(std::string(form.name) + "(")))
    return failed;
  if (form.kind == ExprKind::select) {
    std::vector<unsigned> children{operand};
    if (at_mark(".")) {
      const unsigned condition = where();
      if (condition == failed)
        return failed;
      children.push_back(condition);
    }
    return add(ExprKind::select, begin, std::move(children));
  }
  return add(form.kind, begin, {operand}, form.op);
}

unsigned Parser::where() {
  advance(); // '.'
  if (!take_word("where"))
    return fail_expected("'where' after 'select(...).'");
  if (!expect_mark("(", "after 'where'"))
    return failed;
  const unsigned condition = expression();
  if (condition == failed || !expect_mark(")", "to close 'where('"))
    return failed;
  return condition;
}

unsigned Parser::raw(unsigned begin) {
  if (token_.kind != TokenKind::text && token_.kind != TokenKind::quoted_name)
    return fail_expected("a quoted text in 'sql(...)'");
  Expr node;
  node.kind = ExprKind::raw;
  node.text = std::move(token_.text);
  advance();
  if (!expect_mark(")", "to close 'sql('"))
    return failed;
  return add(std::move(node), begin);
}

unsigned Parser::cast(unsigned begin, unsigned operand) {
  Expr node;
  node.kind = ExprKind::cast;
  node.children = {operand};
  if (!expect_word("as", "cast(value as type)") || !type_name(node.text) ||
      !expect_mark(")", "to close 'cast('"))
    return failed;
  return add(std::move(node), begin);
}

bool Parser::type_name(std::string &type) {
  while (token_.kind == TokenKind::word) {
    type += (type.empty() ? "" : " ") + token_.text;
    advance();
  }
  if (type.empty()) {
    fail_expected("a type after 'as'");
    return false;
  }
  if (!take_mark("("))
    return true;
  std::string separator = "(";
  do {
    if (token_.kind != TokenKind::integer) {
      fail_expected("a number in the type's parentheses");
      return false;
    }
    type += separator + token_.text;
    separator = ", ";
    advance();
  } while (take_mark(","));
  type += ')';
  return expect_mark(")", "after the type's numbers");
}

unsigned Parser::case_() {
  Expr node;
  node.kind = ExprKind::case_;
  const unsigned begin = token_.range.begin;
  advance();
  const auto take = [&] {
    node.children.push_back(expression());
    return node.children.back() != failed;
  };
  if (!at_word("when")) {
    node.has_operand = true;
    if (!take())
      return failed;
  }
  if (!at_word("when"))
    return fail_expected("'when' of 'case'");
  while (take_word("when"))
    if (!take() || !expect_word("then", "case when") || !take())
      return failed;
  if (take_word("else")) {
    node.has_else = true;
    if (!take())
      return failed;
  }
  if (!expect_word("end", "case"))
    return failed;
  return add(std::move(node), begin);
}

unsigned Parser::function(unsigned begin, std::string called) {
  Expr node;
  node.kind = ExprKind::function;
  if (!expect_mark("(", "after 'func." + called + "'"))
    return failed;
  node.text = std::move(called);
  if (at_mark("*")) {
    const unsigned star = token_.range.begin;
    advance();
    node.children.push_back(add(ExprKind::star, star));
  } else if (!at_mark(")")) {
    node.distinct = take_word("distinct");
    do {
      node.children.push_back(expression());
      if (node.children.back() == failed)
        return failed;
    } while (take_mark(","));
  }
  if (!expect_mark(")", "to close '" + node.text + "('"))
    return failed;
  return add(std::move(node), begin);
}

} // namespace declorm::model::parsing
