// catalog_text.cpp: taking off what PostgreSQL puts around expressions.
#include "runtime/dialect/postgresql/catalog_text.h"

#include "runtime/engine/sql_tokens.h"

namespace declorm::detail {
namespace {

/// Where the parenthesis that `sql` begins with is closed; npos: nowhere.
std::size_t closing(std::string_view sql) {
  std::string_view rest = sql;
  int depth = 0;
  for (Token token = take_token(rest); token.kind != Token::Kind::end; token = take_token(rest)) {
    if (token.kind != Token::Kind::other)
      continue;
    depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
    if (depth == 0)
      return sql.size() - rest.size() - 1;
  }
  return std::string_view::npos;
}

/// How long the name of a type at the front is; 0: of one that PostgreSQL never adds.
std::size_t type_length(std::string_view sql) {
  for (const std::string_view name :
       {"text", "numeric", "bigint", "smallint", "integer", "double precision", "real",
        "character varying", "bpchar", "date", "jsonb", "boolean"})
    if (sql.starts_with(name) &&
        (sql.size() == name.size() || std::string_view(" ),").find(sql[name.size()]) != sql.npos))
      return name.size();
  return 0;
}

} // namespace

std::string without_parentheses(std::string_view sql) {
  while (sql.starts_with('(') && closing(sql) == sql.size() - 1)
    sql = sql.substr(1, sql.size() - 2);
  return std::string(sql);
}

std::string without_cast(std::string_view sql) {
  std::string_view rest = sql;
  const Token literal = take_token(rest);
  if (literal.kind != Token::Kind::quoted || !rest.starts_with("::"))
    return std::string(sql);
  const std::string_view type = rest.substr(2);
  // A type is words, perhaps with a length in parentheses; operators are no part of one.
  if (type.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ "
                             "\".(),[]") != std::string_view::npos)
    return std::string(sql);
  return std::string(literal.source);
}

std::string without_added_casts(std::string_view sql,
                                const std::function<bool(std::string_view column)> &is_text) {
  std::string result;
  std::string_view rest = sql;
  while (!rest.empty()) {
    const std::string_view before = rest;
    const Token token = take_token(rest);
    std::string_view source = before.substr(0, before.size() - rest.size());
    if (!rest.starts_with("::")) {
      result += source;
      continue;
    }
    // "name::text", "(name)::text", "'x'::text" or "(0)::numeric": what is cast is one token.
    const bool is_enclosed = token.text == ")";
    const std::size_t open = is_enclosed ? result.rfind('(') : std::string::npos;
    const std::string inner =
        is_enclosed && open != std::string::npos ? result.substr(open + 1) : token.name;
    const bool is_string = token.kind == Token::Kind::quoted && token.source.starts_with('\'');
    const bool is_number =
        !inner.empty() && inner.find_first_not_of("0123456789.") == std::string::npos;
    std::string_view type = rest.substr(2);
    const std::size_t end = type_length(type);
    const bool is_column = !is_string && is_text(inner) && type.substr(0, end) == "text";
    if (end == 0 || !(is_string || is_number || is_column)) {
      result += source;
      result += "::";
      rest.remove_prefix(2);
      continue;
    }
    if (is_enclosed)
      result = result.substr(0, open) + inner;
    else
      result += source;
    rest.remove_prefix(2 + end);
  }
  return result;
}

std::string check_condition(std::string_view definition) {
  const std::size_t open = definition.find('(');
  if (open == std::string_view::npos)
    return std::string(definition);
  const std::string_view condition = definition.substr(open);
  return without_parentheses(condition.substr(0, closing(condition) + 1));
}

} // namespace declorm::detail
