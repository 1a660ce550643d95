// Versions of plain objects, of bulk_insert, merge, and of update<T>() and insert<T>(): nobody
// writes a row without counting.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::column]] int stock = 0;
  [[using declorm: column, version_id]] int version = 0;
};
static int made = 100;
struct [[declorm::table("stamps")]] Stamped {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int value = 0;
  [[using declorm: column, version_id]] int stamp = 0;
  [[declorm::version_id_generator]] static int next() { return ++made; }
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("p")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
  [[using declorm: column, version_id]] int version = 0;
};
struct [[using declorm: table("engineers"), polymorphic_identity("e")]] Engineer : Person {
  [[declorm::column]] int level = 0;
};

static void plain_objects(declorm::Connection &connection) {
  Item item{.name = "a", .version = 9};
  // CHECK: > INSERT INTO items (name, stock, version) VALUES (?, ?, ?) -- 'a' 0 1
  connection.insert(item);
  // CHECK-NEXT: > UPDATE items SET name = ?, stock = ?, version = ? WHERE items.id = ? AND items.version = ? -- 'a' 5 2 1 1
  item.stock = 5;
  connection.update(item);
  // CHECK-NEXT: > UPDATE items SET stock = ?, version = ? WHERE items.id = ? AND items.version = ? -- 6 3 1 2
  item.stock = 6;
  connection.update(item, col<&Item::stock>);
  Item old = item;
  old.version = 1;
  // CHECK-NEXT: > UPDATE items SET {{.*}} -- 'a' 6 2 1 1
  // CHECK-NEXT: > SELECT items.version FROM items WHERE items.id = ? -- 1
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Item': the row with key (1) of table 'items' was written by somebody else: it was read with version 1, and has version 3 now. {{.*}}
  test::attempt([&] { connection.update(old); });
  // CHECK-NEXT: version 1
  std::cout << "version " << old.version << std::endl;
  // CHECK-NEXT: > DELETE FROM items WHERE items.id = ? AND items.version = ? -- 1 1
  // CHECK-NEXT: > SELECT {{.*}}
  // CHECK-NEXT: StaleDataError: DELETE of class 'Item': the row with key (1) {{.*}}
  test::attempt([&] { connection.delete_(old); });
  // CHECK-NEXT: ArgumentError: update(): class 'Item' ({{.*}}): 'version' is the version of the row, which each update() finds the row by and sets to the next one; leave it out
  test::attempt([&] { connection.update(item, col<&Item::version>); });
  // CHECK-NEXT: > DELETE FROM items WHERE items.id = ? AND items.version = ? -- 1 3
  connection.delete_(item);

  Engineer engineer;
  test::tracing = false;
  connection.insert(engineer);
  test::tracing = true;
  // CHECK-NEXT: > UPDATE people SET type = ?, version = ? WHERE people.id = ? AND people.version = ? -- 'e' 2 1 1
  // CHECK-NEXT: > UPDATE engineers SET level = ? WHERE engineers.id = ? -- 3 1
  engineer.level = 3;
  connection.update(engineer);
  // CHECK-NEXT: > UPDATE people SET version = ? WHERE people.id = ? AND people.version = ? -- 3 1 2
  // CHECK-NEXT: > UPDATE engineers SET level = ? WHERE engineers.id = ? -- 4 1
  engineer.level = 4;
  connection.update(engineer, col<&Engineer::level>);
  connection.rollback();
  test::continue_keys(connection);
  connection.commit();
}

static void in_sessions(const declorm::Engine &engine) {
  declorm::Session session(engine);
  // CHECK-NEXT: > INSERT INTO items (name, stock, version) VALUES (?, ?, ?) -- 'b' 0 1
  session.bulk_insert(std::vector{Item{.name = "b", .version = 4}});
  session.commit();
  // merge() compares the versions, and none is merged into any.
  test::tracing = false;
  Item &held = session.query<Item>().one();
  // CHECK-NEXT: version 1 stock 3
  session.merge(Item{.id = held.id, .name = "b", .stock = 3, .version = 1});
  std::cout << "version " << held.version << " stock " << held.stock << std::endl;
  // CHECK-NEXT: version 1 stock 4
  session.merge(Item{.id = held.id, .name = "b", .stock = 4});
  std::cout << "version " << held.version << " stock " << held.stock << std::endl;
  session.commit();
  // CHECK-NEXT: StaleDataError: merge(): the object of class 'Item' with key (1) has version 1, and its row has version 2: it was written since the object was read. Merge the change into what get() gives; an object without a version, 0, is merged into any
  test::attempt([&] { session.merge(Item{.id = held.id, .name = "b", .stock = 5, .version = 1}); });
  // CHECK-NEXT: version 2 stock 4
  std::cout << "version " << held.version << " stock " << held.stock << std::endl;
  session.rollback();
}

