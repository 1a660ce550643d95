// Objects are destroyed as their destructor would: each member once, the last first.
//
// RUN: %declorm_clang -O0 -Wall -Wextra -Werror %s -o %t && %t | FileCheck %s
// RUN: %declorm_clang -O2 %s -o %t && %t | FileCheck %s
// RUN: %declorm_clang -fsyntax-only -fplugin-arg-declorm-print-registration %s | FileCheck %s --check-prefix=TEXT

#include <declorm/registration.h>

#include <cstdio>
#include <cstring>
#include <string>

struct Part {
  const char *name;
  ~Part() { std::printf("~Part %s\n", name); }
};
class Hidden {
  ~Hidden() { std::printf("~Hidden\n"); }
  friend struct Secretive;
};

struct Plain {
  [[declorm::column]] int id = 1;
};

// TEXT: DeclormT::~DeclormT()
struct [[declorm::table]] Array : Plain {
  [[using declorm: column, primary_key]] int key = 0;
  Part parts[2] = {{"array 0"}, {"array 1"}};
};
// TEXT-NOT: DeclormT::~DeclormT()
// TEXT: destroy_member(static_cast<{{.*}}>(object)->last);
// TEXT-NEXT: destroy_member(static_cast<{{.*}}>(object)->text);
// TEXT-NEXT: destroy_member(static_cast<{{.*}}>(object)->first);
// TEXT-NEXT: {{^}}}
class [[declorm::table]] Members : Plain {
  [[using declorm: column, primary_key]] int key = 0;
  const Part first{"first"};
  [[declorm::column]] std::string text = "longer than what fits into the string itself";
  Part last{"last"};
};
// TEXT: DeclormT::~DeclormT()
struct Whole : Plain {
  Part inherited{"inherited"};
};
struct [[declorm::table]] OfBase : Whole {
  [[using declorm: column, primary_key]] int key = 0;
};
// TEXT: DeclormT::~DeclormT()
struct [[declorm::table]] Own {
  [[using declorm: column, primary_key]] int key = 0;
  Part part{"own"};
  Own() {}
  ~Own() { std::printf("~Own\n"); }
};
// TEXT: DeclormT::~DeclormT()
struct [[declorm::table]] Secretive {
  [[using declorm: column, primary_key]] int key = 0;
  Hidden hidden;
  Secretive() {}
};

using namespace declorm::detail;

// CHECK: Array
// CHECK-NEXT: ~Part array 1
// CHECK-NEXT: ~Part array 0
// CHECK-NEXT: Members
// CHECK-NEXT: ~Part last
// CHECK-NEXT: ~Part first
// CHECK-NEXT: OfBase
// CHECK-NEXT: ~Part inherited
// CHECK-NEXT: Own
// CHECK-NEXT: ~Own
// CHECK-NEXT: ~Part own
// CHECK-NEXT: Secretive
// CHECK-NEXT: ~Hidden
Registration::Registration(const Module &module) noexcept : module_(module) {
  alignas(64) char storage[512];
  for (const char *key :
       {"c:@S@Array", "c:@S@Members", "c:@S@OfBase", "c:@S@Own", "c:@S@Secretive"})
    for (unsigned i = 0; i != module.count; ++i)
      if (const Class &c = *module.classes[i]; std::strcmp(c.key, key) == 0) {
        std::printf("%s\n", key + 5);
        c.destroy(c.construct(storage));
      }
}
Registration::~Registration() { (void)module_; }

int main() {}
