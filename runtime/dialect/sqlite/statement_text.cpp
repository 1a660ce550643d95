// statement_text.cpp: a reader of SQL's tokens, no more than messages and transactions need.
#include "runtime/dialect/sqlite/statement_text.h"

#include <algorithm>

namespace declorm::detail {
namespace {

struct Token {
  enum class Kind : unsigned char { end, word, quoted, other } kind = Kind::end;
  std::string text; ///< words in upper case, quoted names without their quotes
  std::string name; ///< words as written
};

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

Token take_token(std::string_view &sql) {
  skip_blank(sql);
  if (sql.empty())
    return {};
  if (sql.front() == '"' || sql.front() == '`' || sql.front() == '[' || sql.front() == '\'') {
    std::string text = take_quoted(sql);
    return {Token::Kind::quoted, text, text};
  }
  std::size_t size = 0;
  while (size < sql.size() && is_word_char(sql[size]))
    ++size;
  Token token{size ? Token::Kind::word : Token::Kind::other,
              std::string(sql.substr(0, std::max<std::size_t>(size, 1))),
              {}};
  token.name = token.text;
  for (char &c : token.text)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  sql.remove_prefix(token.text.size());
  return token;
}

bool is_one_of(const std::string &word, std::initializer_list<const char *> words) {
  return std::ranges::find(words, word) != words.end();
}

/// The verb at the front, or behind WITH … (…).
Token take_verb(std::string_view &sql) {
  Token token = take_token(sql);
  if (token.text != "WITH")
    return token;
  for (int depth = 0; token.kind != Token::Kind::end; token = take_token(sql)) {
    if (token.kind == Token::Kind::other)
      depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
    if (depth == 0 && token.kind == Token::Kind::word &&
        is_one_of(token.text, {"SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"}))
      break;
  }
  return token;
}

} // namespace

StatementKind statement_kind(std::string_view sql, bool read_only) {
  const std::string verb = take_verb(sql).text;
  if (is_one_of(verb, {"INSERT", "REPLACE", "UPDATE", "DELETE"}))
    return StatementKind::write;
  if (is_one_of(verb, {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"}))
    return StatementKind::control;
  if (is_one_of(verb, {"PRAGMA", "VACUUM", "ATTACH", "DETACH"}))
    return StatementKind::standalone;
  return read_only ? StatementKind::query : StatementKind::definition;
}

WriteTarget write_target(std::string_view sql) {
  WriteTarget target;
  const std::string verb = take_verb(sql).text;
  Token token = take_token(sql);
  if (token.text == "OR") { // INSERT OR IGNORE
    take_token(sql);
    token = take_token(sql);
  }
  if (is_one_of(verb, {"INSERT", "REPLACE"}))
    target.verb = WriteTarget::Verb::insert;
  else if (verb == "UPDATE")
    target.verb = WriteTarget::Verb::update;
  else if (verb == "DELETE")
    target.verb = WriteTarget::Verb::delete_;
  else
    return target;
  if (is_one_of(token.text, {"INTO", "FROM"}))
    token = take_token(sql);
  target.table = token.name;
  if (take_token(sql).text == ".") {
    target.schema = std::move(target.table);
    target.table = take_token(sql).name;
  }
  return target;
}

bool is_blank(std::string_view sql) {
  while (true) {
    skip_blank(sql);
    if (sql.empty())
      return true;
    if (sql.front() != ';')
      return false;
    sql.remove_prefix(1);
  }
}

} // namespace declorm::detail
