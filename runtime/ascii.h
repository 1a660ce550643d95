// ascii.h: ASCII letters in the other case, whatever the program's locale is. Other characters
// stay.
#ifndef DECLORM_ASCII_H
#define DECLORM_ASCII_H

#include <string>
#include <string_view>

namespace declorm::detail {

constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char ascii_upper(char c) {
  return is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string ascii_lower(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    c = ascii_lower(c);
  return result;
}
inline std::string ascii_upper(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    c = ascii_upper(c);
  return result;
}

} // namespace declorm::detail

#endif // DECLORM_ASCII_H
