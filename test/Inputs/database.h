// database.h: the database that a test runs on. %database in a RUN line runs the program on each.
#pragma once

#include <cstdlib>
#include <declorm/engine.h>
#include <string>

namespace test {

/// The URL of an empty database.
inline std::string database_url() {
  const char *const url = std::getenv("DECLORM_TEST_DATABASE");
  return url ? url : "sqlite://";
}

inline declorm::Engine open_database(declorm::EngineOptions options = {}) {
  return declorm::create_engine(database_url(), std::move(options));
}

} // namespace test
