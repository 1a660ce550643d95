// A CASE or coalesce() whose results are all values has the type of what stands beside it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <chrono>
#include <declorm/declorm.h>

using declorm::case_, declorm::col, declorm::select, declorm::update, declorm::when;

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t number = 0;
  [[declorm::column]] std::optional<int> maybe;
  [[declorm::column]] double real = 0;
  [[declorm::column]] bool flag = false;
  [[declorm::column]] std::string text;
  [[declorm::column]] std::chrono::sys_seconds at{};
  [[declorm::column]] std::chrono::local_seconds local{};
  [[declorm::column]] std::chrono::sys_days day{};
  [[declorm::column]] declorm::UUID uuid{};
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(std::vector<Item>{{.number = 1, .maybe = 1}, {.number = 2}});
  const auto id = col<&Item::id>;
  const auto is_first = id == 1;
  connection.execute(
      update<Item>().set(col<&Item::number> = case_(when(is_first, 10)).else_(20),
                         col<&Item::maybe> = case_(when(is_first, 5)),
                         col<&Item::real> = case_(id, when(1, 1.5)).else_(2),
                         col<&Item::flag> = case_(when(is_first, true)).else_(false),
                         col<&Item::text> = case_(when(is_first, "first")).else_("other")));
  // CHECK: [1 10 5 1.5 1 first] [2 20 - 2 0 other]
  test::show_rows(connection.execute(select(id, col<&Item::number>, col<&Item::maybe>,
                                            col<&Item::real>, col<&Item::flag>, col<&Item::text>)
                                         .order_by(id)));
  // CHECK-NEXT: [2]
  test::show_rows(connection.execute(
      select(id).where(col<&Item::number> == case_(when(is_first, 11)).else_(20) &&
                       col<&Item::flag> == case_(when(is_first, true)).else_(false))));
  // CHECK-NEXT: [2]
  test::show_rows(connection.execute(
      select(id).where(col<&Item::number> == declorm::coalesce(declorm::literal(20), 1))));
  // One in another, beside a column that is NULL for the other row.
  // CHECK-NEXT: [8] [1]
  test::show_rows(connection.execute(
      select(declorm::coalesce(
                 case_(when(!is_first, declorm::nullable(case_(when(id > 5, 7)).else_(1))))
                     .else_(col<&Item::maybe> + 3),
                 0))
          .order_by(id)));

  // Times and UUIDs, which are written as texts.
  using std::chrono::sys_seconds, std::chrono::local_seconds, std::chrono::sys_days;
  const sys_seconds one(std::chrono::seconds(1)), two(std::chrono::seconds(2));
  const local_seconds local_one(one.time_since_epoch()), local_two(two.time_since_epoch());
  const sys_days day_one(std::chrono::days(1)), day_two(std::chrono::days(2));
  const declorm::UUID nil, full("ffffffff-ffff-ffff-ffff-ffffffffffff");
  connection.execute(
      update<Item>().set(col<&Item::at> = case_(when(is_first, one)).else_(two),
                         col<&Item::local> = case_(when(is_first, local_one)).else_(local_two),
                         col<&Item::day> = case_(when(is_first, day_one)).else_(day_two),
                         col<&Item::uuid> = case_(when(is_first, nil)).else_(full)));
  // CHECK-NEXT: 1 1
  const Item first = connection.get<Item>(1).value(), second = connection.get<Item>(2).value();
  std::cout << (first.at == one && first.local == local_one && first.day == day_one &&
                first.uuid == nil)
            << ' '
            << (second.at == two && second.local == local_two && second.day == day_two &&
                second.uuid == full)
            << std::endl;
  // CHECK-NEXT: [2]
  test::show_rows(connection.execute(
      select(id).where(col<&Item::at> == case_(when(id == 2, two)).else_(one) && id == 2)));
}
