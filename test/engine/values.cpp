// Values come back as they went in: NUL bytes, the ends of the ranges, empty and huge blobs.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <cmath>
#include <declorm/engine.h>
#include <limits>

using declorm::Bytes;
using declorm::Value;
using namespace std::chrono_literals;

enum class Colour : std::uint8_t { red = 1, green = 200 };

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::Connection connection = engine.connect();
  connection.execute("CREATE TABLE t (v)");
  const auto stored = [&](const Value &value) {
    connection.execute("DELETE FROM t");
    connection.execute("INSERT INTO t VALUES (?)", {value});
    return connection.execute("SELECT v FROM t").scalar();
  };
  const auto same = [&](const char *what, const Value &value) {
    std::cout << what << (stored(value) == value ? " same" : " DIFFERENT") << std::endl;
  };
  using limits = std::numeric_limits<std::int64_t>;
  // CHECK: smallest same
  same("smallest", limits::min());
  // CHECK-NEXT: largest same
  same("largest", limits::max());
  // CHECK-NEXT: tiny same
  same("tiny", 1e-9);
  // CHECK-NEXT: denormal same
  same("denormal", std::numeric_limits<double>::denorm_min());
  // CHECK-NEXT: infinite same
  same("infinite", -std::numeric_limits<double>::infinity());
  // CHECK-NEXT: NUL inside same
  same("NUL inside", std::string("a\0b\0", 4));
  // CHECK-NEXT: empty text same
  same("empty text", "");
  // CHECK-NEXT: empty blob same
  same("empty blob", Bytes{});
  // CHECK-NEXT: NULL same
  same("NULL", nullptr);
  // CHECK-NEXT: large blob same
  Bytes large(100'000'000);
  for (std::size_t i = 0; i < large.size(); i += 997)
    large[i] = static_cast<std::byte>(i);
  same("large blob", large);

  // CHECK-NEXT: an empty blob is not NULL: 0
  std::cout << "an empty blob is not NULL: " << stored(Bytes{}).is_null() << std::endl;
  // CHECK-NEXT: 200 1 0
  std::cout << stored(Colour::green).as<int>() << ' ' << stored(true).as<bool>() << ' '
            << stored(std::optional<int>()).as<std::optional<int>>().has_value() << std::endl;
  // CHECK-NEXT: '2026-11-21 09:30:00.250000' '2026-11-21' 90
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
  std::cout << stored(day + 9h + 30min + 250ms).to_string() << ' ' << stored(day).to_string() << ' '
            << stored(90s).to_string() << std::endl;

  // CHECK-NEXT: DataError: the value 18446744073709551615 is above 9223372036854775807, the largest integer of a database
  test::attempt([&] { stored(std::numeric_limits<std::uint64_t>::max()); });
  // CHECK-NEXT: DataError: parameter 1 is NaN, which SQLite cannot hold (it would become NULL)
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (?)]
  test::attempt([&] { stored(std::nan("")); });
}
