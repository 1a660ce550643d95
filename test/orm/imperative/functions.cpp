// S16: functions that a call names: hooks, validators, what makes the objects, and the conditions
// and orders of relationships. Their classes know nothing of it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Stamped {
  int touched = 0;
  void touch() { ++touched; }
};
class Item;
class Order : public Stamped {
public:
  explicit Order(std::string title) : title_(std::move(title)) {}
  static Order blank() { return Order("blank"); }
  static bool is_big(const Order &order) { return order.amount > 9; }
  int checked(std::string_view name, int value) const {
    std::cout << "checked " << name << ' ' << value << std::endl;
    if (value < 0)
      throw std::invalid_argument("a negative amount");
    return value;
  }
  const std::string &title() const { return title_; }
  void set_title(std::string title) { title_ = std::move(title); }
  void saved(Session &session) { std::cout << "saved " << session.contains(*this) << std::endl; }

  std::int64_t id = 0;
  int amount = 1;
  std::string notes, shout;
  std::vector<Item *> items;
  Item *dearest = nullptr;

private:
  std::string title_;
};
class Item {
public:
  std::int64_t id = 0;
  int price = 0;
  std::optional<std::int64_t> order_id;
};

static std::string trimmed(const std::string &title) { return title.substr(0, 3); }
static void announce(const Order &order, Session &) noexcept {
  std::cout << "loaded " << order.title() << std::endl;
}
static void farewell(Stamped &stamped) {
  std::cout << "deleted after " << stamped.touched << std::endl;
}
static std::vector<Item *> without_gifts(const std::vector<Item *> &items) {
  std::vector<Item *> kept;
  for (Item *item : items)
    if (item->price > 0)
      kept.push_back(item);
  return kept;
}
static Expression<bool> join_dearest() {
  return col<&Item::order_id> == col<&Order::id> && col<&Item::price> > 5;
}
static std::vector<Ordering> by_price() { return {desc(col<&Item::price>)}; }

int main() {
  MetaData metadata;
  Table &orders = metadata.add_table("orders", Column("id", Integer, primary_key),
                                     Column("amount", Integer), Column("title", String),
                                     Column("notes", String), Column("touched", Integer));
  Table &items =
      metadata.add_table("items", Column("id", Integer, primary_key), Column("price", Integer),
                         Column("order_id", Integer, ForeignKey("orders.id")));
  Registry registry(metadata);
  registry.map_imperatively<Order>(
      orders, constructor<&Order::blank>(), field<&Order::id>("id"),
      field<&Order::amount>("amount", validates<&Order::checked>()),
      field<&Order::title, &Order::set_title>("title", validates<&trimmed>()),
      field<&Order::notes>("notes", deferred()), field<&Stamped::touched>("touched"),
      column_property<&Order::shout>("func.upper(title)", deferred("loud")),
      hybrid<&Order::is_big, Order>("amount > 9"), before_insert<&Stamped::touch>(),
      before_update<&Stamped::touch>(), after_insert<&Order::saved>(), after_load<&announce>(),
      after_delete<&farewell>(),
      relationship<&Order::items>(order_by<&by_price>(), validates<&without_gifts>()),
      relationship<&Order::dearest>(primaryjoin<&join_dearest>(), viewonly));
  registry.map_imperatively<Item>(items, field<&Item::id>("id"), field<&Item::price>("price"),
                                  field<&Item::order_id>("order_id"));

  const Engine engine = test::traced_engine();
  metadata.create_all(engine);
  Session session(engine);
  Order &order = session.emplace<Order>("a long title");
  order.amount = 12;
  Item &gift = session.emplace<Item>(), &nail = session.emplace<Item>(),
       &hammer = session.emplace<Item>();
  nail.price = 1;
  hammer.price = 9;
  session.set(order, &Order::items, {&gift, &nail, &hammer});
  session.commit();
  // CHECK: checked amount 12
  // CHECK-NEXT: saved 1
  // CHECK-NEXT: a l 1 2
  std::cout << order.title() << ' ' << order.touched << ' ' << order.items.size() << std::endl;
  // CHECK-NEXT: checked amount -1
  // CHECK-NEXT: a negative amount
  order.amount = -1;
  try {
    session.flush();
  } catch (const std::invalid_argument &refused) {
    std::cout << refused.what() << std::endl;
  }
  session.rollback();

  session.expunge_all();
  test::tracing = true;
  // CHECK-NEXT: > SELECT orders.id, orders.amount, orders.title, orders.touched FROM orders WHERE orders.amount > 9 LIMIT ? -- 2
  // CHECK-NEXT: > SELECT items.{{.*}} ORDER BY items.price DESC -- 1
  // CHECK-NEXT: > SELECT {{.*}}items.price > ?{{.*}} -- {{.*}}
  // CHECK-NEXT: loaded a l
  Order &again = session.query<Order>()
                     .filter(col<&Order::is_big, Order>)
                     .options(selectinload<&Order::items>(), selectinload<&Order::dearest>())
                     .one();
  // CHECK-NEXT: > SELECT orders.id, upper(orders.title) {{.*}}
  // CHECK-NEXT: A L 9 1 9
  session.load(again, &Order::shout);
  std::cout << again.shout << ' ' << again.items.front()->price << ' ' << again.items.back()->price
            << ' ' << again.dearest->price << std::endl;
  test::tracing = false;
  // CHECK-NEXT: deleted after 1
  again.items.clear();
  session.delete_(again);
  session.flush();
}
