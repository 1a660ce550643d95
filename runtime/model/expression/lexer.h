// lexer.h: The tokens of annotation strings.
#ifndef DECLORM_MODEL_EXPRESSION_LEXER_H
#define DECLORM_MODEL_EXPRESSION_LEXER_H

#include "runtime/model/expression/ast.h"

#include <string_view>

namespace declorm::model {

enum class TokenKind : unsigned char {
  end,
  word,        ///< an identifier or a keyword
  quoted_name, ///< "full name"
  integer,
  real,
  text,        ///< 'it''s'
  mark,        ///< an operator or other punctuation, as in the source
  placeholder, ///< {left}
  bad,         ///< `text` says what is wrong
};

struct Token {
  TokenKind kind = TokenKind::end;
  TextRange range;
  std::string text; ///< without quotes; of a bad token the message
};

/// Cuts a string into tokens. Any bytes will do; those above 127 count as letters.
class ExprLexer {
public:
  explicit ExprLexer(std::string_view source) : source_(source) {}

  Token next();

private:
  Token take(TokenKind kind, std::size_t begin) const;
  Token word();
  Token number();
  Token quoted(char quote);
  Token mark();
  bool at(std::string_view text) const { return source_.substr(at_).starts_with(text); }

  std::string_view source_;
  std::size_t at_ = 0;
};

/// Whether `word` is the keyword, in any case.
bool is_keyword(std::string_view word, std::string_view keyword);

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_LEXER_H
