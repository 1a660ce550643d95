// Rows that do not fit their hierarchy, and discriminators that somebody changed: errors that name
// the row's key and the classes.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

namespace app {
struct [[using declorm: table("people"), polymorphic_on("type")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<std::string> type{};
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::string golf_swing;
};
struct [[using declorm: mapped, polymorphic_identity("boss")]] Boss : Manager {};
struct [[using declorm: mapped, polymorphic_abstract]] Abstract : Person {};

struct [[using declorm: table("items"), polymorphic_on("kind"), polymorphic_identity(0)]] Item {
  [[using declorm: column, primary_key]] std::int64_t a = 0;
  [[using declorm: column, primary_key]] std::string b;
  [[declorm::column]] int kind = 0;
};
struct [[using declorm: table("books"), polymorphic_identity(1)]] Book : Item {
  [[declorm::column]] std::string title;
};
} // namespace app

using namespace app;

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  const auto execute = [&](const char *sql) {
    engine.begin([&](declorm::Connection &connection) { connection.execute(sql); });
  };
  const auto query = [&](const char *sql, auto read) {
    execute("DELETE FROM engineers");
    execute("DELETE FROM people");
    execute(sql);
    declorm::Session session(engine);
    test::attempt([&] { read(session); });
  };
  const auto people = [](declorm::Session &session) { session.query<Person>().all(); };

  say("a discriminator of no class");
  query("INSERT INTO people (id, name, type) VALUES (7, 'x', 'enginer')", people);
  query("INSERT INTO people (id, name, type) VALUES (7, 'x', NULL)", people);
  query("INSERT INTO people (id, name, type) VALUES (7, 'x', 3)", people);
  query("INSERT INTO people (id, name, type) VALUES (7, 'x', 'enginer')",
        [](declorm::Session &session) { session.get<Person>(7); });

  say("the row of another class in the child's table");
  query("INSERT INTO people (id, name, type) VALUES (8, 'x', 'boss')",
        [&](declorm::Session &session) {
          session.execute("INSERT INTO engineers (id, language) VALUES (8, 'c')");
          session.query<Engineer>().all();
        });

  say("no row in the child's table");
  query("INSERT INTO people (id, name, type) VALUES (9, 'x', 'engineer')", people);
  query("INSERT INTO people (id, name, type) VALUES (9, 'x', 'engineer')",
        [](declorm::Session &session) { session.get<Person>(9); });
  query("INSERT INTO items (a, b, kind) VALUES (1, 'z', 1)",
        [](declorm::Session &session) { session.query<Item>().all(); });
  query("INSERT INTO people (id, name, type) VALUES (9, 'x', 'engineer')",
        [](declorm::Session &session) {
          std::cout << session.query<Engineer>().all().size()
                    << (session.get<Engineer>(9) == nullptr) << std::endl;
        });

  say("a row that becomes one of another class");
  query("INSERT INTO people (id, name, type, golf_swing) VALUES (10, 'x', 'manager', 'a')",
        [&](declorm::Session &session) {
          session.query<Person>().all();
          session.execute("UPDATE people SET type = 'boss'");
          session.expire_all();
          session.query<Person>().all();
        });

  say("add: a value of another class; no identity");
  declorm::Session session(engine);
  test::attempt([&] {
    Manager manager;
    manager.type = "boss";
    session.add(std::move(manager));
  });
  test::attempt([&] { session.add(Person()); });
  test::attempt([&] { session.emplace<Abstract>(); });
  test::attempt([&] {
    declorm::Connection connection = engine.connect();
    Manager manager;
    manager.type = "boss";
    connection.insert(manager);
  });

  say("flush: the discriminator was changed");
  Manager &manager = session.add(Manager());
  session.flush();
  manager.type = "boss";
  test::attempt([&] { session.flush(); });
  session.rollback();
  Manager &second = session.add(Manager());
  second.type = "boss";
  test::attempt([&] { session.flush(); });
  session.rollback();

  say("a failure in the second table leaves nothing behind");
  execute("DELETE FROM engineers");
  execute("DELETE FROM people");
  execute("DROP TABLE engineers");
  execute("CREATE TABLE engineers (id INTEGER PRIMARY KEY, language VARCHAR CHECK (id < 0))");
  test::continue_keys(session.connection());
  Engineer &engineer = session.add(Engineer());
  test::attempt([&] { session.flush(); });
  std::cout << "id " << engineer.id << std::endl;
  session.rollback();
  declorm::Connection connection = engine.connect();
  test::continue_keys(connection);
  Engineer plain;
  test::attempt([&] { connection.insert(plain); });
  std::cout << "id " << plain.id << " rows "
            << connection.execute("SELECT count(*) FROM people").scalar().as<int>() << std::endl;
}

