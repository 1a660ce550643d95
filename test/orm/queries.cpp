// Queries for objects beyond filters: pages, batches, aliases, subqueries, locks, unions; what they
// flush first.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>

using declorm::alias, declorm::col, declorm::exists, declorm::select;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<std::int64_t> boss_id{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t user_id = 0;
};
struct [[declorm::table("grades")]] Grade {
  [[using declorm: column, primary_key]] std::string school;
  [[using declorm: column, primary_key]] int year = 0;
  [[declorm::column]] int value = 0;
};

static int selects = 0, writes = 0;

int main() {
  const declorm::Engine engine = declorm::create_engine(
      test::database_url(), {.on_statement = [](const declorm::StatementEvent &event) {
        selects += event.sql.starts_with("SELECT");
        writes += event.sql.starts_with("INSERT");
      }});
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  const auto id = col<&User::id>;
  const auto names = [](const auto &range) {
    for (const auto &user : range)
      std::cout << user.name << ' ';
    std::cout << std::endl;
  };

  session.add_all({User{.id = 1, .name = "ed"}, User{.id = 2, .name = "wendy", .boss_id = 1},
                   User{.id = 3, .name = "jack", .boss_id = 1}, User{.id = 4, .name = "fred"}});
  session.add(Address{.user_id = 2});

  // A query writes first what it reads, also in subqueries; nothing else.
  writes = 0;
  session.query<Grade>().count();
  // CHECK: 0
  std::cout << writes << std::endl;
  // CHECK-NEXT: wendy
  names(
      session.query<User>().filter(exists(select<Address>().where(col<&Address::user_id> == id))));

  // Pages by key.
  // CHECK-NEXT: ed wendy
  names(session.query<User>().page_after(std::nullopt, 2));
  // CHECK-NEXT: jack
  names(session.query<User>().filter(col<&User::name> != "fred").page_after(2, 2));
  // CHECK-NEXT: SELECT users.id, users.name, users.boss_id FROM users WHERE users.id > ? ORDER BY users.id LIMIT ?
  std::cout << test::text_of(session.query<User>().page_after(2, 2), declorm::dialect("sqlite"))
            << std::endl;
  for (const char *school : {"a", "b"})
    for (int year : {1, 2})
      session.add(Grade{school, year, 10 * year});
  // CHECK-NEXT: SELECT grades.school, grades.year, grades.value FROM grades WHERE grades.school > ? OR grades.school = ? AND grades.year > ? ORDER BY grades.school, grades.year LIMIT ?
  const auto page = session.query<Grade>().page_after(std::tuple("a", 1), 2);
  std::cout << test::text_of(page, declorm::dialect("sqlite")) << std::endl;
  // CHECK-NEXT: a2 b1
  std::cout << page.all()[0]->school << page.all()[0]->year << ' ' << page.all()[1]->school
            << page.all()[1]->year << std::endl;
  // CHECK-NEXT: ArgumentError: {{.*}}Grade{{.*}}2{{.*}}
  test::attempt([&] { session.query<Grade>().page_after("a", 2); });
  // CHECK-NEXT: InvalidRequestError: page_after() orders by the primary key of class 'User' ({{.*}}) and limits by itself; the query must not
  test::attempt([&] { session.query<User>().order_by(id).page_after(1, 2); });

  // Batches, outside the session.
  session.flush();
  // CHECK-NEXT: ed wendy jack fred
  names(session.query<const User>().order_by(id).yield_per(3));
  // CHECK-NEXT: ed wendy jack fred
  names(session.query<const User>().order_by(id).yield_per(4));
  names(session.query<const User>().filter(id < 0).yield_per(1));
  // CHECK-EMPTY:
  // CHECK-NEXT: ArgumentError: yield_per() takes a number of rows above 0
  test::attempt([&] { session.query<const User>().yield_per(0); });
  for (const User &user : session.query<const User>().yield_per(2))
    // CHECK-NEXT: 0 1
    // CHECK-NEXT: 0 1
    // CHECK-NEXT: 0 1
    // CHECK-NEXT: 0 1
    std::cout << session.contains(user) << ' ' << (session.get<User>(user.id) != &user)
              << std::endl;

  // SQLite locks by itself.
  // CHECK-NEXT: SELECT users.id, users.name, users.boss_id FROM users WHERE users.id = ?
  std::cout << test::text_of(session.query<User>().filter(id == 1).with_for_update(),
                             declorm::dialect("sqlite"))
            << std::endl;

  // Aliases, subqueries, unions: the objects are the session's.
  auto boss = alias<User>("boss");
  // CHECK-NEXT: wendy jack
  names(session.query<User>()
            .join(boss, boss.col<&User::id> == col<&User::boss_id>)
            .filter(boss.col<&User::name> == "ed")
            .order_by(id));
  const auto counts = select(col<&User::boss_id>, declorm::count().label("n"))
                          .group_by(col<&User::boss_id>)
                          .subquery("counts");
  // CHECK-NEXT: ed
  names(session.query<User>()
            .outer_join(counts, counts.column<std::int64_t>("boss_id") == id)
            .filter(counts.column<int>("n") == 2));
  const auto both = session.scalars(
      select<User>().where(id == 4).union_all(select<User>().where(id == 1)).order_by(id));
  // CHECK-NEXT: 2 1 1
  std::cout << both.size() << ' ' << (both[0] == session.get<User>(1)) << ' '
            << (both[1] == session.get<User>(4)) << std::endl;
  // CHECK-NEXT: 2
  std::cout << session.scalars(select(boss).where(boss.col<&User::boss_id> == 1)).size()
            << std::endl;
  // CHECK-NEXT: 4 1 0
  std::cout << session.query<User>().distinct().count() << ' '
            << session.query<User>().filter(id > 1).exists() << ' '
            << session.query<User>().filter(id > 9).exists() << std::endl;
  // A limit that is lower already stays.
  // CHECK-NEXT: ed 0 0
  std::cout << session.query<User>().order_by(id).limit(1).one().name << ' '
            << (session.query<User>().limit(0).first() != nullptr) << ' '
            << session.query<User>().limit(0).exists() << std::endl;
  // CHECK-NEXT: 2
  std::cout << session.query<User>()
                   .filter(id.in_(select(boss.col<&User::id>).where(boss.col<&User::boss_id> == 1)))
                   .update(col<&User::name> = col<&User::name> + "!")
            << std::endl;
  // CHECK-NEXT: wendy!
  std::cout << session.get<User>(2)->name << std::endl;
}
