// Every type of a member, plain and optional: there and back, and in a condition.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

#include <chrono>
#include <cstring>

enum class Color { red = 1, green = 2 };
enum class Size : unsigned char { small, large };

struct Money {
  std::int64_t cents = 0;
  friend bool operator==(const Money &, const Money &) = default;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::int64_t;
  static std::int64_t to_column(const Money &money) { return money.cents; }
  static Money from_column(const std::int64_t &cents) { return {cents}; }
};

using namespace std::chrono;
using Millis = sys_time<milliseconds>;

struct [[declorm::table("all_types")]] All {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] bool flag = false;
  [[declorm::column]] std::int8_t i8 = 0;
  [[declorm::column]] std::uint16_t u16 = 0;
  [[declorm::column]] std::uint64_t u64 = 0;
  [[declorm::column]] float f = 0;
  [[declorm::column]] double d = 0;
  [[declorm::column]] std::string text;
  [[declorm::column]] char name[6] = "";
  [[declorm::column]] std::vector<std::byte> bytes;
  [[declorm::column]] std::array<unsigned char, 3> three{};
  [[declorm::column]] Color color = Color::red;
  [[using declorm: column, enum_names]] Color named = Color::red;
  [[declorm::column]] Size size = Size::small;
  [[declorm::column]] sys_seconds at{};
  [[declorm::column]] Millis exact{};
  [[declorm::column]] local_seconds local{};
  [[declorm::column]] sys_days day{};
  [[declorm::column]] year_month_day date{year{2000}, month{1}, std::chrono::day{1}};
  [[declorm::column]] minutes lasts{};
  [[declorm::column]] Money price;
};
struct [[declorm::table("all_optional")]] Maybe {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<bool> flag{};
  [[declorm::column]] std::optional<std::int8_t> i8{};
  [[declorm::column]] std::optional<std::uint64_t> u64{};
  [[declorm::column]] std::optional<float> f{};
  [[declorm::column]] std::optional<double> d{};
  [[declorm::column]] std::optional<std::string> text{};
  [[declorm::column]] std::optional<std::vector<std::byte>> bytes{};
  [[declorm::column]] std::optional<std::array<unsigned char, 3>> three{};
  [[declorm::column]] std::optional<Color> color{};
  [[using declorm: column, enum_names]] std::optional<Color> named{};
  [[declorm::column]] std::optional<sys_seconds> at{};
  [[declorm::column]] std::optional<local_seconds> local{};
  [[declorm::column]] std::optional<sys_days> day{};
  [[declorm::column]] std::optional<year_month_day> date{};
  [[declorm::column]] std::optional<minutes> lasts{};
  [[declorm::column]] std::optional<Money> price{};
};

using declorm::col;

