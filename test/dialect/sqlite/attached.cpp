// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %declorm_clang %s %link_declorm -o %t/attached && ./attached | FileCheck %s --match-full-lines
// Classes whose tables have a schema, which is an attached database: DDL, rows, keys,
// relationships, joins with tables of the main one, reflection and comparison.
#include <declorm/declorm.h>
#include <iostream>

using declorm::col;

struct [[using declorm: table("users", "archive"), index({"name"}),
         comment("of long ago")]] OldUser {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::relationship]] std::vector<struct OldOrder *> orders;
};
struct [[declorm::table("orders", "archive")]] OldOrder {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("archive.users.id")]] std::int64_t user_id = 0;
};
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  const declorm::Engine engine = declorm::create_engine(
      "sqlite:///main.db", {.on_connect = [](declorm::Connection &connection) {
        connection.execute("ATTACH DATABASE 'archive.db' AS archive");
      }});
  for (const declorm::Table *table : declorm::metadata().sorted_tables())
    std::cout << table->full_name() << std::endl;
  // CHECK: archive.users
  // CHECK-NEXT: archive.orders
  // CHECK-NEXT: users
  std::cout << create_sql(declorm::table_of<OldOrder>(), engine.dialect()) << std::endl;
  // CHECK-NEXT: CREATE TABLE archive.orders (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: user_id INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id),
  // CHECK-NEXT: FOREIGN KEY(user_id) REFERENCES users (id)
  // CHECK-NEXT: )
  declorm::metadata().create_all(engine);
  declorm::metadata().create_all(engine); // nothing is missing
  declorm::Session session(engine);
  OldUser &old = session.add(OldUser{.name = "ada"});
  old.orders = {&session.add(OldOrder{}), &session.add(OldOrder{})};
  session.add(User{.id = 1, .name = "ada"});
  session.commit();
  session.close();

  for (OldUser &each : session.query<OldUser>().options(declorm::selectinload<&OldUser::orders>()))
    std::cout << each.name << ' ' << each.orders.size() << std::endl;
  // CHECK-NEXT: ada 2
  const auto u = declorm::alias<User>("u"); // SQLite takes `users` for either of the two
  for (auto [name, id] :
       session.execute(declorm::select(u.col<&User::name>, col<&OldOrder::id>)
                           .join<OldUser>(col<&OldUser::name> == u.col<&User::name>)
                           .join<&OldUser::orders>()
                           .order_by(col<&OldOrder::id>)))
    std::cout << name << ' ' << id << std::endl;
  // CHECK-NEXT: ada 1
  // CHECK-NEXT: ada 2
  session.close();
  std::cout << declorm::metadata().compare(engine).size() << " differences" << std::endl;
  // CHECK-NEXT: 0 differences
  declorm::MetaData reflected;
  reflected.reflect(engine, {.schema = "archive"});
  for (const declorm::Table *table : reflected.tables())
    std::cout << table->full_name() << ' ' << table->indexes().size() << std::endl;
  // CHECK-NEXT: archive.orders 0
  // CHECK-NEXT: archive.users 1
  declorm::metadata().drop_all(engine);
  std::cout << declorm::inspect(engine).table_names("archive").size() << std::endl;
  // CHECK-NEXT: 0
}
