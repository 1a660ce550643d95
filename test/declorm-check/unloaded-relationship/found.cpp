// Each read of a relationship that nothing has loaded is found, whatever the form of query, access
// and function.
//
// RUN: not %declorm_check %s -- -std=c++20 -I%include | grep -E '^[^ ]+: (warning|error):' > %t
// RUN: FileCheck %s --input-file=%t --implicit-check-not=warning: --implicit-check-not=error:
#include "Inputs/shop.h"

#include <stdexcept>

using declorm::col;

// --- The forms of a query.

void loop(Session &session) {
  for (User &user : session.query<User>())
    // CHECK: :[[@LINE+1]]:36: warning: relationship 'addresses' of class 'User'
    std::cout << user.name << user.addresses.size();
}
void filtered(Session &session) {
  for (const User &user :
       session.query<User>().filter(col<&User::name> == "ed").order_by(col<&User::id>).limit(3))
    // CHECK: :[[@LINE+1]]:40: warning: relationship 'addresses'
    for (const Address *address : user.addresses)
      std::cout << address->email;
}
void all(Session &session) {
  const auto users = session.query<User>().all();
  for (auto *user : users)
    // CHECK: :[[@LINE+1]]:16: warning: relationship 'orders' of class 'User'
    if (!user->orders.empty())
      std::cout << user->name;
}
bool first(Session &session) {
  auto *address = session.query<Address>().first();
  // CHECK: :[[@LINE+1]]:30: warning: relationship 'user' of class 'Address' {{.*}} so it is null
  return address && address->user;
}
std::string one(Session &session) {
  Address &address = session.query<Address>().one();
  // CHECK: :[[@LINE+1]]:18: warning: relationship 'user'
  return address.user->name;
}
std::size_t one_or_none(Session &session) {
  if (const User *user = session.query<User>().one_or_none())
    // CHECK: :[[@LINE+1]]:18: warning: relationship 'groups'
    return user->groups.size();
  return 0;
}
std::size_t get(Session &session) {
  // CHECK: :[[@LINE+1]]:32: warning: relationship 'addresses' {{.*}} get() does not load it
  return session.get<User>(1)->addresses.size();
}
std::size_t scalars(Session &session) {
  std::size_t count = 0;
  for (User *user : session.scalars(declorm::select<User>()))
    // CHECK: :[[@LINE+1]]:20: warning: relationship 'orders' {{.*}} scalars() does not load it
    count += user->orders.size();
  return count;
}
void in_parts(Session &session, bool ordered) {
  auto query = session.query<User>();
  const auto named = query.filter(col<&User::name> == "ed");
  for (User &user : named.distinct())
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'groups'
    std::cout << user.groups.front()->id;
}
void joined(Session &session) { // the join is for the filter, and fills nothing
  for (User &user :
       session.query<User>().join<&User::addresses>().filter(col<&Address::email> == "a@x"))
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'addresses'
    std::cout << user.addresses[0]->email;
}
void read_only(Session &session) {
  for (const User &user : session.query<const User>())
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'orders'
    std::cout << user.orders.size();
}
void streamed(Session &session) { // not even what is always loaded otherwise
  for (const Order &order : session.query<const Order>().yield_per(100))
    // CHECK: :[[@LINE+1]]:24: warning: relationship 'tags' of class 'Order' {{.*}} yield_per() loads no relationships
    std::cout << order.tags.size();
}
void other_option(Session &session) {
  for (User &user : session.query<User>().options(selectinload<&User::orders>()))
    // CHECK: :[[@LINE+1]]:45: warning: relationship 'addresses'
    std::cout << user.orders.size() << user.addresses.size();
}
void deeper(Session &session) {
  for (User &user : session.query<User>().options(selectinload<&User::orders>()))
    for (Order *order : user.orders)
      // CHECK: :[[@LINE+1]]:27: warning: relationship 'items' of class 'Order' {{.*}}::selectinload<&User::orders>().selectinload<&Order::items>()
      std::cout << order->items.size();
}
void behind_a_loaded_pointer(Session &session) {
  Order &order = session.query<Order>().options(selectinload<&Order::user>()).one();
  // CHECK: :[[@LINE+1]]:48: warning: relationship 'addresses' of class 'User' {{.*}}::selectinload<&Order::user>().selectinload<&User::addresses>()
  std::cout << order.user->name << order.user->addresses.size();
}
void behind_a_lazy_one(Session &session) {
  for (Author &author : session.query<Author>())
    for (Book *book : author.books)
      // CHECK: :[[@LINE+1]]:26: warning: relationship 'pages' of class 'Book'
      std::cout << book->pages.size();
}

