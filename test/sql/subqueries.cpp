// Aliases, subqueries, correlation, common table expressions, unions, window functions, CASE: their
// text and their rows.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>

using declorm::alias, declorm::case_, declorm::col, declorm::count, declorm::desc, declorm::exists,
    declorm::literal, declorm::nullable, declorm::order_by, declorm::partition_by, declorm::select,
    declorm::when;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<int> age{};
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> boss_id{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
};
struct [[declorm::table("pets")]] Pet {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(std::vector<User>{{.id = 1, .name = "ed", .age = 50},
                                      {.id = 2, .name = "wendy", .age = 30, .boss_id = 1},
                                      {.id = 3, .name = "jack", .age = 30, .boss_id = 2},
                                      {.id = 4, .name = "fred", .boss_id = 2}});
  connection.insert(std::vector<Address>{{.email = "ed@a", .user_id = 1},
                                         {.email = "ed@b", .user_id = 1},
                                         {.email = "wendy@a", .user_id = 2}});
  const auto show = [&](const auto &statement) { test::show(connection, statement); };
  const auto name = col<&User::name>;
  const auto id = col<&User::id>;
  const auto age = col<&User::age>;
  const auto mine = col<&Address::user_id> == id;

  // A class twice.
  auto m = alias<User>("m");
  // CHECK: SELECT users.name, m.name FROM users JOIN users AS m ON users.boss_id = m.id WHERE m.name != ? ORDER BY users.id
  // CHECK-NEXT: [jack wendy] [fred wendy]
  show(select(name, m.col<&User::name>)
           .join(m, col<&User::boss_id> == m.col<&User::id>)
           .where(m.col<&User::name> != "ed")
           .order_by(id));
  // CHECK-NEXT: SELECT users.name, m.id, m.name, m.age, m.boss_id FROM users LEFT OUTER JOIN users AS m ON users.boss_id = m.id ORDER BY users.id
  // CHECK-NEXT: [ed -] [wendy User 1 ed] [jack User 2 wendy] [fred User 2 wendy]
  show(select(name, nullable(m))
           .outer_join(m, col<&User::boss_id> == m.col<&User::id>)
           .order_by(id));
  // CHECK-NEXT: SELECT users.id, users.name, users.age, users.boss_id, m.name FROM users, users AS m WHERE users.boss_id = m.id AND m.age > ?
  // CHECK-NEXT: [User 2 wendy ed]
  show(select<User>()
           .add_columns(m.col<&User::name>)
           .where(col<&User::boss_id> == m.col<&User::id> && m.col<&User::age> > 40));
  // Names made at run time.
  const std::string made = "n\"1";
  const auto n = alias<User, void>(made);
  // CHECK-NEXT: SELECT "n""1".name FROM users AS "n""1" WHERE "n""1".age = ?
  // CHECK-NEXT: [wendy] [jack]
  show(select(n.column(name)).where(n.attr("age") == 30));
  // CHECK-NEXT: ArgumentError: this alias<User>(…) has made the alias 'a' before, and now makes 'b'; its columns col<…> belong to one name for good. For names made at run time write alias<User, void>(name), and its columns as m.column(col<…>)
  test::attempt([] {
    for (const char *each : {"a", "b"})
      alias<User>(each);
  });

