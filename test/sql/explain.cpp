// explain(): the database's plan of a SELECT and of a query, in its own words, without executing
// it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  int statements = 0;
  const declorm::Engine engine =
      test::open_database({.on_statement = [&](const declorm::StatementEvent &) { ++statements; }});
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  statements = 0;
  const auto names = [](const std::string &plan) {
    return plan.find("users") != std::string::npos && plan.ends_with('\n');
  };
  // CHECK: 1 1
  std::cout << names(declorm::select<User>().where(col<&User::name> == "ed").explain(engine)) << ' '
            << names(session.query<User>().filter(col<&User::id> > 3).explain(engine)) << '\n';
  // A statement each, which is the database's EXPLAIN.
  // CHECK-NEXT: 2
  std::cout << statements << '\n';
  // CHECK-NEXT: no error
  test::attempt([&] {
    declorm::select(col<&User::id>)
        .where(col<&User::id>.in_(declorm::select(col<&User::id>)))
        .explain(engine);
  });
  declorm::metadata().drop_all(engine);
  // CHECK-NEXT: no table 1
  try {
    declorm::select<User>().explain(engine);
  } catch (const declorm::ProgrammingError &error) {
    const std::string text = error.what();
    std::cout << "no table " << (text.find("users") < text.find('\n')) << '\n';
  }
}
