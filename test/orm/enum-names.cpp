// enum_names: a name in the database that is no enumerator's is an error wherever it is read, and
// so is a member's value without a name where it is written.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

enum class Colour { red = 1, green = 2 };
struct [[declorm::table("paints")]] Paint {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, enum_names]] Colour colour = Colour::red;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  session.execute("INSERT INTO paints VALUES (1, 'blue'), (2, 'green')");
  // CHECK: DataError: {{.*}}'blue'{{.*}}red, green{{.*}}id = 1{{.*}}
  test::attempt([&] { session.query<Paint>().all(); });
  // CHECK-NEXT: DataError: {{.*}}'blue'{{.*}}red, green{{.*}}
  test::attempt([&] { session.execute(declorm::select(col<&Paint::colour>)).all(); });
  // CHECK-NEXT: DataError: {{.*}}'blue'{{.*}}red, green{{.*}}id = 1{{.*}}
  test::attempt([&] { session.get<Paint>(1); });
  // CHECK-NEXT: 2
  std::cout << int(session.get<Paint>(2)->colour) << std::endl;
  // CHECK-NEXT: DataError: {{.*}} is 7, which is no enumerator; {{.*}}
  test::attempt([&] {
    session.add(Paint{.colour = Colour(7)});
    session.flush();
  });
}
