// The program's macros, pragmas and names do not reach the registration text.
//
// RUN: %declorm_clang -Wall -Wextra -Werror -std=gnu++20 %s %S/Inputs/dump.cpp -o %t && %t | FileCheck %s

struct value {
  int a;
};
namespace detail {
struct Class {};
} // namespace detail
template <class T> struct DeclormPage {
  [[declorm::column]] int mixed;
};

// CHECK: class Account size 24
struct [[declorm::table]] Account : DeclormPage<detail::Class> {
  [[using declorm: column, primary_key]] int id;
  [[declorm::column]] unsigned object : 3;
  value *owner;
};
namespace object {
struct [[declorm::table]] V {
  [[using declorm: column, primary_key]] int id;
};
} // namespace object

#define name 1
#define text )
#define kind
#define Class Klass
#define Module "x"
#define constexpr
#define struct class
#define visibility 3
#define private public
#pragma pack(1)

int main() {}
