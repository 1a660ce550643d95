// parser.cpp: The expression language of annotation strings: tokens, lists, operators.

#include "runtime/model/expression/parser_state.h"

#include <algorithm>
#include <charconv>

namespace declorm::model {
namespace parsing {

namespace {

constexpr Binary comparisons[] = {
    {"=", ExprOperator::equal},      {"==", ExprOperator::equal},
    {"!=", ExprOperator::not_equal}, {"<>", ExprOperator::not_equal},
    {"<", ExprOperator::less},       {"<=", ExprOperator::less_equal},
    {">", ExprOperator::greater},    {">=", ExprOperator::greater_equal},
    {"{op}", ExprOperator::given},
};
constexpr Binary sums[] = {{"+", ExprOperator::add}, {"-", ExprOperator::subtract}};
constexpr Binary products[] = {
    {"*", ExprOperator::multiply}, {"/", ExprOperator::divide}, {"%", ExprOperator::modulo}};
constexpr Binary joins[] = {{"||", ExprOperator::concat}};

} // namespace

void Parser::advance() {
  end_ = token_.range.end;
  token_ = std::move(next_);
  next_ = lexer_.next();
}

bool Parser::take_mark(std::string_view mark) {
  if (!at_mark(mark))
    return false;
  advance();
  return true;
}

bool Parser::take_word(std::string_view keyword) {
  if (!at_word(keyword))
    return false;
  advance();
  return true;
}

std::string Parser::found() const {
  switch (token_.kind) {
  case TokenKind::end:
    return "the end of the string";
  case TokenKind::text:
    return "a text";
  default:
    return quote(source_.substr(token_.range.begin, token_.range.end - token_.range.begin));
  }
}

unsigned Parser::fail(TextRange range, std::string message, std::string fix) {
  if (!error_)
    error_ = ExprError{std::move(message), range, std::move(fix)};
  return failed;
}

unsigned Parser::fail_expected(std::string what) {
  if (token_.kind == TokenKind::bad)
    return fail(token_.range, token_.text);
  if (at_mark("&&"))
    return fail(token_.range, "'&&' is written 'and' here", "and");
  if (at_mark("!"))
    return fail(token_.range, "'!' is written 'not' here", "not ");
  if (token_.kind == TokenKind::placeholder)
    return fail(token_.range, quote(token_.text) + " stands in 'declorm::comparison' only");
  return fail(token_.range, "expected " + what + ", found " + found());
}

bool Parser::expect_mark(std::string_view mark, std::string_view after) {
  if (take_mark(mark))
    return true;
  fail_expected(quote(mark) + " " + std::string(after));
  return false;
}

bool Parser::expect_word(std::string_view keyword, std::string_view construct) {
  if (take_word(keyword))
    return true;
  fail_expected(quote(keyword) + " of " + quote(construct));
  return false;
}

unsigned Parser::add(Expr node, unsigned begin) {
  node.range = {begin, end_};
  for (unsigned child : node.children) {
    if (child == failed)
      return failed;
    node.depth = std::max(node.depth, tree_.nodes[child].depth + 1);
  }
  if (node.depth > max_expression_depth)
    return fail(node.range,
                "the expression has more than " + std::to_string(max_expression_depth) + " levels");
  tree_.nodes.push_back(std::move(node));
  return static_cast<unsigned>(tree_.nodes.size() - 1);
}

unsigned Parser::add(ExprKind kind, unsigned begin, std::vector<unsigned> children,
                     ExprOperator op) {
  Expr node;
  node.kind = kind;
  node.op = op;
  node.children = std::move(children);
  return add(std::move(node), begin);
}

Parsed Parser::run() {
  items();
  if (!error_ && token_.kind != TokenKind::end)
    fail_expected(grammar_ == Grammar::order || grammar_ == Grammar::names
                      ? "',' or the end of the string"
                      : "an operator or the end of the string");
  if (!error_ && grammar_ == Grammar::comparison)
    expect_placeholders();
  if (error_)
    return std::move(*error_);
  return std::move(tree_);
}

/// A comparison says what to do with both sides, for each operator.
void Parser::expect_placeholders() {
  const auto expect = [this](std::string_view wanted, auto is_it) {
    if (std::ranges::none_of(tree_.nodes, is_it))
      fail({0, static_cast<unsigned>(source_.size())},
           quote(wanted) + " is missing: it is written as \"lower({left}) {op} lower({right})\"");
  };
  expect("{left}", [](const Expr &node) { return node.kind == ExprKind::left; });
  expect("{op}", [](const Expr &node) { return node.op == ExprOperator::given; });
  expect("{right}", [](const Expr &node) { return node.kind == ExprKind::right; });
}

void Parser::items() {
  if (token_.kind == TokenKind::end) {
    fail(token_.range, "the string is empty");
    return;
  }
  const bool several = grammar_ == Grammar::order || grammar_ == Grammar::names;
  do {
    const unsigned root = grammar_ == Grammar::names   ? name()
                          : grammar_ == Grammar::order ? item()
                                                       : expression();
    if (root == failed)
      return;
    tree_.roots.push_back(root);
  } while (several && take_mark(","));
}

unsigned Parser::item() {
  const unsigned begin = token_.range.begin;
  const unsigned value = expression();
  if (value != failed && take_word("desc"))
    return add(ExprKind::descending, begin, {value});
  if (value != failed && take_word("asc"))
    return add(ExprKind::ascending, begin, {value});
  return value;
}

unsigned Parser::expression() {
  const Nested nested(*this);
  if (nesting_ > max_expression_depth)
    return fail(token_.range,
                "the expression has more than " + std::to_string(max_expression_depth) + " levels");
  const unsigned begin = token_.range.begin;
  unsigned left = conjunction();
  while (left != failed && take_word("or"))
    left = add(ExprKind::operation, begin, {left, conjunction()}, ExprOperator::or_);
  return left;
}

unsigned Parser::conjunction() {
  const unsigned begin = token_.range.begin;
  unsigned left = negation();
  while (left != failed && take_word("and"))
    left = add(ExprKind::operation, begin, {left, negation()}, ExprOperator::and_);
  return left;
}

unsigned Parser::negation() {
  const unsigned begin = token_.range.begin;
  unsigned count = 0;
  while (take_word("not"))
    ++count;
  unsigned operand = comparison();
  for (; count != 0 && operand != failed; --count)
    operand = add(ExprKind::operation, begin, {operand}, ExprOperator::not_);
  return operand;
}

bool Parser::at_comparison() const {
  return std::any_of(std::begin(comparisons), std::end(comparisons),
                     [&](const Binary &known) { return at_mark(known.spelling); });
}

unsigned Parser::comparison() {
  const unsigned begin = token_.range.begin;
  const unsigned left = sum();
  if (left == failed)
    return failed;
  const unsigned whole = comparison_rest(left, begin);
  if (whole == failed || whole == left || !at_comparison())
    return whole;
  const bool joined = std::any_of(tree_.nodes.begin(), tree_.nodes.end(),
                                  [](const Expr &node) { return node.op == ExprOperator::concat; });
  return fail(token_.range, joined ? "comparisons cannot be chained; '||' joins texts here, the "
                                     "condition is 'or'"
                                   : "comparisons cannot be chained; join them with 'and'");
}

unsigned Parser::comparison_rest(unsigned left, unsigned begin) {
  for (const Binary &known : comparisons)
    if (at_mark(known.spelling)) {
      if (known.op == ExprOperator::given && grammar_ != Grammar::comparison)
        return fail_expected("an operator");
      advance();
      return add(ExprKind::operation, begin, {left, sum()}, known.op);
    }
  if (take_word("is"))
    return null_test(left, begin);
  bool negated = false;
  if (at_word("not") && (is_next_word("in") || is_next_word("like") || is_next_word("ilike") ||
                         is_next_word("between"))) {
    negated = true;
    advance();
  }
  if (take_word("in"))
    return list(left, begin, negated ? ExprOperator::not_in : ExprOperator::in);
  if (take_word("between"))
    return between(left, begin, negated ? ExprKind::not_between : ExprKind::between);
  if (take_word("like"))
    return add(ExprKind::operation, begin, {left, sum()},
               negated ? ExprOperator::not_like : ExprOperator::like);
  if (take_word("ilike"))
    return add(ExprKind::operation, begin, {left, sum()},
               negated ? ExprOperator::not_ilike : ExprOperator::ilike);
  return left;
}

unsigned Parser::null_test(unsigned operand, unsigned begin) {
  const bool negated = take_word("not");
  if (!expect_word("null", negated ? "is not null" : "is null"))
    return failed;
  return add(ExprKind::operation, begin, {operand},
             negated ? ExprOperator::is_not_null : ExprOperator::is_null);
}

unsigned Parser::list(unsigned operand, unsigned begin, ExprOperator op) {
  if (!expect_mark("(", "after 'in'"))
    return failed;
  std::vector<unsigned> children{operand};
  do {
    const unsigned element = expression();
    if (element == failed)
      return failed;
    children.push_back(element);
  } while (take_mark(","));
  if (!expect_mark(")", "at the end of the list"))
    return failed;
  return add(ExprKind::operation, begin, std::move(children), op);
}

unsigned Parser::between(unsigned operand, unsigned begin, ExprKind kind) {
  const unsigned low = sum();
  if (low == failed || !expect_word("and", "between"))
    return failed;
  const unsigned high = sum();
  return add(kind, begin, {operand, low, high});
}

unsigned Parser::chain(std::span<const Binary> operators, unsigned (Parser::*operand)()) {
  const unsigned begin = token_.range.begin;
  unsigned left = (this->*operand)();
  while (left != failed) {
    const auto op = std::ranges::find_if(
        operators, [&](const Binary &known) { return at_mark(known.spelling); });
    if (op == operators.end())
      break;
    advance();
    const unsigned right = (this->*operand)();
    left = add(ExprKind::operation, begin, {left, right}, op->op);
  }
  return left;
}

unsigned Parser::sum() { return chain(sums, &Parser::product); }
unsigned Parser::product() { return chain(products, &Parser::concatenation); }
unsigned Parser::concatenation() { return chain(joins, &Parser::unary); }

unsigned Parser::unary() {
  const unsigned begin = token_.range.begin;
  unsigned count = 0;
  while (at_mark("-") || at_mark("+")) {
    count += at_mark("-");
    advance();
  }
  if (count == 1 && (token_.kind == TokenKind::integer || token_.kind == TokenKind::real))
    return number(begin, "-");
  unsigned operand = primary();
  for (; count != 0 && operand != failed; --count)
    operand = add(ExprKind::operation, begin, {operand}, ExprOperator::negate);
  return operand;
}

unsigned Parser::number(unsigned begin, std::string sign) {
  const std::string digits = std::move(sign) + token_.text;
  const TextRange range = token_.range;
  Expr node;
  std::from_chars_result result{};
  if (token_.kind == TokenKind::integer) {
    node.kind = ExprKind::integer;
    result = std::from_chars(digits.data(), digits.data() + digits.size(), node.integer);
  } else {
    node.kind = ExprKind::real;
    result = std::from_chars(digits.data(), digits.data() + digits.size(), node.real);
  }
  if (result.ec != std::errc())
    return fail(range, "the number " + quote(digits) + " is too large");
  advance();
  return add(std::move(node), begin);
}

unsigned Parser::primary() {
  const unsigned begin = token_.range.begin;
  switch (token_.kind) {
  case TokenKind::integer:
  case TokenKind::real:
    return number(begin, {});
  case TokenKind::text: {
    Expr node;
    node.kind = ExprKind::text;
    node.text = std::move(token_.text);
    advance();
    return add(std::move(node), begin);
  }
  case TokenKind::placeholder:
    return placeholder();
  case TokenKind::word:
    return word();
  case TokenKind::quoted_name:
    return name();
  case TokenKind::mark:
    if (at_mark("::"))
      return name();
    if (at_mark("("))
      return parenthesis();
    break;
  default:
    break;
  }
  return fail_expected("an expression");
}

unsigned Parser::parenthesis() {
  advance();
  const unsigned inner = expression();
  if (inner == failed || !expect_mark(")", "to close '('"))
    return failed;
  return inner;
}

unsigned Parser::placeholder() {
  if (grammar_ != Grammar::comparison || at_mark("{op}"))
    return fail_expected("an expression");
  const unsigned begin = token_.range.begin;
  const ExprKind kind = at_mark("{left}") ? ExprKind::left : ExprKind::right;
  advance();
  return add(kind, begin);
}

} // namespace parsing

Parsed parse_expression(std::string_view source, Grammar grammar) {
  return parsing::Parser(source, grammar).run();
}

} // namespace declorm::model
