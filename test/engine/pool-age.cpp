// Connections that the pool does not give out any more: old ones, and those that a ping finds dead.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -pthread -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/engine.h>
#include <filesystem>
#include <fstream>
#include <thread>

using declorm::Connection;
using declorm::Engine;
using namespace std::chrono_literals;

static int opened = 0;
static void count(Connection &) { ++opened; }

static int value_in(const Engine &engine) {
  return engine.connect().execute("SELECT max(a) FROM t").scalar().as<int>();
}
static void write_file(const char *text) { std::ofstream("age.db", std::ios::binary) << text; }

int main() {
  const char url[] = "sqlite:///age.db";
  const Engine engine = declorm::create_engine(url, {.pool_recycle = 30ms, .on_connect = count});
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE t (a)");
    c.execute("INSERT INTO t VALUES (1)");
  });
  std::this_thread::sleep_for(40ms);
  // CHECK: 1 opened 2
  std::cout << value_in(engine) << " opened " << opened << std::endl;

  // The file is still the same one, and no database any more. That is seen by the ping, before
  // somebody's first statement fails; opening a new connection says what is wrong.
  const Engine pinging =
      declorm::create_engine(url, {.pool_size = 1, .pool_pre_ping = true, .on_connect = count});
  opened = 0;
  // CHECK-NEXT: 1 1 opened 1
  std::cout << value_in(pinging) << ' ' << value_in(pinging) << " opened " << opened << std::endl;
  std::filesystem::copy("age.db", "copy.db");
  write_file("this is no database, and long enough to be seen as none by whoever reads it ………………");
  // CHECK-NEXT: OperationalError: the file of the database 'age.db' is no SQLite database, or is encrypted
  test::attempt([&] { pinging.connect(); });
  std::filesystem::copy("copy.db", "age.db", std::filesystem::copy_options::overwrite_existing);
  // CHECK: 1 opened 2
  std::cout << value_in(pinging) << " opened " << opened << std::endl;

  // A locked database is alive.
  const Engine exclusive = declorm::create_engine("sqlite:///age.db?begin=exclusive");
  Connection alone = exclusive.connect();
  {
    const declorm::Transaction transaction = alone.begin();
    // CHECK-NEXT: no error
    test::attempt([&] { pinging.connect(); });
  }
  // CHECK-NEXT: 1 opened 2
  std::cout << value_in(pinging) << " opened " << opened << std::endl;
}
