// S16: classes that cannot be annotated are mapped by calls, to Tables made by hand; they and
// annotated classes refer to each other, by type and by string.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

// Somebody else's: a plain struct, and a class with private members.
namespace legacy {
struct Order;
struct Customer {
  std::int64_t number = 0;
  std::string name;
  std::optional<std::string> city;
  std::vector<Order *> orders;
};
class Item {
public:
  Item() = default;
  explicit Item(std::string label) : label_(std::move(label)) {}
  const std::string &label() const { return label_; }
  void set_label(const std::string &label) { label_ = label; }
  int amount() const { return amount_; }

private:
  std::int64_t id_ = 0;
  std::string label_;
  int amount_ = 1;

public:
  std::optional<std::int64_t> order_id;
  Order *order = nullptr;
  static constexpr auto id = &Item::id_;
  static constexpr auto amount_member = &Item::amount_;
};
} // namespace legacy

// Ours. That no annotation maps the classes of its members is no mistake, for calls below do.
namespace legacy {
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("customers.no")]] std::optional<std::int64_t> customer_no;
  [[using declorm: relationship, back_populates("orders")]] Customer *customer = nullptr;
  [[using declorm: relationship("legacy::Item"), back_populates("order")]]
  std::vector<std::shared_ptr<Item>> items;
};
} // namespace legacy

using legacy::Customer, legacy::Item, legacy::Order;

int main() {
  MetaData &metadata = declorm::metadata();
  Table &customers = metadata.add_table("customers", Column("no", Integer, primary_key),
                                        Column("name", String(50), not_null),
                                        Column("city", String, default_value("nowhere")));
  Table &items = metadata.add_table("items", Column("id", Integer, primary_key),
                                    Column("label", String), Column("amount", Integer),
                                    Column("order_id", Integer, ForeignKey("orders.id")));
  registry().map_imperatively<Customer>(
      customers, field<&Customer::number>("no"), field<&Customer::name>("name"),
      field<&Customer::city>("city"),
      relationship<&Customer::orders>(back_populates("customer"), order_by("desc(Order.id)")));
  registry().map_imperatively<Item>(
      items, field<Item::id>("id"), field<&Item::label, &Item::set_label>("label"),
      field<Item::amount_member>("amount"), field<&Item::order_id>("order_id"),
      relationship<&Item::order>("Order", back_populates("items")));

  Engine engine = test::traced_engine();
  metadata.create_all(engine);
  // CHECK: Customer: number name city | Item: id_ label amount_ order_id
  const auto show = [](const Mapper &mapper) {
    std::cout << mapper.name() << ':';
    for (const Attribute &attribute : mapper.attributes())
      std::cout << ' ' << attribute.name();
  };
  show(mapper_of<Customer>());
  std::cout << " | ";
  show(mapper_of<Item>());
  std::cout << std::endl;

  test::tracing = true;
  Session session(engine);
  Customer &ed = session.emplace<Customer>();
  ed.name = "ed";
  for (int i = 0; i != 2; ++i)
    ed.orders.push_back(&session.emplace<Order>());
  ed.orders.front()->items.push_back(std::make_shared<Item>("nails"));
  // CHECK-NEXT: > INSERT INTO customers (name, city) VALUES (?, ?) -- 'ed' 'nowhere'
  // CHECK-NEXT: > INSERT INTO orders (customer_no) VALUES (?) -- 1
  // CHECK-NEXT: > INSERT INTO items (label, amount, order_id) VALUES (?, ?, ?) -- 'nails' 1 1
  session.commit();
  session.expunge_all();

  // CHECK-NEXT: > SELECT customers.no, customers.name, customers.city FROM customers WHERE customers.name = ? LIMIT ? -- 'ed' 2
  // CHECK-NEXT: > SELECT {{.*}} FROM orders WHERE orders.customer_no IN (?) ORDER BY orders.id DESC -- 1
  // CHECK-NEXT: > SELECT items.id, items.label, items.amount, items.order_id FROM items WHERE items.order_id IN (?, ?) -- 2 1
  // CHECK-NEXT: ed of nowhere: 2 1 nails 1
  Customer &again = session.query<Customer>()
                        .filter(col<&Customer::name> == "ed")
                        .options(selectinload<&Customer::orders>().selectinload<&Order::items>())
                        .one();
  std::cout << again.name << " of " << *again.city << ": " << again.orders.front()->id << ' '
            << again.orders.back()->id << ' ' << again.orders.back()->items.front()->label() << ' '
            << (again.orders.back()->items.front()->order == again.orders.back()) << std::endl;

  // CHECK-NEXT: > UPDATE items SET label = ? WHERE items.id = ? -- 'screws' 1
  again.orders.back()->items.front()->set_label("screws");
  session.flush();
  // CHECK-NEXT: > SELECT {{.*}} FROM items JOIN orders ON items.order_id = orders.id {{.*}} 'screws' 2
  // CHECK-NEXT: 1
  std::cout << session.query<Item>()
                   .join<&Item::order>()
                   .filter(attr<Item>("label") == "screws")
                   .one()
                   .amount()
            << std::endl;
}
