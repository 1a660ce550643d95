// cpp_type.cpp: types of SQL, by kind or by name, to types of C++.

#include "utils/declorm-automap/cpp_type.h"

#include "declorm/dialect.h"
#include "runtime/ascii.h"
#include "runtime/engine/type_rules.h"
#include "runtime/schema/ddl_writer.h"

#include <algorithm>
#include <optional>

namespace declorm::automap {

namespace {

struct CppTypeRow {
  CppKind kind;
  std::string_view name, include;
  bool by_value;
};

constexpr CppTypeRow cpp_types[] = {
    {CppKind::int16, "std::int16_t", "<cstdint>", true},
    {CppKind::int32, "std::int32_t", "<cstdint>", true},
    {CppKind::int64, "std::int64_t", "<cstdint>", true},
    {CppKind::boolean, "bool", "", true},
    {CppKind::float64, "double", "", true},
    {CppKind::text, "std::string", "<string>", false},
    {CppKind::bytes, "std::vector<std::byte>", "<cstddef>", false},
    {CppKind::date, "std::chrono::year_month_day", "<chrono>", true},
    {CppKind::date_time, "std::chrono::sys_time<std::chrono::microseconds>", "<chrono>", true},
    {CppKind::local_time, "std::chrono::local_time<std::chrono::microseconds>", "<chrono>", true},
    {CppKind::decimal, "declorm::Decimal", "<declorm/decimal.h>", true},
    {CppKind::uuid, "declorm::UUID", "<declorm/uuid.h>", true},
};

struct NamedType {
  std::string_view name;
  CppKind kind;
};

/// Names in use for types, without what stands in parentheses.
constexpr NamedType named_types[] = {
    {"BIGINT", CppKind::int64},        {"BIGSERIAL", CppKind::int64},
    {"BIT", CppKind::int64},           {"INT", CppKind::int64},
    {"INT2", CppKind::int64},          {"INT4", CppKind::int64},
    {"INT8", CppKind::int64},          {"INTEGER", CppKind::int64},
    {"INT UNSIGNED", CppKind::int64},  {"MEDIUMINT", CppKind::int64},
    {"SERIAL", CppKind::int64},        {"SMALLINT", CppKind::int64},
    {"TINYINT", CppKind::int64},       {"UNSIGNED BIG INT", CppKind::int64},
    {"UNSIGNED INT", CppKind::int64},  {"YEAR", CppKind::int64},
    {"BOOL", CppKind::boolean},        {"BOOLEAN", CppKind::boolean},
    {"DOUBLE", CppKind::float64},      {"DOUBLE PRECISION", CppKind::float64},
    {"FLOAT", CppKind::float64},       {"FLOAT4", CppKind::float64},
    {"FLOAT8", CppKind::float64},      {"MONEY", CppKind::float64},
    {"REAL", CppKind::float64},        {"DEC", CppKind::decimal},
    {"DECIMAL", CppKind::decimal},     {"DECIMAL_TEXT", CppKind::decimal},
    {"NUMBER", CppKind::decimal},      {"NUMERIC", CppKind::decimal},
    {"DATE", CppKind::date},           {"DATETIME", CppKind::date_time},
    {"TIMESTAMP", CppKind::date_time}, {"JSON", CppKind::text},
    {"JSONB", CppKind::text},          {"TIME", CppKind::text},
    {"UUID", CppKind::text},           {"XML", CppKind::text},
    {"BINARY", CppKind::bytes},        {"BLOB", CppKind::bytes},
    {"BYTEA", CppKind::bytes},         {"VARBINARY", CppKind::bytes},
};

/// A name that only holds one of these: "NATIVE CHARACTER", "LONGTEXT", "MEDIUMBLOB".
constexpr NamedType parts_of_names[] = {
    {"CHAR", CppKind::text},   {"CLOB", CppKind::text},  {"TEXT", CppKind::text},
    {"STRING", CppKind::text}, {"BLOB", CppKind::bytes},
};

/// "decimal (10, 2)" as DECIMAL, 10 and 2.
struct TypeWords {
  std::string name;
  unsigned precision = 0, scale = 0;
};

TypeWords split(std::string_view sql) {
  TypeWords result;
  const std::size_t open = std::min(sql.find('('), sql.size());
  for (char c : sql.substr(0, open)) {
    const char upper = detail::ascii_upper(c);
    if (upper != ' ' || (!result.name.empty() && result.name.back() != ' '))
      result.name += upper;
  }
  while (result.name.ends_with(' '))
    result.name.pop_back();
  unsigned *number = &result.precision;
  for (char c : sql.substr(open)) {
    if (c == ',')
      number = &result.scale;
    else if (c >= '0' && c <= '9' && *number < 1000)
      *number = *number * 10 + static_cast<unsigned>(c - '0');
  }
  return result;
}

std::optional<CppKind> kind_of_name(const std::string &name) {
  for (const NamedType &known : named_types)
    if (known.name == name)
      return known.kind;
  for (const NamedType &known : parts_of_names)
    if (name.find(known.name) != std::string::npos)
      return known.kind;
  return std::nullopt;
}

/// The type of a column whose member has the C++ type, as configure finds it.
Type natural_type(CppKind kind, const Type &wanted) {
  switch (kind) {
  case CppKind::int16:
    return SmallInteger;
  case CppKind::int32:
    return Integer;
  case CppKind::int64:
    return BigInteger;
  case CppKind::boolean:
    return Boolean;
  case CppKind::float64:
    return Double;
  case CppKind::text:
    return String(wanted.length);
  case CppKind::bytes:
    return LargeBinary(wanted.length);
  case CppKind::date:
    return Date;
  case CppKind::date_time: {
    Type instant = DateTime;
    instant.timezone = true;
    return instant;
  }
  case CppKind::local_time:
    return DateTime;
  case CppKind::decimal:
    return Numeric(wanted.precision, wanted.scale);
  case CppKind::uuid:
    return Uuid;
  }
  return {};
}

/// A number of more digits is text in databases that have only floating point ones.
bool is_long_decimal(unsigned precision, unsigned scale) {
  return precision > (scale == 0 ? 18u : 15u);
}

/// How `column` would be spelled with another type.
std::string spelled(const Type &type, const Column &column, const Dialect &dialect) {
  MetaData scratch;
  Table &table = scratch.add_table(column.table().name());
  for (const detail::TableOption &option : column.table().options())
    table.append(option);
  table.append(Column(column.name(), type));
  return dialect.ddl().column_type(table.column(column.name()));
}

/// Whether a name of a collation, which are in upper case, needs no quotes.
bool is_word(std::string_view name) {
  return std::ranges::all_of(
      name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; });
}

class Chooser {
public:
  Chooser(const Column &column, const Dialect &dialect, const TypeOptions &options)
      : column_(column), dialect_(dialect), options_(options), type_(column.type()),
        wanted_(spelled(type_, column, dialect)) {
    if (!column.collation().empty())
      wanted_ += " COLLATE " + (is_word(column.collation()) ? column.collation()
                                                            : dialect.quote(column.collation()));
  }

