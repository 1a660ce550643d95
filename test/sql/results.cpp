// What statements give: typed tuples, [[declorm::row]] structs, text() with parameters, NULL.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <chrono>
#include <declorm/declorm.h>

using declorm::autoescape, declorm::col, declorm::count, declorm::literal, declorm::nullable,
    declorm::select, declorm::text;

enum class Kind { small, big };
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<int> age{};
  [[using declorm: column, enum_names]] Kind kind = Kind::small;
  [[declorm::column]] std::chrono::sys_seconds at{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[declorm::column]] std::int64_t user_id = 0;
};

// Members need no annotation; `column` gives another name.
struct [[declorm::row]] Report {
  std::string name;
  std::optional<double> average{};
  [[declorm::column("n")]] int how_many = -1;
  [[using declorm: column, enum_names]] Kind kind = Kind::small;
  std::vector<int> mine{7};
  std::int64_t left_alone = 42;
};
class [[declorm::row]] Secret {
  std::string name;
  Secret() = default;

public:
  const std::string &get() const { return name; }
};

static void print(const Report &r) {
  std::cout << r.name << ' ' << r.average.value_or(-1) << ' ' << r.how_many << ' ' << int(r.kind)
            << ' ' << r.mine.front() << ' ' << r.left_alone << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  using std::chrono::sys_days, std::chrono::year;
  const sys_days day = year(2026) / 2 / 28;
  connection.insert(std::vector<User>{{.name = "ed", .age = 3, .kind = Kind::big, .at = day},
                                      {.name = "50%_/x", .at = day + std::chrono::hours(25)}});
  connection.insert(Address{.email = "ed@a", .user_id = 1});
  const auto rows = [&](const auto &statement) { test::show_rows(connection.execute(statement)); };
  const auto show = [&](const auto &statement) { test::show(connection, statement); };
  const auto id = col<&User::id>;
  const auto name = col<&User::name>;
  const auto age = col<&User::age>;
  const auto kind = col<&User::kind>;
  const auto mine = col<&Address::user_id> == id;

  // Structs, by the names of columns and labels.
  // CHECK: ed 3 1 1 7 42
  // CHECK-NEXT: 50%_/x -1 0 0 7 42
  for (const Report &report : connection
                                  .execute(select(name, declorm::avg(age).label("average"), kind,
                                                  count(nullable(col<&Address::id>)).label("n"))
                                               .outer_join<Address>(mine)
                                               .group_by(id)
                                               .order_by(id))
                                  .into<Report>())
    print(report);
  // CHECK-NEXT: x -1 5 1 7 42
  for (const Report &report :
       connection.execute("SELECT 'x' AS name, 5 AS n, 'big' AS kind, 1 AS other").into<Report>())
    print(report);
  // CHECK-NEXT: ed
  std::cout << connection.execute("SELECT name FROM users").into<Secret>().front().get()
            << std::endl;
  // CHECK-NEXT: DataError: column result.n is NULL, and Report.how_many takes no NULL; make the member a std::optional, or name the value that stands for NULL with null_value(…)
  test::attempt([&] { connection.execute("SELECT NULL AS n").into<Report>(); });
  // CHECK-NEXT: DataError: column result.n holds 99999999999, which does not fit Report.how_many (an integer from -2147483648 to 2147483647)
  test::attempt([&] { connection.execute("SELECT 99999999999 AS n").into<Report>(); });
  // CHECK-NEXT: ArgumentError: into<T>(): the result has no column of class 'Report' ({{.*}}results.cpp:{{[0-9]+}}); it has a, b
  test::attempt([&] { connection.execute("SELECT 1 AS a, 2 AS b").into<Report>(); });
  // CHECK-NEXT: UnmappedClassError: class 'Report' is registered, but mapped to no table; annotate it with {{\[\[}}declorm::table("name")]], or with {{\[\[}}declorm::mapped]] if its rows stand in the table of a base
  test::attempt([&] { rows(select(count()).from<Report>()); });
  // A mapped class, a value, a tuple.
  // CHECK-NEXT: ed 2 ed,1
  const auto users = connection.execute(select(name, kind).order_by(id)).into<User>();
  const auto [first, second] =
      connection.execute("SELECT name, id FROM users").into<std::tuple<std::string, int>>().front();
  std::cout << users.front().name << ' '
            << connection.execute(select(count()).from<User>()).into<int>().front() << ' ' << first
            << ',' << second << std::endl;

  // Outer joins: what is not there.
  // CHECK-NEXT: [ed ed@a] [50%_/x -]
  rows(select(name, nullable(col<&Address::email>)).outer_join<Address>(mine).order_by(id));
  // CHECK-NEXT: ed 1,50%_/x -,
  for (auto [user, address] : connection.execute(
           select<User, std::optional<Address>>().outer_join<Address>(mine).order_by(id)))
    std::cout << user.name << ' ' << (address ? std::to_string(address->id) : "-") << ',';
  std::cout << std::endl;

  // NULL.
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.age IN (?) OR users.age IS NULL
  // CHECK-NEXT: [ed] [50%_/x]
  show(select(name).where(age.in_(std::vector<std::optional<int>>{3, std::nullopt})));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.age NOT IN (?) AND users.age IS NOT NULL AND users.id > ?
  // CHECK-EMPTY:
  show(select(name).where(age.not_in({std::optional<int>(3), std::optional<int>()}) && id > 0));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.age IS NULL AND (0 = 1) = ?
  // CHECK-NEXT: [50%_/x]
  show(select(name).where(age.in_({std::optional<int>()}) && id.in_(std::vector<int>()) == false));
  // CHECK-NEXT: SELECT users.age + ?, users.age IS DISTINCT FROM ?, coalesce(users.age, ?) FROM users ORDER BY users.age NULLS FIRST
  // CHECK-NEXT: [- 1 0] [4 0 3]
  show(select(age + 1, age.is_distinct_from(3), declorm::coalesce(age, 0))
           .order_by(declorm::nulls_first(age)));

  // Several values as one.
  // CHECK-NEXT: SELECT users.name FROM users WHERE (users.name, users.id) >= (?, ?) AND (users.id, users.name) IN (VALUES (?, ?), (?, ?)) AND (users.id, users.name) NOT IN (SELECT addresses.user_id, addresses.email FROM addresses)
  // CHECK-NEXT: [ed]
  using declorm::tuple_;
  show(select(name).where(
      tuple_(name, id) >= tuple_("ed", 1) &&
      tuple_(id, name).in_(std::vector<std::tuple<int, std::string>>{{1, "ed"}, {2, "x"}}) &&
      tuple_(id, name).not_in(select(col<&Address::user_id>, col<&Address::email>))));

  // Enums that are stored by name keep their names in functions, CASE and subqueries.
  // CHECK-NEXT: SELECT coalesce(users.kind, ?), max(users.kind), CASE WHEN users.age IS NULL THEN users.kind ELSE ? END FROM users WHERE users.kind = (SELECT min(u.kind) FROM users AS u WHERE u.kind != ?) GROUP BY users.kind, users.age
  // CHECK-NEXT: [1 1 1]
  auto u = declorm::alias<User>("u");
  show(select(declorm::coalesce(kind, Kind::small), declorm::max(kind),
              declorm::case_(declorm::when(age.is_null(), kind)).else_(Kind::big))
           .where(kind == select(declorm::min(u.col<&User::kind>))
                              .where(u.col<&User::kind> != Kind::small)
                              .scalar_subquery())
           .group_by(kind, age));
  const auto kinds = select(kind.label("k")).subquery("kinds");
  // CHECK-NEXT: SELECT kinds.k FROM (SELECT users.kind AS k FROM users) AS kinds WHERE kinds.k = ?
  // CHECK-NEXT: [1]
  show(select(kinds.column<Kind>("k")).where(kinds.column<Kind>("k") == Kind::big));

  // Dates, by the database's functions.
  // CHECK-NEXT: SELECT users.name, substr(CAST(users.at AS VARCHAR), ?, ?) FROM users WHERE users.at > ? ORDER BY users.at
  // CHECK-NEXT: [50%_/x 2026]
  show(select(name, declorm::func<std::string>("substr",
                                               declorm::cast_<std::string>(col<&User::at>), 1, 4))
           .where(col<&User::at> > day + std::chrono::hours(1))
           .order_by(col<&User::at>));

  // LIKE with what a user has typed.
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.name LIKE ? ESCAPE '/' AND users.name LIKE ? ESCAPE '/' AND users.name LIKE ? ESCAPE '/' AND users.name NOT LIKE ? ESCAPE '!'
  // CHECK-NEXT: [50%_/x]
  show(select(name).where(name.contains("%_/", autoescape) && name.startswith("50%", autoescape) &&
                          name.endswith("/x", autoescape) && name.not_like("50!_%", '!')));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.name LIKE ? || users.name || ? AND lower(users.name) NOT LIKE lower(?) AND users.name LIKE users.name || ? ESCAPE ''''
  // CHECK-NEXT: [50%_/x]
  show(select(name).where(name.contains(name) && name.not_ilike("ED") &&
                          name.startswith(name, '\'')));
  // CHECK-NEXT: ArgumentError: autoescape is for texts; in an SQL expression write the escapes with func("replace", …) and name their character
  test::attempt([&] { name.contains(name, autoescape); });
  // CHECK-NEXT: ArgumentError: the escape of LIKE must be an ASCII character
  test::attempt([&] { name.like("a", '\xe9'); });

  // Raw SQL, with parameters.
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id = ? AND (age = ? OR name = ':n' OR "a:b" = ? /* :c */) AND users.id < ?
  std::cout << test::text_of(
                   select(name).where(id == 1 &&
                                      text("age = :n OR name = ':n' OR \"a:b\" = :m2 /* :c */")
                                          .bindparams({{"n", 3}, {"m2", "x"}}) &&
                                      id < 9),
                   declorm::dialect("sqlite"))
            << std::endl;
  // CHECK-NEXT: SELECT name, age FROM users WHERE age = ? OR age = ? -- :c
  // CHECK-NEXT: ['ed' 3]
  show(text("SELECT name, age FROM users WHERE age = :n OR age = :n -- :c").bindparams({{"n", 3}}));
  const auto typed = text("SELECT name, age FROM users WHERE id < :n -- :c")
                         .bindparams({{"n", 9}})
                         .columns<std::string, std::optional<int>>({"who", "age"});
  // CHECK-NEXT: [ed 3] [50%_/x -]
  rows(typed);
  // CHECK-NEXT: SELECT * FROM (SELECT name, age FROM users WHERE id < ? -- :c ) ORDER BY 1 LIMIT ?
  // CHECK-NEXT: [50%_/x -]
  show(typed.order_by(text("1")).limit(1));
  const auto raw = typed.cte("raw");
  // CHECK-NEXT: WITH raw(who, age) AS (SELECT name, age FROM users WHERE id < ? -- :c ) SELECT raw.who FROM raw WHERE raw.age = ?
  // CHECK-NEXT: [ed]
  show(select(raw.column<std::string>("who")).where(raw.column<int>("age") == 3));
  // CHECK-NEXT: ed 3
  const Report report =
      connection.execute(text("SELECT name, 3 AS n FROM users")).into<Report>().front();
  std::cout << report.name << ' ' << report.how_many << std::endl;
  // CHECK-NEXT: ArgumentError: text(): no value for the parameter :m; give it with bindparams({{[{][{]"m", value[}][}]}}), in: a = :n AND b = :m
  test::attempt(
      [&] { rows(select(name).where(text("a = :n AND b = :m").bindparams({{"n", 1}}))); });
  // CHECK-NEXT: ArgumentError: text(): there is no parameter :nmae in: a = :name; did you mean 'name'?
  test::attempt([&] { text("a = :name").bindparams({{"nmae", 1}}); });
  // CHECK-NEXT: ArgumentError: text(): parameters are written :name, with bindparams({{[{][{]"name", value[}][}]}}); there is a '?' in: a = ?
  test::attempt([&] { text("a = ?"); });
  // CHECK-NEXT: ArgumentError: the statement's rows have 1 columns, and more are read
  // CHECK-NEXT: [SQL: SELECT 1]
  test::attempt([&] { rows(text("SELECT 1").columns<int, int>()); });
  // CHECK-NEXT: DataError: item 1 of the SELECT: the value NULL is not an integer
  // CHECK-NEXT: [SQL: SELECT NULL]
  test::attempt([&] { rows(text("SELECT NULL").columns<int>()); });
}
