// A full database: SQLite rolls the transaction back by itself, and nobody goes on as if it were
// there.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>

using declorm::Connection;

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  Connection connection = engine.connect();
  connection.execute("CREATE TABLE t (a)");
  connection.execute("INSERT INTO t VALUES ('kept')");
  connection.commit();
  connection.execute("PRAGMA max_page_count = 4");
  connection.execute("INSERT INTO t VALUES ('lost')");
  // CHECK: OperationalError: the memory database is full; nothing was written. Free space on its disk, or raise PRAGMA max_page_count
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
  // CHECK-NEXT: {{\[}}parameters: (x'00000000000000000000000000000000{{0*}}' … (1000000 bytes in all))]
  test::attempt(
      [&] { connection.execute("INSERT INTO t VALUES (?)", {declorm::Bytes(1'000'000)}); });
  // What was meant to come after it must not become a transaction of its own.
  // CHECK-NEXT: PendingRollbackError: the database rolled this transaction back after an error; call rollback() to go on. The error was: the memory database is full; nothing was written. Free space on its disk, or raise PRAGMA max_page_count
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
  test::attempt([&] { connection.execute("INSERT INTO t VALUES ('late')"); });
  // CHECK-NEXT: PendingRollbackError: the database rolled this transaction back after an error; {{.*}}
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
  test::attempt([&] { connection.commit(); });
  // CHECK-NEXT: no error
  test::attempt([&] { connection.rollback(); });
  // CHECK-NEXT: kept 1
  std::cout << "kept " << connection.execute("SELECT count(*) FROM t").scalar().as<int>()
            << std::endl;
}
