// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// S34, S42, S102: attributes that are SQL expressions, read with their objects and usable in
// filters; a column's own way of being compared.
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

using declorm::attr;
using declorm::col;

namespace shop {

struct Stamped {
  [[declorm::column]] int year = 0;
  [[declorm::column_property("'{class}/' || cast(year as text)")]] std::string label;
};

struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int user_id = 0;
  [[declorm::column]] std::string email;
};

struct [[declorm::table("users")]] User : Stamped {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column("given")]] std::string first;
  [[using declorm: column, comparison("lower({left}) {op} lower({right})")]] std::string last;

  [[declorm::column_property("first || ' ' || last")]] std::string full;
  [[declorm::column_property("full || case when year > 2000 then '!' when last like '%''%' then "
                             "'?' else '.' end")]]
  std::string loud;
  [[declorm::column_property("select(func.count(Address.id)).where(Address.user_id == User.id)")]]
  int addresses = 0;
  [[declorm::column_property("select(func.max(users.year))")]] std::optional<int> latest;

  [[declorm::hybrid("year between 1990 and 1999 and first in ('Ed', 'Bo') and not last is null")]]
  bool nineties() const {
    return year >= 1990;
  }
  [[declorm::synonym("first")]] const std::string &given_name() const { return first; }
};

} // namespace shop
using shop::Address;
using shop::User;

template <class Query> static void show(const char *what, Query query) {
  std::cout << what << ":";
  for (User &user : query)
    std::cout << " " << user.first;
  std::cout << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  User ed;
  ed.id = 1;
  ed.first = "Ed";
  ed.last = "O'Hara";
  ed.year = 1995;
  ed.full = "ignored";
  session.add(std::move(ed));
  User bo;
  bo.id = 2;
  bo.first = "Bo";
  bo.last = "Lee";
  bo.year = 2001;
  session.add(std::move(bo));
  for (int i = 1; i <= 3; ++i)
    session.add(Address{i, i == 3 ? 2 : 1, "x"});
  session.commit();
  session.expunge_all();

  // CHECK: Ed O'Hara|Ed O'Hara?|2|2001|User/1995
  // CHECK-NEXT: Bo Lee|Bo Lee!|1|2001|User/2001
  for (const User &user : session.query<User>().order_by(col<&User::id>))
    std::cout << user.full << "|" << user.loud << "|" << user.addresses << "|" << *user.latest
              << "|" << user.label << std::endl;
  // An object that is in the session gets them anew when it is stale, even if its row is the same.
  User &known = *session.get<User>(1);
  session.add(Address{4, 1, "y"});
  session.commit();
  for (const User &user : session.query<User>().filter(col<&User::id> == 1))
    std::cout << user.addresses << " " << (&user == &known) << std::endl; // CHECK-NEXT: 3 1

  show("full", session.query<User>().filter(col<&User::full> == "Bo Lee")); // CHECK-NEXT: full: Bo
  show("count", session.query<User>().filter(col<&User::addresses> > 2));   // CHECK-NEXT: count: Ed
  show("ordered", session.query<User>().order_by(col<&User::full>)); // CHECK-NEXT: ordered: Bo Ed
  show("hybrid", session.query<User>().filter(attr<User>("nineties"))); // CHECK-NEXT: hybrid: Ed
  show("synonym",
       session.query<User>().filter(attr<User>("given_name") == "Bo")); // CHECK-NEXT: synonym: Bo
  show("compared",
       session.query<User>().filter(col<&User::last> == "LEE")); // CHECK-NEXT: compared: Bo
  show("reversed",
       session.query<User>().filter(!("O'HARA" == col<&User::last>))); // CHECK-NEXT: reversed: Bo

  declorm::Connection connection = engine.connect();
  // CHECK-NEXT: Ed O'Hara 3
  for (auto [full, count] : connection.execute(
           declorm::select(col<&User::full>, col<&User::addresses>).where(col<&User::id> == 1)))
    std::cout << full << " " << count << std::endl;
  const auto u = declorm::alias<User>("u");
  // CHECK-NEXT: SELECT u.given || ' ' || u.last
  // CHECK-NEXT: FROM users AS u
  // CHECK-NEXT: WHERE lower(u.last) = lower(?)
  std::cout << declorm::select(u.col<&User::full>)
                   .where(u.col<&User::last> == "lee")
                   .sql(declorm::dialect("sqlite"))
            << std::endl;
  if (const auto read = connection.get<User>(2))
    std::cout << read->loud << std::endl; // CHECK-NEXT: Bo Lee!
  return 0;
}
