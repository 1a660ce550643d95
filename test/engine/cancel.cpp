// cancel() from another thread: it stops what runs, nothing else, and the connection can be used
// on.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -pthread -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <atomic>
#include <declorm/declorm.h>
#include <thread>

using declorm::Connection;
using namespace std::chrono_literals;

struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};

// Calls cancel() again and again, because one call may come before the statement has begun.
template <class Target> class Canceller {
public:
  explicit Canceller(const Target &target)
      : thread_([this, &target] {
          while (!done_) {
            std::this_thread::sleep_for(2ms);
            target.cancel();
          }
        }) {}
  ~Canceller() {
    done_ = true;
    thread_.join();
  }

private:
  std::atomic<bool> done_{false};
  std::thread thread_;
};

static const char endless[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

template <class Target, class Function>
static void attempt_cancelled(const Target &target, Function function) {
  test::attempt([&] {
    const Canceller canceller(target);
    function();
  });
}

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite:///cancel.db?timeout=60");
  declorm::metadata().create_all(engine);
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE t (a)");
    c.execute("INSERT INTO t VALUES (1), (2), (3)");
    c.execute(std::string("CREATE VIEW endless AS ") + endless);
    c.execute("CREATE TRIGGER slow AFTER INSERT ON notes WHEN NEW.text = 'slow'"
              " BEGIN INSERT INTO t SELECT * FROM endless; END");
  });
  {
    Connection connection = engine.connect();
    connection.execute("INSERT INTO t VALUES (4)");
    // CHECK: QueryCancelledError: the statement was stopped by cancel()
    // CHECK-NEXT: {{\[}}SQL: WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n]
    attempt_cancelled(connection, [&] { connection.execute(endless); });
    // A query takes nothing of the transaction with it.
    // CHECK-NEXT: rows 4
    std::cout << "rows " << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
    // Where nothing runs, nothing is stopped, not even later.
    connection.cancel();
    // CHECK-NEXT: rows 4
    std::cout << "rows " << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
    // A statement that writes takes it along; all that comes is told the first error.
    // CHECK-NEXT: QueryCancelledError: the statement was stopped by cancel()
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t SELECT * FROM endless WHERE 1 = ?]
    // CHECK-NEXT: {{\[}}parameters: (1)]
    attempt_cancelled(connection, [&] {
      connection.execute("INSERT INTO t SELECT * FROM endless WHERE 1 = ?", {1});
    });
    // CHECK-NEXT: PendingRollbackError: the database rolled this transaction back after an error; call rollback() to go on. The error was: the statement was stopped by cancel()
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t SELECT * FROM endless WHERE 1 = ?]
    test::attempt([&] { connection.execute("SELECT 1"); });
    connection.rollback();
    // CHECK-NEXT: rows 3
    std::cout << "rows " << connection.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
  }
  { // The query whose rows are being read runs, also between two rows.
    Connection connection = engine.connect();
    declorm::Result rows = connection.execute("SELECT a FROM t");
    rows.next();
    connection.cancel();
    // CHECK-NEXT: QueryCancelledError: the statement was stopped by cancel()
    // CHECK-NEXT: {{\[}}SQL: SELECT a FROM t]
    test::attempt([&] {
      while (rows.next())
        ;
    });
    // CHECK-NEXT: no error
    test::attempt([&] { connection.execute("SELECT a FROM t").all(); });
    // Of two, the one that was used last.
    declorm::Result first = connection.execute("SELECT a FROM t"),
                    second = connection.execute("SELECT a FROM t");
    first.next();
    second.next();
    first.next();
    connection.cancel();
    // CHECK-NEXT: no error
    test::attempt([&] { second.all(); });
    // CHECK-NEXT: QueryCancelledError: {{.*}}
    test::attempt([&] { first.all(); });
  }
  { // Waiting for a lock.
    Connection writer = engine.connect(), waiting = engine.connect();
    writer.execute("INSERT INTO t VALUES (5)");
    // CHECK: QueryCancelledError: the statement was stopped by cancel(); it was waiting for a lock of the database 'cancel.db': another connection of this engine, of thread {{.*}} (this one), holds a write transaction since {{.*}} s, last statement: INSERT INTO t VALUES (5)
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (6)]
    attempt_cancelled(waiting, [&] { waiting.execute("INSERT INTO t VALUES (6)"); });
    waiting.rollback();
    // So does COMMIT; the transaction is open still.
    declorm::Result reader = waiting.execute("SELECT a FROM t");
    // CHECK-NEXT: QueryCancelledError: the statement was stopped by cancel(); it was waiting for a lock {{.*}}
    // CHECK-NEXT: {{\[}}SQL: COMMIT]
    attempt_cancelled(writer, [&] { writer.commit(); });
    reader.all();
    waiting.rollback();
    writer.commit();
    // CHECK-NEXT: rows 4
    std::cout << "rows " << waiting.execute("SELECT count(*) FROM t").scalar().as<int>() << '\n';
  }
  { // A flush is undone as after any error.
    declorm::Session session(engine);
    session.cancel(); // there is no connection yet
    Note &fast = session.add(Note{.text = "fast"});
    session.add(Note{.text = "slow"});
    // CHECK-NEXT: QueryCancelledError: the statement was stopped by cancel()
    attempt_cancelled(session, [&] { session.commit(); });
    // CHECK: key 0
    std::cout << "key " << fast.id << '\n';
    // CHECK-NEXT: PendingRollbackError: a flush of this session failed, and its transaction was rolled back; call rollback() to go on. The flush said: the statement was stopped by cancel()
    test::attempt([&] { session.query<Note>().all(); });
    session.rollback();
    session.add(fast);
    session.commit();
    // CHECK: notes 1
    std::cout << "notes " << session.query<Note>().count() << '\n';
  }
  { // Between the statements of another thread's work nothing goes wrong.
    Connection connection = engine.connect();
    int failed = 0;
    const Canceller canceller(connection);
    for (int i = 0; i != 300; ++i)
      try {
        connection.execute("INSERT INTO t VALUES (?)", {i});
        connection.rollback();
      } catch (const declorm::QueryCancelledError &) {
        ++failed;
        connection.rollback();
      }
    // CHECK-NEXT: went on
    std::cout << (failed < 300 ? "went on" : "all failed") << std::endl;
  }
}
