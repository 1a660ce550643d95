// json.h: members of type nlohmann::json. The only header of declorm that includes that library.
#ifndef DECLORM_JSON_H
#define DECLORM_JSON_H

#include "declorm/error.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace declorm {

template <class T> struct type_traits;

namespace detail {

/// The depth up to which JSON is read and written. Databases have such a limit too, and nlohmann's
/// functions call themselves for each level.
inline constexpr std::size_t deepest_json = 1000;

[[noreturn]] inline void throw_bad_json(const std::string &what) { throw DataError(what); }

/// Refuses what would not come back: NaN and infinity, which JSON has not, and depth.
template <class Json> void check_json(const Json &json) {
  std::vector<std::pair<const Json *, std::size_t>> left{{&json, 1}};
  while (!left.empty()) {
    const auto [value, depth] = left.back();
    left.pop_back();
    if (value->is_number_float() && !std::isfinite(value->template get<double>()))
      throw_bad_json("JSON has no NaN and no infinity");
    if (value->is_binary())
      throw_bad_json("JSON has no binary values; keep the bytes in a column of their own");
    if (depth > deepest_json && value->is_structured())
      throw_bad_json("the JSON is nested more than " + std::to_string(deepest_json) +
                     " levels deep");
    if (value->is_structured())
      for (const Json &element : *value)
        left.emplace_back(&element, depth + 1);
  }
}

/// Refuses a text with too many levels: brackets outside of strings.
inline void check_json_depth(const std::string &text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      i += c == '\\' ? 1 : 0;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest_json)
        throw_bad_json("the JSON is nested more than " + std::to_string(deepest_json) +
                       " levels deep");
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
}

} // namespace detail

/// nlohmann::json, and ordered_json, in a JSON column: text without needless blanks, of SQL type
/// JSON. A JSON null is the text "null"; SQL's NULL is an empty std::optional. Throws DataError for
/// what JSON cannot hold (NaN, infinity, binary values, text that is no UTF-8), for text that is no
/// JSON, and for more than 1,000 levels. SQLAlchemy's JSON.
template <class Json>
  requires nlohmann::detail::is_basic_json<Json>::value
struct type_traits<Json> {
  using column_type = std::string;

  static std::string to_column(const Json &json) {
    detail::check_json(json);
    if (json.is_number_unsigned() && json.template get<std::uint64_t>() > INT64_MAX)
      detail::throw_bad_json("a lone number above 9223372036854775807 does not keep its digits in "
                             "a JSON column; put it into an array");
    try {
      return json.dump();
    } catch (const nlohmann::detail::exception &error) {
      detail::throw_bad_json(error.what());
    }
  }
  /// Where SQL computed the value, or SQLite made a number of a lone number's text.
  static Json from_value(const auto &value) {
    return from_column(value.data().index() == 1 || value.data().index() == 2
                           ? value.to_string()
                           : value.template as<std::string>());
  }
  static Json from_column(const std::string &text) {
    detail::check_json_depth(text);
    try {
      return Json::parse(text);
    } catch (const nlohmann::detail::exception &error) {
      detail::throw_bad_json(error.what());
    }
  }
};

} // namespace declorm

#endif // DECLORM_JSON_H
