// after_load: once for each object that is loaded, when its call has loaded what it loads.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <stdexcept>

using declorm::col;

static bool failing = false;

template <class Self> struct Counted {
  int loads = 0;

private:
  [[declorm::after_load]] static void count(Self &self) { ++self.loads; }
};
struct Address;
struct [[declorm::table("users")]] User : Counted<User> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user"), lazy("selectin")]]
  std::vector<Address *> addresses;
  std::string shown;
  [[declorm::after_load]] void show() {
    if (failing && name == "wendy")
      throw std::runtime_error("wendy cannot be shown");
    shown = name + " with " + std::to_string(addresses.size());
  }
};
struct [[declorm::table("addresses")]] Address : Counted<Address> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
  [[declorm::relationship]] User *user = nullptr;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  User &ed = session.emplace<User>(), &wendy = session.emplace<User>();
  ed.name = "ed", wendy.name = "wendy";
  for (User *user : {&ed, &ed, &wendy})
    session.emplace<Address>().user = user;
  session.commit();
  // CHECK: new 0
  std::cout << "new " << ed.loads << std::endl;
  session.refresh(ed);
  session.query<User>().all();
  // CHECK-NEXT: refreshed 0
  std::cout << "refreshed " << ed.loads << std::endl;
  session.expunge_all();

  for (User &user : session.query<User>().order_by(col<&User::id>))
    std::cout << user.shown << ", " << user.loads << ", address " << user.addresses.front()->loads
              << std::endl;
  // CHECK-NEXT: ed with 2, 1, address 1
  // CHECK-NEXT: wendy with 1, 1, address 1
  session.commit();
  session.query<User>().populate_existing().all();
  // CHECK-NEXT: again 1
  std::cout << "again " << session.get<User>(1)->loads << std::endl;
  session.expunge_all();
  // CHECK-NEXT: joined 1
  std::cout << "joined "
            << session.query<Address>()
                   .options(declorm::joinedload<&Address::user>())
                   .filter(col<&Address::id> == 1)
                   .one()
                   .user->loads
            << std::endl;
  session.expunge_all();
  // CHECK-NEXT: read only ed with 2
  std::cout << "read only " << session.query<const User>().order_by(col<&User::id>).all()[0]->shown
            << std::endl;

  // One that throws is loaded anew.
  session.expunge_all();
  failing = true;
  try {
    session.query<User>().all();
  } catch (const std::runtime_error &error) {
    std::cout << error.what() << std::endl; // CHECK-NEXT: wendy cannot be shown
  }
  failing = false;
  // CHECK-NEXT: ed with 2, wendy with 1, 1
  const User &anew = *session.get<User>(2);
  std::cout << session.get<User>(1)->shown << ", " << anew.shown << ", " << anew.loads << std::endl;

  // A query that flushes in between fills the lists all the same before it calls the hooks.
  session.expunge(*session.get<User>(2));
  // CHECK-NEXT: wendy with 1
  std::cout << session.get<User>(2)->shown << std::endl;
}
