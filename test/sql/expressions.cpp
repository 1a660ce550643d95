// Every operator and function: its text, with values bound, never spliced.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col, declorm::attr, declorm::Expression;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<int> age{};
  [[declorm::column]] bool active = true;
  [[declorm::column("order")]] double score = 0;
};

static const declorm::Dialect &sqlite = declorm::dialect("sqlite");

/// What stands after WHERE.
static void where(const Expression<bool> &condition) {
  const std::string sql = declorm::select<User>().where(condition).sql(sqlite);
  std::cout << sql.substr(sql.find("WHERE ") + 6) << std::endl;
}
/// What stands between SELECT and FROM.
template <class T> static void item(const T &operand) {
  const std::string sql = declorm::select(operand).template from<User>().sql(sqlite);
  std::cout << sql.substr(7, sql.find("\nFROM") - 7) << std::endl;
}

int main() {
  const auto id = col<&User::id>;
  const auto name = col<&User::name>;
  const auto age = col<&User::age>;
  const auto active = col<&User::active>;
  const auto score = col<&User::score>;

  // CHECK: users.name = ?
  where(name == "'; DROP TABLE users; --");
  // CHECK-NEXT: users.name != ?
  where(name != std::string("x"));
  // CHECK-NEXT: users.id < ? AND users.id <= ? AND users.id > ? AND users.id >= ?
  where(id < 1 && id <= 2 && id > 3 && id >= 4);
  // CHECK-NEXT: ? < users.id
  where(5 < id);
  // NULL is compared as SQL wants it.
  // CHECK-NEXT: users.age IS NULL
  where(age == std::nullopt);
  // CHECK-NEXT: users.age IS NOT NULL
  where(nullptr != age);
  // CHECK-NEXT: users.age IS NULL
  where(age == std::optional<int>());
  // CHECK-NEXT: users.age IS NULL AND users.age IS NOT NULL
  where(age.is_null() && age.is_not_null());
  // Precedence.
  // CHECK-NEXT: users.id = ? AND (users.active OR users.name = ?)
  where(id == 1 && (active || name == "x"));
  // CHECK-NEXT: users.id = ? AND users.active OR users.name = ?
  where((id == 1 && active) || name == "x");
  // CHECK-NEXT: NOT (users.active AND users.id = ?)
  where(!(active && id == 1));
  // CHECK-NEXT: NOT users.active
  where(!active);
  // CHECK-NEXT: (users.id = ?) = users.active
  where((id == 1) == active);
  // CHECK-NEXT: users.id - (users.age - ?) > ? * (users.id + ?)
  where(id - (age - 1) > 2 * (id + 3));
  // CHECK-NEXT: users.id - users.age - ? > -users.id
  where(id - age - 1 > -id);
  // CHECK-NEXT: users.id / ? % ? = ?
  where(id / 2 % 3 == 0);
  // CHECK-NEXT: users.name || ? || users.name = ?
  where(name + "-" + name == "a-a");
  // CHECK-NEXT: users.name || users.id = ?
  where(name.concat(id) == "a1");
  // Text.
  // CHECK-NEXT: users.name LIKE ? OR users.name NOT LIKE ? OR lower(users.name) LIKE lower(?)
  where(name.like("e%") || name.not_like("%d") || name.ilike("ED"));
  // CHECK-NEXT: users.name COLLATE "NOCASE" = ?
  where(name.collate("NOCASE") == "ED");
  // Lists and ranges.
  // CHECK-NEXT: users.id IN (?, ?, ?) AND users.name NOT IN (?, ?)
  where(id.in_({1, 2, 3}) && name.not_in(std::vector<std::string>{"a", "b"}));
  // CHECK-NEXT: 0 = 1 AND 1 = 1
  where(id.in_(std::vector<int>()) && id.not_in(std::vector<int>()));
  // CHECK-NEXT: users.id BETWEEN ? AND ?
  where(id.between(1, 9));
  // CHECK-NEXT: NOT users.id BETWEEN users.age AND ?
  where(!id.between(age, 9));
  // CHECK-NEXT: users.id = ? AND users.id = ?
  where(declorm::and_(std::vector<Expression<bool>>{id == 1, id == 2}));
  // CHECK-NEXT: users.active AND (users.id = ? OR users.id = ?)
  where(active && declorm::or_(std::vector<Expression<bool>>{id == 1, id == 2}));
  // CHECK-NEXT: users.active AND (0 = 1)
  where(active && declorm::or_(std::vector<Expression<bool>>()));
  // CHECK-NEXT: 1 = 1
  where(declorm::and_(std::vector<Expression<bool>>()));
  // A condition that grows at run time has one type.
  Expression<bool> grown = id > 0;
  for (const char *word : {"a", "b"})
    grown = grown && name.like(std::string(word) + "%");
  // CHECK-NEXT: users.id > ? AND users.name LIKE ? AND users.name LIKE ?
  where(grown);
  // By name, and untyped.
  // CHECK-NEXT: users.name = ? AND users."order" > ?
  where(attr<User>("name") == "ed" && declorm::table_of<User>().column("order") > 1.5);
  // Raw SQL keeps its meaning inside something else.
  // CHECK-NEXT: users.id = ? AND (age > 3 OR age < 1)
  where(id == 1 && declorm::text("age > 3 OR age < 1"));
  // CHECK-NEXT: age > 3
  where(declorm::text("age > 3"));
  // CHECK-NEXT: users.id = rowid
  where(id == declorm::text("rowid"));

  // CHECK-NEXT: count(*)
  item(declorm::count());
  // CHECK-NEXT: count(users.age)
  item(declorm::count(age));
  // CHECK-NEXT: sum(users.age)
  item(declorm::sum(age));
  // CHECK-NEXT: min(users.name)
  item(declorm::min(name));
  // CHECK-NEXT: max(users.age * ?)
  item(declorm::max(age * 2));
  // CHECK-NEXT: avg(users."order")
  item(declorm::avg(score));
  // CHECK-NEXT: coalesce(users.age, ?, users.id)
  item(declorm::coalesce(age, 0, id));
  // CHECK-NEXT: lower(trim(users.name, ?))
  item(declorm::func("lower", declorm::func("trim", name, " ")));
  // CHECK-NEXT: CAST(users.id AS VARCHAR)
  item(declorm::cast_<std::string>(id));
  // CHECK-NEXT: CAST(users.name AS INTEGER)
  item(declorm::cast_<int>(name));
  // CHECK-NEXT: ?
  item(declorm::literal("text"));
  // CHECK-NEXT: users.id + ? AS "a ""b"""
  item((id + 1).label("a \"b\""));
  // CHECK-NEXT: users."order"
  item(score);
  // CHECK-NEXT: ArgumentError: func(): 'lower(name); --' is no name of a function
  test::attempt([&] { item(declorm::func("lower(name); --", name)); });

  // What they give.
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(std::vector<User>{{.name = "ed", .age = 30, .score = 1.5}, {.name = "wendy"}});
  const auto value = [&](const auto &operand) {
    return connection.execute(declorm::select(operand).template from<User>().order_by(id))
        .first()
        .value();
  };
  const auto total = [&](const auto &operand) {
    return connection.execute(declorm::select(operand).template from<User>()).one();
  };
  // CHECK-NEXT: 2 1 30 1.5 30 ed- 31 edx 1 2 x
  std::cout << total(declorm::count()) << ' ' << total(declorm::count(age)) << ' '
            << total(declorm::sum(age)).value() << ' ' << total(declorm::max(score)).value() << ' '
            << total(declorm::avg(age)).value() << ' ' << value(name + "-") << ' '
            << value(age + 1).value() << ' ' << value(declorm::coalesce(name, "") + "x") << ' '
            << value(declorm::cast_<std::string>(id)) << ' '
            << value(declorm::func<int>("length", name)) << ' ' << value(declorm::literal("x"))
            << std::endl;
  // No rows: NULL.
  // CHECK-NEXT: 00 0
  std::cout
      << connection.execute(declorm::select(declorm::sum(age)).where(id == 99)).one().has_value()
      << connection.execute(declorm::select(declorm::min(name)).where(id == 99)).one().has_value()
      << ' '
      << connection.execute(declorm::select(declorm::count()).from<User>().where(id == 99)).one()
      << std::endl;
}
