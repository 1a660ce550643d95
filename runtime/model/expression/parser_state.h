// parser_state.h: The parser at work, shared by parser.cpp and parser_words.cpp.
//
// Recursive descent with one token of lookahead. The first error stays and makes every function
// return `failed`; nesting and the depth of trees are bounded.
#ifndef DECLORM_MODEL_EXPRESSION_PARSER_STATE_H
#define DECLORM_MODEL_EXPRESSION_PARSER_STATE_H

#include "runtime/model/expression/lexer.h"
#include "runtime/model/expression/parser.h"

#include <optional>
#include <span>

namespace declorm::model::parsing {

/// What a function of the parser returns instead of a node's number.
inline constexpr unsigned failed = ~0u;

/// An operator between two operands, as it is written.
struct Binary {
  std::string_view spelling;
  ExprOperator op;
};

/// A word that a function-like form of the language begins with.
struct Form {
  std::string_view name;
  ExprKind kind;
  ExprOperator op = ExprOperator::none;
};

/// The text in single quotes, for messages.
inline std::string quote(std::string_view text) { return "'" + std::string(text) + "'"; }

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

  // The grammar: lists and operators (parser.cpp).
  void items();
  void expect_placeholders();
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
  unsigned chain(std::span<const Binary> operators, unsigned (Parser::*operand)());
  unsigned sum();
  unsigned product();
  unsigned concatenation();
  unsigned unary();
  unsigned primary();
  unsigned parenthesis();
  unsigned number(unsigned begin, std::string sign);
  unsigned placeholder();

  // The grammar: what begins with a word (parser_words.cpp).
  unsigned word();
  unsigned name();
  unsigned form(const Form &form);
  unsigned where();
  unsigned raw(unsigned begin);
  unsigned cast(unsigned begin, unsigned operand);
  bool type_name(std::string &type);
  unsigned case_();
  unsigned function(unsigned begin, std::string name);
  unsigned unknown_function();

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

} // namespace declorm::model::parsing

#endif // DECLORM_MODEL_EXPRESSION_PARSER_STATE_H
