// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// A touch flushes nothing, so that it costs the same however many objects the session holds; what
// is not written yet comes into a list that was loaded before with the next flush.
#include "Inputs/shop.h"

#include "../Inputs/traced.h"

static void show(const char *what, const Customer &customer) {
  std::string line = std::string(what) + ":";
  for (const Order *order : customer.orders)
    line += " " + order->what;
  std::cout << line << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  Customer &made = session.add(Customer{.name = "ed"});
  session.add(Customer{.name = "wendy"});
  made.orders = {&session.add(Order{.what = "pen"}), &session.add(Order{.what = "ink"})};
  session.commit();
  session.expunge_all();

  test::tracing = true;
  Customer &ed = *session.get<Customer>(1);
  Order &pen = *session.get<Order>(1);
  pen.customer = session.get<Customer>(2);
  session.add(Order{.what = "mug", .customer = &ed});
  ed.orders.push_back(&session.add(Order{.what = "cup"}));
  std::cout << "touch" << std::endl;
  show("ed", ed);
  // CHECK: touch
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.customer_id IN (?) ORDER BY orders.id -- 1
  // CHECK-NEXT: ed: pen ink cup
  test::tracing = false;
  session.sync(ed);
  show("in step", ed); // CHECK-NEXT: in step: ink cup mug
  session.flush();
  session.expunge_all();
  show("written", *session.get<Customer>(1));     // CHECK-NEXT: written: ink {{mug cup|cup mug}}
  show("written too", *session.get<Customer>(2)); // CHECK-NEXT: written too: pen

  // A key that leads to an object whose row is still to come is the exception.
  session.expunge_all();
  Order &ink = *session.get<Order>(2);
  Customer &third = session.add(Customer{.id = 3, .name = "mary"});
  ink.customer_id = 3;
  std::cout << (ink.customer == &third) << session.is_modified(ink) << std::endl; // CHECK-NEXT: 10
}
