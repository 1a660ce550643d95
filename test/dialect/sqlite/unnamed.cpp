// Columns and tables without a name, which SQLite takes and no statement of ours could mention: all
// that reads a schema leaves them out, and goes on with the rest.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/difference.h>
#include <declorm/reflection.h>

using namespace declorm;

struct [[declorm::deferred_reflection]] Reflected {};
struct [[declorm::table("half")]] Half : Reflected {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

static void print(const Table &table) {
  std::cout << table.full_name() << ':';
  for (const Column *column : table.columns())
    std::cout << ' ' << column->name();
  std::cout << std::endl;
  for (const std::string &sentence : table.left_out())
    std::cout << "  " << sentence << std::endl;
}

int main() {
  const Engine engine = create_engine("sqlite://");
  engine.begin([](Connection &connection) {
    connection.execute("CREATE TABLE \"\" (a INTEGER PRIMARY KEY)");
    connection.execute("CREATE TABLE blank (\"\" INTEGER)");
    connection.execute("CREATE TABLE half (id INTEGER PRIMARY KEY, [] INTEGER, name TEXT NOT NULL, "
                       "UNIQUE (name, []), UNIQUE (name))");
    connection.execute(
        "CREATE TABLE refers (id INTEGER PRIMARY KEY, a REFERENCES \"\", b REFERENCES "
        "half (id))");
  });
  MetaData metadata;
  metadata.reflect(engine);
  for (const Table *table : metadata.tables())
    print(*table);
  const Engine again = create_engine("sqlite://");
  metadata.create_all(again);
  for (const std::string &name : inspect(again).table_names())
    std::cout << "created " << name << std::endl;
  std::cout << metadata.compare(engine).size() << " differences" << std::endl;

  MetaData some;
  some.reflect(engine, {.only = {"refers"}});
  for (const Table *table : some.tables())
    std::cout << "read " << table->name() << std::endl;
  MetaData loaded;
  print(loaded.add_table("half", autoload_with(engine)));
  print(
      loaded.add_table("half", autoload_with(engine), extend_existing, include_columns({"name"})));
  test::attempt([&] { MetaData().reflect(engine, {.only = {""}}); });

  prepare(engine);
  Session session(engine);
  session.add(Half{.name = "a"});
  session.commit();
  for (const Half &half : session.query<Half>())
    std::cout << half.id << ' ' << half.name << std::endl;
}

// The output:
// CHECK: blank:
// CHECK-NEXT:   a column without a name is left out
// CHECK-NEXT: half: id name
// CHECK-NEXT:   a column without a name is left out
// CHECK-NEXT:   the unique constraint (name, "") is left out with it
// CHECK-NEXT: refers: id a b
// CHECK-NEXT:   the foreign key (a) is left out: what it refers to has no name
// CHECK-NEXT: created half
// CHECK-NEXT: created refers
// CHECK-NEXT: 0 differences
// CHECK-NEXT: read half
// CHECK-NEXT: read refers
// CHECK-NEXT: half: id name
// CHECK-NEXT:   a column without a name is left out
// CHECK-NEXT:   the unique constraint (name, "") is left out with it
// CHECK-NEXT: half: name id
// CHECK-NEXT: ArgumentError: a table has an empty name
// CHECK-NEXT: 1 a
