// url.cpp: taking a database URL apart.
#include "runtime/engine/url.h"

#include "declorm/error.h"

namespace declorm::detail {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

[[noreturn]] void fail(const std::string &shown, const std::string &what) {
  throw ArgumentError("the database URL '" + shown + "' " + what);
}

std::string decode(std::string_view text, const std::string &shown) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0)
      fail(shown, "has a '%' that is not followed by two hexadecimal digits; write %25 for a '%'");
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (result.find('\0') != std::string::npos)
    fail(shown, "has a NUL byte (%00) in it");
  return result;
}

/// Splits at the first `separator`; the second half is empty, and `found` false, if there is none.
struct Halves {
  std::string_view first, second;
  bool found;
};
Halves split(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos)
    return {text, {}, false};
  return {text.substr(0, at), text.substr(at + 1), true};
}

/// The password is what stands between the first ':' and the last '@' before the path.
std::string hide_password(std::string_view text) {
  const std::size_t start = text.find("://");
  if (start == std::string_view::npos)
    return std::string(text);
  const std::string_view authority =
      text.substr(start + 3, text.find_first_of("/?", start + 3) - (start + 3));
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at)
    return std::string(text);
  std::string result(text.substr(0, start + 3 + colon + 1));
  result += "***";
  result += text.substr(start + 3 + at);
  return result;
}

/// Appends a host, and its port if it has one.
void parse_host(std::string_view text, Url &url) {
  // An IPv6 address stands in brackets, so the last colon outside of them is the port's.
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  url.host += decode(text.substr(0, colon), url.shown);
  if (colon == std::string_view::npos)
    return;
  const std::string_view port = text.substr(colon + 1);
  if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos)
    fail(url.shown, "has '" + std::string(port) + "' where a port number should be");
  url.port += port;
}

void parse_authority(std::string_view authority, Url &url) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    const Halves login = split(authority.substr(0, at), ':');
    url.user = decode(login.first, url.shown);
    url.password = decode(login.second, url.shown);
    authority.remove_prefix(at + 1);
  }
  const bool has_several = authority.find(',') != std::string_view::npos;
  for (Halves rest{{}, authority, true}; rest.found;) {
    rest = split(rest.second, ',');
    if (has_several && rest.first.empty())
      fail(url.shown, "has a ',' in front of, or behind, which a host is missing");
    parse_host(rest.first, url);
    if (rest.found) {
      url.host += ',';
      url.port += ',';
    }
  }
  if (url.port.find_first_not_of(',') == std::string::npos)
    url.port.clear();
}

void parse_query(std::string_view query, Url &url) {
  while (!query.empty()) {
    const Halves rest = split(query, '&');
    const Halves pair = split(rest.first, '=');
    if (!pair.found || pair.first.empty())
      fail(url.shown, "has the query parameter '" + std::string(rest.first) +
                          "'; write name=value, and & between parameters");
    url.query.emplace_back(decode(pair.first, url.shown), decode(pair.second, url.shown));
    query = rest.second;
  }
}

} // namespace

Url parse_url(std::string_view text) {
  Url url;
  url.shown = hide_password(text);
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0)
    fail(url.shown, "is no URL; write for example sqlite:///file.db, or sqlite:// for a database "
                    "in memory");
  url.dialect = text.substr(0, colon);
  const Halves query = split(text.substr(colon + 3), '?');
  const Halves path = split(query.first, '/');
  parse_authority(path.first, url);
  url.has_database = path.found;
  url.database = decode(path.second, url.shown);
  parse_query(query.second, url);
  return url;
}

} // namespace declorm::detail
