// traced.h: an empty database that shows each statement it executes as "> SQL -- parameters".
#pragma once

#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

namespace test {

inline bool tracing = false;

inline declorm::Engine traced_engine(std::string_view url = database_url()) {
  const auto show = [](const declorm::StatementEvent &event) {
    const auto has = [&](const char *word) { return event.sql.find(word) != std::string::npos; };
    // What asks a database for its tables, or counts its keys, it says in its own way.
    if (!tracing || has("sqlite_master") || has("pg_catalog.") || event.sql.starts_with("DO "))
      return;
    std::cout << "> ";
    for (const char c : portable(event.sql))
      std::cout << (c == '\n' ? ' ' : c);
    std::cout << " --";
    for (const std::string &param : event.params)
      std::cout << ' ' << param;
    std::cout << std::endl;
  };
  return declorm::create_engine(url, {.on_statement = show});
}

/// The same with the tables of all annotated classes; shows what comes after.
inline declorm::Engine traced_database(std::string_view url = database_url()) {
  declorm::Engine engine = traced_engine(url);
  declorm::metadata().create_all(engine);
  tracing = true;
  return engine;
}

} // namespace test