  CppType choose() {
    choose_kind();
    if (result_.kind == CppKind::decimal)
      choose_decimal();
    result_.shape = type_;
    for (const CppTypeRow &row : cpp_types)
      if (row.kind == result_.kind) {
        result_.name = row.name;
        result_.by_value = row.by_value;
        if (!row.include.empty())
          result_.includes.emplace_back(row.include);
      }
    if (result_.kind == CppKind::bytes)
      result_.includes.emplace_back("<vector>");
    if (result_.kind == CppKind::decimal)
      result_.name +=
          "<" + std::to_string(type_.precision) + ", " + std::to_string(type_.scale) + ">";
    add_options();
    return std::move(result_);
  }

private:
  void choose_kind() {
    switch (type_.kind) {
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::small_integer:
    case TypeKind::interval:
      result_.kind = integer_kind();
      break;
    case TypeKind::boolean:
      result_.kind = CppKind::boolean;
      break;
    case TypeKind::float_:
    case TypeKind::double_:
      result_.kind = CppKind::float64;
      break;
    case TypeKind::numeric:
      result_.kind = CppKind::decimal;
      break;
    case TypeKind::large_binary:
      result_.kind = CppKind::bytes;
      break;
    case TypeKind::date:
      result_.kind = CppKind::date;
      break;
    case TypeKind::date_time:
      result_.kind = date_time_kind();
      break;
    case TypeKind::uuid:
      // Under another name than the database has for ours, they may be written in another form.
      result_.kind = wanted_ == spelled(Uuid, column_, dialect_) ? CppKind::uuid : CppKind::text;
      break;
    case TypeKind::raw:
    case TypeKind::null:
      choose_by_name();
      break;
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::time:
    case TypeKind::enum_:
    case TypeKind::json:
      result_.kind = CppKind::text;
      break;
    }
  }

  /// A database with one type for both has instants, in UTC.
  CppKind date_time_kind() const {
    Type instant = DateTime;
    instant.timezone = true;
    const bool knows_local = dialect_.type_sql(DateTime) != dialect_.type_sql(instant);
    return knows_local && !type_.timezone ? CppKind::local_time : CppKind::date_time;
  }

  /// What the database can hold, whatever the name of the type promises.
  CppKind integer_kind() const {
    const unsigned size = dialect_.type_rules().integer_size(type_);
    return size <= 2 ? CppKind::int16 : size <= 4 ? CppKind::int32 : CppKind::int64;
  }

  void choose_by_name() {
    const TypeWords words = split(type_.name);
    const std::optional<CppKind> kind = kind_of_name(words.name);
    result_.is_known = kind.has_value();
    result_.kind = kind == CppKind::int64 ? integer_kind() : kind.value_or(CppKind::text);
    type_.precision = words.precision;
    type_.scale = words.scale;
  }

