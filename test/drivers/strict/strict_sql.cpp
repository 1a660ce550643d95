// strict_sql.cpp: reads the tokens of a statement for what only SQLite would execute.
#include "test/drivers/strict/strict_sql.h"

#include "runtime/engine/sql_tokens.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace declorm::strict {
namespace {

using detail::Token;

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  for (Token token = detail::take_token(sql); token.kind != Token::Kind::end;
       token = detail::take_token(sql))
    tokens.push_back(std::move(token));
  return tokens;
}

bool is_word(const Token &token, std::string_view text) {
  return token.kind == Token::Kind::word && token.text == text;
}

bool is_sign(const Token &token, std::string_view text) {
  return token.kind == Token::Kind::other && token.text == text;
}

/// Whether the tokens from `at` on are these words and signs.
bool stands(const std::vector<Token> &tokens, std::size_t at,
            std::initializer_list<std::string_view> texts) {
  if (at + texts.size() > tokens.size())
    return false;
  return std::equal(texts.begin(), texts.end(), tokens.begin() + std::ptrdiff_t(at),
                    [](std::string_view text, const Token &token) {
                      return token.kind != Token::Kind::quoted && token.text == text;
                    });
}

/// Why nothing but SQLite would take what stands at `at`.
std::string why_refused_at(const std::vector<Token> &tokens, std::size_t at) {
  const Token &token = tokens[at];
  if (token.kind == Token::Kind::quoted && (token.source[0] == '[' || token.source[0] == '`'))
    return "names are quoted with \", and not as in " + std::string(token.source);
  if (is_sign(token, "?"))
    return "parameters are written $1, $2, …, and not ?";
  if (is_sign(token, ":") && at + 1 != tokens.size() && tokens[at + 1].kind == Token::Kind::word &&
      tokens[at + 1].source.data() == token.source.data() + 1)
    return "parameters are written $1, $2, …, and not :" + tokens[at + 1].name;
  if (stands(tokens, at, {"LIMIT", "-"}))
    return "LIMIT must not be negative";
  if (stands(tokens, at, {"IN", "(", ")"}))
    return "IN needs a value in its parentheses";
  if (stands(tokens, at, {"INSERT", "OR"}) || stands(tokens, at, {"UPDATE", "OR"}) ||
      stands(tokens, at, {"REPLACE", "INTO"}))
    return "there is no " + token.text + " " + tokens[at + 1].text + "; write ON CONFLICT";
  for (const std::string_view word : {"ROWID", "_ROWID_", "OID", "LAST_INSERT_ROWID", "CHANGES"})
    if (is_word(token, word))
      return "there is no " + token.name;
  return "";
}

/// Whether the statement is an UPDATE that returns values.
bool is_returning_update(const std::vector<Token> &tokens) {
  bool updates = false;
  int depth = 0;
  for (const Token &token : tokens) {
    depth += is_sign(token, "(") ? 1 : is_sign(token, ")") ? -1 : 0;
    if (depth != 0)
      continue;
    if (is_word(token, "INSERT") || is_word(token, "DELETE"))
      return false;
    updates = updates || is_word(token, "UPDATE");
    if (updates && is_word(token, "RETURNING"))
      return true;
  }
  return false;
}

} // namespace

std::string why_refused(std::string_view sql) {
  const std::vector<Token> tokens = tokens_of(sql);
  for (std::size_t at = 0; at != tokens.size(); ++at)
    if (std::string why = why_refused_at(tokens, at); !why.empty())
      return why;
  return is_returning_update(tokens) ? "an UPDATE returns no values" : "";
}

int limit_parameter(std::string_view sql) {
  const std::vector<Token> tokens = tokens_of(sql);
  for (std::size_t at = 1; at < tokens.size(); ++at)
    if (is_word(tokens[at - 1], "LIMIT") && tokens[at].text.starts_with('$'))
      return std::atoi(tokens[at].text.c_str() + 1);
  return 0;
}

Control control_of(std::string_view sql) {
  const Token verb = detail::take_token(sql), next = detail::take_token(sql);
  if (is_word(verb, "BEGIN"))
    return Control::begin;
  if (is_word(verb, "COMMIT") || is_word(verb, "END"))
    return Control::commit;
  if (is_word(verb, "ROLLBACK"))
    return is_word(next, "TO") ? Control::rollback_to : Control::rollback;
  if (is_word(verb, "SAVEPOINT"))
    return Control::savepoint;
  return is_word(verb, "RELEASE") ? Control::release : Control::none;
}

} // namespace declorm::strict
