// Decimal and UUID members as SQLite stores them: numbers, texts that keep every digit, 32 digits;
// and what does not fit.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>

using declorm::Decimal;
using declorm::UUID;

struct [[declorm::table("costs")]] Cost {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] Decimal<10, 2> price{};
  [[declorm::column]] Decimal<18> whole{};
  [[declorm::column]] Decimal<38, 10> huge{};
  [[declorm::column]] UUID uuid{};
};

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(Cost{.price = Decimal<10, 2>("99999999.99"),
                         .whole = Decimal<18>("999999999999999999"),
                         .huge = Decimal<38, 10>("9999999999999999999999999999.9999999999"),
                         .uuid = UUID("00112233-4455-6677-8899-aabbccddeeff")});
  connection.insert(Cost{.huge = Decimal<38, 10>(-10)});
  connection.commit();
  // CHECK: 'real' 'integer' 'text' '00112233445566778899aabbccddeeff'
  const declorm::Row kinds =
      connection
          .execute(
              "SELECT typeof(price), typeof(whole), typeof(huge), uuid FROM costs WHERE id = 1")
          .one();
  for (const declorm::Value &value : kinds.values())
    std::cout << value.to_string() << (&value == &kinds.values().back() ? "\n" : " ");
  // CHECK-NEXT: -10.0000000000 9999999999999999999999999999.9999999999
  const auto [low, high] = connection
                               .execute(declorm::select(declorm::min(declorm::col<&Cost::huge>),
                                                        declorm::max(declorm::col<&Cost::huge>)))
                               .one();
  std::cout << *low << ' ' << *high << std::endl;
  // CHECK-NEXT: '9999999999999999999999999989.9999999999'
  std::cout << connection.execute("SELECT decimal_sum(huge) FROM costs").scalar().to_string()
            << std::endl;
  // sum() is a floating point number there, and says so.
  // CHECK-NEXT: DataError: {{.*}}1e+28 is not exact: a floating point number keeps 15 digits
  test::attempt(
      [&] { connection.execute(declorm::select(declorm::sum(declorm::col<&Cost::huge>))).one(); });

  const auto store = [&](const char *assignment) {
    connection.execute(std::string("UPDATE costs SET ") + assignment + " WHERE id = 2");
    test::attempt([&] { connection.get<Cost>(2); });
    connection.rollback();
  };
  // CHECK: DataError: column costs.price holds 0.125, which does not fit Cost.price (a decimal number of 10 digits, 2 behind the point){{.*}}
  store("price = 0.125");
  // CHECK-NEXT: DataError: column costs.price holds 1e-09, which does not fit Cost.price {{.*}}
  store("price = 1e-9");
  // CHECK-NEXT: DataError: column costs.price holds 100000000, which does not fit Cost.price {{.*}}
  store("price = 100000000");
  // CHECK-NEXT: DataError: column costs.huge holds 'much', which does not fit Cost.huge (a decimal number of 38 digits, 10 behind the point){{.*}}
  store("huge = 'much'");
  // CHECK-NEXT: DataError: column costs.uuid holds 'abc', which does not fit Cost.uuid (a UUID: 32 hexadecimal digits, as 8-4-4-4-12 or plain, or 16 bytes){{.*}}
  store("uuid = 'abc'");
  // CHECK-NEXT: no error
  store("uuid = '00112233-4455-6677-8899-AABBCCDDEEFF'");
}
