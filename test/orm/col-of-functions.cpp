// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// S34, S42, S101: `col<&T::function>` stands for what the annotation of a member function says.
#include "../Inputs/database.h"
#include "Inputs/traced.h"
#include <declorm/declorm.h>
#include <iostream>

using declorm::attr;
using declorm::col;

struct Stamped { // a mixin
  [[declorm::column]] int year = 0;
  [[declorm::hybrid("year / 100 + 1")]] int century() const { return year / 100 + 1; }
  [[declorm::hybrid("year > 2000")]] static bool recent(const Stamped &stamped) {
    return stamped.year > 2000;
  }
};

class [[using declorm: table("users"), allow("unresolved-attribute")]] User : public Stamped {
public:
  User() = default;
  User(int id, std::string first, std::string last, int born) : id_(id), last_(std::move(last)) {
    first_ = std::move(first);
    year = born;
  }
  [[declorm::synonym("first_")]] const std::string &first() const { return first_; }
  // An overload that sets is no matter if the other one is named.
  void first(const std::string &name) { first_ = name; }
  [[declorm::synonym("last_")]] std::string_view last() const noexcept { return last_; }
  [[declorm::synonym("last")]] std::string family() const { return last_; }
  [[declorm::hybrid("first_ || ' ' || last_")]] std::string full_name() const {
    return first_ + " " + last_;
  }
  [[declorm::hybrid("nickname")]] std::optional<std::string> called() const { return nickname; }
  [[declorm::column("points")]] int get_points() const { return points_; }
  void set_points(int points) { points_ = points; }
  [[declorm::column]] std::optional<std::string> nickname;
  std::string full_nam() const { return first_; }

private:
  [[using declorm: column, primary_key]] int id_ = 0;
  [[declorm::column("given")]] std::string first_;
  [[using declorm: column, comparison("lower({left}) {op} lower({right})")]] std::string last_;
  int points_ = 0;
};

struct [[declorm::row]] Line {
  std::string name;
  int century = 0;
};

template <class Query> static void show(const char *what, Query query) {
  std::cout << what << ":";
  for (const User &user : query)
    std::cout << " " << user.first();
  std::cout << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.add(User(1, "Ed", "Jones", 1995));
  session.add(User(2, "Bo", "Lee", 2001)).set_points(7);
  session.commit();
  const auto users = session.query<User>();
  constexpr auto first = col<static_cast<const std::string &(User::*)() const>(&User::first)>;

  show("hybrid", users.filter(col<&User::full_name> == "Ed Jones")); // CHECK: hybrid: Ed
  show("synonym", users.filter(first == "Bo"));                      // CHECK-NEXT: synonym: Bo
  // A synonym compares as its column does.
  show("compared", users.filter(col<&User::last> == "LEE")); // CHECK-NEXT: compared: Bo
  show("synonym of a synonym", users.filter(col<&User::family>.in_({"LEE", "x"})));
  // CHECK-NEXT: synonym of a synonym: Bo
  show("getter", users.filter(col<&User::get_points> == 7));          // CHECK-NEXT: getter: Bo
  show("mixin", users.filter(col<&User::century> == 20));             // CHECK-NEXT: mixin: Ed
  show("named class", users.filter(col<&User::century, User> == 21)); // CHECK-NEXT: named class: Bo
  show("static", users.filter(col<&User::recent, User> == true));     // CHECK-NEXT: static: Bo
  show("NULL", users.filter(col<&User::called> == std::nullopt).order_by(desc(first)));
  // CHECK-NEXT: NULL: Ed Bo
  show("order", users.order_by(col<&User::full_name>)); // CHECK-NEXT: order: Bo Ed

  session.commit();
  declorm::Connection connection = engine.connect();
  const auto sql = [](const auto &statement) {
    std::cout << statement.sql(declorm::dialect("sqlite")) << std::endl;
  };
  const auto u = declorm::alias<User>("u");
  // CHECK-NEXT: SELECT u.given || ' ' || u.last_, count(*) AS n
  // CHECK-NEXT: FROM users AS u
  // CHECK-NEXT: GROUP BY u.given || ' ' || u.last_, u.year / 100 + 1
  sql(declorm::select(u.col<&User::full_name>, declorm::count().label("n"))
          .group_by(u.col<&User::full_name>, u.column(col<&User::century>)));
  for (auto [name, century, called] :
       connection.execute(declorm::select(col<&User::last>, col<&User::century>, col<&User::called>)
                              .from<User>()
                              .order_by(col<&User::last>))) {
    static_assert(std::is_same_v<decltype(name), std::string>);
    static_assert(std::is_same_v<decltype(called), std::optional<std::string>>);
    std::cout << name << " " << century << " " << called.value_or("-") << std::endl;
  }
  // CHECK-NEXT: Jones 20 -
  // CHECK-NEXT: Lee 21 -
  for (const Line &line :
       connection
           .execute(declorm::select(first.label("name"), col<&User::century, User>.label("century"))
                        .order_by(first))
           .into<Line>())
    std::cout << line.name << " " << line.century << std::endl;
  // CHECK-NEXT: Bo 21
  // CHECK-NEXT: Ed 20
  connection.commit();

  // A synonym of a column can be assigned to.
  // CHECK-NEXT: UPDATE users SET given = ?, points = ?
  // CHECK-NEXT: WHERE users.last_ = ?
  sql(declorm::update<User>()
          .set(first = "Al", col<&User::get_points> = 3)
          .where(declorm::text("users.last_ = :l").bindparams({{"l", "Lee"}})));
  connection.execute(declorm::update<User>().set(first = "Al").where(col<&User::last> == "Lee"));
  connection.execute(declorm::insert<User>().values(
      attr<User>("id_") = 3, first = "Cy", col<&User::family> = "Poe", col<&User::get_points> = 1,
      col<&Stamped::year, User> = 1800));
  connection.commit();
  session.expire_all();
  show("written", users.order_by(first)); // CHECK-NEXT: written: Al Cy Ed
  const User made = declorm::make<User>(first = "Di", col<&User::last> = "Xu");
  std::cout << made.full_name() << std::endl; // CHECK-NEXT: Di Xu

  // CHECK-NEXT: ArgumentError: function 'full_name' of class 'User' is an SQL expression, and nothing can be assigned to it; assign to the columns that it is made of
  test::attempt([&] { sql(declorm::update<User>().set(col<&User::full_name> = "x")); });
  // CHECK-NEXT: ArgumentError: attribute 'full_name' of class 'User' is an SQL expression, and nothing can be assigned to it; assign to the columns that it is made of
  test::attempt([&] { sql(declorm::update<User>().set(attr<User>("full_name") = "x")); });
  // CHECK-NEXT: ArgumentError: function 'full_name' of class 'User' is an SQL expression, and nothing can be assigned to it; assign to the columns that it is made of
  test::attempt([&] { declorm::make<User>(col<&User::full_name> = "x"); });
  // CHECK-NEXT: ArgumentError: open_blob() takes a mapped member, col<&T::m> or attr<T>("m"), or a column of a Table
  test::attempt([&] { connection.open_blob(col<&User::full_name>, 1); });
  // CHECK-NEXT: ArgumentError: function 'full_nam' of class 'User' stands for nothing in SQL; annotate it with {{\[\[}}declorm::synonym("…")]], {{\[\[}}declorm::hybrid("…")]] or {{\[\[}}declorm::column]]; did you mean 'full_name'?
  test::attempt([&] { sql(declorm::select(col<&User::full_nam>)); });
  return 0;
}
