// orders.cpp: customers, what they order, and what comes back.
#include "../../Inputs/database.h"
#include "people/employee.h"
#include "program.h"
#include "shop/customer.h"
#include "shop/order.h"
#include "shop/product.h"

using declorm::col, declorm::joinedload, declorm::selectinload;

namespace shop {

static Item &put(declorm::Session &session, Order &order, int line, Product &product, int count) {
  Item &item = session.add(Item{.line = line, .quantity = count});
  item.product = &product;
  order.items[line] = &item;
  return item;
}

void fill_orders(declorm::Session &session) {
  const auto product = [&](const char *name) -> Product & {
    return session.query<Product>().filter(col<&Product::name> == name).one();
  };
  Product &apple = product("apple"), &saw = product("saw"), &bread = product("bread");
  Customer &ann = session.emplace<Customer>("ann"), &bob = session.emplace<Customer>("bob");
  ann.profile = &session.add(Profile{.email = "ann@example.com"});
  session.add(Profile{.email = "bob@example.com"}).customer = &bob;
  Order &first = session.emplace<Order>(), &second = session.emplace<Order>(),
        &third = session.emplace<Order>();
  third.customer = &bob;
  ann.place(first);
  ann.place(second);
  bob.bills = {&second, &third};
  put(session, first, 2, saw, 1);
  put(session, first, 1, apple, 10);
  put(session, second, 1, bread, 2);
  put(session, third, 1, apple, 3);
  Return &bad = session.add(Return{.reason = "rotten"});
  bad.item = first.items[1];
  first.clerk =
      &session.query<people::Employee>().filter(col<&people::Employee::name> == "eli").one();
  first.courier =
      &session.query<people::Courier>().filter(col<&people::Courier::name> == "cora").one();
  first.courier->deliveries.push_back(&second);
  first.shipped = true;
}

static void show(const Customer &customer) {
  std::cout << customer.name() << ", " << (customer.profile ? customer.profile->email : "-")
            << std::endl;
  for (const Order *order : customer.orders()) {
    std::cout << "  order " << order->id << " of "
              << (order->customer ? order->customer->name() : "?") << " paid by "
              << (order->payer ? order->payer->name() : "nobody yet") << std::endl;
    for (const auto &[line, item] : order->items) {
      std::cout << "    " << line << ": " << item->quantity << " of " << item->product->name;
      for (const Return *back : item->returns)
        std::cout << ", " << back->reason;
      std::cout << std::endl;
    }
  }
}

void show_orders(const declorm::Engine &engine) {
  heading("customers with all that hangs on them");
  declorm::Session session(engine);
  const Logged log;
  const auto items = selectinload<Customer::all_orders>().selectinload<&Order::items>();
  for (const Customer &customer :
       session.query<Customer>()
           .order_by(declorm::attr<Customer>("name_"))
           .options(joinedload<&Customer::profile>(),
                    selectinload<Customer::all_orders>().joinedload<&Order::payer>(),
                    items.joinedload<&Item::product>(), items.selectinload<&Item::returns>(),
                    selectinload<&Customer::open_orders>())) {
    show(customer);
    std::cout << "  open: " << customer.open_orders.size() << std::endl;
  }
}

static Customer &named(declorm::Session &session, const char *name) {
  return session.query<Customer>().filter(declorm::attr<Customer>("name_") == name).one();
}

static void show_items(declorm::Session &session) {
  show_rows(session, "SELECT order_id, line, products.name, quantity FROM items "
                     "JOIN products ON products.id = product_id ORDER BY 1, 2");
}

void change_orders(const declorm::Engine &engine) {
  {
    heading("an order goes from ann to bob; the lists of both are in step at once");
    declorm::Session session(engine);
    Customer &ann = named(session, "ann"), &bob = named(session, "bob");
    session.load(ann, Customer::all_orders);
    session.load(bob, Customer::all_orders);
    Order &second = *ann.orders().back();
    const Logged log;
    second.customer = &bob;
    session.sync(second);
    std::cout << "ann has " << ann.orders().size() << ", bob " << bob.orders().size() << std::endl;
    session.commit();
  }
  {
    heading("items: one replaced, one taken out, one new line");
    declorm::Session session(engine);
    Order &first = session.query<Order>()
                       .options(selectinload<&Order::items>())
                       .filter(col<&Order::id> == 1)
                       .one();
    Product &bread = session.query<Product>().filter(col<&Product::name> == "bread").one();
    const Logged log;
    first.items.erase(1); // and what came back of it
    put(session, first, 3, bread, 5);
    first.items[2]->quantity = 4;
    session.flush();
    show_items(session);
    session.commit();
  }
  {
    heading("a profile takes the place of another, one is nobody's");
    declorm::Session session(engine);
    Customer &ann = named(session, "ann"), &bob = named(session, "bob");
    session.load(ann, &Customer::profile);
    session.load(bob, &Customer::profile);
    const Logged log;
    ann.profile = &session.add(Profile{.email = "ann@new.example.com"});
    bob.profile = nullptr;
    session.commit();
    show_rows(session, "SELECT * FROM profiles");
  }
  {
    heading("what fails leaves everything as it was, and is mended");
    declorm::Session session(engine);
    Customer &bob = named(session, "bob");
    session.load(bob, Customer::all_orders);
    Order &last = *bob.orders().back();
    session.load(last, &Order::items);
    Product &saw = session.query<Product>().filter(col<&Product::name> == "saw").one();
    const Logged log;
    bob.rename("Bob");
    Order &fourth = session.emplace<Order>();
    bob.place(fourth);
    put(session, fourth, 1, saw, 1);
    Product &gift = session.add(Product{.name = "gift", .cents = 0});
    put(session, fourth, 2, gift, 1);
    last.items.clear();
    try {
      session.flush();
    } catch (const declorm::IntegrityError &error) {
      std::cout << test::portable(error.what()) << std::endl;
    }
    std::cout << "order " << fourth.id << ", gift " << gift.id << ", bob's orders "
              << bob.orders().size() << ", items " << last.items.size() << ' '
              << fourth.items.size() << std::endl;
    try {
      session.flush();
    } catch (const declorm::InvalidRequestError &error) {
      std::cout << test::portable(error.what()) << std::endl;
    }
    session.rollback();
    Logged::on = false;
    engine.begin([](declorm::Connection &connection) { test::continue_keys(connection); });
    Logged::on = true;
    show_items(session);
    std::cout << bob.name() << " has " << bob.orders().size() << " orders, the last "
              << last.items.size() << " items; the gift is in the work: " << session.contains(gift)
              << std::endl;
    gift.cents = 1;
    session.add(gift);
    session.add(fourth);
    for (const auto &[line, item] : fourth.items)
      session.add(*item);
    bob.place(fourth);
    session.commit();
    show_items(session);
  }
  {
    heading("savepoints");
    declorm::Session session(engine);
    Customer &ann = named(session, "ann");
    session.load(ann, Customer::all_orders);
    const Logged log;
    {
      declorm::Transaction savepoint = session.begin_nested();
      ann.place(session.emplace<Order>());
      session.flush();
      savepoint.commit();
    }
    {
      declorm::Transaction savepoint = session.begin_nested();
      ann.place(session.emplace<Order>());
      session.delete_(*ann.orders().front());
      session.flush();
      std::cout << "ann has " << ann.orders().size() << std::endl;
      savepoint.rollback();
    }
    std::cout << "ann has " << ann.orders().size() << std::endl;
    session.commit();
    show_rows(session, "SELECT id, customer_id FROM orders ORDER BY 1");
  }
  {
    heading("merge");
    Customer strange;
    Order changed, added;
    Item item{.line = 9, .quantity = 7};
    {
      declorm::Session other(engine);
      strange = Customer(*other.get<Customer>(1));
      changed.id = 1;
      changed.customer_id = 1;
      changed.shipped = true;
    }
    declorm::Session session(engine);
    const Logged log;
    item.product_id = 1;
    item.order_id = 1;
    changed.items[9] = &item;
    strange.rename("Ann");
    Customer &merged = session.merge(strange);
    Order &order = session.merge(changed);
    std::cout << merged.name() << ", " << order.items.size() << " items" << std::endl;
    session.flush();
    show_items(session);
    session.rollback();
    static_cast<void>(added);
  }
}

void remove_orders(const declorm::Engine &engine) {
  heading("bob goes with his orders, all at once");
  declorm::Session session(engine);
  Customer &bob = named(session, "bob");
  const Logged log;
  session.delete_(bob);
  session.commit();
}

} // namespace shop
