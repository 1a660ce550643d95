// What only a server like PostgreSQL can do with the statements of declorm, and how it spells them.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include "../../Inputs/show.h"
#include <chrono>
#include <declorm/declorm.h>
#include <declorm/json.h>

using declorm::col;
using declorm::select;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::column]] std::optional<int> age;
  [[declorm::column]] bool active = true;
  [[declorm::column]] nlohmann::json body;
};
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> user_id;
  [[declorm::column]] std::int64_t total = 0;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection c = engine.connect();
  std::vector<User> users{
      {.name = "ann", .age = 30, .body = {{"town", "Rome"}, {"tags", {"a", "b"}}}},
      {.name = "Bob", .body = {{"town", "Oslo"}}},
      {.name = "cid", .age = 20, .active = false, .body = nullptr}};
  c.insert(users);
  std::vector<Order> orders{{.user_id = 1, .total = 5}, {.user_id = 1, .total = 7}, {.total = 9}};
  c.insert(orders);
  c.commit();
  const auto run = [&](const auto &statement) {
    std::cout << statement.sql(engine.dialect()) << "\n  ->";
    for (const auto &row : c.execute(statement)) {
      std::cout << " [";
      test::print(row);
      std::cout << "]";
    }
    std::cout << "\n";
  };
  const auto name = col<&User::name>;
  const auto names = select(name).order_by(col<&User::id>);
  run(names.where(name.ilike("b%")));
  run(names.where(name.op<bool>("~*", "^(A|B)")));
  run(select(name, col<&User::age>).order_by(declorm::nulls_first(declorm::desc(col<&User::age>))));
  run(names.where((col<&User::age> > 25) == true));
  run(names.where(col<&User::age> > 25.5));
  run(names.where(col<&User::active> == false));
  run(select(col<&User::body>.op<std::string>("->>", "town"))
          .where(col<&User::body>.op<bool>("@>", R"({"tags": ["a"]})")));
  run(select(declorm::literal(1), declorm::literal("x"), declorm::literal(2.5),
             declorm::literal(true))
          .from<User>()
          .limit(1));
  run(select(declorm::nullable(name), declorm::nullable(col<&Order::total>))
          .from<User>()
          .full_outer_join<Order>(col<&Order::user_id> == col<&User::id>)
          .order_by(col<&Order::id>, name));
  run(select(declorm::nullable(name.concat("-").concat(col<&User::age>))).order_by(name));
  run(select(declorm::func<std::string>("substr", name, 2, 1)).order_by(col<&User::id>));
  run(names.where(col<&User::id>.in_({1, 3})));
  run(names.where(declorm::tuple_(col<&User::id>, name)
                      .in_(std::vector<std::tuple<int, std::string>>{{1, "ann"}, {2, "x"}})));
  run(names.with_for_update({.skip_locked = true}));
  run(names.with_for_update({.nowait = true}));
  run(declorm::insert<User>()
          .values(name = "ann", col<&User::active> = true, col<&User::body> = nlohmann::json(1))
          .on_conflict_do_update({name}, col<&User::age> = declorm::excluded(col<&User::age>))
          .on_conflict_where(col<&User::active> == true)
          .returning(col<&User::id>, col<&User::age>));
  run(declorm::update<User>()
          .set(col<&User::age> = col<&User::age> + 1)
          .where(col<&User::age>.is_not_null())
          .returning(name, col<&User::age>));
  run(declorm::delete_<Order>()
          .from<User>()
          .where(col<&Order::user_id> == col<&User::id> && name == "ann")
          .returning(col<&Order::total>));
}

//      CHECK:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.name ILIKE $1::TEXT
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [Bob]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.name ~* $1
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [ann] [Bob]
// CHECK-NEXT:SELECT users.name, users.age
// CHECK-NEXT:FROM users
// CHECK-NEXT:ORDER BY users.age DESC NULLS FIRST
// CHECK-NEXT:  -> [Bob -] [ann 30] [cid 20]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE (users.age > $1) = $2::BOOLEAN
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [ann]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.age > $1::DOUBLE PRECISION
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [ann]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.active = $1
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [cid]
// CHECK-NEXT:SELECT users.body ->> $1
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.body @> $2
// CHECK-NEXT:  -> [Rome]
// CHECK-NEXT:SELECT $1::INTEGER, $2::TEXT, $3::DOUBLE PRECISION, $4::BOOLEAN
// CHECK-NEXT:FROM users
// CHECK-NEXT:LIMIT $5
// CHECK-NEXT:  -> [1 x 2.5 1]
// CHECK-NEXT:SELECT users.name, orders.total
// CHECK-NEXT:FROM users FULL OUTER JOIN orders ON orders.user_id = users.id
// CHECK-NEXT:ORDER BY orders.id, users.name
// CHECK-NEXT:  -> [ann 5] [ann 7] [- 9] [Bob -] [cid -]
// CHECK-NEXT:SELECT users.name || $1::TEXT || users.age
// CHECK-NEXT:FROM users
// CHECK-NEXT:ORDER BY users.name
// CHECK-NEXT:  -> [-] [ann-30] [cid-20]
// CHECK-NEXT:SELECT substr(users.name, $1::INTEGER, $2::INTEGER)
// CHECK-NEXT:FROM users
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [n] [o] [i]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE users.id IN ($1, $2)
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [ann] [cid]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:WHERE (users.id, users.name) IN (($1, $2), ($3, $4))
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:  -> [ann]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:FOR UPDATE SKIP LOCKED
// CHECK-NEXT:  -> [ann] [Bob] [cid]
// CHECK-NEXT:SELECT users.name
// CHECK-NEXT:FROM users
// CHECK-NEXT:ORDER BY users.id
// CHECK-NEXT:FOR UPDATE NOWAIT
// CHECK-NEXT:  -> [ann] [Bob] [cid]
// CHECK-NEXT:INSERT INTO users (name, active, body)
// CHECK-NEXT:VALUES ($1, $2, $3)
// CHECK-NEXT:ON CONFLICT (name) DO UPDATE SET age = excluded.age WHERE users.active = $4
// CHECK-NEXT:RETURNING id, age
// CHECK-NEXT:  -> [1 -]
// CHECK-NEXT:UPDATE users SET age = users.age + $1::INTEGER
// CHECK-NEXT:WHERE users.age IS NOT NULL
// CHECK-NEXT:RETURNING name, age
// CHECK-NEXT:  -> [cid 21]
// CHECK-NEXT:DELETE FROM orders
// CHECK-NEXT:USING users
// CHECK-NEXT:WHERE orders.user_id = users.id AND users.name = $1
// CHECK-NEXT:RETURNING total
// CHECK-NEXT:  -> [5] [7]
