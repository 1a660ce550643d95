// What a relationship cannot be asked stops at one static_assert, in words.
// RUN: not %declorm_clang -fsyntax-only %s 2>&1 | FileCheck %s
#include <declorm/declorm.h>

using declorm::col, declorm::alias;

struct Address;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user")]] std::vector<Address *> addresses{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
  [[declorm::relationship]] User *user = nullptr;
};
struct Other {};

void wrong(declorm::Session &session, const User &user, const Address &address) {
  auto other = alias<Other>("other");
  col<&Address::user>.any();
  col<&Address::user>.any(col<&User::name> == "ed");
  col<&User::addresses>.has();
  col<&User::addresses>.has(col<&Address::id> == 1);
  col<&Address::user>.contains(user);
  col<&User::addresses> == address;
  col<&User::addresses> != address;
  col<&User::addresses>.of_type<Other>();
  col<&User::addresses>.of_type(other);
  session.query<User>().join<&User::name>();
}
// CHECK: error: static assertion failed{{.*}}: declorm: any() is for a relationship to a list of objects; of a single one it is has()
// CHECK: error: static assertion failed{{.*}}: declorm: any() is for a relationship to a list of objects; of a single one it is has()
// CHECK: error: static assertion failed{{.*}}: declorm: has() is for a relationship to one object; of a list it is any()
// CHECK: error: static assertion failed{{.*}}: declorm: has() is for a relationship to one object; of a list it is any()
// CHECK: error: static assertion failed{{.*}}: declorm: contains() is for a relationship to a list of objects; a single one is compared with ==
// CHECK: error: static assertion failed{{.*}}: declorm: a list is not compared with an object; whether the object is in it says contains()
// CHECK: error: static assertion failed{{.*}}: declorm: a list is not compared with an object; whether the object is not in it says !contains()
// CHECK: error: static assertion failed{{.*}}: declorm: of_type<D>() takes a class that derives from the relationship's target
// CHECK: error: static assertion failed{{.*}}: declorm: of_type(alias) takes an alias of the relationship's target, or of a class that derives from it
// CHECK: error: static assertion failed{{.*}}: declorm: join<&T::m>() takes a relationship, a member that is a pointer to a class or a list of such; another class is joined with join<T>(condition)
// CHECK: 10 errors generated.
