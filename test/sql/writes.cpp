// INSERT, UPDATE and DELETE with everything: several rows, SELECTs, conflicts, joins, RETURNING.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>

using declorm::col, declorm::delete_, declorm::excluded, declorm::exists, declorm::insert,
    declorm::select, declorm::update;

enum class Kind { small, big };
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::column]] std::optional<int> age{};
  [[using declorm: column, enum_names]] Kind kind = Kind::small;
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[declorm::column]] std::int64_t user_id = 0;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  const auto show = [&](const auto &statement) { test::show(connection, statement); };
  const auto run = [&](const auto &statement) {
    std::cout << test::text_of(statement, declorm::dialect("sqlite")) << " -> "
              << connection.execute(statement).rowcount() << std::endl;
  };
  const auto rows = [&] {
    test::show_rows(connection.execute(
        select(col<&User::id>, col<&User::name>, col<&User::age>, col<&User::kind>)
            .order_by(col<&User::id>)));
  };
  const auto id = col<&User::id>;
  const auto name = col<&User::name>;
  const auto age = col<&User::age>;
  const auto kind = col<&User::kind>;

  // CHECK: INSERT INTO users (name, age, kind) VALUES (?, ?, ?), (?, abs(?), ?) -> 2
  run(insert<User>()
          .values(name = "ed", age = 1, kind = Kind::big)
          .values(name = "wendy", age = declorm::func("abs", -2), kind = Kind::small));
  // Rows composed at run time.
  auto many = insert<User>();
  for (int i = 0; i != 3; ++i) {
    std::vector<declorm::Assignment> row{name = "u" + std::to_string(i), kind = Kind::small};
    many = many.values(row);
  }
  // CHECK-NEXT: INSERT INTO users (name, kind) VALUES (?, ?), (?, ?), (?, ?) RETURNING id, kind
  // CHECK-NEXT: [3 0] [4 0] [5 0]
  show(many.returning(id, kind));
  // CHECK-NEXT: [1 ed 1 1] [2 wendy 2 0] [3 u0 - 0] [4 u1 - 0] [5 u2 - 0]
  rows();
  // Whole objects, and values of expressions.
  // CHECK-NEXT: INSERT INTO users (name, kind) VALUES (?, ?) RETURNING id, name, age, kind, upper(name) AS shout, (SELECT count(*) FROM addresses WHERE addresses.user_id = users.id) AS n
  // CHECK-NEXT: [User 6 jack JACK 0]
  show(insert<User>()
           .values(name = "jack", kind = Kind::big)
           .returning<User>()
           .returning(declorm::func<std::string>("upper", name).label("shout"),
                      select(declorm::count())
                          .from<Address>()
                          .where(col<&Address::user_id> == id)
                          .scalar_subquery()
                          .label("n")));
  // It writes whether its rows are read or not.
  connection.execute(delete_<User>().where(name == "jack").returning(id));

  // From a SELECT.
  // CHECK-NEXT: INSERT INTO addresses (user_id, email) SELECT users.id, users.name || ? FROM users WHERE users.age > ? -> 2
  run(insert<Address>().from_select(select(id, name + "@x").where(age > 0), col<&Address::user_id>,
                                    col<&Address::email>));
  // CHECK-NEXT: WITH c(id) AS (SELECT users.id FROM users) INSERT INTO addresses (user_id, email) SELECT c.id, ? FROM c -> 5
  const auto c = select(id).cte("c");
  run(insert<Address>().from_select(select(c.column<std::int64_t>("id"), declorm::literal("c")),
                                    col<&Address::user_id>, col<&Address::email>));
  // CHECK-NEXT: DELETE FROM addresses WHERE addresses.email = ? -> 5
  run(delete_<Address>().where(col<&Address::email> == "c"));

  // Conflicts.
  // CHECK-NEXT: INSERT INTO users (name, kind) VALUES (?, ?) ON CONFLICT DO NOTHING -> 0
  run(insert<User>().values(name = "ed", kind = Kind::small).on_conflict_do_nothing());
  // CHECK-NEXT: INSERT INTO users (name, kind) VALUES (?, ?) ON CONFLICT (name) DO NOTHING -> 0
  run(insert<User>().values(name = "ed", kind = Kind::small).on_conflict_do_nothing(name));
  // CHECK-NEXT: INSERT INTO users (name, age, kind) VALUES (?, ?, ?), (?, ?, ?) ON CONFLICT (name) DO UPDATE SET age = coalesce(users.age, ?) + excluded.age, kind = ? WHERE excluded.age > ? RETURNING id, name, age, kind
  // CHECK-NEXT: [6 new 20 1] [1 ed 11 0]
  test::continue_keys(connection);
  show(insert<User>()
           .values(name = "new", age = 20, kind = Kind::big)
           .values(name = "ed", age = 10, kind = Kind::big)
           .on_conflict_do_update({name}, age = declorm::coalesce(age, 0) + excluded(age),
                                  kind = Kind::small)
           .on_conflict_where(excluded(age) > 5)
           .returning(id, name, age, kind));
  // CHECK-NEXT: INSERT INTO users (name, kind) SELECT users.name, users.kind FROM users WHERE 1 = 1 ON CONFLICT (name) DO UPDATE SET kind = excluded.kind -> 6
  run(insert<User>()
          .from_select(select(name, kind), name, kind)
          .on_conflict_do_update({name}, kind = excluded(kind)));

  test::continue_keys(connection);

  // UPDATE.
  // CHECK-NEXT: UPDATE users SET age = users.age + ?, name = users.name || ? WHERE users.id IN (SELECT addresses.user_id FROM addresses) RETURNING id, name, age
  // CHECK-NEXT: [1 ed! 12] [2 wendy! 3]
  const auto exclaim = update<User>()
                           .set(age = age + 1, name = name + "!")
                           .where(id.in_(select(col<&Address::user_id>)))
                           .returning(id, name, age);
  std::cout << test::text_of(exclaim, declorm::dialect("sqlite")) << std::endl;
  auto exclaimed = connection.execute(exclaim).all(); // as the database comes upon them
  std::ranges::sort(exclaimed);
  test::show_rows(exclaimed);
  // CHECK-NEXT: UPDATE users SET age = (SELECT count(*) FROM addresses WHERE addresses.user_id = users.id) WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = users.id AND addresses.email = ?) -> 6
  const auto mine = col<&Address::user_id> == id;
  run(update<User>()
          .set(age = select(declorm::count()).from<Address>().where(mine).scalar_subquery())
          .where(!exists(select<Address>().where(mine && col<&Address::email> == "none"))));
  // CHECK-NEXT: UPDATE users SET name = addresses.email FROM addresses WHERE addresses.user_id = users.id AND addresses.email LIKE ? -> 1
  run(update<User>()
          .join<Address>(mine)
          .set(name = col<&Address::email>)
          .where(col<&Address::email>.like("ed%")));
  const auto latest = select(col<&Address::user_id>, declorm::max(col<&Address::id>).label("last"))
                          .group_by(col<&Address::user_id>)
                          .subquery("latest");
  // CHECK-NEXT: UPDATE users SET age = latest.last FROM (SELECT addresses.user_id, max(addresses.id) AS last FROM addresses GROUP BY addresses.user_id) AS latest WHERE latest.user_id = users.id -> 2
  run(update<User>()
          .from(latest)
          .set(age = latest.column<int>("last"))
          .where(latest.column<std::int64_t>("user_id") == id));
  // CHECK-NEXT: UPDATE users SET kind = CASE WHEN users.age IS NULL THEN ? ELSE ? END WHERE users.kind IN (?, ?) -> 6
  run(update<User>()
          .set(kind = declorm::case_(declorm::when(age.is_null(), Kind::small)).else_(Kind::big))
          .where(kind.in_({Kind::small, Kind::big})));
  // CHECK-NEXT: [1 ed@x 1 1] [2 wendy! 2 1] [3 u0 0 1] [4 u1 0 1] [5 u2 0 1] [6 new 0 1]
  rows();
  // CHECK-NEXT: UPDATE users SET age = ? -> 6
  std::vector<declorm::Assignment> assignments{age = std::nullopt};
  run(update<User>().set(assignments));

  // DELETE.
  // CHECK-NEXT: WITH old(id) AS (SELECT users.id FROM users WHERE users.id > ?) DELETE FROM users WHERE users.id IN (SELECT old.id FROM old WHERE old.id < ?) -> 1
  const auto old = select(id).where(id > 4).cte("old");
  run(delete_<User>().where(
      id.in_(select(old.column<std::int64_t>("id")).where(old.column<std::int64_t>("id") < 6))));
  // CHECK-NEXT: DELETE FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = users.id AND users.name != ?) -> 1
  run(delete_<User>().join<Address>(mine).where(name != "ed@x"));
  // CHECK-NEXT: DELETE FROM users WHERE users.id = ? OR users.id = ? RETURNING name
  // CHECK-NEXT: [u0] [u1]
  show(delete_<User>().where(id == 3 || id == 4).returning(name));
  // CHECK-NEXT: [1 ed@x - 1] [6 new - 1]
  rows();

  // In a session: what it holds is stale afterwards, and changes are written before.
  connection.commit();
  {
    declorm::Session session(engine);
    User &ed = *session.get<User>(1);
    ed.age = 5;
    // CHECK-NEXT: [ed@x 6]
    test::show_rows(
        session.execute(update<User>().set(age = age + 1).where(id == 1).returning(name, age)));
    session.query<User>().all();
    // CHECK-NEXT: 6 new
    std::cout << *ed.age << ' ' << session.scalars(select<User>().where(id == 6)).front()->name
              << std::endl;
  }

  // Mistakes.
  // CHECK-NEXT: ArgumentError: a column of class 'Address' is used, but the statement reads from User; add join<Address>(condition) or from<Address>()
  test::attempt([&] { run(update<User>().set(age = 1).where(mine)); });
  // CHECK-NEXT: ArgumentError: only a column of class 'User' itself can be assigned to
  test::attempt([&] { run(update<User>().from<Address>().set(col<&Address::email> = "x")); });
  // CHECK-NEXT: ArgumentError: insert into 'users': values() and from_select() exclude each other
  test::attempt([&] { run(insert<User>().values(age = 1).from_select(select(age), age)); });
  // CHECK-NEXT: ArgumentError: on_conflict_where() needs on_conflict_do_update() before it
  test::attempt([&] { run(insert<User>().values(age = 1).on_conflict_where(age == 1)); });
  // CHECK-NEXT: ArgumentError: on_conflict_where() is for on_conflict_do_update()
  test::attempt([&] {
    run(insert<User>().values(age = 1).on_conflict_do_nothing().on_conflict_where(age == 1));
  });
  // CHECK-NEXT: ArgumentError: on_conflict_do_update() without a column to change
  test::attempt([&] { run(insert<User>().values(age = 1).on_conflict_do_update({name})); });
  // CHECK-NEXT: ArgumentError: a column of class 'Address' is used, but the statement reads from User; add join<Address>(condition) or from<Address>()
  test::attempt([&] { show(delete_<User>().join<Address>(mine).returning(col<&Address::email>)); });
  // CHECK-NEXT: ArgumentError: insert into 'users': all rows need values for the same columns
  test::attempt([&] { run(insert<User>().values(age = 1).values(age = 1, name = "x")); });
}
