// A column with a `comparison` of its own is compared so everywhere: by operators, in lists,
// between two values; and where it cannot be, that is an error.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../orm/Inputs/traced.h"

using declorm::col, declorm::select;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, comparison("lower({left}) {op} lower({right})")]] std::string name;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Connection connection = engine.connect();
  test::tracing = false;
  for (const char *name : {"Ed", "WENDY", "jack"})
    connection.execute(declorm::insert<User>().values(col<&User::name> = name));
  test::tracing = true;
  const auto name = col<&User::name>;
  const auto find = [&](const declorm::Expression<bool> &condition) {
    for (const std::string &found :
         connection.execute(select(name).where(condition).order_by(col<&User::id>)).all())
      std::cout << found << std::endl;
  };
  // CHECK: > SELECT users.name FROM users WHERE (lower(users.name) = lower(?) OR lower(users.name) = lower(?)) ORDER BY users.id -- 'ED' 'wendy'
  // CHECK-NEXT: Ed
  // CHECK-NEXT: WENDY
  find(name.in_({"ED", "wendy"}));
  // CHECK-NEXT: > SELECT users.name FROM users WHERE (lower(users.name) != lower(?) AND lower(users.name) != lower(?)) AND users.id > ? ORDER BY users.id -- 'ED' 'wendy' 0
  // CHECK-NEXT: jack
  find(name.not_in({"ED", "wendy"}) && col<&User::id> > 0);
  // CHECK-NEXT: > SELECT users.name FROM users WHERE NOT (lower(users.name) >= lower(?) AND lower(users.name) <= lower(?)) ORDER BY users.id -- 'A' 'F'
  // CHECK-NEXT: WENDY
  // CHECK-NEXT: jack
  find(!name.between("A", "F"));
  // CHECK-NEXT: > SELECT {{.*}} WHERE lower(users.name) = lower(?) ORDER BY {{.*}} -- 'JACK'
  // CHECK-NEXT: jack
  find(name.in_({"JACK"}));
  // An empty list is in nothing.
  // CHECK-NEXT: > SELECT {{.*}}
  find(name.in_(std::vector<std::string>()));
  // CHECK-NEXT: ArgumentError: in_() and not_in() of a select(): the column has a comparison of its own, by which no database compares with the rows of a SELECT; write exists() with the comparison in its where()
  test::attempt([&] { find(name.in_(select(name))); });
}
