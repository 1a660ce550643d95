// Joins and orders that the foreign keys do not tell: strings, in which classes are named by any
// tail of their names, and functions.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <iostream>

namespace declared_first {
declorm::Expression<bool> join();
std::vector<declorm::Ordering> order();
} // namespace declared_first

namespace shop {
struct Address;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  // By condition; the other side, which says nothing, joins likewise.
  [[using declorm: relationship, back_populates("user"), order_by("desc(shop::Address.email)"),
    primaryjoin("foreign(shop::Address.user_id) == User.id")]]
  std::vector<Address *> addresses{};
  [[using declorm: relationship, viewonly,
    order_by("func.length(shop::Address.email), addresses.id"),
    primaryjoin(
        "foreign(remote(::shop::Address.user_id)) == id and not (addresses.email like 'e%')")]]
  std::vector<Address *> others{};
  [[using declorm: relationship, viewonly, primaryjoin(&declared_first::join),
    order_by(&declared_first::order)]]
  std::vector<Address *> made{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string email;
  [[declorm::column]] std::optional<int> user_id{}; // no foreign key
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> guest_id{};
  [[declorm::relationship]] User *user = nullptr;
  [[using declorm: relationship, foreign_keys("guest_id")]] User *guest = nullptr;
};
} // namespace shop
namespace stock {
struct [[declorm::table("stock_addresses")]] Address { // another class of that name
  [[using declorm: column, primary_key]] int id = 0;
};
} // namespace stock

using namespace shop;
using declorm::col;

namespace declared_first {
declorm::Expression<bool> join() { return col<&User::id> == col<&Address::guest_id>; }
std::vector<declorm::Ordering> order() { return {declorm::desc(col<&Address::id>)}; }
} // namespace declared_first

std::string emails(const std::vector<Address *> &addresses) {
  std::string text;
  for (const Address *address : addresses)
    text += (text.empty() ? "" : " ") + address->email;
  return text;
}

int main() {
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  User &ed = session.add(User{.name = "ed"});
  for (const char *email : {"a", "eb", "ccc", "dd"})
    ed.addresses.push_back(&session.add(Address{.email = email}));
  session.flush();
  for (Address *address : ed.addresses)
    address->guest = address->id > 1 ? &ed : nullptr;
  session.commit();
  // CHECK: the other side: ed
  std::cout << "the other side: " << ed.addresses.front()->user->name << "\n";
  session.expunge_all();

  User &again = *session.get<User>(1);
  session.load(again, &User::addresses);
  session.load(again, &User::others);
  session.load(again, &User::made);
  // CHECK-NEXT: by email, descending: eb dd ccc a
  std::cout << "by email, descending: " << emails(again.addresses) << "\n";
  // CHECK-NEXT: by length: a dd ccc
  std::cout << "by length: " << emails(again.others) << "\n";
  // CHECK-NEXT: by functions: dd ccc eb
  std::cout << "by functions: " << emails(again.made) << "\n";
}
