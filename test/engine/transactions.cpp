// Transactions and savepoints: who ends them, and what is left in the database.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>

using declorm::Connection;
using declorm::Engine;
using declorm::Transaction;

static void show(const char *what, const Engine &engine) {
  std::cout << what << ':';
  Connection connection = engine.connect();
  for (const declorm::Row &row : connection.execute("SELECT a FROM t ORDER BY a"))
    std::cout << ' ' << row["a"].as<int>();
  std::cout << std::endl;
}

int main() {
  const Engine engine = test::open_database();
  engine.begin([](Connection &c) { c.execute("CREATE TABLE t (a INTEGER)"); });

  { // Left alone, a transaction is rolled back with its connection.
    Connection connection = engine.connect();
    std::cout << connection.in_transaction();
    connection.execute("INSERT INTO t VALUES (1)");
    std::cout << connection.in_transaction() << std::endl;
  }
  // CHECK: 01
  // CHECK-NEXT: not committed:
  show("not committed", engine);

  {
    Connection connection = engine.connect();
    connection.execute("INSERT INTO t VALUES (2)");
    connection.commit();
    connection.execute("INSERT INTO t VALUES (3)");
    connection.rollback();
  }
  // CHECK-NEXT: committed: 2
  show("committed", engine);

  {
    Connection connection = engine.connect();
    {
      Transaction transaction = connection.begin();
      connection.execute("INSERT INTO t VALUES (4)");
    }
    // CHECK-NEXT: scope left: 0
    std::cout << "scope left: " << connection.in_transaction() << std::endl;
    Transaction transaction = connection.begin();
    connection.execute("INSERT INTO t VALUES (5)");
    // CHECK-NEXT: InvalidRequestError: this connection is in a transaction already; commit() or rollback() it first, or use begin_nested() for a savepoint
    test::attempt([&] { connection.begin(); });
    transaction.commit();
    // CHECK-NEXT: InvalidRequestError: this transaction is over: it was committed or rolled back before
    test::attempt([&] { transaction.commit(); });
    // CHECK-NEXT: InvalidRequestError: this transaction is over: it was committed or rolled back before
    test::attempt([&] { transaction.rollback(); });
  }
  // CHECK-NEXT: scopes: 2 5
  show("scopes", engine);

  { // Savepoints, one in another.
    Connection connection = engine.connect();
    Transaction outer = connection.begin_nested();
    connection.execute("INSERT INTO t VALUES (6)");
    {
      Transaction inner = connection.begin_nested();
      connection.execute("INSERT INTO t VALUES (7)");
    }
    Transaction kept = connection.begin_nested();
    connection.execute("INSERT INTO t VALUES (8)");
    kept.commit();
    outer.commit();
    connection.commit();
  }
  // CHECK-NEXT: savepoints: 2 5 6 8
  show("savepoints", engine);

  { // A savepoint whose transaction is gone does nothing to the next one.
    Connection connection = engine.connect();
    {
      Transaction stale = connection.begin_nested();
      connection.rollback();
      connection.execute("INSERT INTO t VALUES (9)");
    }
    connection.commit();
  }
  // CHECK-NEXT: stale savepoint: 2 5 6 8 9
  show("stale savepoint", engine);

  { // So does a transaction that was ended behind its back.
    Connection connection = engine.connect();
    {
      Transaction stale = connection.begin();
      connection.commit();
      connection.execute("INSERT INTO t VALUES (10)");
    }
    connection.commit();
  }
  // CHECK-NEXT: stale transaction: 2 5 6 8 9 10
  show("stale transaction", engine);

  // CHECK-NEXT: begin gives 42
  std::cout << "begin gives " << engine.begin([](Connection &) { return 42; }) << std::endl;
  // CHECK-NEXT: ArgumentError: thrown inside
  test::attempt([&] {
    engine.begin([](Connection &c) {
      c.execute("INSERT INTO t VALUES (11)");
      throw declorm::ArgumentError("thrown inside");
    });
  });
  // CHECK-NEXT: thrown: 2 5 6 8 9 10
  show("thrown", engine);

  // CHECK-NEXT: InvalidRequestError: transactions are begun, committed and rolled back with begin(), begin_nested(), commit() and rollback(), not with 'rollback'
  test::attempt([&] { engine.connect().execute("rollback"); });
  // What cannot be done in a transaction opens none.
  Connection connection = engine.connect();
  connection.execute("VACUUM");
  // CHECK-NEXT: 0
  std::cout << connection.in_transaction() << std::endl;
}
