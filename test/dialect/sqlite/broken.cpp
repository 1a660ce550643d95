// Connections that broke are replaced: a file that was replaced, damaged, or has no room.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <csignal>
#include <declorm/engine.h>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

using declorm::Connection;
using declorm::Engine;

static int opened = 0;

static Engine open(const std::string &url) {
  return declorm::create_engine(url,
                                {.pool_size = 1, .on_connect = [](Connection &) { ++opened; }});
}
static void fill(const std::string &url, int value) {
  declorm::create_engine(url).begin([&](Connection &c) {
    c.execute("CREATE TABLE t (a)");
    c.execute("INSERT INTO t VALUES (?)", {value});
  });
}
static int value_in(const Engine &engine) {
  return engine.connect().execute("SELECT max(a) FROM t").scalar().as<int>();
}

int main() {
  std::signal(SIGXFSZ, SIG_IGN);
  fill("sqlite:///a.db", 1);
  fill("sqlite:///b.db", 2);
  const Engine engine = open("sqlite:///a.db");
  // CHECK: 1 1 opened 1
  std::cout << value_in(engine) << ' ' << value_in(engine) << " opened " << opened << std::endl;
  // Another file under the name, between two uses.
  std::filesystem::rename("b.db", "a.db");
  // CHECK-NEXT: 2 opened 2
  std::cout << value_in(engine) << " opened " << opened << std::endl;
  // Under a connection in use: nothing is written into a file that nobody sees.
  fill("sqlite:///c.db", 3);
  {
    Connection connection = engine.connect();
    std::filesystem::rename("c.db", "a.db");
    // CHECK-NEXT: ConnectionLostError: the file of the database 'a.db' was moved, replaced or deleted while this connection was open; nothing was written. New connections open the file that is there now
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (9)]
    test::attempt([&] { connection.execute("INSERT INTO t VALUES (9)"); });
  }
  // CHECK-NEXT: 3 opened 3
  std::cout << value_in(engine) << " opened " << opened << std::endl;

  // Damage: the connection is not used again, and the pool has room for another one.
  const auto damage = [] {
    std::fstream file("a.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(0);
    file << std::string(100, 'x');
  };
  damage();
  // CHECK-NEXT: OperationalError: the file of the database 'a.db' is no SQLite database, or is encrypted
  test::attempt([&] { value_in(engine); });
  // CHECK: OperationalError: the file of the database 'a.db' is no SQLite database, or is encrypted
  test::attempt([&] { value_in(engine); });
  std::filesystem::remove("a.db");
  fill("sqlite:///a.db", 4);
  // CHECK: 4
  std::cout << value_in(engine) << std::endl;

  // No room: files of this process must not grow any more. Nothing is lost.
  fill("sqlite:///small.db", 5);
  const Engine small = open("sqlite:///small.db");
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit no_room{16384, limit.rlim_max};
  {
    Connection connection = small.connect();
    connection.execute("INSERT INTO t VALUES (6)");
    connection.commit();
    setrlimit(RLIMIT_FSIZE, &no_room);
    // CHECK-NEXT: OperationalError: {{.*}}small.db{{.*}}
    test::attempt([&] {
      connection.execute("INSERT INTO t VALUES (7), (?)", {declorm::Bytes(1'000'000)});
      connection.commit();
    });
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  // CHECK: 6 'ok'
  std::cout << value_in(small) << ' '
            << small.connect().execute("PRAGMA integrity_check").scalar().to_string() << std::endl;
  // CHECK-NEXT: no error
  test::attempt([&] { small.begin([](Connection &c) { c.execute("INSERT INTO t VALUES (7)"); }); });
}
