// op(): operators that only the database knows, and how tight they bind.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int flags = 0;
  [[declorm::column]] std::string name;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  for (int flags : {1, 2, 3, 6})
    session.add(User{.flags = flags, .name = "n" + std::to_string(flags)});
  session.commit();
  const auto show = [&](const auto &select) {
    std::cout << test::portable(select.sql(engine.dialect()).substr(7)) << " ->";
    for (const auto &row : session.execute(select))
      std::cout << ' ' << row;
    std::cout << '\n';
  };
  const auto ids = declorm::select(col<&User::flags>).order_by(col<&User::id>);
  // CHECK: users.flags{{$}}
  // CHECK: WHERE users.flags & ? = ?{{$}}
  // CHECK: ORDER BY users.id -> 2 3 6
  show(ids.where(col<&User::flags>.op<int>("&", 2) == 2));
  // CHECK: WHERE users.flags & users.flags + ? = users.flags & ? AND {{.*}}
  // CHECK: ORDER BY users.id -> 2 6
  show(ids.where(col<&User::flags>.op<int>("&", col<&User::flags> + 1) ==
                     col<&User::flags>.op<int>("&", 254) &&
                 col<&User::flags> != 1 && col<&User::flags> != 3));
  // CHECK: (users.flags | ?) + ?
  // CHECK: ORDER BY users.id -> 10 11 12 15
  show(declorm::select((col<&User::flags>.op<int>("|", 8)) + 1).order_by(col<&User::id>));

  // CHECK: ArgumentError: op("", …): that is no operator; write one, such as "->>" or "SIMILAR TO"
  test::attempt([&] { col<&User::name>.op<bool>("", 1); });
  // CHECK-NEXT: ArgumentError: op("; DROP TABLE users", …): {{.*}}
  test::attempt([&] { col<&User::name>.op<bool>("; DROP TABLE users", 1); });
  // CHECK-NEXT: ArgumentError: op("--", …): {{.*}}
  test::attempt([&] { col<&User::name>.op<bool>("--", 1); });
  // CHECK-NEXT: no error
  test::attempt([&] { col<&User::name>.op<bool>("SIMILAR TO", "a%"); });
}
