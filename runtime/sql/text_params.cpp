// text_params.cpp: a reader of raw SQL that knows no more than where a parameter can stand.
#include "runtime/sql/text_params.h"

#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Behind the string, quoted name or comment that begins at `at`; `at` itself if none does.
std::size_t skip_quoted(std::string_view sql, std::size_t at) {
  const auto behind = [&](std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const std::string_view rest = sql.substr(at);
  if (rest.starts_with("--"))
    return behind("\n", at);
  if (rest.starts_with("/*"))
    return behind("*/", at + 2);
  switch (rest.front()) {
  case '\'':
  case '"':
  case '`': // a doubled quote ends one string and begins the next: the same here
    return behind(rest.substr(0, 1), at + 1);
  case '[':
    return behind("]", at + 1);
  default:
    return at;
  }
}

} // namespace

std::vector<TextPiece> split_text(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos)
    throw ArgumentError("text(): the SQL has a NUL byte in it");
  std::vector<TextPiece> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < sql.size();) {
    if (const std::size_t end = skip_quoted(sql, at); end != at) {
      at = end;
      continue;
    }
    if (sql[at] == '?')
      throw ArgumentError("text(): parameters are written :name, with "
                          "bindparams({{\"name\", value}}); there is a '?' in: " +
                          std::string(sql));
    std::size_t end = at + 1;
    if (sql[at] != ':') {
      ++at;
      continue;
    }
    while (end < sql.size() && sql[end] == ':') // a cast of PostgreSQL's
      ++end;
    const bool single = end == at + 1;
    const std::size_t name = end;
    while (end < sql.size() && is_word(sql[end]))
      ++end;
    if (single && end != name) {
      pieces.push_back({sql.substr(begin, at - begin), sql.substr(name, end - name)});
      begin = end;
    }
    at = end;
  }
  pieces.push_back({sql.substr(begin), {}});
  return pieces;
}

void check_text_params(std::string_view sql, const Params &params) {
  if (!params.positional().empty())
    throw ArgumentError("text(): parameters are given by name: {{\"name\", value}}");
  const std::vector<TextPiece> pieces = split_text(sql);
  for (const auto &[name, value] : params.named()) {
    const auto has_name = [&](const TextPiece &piece) { return piece.parameter == name; };
    if (std::none_of(pieces.begin(), pieces.end(), has_name)) {
      std::vector<std::string> names;
      for (const TextPiece &piece : pieces)
        if (!piece.parameter.empty())
          names.emplace_back(piece.parameter);
      throw ArgumentError("text(): there is no parameter :" + name + " in: " + std::string(sql) +
                          suggestion(name, names));
    }
  }
}

} // namespace declorm::detail
