// Every type of a column through a getter and a setter, plain and optional: made, loaded, changed,
// refreshed, rolled back, in a session and as a plain object.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/json.h>

#include <chrono>
#include <cstring>

using namespace std::chrono;
using declorm::Decimal, declorm::UUID;

enum class Color : std::int16_t { red = 1, green = 2 };
using Bytes = std::vector<std::byte>;
using Three = std::array<unsigned char, 3>;
using Code = std::array<char, 4>;
using Millis = sys_time<milliseconds>;
using Price = Decimal<10, 2>;
using Huge = Decimal<38, 10>;
using Json = nlohmann::json;

struct Money { // stored as a text
  std::int64_t cents = 0;
  friend bool operator==(const Money &, const Money &) = default;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::string;
  static std::string to_column(const Money &money) { return std::to_string(money.cents) + " ct"; }
  static Money from_column(const std::string &text) { return {std::stoll(text)}; }
};
struct Key { // stored as an array of another size
  std::int64_t number = 0;
  friend bool operator==(const Key &, const Key &) = default;
};
template <> struct declorm::type_traits<Key> {
  using column_type = std::array<unsigned char, 2>;
  static column_type to_column(const Key &key) {
    return {static_cast<unsigned char>(key.number), static_cast<unsigned char>(key.number >> 8)};
  }
  static Key from_column(const column_type &bytes) { return {bytes[0] + bytes[1] * 256}; }
};

// type, name, two values
#define EACH(X)                                                                                    \
  X(bool, flag, true, false)                                                                       \
  X(std::int8_t, i8, -128, 1)                                                                      \
  X(std::int16_t, i16, -32768, 1)                                                                  \
  X(std::int32_t, i32, INT32_MIN, 1)                                                               \
  X(std::int64_t, i64, INT64_MIN, 1)                                                               \
  X(std::uint8_t, u8, 255, 1)                                                                      \
  X(std::uint16_t, u16, 65535, 1)                                                                  \
  X(std::uint32_t, u32, UINT32_MAX, 1)                                                             \
  X(std::uint64_t, u64, 1ULL << 62, 1)                                                             \
  X(float, f32, 0.1F, 2)                                                                           \
  X(double, f64, 1e-9, 2)                                                                          \
  X(std::string, text, (std::string("a\1b", 3)), "")                                               \
  X(Bytes, bytes, (Bytes{std::byte{0}, std::byte{255}}), Bytes())                                  \
  X(Three, three, (Three{1, 0, 3}), (Three{}))                                                     \
  X(Code, code, (Code{'f', 'o', 'u', 'r'}), (Code{'x'}))                                           \
  X(Color, color, Color::green, Color::red)                                                        \
  X(sys_seconds, at, sys_seconds(1'700'000'000s), sys_seconds())                                   \
  X(Millis, exact, Millis(1'700'000'000'123ms), Millis())                                          \
  X(local_seconds, local, local_seconds(1'700'000'000s), local_seconds())                          \
  X(sys_days, day, sys_days(days(19000)), sys_days())                                              \
  X(year_month_day, date, 2024y / 2 / 29, 1999y / 12 / 31)                                         \
  X(minutes, lasts, 90min, 0min)                                                                   \
  X(duration<double>, real_time, duration<double>(0.5), duration<double>(2))                       \
  X(Price, price, Price("19.99"), Price("-1"))                                                     \
  X(Huge, huge, Huge("1234567890123456789.0123456789"), Huge("0"))                                 \
  X(UUID, uuid, UUID("12345678-1234-5678-1234-567812345678"), UUID())                              \
  X(Json, json, (Json{{"a", {1, 2}}}), Json("text"))                                               \
  X(Money, money, Money{1999}, Money{-5})                                                          \
  X(Key, key, Key{513}, Key{7})

