// A database that another process holds: OperationalError after the timeout; what was written
// before stays.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>
#include <sys/wait.h>
#include <unistd.h>

using declorm::Connection;
using declorm::Engine;

/// Runs `function` while another process holds a write lock on the file.
template <class Function> static void while_locked(Function function) {
  int ready[2], done[2];
  if (pipe(ready) != 0 || pipe(done) != 0)
    throw declorm::Error("pipe");
  char byte = 0;
  const pid_t child = fork();
  if (child == 0) {
    close(done[1]);
    const Engine engine = declorm::create_engine("sqlite:///locked.db");
    Connection connection = engine.connect();
    connection.execute("INSERT INTO t VALUES (100)");
    if (write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 0)
      _exit(1);
    connection.rollback();
    _exit(0);
  }
  close(done[0]);
  if (read(ready[0], &byte, 1) != 1)
    throw declorm::Error("read");
  function();
  close(done[1]);
  waitpid(child, nullptr, 0);
}

int main() {
  declorm::create_engine("sqlite:///locked.db").begin([](Connection &c) {
    c.execute("CREATE TABLE t (a INTEGER)");
    c.execute("INSERT INTO t VALUES (1)");
  });
  while_locked([] {
    const Engine engine = declorm::create_engine("sqlite:///locked.db?timeout=0.05");
    Connection connection = engine.connect();
    // The process is named where the system lets it be seen.
    // CHECK: OperationalError: the database 'locked.db' is locked: {{(process [0-9]+ \(program\)|another connection or process)}} is writing to it (timeout 0.05 s); commit or roll back there, or wait longer with ?timeout=SECONDS in the URL
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
    // CHECK-NEXT: {{\[}}parameters: (2)]
    test::attempt([&] { connection.execute("INSERT INTO t VALUES (?)", {2}); });
    // Reading goes on.
    // CHECK-NEXT: 1 row
    std::cout << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << " row"
              << std::endl;
  });
  const Engine engine = declorm::create_engine("sqlite:///locked.db?timeout=0.05");
  Connection connection = engine.connect();
  // CHECK-NEXT: no error
  test::attempt([&] { connection.execute("INSERT INTO t VALUES (2)"); });
  connection.commit();
  // CHECK-NEXT: 2 rows
  std::cout << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << " rows"
            << std::endl;
  // A table that this connection itself still reads.
  declorm::Result reading = connection.execute("SELECT a FROM t");
  // CHECK-NEXT: OperationalError: database table is locked in the database 'locked.db': another statement of this connection is still reading; read its Result to the end, or end its scope, first
  // CHECK-NEXT: {{\[}}SQL: DROP TABLE t]
  test::attempt([&] { connection.execute("DROP TABLE t"); });
}