static void statements(const declorm::Engine &engine, declorm::Connection &connection) {
  test::tracing = true;
  using declorm::insert, declorm::update, declorm::excluded;
  // CHECK-NEXT: > UPDATE items SET stock = ?, version = items.version + ? WHERE items.id = ? -- 7 1 1
  connection.execute(update<Item>().set(col<&Item::stock> = 7).where(col<&Item::id> == 1));
  // Who sets it means it.
  // CHECK-NEXT: > UPDATE items SET version = ? -- 20
  connection.execute(update<Item>().set(col<&Item::version> = 20));
  // CHECK-NEXT: > INSERT INTO items (name, stock, version) VALUES (?, ?, ?), (?, ?, ?) -- 'c' 1 1 'd' 2 1
  connection.execute(insert<Item>()
                         .values(col<&Item::name> = "c", col<&Item::stock> = 1)
                         .values(col<&Item::name> = "d", col<&Item::stock> = 2));
  // What an upsert changes is counted.
  // CHECK-NEXT: > INSERT INTO items (name, stock, version) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET stock = excluded.stock, version = items.version + ? -- 'b' 9 1 1
  connection.execute(insert<Item>()
                         .values(col<&Item::name> = "b", col<&Item::stock> = 9)
                         .on_conflict_do_update({col<&Item::name>},
                                                col<&Item::stock> = excluded(col<&Item::stock>)));
  test::tracing = false;
  // CHECK-NEXT: b 21, c 1, d 1,
  for (const Item &item : connection.select<Item>().order_by(col<&Item::name>))
    std::cout << item.name << ' ' << item.version << (item.name == "d" ? ",\n" : ", ");
  test::tracing = true;
  // A function makes one for each row that is inserted, and cannot for rows that it does not see.
  // CHECK: > INSERT INTO stamps (value, stamp) VALUES (?, ?), (?, ?) -- 1 101 2 102
  connection.execute(
      insert<Stamped>().values(col<&Stamped::value> = 1).values(col<&Stamped::value> = 2));
  // CHECK-NEXT: ArgumentError: the statement does not set 'stamp', the version of rows of class 'Stamped' ({{.*}}), and a function makes these, for one object at a time; set it too
  test::attempt([&] { connection.execute(update<Stamped>().set(col<&Stamped::value> = 3)); });
  // CHECK-NEXT: > UPDATE stamps SET value = ?, stamp = ? -- 3 103
  connection.execute(
      update<Stamped>().set(col<&Stamped::value> = 3, col<&Stamped::stamp> = Stamped::next()));
  // CHECK-NEXT: > UPDATE people SET type = ?, version = people.version + ? -- 'p' 1
  connection.execute(update<Person>().set(col<&Person::type> = "p"));
  // CHECK-NEXT: ArgumentError: the statement writes rows of class 'Engineer' ({{.*}}) in table 'engineers' alone, and the version of its rows, 'version', stands in table 'people', so that nobody would see the change; change objects in a session
  test::attempt([&] { connection.execute(update<Engineer>().set(col<&Engineer::level> = 3)); });
  // A query's update() does the same.
  declorm::Session session(engine);
  connection.rollback();
  // CHECK-NEXT: > UPDATE items SET stock = ?, version = items.version + ? WHERE items.name = ? -- 8 1 'b'
  session.query<Item>().filter(col<&Item::name> == "b").update(col<&Item::stock> = 8);
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Connection connection = engine.connect();
  plain_objects(connection);
  in_sessions(engine);
  statements(engine, connection);
}
