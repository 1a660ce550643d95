// extract(): the parts of dates and times, in the statement and as the database gives them.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: not %declorm_clang -DNUMBER -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=NUMBER
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <declorm/declorm.h>

using declorm::col, declorm::extract;
using namespace std::chrono_literals;

struct [[declorm::table("events")]] Event {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::chrono::year_month_day day{};
  [[declorm::column]] std::chrono::sys_time<std::chrono::microseconds> at{};
  [[declorm::column]] std::optional<std::chrono::local_seconds> end{};
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(Event{.id = 1,
                          .day = 2026y / 11 / 28,
                          .at = std::chrono::sys_days(2024y / 2 / 29) + 13h + 4min + 5s + 600ms});
  // CHECK: SELECT CAST(strftime('%Y', events.day) AS INTEGER), CAST(strftime('%m', events.day) AS INTEGER), CAST(strftime('%d', events.day) AS INTEGER)
  const auto date = select(extract("year", col<&Event::day>), extract("month", col<&Event::day>),
                           extract("day", col<&Event::day>));
  std::cout << date.sql(declorm::dialect("sqlite")) << std::endl;
  // CHECK: 2026 11 28
  const auto [year, month, day] = connection.execute(date).one();
  std::cout << year << ' ' << month << ' ' << day << std::endl;
  // CHECK-NEXT: 13 4 5 4 60
  const auto [hour, minute, second, dow, doy] =
      connection
          .execute(select(extract("hour", col<&Event::at>), extract("minute", col<&Event::at>),
                          extract("second", col<&Event::at>), extract("dow", col<&Event::at>),
                          extract("doy", col<&Event::at>)))
          .one();
  std::cout << hour << ' ' << minute << ' ' << second << ' ' << dow << ' ' << doy << std::endl;
  // Of a column that may be NULL.
  // CHECK-NEXT: 0 1
  const std::optional<std::int64_t> none =
      connection.execute(select(extract("hour", col<&Event::end>))).one();
  std::cout << none.has_value() << ' '
            << connection
                   .execute(select(extract("year", col<&Event::at>))
                                .where(extract("month", col<&Event::at>) == 2)
                                .group_by(extract("year", col<&Event::at>)))
                   .all()
                   .size()
            << std::endl;
  // CHECK-NEXT: ArgumentError: extract(): 'moon' is no part of a date or time; it takes 'year', 'month', 'day', 'hour', 'minute', 'second', 'dow', 'doy'
  test::attempt([] { extract("moon", col<&Event::day>); });
#ifdef NUMBER
  // NUMBER: error: {{.*}}declorm: extract() takes a date or a time
  extract("year", col<&Event::id>);
#endif
}
