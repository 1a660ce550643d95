// Who holds a busy database, begin=immediate, and transactions that could wait for ever.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -pthread -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <chrono>
#include <declorm/declorm.h>
#include <thread>

using declorm::Connection;
using declorm::create_engine;
using declorm::Engine;
using namespace std::chrono_literals;

struct [[declorm::table("t")]] Row {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int a = 0;
};

int main() {
  const Engine engine = create_engine("sqlite:///waiting.db?timeout=0.1");
  declorm::metadata().create_all(engine);
  Connection writer = engine.connect(), other = engine.connect();
  writer.insert(Row{.a = 1});
  // CHECK: OperationalError: the database 'waiting.db' is locked: another connection of this engine, of thread {{[0-9]+}} (this one), holds a write transaction since {{[0-9.]+}} s, last statement: INSERT INTO t (a) VALUES (?) (timeout 0.1 s); commit or roll back there, or wait longer with ?timeout=SECONDS in the URL
  // CHECK-NEXT: {{\[}}SQL: DELETE FROM t]
  test::attempt([&] { other.execute("DELETE FROM t"); });
  other.rollback();
  writer.execute("UPDATE t SET a = 2");
  declorm::Session session(engine);
  session.add(Row{.a = 3});
  // CHECK-NEXT: OperationalError: {{.*}}, last statement: UPDATE t SET a = 2 (timeout 0.1 s){{.*}}
  test::attempt([&] { session.commit(); });
  // CHECK: PendingRollbackError: {{.*}}
  test::attempt([&] { session.commit(); });
  session.rollback();
  writer.commit();

  // A reader that has not ended its transaction keeps a writer from committing.
  other.execute("SELECT * FROM t").all();
  writer.execute("UPDATE t SET a = 4");
  // CHECK: OperationalError: the database 'waiting.db' is locked: connections of this engine have transactions open: thread {{[0-9]+}} (this one) since {{[0-9.]+}} s (timeout 0.1 s); {{.*}}
  // CHECK-NEXT: {{\[}}SQL: COMMIT]
  test::attempt([&] { writer.commit(); });
  other.rollback();
  // CHECK-NEXT: no error
  test::attempt([&] { writer.commit(); });

  // Who has read already does not wait for a writer, who in turn would wait for it.
  other.execute("SELECT * FROM t").all();
  writer.execute("UPDATE t SET a = 5");
  const auto start = std::chrono::steady_clock::now();
  // CHECK-NEXT: OperationalError: the database 'waiting.db' is locked: another connection of this engine, {{.*}}. This transaction has read already, so waiting for it to end could take forever; roll back and do it again, or let transactions that will write begin with ?begin=immediate in the URL
  // CHECK-NEXT: {{\[}}SQL: UPDATE t SET a = 6]
  test::attempt([&] { other.execute("UPDATE t SET a = 6"); });
  // CHECK-NEXT: at once 1
  std::cout << "at once " << (std::chrono::steady_clock::now() - start < 90ms) << std::endl;
  other.rollback();
  writer.rollback();

  // begin=immediate: the second one waits until the first is done, though both read first.
  const Engine immediate = create_engine("sqlite:///waiting.db?timeout=20&begin=immediate");
  const auto add = [&](Connection &connection) {
    const int before = connection.execute("SELECT a FROM t").scalar().as<int>();
    std::this_thread::sleep_for(30ms);
    connection.execute("UPDATE t SET a = ?", {before + 1});
  };
  immediate.begin([](Connection &connection) { connection.execute("UPDATE t SET a = 0"); });
  std::thread one([&] { immediate.begin(add); }), two([&] { immediate.begin(add); });
  one.join();
  two.join();
  // CHECK-NEXT: both 2
  std::cout << "both " << engine.connect().execute("SELECT a FROM t").scalar().as<int>()
            << std::endl;
  // An exclusive one keeps readers out.
  const Engine exclusive =
      create_engine("sqlite:///waiting.db?begin=exclusive",
                    {.echo = true, .logger = [](auto line) { std::cout << line << std::endl; }});
  Connection alone = exclusive.connect();
  // CHECK-NEXT: BEGIN EXCLUSIVE (implicit)
  const declorm::Transaction transaction = alone.begin();
  // CHECK-NEXT: OperationalError: the database 'waiting.db' is locked: {{.*}}
  test::attempt([&] { other.execute("SELECT * FROM t"); });
  // CHECK: ROLLBACK
  alone.rollback();

  const auto refuse = [](const char *url) { test::attempt([&] { create_engine(url); }); };
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?begin=imediate' has begin=imediate; did you mean 'immediate'?
  refuse("sqlite:///a.db?begin=imediate");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?mode=ro&begin=immediate' has begin and mode=ro; what only reads takes no write lock
  refuse("sqlite:///a.db?mode=ro&begin=immediate");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite://?isolation=read_uncommitted' has isolation=read_uncommitted; SQLite's transactions are always serializable. So that a writer and readers do not wait for each other, write journal_mode=WAL
  refuse("sqlite://?isolation=read_uncommitted");
  // CHECK-NEXT: no error
  refuse("sqlite://?isolation=serializable&begin=deferred");
}
