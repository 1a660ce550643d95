// The number of statements does not grow with the tables; time is measured in utils/bench.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <algorithm>
#include <declorm/difference.h>
#include <declorm/engine.h>
#include <declorm/schema.h>
#include <iostream>

using namespace declorm;

static void measure(int tables) {
  int statements = 0;
  const Engine engine = create_engine(
      test::database_url(), {.on_statement = [&](const StatementEvent &) { ++statements; }});
  engine.begin([&](Connection &c) {
    test::drop_tables(c);
    for (int i = 0; i != tables; ++i) {
      const std::string n = std::to_string(i), before = std::to_string(std::max(i - 1, 0));
      c.execute("CREATE TABLE t" + n + " (id INTEGER CONSTRAINT pk" + n + " PRIMARY KEY, t" + n +
                " INTEGER CONSTRAINT fk REFERENCES t" + before + ", name VARCHAR(50))");
      c.execute("CREATE INDEX ix" + n + " ON t" + n + " (name)");
    }
  });
  MetaData metadata, one;
  statements = 0;
  metadata.reflect(engine);
  const auto count = [&] { return statements < 10 ? "few" : std::to_string(statements); };
  std::cout << metadata.tables().size() << " tables: " << count() << " statements";
  statements = 0;
  metadata.reflect(engine);
  std::cout << ", again: " << count();
  statements = 0;
  std::cout << ", compare: " << metadata.compare(engine).size() << " differences with " << count();
  statements = 0;
  one.reflect(engine, {.only = {"t" + std::to_string(tables - 1)}}); // and so all
  std::cout << ", by foreign keys: " << one.tables().size() << " with " << count() << '\n';
  const Table &last = metadata.table("t" + std::to_string(tables - 1));
  std::cout << create_sql(last, dialect("sqlite")) << '\n'
            << create_sql(last, last.indexes().front(), dialect("sqlite")) << '\n';
}

int main() {
  measure(3);
  measure(1000);
}

// The output:
// CHECK: 3 tables: few statements, again: few, compare: 0 differences with few, by foreign keys: 3 with few
// CHECK-NEXT: CREATE TABLE t2 (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	t2 INTEGER,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	CONSTRAINT pk2 PRIMARY KEY (id),
// CHECK-NEXT: 	CONSTRAINT fk FOREIGN KEY(t2) REFERENCES t1 (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix2 ON t2 (name)
// CHECK-NEXT: 1000 tables: few statements, again: few, compare: 0 differences with few, by foreign keys: 1000 with few
// CHECK-NEXT: CREATE TABLE t999 (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	t999 INTEGER,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	CONSTRAINT pk999 PRIMARY KEY (id),
// CHECK-NEXT: 	CONSTRAINT fk FOREIGN KEY(t999) REFERENCES t998 (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix999 ON t999 (name)
