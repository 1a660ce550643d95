// portable.h: SQL in what tests print, without what every database spells in its own way.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace test {

/// `text`, in which SQL may stand, with ? for each $1 and without RETURNING lists: how values come
/// back that the database makes is not what tests of objects are about.
inline std::string portable(std::string_view text) {
  constexpr std::string_view returning = "\nRETURNING ";
  std::string result;
  while (!text.empty()) {
    if (text.starts_with(returning)) {
      const std::size_t end = text.find_first_of("]\n", returning.size());
      text.remove_prefix(end == std::string_view::npos ? text.size() : end);
      continue;
    }
    const bool is_placeholder = text.size() > 1 && text[0] == '$' &&
                                std::isdigit(static_cast<unsigned char>(text[1]));
    result += is_placeholder ? '?' : text[0];
    text.remove_prefix(1);
    while (is_placeholder && !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])))
      text.remove_prefix(1);
  }
  return result;
}

} // namespace test
