// parser.cpp: The expression language of annotation strings.
//
// Recursive descent with one token of lookahead. The first error stays and makes every function
// return `failed`; nesting and the depth of trees are bounded.

#include "runtime/model/expression/parser.h"

#include "runtime/model/diagnostic.h"
#include "runtime/model/expression/lexer.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace declorm::model {

namespace {

constexpr unsigned failed = ~0u;

struct Binary {
  std::string_view spelling;
  ExprOperator op;
};

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

/// Words that a function-like form of the language begins with.
struct Form {
  std::string_view name;
  ExprKind kind;
  ExprOperator op = ExprOperator::none;
};

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

std::string quote(std::string_view text) { return "'" + std::string(text) + "'"; }

class Parser {
public:
  Parser(std::string_view source, Grammar grammar)
      : source_(source), lexer_(source), grammar_(grammar) {
    advance();
    advance();
  }

  Parsed run();

private:
  // Tokens.
  void advance();
  bool at_mark(std::string_view mark) const {
    return (token_.kind == TokenKind::mark || token_.kind == TokenKind::placeholder) &&
           token_.text == mark;
  }
  bool at_word(std::string_view keyword) const {
    return token_.kind == TokenKind::word && is_keyword(token_.text, keyword);
  }
  bool at_reserved() const;
  bool take_mark(std::string_view mark);
  bool take_word(std::string_view keyword);
  bool is_next_mark(std::string_view mark) const {
    return next_.kind == TokenKind::mark && next_.text == mark;
  }
  bool is_next_word(std::string_view keyword) const {
    return next_.kind == TokenKind::word && is_keyword(next_.text, keyword);
  }
  bool expect_mark(std::string_view mark, std::string_view after);
  bool expect_word(std::string_view keyword, std::string_view construct);
  std::string found() const;

  // Errors.
  unsigned fail(TextRange range, std::string message, std::string fix = {});
  unsigned fail_expected(std::string what);

  // Nodes.
  unsigned add(Expr node, unsigned begin);
  unsigned add(ExprKind kind, unsigned begin, std::vector<unsigned> children = {},
               ExprOperator op = ExprOperator::none);

  // The grammar.
  void items();
  unsigned item();
  unsigned expression();
  unsigned conjunction();
  unsigned negation();
  unsigned comparison();
  unsigned comparison_rest(unsigned left, unsigned begin);
  unsigned list(unsigned operand, unsigned begin, ExprOperator op);
  unsigned between(unsigned operand, unsigned begin, ExprKind kind);
  unsigned null_test(unsigned operand, unsigned begin);
  bool at_comparison() const;
  template <std::size_t N>
  unsigned chain(const Binary (&operators)[N], unsigned (Parser::*operand)());
  unsigned sum() { return chain(sums, &Parser::product); }
  unsigned product() { return chain(products, &Parser::concatenation); }
  unsigned concatenation() { return chain(joins, &Parser::unary); }
  unsigned unary();
  unsigned primary();
  unsigned word();
  unsigned parenthesis();
  unsigned number(unsigned begin, std::string sign);
  unsigned name();
  unsigned form(const Form &form);
  unsigned where();
  unsigned raw(unsigned begin);
  unsigned cast(unsigned begin, unsigned operand);
  bool type_name(std::string &type);
  unsigned case_();
  unsigned function(unsigned begin, std::string name);
  unsigned unknown_function();
  unsigned placeholder();

  /// Bounds the nesting while it lives.
  struct Nested {
    explicit Nested(Parser &parser) : parser(parser) { ++parser.nesting_; }
    ~Nested() { --parser.nesting_; }
    Parser &parser;
  };

  std::string_view source_;
  ExprLexer lexer_;
  Grammar grammar_;
  Token token_, next_;
  unsigned end_ = 0; ///< of the last token taken
  unsigned nesting_ = 0;
  ExprTree tree_;
  std::optional<ExprError> error_;
};

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
  if (error_)
    return std::move(*error_);
  return std::move(tree_);
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

template <std::size_t N>
unsigned Parser::chain(const Binary (&operators)[N], unsigned (Parser::*operand)()) {
  const unsigned begin = token_.range.begin;
  unsigned left = (this->*operand)();
  while (left != failed) {
    const auto *op = std::find_if(std::begin(operators), std::end(operators),
                                  [&](const Binary &known) { return at_mark(known.spelling); });
    if (op == std::end(operators))
      break;
    advance();
    const unsigned right = (this->*operand)();
    left = add(ExprKind::operation, begin, {left, right}, op->op);
  }
  return left;
}

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

} // namespace

Parsed parse_expression(std::string_view source, Grammar grammar) {
  return Parser(source, grammar).run();
}

} // namespace declorm::model
