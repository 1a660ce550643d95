// Commit, rollback and savepoints: what becomes of the objects.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::column]] int age = 0;
};

static void show(const char *what, const User &user) {
  std::cout << what << ": " << user.id << ' ' << user.name << ' ' << user.age << std::endl;
}
static void sql(declorm::Session &session, const char *statement) {
  const declorm::NoAutoflush guard = session.no_autoflush();
  session.execute(statement);
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  User &ed = session.add(User{.name = "ed", .age = 1});
  User &wendy = session.add(User{.name = "wendy", .age = 2});
  session.commit();

  { // After a commit the next query refreshes what nobody changed, and keeps what somebody did.
    engine.begin([](declorm::Connection &c) {
      c.execute("UPDATE users SET name = name || '!', age = age + 10");
    });
    ed.age = 50;
    // CHECK: stale: 1 ed 50
    show("stale", ed);
    test::tracing = true;
    // CHECK-NEXT: > UPDATE users SET age = ? WHERE users.id = ? -- 50 1
    // CHECK-NEXT: > SELECT users.id, users.name, users.age FROM users --
    session.query<User>().all();
    test::tracing = false;
    // CHECK-NEXT: refreshed: 1 ed! 50
    // CHECK-NEXT: refreshed: 2 wendy! 12
    show("refreshed", ed);
    show("refreshed", wendy);
    session.commit();
    ed.age = 51;
    engine.begin([](declorm::Connection &c) {
      c.execute("UPDATE users SET name = 'edmund', age = 7 WHERE id = 1");
    });
    session.get<User>(1);
    // CHECK-NEXT: changed members stay: 1 edmund 51
    show("changed members stay", ed);
    session.commit();
  }

  { // Rollback: values, keys and membership.
    ed.age = 60;
    User &jack = session.add(User{.name = "jack"});
    session.flush();
    ed.name = "not flushed";
    wendy.age = 99;
    session.delete_(wendy);
    User &late = session.add(User{.name = "late"});
    // CHECK-NEXT: before: 3 jack 0
    show("before", jack);
    session.rollback();
    test::continue_keys(session.connection());
    // CHECK-NEXT: after: 0 jack 0
    // CHECK-NEXT: after: 1 edmund 51
    // CHECK-NEXT: after: 2 wendy! 12
    // CHECK-NEXT: after: 0 late 0
    // CHECK-NEXT: contains 0110
    show("after", jack);
    show("after", ed);
    show("after", wendy);
    show("after", late);
    std::cout << "contains " << session.contains(jack) << session.contains(ed)
              << session.contains(wendy) << session.contains(late) << std::endl;
    session.add(jack); // back into the work
    session.flush();
    // CHECK-NEXT: again: 3 jack 0
    show("again", jack);
    session.delete_(jack);
    session.commit();
    // CHECK-NEXT: 2
    std::cout << session.query<User>().count() << std::endl;
    session.commit();
  }

  { // A deletion that was flushed is undone.
    session.delete_(wendy);
    session.flush();
    session.rollback();
    wendy.age = 13;
    session.commit();
    // CHECK-NEXT: deleted and back: 2 wendy! 13
    show("deleted and back", *session.get<User>(2));
  }

  { // A changed key, rolled back.
    ed.id = 100;
    session.flush();
    // CHECK-NEXT: 1 0
    std::cout << (session.get<User>(100) == &ed) << ' ' << (session.get<User>(1) != nullptr)
              << std::endl;
    session.rollback();
    // CHECK-NEXT: 0 1 1
    std::cout << (session.get<User>(100) != nullptr) << ' ' << (session.get<User>(1) == &ed) << ' '
              << ed.id << std::endl;
  }

  {              // Savepoints.
    ed.age = 70; // before the savepoint: flushed by it, kept
    declorm::Transaction savepoint = session.begin_nested();
    ed.age = 71;
    User &inner = session.add(User{.name = "inner"});
    session.delete_(wendy);
    session.flush();
    ed.age = 72;
    savepoint.rollback();
    test::continue_keys(session.connection());
    // CHECK-NEXT: savepoint: 1 edmund 70
    // CHECK-NEXT: savepoint: 0 inner 0
    // CHECK-NEXT: contains 01
    show("savepoint", ed);
    show("savepoint", inner);
    std::cout << "contains " << session.contains(inner) << session.contains(wendy) << std::endl;
    declorm::Transaction kept = session.begin_nested();
    ed.age = 73;
    session.flush();
    kept.commit();
    session.commit();
    // CHECK-NEXT: 73
    std::cout << session.execute(declorm::select(col<&User::age>).where(col<&User::id> == 1)).one()
              << std::endl;
    { // A kept savepoint goes with its transaction.
      declorm::Transaction released = session.begin_nested();
      ed.age = 74;
      session.flush();
      released.commit();
      session.rollback();
    }
    // CHECK-NEXT: outer rollback: 1 edmund 73
    show("outer rollback", ed);
  }

  { // What cannot be written in a savepoint costs only the savepoint.
    ed.age = 80;
    for (const char *name : {"one", "wendy!", "two"}) {
      try {
        declorm::Transaction attempt = session.begin_nested();
        session.add(User{.name = name});
        session.flush();
        attempt.commit();
      } catch (const declorm::IntegrityError &) {
        // CHECK-NEXT: skipped wendy!
        std::cout << "skipped " << name << std::endl;
        test::continue_keys(session.connection());
      }
    }
    session.commit();
    // CHECK-NEXT: edmund 80 wendy! 13 one 0 two 0
    for (const User &user : session.query<User>().order_by(col<&User::id>))
      std::cout << user.name << ' ' << user.age << ' ';
    std::cout << std::endl;
    declorm::Transaction attempt = session.begin_nested();
    session.add(User{.name = "one"});
    test::attempt([&] { session.flush(); });
    // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
    // CHECK: PendingRollbackError: a flush of this session failed, and its savepoint was rolled back; roll back the Transaction that begin_nested() gave, or the session, to go on. The flush said: {{.*}}
    test::attempt([&] { session.query<User>().all(); });
    session.rollback();
    // CHECK: 4
    std::cout << session.query<User>().count() << std::endl;
  }

  { // The row went away behind the session's back.
    User &two = *session.get<User>(4);
    sql(session, "DELETE FROM users WHERE name = 'two'");
    // CHECK-NEXT: InvalidRequestError: refresh(): table 'users' has no row with key (4) any more; the object is out of the session's work now
    test::attempt([&] { session.refresh(two); });
    // CHECK-NEXT: contains 0, two
    std::cout << "contains " << session.contains(two) << ", " << two.name << std::endl;
    session.rollback();
    User &one = *session.get<User>(3);
    sql(session, "DELETE FROM users WHERE name = 'one'");
    one.age = 5;
    // CHECK-NEXT: StaleDataError: UPDATE of class 'User' matched no row: table 'users' has none where id = 3. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. Load the object again, in a session after rollback()
    test::attempt([&] { session.flush(); });
    session.rollback();
    sql(session, "DELETE FROM users WHERE name = 'one'");
    session.delete_(one);
    // CHECK-NEXT: StaleDataError: DELETE of class 'User' matched no row: table 'users' has none where id = 3. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. Load the object again, in a session after rollback()
    test::attempt([&] { session.commit(); });
    session.rollback();
    session.commit();
    sql(session, "DELETE FROM users WHERE name = 'one'");
    session.commit();
    // CHECK-NEXT: gone 1 0
    std::cout << "gone " << (session.get<User>(3) == nullptr) << ' ' << session.contains(one)
              << std::endl;
  }

  { // refresh, expire, populate_existing: they overwrite, or mark.
    ed.name = "changed";
    session.refresh(ed);
    // CHECK-NEXT: refresh: 1 edmund 80
    show("refresh", ed);
    sql(session, "UPDATE users SET age = 81 WHERE id = 1");
    session.get<User>(1);
    show("not expired", ed);
    session.expire(ed);
    session.get<User>(1);
    // CHECK-NEXT: not expired: 1 edmund 80
    // CHECK-NEXT: expired: 1 edmund 81
    show("expired", ed);
    ed.name = "again";
    const declorm::NoAutoflush guard = session.no_autoflush();
    session.query<User>().populate_existing().all();
    // CHECK-NEXT: populate_existing: 1 edmund 81
    show("populate_existing", ed);
    session.query<User>().filter(col<&User::id> == 1).update(col<&User::age> = 82);
    session.get<User>(1);
    // CHECK-NEXT: after query.update: 1 edmund 82
    show("after query.update", ed);
    session.query<User>().filter(col<&User::id> == 2).delete_();
    // CHECK-NEXT: after query.delete_: 1
    std::cout << "after query.delete_: " << (session.get<User>(2) == nullptr) << std::endl;
    session.rollback();
  }

  // ~Session rolls back; transaction() commits or rolls back.
  {
    declorm::Session other(engine);
    other.add(User{.name = "lost"});
    other.flush();
  }
  session.transaction([](declorm::Session &s) { s.add(User{.name = "kept"}); });
  test::attempt([&] {
    session.transaction([](declorm::Session &s) {
      s.add(User{.name = "thrown"});
      s.flush();
      throw declorm::ArgumentError("inside");
    });
  });
  // CHECK-NEXT: ArgumentError: inside
  // CHECK-NEXT: edmund kept two wendy!
  for (const User &user : session.query<User>().order_by(col<&User::name>))
    std::cout << user.name << ' ';
  std::cout << std::endl;
}
