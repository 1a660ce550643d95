// raw_sql.cpp: a reader of SQL that knows no more than where a parameter can stand.
#include "runtime/engine/raw_sql.h"

#include "runtime/ascii.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {

namespace {

bool is_word(char c) {
  return is_ascii_lower(c) || is_ascii_upper(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Splitter {
public:
  Splitter(std::string_view sql, const TextRules &rules) : sql_(sql), rules_(rules) {}

  std::vector<TextPiece> run() {
    while (at_ < sql_.size())
      if (!skip_quoted())
        read();
    pieces_.push_back({.sql = sql_.substr(begin_)});
    return std::move(pieces_);
  }

private:
  std::string_view rest() const { return sql_.substr(at_); }
  char next() const { return at_ + 1 < sql_.size() ? sql_[at_ + 1] : '\0'; }

  void read() {
    const char mark = sql_[at_];
    if (mark == '?')
      return read_positional();
    // A name with a `$` in it has no parameter in it.
    const bool is_inside = mark != ':' && at_ > 0 && is_word(sql_[at_ - 1]);
    if (is_inside || rules_.marks_of_names.find(mark) == std::string_view::npos) {
      ++at_;
      return;
    }
    std::size_t end = at_ + 1;
    while (mark == ':' && end < sql_.size() && sql_[end] == ':') // a cast of PostgreSQL's
      ++end;
    const bool is_single = end == at_ + 1;
    const std::size_t name = end;
    while (end < sql_.size() && is_word(sql_[end]))
      ++end;
    if (is_single && end != name)
      add({.kind = TextPiece::Kind::named, .name = sql_.substr(name, end - name)}, end);
    at_ = end;
  }

  void read_positional() {
    std::size_t end = at_ + 1;
    int number = 0;
    for (; end < sql_.size() && is_ascii_digit(sql_[end]) && number < 100'000; ++end)
      number = number * 10 + (sql_[end] - '0');
    add({.kind = TextPiece::Kind::positional, .number = number}, end);
    at_ = end;
  }

  void add(TextPiece piece, std::size_t end) {
    piece.sql = sql_.substr(begin_, at_ - begin_);
    pieces_.push_back(piece);
    begin_ = end;
  }

  bool skip_to(std::size_t end) {
    at_ = std::min(end, sql_.size());
    return true;
  }
  /// Behind `end`, which is looked for from `from` on.
  bool skip_behind(std::string_view end, std::size_t from) {
    const std::size_t found = sql_.find(end, from);
    return skip_to(found == std::string_view::npos ? sql_.size() : found + end.size());
  }
  /// Whether a string, quoted name or comment began here; then it is behind it.
  bool skip_quoted() {
    const char c = sql_[at_];
    if (rest().starts_with("--") || (c == '#' && rules_.hash_comments))
      return skip_behind("\n", at_);
    if (rest().starts_with("/*"))
      return skip_comment();
    if (c == '\'') {
      const bool is_escape =
          at_ > 0 && ascii_lower(sql_[at_ - 1]) == 'e' && (at_ == 1 || !is_word(sql_[at_ - 2]));
      return skip_string(rules_.backslashes || (rules_.escape_strings && is_escape));
    }
    // A doubled quote ends one name and begins the next: the same here.
    if (c == '"' || (c == '`' && rules_.backticks))
      return skip_behind(sql_.substr(at_, 1), at_ + 1);
    if (c == '[' && rules_.brackets)
      return skip_behind("]", at_ + 1);
    return c == '$' && rules_.dollar_strings && skip_dollar_string();
  }
  bool skip_string(bool has_escapes) {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && sql_[end] != '\'')
      end += has_escapes && sql_[end] == '\\' ? 2 : 1;
    return skip_to(end + 1);
  }
  bool skip_comment() {
    if (!rules_.nested_comments)
      return skip_behind("*/", at_ + 2);
    std::size_t depth = 1, end = at_ + 2;
    for (; end < sql_.size() && depth != 0; ++end) {
      const std::string_view here = sql_.substr(end, 2);
      if (here == "/*" || here == "*/")
        depth += here == "/*" ? 1 : std::size_t(-1), ++end;
    }
    return skip_to(end);
  }
  /// `$tag$ … $tag$`; a `$` inside a name, and `$1`, begin none.
  bool skip_dollar_string() {
    if (at_ > 0 && is_word(sql_[at_ - 1]))
      return false;
    std::size_t end = at_ + 1;
    while (end < sql_.size() && is_word(sql_[end]))
      ++end;
    if (end == sql_.size() || sql_[end] != '$' || is_ascii_digit(next()))
      return false;
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    return skip_behind(tag, end + 1);
  }

  const std::string_view sql_;
  const TextRules &rules_;
  std::size_t at_ = 0, begin_ = 0; ///< `begin_`: of the piece
  std::vector<TextPiece> pieces_;
};

std::vector<std::string> names_by(std::string_view sql, const TextRules &rules) {
  std::vector<std::string> names;
  for (const TextPiece &piece : split_text(sql, rules))
    if (piece.kind == TextPiece::Kind::named)
      names.emplace_back(piece.name);
  return names;
}

} // namespace

std::vector<TextPiece> split_text(std::string_view sql, const TextRules &rules) {
  return Splitter(sql, rules).run();
}

RawSql to_database(std::string_view sql, const TextRules &rules) {
  RawSql result;
  std::size_t last = 0; // parameter
  const bool is_numbered = rules.takes_names || rules.marks == TextRules::Placeholder::numbered;
  for (const TextPiece &piece : split_text(sql, rules)) {
    result.sql += piece.sql;
    if (piece.kind == TextPiece::Kind::end)
      break;
    // What has a name or number is one parameter wherever it stands, if placeholders have numbers.
    std::size_t index = piece.number ? std::size_t(piece.number) - 1 : last;
    if (piece.kind == TextPiece::Kind::named && is_numbered)
      index = std::min(
          last, std::size_t(std::ranges::find(result.names, piece.name) - result.names.begin()));
    last = std::max(last, index + 1);
    result.names.resize(last);
    result.names[index] = piece.name;
    result.sql += rules.placeholder(int(index) + 1);
  }
  if (rules.takes_names)
    result.sql = sql;
  return result;
}

void throw_positional(std::string_view sql) {
  throw ArgumentError("text(): parameters are written :name, with bindparams({{\"name\", value}}); "
                      "there is a '?' in: " +
                      std::string(sql));
}

std::vector<std::string> names_in_text(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos)
    throw ArgumentError("text(): the SQL has a NUL byte in it");
  // What stands in brackets and the like is a name in some dialects and an array in others.
  const TextRules quoting{.brackets = true, .backticks = true}, plain{};
  for (const TextPiece &piece : split_text(sql, quoting))
    if (piece.kind == TextPiece::Kind::positional)
      throw_positional(sql);
  std::vector<std::string> names = names_by(sql, quoting);
  for (std::string &name : names_by(sql, plain))
    if (std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  return names;
}

void check_text_params(std::string_view sql, const Params &params) {
  if (!params.positional().empty())
    throw ArgumentError("text(): parameters are given by name: {{\"name\", value}}");
  const std::vector<std::string> names = names_in_text(sql);
  for (const auto &[name, value] : params.named())
    if (std::ranges::find(names, name) == names.end())
      throw ArgumentError("text(): there is no parameter :" + name + " in: " + std::string(sql) +
                          suggestion(name, names));
}

} // namespace declorm::detail