  // Values from subqueries, correlated with the statement around them.
  // CHECK-NEXT: SELECT users.name, (SELECT count(*) FROM addresses WHERE addresses.user_id = users.id) AS n FROM users ORDER BY n DESC, users.id
  // CHECK-NEXT: [ed 2] [wendy 1] [jack 0] [fred 0]
  const auto addresses = select(count()).from<Address>().where(mine).scalar_subquery().label("n");
  show(select(name, addresses).order_by(desc(addresses), id));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.age = (SELECT max(m.age) FROM users AS m)
  // CHECK-NEXT: [ed]
  show(select(name).where(age == select(declorm::max(m.col<&User::age>)).scalar_subquery()));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = users.id)
  // CHECK-NEXT: [ed] [wendy]
  show(select(name).where(exists(select<Address>().where(mine))));
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = users.id) AND users.age IS NOT NULL
  // CHECK-NEXT: [jack]
  show(select(name).where(!exists(select<Address>().where(mine)) && age.is_not_null()));
  // An aggregate makes one row of none: it stays.
  // CHECK-NEXT: SELECT users.id FROM users WHERE NOT EXISTS (SELECT count(*) FROM pets)
  // CHECK-EMPTY:
  show(select(id).where(~exists(select(count()).from<Pet>())));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id IN (SELECT addresses.user_id FROM addresses WHERE addresses.email LIKE ?) ORDER BY users.name
  // CHECK-NEXT: [ed] [wendy]
  show(select(name)
           .where(id.in_(select(col<&Address::user_id>).where(col<&Address::email>.like("%@a"))))
           .order_by(name));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id NOT IN (SELECT m.boss_id FROM users AS m WHERE m.boss_id IS NOT NULL)
  // CHECK-NEXT: [jack] [fred]
  show(select(name).where(
      id.not_in(select(m.col<&User::boss_id>).where(m.col<&User::boss_id>.is_not_null()))));
  // CHECK-NEXT: SELECT users.name, (SELECT users.age + count(*) FROM addresses) AS x FROM users WHERE users.id = ?
  // CHECK-NEXT: [ed 53]
  show(select(name,
              select(age + count()).from<Address>().correlate<User>().scalar_subquery().label("x"))
           .where(id == 1));

  // A table that only a condition names is an error.
  // CHECK-NEXT: ArgumentError: a column of class 'Address' is used, but the statement reads from User; add join<Address>(condition) or from<Address>()
  test::attempt([&] { show(select<User>().where(mine)); });
  // CHECK-NEXT: ArgumentError: a column of class 'Pet' is used, but the statement reads from Address, User; add join<Pet>(condition) or from<Pet>()
  test::attempt([&] {
    show(select<User>().where(exists(select<Address>().where(col<&Pet::name> == name))));
  });
  // CHECK-NEXT: ArgumentError: a column of 'm', an alias of class 'User', is used, but the statement reads from User; add join(m, condition) or from(m)
  test::attempt([&] { show(select<User>().where(m.col<&User::age> == 1)); });
  // CHECK-NEXT: ArgumentError: the statement reads from User and User under one name; give one of them a name of its own with alias<T>("name")
  test::attempt([&] { show(select<User>().from<User>().join<User>(id == id)); });
  // CHECK-NEXT: ArgumentError: the statement reads from User and Users (Address) under one name; give one of them a name of its own with alias<T>("name")
  test::attempt([&] {
    auto a = alias<Address>("Users");
    show(select<User>().join(a, id == a.col<&Address::user_id>));
  });

  // Subqueries in FROM.
  const auto counts = select(col<&Address::user_id>, count().label("n"))
                          .group_by(col<&Address::user_id>)
                          .subquery("counts");
  // CHECK-NEXT: SELECT users.name, counts.n FROM users JOIN (SELECT addresses.user_id, count(*) AS n FROM addresses GROUP BY addresses.user_id) AS counts ON counts.user_id = users.id ORDER BY users.name
  // CHECK-NEXT: [ed 2] [wendy 1]
  show(select(name, counts.column<std::int64_t>("n"))
           .join(counts, counts.column<std::int64_t>("user_id") == id)
           .order_by(name));
  const auto anonymous = select<User>().where(age > 40).subquery();
  // CHECK-NEXT: SELECT count(*), max(anon_1.age) FROM (SELECT users.id, users.name, users.age, users.boss_id FROM users WHERE users.age > ?) AS anon_1
  // CHECK-NEXT: [1 50]
  show(select(count(), declorm::max(anonymous.column<int>("age"))).from(anonymous));
  // Columns of one name are told apart; expressions get names.
  const auto both = select(name, m.col<&User::name>, age + 1, count())
                        .group_by(name, m.col<&User::name>, age)
                        .subquery("b");
  // CHECK-NEXT: SELECT b.name_1, b.column_3, b.count FROM (SELECT users.name, m.name AS name_1, users.age + ? AS column_3, count(*) AS count FROM users, users AS m GROUP BY users.name, m.name, users.age) AS b ORDER BY b.column_3 DESC NULLS LAST, b.name_1 LIMIT ?
  // CHECK-NEXT: [ed 51 1]
  show(select(both.column<std::string>("name_1"), both.column<std::optional<int>>("column_3"),
              both.column<int>("count"))
           .order_by(both.column<std::optional<int>>("column_3").desc().nulls_last(),
                     both.column<std::string>("name_1"))
           .limit(1));
  // CHECK-NEXT: ArgumentError: the subquery counts has no column 'm'; there is user_id, n
  test::attempt([&] { show(select(counts.column("m"))); });
  // CHECK-NEXT: ArgumentError: column 'n' of counts is used, but the statement reads from User; add join(subquery, condition) or from(subquery)
  test::attempt([&] { show(select<User>().where(counts.column("n") == 1)); });

  // Common table expressions.
  const auto grown = select(id, name).where(age > 20).cte("grown");
  // CHECK-NEXT: WITH grown(id, name) AS (SELECT users.id, users.name FROM users WHERE users.age > ?) SELECT grown.name FROM grown WHERE grown.id > ?
  // CHECK-NEXT: [wendy] [jack]
  show(select(grown.column<std::string>("name")).where(grown.column<int>("id") > 1));
  const auto g = grown.alias("g");
  // CHECK-NEXT: WITH grown(id, name) AS (SELECT users.id, users.name FROM users WHERE users.age > ?) SELECT count(*) FROM grown JOIN grown AS g ON g.id < grown.id WHERE g.id IN (SELECT grown.id FROM grown)
  // CHECK-NEXT: [3]
  show(select(count())
           .from(grown)
           .join(g, g.column<int>("id") < grown.column<int>("id"))
           .where(g.column<int>("id").in_(select(grown.column<int>("id")))));
  const auto root = select(id.label("id"), name, literal(0).label("depth"))
                        .where(col<&User::boss_id> == nullptr)
                        .cte("tree");
  const auto tree =
      root.union_all(select(id, name, root.column<int>("depth") + 1)
                         .join(root, col<&User::boss_id> == root.column<std::int64_t>("id")));
  // CHECK-NEXT: WITH RECURSIVE tree(id, name, depth) AS (SELECT users.id AS id, users.name, ? AS depth FROM users WHERE users.boss_id IS NULL UNION ALL SELECT users.id, users.name, tree.depth + ? FROM users JOIN tree ON users.boss_id = tree.id) SELECT tree.name, tree.depth FROM tree ORDER BY tree.depth DESC, tree.name
  // CHECK-NEXT: [fred 2] [jack 2] [wendy 1] [ed 0]
  show(select(tree.column<std::string>("name"), tree.column<int>("depth"))
           .order_by(desc(tree.column<int>("depth")), tree.column<std::string>("name")));
  // One in another, and parameters in the order of the text.
  const auto old =
      select(grown.column<int>("id").label("id")).where(grown.column<int>("id") < 3).cte("old");
  // CHECK-NEXT: WITH grown(id, name) AS (SELECT users.id, users.name FROM users WHERE users.age > ?), old(id) AS (SELECT grown.id AS id FROM grown WHERE grown.id < ?) SELECT users.name FROM users WHERE users.name != ? AND users.id IN (SELECT old.id FROM old)
  // CHECK-NEXT: [wendy]
  show(select(name).where(name != "ed" && id.in_(select(old.column<int>("id")))));
  // CHECK-NEXT: ArgumentError: two common table expressions of the statement are called 'grown'; give one of them another name
  test::attempt([&] {
    const auto other = select(id).cte("Grown");
    show(select(other.column<int>("id")).where(exists(select(grown.column<int>("id")))));
  });
  // CHECK-NEXT: ArgumentError: the common table expression 'users' has the name of a table that the statement uses, and would hide it; give it another name
  test::attempt([&] { show(select(select(id).cte("users").column<int>("id"))); });
  // CHECK-NEXT: ArgumentError: cte(): a common table expression needs a name
  test::attempt([&] { select(id).cte(""); });

  // Unions.
  // CHECK-NEXT: SELECT users.name FROM users UNION SELECT addresses.email FROM addresses WHERE addresses.user_id = ? ORDER BY 1 DESC LIMIT ?
  // CHECK-NEXT: [wendy] [jack] [fred]
  show(select(name)
           .union_(select(col<&Address::email>).where(col<&Address::user_id> == 1))
           .order_by(desc(name))
           .limit(3));
  // CHECK-NEXT: SELECT users.id, ? AS kind FROM users UNION ALL SELECT addresses.id, ? FROM addresses UNION ALL SELECT pets.id, ? FROM pets ORDER BY 2, 1 LIMIT ? OFFSET ?
  // CHECK-NEXT: [3 a] [1 u]
  const auto kind = literal("u").label("kind");
  show(select(id, kind)
           .union_all(select(col<&Address::id>, literal("a")))
           .union_all(select(col<&Pet::id>, literal("p")))
           .order_by(kind, id)
           .limit(2)
           .offset(2));
  // Parts with an order or limit of their own, and parts that are unions.
  // CHECK-NEXT: SELECT * FROM (SELECT * FROM (SELECT users.id FROM users ORDER BY users.id DESC LIMIT ?) UNION ALL SELECT * FROM (SELECT addresses.id FROM addresses INTERSECT SELECT users.id FROM users)) EXCEPT SELECT pets.id FROM pets ORDER BY 1
  const auto parts = select(id).order_by(desc(id)).limit(1).union_all(
      select(col<&Address::id>).intersect(select(id)));
  // CHECK-NEXT: [1] [2] [3] [4]
  show(parts.except_(select(col<&Pet::id>)).order_by(id));
  // Whole objects.
  // CHECK-NEXT: SELECT users.id, users.name, users.age, users.boss_id FROM users WHERE users.id = ? UNION SELECT users.id, users.name, users.age, users.boss_id FROM users WHERE users.age = ? ORDER BY 2
  // CHECK-NEXT: [User 1 ed] [User 3 jack] [User 2 wendy]
  show(select<User>().where(id == 1).union_(select<User>().where(age == 30)).order_by(name));
  // CHECK-NEXT: SELECT count(*) FROM (SELECT users.name FROM users UNION SELECT pets.name FROM pets) AS names
  // CHECK-NEXT: [4]
  show(select(count()).from(select(name).union_(select(col<&Pet::name>)).subquery("names")));
  // CHECK-NEXT: ArgumentError: order_by() of a union takes items of its first SELECT, and this is none of them; select it there, or write text("1") for the first
  test::attempt([&] { show(select(id).union_(select(age)).order_by(name)); });

  // CASE.
  // CHECK-NEXT: SELECT users.name, CASE WHEN users.age < ? THEN ? WHEN users.age IS NULL THEN ? ELSE ? END FROM users ORDER BY CASE users.name WHEN ? THEN ? WHEN ? THEN ? END NULLS FIRST, users.id
  // CHECK-NEXT: [wendy young] [fred unknown] [jack young] [ed old]
  show(select(name, case_(when(age < 40, "young"), when(age.is_null(), "unknown")).else_("old"))
           .order_by(case_(name, when("jack", 1), when("ed", 2)).asc().nulls_first(), id));
  // CHECK-NEXT: SELECT CASE WHEN users.age > ? THEN users.age END FROM users ORDER BY users.id
  // CHECK-NEXT: [50] [-] [-] [-]
  show(select(case_(when(age > 40, age))).order_by(id));
  // CHECK-NEXT: SELECT sum(CASE WHEN users.age IS NULL THEN ? ELSE ? END) FROM users
  // CHECK-NEXT: [1]
  show(select(declorm::sum(case_(when(age.is_null(), 1)).else_(0))));

  // Aggregates.
  // CHECK-NEXT: SELECT count(DISTINCT users.age), count(*) FILTER (WHERE users.age > ?), avg(users.age) FROM users
  // CHECK-NEXT: [2 1 36.6667]
  show(select(count(declorm::distinct(age)), count().filter(age > 40), declorm::avg(age)));

  // Windows.
  // CHECK-NEXT: SELECT users.name, row_number() OVER (PARTITION BY users.age ORDER BY users.name DESC) FROM users ORDER BY users.id
  // CHECK-NEXT: [ed 1] [wendy 1] [jack 2] [fred 1]
  show(select(name, declorm::row_number().over(partition_by(age), order_by(desc(name))))
           .order_by(id));
  // CHECK-NEXT: SELECT rank() OVER (ORDER BY users.age NULLS LAST), lag(users.name, ?) OVER (ORDER BY users.id), lead(users.id, ?, ?) OVER (ORDER BY users.id) FROM users ORDER BY users.id
  // CHECK-NEXT: [3 - 3] [1 ed 4] [1 wendy 0] [4 jack 0]
  show(select(declorm::rank().over(order_by(declorm::nulls_last(age))),
              declorm::lag(name).over(order_by(id)), declorm::lead(id, 2, 0).over(order_by(id)))
           .order_by(id));
  // CHECK-NEXT: SELECT sum(users.id) OVER (ORDER BY users.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), sum(users.id) OVER (ORDER BY users.id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY users.age NULLS FIRST GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), count(*) FILTER (WHERE users.age > ?) OVER () FROM users ORDER BY users.id
  // CHECK-NEXT: [1 3 1 1] [3 6 3 1] [6 9 3 1] [10 7 4 1]
  show(select(declorm::sum(id).over(order_by(id), declorm::rows(std::nullopt, 0)),
              declorm::sum(id).over(order_by(id), declorm::rows(-1, 1)),
              count().over(order_by(age.asc().nulls_first()), declorm::groups(0, std::nullopt)),
              count().filter(age > 40).over())
           .order_by(id));
  // CHECK-NEXT: SELECT length(users.name) AS size, row_number() OVER (ORDER BY length(users.name), users.id) FROM users ORDER BY size DESC, users.id
  // CHECK-NEXT: [5 4] [4 2] [4 3] [2 1]
  const auto size = declorm::func<int>("length", name).label("size");
  show(select(size, declorm::row_number().over(order_by(size, id))).order_by(desc(size), id));
  // CHECK-NEXT: ArgumentError: over(): the frame begins after its end
  test::attempt([&] { count().over(declorm::rows(1, 0)); });
  // CHECK-NEXT: ArgumentError: over(): a window has one frame, and two are given
  test::attempt([&] { count().over(declorm::rows(0, 0), declorm::range_(0, 0)); });
}