struct [[declorm::table("all_types")]] All {
  [[using declorm: column, primary_key]] std::int64_t id = 0;

private:
#define HELD(type, name, one, two)                                                                 \
  type name##_held{};                                                                              \
  std::optional<type> maybe_##name##_held{};
  EACH(HELD)
  char array_[6] = "";
  Color named_ = Color::red;

public:
#define ACCESSORS(type, name, one, two)                                                            \
  [[declorm::column]] const type &name() const { return name##_held; }                             \
  void set_##name(type value) { name##_held = std::move(value); }                                  \
  [[declorm::column]] std::optional<type> maybe_##name() const { return maybe_##name##_held; }     \
  All &maybe_##name(const std::optional<type> &value) {                                            \
    maybe_##name##_held = value;                                                                   \
    return *this;                                                                                  \
  }
  EACH(ACCESSORS)
  [[declorm::column]] const char (&array() const)[6] { return array_; }
  void setArray(const char (&value)[6]) { std::memcpy(array_, value, sizeof array_); }
  [[using declorm: column, enum_names]] Color named() const { return named_; }
  void setNamed(Color value) { named_ = value; }
  [[using declorm: column, null_value(0)]] int counted() const { return counted_; }
  void setCounted(int value) { counted_ = value; }

private:
  int counted_ = 0;
};

static void fill(All &all, bool first, bool optional) {
#define FILL(type, name, one, two)                                                                 \
  all.set_##name(first ? type(one) : type(two));                                                   \
  all.maybe_##name(optional ? std::optional<type>(first ? type(one) : type(two)) : std::nullopt);
  EACH(FILL)
  if (first)
    all.setArray("fifth");
  else
    all.setArray({'x'});
  all.setNamed(first ? Color::green : Color::red);
  all.setCounted(first ? 3 : 0);
}

/// Prints how many attributes are as they were filled, and the names of the others.
static void check(const char *what, const All &all, bool first, bool optional) {
  int right = 0;
  const auto one = [&](const char *name, bool equal) {
    right += equal;
    if (!equal)
      std::cout << "wrong: " << name << std::endl;
  };
#define CHECK(type, name, a, b)                                                                    \
  one(#name, all.name() == (first ? type(a) : type(b)));                                           \
  one("maybe_" #name,                                                                              \
      all.maybe_##name() ==                                                                        \
          (optional ? std::optional<type>(first ? type(a) : type(b)) : std::nullopt));
  EACH(CHECK)
  one("array", std::strcmp(all.array(), first ? "fifth" : "x") == 0);
  one("named", all.named() == (first ? Color::green : Color::red));
  one("counted", all.counted() == (first ? 3 : 0));
  std::cout << what << ' ' << right << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    fill(session.emplace<All>(), true, true);
    fill(session.emplace<All>(), false, false);
    session.commit();
  }
  declorm::Session session(engine);
  All &full = *session.get<All>(1), &empty = *session.get<All>(2);
  check("loaded", full, true, true);    // CHECK: loaded 61
  check("loaded", empty, false, false); // CHECK-NEXT: loaded 61
  std::cout << session.is_modified(full) << session.is_modified(empty) << '\n'; // CHECK-NEXT: 00

  // What is the same writes nothing, one change writes one column.
  fill(full, true, true);
  test::tracing = true;
  session.flush();
  full.maybe_text("new");
  full.set_money({5});
  // CHECK-NEXT: > UPDATE all_types SET maybe_text = ?, money = ? WHERE all_types.id = ? -- 'new' '5 ct' 1
  session.flush();
  test::tracing = false;
  session.rollback();
  session.refresh(full);
  check("rolled back", full, true, true); // CHECK-NEXT: rolled back 61

  fill(full, false, false);
  fill(empty, true, true);
  session.commit();
  session.expunge_all();
  check("changed", *session.get<All>(1), false, false); // CHECK-NEXT: changed 61
  check("changed", *session.get<All>(2), true, true);   // CHECK-NEXT: changed 61

  declorm::Connection connection = engine.connect();
  All plain;
  fill(plain, true, true);
  connection.insert(plain);
  check("plain", *connection.get<All>(plain.id), true, true); // CHECK-NEXT: plain 61
  fill(plain, false, false);
  connection.update(plain);
  check("plain", *connection.get<All>(plain.id), false, false); // CHECK-NEXT: plain 61

  using declorm::attr;
  std::cout << session.query<All>().filter(attr<All>("text") == std::string("a\1b", 3)).count()
            << session.query<All>().filter(attr<All>("maybe_price") == nullptr).count()
            << session.query<All>().filter(attr<All>("named") == "green").count() << '\n';
  // CHECK-NEXT: 111
}
