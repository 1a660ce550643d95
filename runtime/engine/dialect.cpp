// dialect.cpp: quoting, the same for all dialects.
#include "declorm/dialect.h"

#include "declorm/error.h"

namespace declorm {
namespace {

bool is_plain(std::string_view name) {
  if (name.front() >= '0' && name.front() <= '9')
    return false;
  for (const char c : name)
    if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
      return false;
  return true;
}

std::string enclose(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    result += c;
    if (c == quote)
      result += quote;
  }
  return result + quote;
}

} // namespace

std::string Dialect::quote(std::string_view name) const {
  if (name.empty())
    throw ArgumentError("the name of a table, column, constraint or index is empty");
  if (name.find('\0') != std::string_view::npos)
    throw ArgumentError("the name '" + std::string(name.substr(0, name.find('\0'))) +
                        "' has a NUL byte in it");
  if (is_plain(name) && !is_reserved(name))
    return std::string(name);
  return enclose(name, '"');
}

std::string Dialect::quote_qualified(std::string_view schema, std::string_view name) const {
  return schema.empty() ? quote(name) : quote(schema) + "." + quote(name);
}

std::string Dialect::quote_literal(std::string_view text) const {
  if (text.find('\0') != std::string_view::npos)
    throw ArgumentError("a string with a NUL byte in it cannot be a literal of SQL; bind it as a "
                        "parameter");
  return enclose(text, '\'');
}

} // namespace declorm
