// Dates and times that SQLite makes: defaults in declorm's form.
#include "runtime/dialect/sqlite/sqlite_times.h"

#include <gtest/gtest.h>

using namespace declorm::detail;

namespace {
std::string time_of(std::string_view sql) { return sqlite_made_time_sql(sql, declorm::DateTime); }
std::string date_of(std::string_view sql) { return sqlite_made_time_sql(sql, declorm::Date); }
std::string time_of(std::string_view sql, unsigned seconds) {
  declorm::Type type = declorm::DateTime;
  type.precision = seconds;
  return sqlite_made_time_sql(sql, type);
}
} // namespace

TEST(SqliteTimes, WhatHasTheFormStaysAsItIs) {
  for (const char *sql : {"CURRENT_TIMESTAMP", "datetime('now')", "(datetime('now', '+1 day'))",
                          "NULL", "'2020-01-01 10:00:00'", "'now'", "strftime('%s')", "0",
                          "my_time()", "'2020-01-01 10:00:00Z'", ""})
    EXPECT_EQ(time_of(sql), sql);
  for (const char *sql : {"CURRENT_DATE", "date('now')", "'2020-01-01'", "'2020-01-01 10:00:00'"})
    EXPECT_EQ(date_of(sql), sql);
  EXPECT_EQ(sqlite_made_time_sql("CURRENT_DATE", declorm::Text), "CURRENT_DATE");
}

TEST(SqliteTimes, OthersAreChanged) {
  EXPECT_EQ(time_of("CURRENT_DATE"), "datetime(CURRENT_DATE)");
  EXPECT_EQ(time_of("(date('now'))"), "datetime((date('now')))");
  EXPECT_EQ(time_of("'2020-01-01'"), "'2020-01-01 00:00:00'");
  EXPECT_EQ(time_of("'2020-01-01T10:00:00.500000'"), "'2020-01-01 10:00:00.500000'");
  EXPECT_EQ(
      time_of("strftime('%Y-%m-%dT%H:%M:%fZ')"),
      "replace(strftime('%Y-%m-%d %H:%M:%f000', strftime('%Y-%m-%dT%H:%M:%fZ')), '.000000', '')");
  EXPECT_EQ(time_of("datetime('now', 'subsec')"),
            "replace(strftime('%Y-%m-%d %H:%M:%f000', datetime('now', 'subsec')), '.000000', '')");
  EXPECT_EQ(date_of("current_timestamp"), "CURRENT_DATE");
  EXPECT_EQ(date_of("(CURRENT_TIMESTAMP)"), "date((CURRENT_TIMESTAMP))");
  EXPECT_EQ(date_of("datetime('now')"), "date(datetime('now'))");
  EXPECT_EQ(date_of("'2020-01-01 00:00:00'"), "'2020-01-01'");
  EXPECT_EQ(time_of("CURRENT_TIMESTAMP", 60), "strftime('%Y-%m-%d %H:%M:00', CURRENT_TIMESTAMP)");
  EXPECT_EQ(time_of("datetime('now')", 3600), "strftime('%Y-%m-%d %H:00:00', datetime('now'))");
  EXPECT_EQ(time_of("CURRENT_DATE", 60), "datetime(CURRENT_DATE)");
}