// The output:
// CHECK: -- a discriminator of no class
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with id = 7 has type = 'enginer', which stands for no class of the hierarchy of class 'app::Person' ({{.*}}inheritance-bad-rows.cpp:9); did you mean 'engineer'?; there are 'manager' (app::Manager), 'boss' (app::Boss), 'engineer' (app::Engineer)
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with id = 7 has type = NULL, which stands for no class of the hierarchy of class 'app::Person' ({{.*}}inheritance-bad-rows.cpp:9); there are 'manager' (app::Manager), 'boss' (app::Boss), 'engineer' (app::Engineer)
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with id = 7 has type = '3', which stands for no class of the hierarchy of class 'app::Person' ({{.*}}inheritance-bad-rows.cpp:9); there are 'manager' (app::Manager), 'boss' (app::Boss), 'engineer' (app::Engineer)
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with id = 7 has type = 'enginer', which stands for no class of the hierarchy of class 'app::Person' ({{.*}}inheritance-bad-rows.cpp:9); did you mean 'engineer'?; there are 'manager' (app::Manager), 'boss' (app::Boss), 'engineer' (app::Engineer)
// CHECK-NEXT: -- the row of another class in the child's table
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with id = 8 has type = 'boss': it is of class 'app::Boss' ({{.*}}inheritance-bad-rows.cpp:20), which is not below the class that was asked for, class 'app::Engineer' ({{.*}}inheritance-bad-rows.cpp:14)
// CHECK-NEXT: -- no row in the child's table
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with key (9) is of class 'app::Engineer' ({{.*}}inheritance-bad-rows.cpp:14), but table 'engineers' has no row for it; insert that one, or delete that of 'people'
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with key (9) is of class 'app::Engineer' ({{.*}}inheritance-bad-rows.cpp:14), but table 'engineers' has no row for it; insert that one, or delete that of 'people'
// CHECK-NEXT: InvalidRequestError: the row of table 'items' with key (1, 'z') is of class 'app::Book' ({{.*}}inheritance-bad-rows.cpp:28), but table 'books' has no row for it; insert that one, or delete that of 'items'
// CHECK-NEXT: 01
// CHECK-NEXT: no error
// CHECK-NEXT: -- a row that becomes one of another class
// CHECK-NEXT: InvalidRequestError: the row of table 'people' with key (10) is of class 'app::Boss' ({{.*}}inheritance-bad-rows.cpp:20) now, but the session holds it as an object of class 'app::Manager' ({{.*}}inheritance-bad-rows.cpp:17); expunge() that object first
// CHECK-NEXT: -- add: a value of another class; no identity
// CHECK-NEXT: InvalidRequestError: the object of class 'app::Manager' ({{.*}}inheritance-bad-rows.cpp:17) has 'type' = 'boss', but rows of that class have 'manager'; the discriminator is set by itself, leave it alone
// CHECK-NEXT: InvalidRequestError: class 'app::Person' ({{.*}}inheritance-bad-rows.cpp:9) has no polymorphic_identity, so no row can be one of its objects; give it one, or add objects of a class below it
// CHECK-NEXT: InvalidRequestError: class 'app::Abstract' ({{.*}}inheritance-bad-rows.cpp:21) has no polymorphic_identity, so no row can be one of its objects; give it one, or add objects of a class below it
// CHECK-NEXT: InvalidRequestError: the object of class 'app::Manager' ({{.*}}inheritance-bad-rows.cpp:17) has 'type' = 'boss', but rows of that class have 'manager'; the discriminator is set by itself, leave it alone
// CHECK-NEXT: -- flush: the discriminator was changed
// CHECK-NEXT: InvalidRequestError: the object of class 'app::Manager' ({{.*}}inheritance-bad-rows.cpp:17) has 'type' = 'boss', but rows of that class have 'manager'; the discriminator is set by itself, leave it alone
// CHECK-NEXT: InvalidRequestError: the object of class 'app::Manager' ({{.*}}inheritance-bad-rows.cpp:17) has 'type' = 'boss', but rows of that class have 'manager'; the discriminator is set by itself, leave it alone
// CHECK-NEXT: -- a failure in the second table leaves nothing behind
// CHECK-NEXT: IntegrityError: CHECK constraint failed
// CHECK-NEXT: [SQL: INSERT INTO engineers (id, language)
// CHECK-NEXT: VALUES (?, ?)]
// CHECK-NEXT: [parameters: (1, '')]
// CHECK-NEXT: id 0
// CHECK-NEXT: IntegrityError: CHECK constraint failed
// CHECK-NEXT: [SQL: INSERT INTO engineers (id, language)
// CHECK-NEXT: VALUES (?, ?)]
// CHECK-NEXT: [parameters: (1, '')]
// CHECK-NEXT: id 0 rows 0
