// Back ends that are killed: between the statements of a flush, idle in the pool, in the middle of
// a result, and while they wait. Objects and rows are as before, one error says so, and the next
// transaction works.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <chrono>
#include <declorm/declorm.h>
#include <thread>

using declorm::Connection;
using declorm::Engine;
using declorm::Session;
using declorm::StatementEvent;

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] int parent_id = 0;
  [[using declorm: relationship, back_populates("children")]] Parent *parent = nullptr;
};

int pid_of(Connection &connection) {
  return connection.execute("SELECT pg_backend_pid()").one()[0].as<int>();
}

int main() {
  int statements = 0, kill_at = 0, pid = 0;
  const Engine killer_engine = test::open_database();
  Connection killer = killer_engine.connect();
  const auto kill = [&] {
    killer.execute("SELECT pg_terminate_backend(?, 5000)", {pid}).all();
    killer.commit();
  };
  const Engine engine = test::open_database({.on_statement = [&](const StatementEvent &) {
    if (pid != 0 && ++statements == kill_at)
      kill();
  }});
  declorm::metadata().create_all(engine);

  // At each statement of a flush that inserts, updates and deletes.
  bool done = false;
  for (kill_at = 1; !done; ++kill_at) {
    {
      Session before(engine);
      before.connection().execute("TRUNCATE parents, children RESTART IDENTITY").all();
      before.add(Parent{.name = "old"});
      Parent &gone = before.add(Parent{.name = "gone"});
      before.add(Child{.parent = &gone});
      before.commit();
    }
    Session session(engine);
    Parent &old = *session.get<Parent>(1);
    Parent &gone = *session.get<Parent>(2);
    session.delete_(session.query<Child>().one());
    Parent &added = session.add(Parent{.name = "new"});
    Child &child = session.add(Child{.parent = &added});
    old.name = "changed";
    session.delete_(gone);
    pid = pid_of(session.connection());
    statements = 0;
    try {
      session.commit();
      done = true;
    } catch (const declorm::ConnectionLostError &error) {
      const bool unknown = dynamic_cast<const declorm::CommitUnknownError *>(&error);
      std::cout << kill_at << (unknown ? " unknown" : " lost") << ", keys " << added.id << child.id;
      session.rollback();
    }
    pid = 0;
    Session after(engine);
    if (!done)
      std::cout << ", " << after.query<Parent>().count() << " parents, "
                << after.query<Child>().count() << " children, "
                << after.query<Parent>().filter(declorm::col<&Parent::name> == "changed").count()
                << " changed\n";
  }
  // CHECK: 1 lost, keys 00, 2 parents, 1 children, 0 changed
  // CHECK: {{[4-9]}} unknown, keys {{..}}, 2 parents, 1 children, 0 changed
  // CHECK-NOT: lost
  // CHECK: no kill left
  std::cout << "no kill left\n";

  // Idle in the pool: who takes the connection next does not notice.
  {
    Connection idle = engine.connect();
    pid = pid_of(idle);
    idle.commit();
  }
  kill();
  // CHECK-NEXT: another one 1
  Connection next = engine.connect();
  std::cout << "another one " << (pid_of(next) != pid) << "\n";

  // In the middle of a result, and while a statement waits.
  pid = 0;
  declorm::Result rows =
      next.execute("SELECT n, repeat('x', 10000) FROM generate_series(1, 100000) n");
  pid = 0;
  const int reading = killer
                          .execute("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT n, "
                                   "repeat%' AND pid <> pg_backend_pid()")
                          .one()[0]
                          .as<int>();
  killer.execute("SELECT pg_terminate_backend(?, 5000)", {reading}).all();
  killer.commit();
  // CHECK-NEXT: ConnectionLostError: the connection to the server was lost: server closed the connection unexpectedly
  test::attempt([&] {
    for ([[maybe_unused]] const declorm::Row &row : rows)
      ;
  });
  // CHECK: PendingRollbackError: the connection to the database was lost, {{.*}}
  test::attempt([&] { next.execute("SELECT 1"); });
  next.rollback();
  // CHECK: ConnectionLostError: {{.*}}
  test::attempt([&] { next.execute("SELECT 1"); });
  Connection waiting = engine.connect();
  const int sleeper = pid_of(waiting);
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    killer.execute("SELECT pg_terminate_backend(?, 5000)", {sleeper}).all();
  });
  // CHECK: ConnectionLostError: the connection to the server was lost: terminating connection due to administrator command
  test::attempt([&] { waiting.execute("SELECT pg_sleep(10)"); });
  other.join();
}
