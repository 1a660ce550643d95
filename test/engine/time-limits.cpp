// statement_timeout and connect_timeout.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -pthread -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <thread>

using declorm::Connection;
using declorm::create_engine;
using declorm::Engine;
using namespace std::chrono_literals;

struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};

static const char endless[] = "SELECT count(*) FROM endless";

int main() {
  const Engine engine =
      create_engine("sqlite:///limits.db?timeout=60", {.pool_size = 3, .statement_timeout = 50ms});
  declorm::metadata().create_all(engine);
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE t (a)");
    c.execute("INSERT INTO t VALUES (1), (2), (3), (4)");
    c.execute("CREATE VIEW endless AS WITH RECURSIVE n(i) AS"
              " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    c.execute("CREATE TRIGGER slow AFTER INSERT ON notes WHEN NEW.text = 'slow'"
              " BEGIN INSERT INTO t SELECT count(*) FROM endless; END");
  });
  {
    Connection connection = engine.connect();
    connection.execute("INSERT INTO t VALUES (5)");
    // CHECK: StatementTimeoutError: the statement was stopped after 0.050 s, the time that statement_timeout gives it
    // CHECK-NEXT: {{\[}}SQL: SELECT count(*) FROM endless]
    test::attempt([&] { connection.execute(endless); });
    // A query takes nothing with it.
    // CHECK-NEXT: rows 5
    std::cout << "rows " << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
    // Time between the rows is the caller's.
    int rows = 0;
    for (declorm::Result all = connection.execute("SELECT a FROM t"); all.next(); ++rows)
      std::this_thread::sleep_for(20ms);
    // CHECK-NEXT: slowly 5
    std::cout << "slowly " << rows << '\n';
    // All the time of one execution counts, in however many pieces it is read.
    const auto begin = std::chrono::steady_clock::now();
    // CHECK-NEXT: StatementTimeoutError: {{.*}}
    test::attempt([&] { connection.execute("SELECT i FROM endless").all(); });
    // CHECK: in time 1
    std::cout << "in time " << (std::chrono::steady_clock::now() - begin < 10s) << '\n';

    // Another limit, for this use of the connection only.
    connection.set_statement_timeout(10ms);
    // CHECK-NEXT: StatementTimeoutError: the statement was stopped after 0.010 s, {{.*}}
    test::attempt([&] { connection.execute(endless); });
    // A statement that writes takes the transaction along.
    // CHECK: StatementTimeoutError: {{.*}}
    test::attempt([&] { connection.execute("DELETE FROM t WHERE a IN endless"); });
    // CHECK: PendingRollbackError: the database rolled this transaction back after an error; call rollback() to go on. The error was: the statement was stopped after 0.010 s, {{.*}}
    test::attempt([&] { connection.execute("SELECT 1"); });
    connection.rollback();
    // CHECK: rows 4
    std::cout << "rows " << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
  }
  { // The engine's limit is back, and the connection is the same.
    Connection connection = engine.connect();
    // CHECK-NEXT: StatementTimeoutError: the statement was stopped after 0.050 s, {{.*}}
    test::attempt([&] { connection.execute(endless); });
    connection.set_statement_timeout(std::nullopt);
    // CHECK: without 300000
    std::cout << "without "
              << connection.execute("SELECT count(*) FROM (SELECT i FROM endless LIMIT 300000)")
                     .scalar()
                     .as<int>()
              << '\n';
  }
  { // Waiting for a lock is time too.
    Connection writer = engine.connect(), waiting = engine.connect();
    writer.execute("DELETE FROM t WHERE a = 7");
    // CHECK-NEXT: StatementTimeoutError: the statement was stopped after 0.050 s, the time that statement_timeout gives it; it was waiting for a lock of the database 'limits.db': another connection of this engine, {{.*}} DELETE FROM t WHERE a = 7
    // CHECK-NEXT: {{\[}}SQL: DELETE FROM t]
    test::attempt([&] { waiting.execute("DELETE FROM t"); });
  }
  { // A session's limit ends with its transaction.
    declorm::Session session(engine);
    session.connection().set_statement_timeout(20ms);
    Note &fast = session.add(Note{.text = "fast"});
    session.add(Note{.text = "slow"});
    // CHECK-NEXT: StatementTimeoutError: the statement was stopped after 0.020 s, {{.*}}
    test::attempt([&] { session.flush(); });
    // CHECK: key 0
    std::cout << "key " << fast.id << '\n';
    session.rollback();
    // CHECK-NEXT: StatementTimeoutError: the statement was stopped after 0.050 s, {{.*}}
    test::attempt([&] { session.execute(endless); });
    session.rollback();
    session.add(fast);
    session.commit();
    // CHECK: notes 1
    std::cout << "notes " << session.query<Note>().count() << '\n';
  }

  // Opening waits for locks too, here for as long as connect_timeout says.
  const Engine exclusive = create_engine("sqlite:///limits.db?begin=exclusive");
  Connection alone = exclusive.connect();
  const declorm::Transaction transaction = alone.begin();
  const Engine patient = create_engine("sqlite:///limits.db?timeout=60", {.connect_timeout = 10ms});
  // CHECK-NEXT: OperationalError: the database 'limits.db' is locked: {{.*}} (timeout 0.01 s); commit or roll back there, or wait longer with EngineOptions::connect_timeout
  test::attempt([&] { patient.connect(); });
  alone.rollback();
  // CHECK: no error
  test::attempt([&] { patient.connect(); });

  const auto refuse = [](declorm::EngineOptions options) {
    test::attempt([&] { create_engine("sqlite://", options); });
  };
  // CHECK-NEXT: ArgumentError: EngineOptions::statement_timeout is 0 ms; it must be more than 0. Without a limit it is std::nullopt
  refuse({.statement_timeout = 0ms});
  // CHECK-NEXT: ArgumentError: EngineOptions::connect_timeout is -1 ms; {{.*}}
  refuse({.connect_timeout = -1ms});
  // CHECK-NEXT: ArgumentError: EngineOptions::pool_recycle is 0 ms; {{.*}}
  refuse({.pool_recycle = 0s});
  // CHECK-NEXT: ArgumentError: set_statement_timeout() is 0 ms; {{.*}}
  test::attempt([&] { engine.connect().set_statement_timeout(0ms); });
}