/// How many rows have that value.
template <auto Member> static std::int64_t found(declorm::Session &session, const auto &value) {
  using T = typename declorm::detail::member_pointer<decltype(Member)>::owner;
  return session.query<T>().filter(col<Member> == value).count();
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  const sys_seconds now{seconds{1'700'000'000}};
  All all{
      .flag = true, .i8 = -128, .u16 = 65535, .u64 = std::uint64_t(1) << 62, .f = 0.1f, .d = 1e-9};
  all.text = std::string("a\1b'; DROP TABLE all_types; --", 30);
  std::strcpy(all.name, "sixth");
  all.bytes = {std::byte{0}, std::byte{255}};
  all.three = {1, 0, 3};
  all.color = all.named = Color::green;
  all.size = Size::large;
  all.at = now;
  all.exact = Millis{milliseconds{1'700'000'000'123}};
  all.local = local_seconds{now.time_since_epoch()};
  all.day = floor<days>(now);
  all.date = year_month_day{floor<days>(now)};
  all.lasts = 90min;
  all.price = {1999};
  const std::optional<std::vector<std::byte>> bytes = all.bytes;
  Maybe maybe{.flag = false,
              .i8 = std::int8_t(0),
              .u64 = std::uint64_t(0),
              .f = 0.0f,
              .d = 0.0,
              .text = "",
              .bytes = bytes};
  maybe.three = all.three;
  maybe.color = maybe.named = Color::red;
  maybe.at = now;
  maybe.local = all.local;
  maybe.day = all.day;
  maybe.date = all.date;
  maybe.lasts = 0min;
  maybe.price = Money{0};
  {
    declorm::Session session(engine);
    session.add(All(all));
    session.add(Maybe(maybe));
    session.add(Maybe());
    session.commit();
  }
  declorm::Session session(engine);
  const All &back = *session.get<All>(1);
  // CHECK: 1111 1111 1111 1111 1111
  std::cout << (back.flag == all.flag) << (back.i8 == all.i8) << (back.u16 == all.u16)
            << (back.u64 == all.u64) << ' ' << (back.f == all.f) << (back.d == all.d)
            << (back.text == all.text) << (std::strcmp(back.name, "sixth") == 0) << ' '
            << (back.bytes == all.bytes) << (back.three == all.three) << (back.color == all.color)
            << (back.named == all.named) << ' ' << (back.size == all.size) << (back.at == all.at)
            << (back.exact == all.exact) << (back.local == all.local) << ' '
            << (back.day == all.day) << (back.date == all.date) << (back.lasts == all.lasts)
            << (back.price == all.price) << std::endl;
  const Maybe &full = *session.get<Maybe>(1), &empty = *session.get<Maybe>(2);
  // CHECK-NEXT: 1111 1111 1111 1111
  std::cout << (full.flag == maybe.flag) << (full.i8 == maybe.i8) << (full.u64 == maybe.u64)
            << (full.f == maybe.f) << ' ' << (full.d == maybe.d) << (full.text == maybe.text)
            << (full.bytes == maybe.bytes) << (full.three == maybe.three) << ' '
            << (full.color == maybe.color) << (full.named == maybe.named) << (full.at == maybe.at)
            << (full.local == maybe.local) << ' ' << (full.day == maybe.day)
            << (full.date == maybe.date) << (full.lasts == maybe.lasts)
            << (full.price == maybe.price) << std::endl;
  // CHECK-NEXT: 0000 0000 0000 0000
  std::cout << empty.flag.has_value() << empty.i8.has_value() << empty.u64.has_value()
            << empty.f.has_value() << ' ' << empty.d.has_value() << empty.text.has_value()
            << empty.bytes.has_value() << empty.three.has_value() << ' ' << empty.color.has_value()
            << empty.named.has_value() << empty.at.has_value() << empty.local.has_value() << ' '
            << empty.day.has_value() << empty.date.has_value() << empty.lasts.has_value()
            << empty.price.has_value() << std::endl;
  // Loaded objects are unchanged ones.
  // CHECK-NEXT: modified 000
  std::cout << "modified " << session.is_modified(back) << session.is_modified(full)
            << session.is_modified(empty) << std::endl;

  // The same values in conditions.
  // CHECK-NEXT: 1111 1111 1111 1111 111
  std::cout << found<&All::flag>(session, true) << found<&All::i8>(session, -128)
            << found<&All::u16>(session, 65535) << found<&All::u64>(session, all.u64) << ' '
            << found<&All::f>(session, 0.1f) << found<&All::d>(session, 1e-9)
            << found<&All::text>(session, all.text) << found<&All::name>(session, "sixth") << ' '
            << found<&All::bytes>(session, all.bytes) << found<&All::three>(session, all.three)
            << found<&All::color>(session, Color::green)
            << found<&All::named>(session, Color::green) << ' ' << found<&All::at>(session, now)
            << found<&All::exact>(session, all.exact) << found<&All::local>(session, all.local)
            << found<&All::day>(session, all.day) << ' ' << found<&All::date>(session, all.date)
            << found<&All::lasts>(session, 90min) << found<&All::price>(session, Money{1999})
            << std::endl;
  // CHECK-NEXT: null 11
  std::cout << "null " << found<&Maybe::named>(session, std::nullopt)
            << session.query<Maybe>().filter(col<&Maybe::at> != nullptr).count() << std::endl;
  // And in tuples.
  const auto [color, named, at, price, name, three] =
      session
          .execute(declorm::select(col<&All::color>, col<&All::named>, col<&All::at>,
                                   col<&All::price>, col<&All::name>, col<&All::three>))
          .one();
  // CHECK-NEXT: 111111
  std::cout << (color == Color::green) << (named == Color::green) << (at == now)
            << (price == Money{1999}) << (name == "sixth") << (three == all.three) << std::endl;
  const auto maybes =
      session.execute(declorm::select(col<&Maybe::named>).order_by(col<&Maybe::id>)).all();
  // CHECK-NEXT: 10
  std::cout << (maybes[0] == Color::red) << maybes[1].has_value() << std::endl;
  // Enums by name are text in the database; a number that has no name cannot be written.
  // CHECK-NEXT: green 2
  std::cout << session.execute("SELECT named FROM all_types").scalar().as<std::string>() << ' '
            << session.execute("SELECT color FROM all_types").scalar().as<int>() << std::endl;
  session.get<All>(1)->named = Color(77);
  // CHECK-NEXT: DataError: {{.*}}All.named{{.*}}77{{.*}}all_types.named{{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  // CHECK: 2
  std::cout << int(session.get<All>(1)->named) << std::endl;
}
