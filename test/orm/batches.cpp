// Rows of one statement are written in batches: what a batch keeps, what an error in its middle
// says and leaves, and which rows share a statement.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

#include <array>
#include <ranges>

using declorm::col;

static int last_serial = 0;
static int next_serial() { return ++last_serial; }

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string code;
  [[declorm::column]] std::string note;
  [[declorm::column]] int number = 0;
  [[using declorm: column, default_value(next_serial)]]
  std::optional<int> serial{};
};
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> parent_id{};
  [[declorm::column]] std::string name;
  [[using declorm: relationship, remote_side("Node.id")]] Node *parent = nullptr;
};
struct [[using declorm: table("animals"), polymorphic_on("kind"),
         polymorphic_identity("animal")]] Animal {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("dogs"), polymorphic_identity("dog")]] Dog : Animal {
  [[using declorm: column, primary_key, foreign_key("animals.id")]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string tag;
};

static std::string text(const std::optional<int> &value) {
  return value ? std::to_string(*value) : "none";
}
static std::int64_t rows(declorm::Connection &connection, const std::string &table) {
  return connection.execute("SELECT count(*) FROM " + table).scalar().as<std::int64_t>();
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    // The 150th of two hundred is refused: it is the one that the error names. Nothing stays.
    declorm::Session session(engine);
    session.add(Item{.code = "c150"});
    session.commit();
    std::vector<Item *> items;
    for (int i = 0; i != 200; ++i)
      items.push_back(&session.add(Item{.code = "c" + std::to_string(i), .number = i}));
    // CHECK: IntegrityError: UNIQUE constraint failed
    // CHECK-NEXT: {{\[}}SQL: {{.*}}
    // CHECK-NEXT: VALUES {{.*}}
    // CHECK-NEXT: {{\[}}parameters: ('c150', '', 150, 152)]
    test::attempt([&] { session.flush(); });
    // CHECK-NEXT: 0 151 0 none 0 none
    for (const int i : {149, 150, 151})
      std::cout << items[std::size_t(i)]->id << ' ' << text(items[std::size_t(i)]->serial)
                << (i == 151 ? "\n" : " ");
    session.rollback();
    test::continue_keys(session.connection());
    items[150]->code = "mended";
    for (Item *item : items)
      session.add(*item);
    session.commit();
    // CHECK-NEXT: 201 2 201
    std::cout << session.query<Item>().count() << ' ' << items[0]->id << ' ' << items[199]->id
              << std::endl;

    // Rows that change the same columns share a statement, wherever they stand.
    test::tracing = true;
    for (int i = 0; i != 200; ++i) {
      items[std::size_t(i)]->number += 1;
      if (i % 2)
        items[std::size_t(i)]->note = "odd";
    }
    // CHECK-NEXT: > UPDATE items SET number = ? WHERE items.id = ? -- 1 2
    // CHECK-NEXT: > UPDATE items SET note = ?, number = ? WHERE items.id = ? -- 'odd' 2 3
    session.flush();
    // A unique value that one row gives up and the next one takes keeps their order.
    items[0]->code = "free";
    items[1]->code = "c0";
    items[1]->note = "took c0";
    items[2]->code = "c1";
    // CHECK-NEXT: > UPDATE items SET code = ? WHERE items.id = ? -- 'free' 2
    // CHECK-NEXT: > UPDATE items SET code = ?, note = ? WHERE items.id = ? -- 'c0' 'took c0' 3
    session.flush();
    test::tracing = false;
    session.commit();

    // An UPDATE and a DELETE whose row is gone are those that the error names.
    session.execute("DELETE FROM items WHERE id = 102");
    for (Item *item : items)
      item->number = -1;
    // CHECK-NEXT: StaleDataError: UPDATE of class 'Item' matched no row: table 'items' has none where id = 102. {{.*}}
    test::attempt([&] { session.flush(); });
    session.rollback();
    session.execute("DELETE FROM items WHERE id = 103");
    for (Item *item : items)
      session.delete_(*item);
    // CHECK-NEXT: StaleDataError: DELETE of class 'Item' matched no row: table 'items' has none where id = 103. {{.*}}
    test::attempt([&] { session.flush(); });
    session.rollback();
    // CHECK-NEXT: 201 -1 1
    std::cout << session.query<Item>().count() << ' ' << (items[7]->number == -1 ? 1 : -1) << ' '
              << session.contains(*items[0]) << std::endl;
  }
  {
    // New rows take the keys of rows that go: these go first, in one batch.
    declorm::Session session(engine);
    for (Item *item : session.query<Item>().where(col<&Item::id> < 4).all()) {
      session.delete_(*item);
      session.add(Item{.id = item->id, .code = item->code + " again"});
    }
    last_serial = 1000; // How many a refused flush asked for depends on the database's batches.
    test::tracing = true;
    // CHECK-NEXT: > DELETE FROM items WHERE items.id = ? -- 1
    // CHECK-NEXT: > INSERT INTO items (id, code, note, number, serial) VALUES (?, ?, ?, ?, ?) -- 1 'c150 again' '' 0 1001
    session.flush();
    test::tracing = false;
    session.rollback();
  }
  {
    // Rows of one table that refer to each other: level by level.
    declorm::Session session(engine);
    std::vector<Node *> nodes;
    for (int i = 0; i != 30; ++i)
      nodes.push_back(&session.add(Node{.name = std::to_string(i)}));
    for (std::size_t i = 0; i != 20; ++i)
      nodes[i]->parent = nodes[20 + i / 2];
    test::tracing = true;
    // CHECK-NEXT: > INSERT INTO nodes (parent_id, name) VALUES (?, ?) -- NULL '20'
    session.flush();
    // CHECK-NEXT: 1 10 30 1 10
    std::cout << nodes[20]->id << ' ' << nodes[29]->id << ' ' << nodes[19]->id << ' '
              << *nodes[1]->parent_id << ' ' << *nodes[19]->parent_id << std::endl;
    for (Node *node : nodes)
      session.delete_(*node);
    // CHECK-NEXT: > DELETE FROM nodes WHERE nodes.id = ? -- 11
    session.flush();
    test::tracing = false;
    session.commit();
  }

  declorm::Connection connection = engine.connect();
  {
    // Ranges: objects that stay, objects that are made while the range is read, const objects.
    std::vector<Item> items(100);
    for (int i = 0; i != 100; ++i)
      items[std::size_t(i)].code = "range " + std::to_string(i);
    connection.insert(items);
    const auto first = items[0].id;
    // CHECK-NEXT: 99 1
    std::cout << items[99].id - first << ' ' << (items[99].serial.value() - *items[0].serial == 99)
              << std::endl;
    connection.insert(std::views::iota(0, 100) | std::views::transform([](int i) {
                        return Item{.code = "made " + std::to_string(i)};
                      }));
    const std::array<Item, 2> constant{Item{.code = "constant"}, Item{.code = "constant too"}};
    connection.insert(constant);
    // CHECK-NEXT: constant too 0 none
    std::cout << connection.get<Item>(first + 201)->code << ' ' << constant[1].id << ' '
              << text(constant[1].serial) << std::endl;

    // The rows before the one that is refused are written, those behind it are as they were.
    std::vector<Item> refused(100);
    for (int i = 0; i != 100; ++i)
      refused[std::size_t(i)].code = i == 70 ? "constant" : "refused " + std::to_string(i);
    // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
    // CHECK-NEXT: {{\[}}SQL: {{.*}}
    // CHECK-NEXT: VALUES {{.*}}
    // CHECK-NEXT: {{\[}}parameters: ('constant', {{.*}}]
    test::attempt([&] { connection.insert(refused); });
    // CHECK-NEXT: 0 none 0 none
    std::cout << refused[70].id << ' ' << text(refused[70].serial) << ' ' << refused[71].id << ' '
              << text(refused[71].serial) << std::endl;
    connection.rollback();
  }
  {
    // A class in two tables: a refused row undoes what the others have in the first one, and the
    // transaction goes on.
    std::vector<Dog> dogs(3);
    for (std::size_t i = 0; i != dogs.size(); ++i) {
      dogs[i].name = "dog " + std::to_string(i);
      dogs[i].tag = i == 2 ? "0" : std::to_string(i);
    }
    connection.insert(Animal{.name = "cat"});
    test::tracing = true;
    // CHECK-NEXT: > INSERT INTO dogs (id, tag) VALUES (?, ?) -- 2 '0'
    // CHECK-NEXT: > INSERT INTO animals (kind, name) VALUES (?, ?) -- 'dog' 'dog 0'
    // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
    // CHECK-NEXT: {{\[}}SQL: {{.*}}
    // CHECK-NEXT: VALUES {{.*}}
    // CHECK-NEXT: {{\[}}parameters: (4, '0')]
    test::attempt([&] { connection.insert(dogs); });
    test::tracing = false;
    // CHECK-NEXT: 1 0 0 0
    std::cout << rows(connection, "animals") << ' ' << rows(connection, "dogs") << ' ' << dogs[0].id
              << ' ' << dogs[0].Animal::id << std::endl;
    dogs[2].tag = "2";
    connection.insert(dogs);
    for (Dog &dog : dogs)
      dog.name += "!", dog.tag += "!";
    connection.update(dogs);
    // CHECK-NEXT: 4 3 dog 2! 2!
    std::cout << rows(connection, "animals") << ' ' << rows(connection, "dogs") << ' '
              << connection.get<Dog>(dogs[2].id)->name << ' '
              << connection.get<Dog>(dogs[2].id)->tag << std::endl;
    connection.delete_(dogs);
    // CHECK-NEXT: 1 0
    std::cout << rows(connection, "animals") << ' ' << rows(connection, "dogs") << std::endl;
  }
}
