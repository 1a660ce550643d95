// selectinload, joinedload, both in one path, with LIMIT, lazy("joined") and lazy("selectin"),
// load() and is_loaded(): which statements are sent; never one a row.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col, declorm::selectinload, declorm::joinedload;

struct Order;
struct Item;
struct [[declorm::table("customers")]] Customer {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("customer")]] std::vector<Order *> orders;
};
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("customers.id")]] std::optional<int> customer_id;
  [[using declorm: relationship, lazy("joined")]] Customer *customer = nullptr;
  [[using declorm: relationship, back_populates("order"), order_by("Item.name")]]
  std::vector<Item *> items;
};
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("orders.id")]] std::optional<int> order_id;
  [[using declorm: relationship, lazy("selectin")]] Order *order = nullptr;
};

void show(const char *what, const declorm::Query<Customer> &query) {
  std::cout << what << std::endl;
  for (Customer &customer : query) {
    std::cout << customer.name << ':';
    for (Order *order : customer.orders) {
      std::cout << ' ' << order->id << (order->customer == &customer ? "" : "?") << '(';
      for (Item *item : order->items)
        std::cout << item->name << (item->order == order ? "" : "?") << ' ';
      std::cout << ')';
    }
    std::cout << std::endl;
  }
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    for (int c = 0; c != 3; ++c) {
      Customer &customer = session.add(Customer{.name = "c" + std::to_string(c)});
      for (int o = 0; o != c; ++o) {
        Order &order = session.add(Order{});
        customer.orders.push_back(&order);
        for (int i = 0; i != 2; ++i)
          order.items.push_back(&session.add(Item{.name = "i" + std::to_string(9 - i)}));
      }
    }
    session.commit();
  }
  test::tracing = true;
  declorm::Session session(engine);
  const auto customers = session.query<Customer>().order_by(col<&Customer::id>);
  show("selectin",
       customers.options(selectinload<&Customer::orders>().selectinload<&Order::items>()));
  show("again: what is loaded stays", customers.options(selectinload<&Customer::orders>()));
  session.expunge_all();
  show("joined", customers.options(joinedload<&Customer::orders>().joinedload<&Order::items>()));
  session.expunge_all();
  show("joined, then selectin",
       customers.options(joinedload<&Customer::orders>().selectinload<&Order::items>()));
  session.expunge_all();
  show("a list and LIMIT", customers.options(joinedload<&Customer::orders>()).limit(2));
  session.expunge_all();

  std::cout << "lazy(\"joined\") with each order" << std::endl;
  for (Order &order : session.query<Order>())
    std::cout << order.id << ' ' << order.customer->name << std::endl;
  session.expunge_all();
  std::cout << "lazy(\"selectin\") with each item, and what its order loads" << std::endl;
  for (Item &item : session.query<Item>().order_by(col<&Item::id>))
    std::cout << item.name << ' ' << item.order->id << ' ' << item.order->customer->name
              << std::endl;
  session.expunge_all();
  std::cout << "get() too" << std::endl << session.get<Item>(1)->order->id << std::endl;
  session.expunge_all();

  std::cout << "load()" << std::endl;
  Customer &last = *session.get<Customer>(3);
  std::cout << session.is_loaded(last, &Customer::orders) << last.orders.size() << std::endl;
  Order &added = session.add(Order{});
  {
    const declorm::NoAutoflush guard = session.no_autoflush();
    last.orders.push_back(&added);
    session.load(last, &Customer::orders);
  }
  std::cout << session.is_loaded(last, &Customer::orders) << last.orders.size()
            << session.is_modified(last) << std::endl;
  session.flush();
  std::cout << session.is_modified(last) << (added.customer == &last) << std::endl;

  std::cout << "set() replaces a list that is not loaded, assigning adds to it" << std::endl;
  session.rollback();
  session.expunge_all();
  Customer &customer = *session.get<Customer>(3);
  customer.orders = {session.get<Order>(1)};
  session.flush();
  session.load(customer, &Customer::orders);
  std::cout << customer.orders.size() << std::endl;
  session.rollback();
  session.expunge_all();
  Customer &again = *session.get<Customer>(3);
  session.set(again, &Customer::orders, {session.get<Order>(1)});
  session.flush();
  std::cout << again.orders.size() << std::endl;
}