// --- The forms of an access.

void by_index(Session &session) {
  auto users = session.query<User>().all();
  for (std::size_t i = 0; i != users.size(); ++i)
    // CHECK: :[[@LINE+1]]:28: warning: relationship 'addresses'
    std::cout << users[i]->addresses.size();
}
void by_iterator(Session &session) {
  auto users = session.query<User>().all();
  for (auto it = users.begin(); it != users.end(); ++it)
    // CHECK: :[[@LINE+1]]:25: warning: relationship 'addresses'
    std::cout << (*it)->addresses.size();
}
void front(Session &session) {
  const std::vector<User *> users = session.query<User>().all();
  const User &user = *users.front();
  // CHECK: :[[@LINE+1]]:32: warning: relationship 'addresses'
  const auto &addresses = user.addresses;
  std::cout << addresses.size();
}
void to_variables(Session &session) {
  Express &express = session.query<Express>().one();
  // CHECK: :[[@LINE+1]]:35: warning: relationship 'target' of class 'Express'
  const Address *target = express.target;
  if (target != nullptr)
    std::cout << target->email;
}
void by_algorithm(Session &session) {
  auto users = session.query<User>().all();
  std::sort(users.begin(), users.end(),
            // CHECK: :[[@LINE+1]]:58: warning: relationship 'orders'
            [](const User *a, const User *b) { return a->orders.size() < b->id; });
  // CHECK: :[[@LINE+1]]:75: warning: relationship 'groups'
  std::cout << std::ranges::count_if(users, [](User *user) { return user->groups.empty(); });
}
void to_functions(Session &session) {
  const auto print = [](const std::vector<Address *> &addresses) { std::cout << addresses.size(); };
  for (User &user : session.query<User>())
    // CHECK: :[[@LINE+1]]:16: warning: relationship 'addresses'
    print(user.addresses);
}
std::vector<Order *> copied(Session &session) {
  User *user = session.get<User>(1);
  // CHECK: :[[@LINE+1]]:39: warning: relationship 'orders'
  std::vector<Order *> orders = user->orders;
  return orders;
}
void of_a_copy(Session &session) {
  for (User user : session.query<User>())
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'orders'
    std::cout << user.orders.size();
}
void of_the_class_below(Session &session) {
  for (Order &order : session.query<Order>())
    if (Express *express = session.as<Express>(order))
      // CHECK: :[[@LINE+2]]:29: warning: relationship 'target' of class 'Express'
      // CHECK: :[[@LINE+1]]:52: warning: relationship 'items' of class 'Order'
      std::cout << express->target->email << order.items.size();
}
void of_the_class_above(Session &session) {
  for (Express &express : session.query<Express>())
    // CHECK: :[[@LINE+1]]:26: warning: relationship 'items' of class 'Order'
    std::cout << express.items.size();
}
void through_getters(Session &session) {
  const Machine &machine = session.query<Machine>().one();
  // CHECK: :[[@LINE+1]]:24: warning: relationship 'parts_' of class 'Machine' {{.*}} say lazy("selectin") on the member
  std::cout << machine.parts().size()
            // CHECK: :[[@LINE+1]]:24: warning: relationship 'by_name'
            << machine.by_name.count("wheel");
}

