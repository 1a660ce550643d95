// Random expressions mean in SQL what they mean in C++: operators, parentheses, NULL.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>
#include <random>

using declorm::col, declorm::Expression;
using Integer = std::optional<std::int64_t>;
using Truth = std::optional<bool>;
using String = std::optional<std::string>;

struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] Integer three{}, minus{}, big{}, none{};
  [[declorm::column]] std::string ab, b;
  [[declorm::column]] String nothing{};
  [[declorm::column]] bool yes = true, no = false;
};

/// An expression, and the value it has for the one row.
template <class T> struct Case {
  Expression<T> sql;
  T value;
};
using Number = Case<Integer>;
using Text = Case<String>;
struct Condition {
  Expression<bool> sql;
  Truth value;
};

static std::mt19937 engine(20);
static int below(int n) { return int(engine() % unsigned(n)); }

struct Overflow {};

static Number number(int depth);
static Text text(int depth);
static Condition condition(int depth);

template <class L, class R, class F> static auto both(const L &left, const R &right, F function) {
  using V = std::optional<decltype(function(*left, *right))>;
  return left && right ? V(function(*left, *right)) : V();
}

static std::int64_t checked(std::int64_t a, char op, std::int64_t b) {
  std::int64_t result = 0;
  const bool overflow = op == '+'   ? __builtin_add_overflow(a, b, &result)
                        : op == '-' ? __builtin_sub_overflow(a, b, &result)
                                    : __builtin_mul_overflow(a, b, &result);
  if (overflow)
    throw Overflow();
  return result;
}

/// Other databases refuse what is NULL to SQLite, a division by 0.
static Expression<Integer> divisor(const Number &number) {
  return number.value == 0 ? declorm::func<Integer>("nullif", number.sql, 0) : number.sql;
}

static Number number(int depth) {
  if (depth == 0) {
    const std::int64_t literal = below(7) - 3;
    switch (below(6)) {
    case 0:
      return {col<&Thing::three>, 3};
    case 1:
      return {col<&Thing::minus>, -2};
    case 2:
      return {col<&Thing::big>, 1000};
    case 3:
      return {col<&Thing::none>, std::nullopt};
    default:
      return {declorm::nullable(declorm::literal(literal)), literal};
    }
  }
  const Number a = number(depth - 1), b = number(below(depth));
  switch (below(9)) {
  case 0:
    return {a.sql + b.sql,
            both(a.value, b.value, [](auto x, auto y) { return checked(x, '+', y); })};
  case 1:
    return {a.sql - b.sql,
            both(a.value, b.value, [](auto x, auto y) { return checked(x, '-', y); })};
  case 2:
    return {b.sql - a.sql,
            both(b.value, a.value, [](auto x, auto y) { return checked(x, '-', y); })};
  case 3:
    return {a.sql * b.sql,
            both(a.value, b.value, [](auto x, auto y) { return checked(x, '*', y); })};
  case 4:
    return {a.sql / divisor(b),
            b.value == 0 ? Integer() : both(a.value, b.value, std::divides<>())};
  case 5:
    return {b.sql % divisor(a),
            a.value == 0 ? Integer() : both(b.value, a.value, std::modulus<>())};
  case 6:
    return {-a.sql, a.value ? Integer(-*a.value) : a.value};
  case 7:
    return {declorm::coalesce(a.sql, b.sql), a.value ? a.value : b.value};
  default: {
    const Condition when = condition(depth - 1);
    return {declorm::case_(declorm::when(when.sql, a.sql)).else_(b.sql),
            when.value.value_or(false) ? a.value : b.value};
  }
  }
}

static Text text(int depth) {
  if (depth == 0) {
    switch (below(4)) {
    case 0:
      return {declorm::nullable(col<&Thing::ab>), "ab"};
    case 1:
      return {declorm::nullable(col<&Thing::b>), "b"};
    case 2:
      return {col<&Thing::nothing>, std::nullopt};
    default:
      return {declorm::nullable(declorm::literal("a")), "a"};
    }
  }
  const Text a = text(depth - 1), b = text(below(depth));
  switch (below(4)) {
  case 0:
    return {b.sql + a.sql, both(b.value, a.value, std::plus<>())};
  case 1:
    return {declorm::coalesce(a.sql, b.sql), a.value ? a.value : b.value};
  case 2: {
    const Number n = number(depth - 1);
    return {a.sql.concat(n.sql),
            both(a.value, n.value, [](auto &x, auto y) { return x + std::to_string(y); })};
  }
  default:
    return {a.sql + b.sql.collate(test::is_postgresql() ? "C" : "NOCASE"),
            both(a.value, b.value, std::plus<>())};
  }
}

