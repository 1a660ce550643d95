// Classes that no mapper knows: the error says which case it is.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

namespace app {
struct NotAnnotated {
  int id = 0;
};
struct [[declorm::abstract]] Base {
  [[using declorm: column, primary_key]] int id = 0;
};
struct Mixin {
  [[declorm::column]] int size = 0;
};
struct [[declorm::table("things")]] Thing : Base, Mixin {};
} // namespace app

int main() {
  // CHECK: UnmappedClassError: class 'app::NotAnnotated' was never registered: it bears no declorm annotation, or the source that defines it was not compiled with the declorm plugin (-fplugin=declorm), or that object file is not linked into this program
  test::attempt([] { declorm::mapper_of<app::NotAnnotated>(); });
  const declorm::Engine engine = test::open_database();
  declorm::Session session(engine);
  // CHECK-NEXT: UnmappedClassError: class 'app::NotAnnotated' was never registered: {{.*}}
  test::attempt([&] { session.add(app::NotAnnotated()); });
  // CHECK-NEXT: UnmappedClassError: class 'app::NotAnnotated' was never registered: {{.*}}
  test::attempt([&] { session.get<app::NotAnnotated>(1); });
  // CHECK-NEXT: UnmappedClassError: class 'app::Base' is registered, but mapped to no table; annotate it with {{\[\[}}declorm::table("name")]], or with {{\[\[}}declorm::mapped]] if its rows stand in the table of a base
  test::attempt([] { declorm::table_of<app::Base>(); });
  // CHECK-NEXT: UnmappedClassError: class 'app::Mixin' is registered, but mapped to no table; annotate it with {{\[\[}}declorm::table("name")]], or with {{\[\[}}declorm::mapped]] if its rows stand in the table of a base
  test::attempt([&] { session.query<app::Mixin>().all(); });
  // The class that uses them is mapped.
  // CHECK-NEXT: things
  std::cout << declorm::table_of<app::Thing>().name() << std::endl;
}
