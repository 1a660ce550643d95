// How SQLite spells the types, and its options for tables.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

int main() {
  const Dialect &sqlite = dialect("sqlite");
  // CHECK: INTEGER SMALLINT INTEGER BOOLEAN FLOAT DOUBLE
  for (const declorm::Type &type :
       {declorm::Type(Integer), declorm::Type(SmallInteger), declorm::Type(BigInteger),
        declorm::Type(Boolean), declorm::Type(Float), declorm::Type(Double)})
    std::cout << type.sql(sqlite) << ' ';
  std::cout << '\n';
  // CHECK-NEXT: NUMERIC NUMERIC(10) NUMERIC(10, 2) VARCHAR VARCHAR(50) TEXT BLOB BLOB
  for (const declorm::Type &type :
       {declorm::Type(Numeric), Numeric(10), Numeric(10, 2), declorm::Type(String), String(50),
        declorm::Type(Text), declorm::Type(LargeBinary), LargeBinary(8)})
    std::cout << type.sql(sqlite) << ' ';
  std::cout << '\n';
  // CHECK-NEXT: DATE TIME DATETIME INTEGER VARCHAR(5) CHAR(32) JSON citext
  for (const declorm::Type &type :
       {declorm::Type(Date), declorm::Type(Time), declorm::Type(DateTime), declorm::Type(Interval),
        Enum({"red", "green"}), declorm::Type(Uuid), declorm::Type(Json),
        declorm::Type{.kind = TypeKind::raw, .name = "citext"}})
    std::cout << type.sql(sqlite) << ' ';
  std::cout << '\n';

  MetaData metadata;
  // CHECK-NEXT: CREATE TABLE counted (
  // CHECK-NEXT: id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
  // CHECK-NEXT: )
  std::cout << create_sql(metadata.add_table("counted", Column("id", SmallInteger, primary_key),
                                             table_option("sqlite_autoincrement", "true")),
                          sqlite)
            << '\n';
  // CHECK-NEXT: CREATE TABLE strict (
  // CHECK-NEXT: name TEXT NOT NULL,
  // CHECK-NEXT: score REAL,
  // CHECK-NEXT: made TEXT,
  // CHECK-NEXT: PRIMARY KEY (name)
  // CHECK-NEXT: ) WITHOUT ROWID, STRICT
  std::cout << create_sql(metadata.add_table("strict", Column("name", String(20), primary_key),
                                             Column("score", Double), Column("made", DateTime),
                                             table_option("sqlite_with_rowid", "false"),
                                             table_option("sqlite_strict", "true")),
                          sqlite)
            << '\n';
  const auto refused = [&](Table &table) { test::attempt([&] { create_sql(table, sqlite); }); };
  // CHECK-NEXT: ArgumentError: the table odd has an unknown option 'sqlite_strikt'; did you mean 'sqlite_strict'?
  refused(metadata.add_table("odd", Column("a", Integer), table_option("sqlite_strikt", "true")));
  // CHECK-NEXT: ArgumentError: the option sqlite_strict of table unsure is 'maybe'; write "true" or "false"
  refused(
      metadata.add_table("unsure", Column("a", Integer), table_option("sqlite_strict", "maybe")));
  // CHECK-NEXT: ArgumentError: the column untyped.a has no type; give it one, such as Integer or String(50)
  refused(metadata.add_table("untyped", Column("a", declorm::Type())));
  // CHECK-NEXT: ArgumentError: the table empty has no columns
  refused(metadata.add_table("empty"));
}
