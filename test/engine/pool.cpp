// The pool: how many connections there are, who waits, and what on_connect may do.
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <declorm/engine.h>
#include <thread>

using declorm::Connection;
using declorm::Engine;
using namespace std::chrono_literals;

int main() {
  int opened = 0;
  const auto on_connect = [&](Connection &connection) {
    ++opened;
    connection.execute("PRAGMA foreign_keys = OFF"); // would mean nothing in a transaction
  };
  const Engine engine = declorm::create_engine(
      test::database_url(), {.pool_size = 2, .pool_timeout = 50ms, .on_connect = on_connect});
  {
    Connection first = engine.connect();
    // CHECK: foreign keys 0
    std::cout << "foreign keys " << first.execute("PRAGMA foreign_keys").scalar().as<int>() << '\n';
    first.execute("CREATE TABLE t (a)");
    first.execute("INSERT INTO t VALUES (7)");
    first.commit();
    Connection second = engine.connect();
    // The memory database is shared by the connections.
    // CHECK-NEXT: shared 7
    std::cout << "shared " << second.execute("SELECT a FROM t").scalar().as<int>() << '\n';
    // CHECK-NEXT: OperationalError: no connection to sqlite:// became free within 0.050 s: all 2 of the pool are in use, by thread {{[0-9]+}} (this one) for {{[0-9.]+}} s, thread {{[0-9]+}} (this one) for {{[0-9.]+}} s; 0 other threads wait. End the scope of connections and sessions that are done, or raise EngineOptions::pool_size
    test::attempt([&] { engine.connect(); });
  }
  // It lives as long as the engine, and so do connections in the pool.
  // CHECK-NEXT: alive 7, opened 2
  const Engine copy = engine;
  std::cout << "alive " << copy.connect().execute("SELECT a FROM t").scalar().as<int>()
            << ", opened " << opened << '\n';
  // CHECK-NEXT: ProgrammingError: no such table: t in the memory database
  // CHECK-NEXT: {{\[}}SQL: SELECT a FROM t]
  test::attempt([] { test::open_database().connect().execute("SELECT a FROM t"); });

  // Who waits gets the connection that comes back.
  const Engine patient = declorm::create_engine(test::database_url(), {.pool_size = 1});
  {
    std::thread waiting;
    {
      Connection held = patient.connect();
      waiting = std::thread([&] { patient.connect().execute("SELECT 1"); });
      std::this_thread::sleep_for(20ms);
    }
    waiting.join();
  }
  // CHECK-NEXT: waited
  std::cout << "waited\n";

  // Connections of several threads write to one memory database, one after the other.
  const Engine busy = test::open_database();
  busy.begin([](Connection &c) { c.execute("CREATE TABLE t (a)"); });
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n != 50; ++n)
        busy.begin([&](Connection &c) { c.execute("INSERT INTO t VALUES (?)", {n}); });
    });
  for (std::thread &thread : threads)
    thread.join();
  // CHECK-NEXT: 200 rows
  std::cout << busy.connect().execute("SELECT count(*) FROM t").scalar().as<int>() << " rows\n";

  // A connection that on_connect refuses is not used.
  bool refuse = true;
  const Engine choosy = declorm::create_engine(test::database_url(),
                                               {.pool_size = 1, .on_connect = [&](Connection &) {
                                                  if (refuse)
                                                    throw declorm::Error("refused");
                                                }});
  // CHECK-NEXT: Error: refused
  test::attempt([&] { choosy.connect(); });
  refuse = false;
  // CHECK-NEXT: no error
  test::attempt([&] { choosy.connect(); });
  // CHECK-NEXT: ArgumentError: EngineOptions::pool_size is 0; an engine needs at least one connection
  test::attempt([&] { declorm::create_engine(test::database_url(), {.pool_size = 0}); });
}
