// What the DDL reader takes from the text of tables and indexes, whole or broken.
#include "runtime/dialect/sqlite/ddl_reader.h"

#include <gtest/gtest.h>
#include <random>

using namespace declorm::detail;
using declorm::KeyOrder;
using Names = std::vector<std::string>;

namespace {

TableText read(const std::string &columns) { return read_create_table("CREATE TABLE t" + columns); }

Names column_names(const TableText &table) {
  Names names;
  for (const TableText::Column &column : table.columns)
    names.push_back(column.name);
  return names;
}

} // namespace

TEST(DdlReader, ColumnNames) {
  EXPECT_EQ(
      column_names(read("(a, b INT, \"c \"\"d\" TEXT, [e]f] VARCHAR(10, 2), `g`, 'h,i' x y)")),
      (Names{"a", "b", "c \"d", "e", "g", "h,i"}));
  EXPECT_EQ(column_names(read("(generated int, key text, always, stored)")),
            (Names{"generated", "key", "always", "stored"}));
  EXPECT_EQ(column_names(read_create_table("create table \"a (b\" -- (x)\n/* (y) */ (z)")),
            Names{"z"});
}

TEST(DdlReader, NamesOfConstraints) {
  const TableText table = read(R"((
    a INT CONSTRAINT nn NOT NULL CHECK (a > 1) CONSTRAINT ck CHECK (a < 9) CONSTRAINT uq UNIQUE,
    b INT CONSTRAINT df DEFAULT 1 CONSTRAINT fk REFERENCES o (x),
    CONSTRAINT pk PRIMARY KEY (b, a) CONSTRAINT "u 2" UNIQUE (a COLLATE nocase, b DESC) UNIQUE (b),
    CONSTRAINT f2 FOREIGN KEY (a, b) REFERENCES [p q] (x, y) DEFERRABLE INITIALLY DEFERRED))");
  EXPECT_EQ(table.primary_key.name, "pk");
  EXPECT_EQ(table.primary_key.columns, (Names{"b", "a"}));
  ASSERT_EQ(table.check_constraints.size(), 2u);
  EXPECT_EQ(table.check_constraints[0].name, std::nullopt);
  EXPECT_EQ(table.check_constraints[0].sql, "a > 1");
  EXPECT_EQ(table.check_constraints[1].name, "ck");
  ASSERT_EQ(table.unique_constraints.size(), 3u);
  EXPECT_EQ(table.unique_constraints[0].name, "uq");
  EXPECT_EQ(table.unique_constraints[1].name, "u 2");
  EXPECT_EQ(table.unique_constraints[1].columns, (Names{"a", "b"}));
  EXPECT_EQ(table.unique_constraints[2].name, std::nullopt);
  ASSERT_EQ(table.foreign_keys.size(), 2u);
  EXPECT_EQ(table.foreign_keys[0].name, "fk");
  EXPECT_EQ(table.foreign_keys[0].columns, Names{"b"});
  EXPECT_FALSE(table.foreign_keys[0].deferrable);
  EXPECT_EQ(table.foreign_keys[1].name, "f2");
  EXPECT_EQ(table.foreign_keys[1].columns, (Names{"a", "b"}));
  EXPECT_EQ(table.foreign_keys[1].referred_table, "p q");
  EXPECT_EQ(table.foreign_keys[1].referred_columns, (Names{"x", "y"}));
  EXPECT_TRUE(table.foreign_keys[1].deferrable);
}

TEST(DdlReader, ForeignKeys) {
  const TableText table = read(R"((
    a REFERENCES o ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL NOT NULL,
    b REFERENCES o NOT DEFERRABLE INITIALLY DEFERRED UNIQUE,
    c REFERENCES o DEFERRABLE INITIALLY IMMEDIATE CHECK (c), d REFERENCES o DEFERRABLE))");
  ASSERT_EQ(table.foreign_keys.size(), 4u);
  for (const auto &key : table.foreign_keys) {
    EXPECT_EQ(key.referred_table, "o");
    EXPECT_TRUE(key.referred_columns.empty());
    EXPECT_FALSE(key.deferrable);
  }
  EXPECT_EQ(table.unique_constraints.size(), 1u);
  EXPECT_EQ(table.check_constraints.size(), 1u);
}

TEST(DdlReader, Keys) {
  EXPECT_TRUE(read("(a INTEGER PRIMARY KEY ASC ON CONFLICT FAIL AUTOINCREMENT)").autoincrement);
  EXPECT_TRUE(read("(a INTEGER, PRIMARY KEY (a AUTOINCREMENT))").autoincrement);
  EXPECT_FALSE(read("(a INTEGER PRIMARY KEY, \"AUTOINCREMENT\" x)").autoincrement);
  EXPECT_EQ(read("(a, b, PRIMARY KEY (b, a) ON CONFLICT REPLACE) STRICT").primary_key.columns,
            (Names{"b", "a"}));
}

