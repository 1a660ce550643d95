// The pool: how many connections there are, who waits, and what on_connect may do.
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <declorm/engine.h>
#include <regex>
#include <thread>

using declorm::Connection;
using declorm::Engine;
using namespace std::chrono_literals;

/// Without the URL, and the numbers of threads and seconds.
static std::string without_numbers(std::string text) {
  if (const std::size_t at = text.find(test::database_url()); at != std::string::npos)
    text.replace(at, test::database_url().size(), "URL");
  text = std::regex_replace(text, std::regex("thread [0-9]+"), "thread N");
  return std::regex_replace(text, std::regex("for [0-9.]+ s"), "for N s");
}

int main() {
  int opened = 0;
  const auto on_connect = [&](Connection &connection) {
    ++opened;
    connection.execute("CREATE TEMPORARY TABLE mine (a INTEGER)");
  };
  const Engine engine = declorm::create_engine(
      test::database_url(), {.pool_size = 2, .pool_timeout = 50ms, .on_connect = on_connect});
  {
    Connection first = engine.connect();
    // CHECK: its own 0
    std::cout << "its own " << first.execute("SELECT count(*) FROM mine").scalar().as<int>()
              << '\n';
    first.execute("CREATE TABLE t (a INTEGER)");
    first.execute("INSERT INTO t VALUES (7)");
    first.commit();
    Connection second = engine.connect();
    // The database is shared by the connections, one in memory too.
    // CHECK-NEXT: shared 7
    std::cout << "shared " << second.execute("SELECT a FROM t").scalar().as<int>() << '\n';
    // CHECK-NEXT: OperationalError: no connection to URL became free within 0.050 s: all 2 of the pool are in use, by thread N (this one) for N s, thread N (this one) for N s; 0 other threads wait. End the scope of connections and sessions that are done, or raise EngineOptions::pool_size
    try {
      engine.connect();
    } catch (const declorm::OperationalError &error) {
      std::cout << "OperationalError: " << without_numbers(error.what()) << '\n';
    }
  }
  // It lives as long as the engine, and so do connections in the pool.
  // CHECK-NEXT: alive 7, opened 2
  const Engine copy = engine;
  std::cout << "alive " << copy.connect().execute("SELECT a FROM t").scalar().as<int>()
            << ", opened " << opened << '\n';

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

  // Connections of several threads write to one database, one after the other.
  const Engine busy = test::open_database();
  busy.begin([](Connection &c) { c.execute("CREATE TABLE u (a INTEGER)"); });
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n != 50; ++n)
        busy.begin([&](Connection &c) { c.execute("INSERT INTO u VALUES (?)", {n}); });
    });
  for (std::thread &thread : threads)
    thread.join();
  // CHECK-NEXT: 200 rows
  std::cout << busy.connect().execute("SELECT count(*) FROM u").scalar().as<int>() << " rows\n";

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
