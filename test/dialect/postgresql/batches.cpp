// Many rows as one statement with arrays: keys in order, values of every type and NULLs; and where
// that cannot be, the row that is to blame.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <chrono>
#include <declorm/declorm.h>
#include <declorm/json.h>

using declorm::Connection;
using declorm::Session;

enum class Color { red, green };
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, unique]] std::string code;
  [[declorm::column]] std::optional<declorm::Decimal<10, 2>> price;
  [[declorm::column]] std::optional<std::chrono::sys_time<std::chrono::microseconds>> at;
  [[declorm::column]] std::optional<std::chrono::sys_days> day;
  [[declorm::column]] std::optional<declorm::UUID> uuid;
  [[declorm::column]] std::optional<nlohmann::json> json;
  [[declorm::column]] std::optional<bool> flag;
  [[declorm::column]] std::optional<double> real;
  [[declorm::column]] std::optional<std::vector<std::byte>> bytes;
  [[using declorm: column, enum_names]] Color color = Color::red;
};

Item item(int i) {
  Item made{.code = "c" + std::to_string(i)};
  if (i % 3 == 0)
    return made;
  made.price = declorm::Decimal<10, 2>(std::to_string(i) + ".50");
  made.at = std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(i));
  made.day = std::chrono::sys_days(std::chrono::days(i));
  made.uuid = declorm::UUID("00000000-0000-0000-0000-00000000000" + std::to_string(i % 10));
  made.json = nlohmann::json{{"i", i}};
  made.flag = i % 2 == 0;
  made.real = i / 2.0;
  made.bytes = std::vector<std::byte>(3, std::byte(i));
  made.color = Color::green;
  return made;
}

std::vector<Item> items(int from, int to) {
  std::vector<Item> all;
  for (int i = from; i != to; ++i)
    all.push_back(item(i));
  return all;
}

int main() {
  test::shows_own_words = true;
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  Connection c = engine.connect();
  const auto count = [&] { return c.execute("SELECT count(*) FROM items").one()[0].as<int>(); };

  std::vector<Item> all = items(0, 3000);
  c.insert(all);
  bool same = true;
  for (const Item &read : c.select<Item>()) {
    const Item wanted = item(read.id - 1);
    same = same && read.code == wanted.code && read.price == wanted.price && read.at == wanted.at &&
           read.day == wanted.day && read.uuid == wanted.uuid && read.json == wanted.json &&
           read.flag == wanted.flag && read.real == wanted.real && read.bytes == wanted.bytes &&
           read.color == wanted.color && all[std::size_t(read.id) - 1].id == read.id;
  }
  // CHECK: 3000 rows, the same 1
  std::cout << count() << " rows, the same " << same << "\n";
  c.commit();

  // The row that is to blame, in the middle, and nothing of the others.
  // CHECK-NEXT: IntegrityError: duplicate key value violates unique constraint "items_code_key"; Key (code)=(c7) already exists
  // CHECK: {{\[}}parameters: ('c7', {{.*}})]
  all = items(5000, 6000);
  all[537].code = "c7";
  test::attempt([&] { c.insert(all); });
  c.rollback();
  // CHECK-NEXT: 3000
  std::cout << count() << "\n";
  // CHECK-NEXT: DataError: the parameter ? is a text with a NUL byte in it, {{.*}}
  all[537].code = std::string("a\0b", 3);
  test::attempt([&] { c.insert(all); });
  c.rollback();
  // CHECK: 3000
  std::cout << count() << "\n";
  c.commit();

  // Updates and deletes of a Session, one of whose rows is gone, or is changed by somebody else.
  Session session(engine);
  std::vector<Item *> held = session.query<Item>().order_by(declorm::col<&Item::id>).all();
  for (Item *each : held)
    each->real = each->id;
  session.commit();
  // CHECK-NEXT: 3000
  std::cout << c.execute("SELECT count(*) FROM items WHERE real = id").one()[0].as<int>() << "\n";
  c.execute("DELETE FROM items WHERE id = 700");
  c.commit();
  for (Item *each : held)
    each->real = 0;
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Item' matched no row: table 'items' has none where id = 700. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  // CHECK: 2999
  std::cout << c.execute("SELECT count(*) FROM items WHERE real = id").one()[0].as<int>() << "\n";
  c.commit();
  session.expunge_all();
  held = session.query<Item>().all();
  for (Item *each : held)
    session.delete_(*each);
  session.commit();
  // CHECK-NEXT: 0
  std::cout << count() << "\n";

  // A trigger keeps rows out, which only an execution for each row can tell of.
  c.execute("CREATE FUNCTION skip_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.code "
            "LIKE '%5' THEN "
            "RETURN NULL; END IF; RETURN NEW; END $$");
  c.execute(
      "CREATE TRIGGER skips BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION skip_some()");
  // CHECK-NEXT: {{.*}}Error: {{.*}}the trigger skips{{.*}}
  all = items(0, 100);
  test::attempt([&] { c.insert(all); });
  c.rollback();

  // A result is open while batches are sent.
  session.rollback();
  c.insert(items(0, 100));
  c.commit();
  int read = 0;
  for (const Item &each : session.query<const Item>().yield_per(10)) {
    ++read;
    if (each.id % 10 == 0)
      session.connection().insert(items(1000 + read * 20, 1000 + read * 20 + 20));
  }
  session.commit();
  // CHECK: 100 read, 300 there
  std::cout << read << " read, " << count() << " there\n";

  // A few rows behind a SELECT, both prepared before: libpq read the SELECT's rows one by one.
  for (int i = 0; i != 3; ++i) {
    session.get<Item>(-i);
    session.add_all(items(7000 + i * 20, 7001 + i * 20));
    session.add_all(items(7010 + i * 20, 7012 + i * 20));
    session.flush();
  }
  session.commit();
  // CHECK-NEXT: 309
  std::cout << count() << "\n";
}
