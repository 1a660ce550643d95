// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// lazy and lazy_list load at the first touch, in their object's session, by the SQL of
// session.load(), and once.
#include "../Inputs/traced.h"

#include <declorm/lazy.h>

struct Address;
class [[declorm::table("users")]] User {
public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user"), order_by("Address.email")]]
  declorm::lazy_list<Address> addresses;
};
using Owner = declorm::lazy<User>; // an alias is as good
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> user_id{};
  [[declorm::relationship]] Owner user;
};

static void show(const User &user) { // a touch of a const object loads too
  std::string line = user.name + ":";
  for (const Address *address : user.addresses)
    line += " " + address->email;
  std::cout << line << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    User &ed = session.add(User{.name = "ed"});
    session.add(User{.name = "wendy"});
    std::cout << "new: " << ed.addresses.size() << std::endl; // CHECK: new: 0
    ed.addresses = {&session.add(Address{.email = "b@x"}), &session.add(Address{.email = "a@x"})};
    session.add(Address{.email = "c@x", .user = &ed});
    session.add(Address{.email = "nobody@x"});
    session.commit();
    show(ed); // CHECK-NEXT: ed: b@x a@x c@x
  }
  test::tracing = true;
  declorm::Session session(engine);
  User &ed = session.query<User>().filter(declorm::col<&User::name> == "ed").one();
  std::cout << "touched" << std::endl;
  show(ed);
  show(ed);
  // CHECK-NEXT: > SELECT users.id, users.name FROM users WHERE users.name = ? LIMIT ? -- 'ed' 2
  // CHECK-NEXT: touched
  // CHECK-NEXT: > SELECT addresses.id, addresses.email, addresses.user_id FROM addresses WHERE addresses.user_id IN (?) ORDER BY addresses.email -- 1
  // CHECK-NEXT: ed: a@x b@x c@x
  // CHECK-NEXT: ed: a@x b@x c@x

  std::cout << "held" << std::endl;
  std::cout << (ed.addresses[0]->user == &ed) << ed.addresses.front()->user->name << std::endl;
  // CHECK-NEXT: held
  // CHECK-NEXT: 1ed

  session.expunge_all();
  std::cout << "many to one" << std::endl;
  for (Address *address : session.query<Address>().order_by(declorm::col<&Address::email>).all())
    std::cout << address->email + " " + (address->user ? address->user->name : "-") << std::endl;
  // CHECK-NEXT: many to one
  // CHECK-NEXT: > SELECT addresses.id, addresses.email, addresses.user_id FROM addresses ORDER BY addresses.email --
  // CHECK-NEXT: > SELECT users.id, users.name FROM users WHERE users.id IN (?) -- 1
  // CHECK-NEXT: a@x ed
  // CHECK-NEXT: b@x ed
  // CHECK-NEXT: c@x ed
  // CHECK-NEXT: nobody@x -

  session.expunge_all();
  std::cout << "eager" << std::endl;
  for (User &user : session.query<User>().options(declorm::selectinload<&User::addresses>()))
    show(user);
  session.expunge_all();
  for (Address &address :
       session.query<Address>().options(declorm::joinedload<&Address::user>()).limit(1))
    std::cout << address.user->name << std::endl;
  // CHECK-NEXT: eager
  // CHECK-NEXT: > SELECT users.id, users.name FROM users --
  // CHECK-NEXT: > SELECT addresses.id, addresses.email, addresses.user_id FROM addresses WHERE addresses.user_id IN (?, ?) ORDER BY addresses.email -- 1 2
  // CHECK-NEXT: ed: a@x b@x c@x
  // CHECK-NEXT: wendy:
  // CHECK-NEXT: > SELECT addresses.id, addresses.email, addresses.user_id, users_1.id, users_1.name FROM addresses LEFT OUTER JOIN users AS users_1 ON users_1.id = addresses.user_id LIMIT ? -- 1
  // CHECK-NEXT: ed

  session.expunge_all();
  std::cout << "in queries" << std::endl;
  using declorm::col;
  test::tracing = false;
  const auto users = session.query<User>();
  const auto addresses = session.query<Address>();
  std::cout << users.join<&User::addresses>().count()
            << users.filter(col<&User::addresses>.any()).count()
            << addresses.filter(col<&Address::user> == nullptr).count()
            << addresses.filter(col<&Address::user>.has(col<&User::name> == "ed")).count()
            << std::endl;
  test::tracing = true;
  // CHECK-NEXT: in queries
  // CHECK-NEXT: 3113

  std::cout << "expired" << std::endl;
  User &again = *session.get<User>(1);
  session.load(again, &User::addresses);
  std::cout << session.is_loaded(again, &User::addresses) << std::endl;
  session.expire(again);
  std::cout << session.is_loaded(again, &User::addresses) << std::endl;
  std::cout << again.addresses.size() << std::endl;
  session.expire_all();
  std::cout << again.addresses.size() << std::endl;
  session.commit();
  std::cout << "after commit " << again.addresses.size() << std::endl;
  // CHECK-NEXT: expired
  // CHECK-NEXT: > SELECT {{.*}} FROM users WHERE {{.*}}
  // CHECK-NEXT: > SELECT {{.*}} FROM addresses WHERE {{.*}}
  // CHECK-NEXT: 1
  // CHECK-NEXT: 0
  // CHECK-NEXT: > SELECT {{.*}} FROM addresses WHERE {{.*}}
  // CHECK-NEXT: 3
  // CHECK-NEXT: > SELECT {{.*}} FROM addresses WHERE {{.*}}
  // CHECK-NEXT: 3
  // CHECK-NEXT: after commit 3
}
