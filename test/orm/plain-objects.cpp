// Objects without a session: insert, update, delete_, get, select; make, into and merge.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column("years")]] std::optional<int> age{};
};
enum class Color { red, green };
class [[declorm::table("cars")]] Car {
  [[using declorm: column, primary_key]] std::int64_t id_ = 0;
  [[using declorm: column, enum_names]] Color color_ = Color::red;

public:
  static constexpr auto color = col<&Car::color_>;
  Color painted() const { return color_; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Connection connection = engine.connect();
  User ed{.name = "ed"};
  connection.insert(ed);
  std::vector<User> users{{.name = "a"}, {.name = "b", .age = 3}};
  connection.insert(users);
  const User constant{.name = "constant"};
  connection.insert(constant);
  connection.insert(User{.id = 50, .name = "temporary"});
  // CHECK: > INSERT INTO users (name, years) VALUES (?, ?) -- 'ed' NULL
  // CHECK-NEXT: > INSERT INTO users (name, years) VALUES (?, ?) -- 'a' NULL
  // CHECK-NEXT: > INSERT INTO users (name, years) VALUES (?, ?) -- 'constant' NULL
  // CHECK-NEXT: > INSERT INTO users (id, name, years) VALUES (?, ?, ?) -- 50 'temporary' NULL
  // CHECK-NEXT: 1 2 3 0
  std::cout << ed.id << ' ' << users[0].id << ' ' << users[1].id << ' ' << constant.id << std::endl;
  ed.name = "edward";
  ed.age = 30;
  // CHECK-NEXT: > UPDATE users SET name = ?, years = ? WHERE users.id = ? -- 'edward' 30 1
  connection.update(ed);
  for (User &user : users) {
    user.age = 5;
    user.name = "not written";
  }
  // CHECK-NEXT: > UPDATE users SET years = ? WHERE users.id = ? -- 5 2
  connection.update(users, col<&User::age>);
  // CHECK-NEXT: > DELETE FROM users WHERE users.id = ? -- 2
  connection.delete_(users[0]);
  test::tracing = false;
  // CHECK-NEXT: StaleDataError: DELETE of class 'User' matched no row: table 'users' has none where id = 2. {{.*}}
  test::attempt([&] { connection.delete_(users[0]); });
  // CHECK-NEXT: StaleDataError: UPDATE of class 'User' matched no row: table 'users' has none where id = 99. {{.*}}
  test::attempt([&] { connection.update(User{.id = 99}); });
  // CHECK-NEXT: edward 0
  std::cout << connection.get<User>(1)->name << ' ' << connection.get<User>(2).has_value()
            << std::endl;
  // CHECK-NEXT: b constant
  for (User user : connection.select<User>()
                       .where(col<&User::id>.in_({3, 4}))
                       .order_by(col<&User::name>)
                       .limit(5))
    std::cout << user.name << ' ';
  std::cout << std::endl;

  // make: members by name, private ones too.
  connection.insert(declorm::make<Car>(Car::color = Color::green));
  // CHECK-NEXT: green 1
  std::cout << connection.execute("SELECT color_ FROM cars").scalar().as<std::string>() << ' '
            << (connection.get<Car>(1)->painted() == Color::green) << std::endl;
  // CHECK-NEXT: ArgumentError: make(): class 'Car' ({{.*}}): members are set to values, not to SQL expressions
  test::attempt([&] { declorm::make<Car>(Car::color = declorm::text("1")); });

  // into: raw SQL as values, tuples and objects, by column name.
  // CHECK-NEXT: 4 1 edward 30 b
  std::cout << connection.execute("SELECT count(*) FROM users").into<int>().front() << ' ';
  for (const auto &[id, name] : connection.execute("SELECT id, name FROM users WHERE id = 1")
                                    .into<std::tuple<int, std::string>>())
    std::cout << id << ' ' << name << ' ';
  for (const User &user :
       connection
           .execute("SELECT years, 1 AS other, name FROM users WHERE id IN (1, 3) ORDER BY id")
           .into<User>())
    std::cout << (user.id == 0 && user.age == 30 ? "30 " : user.name);
  std::cout << std::endl;
  // CHECK-NEXT: ArgumentError: into<T>(): the result has no column of class 'User' ({{.*}}); it has x, y
  test::attempt([&] { connection.execute("SELECT 1 AS x, 2 AS y").into<User>(); });
  // CHECK-NEXT: DataError: column users.years holds 'old', which does not fit User.age ({{.*}})
  test::attempt([&] { connection.execute("SELECT 'old' AS years").into<User>(); });
  connection.commit();

  // merge: into the row of that key, or a new one.
  declorm::Session session(engine);
  User &merged = session.merge(User{.id = 1, .name = "merged"});
  User &added = session.merge(User{.id = 77, .name = "added"});
  test::tracing = true;
  // CHECK-NEXT: > UPDATE users SET name = ?, years = ? WHERE users.id = ? -- 'merged' NULL 1
  // CHECK-NEXT: > INSERT INTO users (id, name, years) VALUES (?, ?, ?) -- 77 'added' NULL
  session.flush();
  // CHECK-NEXT: 1 1
  std::cout << (session.get<User>(1) == &merged) << ' ' << (session.get<User>(77) == &added)
            << std::endl;
  std::vector<User> bulk{{.name = "x"}, {.name = "y"}};
  test::continue_keys(session.connection());
  // CHECK-NEXT: > INSERT INTO users (name, years) VALUES (?, ?) -- 'x' NULL
  session.bulk_insert(bulk);
  // CHECK-NEXT: 78 79
  std::cout << bulk[0].id << ' ' << bulk[1].id << std::endl;
}
