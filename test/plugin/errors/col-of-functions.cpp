// RUN: not %declorm_clang -c %s -o %t.o 2>&1 | FileCheck %s
// `col<&T::function>` needs a function that returns the value and takes nothing; a static one needs
// its class.
#include <declorm/declorm.h>

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::synonym("id")]] int number() const { return id; }
  void set_number(int number) { id = number; }
  [[declorm::hybrid("id = 1")]] static bool is_first(const User &user) { return user.id == 1; }
};

void use() {
  // CHECK-DAG: declorm: col<&T::function> takes a function that returns the value and has no parameters; of overloads, static_cast names one
  auto setter = declorm::select(col<&User::set_number>);
  // CHECK-DAG: declorm: a static member function does not say its class; col<&T::function, T> does
  auto classless = declorm::select(col<&User::is_first>);
}