TEST(DdlReader, OrderAndConflicts) {
  const TableText table = read(R"((
    a TEXT CONSTRAINT x NOT NULL ON CONFLICT ignore UNIQUE on conflict Replace,
    b INT PRIMARY KEY DESC ON CONFLICT FAIL NOT NULL ON CONFLICT ABORT, "ON" "CONFLICT",
    UNIQUE ((a) COLLATE 'no case' DESC, b ASC) ON CONFLICT ROLLBACK CHECK (a) ON CONFLICT IGNORE,
    UNIQUE (b), CONSTRAINT c UNIQUE (a)))");
  ASSERT_EQ(table.columns.size(), 3u);
  EXPECT_EQ(table.columns[0].on_conflict, "IGNORE");
  EXPECT_EQ(table.columns[1].on_conflict, "");
  EXPECT_EQ(table.primary_key.on_conflict, "FAIL");
  ASSERT_EQ(table.primary_key.order.size(), 1u);
  EXPECT_TRUE(table.primary_key.order[0].descending);
  ASSERT_EQ(table.unique_constraints.size(), 4u);
  EXPECT_EQ(table.unique_constraints[0].name, std::nullopt);
  EXPECT_EQ(table.unique_constraints[0].on_conflict, "REPLACE");
  const TableText::Key &unique = table.unique_constraints[1];
  EXPECT_EQ(unique.columns, (Names{"a", "b"}));
  EXPECT_EQ(unique.order[0], (KeyOrder{"no case", true}));
  EXPECT_EQ(unique.order[1], KeyOrder());
  EXPECT_EQ(unique.on_conflict, "ROLLBACK");
  EXPECT_EQ(table.unique_constraints[2].on_conflict, "");
  EXPECT_EQ(table.unique_constraints[3].name, "c");
  EXPECT_EQ(table.check_constraints.size(), 1u);
}

TEST(DdlReader, ExpressionsAndCollations) {
  const TableText table = read(R"sql((
    a TEXT COLLATE NOCASE DEFAULT 'COLLATE x' COLLATE "r b",
    b INT GENERATED ALWAYS AS (a /* ) */ + ( 1 -- )
      )) STORED CHECK(b>')'), c AS (")"), d DEFAULT NULL, e DEFAULT (1) UNIQUE))sql");
  ASSERT_EQ(table.columns.size(), 5u);
  EXPECT_EQ(table.columns[0].collation, "r b"); // the last one holds
  EXPECT_EQ(table.columns[1].computed, "a + ( 1 )");
  EXPECT_EQ(table.columns[2].computed, "\")\"");
  ASSERT_EQ(table.check_constraints.size(), 1u);
  EXPECT_EQ(table.check_constraints[0].sql, "b>')'");
  EXPECT_EQ(table.unique_constraints.size(), 1u);
}

TEST(DdlReader, Indexes) {
  const IndexText index = read_create_index(
      "CREATE UNIQUE INDEX \"i on\" ON \"t(\" (a, b ASC, c DESC, lower(d , 'e,'), \"f g\") WHERE\n"
      "  a   IS NOT NULL -- x");
  ASSERT_EQ(index.parts.size(), 5u);
  EXPECT_TRUE(index.parts[0].is_name && index.parts[1].is_name && index.parts[4].is_name);
  EXPECT_FALSE(index.parts[2].is_name || index.parts[3].is_name);
  EXPECT_EQ(index.parts[2].sql, "c DESC");
  EXPECT_EQ(index.parts[3].sql, "lower(d , 'e,')");
  EXPECT_EQ(index.where, "a IS NOT NULL");
  EXPECT_EQ(read_create_index("CREATE INDEX i ON t (a)").where, "");
}

// Whatever the text is, the reader comes to an end.
TEST(DdlReader, Broken) {
  const std::string whole = R"(CREATE TABLE "t" (a INT CONSTRAINT x PRIMARY KEY AUTOINCREMENT, b
    TEXT DEFAULT -1 COLLATE y REFERENCES o (p, q) ON DELETE SET NULL NOT DEFERRABLE INITIALLY
    DEFERRED, [c] GENERATED ALWAYS AS (a + (b)) STORED, /* x */ UNIQUE (a, b) CHECK ('(' < b), -- y
    FOREIGN KEY (a) REFERENCES u MATCH z) WITHOUT ROWID, STRICT)";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    read_create_table(whole.substr(0, size));
    read_create_table(whole.substr(size));
    read_create_index(whole.substr(size));
  }
  std::mt19937 random(1);
  const std::string pieces[] = {"(", ")", ",", "'", "\"", "[", "]", "`", "--", "/*", "*/", "\n"};
  for (int run = 0; run != 2000; ++run) {
    std::string text = whole;
    for (int i = 0; i != 4; ++i)
      text.replace(random() % text.size(), random() % 6, pieces[random() % std::size(pieces)]);
    const TableText table = read_create_table(text);
    EXPECT_LE(table.columns.size(), text.size());
    read_create_index("CREATE INDEX i ON " + text);
  }
}
