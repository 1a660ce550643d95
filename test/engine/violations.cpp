// What kind of constraint was violated: IntegrityError::kind().
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::Connection connection = engine.connect();
  connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, u TEXT UNIQUE, n INT NOT NULL, "
                     "c INT CHECK (c > 0), r INT REFERENCES a (id))");
  connection.execute("CREATE TABLE b (x TEXT, y TEXT, PRIMARY KEY (x, y))");
  connection.execute("INSERT INTO a VALUES (1, 'u', 1, 1, NULL)");
  connection.execute("INSERT INTO b VALUES ('x', 'y')");
  const auto attempt = [&](const char *sql, const declorm::Params &params = {}) {
    try {
      const declorm::Transaction savepoint = connection.begin_nested();
      connection.execute(sql, params);
    } catch (const declorm::IntegrityError &error) {
      using Kind = declorm::IntegrityError::Kind;
      switch (error.kind()) {
      case Kind::other:
        std::cout << "other" << std::endl;
        return;
      case Kind::unique:
        std::cout << "unique" << std::endl;
        return;
      case Kind::foreign_key:
        std::cout << "foreign key" << std::endl;
        return;
      case Kind::not_null:
        std::cout << "not null" << std::endl;
        return;
      case Kind::check:
        std::cout << "check" << std::endl;
        return;
      }
    }
  };
  // CHECK: unique
  attempt("INSERT INTO a VALUES (1, 'v', 1, 1, NULL)");
  // CHECK-NEXT: unique
  attempt("INSERT INTO a VALUES (2, :u, 1, 1, NULL)", {{"u", "u"}}); // with parameters, too
  // CHECK-NEXT: unique
  attempt("INSERT INTO b VALUES ('x', 'y')");
  // CHECK-NEXT: not null
  attempt("INSERT INTO a VALUES (3, 'w', NULL, 1, NULL)");
  // CHECK-NEXT: check
  attempt("INSERT INTO a VALUES (3, 'w', 1, 0, NULL)");
  // CHECK-NEXT: foreign key
  attempt("INSERT INTO a VALUES (3, 'w', 1, 1, 99)");
}
