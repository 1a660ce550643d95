// contains_eager(): a relationship from the query's own join, whole or in part, also under another
// name and along paths; what a flush makes of a list that was filled in part.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::alias, declorm::col, declorm::contains_eager;

struct Order;
struct Item;
struct [[declorm::table("customers")]] Customer {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("customer"), cascade("all, delete-orphan")]]
  std::vector<Order *> orders;
};
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string state;
  [[using declorm: column, foreign_key("customers.id")]] std::optional<std::int64_t> customer_id;
  [[declorm::relationship]] Customer *customer = nullptr;
  [[declorm::relationship]] std::vector<Item *> items;
};
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("orders.id")]] std::optional<std::int64_t> order_id;
};

static void show(declorm::Session &session, const Customer &customer) {
  std::cout << customer.name << ':';
  for (const Order *order : customer.orders)
    std::cout << ' ' << order->id << '(' << order->items.size() << ')'
              << (order->customer == &customer ? "" : "?");
  std::cout << ", " << session.is_loaded(customer, &Customer::orders) << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  for (const char *name : {"ed", "wendy"}) {
    Customer &customer = session.add(Customer{.name = name});
    for (const char *state : {"open", "sent", "open"}) {
      Order &order = session.add(Order{.state = state});
      order.items = {&session.add(Item{})};
      customer.orders.push_back(&order);
    }
  }
  session.commit();
  session.expunge_all();
  test::tracing = true;

  const auto joined = session.query<Customer>().join<&Customer::orders>().order_by(col<&Order::id>);
  const auto open = joined.filter(col<&Order::state> == "open");
  for (Customer &customer : open.options(contains_eager<&Customer::orders>()))
    show(session, customer);
  // CHECK: > SELECT customers.id, customers.name, orders.id, orders.state, orders.customer_id FROM customers JOIN orders ON customers.id = orders.customer_id WHERE orders.state = ? ORDER BY orders.id -- 'open'
  // CHECK-NEXT: ed: 1(0) 3(0), 0
  // CHECK-NEXT: wendy: 4(0) 6(0), 0

  std::cout << "what was left out, and what is taken out of a part, is left alone" << std::endl;
  Customer &ed = *session.get<Customer>(1);
  ed.orders.erase(ed.orders.begin());
  ed.orders.push_back(&session.add(Order{.state = "new"}));
  session.flush();
  // CHECK-NEXT: what was left out, and what is taken out of a part, is left alone
  // CHECK-NEXT: > INSERT INTO orders (state, customer_id) VALUES (?, ?) -- 'new' 1
  session.load(ed, &Customer::orders);
  show(session, ed);
  // CHECK-NEXT: > SELECT orders.id, orders.state, orders.customer_id FROM orders WHERE orders.customer_id IN (?) -- 1
  // CHECK-NEXT: ed: 1(0) 2(0) 3(0) 7(0), 1

  std::cout << "a list that is loaded stays, unless populate_existing() is said" << std::endl;
  test::tracing = false;
  const auto first =
      open.filter(col<&Customer::id> == 1).options(contains_eager<&Customer::orders>());
  show(session, first.one());
  show(session, first.populate_existing().one());
  session.rollback();
  session.expunge_all();
  // CHECK-NEXT: a list that is loaded stays, unless populate_existing() is said
  // CHECK-NEXT: ed: 1(0) 2(0) 3(0) 7(0), 1
  // CHECK-NEXT: ed: 1(0) 3(0), 0

  std::cout << "paths and aliases" << std::endl;
  test::tracing = true;
  const auto late = alias<Order>("late");
  for (Customer &customer :
       session.query<Customer>()
           .join(late, late.col<&Order::customer_id> == col<&Customer::id>)
           .join<Item>(col<&Item::order_id> == late.col<&Order::id>)
           .filter(late.col<&Order::state> == "sent")
           .options(contains_eager<&Customer::orders>(late).contains_eager<&Order::items>()))
    show(session, customer);
  // CHECK-NEXT: paths and aliases
  // CHECK-NEXT: > SELECT customers.id, customers.name, late.id, late.state, late.customer_id, items.id, items.order_id FROM customers JOIN orders AS late ON late.customer_id = customers.id JOIN items ON items.order_id = late.id WHERE late.state = ? -- 'sent'
  // CHECK-NEXT: ed: 2(1), 0
  // CHECK-NEXT: wendy: 5(1), 0
  session.expunge_all();
  for (Customer &customer :
       open.options(contains_eager<&Customer::orders>().selectinload<&Order::items>()))
    show(session, customer);
  // CHECK-NEXT: > SELECT customers.id, customers.name, orders.id, orders.state, orders.customer_id FROM customers JOIN orders ON customers.id = orders.customer_id WHERE orders.state = ? ORDER BY orders.id -- 'open'
  // CHECK-NEXT: > SELECT items.id, items.order_id FROM items WHERE items.order_id IN (?, ?, ?, ?) -- 1 3 4 6
  // CHECK-NEXT: ed: 1(1) 3(1), 0
  // CHECK-NEXT: wendy: 4(1) 6(1), 0
  session.expunge_all();

  std::cout << "pointers" << std::endl;
  for (Order &order : session.query<Order>()
                          .outer_join<&Order::customer>()
                          .filter(col<&Customer::name> == "ed")
                          .limit(1)
                          .options(contains_eager<&Order::customer>()))
    std::cout << order.customer->name << ' ' << session.is_loaded(order, &Order::customer)
              << std::endl;
  // CHECK-NEXT: pointers
  // CHECK-NEXT: > SELECT orders.id, orders.state, orders.customer_id, customers.id, customers.name FROM orders LEFT OUTER JOIN customers ON customers.id = orders.customer_id WHERE customers.name = ? LIMIT ? -- 'ed' 1
  // CHECK-NEXT: ed 1

  test::attempt(
      [&] { session.query<Customer>().options(contains_eager<&Customer::orders>()).all(); });
  test::attempt([&] { joined.options(contains_eager<&Customer::orders>(late)).all(); });
  // CHECK-NEXT: InvalidRequestError: contains_eager(): the query for class 'Customer' ({{.*}}) does not join relationship 'orders' of class 'Customer' ({{.*}}); add join<&Customer::orders>(), or name the alias that it joins
  // CHECK-NEXT: InvalidRequestError: contains_eager(): the query for class 'Customer' ({{.*}}) does not join relationship 'orders' of class 'Customer' ({{.*}}) under the name 'late'
}
