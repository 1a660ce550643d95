// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Lazy members are changed: what loads and what does not, both sides, orphans, deletes, rollback,
// a flush that fails.
#include "Inputs/shop.h"

#include "../Inputs/traced.h"
#include "Inputs/said.h"

static void show(const char *what, const Customer &customer) {
  std::string line = std::string(what) + ":";
  for (const Order *order : customer.orders)
    line += " " + order->what;
  std::cout << line << std::endl;
}

static void fill(const declorm::Engine &engine) {
  test::tracing = false;
  declorm::Session session(engine);
  Customer &ed = session.add(Customer{.name = "ed"});
  session.add(Customer{.name = "wendy"});
  Order &pen = session.add(Order{.what = "pen", .customer = &ed});
  session.add(Order{.what = "ink", .customer = &ed});
  ed.card = &session.emplace<Card>();
  pen.tags.push_back(&session.add(Tag{.word = "blue"}));
  session.commit();
  test::tracing = true;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  fill(engine);
  declorm::Session session(engine);
  Customer &ed = *session.get<Customer>(1), &wendy = *session.get<Customer>(2);

  std::cout << "push_back does not load" << std::endl;
  ed.orders.push_back(&session.add(Order{.what = "mug"}));
  session.flush();
  show("ed", ed);
  // CHECK: push_back does not load
  // CHECK-NEXT: > INSERT INTO orders (what, customer_id) VALUES (?, ?) -- 'mug' 1
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.customer_id IN (?) ORDER BY orders.id -- 1
  // CHECK-NEXT: ed: pen ink mug
  session.commit();

  std::cout << "nor does an assignment" << std::endl;
  session.expunge_all();
  Order &pen = *session.get<Order>(1);
  pen.customer = session.get<Customer>(2);
  std::cout << pen.customer->name << session.is_loaded(pen, &Order::customer) << std::endl;
  session.flush();
  show("wendy", *pen.customer);
  // CHECK-NEXT: nor does an assignment
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.id = ? -- 1
  // CHECK-NEXT: > SELECT {{.*}} FROM customers WHERE customers.id = ? -- 2
  // CHECK-NEXT: wendy1
  // CHECK-NEXT: > UPDATE orders SET customer_id = ? WHERE orders.id = ? -- 2 1
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.customer_id IN (?) ORDER BY orders.id -- 2
  // CHECK-NEXT: wendy: pen

  std::cout << "of null neither" << std::endl;
  Order &ink = *session.get<Order>(2);
  ink.customer = nullptr;
  std::cout << session.is_modified(ink) << std::endl;
  session.flush();
  std::cout << session.is_modified(ink) << (ink.customer == nullptr) << std::endl;
  session.rollback();
  std::cout << ink.customer->name << ' ' << pen.customer->name << std::endl;
  // CHECK-NEXT: of null neither
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.id = ? -- 2
  // CHECK-NEXT: 1
  // CHECK-NEXT: > UPDATE orders SET customer_id = ? WHERE orders.id = ? -- NULL 2
  // CHECK-NEXT: 01
  // CHECK-NEXT: > SELECT {{.*}} FROM customers WHERE customers.id IN (?) -- 1
  // CHECK-NEXT: ed ed

  test::tracing = false;
  session.expunge_all();
  Customer &buyer = *session.get<Customer>(1);
  Card *old = session.query<Card>().first();
  buyer.card = &session.emplace<Card>(); // loads, so that the old one is let go of
  session.flush();
  std::cout << "old card: " << old->customer_id.has_value() << !old->customer
            << (buyer.card->customer == &buyer) << std::endl; // CHECK-NEXT: old card: 011
  session.rollback();
  std::cout << "back: " << (buyer.card == old) << (old->customer == &buyer)
            << std::endl; // CHECK-NEXT: back: 11

  // A flush that fails gives back what was assigned.
  session.expunge_all();
  Order &mug = *session.get<Order>(3), &other = *session.get<Order>(2);
  Customer &twin = session.add(Customer{.name = "wendy"});
  mug.customer = &twin;
  other.customer = nullptr;
  std::cout << test::said_in_short([&] { session.flush(); }) << std::endl;
  std::cout << "kept: " << (mug.customer == &twin) << (other.customer == nullptr)
            << session.is_modified(other) << std::endl;
  session.rollback();
  std::cout << "gone: " << mug.customer->name << ' ' << other.customer->name << std::endl;
  // CHECK-NEXT: IntegrityError
  // CHECK-NEXT: kept: 111
  // CHECK-NEXT: gone: ed ed

  // What is taken out is an orphan; a list that is replaced is loaded first.
  session.expunge_all();
  Customer &owner = *session.get<Customer>(1);
  owner.orders.erase(owner.orders[2]);
  session.flush();
  show("erased", owner);                                    // CHECK-NEXT: erased: pen ink
  std::cout << session.query<Order>().count() << std::endl; // CHECK-NEXT: 2
  session.rollback();
  show("rolled back", owner); // CHECK-NEXT: rolled back: pen ink mug
  session.expunge_all();
  Customer &again = *session.get<Customer>(1);
  again.orders = {session.get<Order>(2)};
  session.flush();
  std::cout << session.query<Order>().count() << std::endl; // CHECK-NEXT: 1
  session.rollback();
  session.expunge_all();
  session.get<Customer>(1)->orders.clear();
  session.flush();
  std::cout << session.query<Order>().count() << std::endl; // CHECK-NEXT: 0
  session.rollback();

  // What a rollback takes back does not stay in a list that was loaded meanwhile.
  session.expunge_all();
  Customer &meanwhile = *session.get<Customer>(1);
  session.add(Order{.what = "gone", .customer = &meanwhile});
  session.flush();
  show("meanwhile", meanwhile); // CHECK-NEXT: meanwhile: pen ink mug gone
  session.rollback();
  show("afterwards", meanwhile); // CHECK-NEXT: afterwards: pen ink mug

  // Both sides of a table in between.
  session.expunge_all();
  Tag &blue = *session.get<Tag>("blue");
  Order &second = *session.get<Order>(2);
  blue.orders.push_back(&second);
  session.flush();
  std::cout << second.tags.size() << blue.orders.size() << std::endl; // CHECK-NEXT: 12
  second.tags.clear();
  session.sync(second);
  std::cout << blue.orders.size() << blue.orders.contains(&second) << std::endl; // CHECK-NEXT: 10

  // set(), merge(), refresh().
  session.rollback();
  session.expunge_all();
  Customer &set = *session.get<Customer>(1);
  session.set(set, &Customer::orders, {session.get<Order>(1)});
  session.set(*session.get<Order>(3), &Order::customer, nullptr);
  session.flush();
  show("set", set); // CHECK-NEXT: set: pen
  session.rollback();
  session.expunge_all();
  Customer elsewhere{.id = 1, .name = "edward"};
  Customer &merged = session.merge(elsewhere); // an empty list changes nothing
  show("merged", merged);                      // CHECK-NEXT: merged: pen ink mug
  Order copied{.id = 1, .what = "pencil", .customer = session.get<Customer>(2)};
  session.merge(copied);
  session.flush();
  show("and moved", merged); // CHECK-NEXT: and moved: ink mug
  session.refresh(merged);
  show("refreshed", merged); // CHECK-NEXT: refreshed: ink mug
  session.delete_(merged);
  session.flush();
  std::cout << session.query<Order>().count() << std::endl; // CHECK-NEXT: 1
}
