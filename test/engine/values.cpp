// Values come back as they went in: the ends of the ranges, empty and huge blobs.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <declorm/engine.h>
#include <limits>

using declorm::Bytes;
using declorm::Value;
using namespace std::chrono_literals;

enum class Colour : std::uint8_t { red = 1, green = 200 };

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::Connection connection = engine.connect();
  int tables = 0;
  const auto stored = [&](const Value &value, const std::string &type) {
    const std::string table = "t" + std::to_string(++tables);
    connection.execute("CREATE TABLE " + table + " (v " + type + ")");
    connection.execute("INSERT INTO " + table + " VALUES (?)", {value});
    return connection.execute("SELECT v FROM " + table).scalar();
  };
  const auto same = [&](const char *what, const Value &value, const std::string &type) {
    std::cout << what << (stored(value, type) == value ? " same" : " DIFFERENT") << std::endl;
  };
  const std::string real = "DOUBLE PRECISION", blob = test::is_postgresql() ? "BYTEA" : "BLOB";
  using limits = std::numeric_limits<std::int64_t>;
  // CHECK: smallest same
  same("smallest", limits::min(), "BIGINT");
  // CHECK-NEXT: largest same
  same("largest", limits::max(), "BIGINT");
  // CHECK-NEXT: tiny same
  same("tiny", 1e-9, real);
  // CHECK-NEXT: denormal same
  same("denormal", std::numeric_limits<double>::denorm_min(), real);
  // CHECK-NEXT: infinite same
  same("infinite", -std::numeric_limits<double>::infinity(), real);
  // CHECK-NEXT: empty text same
  same("empty text", "", "TEXT");
  // CHECK-NEXT: empty blob same
  same("empty blob", Bytes{}, blob);
  // CHECK-NEXT: NULL same
  same("NULL", nullptr, "TEXT");
  // CHECK-NEXT: large blob same
  Bytes large(100'000'000);
  for (std::size_t i = 0; i < large.size(); i += 997)
    large[i] = static_cast<std::byte>(i);
  same("large blob", large, blob);

  // CHECK-NEXT: an empty blob is not NULL: 0
  std::cout << "an empty blob is not NULL: " << stored(Bytes{}, blob).is_null() << std::endl;
  // CHECK-NEXT: 200 1 0
  std::cout << stored(Colour::green, "INTEGER").as<int>() << ' '
            << stored(true, "BOOLEAN").as<bool>() << ' '
            << stored(std::optional<int>(), "INTEGER").as<std::optional<int>>().has_value()
            << std::endl;
  // CHECK-NEXT: '2026-11-21 09:30:00.250000' '2026-11-21' 90
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
  std::cout << stored(day + 9h + 30min + 250ms, "TIMESTAMP").to_string() << ' '
            << stored(day, "DATE").to_string() << ' ' << stored(90s, "BIGINT").to_string()
            << std::endl;

  // CHECK-NEXT: DataError: the value 18446744073709551615 is above 9223372036854775807, the largest integer of a database
  test::attempt([&] { stored(std::numeric_limits<std::uint64_t>::max(), "BIGINT"); });
}