void sorted_by_less(Session &session) {
  auto users = session.query<User>().all();
  std::ranges::sort(users, {}, &User::id);
  // CHECK: :[[@LINE+1]]:26: warning: relationship 'orders'
  std::cout << users[0]->orders.size();
}
void collected(Session &session) {
  std::vector<Address *> all;
  for (User *user : session.query<User>().all())
    // CHECK: :[[@LINE+1]]:33: warning: relationship 'addresses'
    all.insert(all.end(), user->addresses.begin(), user->addresses.end());
  std::cout << all.size();
}
auto returned(Session &session) {
  // CHECK: :[[@LINE+1]]:38: warning: relationship 'orders'
  return session.query<User>().one().orders;
}
void behind_a_test(Session &session) {
  User *user = session.query<User>().first();
  if (!user)
    throw std::runtime_error("nobody");
  // CHECK: :[[@LINE+1]]:38: warning: relationship 'orders'
  for (std::size_t i = 0; i != user->orders.size(); ++i)
    std::cout << user->orders[i]->id;
}
struct Summary {
  std::string name;
  bool has_user = false;
};
std::vector<Summary> summaries(Session &session) {
  std::vector<Summary> all;
  for (const Address &address : session.query<Address>())
    // CHECK: :[[@LINE+1]]:63: warning: relationship 'user'
    all.push_back({.name = address.email, .has_user = address.user != nullptr});
  return all;
}

// --- The forms of a function.

struct Repository {
  declorm::Session &session;
  std::size_t addresses_of(std::int64_t id) const {
    const User *user = session.get<User>(id);
    // CHECK: :[[@LINE+1]]:25: warning: relationship 'addresses'
    return user ? user->addresses.size() : 0;
  }
};
template <class T> struct Lister {
  static void list(Session &session) {
    for (T &object : session.query<T>())
      // CHECK: :[[@LINE+1]]:27: warning: relationship 'orders' of class 'User'
      std::cout << object.orders.size();
  }
};
template struct Lister<User>;
void lambda(const declorm::Engine &engine) {
  Session session(engine);
  const auto count = [&session] {
    // CHECK: :[[@LINE+1]]:40: warning: relationship 'addresses'
    return session.query<User>().one().addresses.size();
  };
  std::cout << count();
}
void captured(Session &session) {
  User &user = session.query<User>().one();
  // CHECK: :[[@LINE+1]]:40: warning: relationship 'orders'
  const auto count = [&] { return user.orders.size(); };
  std::cout << count();
}
void in_a_transaction(Session &outer) {
  outer.transaction([](Session &session) {
    // CHECK: :[[@LINE+1]]:40: warning: relationship 'groups'
    std::cout << session.get<User>(1)->groups.size();
  });
}
const auto outside = [](Session &session) {
  // CHECK: :[[@LINE+1]]:38: warning: relationship 'groups'
  return session.query<User>().one().groups.empty();
};
void scoped(declorm::scoped_session<> &sessions) {
  for (User &user : sessions->query<User>())
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'addresses'
    std::cout << user.addresses.size();
}
declorm::Session &the_session();
void of_a_function() {
  Session &session = the_session();
  // CHECK: :[[@LINE+1]]:44: warning: relationship 'orders'
  std::cout << session.query<User>().one().orders.size();
}
void after_other_work(const declorm::Engine &engine) {
  Session session(engine);
  User &ed = session.add(User{{.name = "ed"}, {}, {}, {}});
  ed.addresses.push_back(&session.add(Address{.email = "ed@x"}));
  session.commit();
  session.expunge_all(); // the session holds nothing any more
  for (User &user : session.query<User>()) {
    user.name += "!";
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'addresses'
    std::cout << user.addresses.size();
  }
}
void show(const User &) {}
void given_as_const(Session &session) {
  User &user = session.query<User>().one();
  show(user);
  // CHECK: :[[@LINE+1]]:21: warning: relationship 'orders'
  std::cout << user.orders.size();
}
void change(User &) {}
void given_later(Session &session) {
  for (User &user : session.query<User>()) {
    // CHECK: :[[@LINE+1]]:23: warning: relationship 'orders'
    std::cout << user.orders.size();
    change(user);
  }
}
void loaded_by_another(Session &session, Session &other) {
  other.query<User>().options(selectinload<&User::orders>()).all();
  // CHECK: :[[@LINE+1]]:44: warning: relationship 'orders'
  std::cout << session.query<User>().one().orders.size();
}
void before_the_option(Session &session) {
  // CHECK: :[[@LINE+1]]:44: warning: relationship 'orders'
  std::cout << session.query<User>().one().orders.size();
  std::cout << session.query<User>().options(selectinload<&User::orders>()).one().orders.size();
}
