// Rows that do not fit their class: the error names member and column; nothing is lost.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"
#include <chrono>

using declorm::col;

enum class Kind { one = 1, two = 2 };
namespace app {
struct [[declorm::table("numbers")]] Number {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column("small_number")]] std::int8_t small = 0;
  [[declorm::column]] double real = 0;
  [[declorm::column]] std::string text;
  [[declorm::column]] std::optional<int> maybe{};
  [[declorm::column]] bool flag = false;
  [[using declorm: column, enum_names]] Kind kind = Kind::one;
  [[declorm::column]] char letters[3] = "ab";
  [[declorm::column]] std::chrono::sys_seconds at{};
  [[using declorm: column, null_value(-5)]] int shown = 0;
};
} // namespace app
using app::Number;

int main() {
  const declorm::Engine engine = test::open_database();
  // A table of another program: nothing is NOT NULL, types are larger.
  engine.begin([](declorm::Connection &c) {
    c.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, small_number INTEGER, real DOUBLE "
              "PRECISION, text TEXT, maybe BIGINT, flag INTEGER, kind VARCHAR, letters VARCHAR, "
              "at TIMESTAMP, shown INTEGER)");
    c.execute(
        "INSERT INTO numbers VALUES (1, 5, 1.5, 'x', 3, 1, 'two', 'a', '2020-01-02 03:04:05', 8)");
  });
  declorm::Session session(engine);
  Number &number = *session.get<Number>(1);
  session.rollback();
  const auto try_value = [&](const char *assignment) {
    session.connection().rollback();
    engine.begin([&](declorm::Connection &c) {
      c.execute("DELETE FROM numbers WHERE id = 2");
      c.execute("INSERT INTO numbers SELECT 2, small_number, real, text, maybe, flag, kind, "
                "letters, at, shown FROM numbers");
      c.execute(std::string("UPDATE numbers SET ") + assignment + " WHERE id = 2");
    });
    const declorm::NoAutoflush guard = session.no_autoflush();
    test::attempt([&] { session.query<Number>().order_by(col<&Number::id>).all(); });
  };
  // CHECK: DataError: column numbers.small_number is NULL, and app::Number.small takes no NULL; make the member a std::optional, or name the value that stands for NULL with null_value(…); it is the row with id = 2
  try_value("small_number = NULL");
  // CHECK-NEXT: DataError: column numbers.small_number holds 300, which does not fit app::Number.small ({{.*}}); it is the row with id = 2
  try_value("small_number = 300");
  // CHECK-NEXT: DataError: column numbers.maybe holds 99999999999, which does not fit app::Number.maybe (an integer from -2147483648 to 2147483647); it is the row with id = 2
  try_value("maybe = 99999999999");
  // CHECK-NEXT: DataError: column numbers.flag holds 2, which does not fit app::Number.flag (a bool: 0 or 1); it is the row with id = 2
  try_value("flag = 2");
  // CHECK-NEXT: DataError: column numbers.kind holds 'three', which does not fit app::Number.kind (one of one, two); it is the row with id = 2
  try_value("kind = 'three'");
  // CHECK-NEXT: DataError: column numbers.letters holds 'four', which does not fit app::Number.letters ({{.*}}); it is the row with id = 2
  try_value("letters = 'four'");
  // CHECK-NEXT: no error
  try_value("maybe = NULL");
  // CHECK-NEXT: no error
  try_value("shown = NULL");

  // refresh of an object whose row went bad: the object keeps all its values.
  session.rollback();
  engine.begin([](declorm::Connection &c) {
    c.execute("UPDATE numbers SET small_number = 6, text = 'new', letters = 'long' WHERE id = 1");
  });
  // CHECK-NEXT: DataError: column numbers.letters holds 'long', which does not fit app::Number.letters {{.*}}; it is the row with id = 1
  test::attempt([&] { session.refresh(number); });
  // CHECK-NEXT: 5 x a
  std::cout << int(number.small) << ' ' << number.text << ' ' << number.letters << std::endl;
  session.rollback();

  // The same for plain objects and typed tuples.
  declorm::Connection connection = engine.connect();
  connection.execute(
      "UPDATE numbers SET letters = 'a', small_number = NULL, maybe = 99999999999, shown "
      "= NULL WHERE id = 1");
  // CHECK-NEXT: DataError: column numbers.small_number is NULL, and app::Number.small takes no NULL; {{.*}}; it is the row with id = 1
  test::attempt([&] { connection.get<Number>(1); });
  // CHECK-NEXT: DataError: column numbers.small_number is NULL, and app::Number.small takes no NULL; {{.*}}; it is the row with id = 1
  test::attempt([&] { connection.select<Number>().all(); });
  // CHECK-NEXT: DataError: app::Number.small (column numbers.small_number): the value NULL is not an integer
  test::attempt([&] { connection.execute(declorm::select(col<&Number::small>)).all(); });
  // CHECK: DataError: app::Number.maybe (column numbers.maybe): the value 99999999999 is not a 32-bit integer
  test::attempt([&] { connection.execute(declorm::select(col<&Number::maybe>)).all(); });
  // CHECK: -5 two
  const auto [shown, kind] =
      connection
          .execute(
              declorm::select(col<&Number::shown>, col<&Number::kind>).where(col<&Number::id> == 1))
          .one();
  std::cout << shown << (kind == Kind::two ? " two" : " ?") << std::endl;
  connection.rollback();

  // Values that a column cannot hold.
  // CHECK-NEXT: DataError: {{.*}}app::Number.kind{{.*}}
  test::attempt([&] { connection.insert(Number{.kind = Kind(9)}); });
  // CHECK: ProgrammingError: the statement takes 1 parameter and got 2
  test::attempt([&] { session.execute("SELECT * FROM numbers WHERE id = ?", {1, 2}); });
}