static Truth and_(Truth a, Truth b) {
  if (a == false || b == false)
    return false;
  return a && b ? Truth(true) : Truth();
}
static Truth not_(Truth a) { return a ? Truth(!*a) : a; }

static Condition comparison(int depth) {
  const Number a = number(depth - 1), b = number(below(depth));
  switch (below(10)) {
  case 0:
    return {a.sql == b.sql, both(a.value, b.value, std::equal_to<>())};
  case 1:
    return {a.sql != b.sql, both(a.value, b.value, std::not_equal_to<>())};
  case 2:
    return {a.sql < b.sql, both(a.value, b.value, std::less<>())};
  case 3:
    return {b.sql >= a.sql, both(b.value, a.value, std::greater_equal<>())};
  case 4:
    return {a.sql.is_null(), !a.value};
  case 5:
    return {a.sql.is_distinct_from(b.sql), a.value != b.value};
  case 6: {
    const Number c = number(depth - 1);
    return {a.sql.between(b.sql, c.sql), and_(both(a.value, b.value, std::greater_equal<>()),
                                              both(a.value, c.value, std::less_equal<>()))};
  }
  case 7: // NULL in the list counts as a value
    return {a.sql.in_({Integer(3), Integer(), Integer(-2)}),
            !a.value || *a.value == 3 || *a.value == -2};
  case 8: {
    const Text s = text(depth - 1), t = text(below(depth));
    return {s.sql <= t.sql, both(s.value, t.value, std::less_equal<>())};
  }
  default: {
    const Text s = text(depth - 1);
    return {s.sql.contains("b"),
            s.value ? Truth(s.value->find('b') != std::string::npos) : Truth()};
  }
  }
}

static Condition condition(int depth) {
  if (depth == 0)
    return below(2) ? Condition{col<&Thing::yes>, true} : Condition{col<&Thing::no>, false};
  const Condition a = below(2) ? condition(depth - 1) : comparison(depth);
  const Condition b = condition(below(depth));
  switch (below(6)) {
  case 0:
    return {a.sql && b.sql, and_(a.value, b.value)};
  case 1:
    return {b.sql || a.sql, not_(and_(not_(a.value), not_(b.value)))};
  case 2:
    return {!a.sql, not_(a.value)};
  case 3:
    return {a.sql == b.sql, both(a.value, b.value, std::equal_to<>())};
  case 4:
    return {b.sql != a.sql, both(a.value, b.value, std::not_equal_to<>())};
  default:
    return {a.sql.is_null() || (a.sql && !b.sql),
            not_(and_(a.value.has_value(), not_(and_(a.value, not_(b.value)))))};
  }
}

static int wrong = 0, tried = 0;
template <class E, class V>
static void check(declorm::Connection &connection, const E &sql, const V &expected) {
  const auto statement = declorm::select(declorm::nullable(sql)).template from<Thing>();
  const auto got = connection.execute(statement).one();
  ++tried;
  if (got == expected)
    return;
  ++wrong;
  std::cout << "wrong: " << statement.sql(connection.dialect()) << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(Thing{.three = 3, .minus = -2, .big = 1000, .ab = "ab", .b = "b"});
  for (int i = 0; i != 2000; ++i) {
    try {
      const int depth = 1 + i % 5;
      const Number n = number(depth);
      const Text t = text(depth);
      const Condition c = condition(depth);
      check(connection, n.sql, n.value);
      check(connection, t.sql, t.value);
      check(connection, c.sql, c.value);
    } catch (const Overflow &) {
      // SQLite would go on with floating point.
    }
  }
  // CHECK-NOT: wrong
  // CHECK: {{[3-6][0-9][0-9][0-9]}} tried, 0 wrong
  std::cout << tried << " tried, " << wrong << " wrong" << std::endl;

  // The ends of what an integer holds.
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  // CHECK-NEXT: -9223372036854775808 9223372036854775807 1 0
  std::cout << connection.execute(declorm::select(declorm::literal(least))).one() << ' '
            << connection.execute(declorm::select(declorm::literal(most - 1) + 1)).one() << ' '
            << connection.execute(declorm::select(declorm::literal(least) < most)).one() << ' '
            << connection.execute(declorm::select(declorm::literal(least) == most)).one()
            << std::endl;
}
