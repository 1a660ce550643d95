// show.h: prints a statement's text, as SQLite's dialect has it, on one line, and its rows on the
// next.
#pragma once
#include <algorithm>
#include <declorm/declorm.h>
#include <iostream>

namespace test {

template <class T> void print(const T &value) {
  if constexpr (requires { value.has_value(); }) {
    if (value)
      print(*value);
    else
      std::cout << '-';
  } else if constexpr (requires { std::cout << value; }) {
    std::cout << value;
  } else if constexpr (requires { value.to_string(); }) {
    std::cout << value.to_string();
  } else if constexpr (requires { std::tuple_size<T>::value; }) {
    std::apply(
        [](const auto &...elements) {
          const char *gap = "";
          ((std::cout << std::exchange(gap, " "), print(elements)), ...);
        },
        value);
  } else if constexpr (requires { value.values(); }) {
    const char *gap = "";
    for (const auto &element : value.values()) {
      std::cout << std::exchange(gap, " ");
      print(element);
    }
  } else if constexpr (std::is_enum_v<T>) {
    std::cout << static_cast<long long>(value);
  } else {
    std::cout << "User " << value.id << ' ' << value.name;
  }
}

template <class S> std::string text_of(const S &statement, const declorm::Dialect &dialect) {
  std::string sql = statement.sql(dialect);
  std::replace(sql.begin(), sql.end(), '\n', ' ');
  return sql;
}

template <class Rows> void show_rows(Rows &&rows) {
  const char *gap = "";
  for (const auto &row : rows) {
    std::cout << std::exchange(gap, " ") << '[';
    print(row);
    std::cout << ']';
  }
  std::cout << std::endl;
}

template <class S> void show(declorm::Connection &connection, const S &statement) {
  std::cout << text_of(statement, declorm::dialect("sqlite")) << std::endl;
  show_rows(connection.execute(statement));
}

} // namespace test
