// sqlite_times.cpp: SQLite keeps times as text and compares them so: all of a column need one form.
#include "runtime/dialect/sqlite/sqlite_times.h"

#include "declorm/value.h"
#include "runtime/engine/sql_tokens.h"

namespace declorm::detail {
namespace {

/// The literal that `text` is for a column of that kind; nullopt: not one that we can tell.
std::optional<std::string> time_literal(std::string_view text, TypeKind kind) {
  const std::optional<TimeRead> read = read_time(text);
  if (!read || read->has_offset) // whether the column holds UTC nobody says
    return std::nullopt;
  TimeText time = format_time(read->time);
  if (kind == TypeKind::date) {
    if (!time.view().ends_with(" 00:00:00"))
      return std::nullopt;
    time.size = 10;
  }
  return "'" + std::string(time.view()) + "'";
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Whether the date functions of SQLite read what the expression that begins with `first`, a word,
/// gives, and it is not in the form of the type, or may not be.
bool needs_change(const std::string &first, std::string_view sql, const Type &type) {
  if (first == "STRFTIME") // '%s' makes a number
    return contains(sql, "%Y-%m-%d");
  if (first == "DATETIME" || first == "CURRENT_TIMESTAMP")
    return type.kind == TypeKind::date || type.precision != 0 || contains(sql, "subsec");
  return type.kind == TypeKind::date_time && (first == "DATE" || first == "CURRENT_DATE");
}

/// `sql`, which gives a time, in our form.
std::string reformatted(const std::string &sql, const Type &type) {
  const auto format = [&](const char *format) {
    return std::string("strftime('%Y-%m-%d ") + format + "', " + sql + ")";
  };
  if (type.precision == 60)
    return format("%H:%M:00");
  if (type.precision == 3600)
    return format("%H:00:00");
  // Whole seconds have no fraction.
  return "replace(" + format("%H:%M:%f000") + ", '.000000', '')";
}

void make_time(sqlite3_context *context, int, sqlite3_value **values) {
  if (sqlite3_value_type(values[0]) != SQLITE_TEXT)
    return sqlite3_result_null(context);
  const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(values[0]));
  if (!text)
    return sqlite3_result_error_nomem(context);
  const auto read = read_time({text, std::size_t(sqlite3_value_bytes(values[0]))});
  if (!read)
    return sqlite3_result_null(context);
  const TimeText time = format_time(read->time); // of the years that read_time() takes
  sqlite3_result_text(context, time.text, time.size, SQLITE_TRANSIENT);
}

} // namespace

void add_time_function(sqlite3 *handle) {
  sqlite3_create_function_v2(handle, "declorm_time", 1,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                             &make_time, nullptr, nullptr, nullptr);
}

std::string sqlite_time_cast_sql(std::string_view operand, TypeKind kind) {
  const std::string time = "declorm_time(" + std::string(operand) + ")";
  return kind == TypeKind::date_time ? time
         : kind == TypeKind::date    ? "substr(" + time + ", 1, 10)"
                                     : "";
}

std::string sqlite_made_time_sql(std::string_view sql, const Type &type) {
  const std::string as_it_is(sql);
  const bool is_date = type.kind == TypeKind::date;
  if (!is_date && type.kind != TypeKind::date_time)
    return as_it_is;
  std::string_view rest = sql;
  Token first = take_token(rest);
  if (first.kind == Token::Kind::quoted && first.source.starts_with('\'')) {
    const bool is_alone = take_token(rest).kind == Token::Kind::end;
    return is_alone ? time_literal(first.text, type.kind).value_or(as_it_is) : as_it_is;
  }
  const bool is_bare = first.kind == Token::Kind::word;
  while (first.kind == Token::Kind::other && first.text == "(")
    first = take_token(rest);
  if (first.kind != Token::Kind::word || !needs_change(first.text, sql, type))
    return as_it_is;
  if (is_date)
    return is_bare && first.text == "CURRENT_TIMESTAMP" ? "CURRENT_DATE" : "date(" + as_it_is + ")";
  return first.text.ends_with("DATE") ? "datetime(" + as_it_is + ")" : reformatted(as_it_is, type);
}

} // namespace declorm::detail
