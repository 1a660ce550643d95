// clang-format off: the comments are checked line by line.
// What a class with private members registers, whatever the options; without any declorm header.
//
// RUN: %declorm_clang -Wall -Wextra -Werror -O0 %s %S/Inputs/dump.cpp -o %t && %t | FileCheck %s
// RUN: %declorm_clang -Wall -Wextra -Werror -O2 -g %s %S/Inputs/dump.cpp -o %t && %t | FileCheck %s
// RUN: %declorm_clang -Wall -Wextra -Werror -fno-rtti -fno-exceptions %s %S/Inputs/dump.cpp -o %t
// RUN: %t | FileCheck %s
// RUN: %declorm_clang -Weverything -Wno-c++98-compat -Wno-padded -Wno-exit-time-destructors \
// RUN:   -Wno-unknown-warning-option -Werror -fsyntax-only %s
// RUN: %declorm_clang -DHEADER -Wall -Wextra -Werror %s %S/Inputs/dump.cpp -o %t && %t | FileCheck %s

#ifdef HEADER
#include <declorm/registration.h>
#endif
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app {

// CHECK: module version 7 classes 2
// CHECK-NEXT: class app::User size {{[0-9]+}} flags 0{{$}}
// CHECK-NEXT:   {{\[\[}}table]] 2
// CHECK-NEXT:   {{\[\[}}index]] 4
class Address;
class [[using declorm: table("users", "main"), index("ix", {"name", "email"})]] User {
  // CHECK-NEXT: id at 0 type 5 container 0 flags 0
  // CHECK-NEXT:   {{\[\[}}column]]
  // CHECK-NEXT:   {{\[\[}}primary_key]]
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  // CHECK-NEXT: name at 8 type 12 container 0 flags 0
  // CHECK-NEXT:   {{\[\[}}column]]
  // CHECK-NEXT:   {{\[\[}}length i:50]]
  [[using declorm: column, length(5 * 10)]] std::string name;
  // CHECK-NEXT: email_ at 40 type 12 container 0 flags 1
  // CHECK-NEXT:   {{\[\[}}column s:email:5]]
  [[declorm::column("em" "ail")]] std::optional<std::string> email_;
  // CHECK-NEXT: addresses at 80 type 32 container 1 flags 0
  // CHECK-NEXT:   {{\[\[}}relationship]]
  [[declorm::relationship]] std::vector<Address *> addresses;
};

// CHECK-NEXT: class app::Address size 16 flags 16
// CHECK-NEXT:   {{\[\[}}table]] 0
class [[declorm::table]] Address {
public:
  [[using declorm: column, primary_key]] int id;
  [[using declorm: column, foreign_key("main.users.id")]] int user_id;
  // Not annotated: a backref may name it.
  // CHECK: user at 8 type 32 container 0 flags 0
  // CHECK-NOT: {{\[\[}}
  User *user;
};

} // namespace app

int main() {}
