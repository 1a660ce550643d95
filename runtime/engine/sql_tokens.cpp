// sql_tokens.cpp: blanks, comments, words, quoted names and texts; all else one character at a
// time.
#include "runtime/engine/sql_tokens.h"

#include "runtime/ascii.h"

#include <algorithm>

namespace declorm::detail {
namespace {

bool is_word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || byte >= 0x80;
}

std::string take_quoted(std::string_view &sql) {
  const char quote = sql.front() == '[' ? ']' : sql.front();
  std::string text;
  std::size_t i = 1;
  for (; i < sql.size(); ++i) {
    if (sql[i] == quote) {
      if (quote == ']' || i + 1 >= sql.size() || sql[i + 1] != quote)
        break;
      ++i; // doubled: one of it
    }
    text += sql[i];
  }
  sql.remove_prefix(std::min(i + 1, sql.size()));
  return text;
}

} // namespace

void skip_blank(std::string_view &sql) {
  while (true) {
    const std::size_t start = sql.find_first_not_of(" \t\r\n\f");
    sql.remove_prefix(start == std::string_view::npos ? sql.size() : start);
    const bool line = sql.starts_with("--");
    if (!line && !sql.starts_with("/*"))
      return;
    const std::size_t end = line ? sql.find('\n') : sql.find("*/", 2);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + (line ? 1 : 2));
  }
}

Token take_token(std::string_view &sql) {
  skip_blank(sql);
  if (sql.empty())
    return {};
  if (sql.front() == '"' || sql.front() == '`' || sql.front() == '[' || sql.front() == '\'') {
    const std::string_view start = sql;
    std::string text = take_quoted(sql);
    return {Token::Kind::quoted, text, text, start.substr(0, start.size() - sql.size())};
  }
  std::size_t size = 0;
  while (size < sql.size() && is_word_char(sql[size]))
    ++size;
  Token token{size ? Token::Kind::word : Token::Kind::other,
              std::string(sql.substr(0, std::max<std::size_t>(size, 1))),
              {},
              sql.substr(0, std::max<std::size_t>(size, 1))};
  token.name = token.text;
  token.text = ascii_upper(token.text);
  sql.remove_prefix(token.text.size());
  return token;
}

} // namespace declorm::detail
