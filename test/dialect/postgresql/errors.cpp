// The server's errors as declorm's, and what becomes of the connection.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <chrono>
#include <declorm/declorm.h>
#include <thread>

using declorm::Connection;
using declorm::IntegrityError;
using namespace std::chrono_literals;

struct [[declorm::table("owners")]] Owner {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, unique]] std::string name;
};
struct [[using declorm: table("pets"), check_constraint("age >= 0")]] Pet {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("owners.id"), deferrable]] int owner_id = 0;
  [[declorm::column]] int age = 0;
};

template <class Action> void kind_of(Action action) {
  try {
    action();
    std::cout << "no error\n";
  } catch (const IntegrityError &error) {
    std::cout << "IntegrityError " << int(error.kind()) << ": " << error.what() << "\n";
  }
}

int main() {
  test::shows_own_words = true;
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  Connection c = engine.connect();
  c.insert(Owner{.name = "ann"});
  c.commit();

  // CHECK: IntegrityError 1: duplicate key value violates unique constraint "owners_name_key"; Key (name)=(ann) already exists
  kind_of([&] { c.execute("INSERT INTO owners (name) VALUES ('ann')"); });
  // A failed transaction takes nothing more, and says why.
  // CHECK: PendingRollbackError: a statement of this transaction failed, and the database takes no other one in it; roll back, or roll back to the savepoint. The error was: duplicate key {{.*}}
  test::attempt([&] { c.execute("SELECT 1"); });
  c.rollback();
  // CHECK: IntegrityError 3: null value in column "name" of relation "owners" violates not-null constraint; Failing row contains ({{[0-9]+}}, null)
  kind_of([&] { c.execute("INSERT INTO owners (name) VALUES (NULL)"); });
  c.rollback();
  // CHECK: IntegrityError 4: new row for relation "pets" violates check constraint "pets_age_check"; Failing row contains {{.*}}
  kind_of([&] { c.execute("INSERT INTO pets (owner_id, age) VALUES (1, -1)"); });
  c.rollback();
  // A deferred foreign key is asked at COMMIT; nothing is committed then.
  c.execute("INSERT INTO pets (owner_id, age) VALUES (99, 1)");
  // CHECK: IntegrityError 2: insert or update on table "pets" violates foreign key constraint "pets_owner_id_fkey"; Key (owner_id)=(99) is not present in table "owners"
  // CHECK-NEXT: {{\[}}SQL: COMMIT]
  kind_of([&] { c.commit(); });
  c.rollback();
  // CHECK-NEXT: 0
  std::cout << c.execute("SELECT count(*) FROM pets").one()[0].as<int>() << "\n";

  // Wrong SQL.
  // CHECK-NEXT: ProgrammingError: relation "nobody" does not exist
  test::attempt([&] { c.execute("SELECT * FROM nobody"); });
  c.rollback();
  // CHECK: ProgrammingError: column "nam" does not exist; Perhaps you meant to reference the column "owners.name"
  test::attempt([&] { c.execute("SELECT nam FROM owners"); });
  c.rollback();
  // CHECK: ProgrammingError: syntax error at or near "SELEC"
  test::attempt([&] { c.execute("SELEC 1"); });
  c.rollback();
  // CHECK: ProgrammingError: cannot insert multiple commands into a prepared statement
  test::attempt([&] { c.execute("SELECT 1; SELECT 2"); });
  c.rollback();
  // CHECK: ProgrammingError: the statement is empty
  test::attempt([&] { c.execute(" -- nothing"); });
  // CHECK: InvalidRequestError: transactions are begun, committed and rolled back with begin(), {{.*}}
  test::attempt([&] { c.execute("START TRANSACTION"); });
  // CHECK: DataError: division by zero
  test::attempt([&] { c.execute("SELECT 1 / ?", {0}); });
  c.rollback();
  // CHECK: DataError: invalid input syntax for type integer: "x"
  test::attempt([&] { c.execute("SELECT id FROM owners WHERE id = ?", {"x"}); });
  c.rollback();
  // CHECK: ProgrammingError: COPY moves rows beside the statement's results, which execute() does not read; use bulk_insert(), or a file on the server
  test::attempt([&] { c.execute("COPY owners FROM STDIN"); });
  c.rollback();
  // CHECK: ProgrammingError: COPY moves rows {{.*}}
  test::attempt([&] { c.execute("COPY owners TO STDOUT"); });
  c.rollback();

  // Recovery to a savepoint.
  c.execute("INSERT INTO owners (name) VALUES ('bob')");
  declorm::Transaction nested = c.begin_nested();
  // CHECK: IntegrityError 1: {{.*}}
  kind_of([&] { c.execute("INSERT INTO owners (name) VALUES ('ann')"); });
  nested.rollback();
  c.commit();
  // CHECK: 2
  std::cout << c.execute("SELECT count(*) FROM owners").one()[0].as<int>() << "\n";
  c.commit();

  // Limits, and the other thread.
  c.set_statement_timeout(50ms);
  // CHECK-NEXT: StatementTimeoutError: the statement took longer than 50 ms (EngineOptions::statement_timeout), and was stopped
  test::attempt([&] { c.execute("SELECT pg_sleep(10)"); });
  c.rollback();
  c.set_statement_timeout({});
  // CHECK: QueryCancelledError: the statement was stopped by cancel()
  {
    std::thread other([&] {
      std::this_thread::sleep_for(100ms);
      c.cancel();
    });
    test::attempt([&] { c.execute("SELECT pg_sleep(10)"); });
    other.join();
  }
  c.rollback();
  // CHECK: no error
  test::attempt([&] { c.cancel(), c.execute("SELECT 1").all(); });
  // The server's own limit, and locks.
  c.execute("SET LOCAL statement_timeout = 50");
  // CHECK-NEXT: StatementTimeoutError: canceling statement due to statement timeout
  test::attempt([&] { c.execute("SELECT pg_sleep(10)"); });
  c.rollback();
  Connection d = engine.connect();
  d.execute("UPDATE owners SET name = 'x' WHERE id = 1");
  c.execute("SET LOCAL lock_timeout = 50");
  // CHECK: OperationalError: canceling statement due to lock timeout
  test::attempt([&] { c.execute("UPDATE owners SET name = 'y' WHERE id = 1"); });
  c.rollback();
  // CHECK: OperationalError: could not obtain lock on row in relation "owners"
  test::attempt([&] { c.execute("SELECT 1 FROM owners FOR UPDATE NOWAIT"); });
  c.rollback();

  // Two transactions of which only one can be: the whole of the other is to be run again.
  c.execute("SELECT 1").all();
  // CHECK: TransactionRollbackError: deadlock detected{{.*}}
  c.execute("UPDATE owners SET name = 'z' WHERE id = (SELECT max(id) FROM owners)");
  {
    std::thread other([&] {
      try {
        d.execute("UPDATE owners SET name = 'q' WHERE id = (SELECT max(id) FROM owners)");
        d.rollback();
      } catch (const declorm::TransactionRollbackError &error) {
        std::cout << "TransactionRollbackError: " << error.what() << "\n";
        d.rollback();
      }
    });
    std::this_thread::sleep_for(100ms);
    test::attempt([&] { c.execute("UPDATE owners SET name = 'w' WHERE id = 1"); });
    c.rollback();
    other.join();
  }

  // A statement that was prepared for a table of another time.
  for (const char *type : {"BIGINT", "DOUBLE PRECISION"}) {
    c.execute(std::string("CREATE TABLE later (v ") + type + ")");
    c.execute("INSERT INTO later VALUES (?)",
              {type[0] == 'B' ? declorm::Value(1) : declorm::Value(1.5)});
    // CHECK: a value 1
    // CHECK: a value 1.5
    std::cout << "a value " << c.execute("SELECT v FROM later").one()[0].to_string() << "\n";
    c.execute("DROP TABLE later");
  }
  c.commit();

  // DDL under a statement that is prepared.
  c.execute("SELECT * FROM owners").all();
  c.commit();
  d.execute("ALTER TABLE owners ADD COLUMN age INTEGER");
  d.commit();
  // CHECK: ProgrammingError: cached plan must not change result type; a table of the statement was altered since it was prepared: roll back, and run the transaction again
  test::attempt([&] { c.execute("SELECT * FROM owners").all(); });
  c.rollback();
  // CHECK: 3 columns
  std::cout << c.execute("SELECT * FROM owners LIMIT 1").one().size() << " columns\n";
}
