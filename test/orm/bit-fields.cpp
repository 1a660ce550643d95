// Bit-fields whose values stand for others: null_value and enum_names, and what does not fit.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

enum class Colour : unsigned { red, green };
struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, null_value(0)]] unsigned number : 3 = 0;
  [[using declorm: column, enum_names]] Colour colour : 2 = Colour::red;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Thing &thing = session.emplace<Thing>();
  thing.colour = Colour::green;
  // CHECK: > INSERT INTO things (number, colour) VALUES (?, ?) -- NULL 'green'
  session.commit();
  session.expunge_all();
  test::tracing = false;
  const Thing &again = *session.get<Thing>(1);
  // CHECK-NEXT: 0 1
  std::cout << again.number << ' ' << int(again.colour) << std::endl;
  session.execute("UPDATE things SET number = 9");
  session.expunge_all();
  // CHECK-NEXT: DataError: column things.number holds 9, which does not fit the bits of Thing.number; it is the row with id = 1
  test::attempt([&] { session.get<Thing>(1); });
}