  /// A Decimal's digits are part of its type, and its values must be stored as they are.
  void choose_decimal() {
    const bool is_shape =
        type_.precision >= 1 && type_.precision <= 38 && type_.scale <= type_.precision;
    const bool is_text = type_.kind == TypeKind::raw && split(type_.name).name == "DECIMAL_TEXT";
    if (!options_.decimals || !is_shape ||
        is_long_decimal(type_.precision, type_.scale) != (is_text || type_.exact))
      result_.kind = is_text || type_.exact ? CppKind::text : CppKind::float64;
  }

  void add_options() {
    Type natural = natural_type(result_.kind, type_);
    if (result_.kind == CppKind::decimal)
      natural.exact = is_long_decimal(type_.precision, type_.scale);
    if (result_.kind == CppKind::float64 && type_.kind == TypeKind::numeric && type_.precision) {
      natural = Numeric(type_.precision, type_.scale);
      result_.options.push_back("numeric(" + std::to_string(type_.precision) + ", " +
                                std::to_string(type_.scale) + ")");
    }
    if (spelled(natural, column_, dialect_) != wanted_) {
      // An empty sql_type says nothing; a space is as good for a column without a type.
      result_.options = {"sql_type(" + quoted(wanted_.empty() ? " " : wanted_) + ")"};
      return;
    }
    const bool has_length = result_.kind == CppKind::text || result_.kind == CppKind::bytes;
    if (has_length && natural.length != 0)
      result_.options.push_back("length(" + std::to_string(natural.length) + ")");
  }

  const Column &column_;
  const Dialect &dialect_;
  const TypeOptions &options_;
  Type type_;
  std::string wanted_;
  CppType result_;
};

bool is_number(std::string_view text, bool whole) {
  if (text.starts_with('-') || text.starts_with('+'))
    text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  const std::string_view after = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  const auto are_digits = [](std::string_view digits) {
    return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  };
  text = text.substr(0, dot);
  // More digits might not fit the member.
  return !text.empty() && text.size() < 10 && are_digits(text) && are_digits(after) &&
         (!whole || dot == std::string_view::npos) && (text.size() == 1 || text.front() != '0');
}

std::string decimal_initialiser(std::string_view text, const Type &type) {
  if (!is_number(text, false))
    return {};
  const std::size_t dot = std::min(text.find('.'), text.size());
  const std::size_t behind = dot == text.size() ? 0 : text.size() - dot - 1;
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  if (dot - has_sign > type.precision - type.scale || behind > type.scale)
    return {};
  return behind == 0 ? " = " + std::string(text.substr(0, dot)) : "{\"" + std::string(text) + "\"}";
}

std::string text_initialiser(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'' || text.back() != '\'')
    return {};
  std::string value;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    // A quote stands twice, or ends the literal before the text does.
    if (text[i] == '\'' && (i + 2 >= text.size() || text[++i] != '\''))
      return {};
    value += text[i];
  }
  return value.empty() ? "{}" : " = " + quoted(value, /*annotation=*/false);
}

} // namespace

CppType cpp_type(const Column &column, const Dialect &dialect, const TypeOptions &options) {
  return Chooser(column, dialect, options).choose();
}

std::string initialiser(const std::string &sql, CppKind kind, const Type &type) {
  std::string_view text = sql;
  while (text.starts_with('(') && text.ends_with(')'))
    text = text.substr(1, text.size() - 2);
  switch (kind) {
  case CppKind::int16:
  case CppKind::int32:
  case CppKind::int64:
    if (!is_number(text, true) || (kind == CppKind::int16 && text.size() > 4))
      return {};
    break;
  case CppKind::float64:
    if (!is_number(text, false))
      return {};
    break;
  case CppKind::decimal:
    return decimal_initialiser(text, type);
  case CppKind::boolean:
    if (text == "1" || text == "TRUE" || text == "true")
      text = "true";
    else if (text == "0" || text == "FALSE" || text == "false")
      text = "false";
    else
      return {};
    break;
  case CppKind::text:
    return text_initialiser(text);
  default:
    return {};
  }
  return " = " + std::string(text);
}

std::string quoted(std::string_view text, bool annotation) {
  // `{name}` is a placeholder, `{{name}}` the text itself.
  const auto placeholder_at = [&](std::size_t open) {
    std::size_t end = open + 1;
    while (end < text.size() &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z') ||
            (text[end] >= '0' && text[end] <= '9') || text[end] == '_' || text[end] == ':' ||
            text[end] == '.'))
      ++end;
    const char first = end > open + 1 ? text[open + 1] : '0';
    const bool is_digit = first >= '0' && first <= '9';
    return end < text.size() && text[end] == '}' && !is_digit ? end : 0;
  };
  std::string literal = "\"";
  std::size_t closing = 0;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (c == '\n') {
      literal += "\\n";
    } else if (c == '\t') {
      literal += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      literal += '\\';
      for (unsigned shift : {6u, 3u, 0u})
        literal += static_cast<char>('0' + (byte >> shift & 7u));
    } else {
      literal += c;
    }
    if (annotation && c == '{' && closing == 0 && (closing = placeholder_at(i)) != 0)
      literal += '{';
    if (closing != 0 && i == closing) {
      literal += '}';
      closing = 0;
    }
  }
  return literal + "\"";
}

} // namespace declorm::automap
