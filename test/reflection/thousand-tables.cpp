// The number of statements does not grow with the tables; time is measured in utils/bench.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
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
    for (int i = 0; i != tables; ++i) {
      const std::string n = std::to_string(i), next = std::to_string((i + 1) % tables);
      c.execute("CREATE TABLE t" + n + " (id INTEGER PRIMARY KEY, name VARCHAR(50) UNIQUE, t" + n +
                " INT CONSTRAINT fk REFERENCES t" + next + ", CHECK (id > 0))");
      c.execute("CREATE INDEX ix" + n + " ON t" + n + " (name) WHERE id > " + n);
    }
  });
  MetaData metadata, one;
  statements = 0;
  metadata.reflect(engine);
  std::cout << metadata.tables().size() << " tables: " << statements << " statements";
  statements = 0;
  metadata.reflect(engine);
  std::cout << ", again: " << statements;
  statements = 0;
  std::cout << ", compare: " << metadata.compare(engine).size() << " differences with "
            << statements;
  statements = 0;
  one.reflect(engine, {.only = {"t0"}}); // and so all
  std::cout << ", by foreign keys: " << one.tables().size() << " with " << statements << '\n';
  const Table &last = metadata.table("t" + std::to_string(tables - 1));
  std::cout << create_sql(last, engine.dialect()) << '\n'
            << create_sql(last, last.indexes().front(), engine.dialect()) << '\n';
}

int main() {
  measure(3);
  measure(1000);
}

// The output:
// CHECK: 3 tables: 5 statements, again: 1, compare: 0 differences with 5, by foreign keys: 3 with 5
// CHECK-NEXT: CREATE TABLE t2 (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	t2 INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (name),
// CHECK-NEXT: 	CONSTRAINT fk FOREIGN KEY(t2) REFERENCES t0 (id),
// CHECK-NEXT: 	CHECK (id > 0)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix2 ON t2 (name) WHERE id > 2
// CHECK-NEXT: 1000 tables: 5 statements, again: 1, compare: 0 differences with 5, by foreign keys: 1000 with 5
// CHECK-NEXT: CREATE TABLE t999 (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	t999 INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (name),
// CHECK-NEXT: 	CONSTRAINT fk FOREIGN KEY(t999) REFERENCES t0 (id),
// CHECK-NEXT: 	CHECK (id > 0)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix999 ON t999 (name) WHERE id > 999
