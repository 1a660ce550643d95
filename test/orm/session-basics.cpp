// Adding, getting, changing, deleting; the identity map; what is written and what is not.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<std::string> fullname{};
  [[declorm::column]] int age = 0;
};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);

  // CHECK: -- add writes nothing
  say("add writes nothing");
  User &ed = session.add(User{.name = "ed", .fullname = "Ed Jones", .age = 30});
  // CHECK-NEXT: contains 1 modified 1 id 0
  std::cout << "contains " << session.contains(ed) << " modified " << session.is_modified(ed)
            << " id " << ed.id << std::endl;
  // CHECK-NEXT: -- flush
  // CHECK-NEXT: > INSERT INTO users (name, fullname, age) VALUES (?, ?, ?) -- 'ed' 'Ed Jones' 30
  // CHECK-NEXT: id 1 modified 0
  say("flush");
  session.flush();
  std::cout << "id " << ed.id << " modified " << session.is_modified(ed) << std::endl;

  // CHECK-NEXT: -- nothing to write
  say("nothing to write");
  session.flush();
  ed.age = 31;
  ed.age = 30; // there and back
  session.flush();

  // CHECK-NEXT: -- only what changed
  // CHECK-NEXT: > UPDATE users SET age = ? WHERE users.id = ? -- 31 1
  // CHECK-NEXT: > UPDATE users SET name = ?, fullname = ? WHERE users.id = ? -- 'edward' NULL 1
  say("only what changed");
  ed.age = 31;
  session.flush();
  ed.name = "edward";
  ed.fullname.reset();
  session.flush();

  // CHECK-NEXT: -- get from the identity map
  // CHECK-NEXT: 1
  say("get from the identity map");
  std::cout << (session.get<User>(1) == &ed) << std::endl;
  // CHECK-NEXT: -- a query gives the same object
  // CHECK-NEXT: > SELECT users.id, users.name, users.fullname, users.age FROM users WHERE users.name = ? LIMIT ? -- 'edward' 2
  // CHECK-NEXT: 1
  say("a query gives the same object");
  std::cout << (&session.query<User>().filter(col<&User::name> == "edward").one() == &ed)
            << std::endl;
  // CHECK-NEXT: -- get without such a row
  // CHECK-NEXT: > SELECT users.id, users.name, users.fullname, users.age FROM users WHERE users.id = ? -- 99
  // CHECK-NEXT: 1
  say("get without such a row");
  std::cout << (session.get<User>(99) == nullptr) << std::endl;

  // CHECK-NEXT: -- get never flushes, a query does
  // CHECK-NEXT: > SELECT users.id, users.name, users.fullname, users.age FROM users WHERE users.id = ? -- 2
  // CHECK-NEXT: > INSERT INTO users (name, fullname, age) VALUES (?, ?, ?) -- 'wendy' NULL 0
  // CHECK-NEXT: > SELECT count(*) FROM users --
  // CHECK-NEXT: 2
  say("get never flushes, a query does");
  User &wendy = session.add(User{.name = "wendy"});
  session.get<User>(2);
  std::cout << session.query<User>().count() << std::endl;

  // CHECK-NEXT: -- delete
  // CHECK-NEXT: contains 0 get 0
  // CHECK-NEXT: > DELETE FROM users WHERE users.id = ? -- 2
  // CHECK-NEXT: still readable: wendy
  say("delete");
  session.delete_(wendy);
  std::cout << "contains " << session.contains(wendy) << " get "
            << (session.get<User>(2) != nullptr) << std::endl;
  session.flush();
  std::cout << "still readable: " << wendy.name << std::endl;
  // CHECK-NEXT: -- delete of what was never written, and delete taken back
  say("delete of what was never written, and delete taken back");
  User &nobody = session.add(User{.name = "nobody"});
  session.delete_(nobody);
  session.delete_(ed);
  session.add(ed);
  session.flush();
  // CHECK-NEXT: contains 01
  std::cout << "contains " << session.contains(nobody) << session.contains(ed) << std::endl;

  // CHECK-NEXT: -- commit, then the next get refreshes
  // CHECK-NEXT: > SELECT users.id, users.name, users.fullname, users.age FROM users WHERE users.id = ? -- 1
  // CHECK-NEXT: 1
  say("commit, then the next get refreshes");
  session.commit();
  std::cout << (session.get<User>(1) == &ed) << std::endl;
  session.get<User>(1);

  // CHECK-NEXT: -- a key with a given value, and one changed
  // CHECK-NEXT: > INSERT INTO users (id, name, fullname, age) VALUES (?, ?, ?, ?) -- -7 'minus' NULL 0
  // CHECK-NEXT: > UPDATE users SET id = ? WHERE users.id = ? -- 9223372036854775807 -7
  // CHECK-NEXT: 1 0
  say("a key with a given value, and one changed");
  User &minus = session.add(User{.id = -7, .name = "minus"});
  session.flush();
  minus.id = std::numeric_limits<std::int64_t>::max();
  session.flush();
  test::tracing = false;
  std::cout << (session.get<User>(std::numeric_limits<std::int64_t>::max()) == &minus) << ' '
            << (session.get<User>(-7) != nullptr) << std::endl;

  // Several at once: add_all moves from what it may move from.
  std::vector<User> many{{.name = "a"}, {.name = "b"}};
  session.add_all(many);
  session.add_all(std::vector<User>{{.name = "c"}});
  User &made = session.emplace<User>(User{.name = "d"});
  session.flush();
  // CHECK-NEXT: ab made 1
  std::cout << many[0].name << many[1].name << " made " << (made.id != 0) << std::endl;
  // CHECK-NEXT: 6
  std::cout << session.query<User>().count() << std::endl;

  // Query's ends.
  const auto by_name = session.query<User>().order_by(col<&User::name>);
  // CHECK-NEXT: a; b c; a b c d edward minus
  std::cout << by_name.first()->name << ';';
  for (const User &user :
       by_name.where(col<&User::name>.in_({"a", "b", "c"})).offset(1).limit(2).distinct())
    std::cout << ' ' << user.name;
  std::cout << ';';
  for (const User *user : by_name.all())
    std::cout << ' ' << user->name;
  std::cout << std::endl;
  // CHECK-NEXT: NoResultFound: one(): the query for class 'User' found no row
  test::attempt([&] { session.query<User>().filter(col<&User::name> == "x").one(); });
  // CHECK-NEXT: MultipleResultsFound: the query for class 'User' found more than one row
  test::attempt([&] { session.query<User>().one(); });
  // CHECK-NEXT: 1 10
  std::cout << (session.query<User>().filter(col<&User::name> == "x").one_or_none() == nullptr)
            << ' ' << session.query<User>().exists()
            << session.query<User>().filter(col<&User::name> == "x").exists() << std::endl;

  // Wrong use.
  // CHECK-NEXT: ArgumentError: the key of class 'User' ({{.*}}session-basics.cpp:7) is (id): 1 values, not 2
  test::attempt([&] { session.get<User>(1, 2); });
  User stranger{.name = "stranger"};
  // CHECK-NEXT: InvalidRequestError: delete_(): this session does not hold that object. Pass the reference that add(), get() or a query returned, not a copy
  test::attempt([&] { session.delete_(stranger); });
  // CHECK-NEXT: InvalidRequestError: add(): this session does not hold that object. Pass the reference that add(), get() or a query returned, not a copy
  test::attempt([&] { session.add(stranger); });
  // CHECK-NEXT: ArgumentError: add(): the pointer is null
  test::attempt([&] { session.add(std::shared_ptr<User>()); });
  // CHECK-NEXT: InvalidRequestError: delete_(): the User with key ({{[0-9]+}}) is not in the session's work: it was deleted, expunged, or rolled back; get() gives the object of its row, add() takes this one in again
  test::attempt([&] { session.delete_(wendy); });
}
