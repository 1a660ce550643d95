// sql_tokens.h: the tokens of SQL, as far as all databases read it alike, for drivers that look at
// a statement's words.
#ifndef DECLORM_ENGINE_SQL_TOKENS_H
#define DECLORM_ENGINE_SQL_TOKENS_H

#include <string>
#include <string_view>

namespace declorm::detail {

struct Token {
  /// `quoted`: in any of "…", `…`, […], '…'; a number is a word, or several tokens.
  enum class Kind : unsigned char { end, word, quoted, other } kind = Kind::end;
  std::string text;             ///< words in upper case, quoted names without their quotes
  std::string name;             ///< words as written
  std::string_view source = {}; ///< in the text that was read
};

/// Takes blanks and comments off the front.
void skip_blank(std::string_view &sql);
/// Takes a token off the front, with the blanks and comments before it. Whatever the text is: what
/// is open at its end ends there.
Token take_token(std::string_view &sql);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_SQL_TOKENS_H
