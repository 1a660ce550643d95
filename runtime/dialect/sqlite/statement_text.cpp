// statement_text.cpp: reads no more of a statement than messages and transactions need.
#include "runtime/dialect/sqlite/statement_text.h"

#include "runtime/engine/sql_tokens.h"

#include <algorithm>

namespace declorm::detail {
namespace {

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
