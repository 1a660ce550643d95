// A connection that is lost: what is told, and that the pool has another one, also a pool of one.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/strict.h"
#include <declorm/declorm.h>

using declorm::Connection;

static void lose_next(Connection &connection) { test::lose_at(connection, 1); }

int main() {
  int opened = 0;
  bool lose = false;
  const declorm::Engine engine =
      declorm::create_engine("strict://", {.pool_size = 1, .on_connect = [&](Connection &c) {
                                             ++opened;
                                             if (lose) {
                                               lose_next(c);
                                               c.execute("SELECT 1");
                                             }
                                           }});
  engine.begin([](Connection &c) { c.execute("CREATE TABLE t (a INTEGER)"); });
  {
    Connection connection = engine.connect();
    connection.execute("INSERT INTO t VALUES (1)");
    lose_next(connection);
    // CHECK: ConnectionLostError: the connection to the server was lost
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
    test::attempt([&] { connection.execute("INSERT INTO t VALUES ($1)", {2}); });
    // CHECK-NEXT: PendingRollbackError: the connection to the database was lost, and what this transaction wrote with it; call rollback() to go on. The error was: the connection to the server was lost
    test::attempt([&] { connection.commit(); });
    // CHECK: no error
    test::attempt([&] { connection.rollback(); });
    // CHECK-NEXT: ConnectionLostError: the connection to the database was lost; take another one with Engine::connect(), or call rollback() on the Session. The error was: the connection to the server was lost
    test::attempt([&] { connection.execute("SELECT 1"); });
  }
  // CHECK: rows 0, opened 2
  std::cout << "rows " << engine.connect().execute("SELECT count(*) FROM t").scalar().as<int>()
            << ", opened " << opened << std::endl;
  { // As the rows of a query come.
    engine.begin([](Connection &c) { c.execute("INSERT INTO t VALUES (1), (2), (3)"); });
    declorm::Session session(engine);
    lose_next(session.connection());
    // CHECK-NEXT: ConnectionLostError: {{.*}}
    test::attempt([&] { session.execute("SELECT a FROM t").all(); });
    // There was no transaction yet.
    // CHECK: ConnectionLostError: the connection to the database was lost; take another one with Engine::connect(), or call rollback() on the Session. {{.*}}
    test::attempt([&] { session.execute("SELECT a FROM t"); });
    session.rollback();
    // CHECK: rows 3, opened 3
    std::cout << "rows " << session.execute("SELECT a FROM t").all().size() << ", opened " << opened
              << std::endl;
    // Lost at rollback is rolled back.
    lose_next(session.connection());
    // CHECK-NEXT: no error
    test::attempt([&] { session.rollback(); });
    // CHECK-NEXT: rows 3, opened 4
    std::cout << "rows " << session.execute("SELECT a FROM t").all().size() << ", opened " << opened
              << std::endl;
  }
  { // A ping finds it before somebody uses it, and the others of the pool go with it.
    int pinged = 0;
    const declorm::Engine pinging = declorm::create_engine(
        "strict://",
        {.pool_size = 3, .pool_pre_ping = true, .on_connect = [&](Connection &) { ++pinged; }});
    const auto take_all = [&] {
      Connection one = pinging.connect(), two = pinging.connect(), three = pinging.connect();
      three.execute("SELECT 1");
    };
    take_all();
    take_all();
    test::lose_at(pinging, 1);
    // CHECK-NEXT: no error
    test::attempt(take_all);
    // CHECK-NEXT: opened 6
    std::cout << "opened " << pinged << std::endl;
  }
  { // In on_connect: the error comes out of connect(), and there is still room for another one.
    lose = true;
    {
      Connection connection = engine.connect(); // from the pool
      lose_next(connection);
      // CHECK-NEXT: ConnectionLostError: {{.*}}
      test::attempt([&] { connection.execute("SELECT 1"); });
    }
    // CHECK: ConnectionLostError: {{.*}}
    test::attempt([&] { engine.connect(); });
    lose = false;
    // CHECK: no error
    test::attempt([&] { engine.connect(); });
  }
}
