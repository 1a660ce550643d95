// What only SQLite stores: texts with NUL bytes, values of any type in any column, and a key in
// another form than it is written in. No NaN.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"

#include <chrono>
#include <cmath>
#include <declorm/declorm.h>

using declorm::col;

enum class Kind { one = 1, two = 2 };
struct [[declorm::table("numbers")]] Number {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int8_t small = 0;
  [[declorm::column]] double real = 0;
  [[declorm::column]] std::string text;
  [[declorm::column]] std::optional<int> maybe{};
  [[declorm::column]] bool flag = false;
  [[using declorm: column, enum_names]] Kind kind = Kind::one;
  [[declorm::column]] std::chrono::sys_seconds at{};
};
struct [[declorm::table("bits")]] Bits {
  [[using declorm: column, primary_key]] std::int64_t id : 40 = 0;
  [[declorm::column]] bool flag : 1 = false;
};
struct [[declorm::table("events")]] Event {
  [[using declorm: column, primary_key]] std::chrono::sys_time<std::chrono::milliseconds> at{};
  [[declorm::column]] std::string what;
};

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  // A table of another program: nothing is NOT NULL, nothing has a type.
  engine.begin([](declorm::Connection &c) {
    c.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, small, real, text, maybe, flag, kind, "
              "at)");
  });
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);

  const std::string nul("a\0b'; DROP TABLE numbers; --", 28);
  session.add(Number{.text = nul});
  session.commit();
  session.expunge_all();
  // CHECK: 1 1 1 0
  std::cout << (session.get<Number>(1)->text == nul) << ' '
            << session.query<Number>().filter(col<&Number::text> == nul).count() << ' '
            << (session.execute("SELECT text FROM numbers WHERE text = ?", {nul})
                    .scalar()
                    .as<std::string>() == nul)
            << ' ' << session.is_modified(*session.get<Number>(1)) << std::endl;

  const auto spoil = [&](const char *assignment) {
    session.execute(std::string("UPDATE numbers SET ") + assignment);
    session.expunge_all();
    test::attempt([&] { session.query<Number>().all(); });
    session.rollback();
  };
  // CHECK-NEXT: DataError: column numbers.small holds 'five', which does not fit Number.small ({{.*}}); it is the row with id = 1
  spoil("small = 'five'");
  // CHECK-NEXT: DataError: column numbers.small holds 1.5, which does not fit Number.small ({{.*}}); it is the row with id = 1
  spoil("small = 1.5");
  // CHECK-NEXT: DataError: column numbers.real holds 'much', which does not fit Number.real ({{.*}}); it is the row with id = 1
  spoil("real = 'much'");
  // CHECK-NEXT: DataError: column numbers.text holds 5, which does not fit Number.text (text); it is the row with id = 1
  spoil("text = 5");
  // CHECK-NEXT: DataError: column numbers.flag holds 2, which does not fit Number.flag (a bool: 0 or 1); it is the row with id = 1
  spoil("flag = 2");
  // CHECK-NEXT: DataError: column numbers.at holds 'yesterday', which does not fit Number.at ({{.*}}); it is the row with id = 1
  spoil("at = 'yesterday'");
  // CHECK-NEXT: DataError: Number.maybe (column numbers.maybe): the value 'many' is not an integer
  session.execute("UPDATE numbers SET maybe = 'many'");
  test::attempt([&] { session.execute(declorm::select(col<&Number::maybe>)).all(); });
  session.rollback();
  session.add(Bits{});
  session.flush();
  session.execute("UPDATE bits SET flag = 2");
  session.expunge_all();
  // CHECK: DataError: column bits.flag holds 2, which does not fit Bits.flag (a bool: 0 or 1); it is the row with id = 1
  test::attempt([&] { session.get<Bits>(1); });
  session.rollback();

  session.execute("INSERT INTO events VALUES ('2021-03-04 05:06:07.0000', 'a')");
  Event &event = session.query<Event>().one();
  event.what = "b";
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Event' matched no row: table 'events' has none where at = '2021-03-04 05:06:07{{.*}}'. {{.*}} or the database holds the key in another form than it is written in. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();

  // CHECK-NEXT: DataError: parameter 1 is NaN, which SQLite cannot hold (it would become NULL)
  test::attempt([&] { session.execute("SELECT ?", {std::nan("")}); });
  session.rollback();
  // CHECK: DataError: {{.*}}NaN{{.*}}
  test::attempt([&] { session.connection().insert(Number{.real = std::nan("")}); });
}
