// Constants of every kind are folded and reach the tables with their kind.
//
// RUN: %declorm_clang -Wall -Wextra -Werror %s %S/Inputs/dump.cpp -o %t && %t | FileCheck %s

#include <cstdint>
#include <string>

namespace app {
constexpr const char *table = "pointed";
constexpr char schema[] = {'a', 'r', 'r', 0};
constexpr int length = 7;
enum class Kind { one = 1, minus = -3 };
inline int make() { return 42; }

// CHECK: class app::A
// CHECK-NOT: class app
struct [[using declorm: table(table, schema), polymorphic_identity(Kind::minus),
         check_constraint(R"(a > "\b?)"), index({"a", "b"}), index("ix", {"c"}),
         allow("column-options")]] A {
  [[using declorm: column, primary_key, default_value(make)]] int id;
  // CHECK: {{\[\[}}default_value p:&::app::make:function]]
  [[using declorm: column, length(length * 2)]] std::string text;
  // CHECK: {{\[\[}}length i:14]]
  [[using declorm: column, unset(-1)]] int a;
  // CHECK: {{\[\[}}unset i:-1]]
  [[using declorm: column, unset(INT64_MIN)]] std::int64_t b;
  // CHECK: {{\[\[}}unset i:-9223372036854775808]]
  [[using declorm: column, unset(0.5)]] double c;
  // CHECK: {{\[\[}}unset r:0x1p-1]]
  [[using declorm: column, nullable(!true)]] int d;
  // CHECK: {{\[\[}}nullable f]]
  [[using declorm: column, null_value(nullptr), unset("a\0b")]] std::string e;
  // CHECK: {{\[\[}}null_value n]]
  // CHECK: {{\[\[}}unset s:a:3]]
  [[using declorm: column, unset(Kind::one), polymorphic_on]] Kind f;
  // CHECK: {{\[\[}}unset e:app::Kind::one:1]]
};

template <class T, Kind K> struct [[using declorm: table("t"), polymorphic_identity(K)]] Of {
  [[using declorm: column, primary_key, unset(sizeof(T))]] int id;
  [[using declorm: column, polymorphic_on]] Kind kind;
};
} // namespace app
template struct app::Of<short, app::Kind::one>;

int main() {}
