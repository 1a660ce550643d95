// postgresql_statement_kind.cpp: what a statement's first words say.
#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_statement.h"
#include "runtime/engine/sql_tokens.h"

#include <algorithm>

namespace declorm::detail {
namespace {

bool is_one_of(const std::string &word, std::initializer_list<const char *> words) {
  return std::ranges::find(words, word) != words.end();
}

bool has_word(std::string_view sql, std::string_view word) {
  for (Token token = take_token(sql); token.kind != Token::Kind::end; token = take_token(sql))
    if (token.kind == Token::Kind::word && token.text == word)
      return true;
  return false;
}

/// The verb behind WITH … AS (…).
Token take_verb_of_with(std::string_view &sql) {
  Token token;
  int depth = 0;
  do {
    token = take_token(sql);
    if (token.kind == Token::Kind::other)
      depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
  } while (token.kind != Token::Kind::end &&
           (depth != 0 || token.kind != Token::Kind::word ||
            !is_one_of(token.text, {"SELECT", "VALUES", "INSERT", "UPDATE", "DELETE", "MERGE"})));
  return token;
}

/// Whether the statement must not run in a transaction, or means the whole session.
bool is_standalone(const std::string &verb, std::string_view rest) {
  if (is_one_of(verb, {"VACUUM", "LISTEN", "UNLISTEN", "SHOW", "RESET", "DISCARD"}))
    return true;
  const std::string second = take_token(rest).text;
  if (verb == "SET")
    return !is_one_of(second, {"LOCAL", "TRANSACTION", "CONSTRAINTS"});
  if (is_one_of(verb, {"CREATE", "DROP", "ALTER"}) &&
      is_one_of(second, {"DATABASE", "TABLESPACE", "SYSTEM"}))
    return true;
  return is_one_of(verb, {"CREATE", "DROP", "REINDEX"}) && has_word(rest, "CONCURRENTLY");
}

} // namespace

StatementKind postgresql_statement_kind(std::string_view sql) {
  std::string_view rest = sql;
  Token token = take_token(rest);
  while (token.text == "(") // (SELECT …) UNION …
    token = take_token(rest);
  if (token.text == "WITH")
    token = take_verb_of_with(rest);
  const std::string verb = token.text;
  if (token.kind == Token::Kind::end || verb == ";")
    throw ProgrammingError("the statement is empty\n[SQL: " + std::string(sql) + "]",
                           std::string(sql));
  if (is_one_of(verb, {"INSERT", "UPDATE", "DELETE", "MERGE"}))
    return StatementKind::write;
  if (is_one_of(verb,
                {"BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"}) ||
      (verb == "PREPARE" && take_token(rest).text == "TRANSACTION"))
    return StatementKind::control;
  if (is_standalone(verb, rest))
    return StatementKind::standalone;
  return is_one_of(verb, {"SELECT", "VALUES", "TABLE", "EXPLAIN", "FETCH"})
             ? StatementKind::query
             : StatementKind::definition;
}

} // namespace declorm::detail
