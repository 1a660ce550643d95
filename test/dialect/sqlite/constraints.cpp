// Each kind of violated constraint is an IntegrityError that says which, and where.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>

int main() {
  test::shows_own_words = true;
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::Connection connection = engine.connect();
  connection.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, "
                     "age INTEGER CONSTRAINT ck_age CHECK (age >= 0))");
  connection.execute("CREATE TABLE addresses (id INTEGER PRIMARY KEY, "
                     "user_id INTEGER REFERENCES users (id), "
                     "late_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED)");
  connection.execute("CREATE TABLE strict (a INTEGER) STRICT");
  connection.execute("INSERT INTO users VALUES (1, 'ed', 30)");
  connection.execute("INSERT INTO addresses VALUES (1, 1, 1)");
  connection.commit();
  const auto run = [&](std::string_view sql, const declorm::Params &params = {}) {
    test::attempt([&] { connection.execute(sql, params); });
  };
  // CHECK: IntegrityError: UNIQUE constraint failed: users.name; there is a row with that value already
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO users (name) VALUES (?)]
  // CHECK-NEXT: {{\[}}parameters: ('ed')]
  run("INSERT INTO users (name) VALUES (?)", {"ed"});
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed: users.id; there is a row with that value already
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO users (id, name) VALUES (1, 'x')]
  run("INSERT INTO users (id, name) VALUES (1, 'x')");
  // CHECK-NEXT: IntegrityError: NOT NULL constraint failed: users.name; it takes no NULL
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO users (name) VALUES (NULL)]
  run("INSERT INTO users (name) VALUES (NULL)");
  // CHECK-NEXT: IntegrityError: CHECK constraint failed: ck_age (table users)
  // CHECK-NEXT: {{\[}}SQL: UPDATE users SET age = :age]
  // CHECK-NEXT: {{\[}}parameters: (age=-1)]
  run("UPDATE users SET age = :age", {{"age", -1}});
  // CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed: the row of addresses would refer to nothing, by addresses.late_id (to users.id) or addresses.user_id (to users.id)
  // CHECK-NEXT: {{\[}}SQL: INSERT OR ABORT INTO "addresses" (user_id) VALUES (9)]
  run("INSERT OR ABORT INTO \"addresses\" (user_id) VALUES (9)");
  // CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed: a row of users is still referred to, by addresses.late_id (to users.id) or addresses.user_id (to users.id)
  // CHECK-NEXT: {{\[}}SQL: DELETE FROM users]
  run("DELETE FROM users");
  // CHECK-NEXT: DataError: cannot store TEXT value in INTEGER column strict.a
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO strict VALUES ('x')]
  run("INSERT INTO strict VALUES ('x')");
  // CHECK-NEXT: DataError: datatype mismatch in table users: its INTEGER PRIMARY KEY takes integers only
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO users (id, name) VALUES ('x', 'y')]
  run("INSERT INTO users (id, name) VALUES ('x', 'y')");
  // CHECK-NEXT: ProgrammingError: no such table: user in the memory database; did you mean 'users'?
  // CHECK-NEXT: {{\[}}SQL: SELECT * FROM user]
  run("SELECT * FROM user");
  // A misspelt quoted name is no string.
  // CHECK-NEXT: ProgrammingError: no such column: nam
  // CHECK-NEXT: {{\[}}SQL: SELECT "nam" FROM users]
  run("SELECT \"nam\" FROM users");
  // A deferred one fails at the commit; the transaction stays open and can be put right.
  // CHECK-NEXT: no error
  run("UPDATE addresses SET late_id = 9");
  // CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed: there are rows that refer to nothing, by addresses.late_id (to users.id)
  // CHECK-NEXT: {{\[}}SQL: COMMIT]
  test::attempt([&] { connection.commit(); });
  // CHECK-NEXT: no error
  run("UPDATE addresses SET late_id = 1");
  // CHECK-NEXT: no error
  test::attempt([&] { connection.commit(); });
  // What failed before left nothing behind.
  // CHECK-NEXT: 1 30 1
  std::cout << connection.execute("SELECT count(*) FROM users").scalar().as<int>() << ' '
            << connection.execute("SELECT age FROM users").scalar().as<int>() << ' '
            << connection.execute("SELECT count(*) FROM addresses").scalar().as<int>() << '\n';
}
