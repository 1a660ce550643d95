// echo logs each statement, its parameters, and the transaction's ends.
// RUN: %declorm_clang %s %link_declorm -o %t && %database_merged %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>

int main() {
  const declorm::Engine engine = declorm::create_engine(test::database_url(), {.echo = true});
  declorm::Connection connection = engine.connect();
  // CHECK: BEGIN (implicit)
  // CHECK-NEXT: CREATE TABLE users (
  // CHECK-NEXT: id INTEGER PRIMARY KEY, name VARCHAR UNIQUE)
  // CHECK-NEXT: ()
  connection.execute("CREATE TABLE users (\nid INTEGER PRIMARY KEY, name VARCHAR UNIQUE)");
  // CHECK-NEXT: INSERT INTO users VALUES (?, ?)
  // CHECK-NEXT: (1, 'it''s')
  connection.execute("INSERT INTO users VALUES (?, ?)", {1, "it's"});
  // CHECK-NEXT: INSERT INTO users VALUES (:id, :name)
  // CHECK-NEXT: (id=2, name=NULL)
  connection.execute("INSERT INTO users VALUES (:id, :name)", {{"id", 2}, {"name", nullptr}});
  // CHECK-NEXT: COMMIT
  connection.commit();
  {
    // CHECK-NEXT: BEGIN (implicit)
    // CHECK-NEXT: SAVEPOINT sp_1
    declorm::Transaction inner = connection.begin_nested();
    // CHECK-NEXT: RELEASE SAVEPOINT sp_1
    inner.commit();
    // CHECK-NEXT: SAVEPOINT sp_2
    declorm::Transaction lost = connection.begin_nested();
    // CHECK-NEXT: ROLLBACK TO SAVEPOINT sp_2
  }
  // A statement that fails is in the log too.
  // CHECK-NEXT: INSERT INTO users VALUES (?, ?)
  // CHECK-NEXT: (3, 'it''s')
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  // CHECK-NEXT: {{.}}SQL: INSERT INTO users VALUES (?, ?){{.}}
  // CHECK-NEXT: {{.}}parameters: (3, 'it''s'){{.}}
  test::attempt([&] { connection.execute("INSERT INTO users VALUES (?, ?)", {3, "it's"}); });
  // CHECK-NEXT: ROLLBACK
  connection.rollback();
  // Nothing was begun, so nothing ends.
  // CHECK-NOT: {{.}}
  connection.rollback();
  connection.commit();
}
