// lexer.cpp: The tokens of annotation strings.

#include "runtime/model/expression/lexer.h"

#include "runtime/ascii.h"

#include <algorithm>

namespace declorm::model {

namespace {

// Not <cctype>: the locale must not change what a string means.
using detail::ascii_lower;
using detail::is_ascii_blank;
using detail::is_ascii_digit;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Longer ones first.
constexpr std::string_view marks[] = {"::", "||", "==", "!=", "<>", "<=", ">=", "&&", "(", ")", ",",
                                      ".",  "+",  "-",  "*",  "/",  "%",  "=",  "<",  ">", "!"};

std::string spelled(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte < 0x7F)
    return std::string("'") + c + "'";
  return std::string("'\\x") + digits[byte >> 4] + digits[byte & 15] + "'";
}

} // namespace

bool is_keyword(std::string_view word, std::string_view keyword) {
  return std::equal(word.begin(), word.end(), keyword.begin(), keyword.end(),
                    [](char a, char b) { return ascii_lower(a) == b; });
}

Token ExprLexer::take(TokenKind kind, std::size_t begin) const {
  return {kind,
          {static_cast<unsigned>(begin), static_cast<unsigned>(at_)},
          std::string(source_.substr(begin, at_ - begin))};
}

Token ExprLexer::word() {
  const std::size_t begin = at_;
  while (at_ < source_.size() && (is_letter(source_[at_]) || is_ascii_digit(source_[at_])))
    ++at_;
  return take(TokenKind::word, begin);
}

Token ExprLexer::number() {
  const std::size_t begin = at_;
  const auto digits = [&] {
    while (at_ < source_.size() && is_ascii_digit(source_[at_]))
      ++at_;
  };
  TokenKind kind = TokenKind::integer;
  digits();
  if (at(".")) {
    kind = TokenKind::real;
    ++at_;
    digits();
  }
  if (at("e") || at("E")) {
    kind = TokenKind::real;
    ++at_;
    if (at("+") || at("-"))
      ++at_;
    digits();
  }
  Token token = take(kind, begin);
  const bool cut_short = !is_ascii_digit(token.text.back()) && token.text.back() != '.';
  if (cut_short || (at_ < source_.size() && is_letter(source_[at_]))) {
    word();
    token = take(TokenKind::bad, begin);
    token.text = "'" + token.text + "' is no number";
  }
  return token;
}

Token ExprLexer::quoted(char quote) {
  const std::size_t begin = at_++;
  std::string text;
  for (; at_ < source_.size(); ++at_) {
    if (source_[at_] == quote) {
      ++at_;
      if (at_ == source_.size() || source_[at_] != quote) {
        Token token = take(quote == '"' ? TokenKind::quoted_name : TokenKind::text, begin);
        token.text = std::move(text);
        return token;
      }
    }
    text += source_[at_];
  }
  Token token = take(TokenKind::bad, begin);
  token.text = std::string("missing ") + (quote == '"' ? "'\"'" : "\"'\"") +
               (quote == '"' ? " at the end of a name" : " at the end of a text");
  return token;
}

Token ExprLexer::mark() {
  const std::size_t begin = at_;
  for (std::string_view known : marks)
    if (at(known)) {
      at_ += known.size();
      return take(TokenKind::mark, begin);
    }
  for (std::string_view known : {"{left}", "{right}", "{op}"})
    if (at(known)) {
      at_ += known.size();
      return take(TokenKind::placeholder, begin);
    }
  ++at_;
  Token token = take(TokenKind::bad, begin);
  token.text = "unexpected character " + spelled(source_[begin]);
  return token;
}

Token ExprLexer::next() {
  while (at_ < source_.size() && is_ascii_blank(source_[at_]))
    ++at_;
  if (at_ == source_.size())
    return take(TokenKind::end, at_);
  const char c = source_[at_];
  if (is_letter(c))
    return word();
  if (is_ascii_digit(c) ||
      (c == '.' && at_ + 1 < source_.size() && is_ascii_digit(source_[at_ + 1])))
    return number();
  if (c == '"' || c == '\'')
    return quoted(c);
  return mark();
}

} // namespace declorm::model
