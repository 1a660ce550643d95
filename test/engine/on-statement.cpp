// on_statement is called once per execution, with parameters and rows; BEGIN and COMMIT are none.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>

int main() {
  const auto show = [](const declorm::StatementEvent &event) {
    std::cout << event.sql << " |";
    for (const std::string &param : event.params)
      std::cout << ' ' << param;
    std::cout << " | " << event.rows << (event.duration.count() > 0 ? " timed" : " not timed")
              << std::endl;
  };
  const declorm::Engine engine =
      declorm::create_engine(test::database_url(), {.on_statement = show});
  declorm::Connection connection = engine.connect();
  // CHECK: CREATE TABLE t (a INTEGER UNIQUE) | | 0 timed
  connection.execute("CREATE TABLE t (a INTEGER UNIQUE)");
  // CHECK-NEXT: INSERT INTO t VALUES (?), (?) | 1 2 | 2 timed
  connection.execute("INSERT INTO t VALUES (?), (?)", {1, 2});
  // CHECK-NEXT: INSERT INTO t VALUES (3) RETURNING a | | 1 timed
  connection.execute("INSERT INTO t VALUES (3) RETURNING a");
  // CHECK-NEXT: SELECT a FROM t | | 3 timed
  connection.execute("SELECT a FROM t").all();
  // A failed one is no event; a query that is left early counts what was read.
  // CHECK-NEXT: IntegrityError: {{.*}}
  // CHECK: SELECT a FROM t | | 1 timed
  connection.commit();
  test::attempt([&] { connection.execute("INSERT INTO t VALUES (1)"); });
  connection.rollback();
  connection.execute("SELECT a FROM t").first();
  // CHECK-NEXT: end
  connection.commit();
  std::cout << "end\n";
}
