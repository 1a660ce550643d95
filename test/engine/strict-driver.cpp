// The strict driver itself: what it refuses, its one wire, transactions that fail as a whole, round
// trips, and failures on demand.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/strict.h"
#include <chrono>
#include <declorm/declorm.h>

using declorm::Connection, declorm::Engine;

static void title(const char *what) { std::cout << "-- " << what << std::endl; }

static void execute(Connection &connection, const char *sql) {
  test::attempt([&] {
    const auto rows = connection.execute(sql).all();
    std::cout << rows.size() << " rows, ";
  });
}

static void refused_words() {
  title("refused words");
  const Engine engine = declorm::create_engine("strict://");
  const auto attempt = [&](const char *sql) {
    Connection connection = engine.connect();
    test::attempt([&] { connection.execute(sql); });
  };
  engine.begin([](Connection &connection) {
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
  });
  // CHECK-LABEL: -- refused words
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: LIMIT must not be negative
  // CHECK-NEXT: [SQL: SELECT a FROM t LIMIT -1 OFFSET 2]
  attempt("SELECT a FROM t LIMIT -1 OFFSET 2");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: IN needs a value in its parentheses
  // CHECK-NEXT: [SQL: SELECT a FROM t WHERE a IN ()]
  attempt("SELECT a FROM t WHERE a IN ()");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: there is no INSERT OR; write ON CONFLICT
  // CHECK-NEXT: [SQL: INSERT OR IGNORE INTO t VALUES (1, 'a')]
  attempt("INSERT OR IGNORE INTO t VALUES (1, 'a')");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: there is no rowid
  // CHECK-NEXT: [SQL: SELECT rowid FROM t]
  attempt("SELECT rowid FROM t");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: there is no last_insert_rowid
  // CHECK-NEXT: [SQL: SELECT last_insert_rowid()]
  attempt("SELECT last_insert_rowid()");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: names are quoted with ", and not as in [a]
  // CHECK-NEXT: [SQL: SELECT [a] FROM t]
  attempt("SELECT [a] FROM t");
  // CHECK-NEXT: ProgrammingError: the strict server refuses the statement: an UPDATE returns no values
  // CHECK-NEXT: [SQL: UPDATE t SET a = 'b' RETURNING a]
  attempt("UPDATE t SET a = 'b' RETURNING a");
  // CHECK-NEXT: ProgrammingError: could not determine data type of parameter ?
  // CHECK-NEXT: [SQL: SELECT ?]
  attempt("SELECT $2");
  // CHECK-NEXT: no error
  attempt("INSERT INTO t DEFAULT VALUES RETURNING id");
}

static void one_wire() {
  title("one wire");
  const Engine engine = declorm::create_engine("strict://");
  Connection connection = engine.connect();
  connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  connection.execute("INSERT INTO t VALUES (1), (2), (3)");
  const char *const sql = "SELECT id FROM t ORDER BY id";
  declorm::Result outer = connection.execute(sql);
  // CHECK-LABEL: -- one wire
  // CHECK-NEXT: 1 1 2 3
  // CHECK-NEXT: 2 1 2 3 4
  // CHECK-NEXT: 3 1 2 3 4 5
  int next = 4;
  while (const std::optional<declorm::Row> row = outer.next()) {
    std::cout << (*row)[0].as<int>();
    for (const declorm::Row &inner : connection.execute(sql).all())
      std::cout << ' ' << inner[0].as<int>();
    std::cout << std::endl;
    connection.execute("INSERT INTO t VALUES (" + std::to_string(next++) + ")");
  }
  // An error in the rest of a result comes where that row would be, and the transaction has failed
  // from the moment at which the rest was read.
  // CHECK-NEXT: 9
  // CHECK-NEXT: OperationalError: current transaction is aborted, commands ignored until end of transaction block
  // CHECK-NEXT: [SQL: SELECT 1]
  // CHECK-NEXT: {{.*}}Error: integer overflow
  // CHECK-NEXT: [SQL: SELECT abs(-9) UNION ALL SELECT abs(-9223372036854775808)]
  const char *const bad = "SELECT abs(-9) UNION ALL SELECT abs(-9223372036854775808)";
  declorm::Result overflow = connection.execute(bad);
  std::cout << (*overflow.next())[0].as<int>() << std::endl;
  test::attempt([&] { connection.execute("SELECT 1"); });
  test::attempt([&] { overflow.next(); });
}

