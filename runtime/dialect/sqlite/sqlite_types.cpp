// sqlite_types.cpp: the names of types that other databases have too, then SQLite's affinities.
#include "runtime/dialect/sqlite/sqlite_types.h"

#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/sqlite.h"

#include <algorithm>
#include <array>
#include <optional>

namespace declorm::detail {
namespace {

struct KnownType {
  std::string_view name;
  TypeKind kind;
};

constexpr KnownType known_types[] = {
    {"BIGINT", TypeKind::big_integer},
    {"BINARY", TypeKind::large_binary},
    {"BLOB", TypeKind::large_binary},
    {"BOOL", TypeKind::boolean},
    {"BOOLEAN", TypeKind::boolean},
    {"BYTEA", TypeKind::large_binary},
    {"CHAR", TypeKind::string},
    {"CHARACTER", TypeKind::string},
    {"CHARACTER VARYING", TypeKind::string},
    {"CLOB", TypeKind::text},
    {"DATE", TypeKind::date},
    {"DATETIME", TypeKind::date_time},
    {"DEC", TypeKind::numeric},
    {"DECIMAL", TypeKind::numeric},
    {"DECIMAL_TEXT", TypeKind::numeric},
    {"DOUBLE", TypeKind::double_},
    {"DOUBLE PRECISION", TypeKind::double_},
    {"FLOAT", TypeKind::float_},
    {"INT", TypeKind::integer},
    {"INT2", TypeKind::small_integer},
    {"INT4", TypeKind::integer},
    {"INT8", TypeKind::big_integer},
    {"INTEGER", TypeKind::integer},
    {"INTERVAL", TypeKind::interval},
    {"JSON", TypeKind::json},
    {"JSONB", TypeKind::json},
    {"LONGBLOB", TypeKind::large_binary},
    {"LONGTEXT", TypeKind::text},
    {"MEDIUMBLOB", TypeKind::large_binary},
    {"MEDIUMINT", TypeKind::integer},
    {"MEDIUMTEXT", TypeKind::text},
    {"NATIVE CHARACTER", TypeKind::string},
    {"NCHAR", TypeKind::string},
    {"NTEXT", TypeKind::text},
    {"NUMERIC", TypeKind::numeric},
    {"NVARCHAR", TypeKind::string},
    {"REAL", TypeKind::double_}, // SQLite's has 8 bytes
    {"SMALLINT", TypeKind::small_integer},
    {"TEXT", TypeKind::text},
    {"TIME", TypeKind::time},
    {"TIMESTAMP", TypeKind::date_time},
    {"TINYBLOB", TypeKind::large_binary},
    {"TINYINT", TypeKind::small_integer},
    {"TINYTEXT", TypeKind::text},
    {"UNSIGNED BIG INT", TypeKind::big_integer},
    {"UUID", TypeKind::uuid},
    {"VARBINARY", TypeKind::large_binary},
    {"VARCHAR", TypeKind::string},
    {"VARCHAR2", TypeKind::string},
    {"VARYING CHARACTER", TypeKind::string},
};

static_assert(std::ranges::is_sorted(known_types, {}, &KnownType::name));

/// In capitals, each run of blanks one space, none at the ends.
std::string normalised(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_ascii_blank(c))
      result += ascii_upper(c);
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' '))
    result.pop_back();
  return result;
}

std::string without_blanks(std::string_view text) {
  std::string result = normalised(text);
  std::erase(result, ' ');
  return result;
}

/// "NUMERIC" and 10, 2 of "NUMERIC(10, 2)".
struct Declared {
  std::string name;
  std::array<unsigned, 2> numbers{};
  std::size_t count = 0; ///< of numbers
};

/// The number that `text` is, if it is one of at most nine digits.
std::optional<unsigned> number(std::string_view text) {
  if (text.empty() || text.size() > 9)
    return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9')
      return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// Nothing if it is not a name with up to two numbers in parentheses behind it.
std::optional<Declared> take_apart(const std::string &text) {
  Declared result;
  const std::size_t open = text.find('(');
  result.name = normalised(std::string_view(text).substr(0, open));
  if (open == std::string::npos)
    return result;
  if (!text.ends_with(')'))
    return std::nullopt;
  std::string_view rest = std::string_view(text).substr(open + 1);
  rest.remove_suffix(1);
  while (true) {
    const std::size_t comma = rest.find(',');
    const std::optional<unsigned> value = number(without_blanks(rest.substr(0, comma)));
    if (!value || result.count == 2)
      return std::nullopt;
    result.numbers[result.count++] = *value;
    if (comma == std::string_view::npos)
      return result;
    rest.remove_prefix(comma + 1);
  }
}

Type known_type(TypeKind kind, const Declared &declared) {
  Type type{.kind = kind};
  if (kind == TypeKind::string || kind == TypeKind::large_binary)
    type.length = declared.numbers[0];
  if (kind == TypeKind::numeric) {
    type.precision = declared.numbers[0];
    type.scale = declared.numbers[1];
    type.exact = declared.name == "DECIMAL_TEXT";
  }
  return type;
}

/// What SQLite's rules make of a name: "Determination Of Column Affinity" in its documentation.
/// Its NUMERIC takes whatever comes, as no type at all does: these are left as they are.
TypeKind affinity(std::string_view text) {
  const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
  if (has("INT"))
    return TypeKind::integer;
  if (has("CHAR"))
    return TypeKind::string;
  if (has("CLOB") || has("TEXT"))
    return TypeKind::text;
  if (has("BLOB"))
    return TypeKind::large_binary;
  if (has("REAL") || has("FLOA") || has("DOUB"))
    return TypeKind::double_;
  return TypeKind::raw;
}

Type meaning(const std::string &text) {
  const std::optional<Declared> declared = take_apart(text);
  if (declared) {
    const auto known = std::ranges::lower_bound(known_types, std::string_view(declared->name), {},
                                                &KnownType::name);
    if (known != std::end(known_types) && known->name == declared->name)
      return known_type(known->kind, *declared);
  }
  Type type{.kind = affinity(text)};
  if (declared && type.kind == TypeKind::string)
    type.length = declared->numbers[0];
  return type;
}

} // namespace

Type sqlite_type(std::string_view declared) {
  const std::string text = normalised(declared);
  Type type = meaning(text);
  const bool is_as_written =
      type.kind != TypeKind::raw &&
      without_blanks(sqlite_dialect().type_sql(type)) == without_blanks(text);
  if (!is_as_written)
    type.name = declared;
  return type;
}

} // namespace declorm::detail
