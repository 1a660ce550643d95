// What declorm reads off SQLite statements, and which names it quotes.
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/statement_text.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

using namespace declorm::detail;

TEST(StatementText, Kinds) {
  EXPECT_EQ(statement_kind("select 1", true), StatementKind::query);
  EXPECT_EQ(statement_kind(" /* x */ -- y\n insert into t values (1)", false),
            StatementKind::write);
  EXPECT_EQ(statement_kind("WITH a(x) AS (SELECT ')'), b AS (DELETE) UPDATE t SET x = 1", false),
            StatementKind::write);
  EXPECT_EQ(statement_kind("WITH a AS (SELECT 1) SELECT * FROM a", true), StatementKind::query);
  EXPECT_EQ(statement_kind("commit", true), StatementKind::control);
  EXPECT_EQ(statement_kind("PRAGMA x", true), StatementKind::standalone);
  EXPECT_EQ(statement_kind("CREATE TABLE t (a)", false), StatementKind::definition);
}

TEST(StatementText, Targets) {
  using Verb = WriteTarget::Verb;
  EXPECT_EQ(write_target("INSERT INTO users VALUES (1)").table, "users");
  EXPECT_EQ(write_target("INSERT OR IGNORE INTO \"my \"\"t\" VALUES (1)").table, "my \"t");
  EXPECT_EQ(write_target("update or replace Users set a = 1").table, "Users");
  EXPECT_EQ(write_target("DELETE FROM aux.[a b] WHERE 1").schema, "aux");
  EXPECT_EQ(write_target("DELETE FROM aux.[a b] WHERE 1").table, "a b");
  EXPECT_EQ(write_target("REPLACE INTO `t` VALUES (1)").verb, Verb::insert);
  EXPECT_EQ(write_target("COMMIT").verb, Verb::none);
  EXPECT_EQ(write_target("INSERT").table, "");
}

TEST(StatementText, Blank) {
  EXPECT_TRUE(is_blank(" ; -- x\n /* y */ ;"));
  EXPECT_TRUE(is_blank("/* open"));
  EXPECT_FALSE(is_blank("; SELECT"));
}

// Every keyword of this SQLite can name a column, because it is quoted if it must be.
TEST(SqliteDialect, KeywordsAsNames) {
  sqlite3 *handle = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &handle), SQLITE_OK);
  for (int i = 0; i != sqlite3_keyword_count(); ++i) {
    const char *word = nullptr;
    int size = 0;
    sqlite3_keyword_name(i, &word, &size);
    std::string lower;
    for (int c = 0; c != size; ++c)
      lower += static_cast<char>(std::tolower(word[c]));
    const std::string name = sqlite_dialect().quote(lower);
    const std::string sql = "CREATE TABLE " + name + " (" + name + " INTEGER); SELECT " + name +
                            " FROM " + name + "; DROP TABLE " + name;
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  }
  sqlite3_close(handle);
}

TEST(SqliteDialect, Quoting) {
  const declorm::Dialect &dialect = sqlite_dialect();
  EXPECT_EQ(dialect.quote("user"), "user");
  EXPECT_EQ(dialect.quote("order"), "\"order\"");
  EXPECT_EQ(dialect.quote("User"), "\"User\"");
  EXPECT_EQ(dialect.quote("naïve"), "\"naïve\"");
  EXPECT_EQ(dialect.quote_qualified("a b", "t"), "\"a b\".t");
  EXPECT_EQ(dialect.quote_literal("it's"), "'it''s'");
  EXPECT_THROW(dialect.quote(""), declorm::ArgumentError);
  EXPECT_THROW(dialect.quote(std::string("a\0b", 3)), declorm::ArgumentError);
  EXPECT_THROW(dialect.quote_literal(std::string("a\0b", 3)), declorm::ArgumentError);
}
