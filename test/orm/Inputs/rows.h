// rows.h: shows what a table has, on one line.
#pragma once

#include <declorm/declorm.h>
#include <iostream>

namespace test {

/// Prints "(1, 'a') (2, NULL)": the rows that the statement finds in a session's transaction.
inline void show_rows(declorm::Session &session, const char *sql) {
  for (const declorm::Row &row : session.execute(sql)) {
    std::cout << '(';
    for (std::size_t i = 0; i != row.size(); ++i)
      std::cout << (i ? ", " : "") << row[i].to_string();
    std::cout << ") ";
  }
  std::cout << std::endl;
}

} // namespace test