static void failed_transactions() {
  title("failed transactions");
  const Engine engine = declorm::create_engine("strict://");
  Connection connection = engine.connect();
  connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  connection.execute("INSERT INTO t VALUES (1)");
  connection.commit();
  declorm::Transaction outer = connection.begin();
  execute(connection, "INSERT INTO t VALUES (2)");
  declorm::Transaction inner = connection.begin_nested();
  // CHECK-LABEL: -- failed transactions
  // CHECK-NEXT: 0 rows, no error
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  // CHECK-NEXT: [SQL: INSERT INTO t VALUES (1)]
  // CHECK-NEXT: PendingRollbackError: {{.*}}
  // CHECK: 2 rows, no error
  execute(connection, "INSERT INTO t VALUES (1)");
  execute(connection, "SELECT id FROM t");
  inner.rollback();
  execute(connection, "SELECT id FROM t");
  // CHECK-NEXT: {{.*}}Error: near "SELEC": syntax error
  // CHECK-NEXT: [SQL: SELEC]
  // CHECK-NEXT: PendingRollbackError: {{.*}}
  // CHECK: 1 rows, no error
  execute(connection, "SELEC");
  test::attempt([&] { outer.commit(); });
  outer.rollback();
  execute(connection, "SELECT id FROM t");
}

struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
};

static void round_trips() {
  title("round trips");
  const Engine engine = declorm::create_engine("strict://?round_trip=2ms");
  declorm::metadata().create_all(engine);
  const auto start = std::chrono::steady_clock::now();
  declorm::Session session(engine);
  const std::int64_t before = test::round_trips(session);
  Parent &parent = session.add(Parent{.name = "ann"});
  session.flush();
  // BEGIN, the INSERT prepared, the INSERT sent.
  // CHECK-LABEL: -- round trips
  // CHECK-NEXT: key 1 after 3 round trips, which took their time: 1
  std::cout << "key " << parent.id << " after " << test::round_trips(session) - before
            << " round trips, which took their time: "
            << (std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(6))
            << std::endl;
  session.commit();
}

static void failures() {
  title("failures");
  const Engine engine = declorm::create_engine("strict://");
  engine.begin([](Connection &connection) {
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  });
  const auto attempt = [&] {
    Connection connection = engine.connect();
    test::attempt([&] {
      connection.execute("INSERT INTO t VALUES ($1)", {declorm::Value()});
      connection.commit();
    });
  };
  const auto count = [&] {
    std::cout << engine.connect().execute("SELECT count(*) FROM t").scalar().as<int>() << std::endl;
  };
  // CHECK-LABEL: -- failures
  // CHECK-NEXT: 0
  count();
  // CHECK-NEXT: no error
  // CHECK-NEXT: 1
  attempt();
  count();
  // BEGIN is the first round trip, the second executes the INSERT, the third is the COMMIT.
  // CHECK-NEXT: OperationalError: the server fails, as it was told to
  // CHECK-NEXT: [SQL: INSERT INTO t VALUES (?)]
  // CHECK-NEXT: [parameters: (NULL)]
  // CHECK-NEXT: 1
  test::fail_at(engine, 2);
  attempt();
  count();
  // CHECK-NEXT: ConnectionLostError: the connection to the server was lost
  // CHECK-NEXT: [SQL: INSERT INTO t VALUES (?)]
  // CHECK-NEXT: [parameters: (NULL)]
  // CHECK-NEXT: 1
  test::lose_at(engine, 2);
  attempt();
  count();
  // CHECK-NEXT: CommitUnknownError: {{.*}} The error was: the connection to the server was lost
  // CHECK-NEXT: [SQL: COMMIT]
  // CHECK-NEXT: 1
  test::lose_at(engine, 4); // a new connection prepares the INSERT again
  attempt();
  count();
  // CHECK-NEXT: CommitUnknownError: {{.*}} The error was: the connection to the server was lost
  // CHECK-NEXT: [SQL: COMMIT]
  // CHECK-NEXT: 2
  test::lose_answer_at(engine, 4);
  attempt();
  count();
}

static void wrong_urls() {
  title("wrong URLs");
  // CHECK-LABEL: -- wrong URLs
  // CHECK-NEXT: ArgumentError: the database URL 'strict://?round_trip=1' has round_trip=1; write a number, as in round_trip=1ms
  test::attempt([] { declorm::create_engine("strict://?round_trip=1"); });
  // CHECK-NEXT: ArgumentError: the database URL 'strict://?lose_at=x' has lose_at=x; write a number
  test::attempt([] { declorm::create_engine("strict://?lose_at=x"); });
  // CHECK-NEXT: ArgumentError: the database URL 'strict://?time=5' has an unknown parameter 'time'; there is timeout, {{.*}}
  test::attempt([] { declorm::create_engine("strict://?time=5"); });
}

int main() {
  refused_words();
  one_wire();
  failed_transactions();
  round_trips();
  failures();
  wrong_urls();
}
