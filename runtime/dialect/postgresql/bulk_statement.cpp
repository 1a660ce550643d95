// bulk_statement.cpp: the text with unnest(), and arrays.
#include "runtime/dialect/postgresql/bulk_statement.h"

#include "runtime/dialect/postgresql/postgresql_wire_values.h"
#include "runtime/engine/sql_tokens.h"

#include <charconv>

namespace declorm::detail {
namespace {

constexpr std::string_view rows_name = "declorm_rows";

/// A type as it is written; null: it is none of these.
const char *name_of(PgType type) {
  switch (type) {
  case PgType::boolean:
    return "boolean";
  case PgType::bytea:
    return "bytea";
  case PgType::int8:
    return "bigint";
  case PgType::int2:
    return "smallint";
  case PgType::int4:
    return "integer";
  case PgType::text:
    return "text";
  case PgType::varchar:
    return "varchar";
  case PgType::bpchar:
    return "bpchar";
  case PgType::json:
    return "json";
  case PgType::jsonb:
    return "jsonb";
  case PgType::float4:
    return "real";
  case PgType::float8:
    return "double precision";
  case PgType::date:
    return "date";
  case PgType::time:
    return "time";
  case PgType::timestamp:
    return "timestamp";
  case PgType::timestamptz:
    return "timestamptz";
  case PgType::numeric:
    return "numeric";
  case PgType::uuid:
    return "uuid";
  default:
    return nullptr;
  }
}

/// Whether PostgresqlParameters sends the values of a type as texts.
bool is_sent_as_text(PgType type) {
  return type == PgType::numeric || type == PgType::jsonb || type == PgType::time;
}

std::string column(std::size_t number) { return "c" + std::to_string(number); }

/// "unnest($1::integer[], …)"
std::string unnest(std::span<const PgType> types) {
  std::string sql = "unnest(";
  for (std::size_t i = 0; i != types.size(); ++i) {
    const char *const element = is_sent_as_text(types[i]) ? "text" : name_of(types[i]);
    sql += (i ? ", $" : "$") + std::to_string(i + 1) + "::" + element + "[]";
  }
  return sql + ")";
}

/// The rows' column in the type of the parameter.
std::string value(std::size_t i, PgType type) {
  std::string sql = std::string(rows_name) + "." + column(i + 1);
  return is_sent_as_text(type) ? sql + "::" + name_of(type) : sql;
}

/// "declorm_rows(c1, c2)"
std::string rows(std::size_t columns, bool has_number) {
  std::string sql = std::string(rows_name) + "(";
  for (std::size_t i = 0; i != columns; ++i)
    sql += (i ? ", " : "") + column(i + 1);
  return sql + (has_number ? ", n)" : ")");
}

/// The number in "$1"; 0: it is no parameter.
std::size_t parameter_number(std::string_view word) {
  std::size_t number = 0;
  const char *const end = word.data() + word.size();
  if (!word.starts_with('$') || std::from_chars(word.data() + 1, end, number).ptr != end)
    return 0;
  return number;
}

std::optional<std::string> bulk_insert(std::string_view sql, std::span<const PgType> types) {
  std::string values = "\nVALUES (";
  for (std::size_t i = 0; i != types.size(); ++i)
    values += (i ? ", $" : "$") + std::to_string(i + 1);
  values += ")";
  const std::size_t at = sql.find(values);
  if (at == std::string_view::npos)
    return std::nullopt;
  const std::string_view rest = sql.substr(at + values.size());
  if (!rest.empty() && !rest.starts_with("\nRETURNING "))
    return std::nullopt;
  std::string result = std::string(sql.substr(0, at)) + "\nSELECT ";
  for (std::size_t i = 0; i != types.size(); ++i)
    result += (i ? ", " : "") + value(i, types[i]);
  return result + "\nFROM " + unnest(types) + " WITH ORDINALITY AS " + rows(types.size(), true) +
         "\nORDER BY n" + std::string(rest);
}

/// `keyword`: in front of the rows, which stand in front of WHERE.
std::optional<std::string> bulk_change(std::string_view sql, std::span<const PgType> types,
                                       const char *keyword) {
  const std::size_t where = sql.find("\nWHERE ");
  if (where == std::string_view::npos)
    return std::nullopt;
  std::string result;
  bool has_rows = false;
  std::string_view rest = sql;
  while (true) {
    const std::string_view before = rest;
    const Token token = take_token(rest);
    const std::string_view source = before.substr(0, before.size() - rest.size());
    const bool is_word = token.kind == Token::Kind::word;
    // What reads other tables, or gives rows back, is left to the pipeline.
    const bool is_of_delete = result == "DELETE";
    if (is_word && !is_of_delete &&
        (token.text == "RETURNING" || token.text == "FROM" || token.text == "USING"))
      return std::nullopt;
    if (static_cast<std::size_t>(source.data() - sql.data()) == where) {
      result +=
          std::string("\n") + keyword + " " + unnest(types) + " AS " + rows(types.size(), false);
      has_rows = true;
    }
    const std::size_t number = is_word ? parameter_number(token.text) : 0;
    if (number > types.size())
      return std::nullopt;
    if (number != 0)
      result += std::string(source.substr(0, source.size() - token.text.size())) +
                value(number - 1, types[number - 1]);
    else
      result += source;
    if (token.kind == Token::Kind::end)
      return has_rows ? std::optional(result) : std::nullopt;
  }
}

} // namespace

std::optional<std::string> bulk_sql(std::string_view sql, std::span<const PgType> types) {
  if (types.empty())
    return std::nullopt;
  for (const PgType type : types)
    if (!name_of(type))
      return std::nullopt;
  if (sql.starts_with("INSERT INTO "))
    return bulk_insert(sql, types);
  if (sql.starts_with("UPDATE "))
    return bulk_change(sql, types, "FROM");
  if (sql.starts_with("DELETE FROM "))
    return bulk_change(sql, types, "USING");
  return std::nullopt;
}

PgArray::PgArray(PgType type)
    : element_(is_sent_as_text(type) ? PgType::text : type),
      format_(is_sent_as_text(type) ? 0 : 1) {
  begin();
}

void PgArray::begin() {
  // Dimensions, whether there are NULLs, the type, and the one dimension's length and lower bound.
  bytes_.assign(20, '\0');
  put_network(bytes_.data(), std::uint32_t(1));
  put_network(bytes_.data() + 8, static_cast<std::uint32_t>(element_));
  put_network(bytes_.data() + 16, std::uint32_t(1));
  count_ = 0;
  has_null_ = false;
}

void PgArray::clear() { begin(); }

bool PgArray::add(const char *value, int length, int format) {
  if (value && format != format_)
    return false;
  char size[4];
  put_network(size, value ? static_cast<std::uint32_t>(length) : ~std::uint32_t(0));
  bytes_.append(size, sizeof size);
  if (value)
    bytes_.append(value, static_cast<std::size_t>(length));
  has_null_ = has_null_ || !value;
  ++count_;
  return true;
}

std::string_view PgArray::bytes() {
  put_network(bytes_.data() + 4, std::uint32_t(has_null_ ? 1 : 0));
  put_network(bytes_.data() + 12, count_);
  return bytes_;
}

} // namespace declorm::detail
