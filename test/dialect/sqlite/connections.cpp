// What only SQLite's connections have: PRAGMA outside of transactions, databases in memory, and
// what its parser and its triggers say.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"

#include <declorm/engine.h>

int main() {
  const auto on_connect = [](declorm::Connection &connection) {
    connection.execute("PRAGMA foreign_keys = OFF"); // would mean nothing in a transaction
  };
  const declorm::Engine engine = declorm::create_engine("sqlite://", {.on_connect = on_connect});
  declorm::Connection connection = engine.connect();
  // CHECK: foreign keys 0
  std::cout << "foreign keys " << connection.execute("PRAGMA foreign_keys").scalar().as<int>()
            << std::endl;
  connection.execute("PRAGMA foreign_keys = ON");
  // CHECK-NEXT: 0 1
  std::cout << connection.in_transaction() << ' '
            << connection.execute("PRAGMA foreign_keys").scalar().as<int>() << std::endl;

  connection.execute("CREATE TABLE t (a INTEGER)");
  connection.commit();
  // Each engine has a database of its own in memory.
  // CHECK-NEXT: ProgrammingError: no such table: t in the memory database
  // CHECK-NEXT: {{\[}}SQL: SELECT a FROM t]
  test::attempt(
      [] { declorm::create_engine("sqlite://").connect().execute("SELECT a FROM t").all(); });
  // CHECK-NEXT: ProgrammingError: near "SELEC": syntax error
  // CHECK-NEXT: {{\[}}SQL: SELEC 1]
  test::attempt([&] { connection.execute("SELEC 1"); });
  // CHECK-NEXT: ProgrammingError: there is more than one statement; execute them one at a time
  // CHECK-NEXT: {{\[}}SQL: SELECT 1; DROP TABLE t]
  test::attempt([&] { connection.execute("SELECT 1; DROP TABLE t"); });

  connection.execute("CREATE TABLE b (x TEXT, y TEXT, PRIMARY KEY (x, y)) WITHOUT ROWID");
  connection.execute("INSERT INTO b VALUES ('x', 'y')");
  connection.execute("CREATE TRIGGER refuses BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no "
                     "luck'); END");
  using Kind = declorm::IntegrityError::Kind;
  const auto kind = [&](const char *sql) {
    try {
      connection.execute(sql);
    } catch (const declorm::IntegrityError &error) {
      std::cout << (error.kind() == Kind::unique  ? "unique"
                    : error.kind() == Kind::other ? "other"
                                                  : "?")
                << std::endl;
    }
  };
  // CHECK-NEXT: unique
  kind("INSERT INTO b VALUES ('x', 'y')");
  // CHECK-NEXT: other
  kind("INSERT INTO t VALUES (1)");
}
