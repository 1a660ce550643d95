// A database that takes nothing more in a transaction after an error: what is refused, in which
// words, and how one goes on.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/declorm.h>

using declorm::Connection;
using declorm::Transaction;

struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string text;
};

struct [[using declorm: table("people"), polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[using declorm: table("singers"), polymorphic_identity("singer")]] Singer : Person {
  [[using declorm: column, unique]] std::string voice;
};

static int notes(Connection &connection) {
  return connection.execute("SELECT count(*) FROM notes").scalar().as<int>();
}

int main() {
  const declorm::Engine engine = declorm::create_engine("strict://");
  declorm::metadata().create_all(engine);
  engine.begin([](Connection &c) { c.insert(Note{.text = "first"}); });
  {
    Connection connection = engine.connect();
    // CHECK: IntegrityError: {{.*}}
    test::attempt([&] { connection.insert(Note{.text = "first"}); });
    // CHECK: PendingRollbackError: a statement of this transaction failed, and the database takes no other one in it; roll back, or roll back to the savepoint. The error was: UNIQUE constraint failed
    test::attempt([&] { connection.execute("SELECT 1"); });
    // CHECK: PendingRollbackError: a statement of this transaction failed, {{.*}} UNIQUE {{.*}}
    test::attempt([&] { connection.commit(); });
    // CHECK: PendingRollbackError: a statement of this transaction failed, {{.*}} UNIQUE {{.*}}
    test::attempt([&] { connection.begin_nested(); });
    // CHECK: PendingRollbackError: a statement of this transaction failed, {{.*}} UNIQUE {{.*}}
    test::attempt([&] { connection.get<Note>(1); });
    connection.rollback();
    // CHECK: after rollback 1
    std::cout << "after rollback " << notes(connection) << std::endl;
  }
  { // Of a savepoint nothing is left, and the rest goes on.
    Connection connection = engine.connect();
    connection.insert(Note{.text = "second"});
    {
      Transaction savepoint = connection.begin_nested();
      connection.insert(Note{.text = "third"});
      // CHECK-NEXT: ProgrammingError: no such table: nowhere {{.*}}
      test::attempt([&] { connection.execute("SELECT * FROM nowhere"); });
      // CHECK: PendingRollbackError: {{.*}} The error was: no such table: nowhere {{.*}}
      test::attempt([&] { savepoint.commit(); });
    }
    // CHECK: after the savepoint 2
    std::cout << "after the savepoint " << notes(connection) << std::endl;
    connection.commit();
  }
  { // The row of the first table is there when that of the second one is refused. It goes with the
    // transaction, and the error is the second one's.
    Connection connection = engine.connect();
    Singer first, second;
    first.voice = second.voice = "alto";
    connection.insert(first);
    // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
    test::attempt([&] { connection.insert(second); });
    // CHECK: keys 1 0
    std::cout << "keys " << first.id << ' ' << second.id << std::endl;
    connection.rollback();
    // CHECK-NEXT: people 0
    std::cout << "people " << connection.execute("SELECT count(*) FROM people").scalar().as<int>()
              << std::endl;
  }
  { // The same with objects.
    declorm::Session session(engine);
    Note &before = session.add(Note{.text = "before"});
    {
      Transaction savepoint = session.begin_nested();
      Note &twice = session.add(Note{.text = "second"});
      // CHECK-NEXT: IntegrityError: {{.*}}
      test::attempt([&] { session.flush(); });
      // CHECK: PendingRollbackError: a flush of this session failed, and its savepoint was rolled back; {{.*}} The flush said: {{.*}}UNIQUE constraint failed
      test::attempt([&] { session.query<Note>().all(); });
      savepoint.rollback();
      // CHECK: 1 0
      std::cout << session.contains(before) << ' ' << session.contains(twice) << std::endl;
    }
    session.add(Note{.text = "after"});
    session.commit();
    // CHECK-NEXT: in all 4
    std::cout << "in all " << session.query<Note>().count() << std::endl;
    // What fails outside of a flush fails the transaction too.
    // CHECK-NEXT: ProgrammingError: {{.*}}
    test::attempt([&] { session.execute("SELECT * FROM nowhere"); });
    // CHECK: PendingRollbackError: {{.*}} The error was: no such table: nowhere {{.*}}
    test::attempt([&] { session.query<Note>().count(); });
    session.rollback();
    // CHECK: in all 4
    std::cout << "in all " << session.query<Note>().count() << std::endl;
  }
}