// The output:
// CHECK: selectin
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers ORDER BY customers.id --
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.customer_id IN (?, ?, ?, ?) -- 1 2 3 3
// CHECK-NEXT: > SELECT items.id, items.name, items.order_id FROM items WHERE items.order_id IN (?, ?, ?, ?) ORDER BY items.name -- 1 2 3 3
// CHECK-NEXT: c0:
// CHECK-NEXT: c1: 1(i8 i9 )
// CHECK-NEXT: c2: 2(i8 i9 ) 3(i8 i9 )
// CHECK-NEXT: again: what is loaded stays
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers ORDER BY customers.id --
// CHECK-NEXT: c0:
// CHECK-NEXT: c1: 1(i8 i9 )
// CHECK-NEXT: c2: 2(i8 i9 ) 3(i8 i9 )
// CHECK-NEXT: joined
// CHECK-NEXT: > SELECT customers.id, customers.name, orders_1.id, orders_1.customer_id, items_1.id, items_1.name, items_1.order_id FROM customers LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id LEFT OUTER JOIN items AS items_1 ON orders_1.id = items_1.order_id ORDER BY customers.id, items_1.name --
// CHECK-NEXT: c0:
// CHECK-NEXT: c1: 1(i8 i9 )
// CHECK-NEXT: c2: 2(i8 i9 ) 3(i8 i9 )
// CHECK-NEXT: joined, then selectin
// CHECK-NEXT: > SELECT customers.id, customers.name, orders_1.id, orders_1.customer_id FROM customers LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id ORDER BY customers.id --
// CHECK-NEXT: > SELECT items.id, items.name, items.order_id FROM items WHERE items.order_id IN (?, ?, ?, ?) ORDER BY items.name -- 1 2 3 3
// CHECK-NEXT: c0:
// CHECK-NEXT: c1: 1(i8 i9 )
// CHECK-NEXT: c2: 2(i8 i9 ) 3(i8 i9 )
// CHECK-NEXT: a list and LIMIT
// CHECK-NEXT: > SELECT anon_1.id, anon_1.name, orders_1.id, orders_1.customer_id FROM (SELECT customers.id, customers.name FROM customers ORDER BY customers.id LIMIT ?) AS anon_1 LEFT OUTER JOIN orders AS orders_1 ON anon_1.id = orders_1.customer_id ORDER BY anon_1.id -- 2
// CHECK-NEXT: c0:
// CHECK-NEXT: c1: 1()
// CHECK-NEXT: lazy("joined") with each order
// CHECK-NEXT: > SELECT orders.id, orders.customer_id, customers_1.id, customers_1.name FROM orders LEFT OUTER JOIN customers AS customers_1 ON customers_1.id = orders.customer_id --
// CHECK-NEXT: 1 c1
// CHECK-NEXT: 2 c2
// CHECK-NEXT: 3 c2
// CHECK-NEXT: lazy("selectin") with each item, and what its order loads
// CHECK-NEXT: > SELECT items.id, items.name, items.order_id FROM items ORDER BY items.id --
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.id IN (?, ?, ?, ?) -- 1 2 3 3
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id IN (?, ?) -- 2 3
// CHECK-NEXT: i9 1 c1
// CHECK-NEXT: i8 1 c1
// CHECK-NEXT: i9 2 c2
// CHECK-NEXT: i8 2 c2
// CHECK-NEXT: i9 3 c2
// CHECK-NEXT: i8 3 c2
// CHECK-NEXT: get() too
// CHECK-NEXT: > SELECT items.id, items.name, items.order_id FROM items WHERE items.id = ? -- 1
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.id IN (?) -- 1
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id IN (?) -- 2
// CHECK-NEXT: 1
// CHECK-NEXT: load()
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id = ? -- 3
// CHECK-NEXT: 00
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.customer_id IN (?) -- 3
// CHECK-NEXT: 131
// CHECK-NEXT: > INSERT INTO orders (customer_id) VALUES (?) -- 3
// CHECK-NEXT: 01
// CHECK-NEXT: set() replaces a list that is not loaded, assigning adds to it
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id = ? -- 3
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.id = ? -- 1
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id IN (?) -- 2
// CHECK-NEXT: > UPDATE orders SET customer_id = ? WHERE orders.id = ? -- 3 1
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.customer_id IN (?) -- 3
// CHECK-NEXT: 3
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id = ? -- 3
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.id = ? -- 1
// CHECK-NEXT: > SELECT customers.id, customers.name FROM customers WHERE customers.id IN (?) -- 2
// CHECK-NEXT: > SELECT orders.id, orders.customer_id FROM orders WHERE orders.customer_id IN (?) -- 3
// CHECK-NEXT: > UPDATE orders SET customer_id = ? WHERE orders.id = ? -- 3 1
// CHECK-NEXT: 1
