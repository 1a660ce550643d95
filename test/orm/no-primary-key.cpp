// A log without a primary key, allowed: written and read with a connection; nothing that needs to
// tell rows apart runs.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

struct [[using declorm: table("log"), allow("no-primary-key")]] Log {
  [[declorm::column]] int line = 0;
};

template <class F> void attempt(const char *what, F f) {
  try {
    f();
    std::cout << what << ": done\n";
  } catch (const declorm::InvalidRequestError &error) {
    std::cout << what << ": " << error.what() << '\n';
  }
}

int main() {
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    auto connection = engine.connect();
    connection.insert(Log{3});
    connection.insert(Log{3});
    connection.insert(Log{4});
    Log log{3};
    // CHECK: update: class 'Log' ({{.*}}no-primary-key.cpp:8) has no primary key: a Connection inserts and selects its objects, but nothing can update, delete or identify one
    attempt("update", [&] { connection.update(log); });
    // CHECK-NEXT: delete_: class 'Log' {{.*}}
    attempt("delete_", [&] { connection.delete_(log); });
    // CHECK-NEXT: get: class 'Log' {{.*}}
    attempt("get", [&] { connection.get<Log>(3); });
    connection.commit();
    // CHECK-NEXT: 3 3 4
    for (Log row : connection.select<Log>())
      std::cout << row.line << (row.line == 4 ? "\n" : " ");
  }
  declorm::Session session(engine);
  // CHECK-NEXT: add: class 'Log' {{.*}}
  attempt("add", [&] { session.add(Log{5}); });
  // CHECK-NEXT: add shared: class 'Log' {{.*}}
  attempt("add shared", [&] { session.add(std::make_shared<Log>()); });
  // CHECK-NEXT: query: class 'Log' {{.*}}
  attempt("query", [&] { session.query<Log>().all(); });
  // CHECK-NEXT: merge: class 'Log' {{.*}}
  attempt("merge", [&] { session.merge(Log{3}); });
  // CHECK-NEXT: commit: done
  attempt("commit", [&] { session.commit(); });
  // CHECK-NEXT: 3
  std::cout << session.query<Log>().count() << '\n';
}
