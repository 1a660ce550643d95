// What annotations do with classes whose rows are whole in tables of their own.
#include "effects.h"

struct [[using declorm: table("employees"), /*class!*/ concrete_base,
         polymorphic_identity("employee")]] Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<int> desk, phone;
};
struct [[using declorm: table("managers"), concrete, /*class*/ exclude_properties("desk"),
         polymorphic_identity("manager")]] Manager : Employee {};
struct [[using declorm: table("chiefs"), concrete, /*class*/ include_properties("id"),
         polymorphic_identity("chief")]] Chief : Employee {};
struct [[using declorm: /*class!*/ abstract_concrete_base,
         /*class*/ concrete_discriminator("is")]] Vehicle {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: table("cars"), polymorphic_identity("car")]] Car : Vehicle {};
struct [[using declorm: table("carts"), polymorphic_identity("cart")]] Cart : Vehicle {};

struct [[using declorm: table("roots")]] Root {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int n = 0;
};
struct [[using declorm: table("separate"), /*class*/ concrete]] Separate : Root {};

int main() {
  const declorm::Engine engine = test::create_traced();
  declorm::Session session(engine);
  session.query<Employee>().all();
  session.query<Vehicle>().all();
  session.emplace<Separate>();
  session.commit();
}

// CHECK: > CREATE TABLE chiefs ( id INTEGER NOT NULL, PRIMARY KEY (id) ) --
// CHECK: > CREATE TABLE managers ( id INTEGER NOT NULL, phone INTEGER, PRIMARY KEY (id) ) --
// CHECK: > SELECT {{.*}} FROM (SELECT employees.id, employees.desk, employees.phone, 'employee' AS type FROM employees UNION ALL {{.*}}) AS pjoin --
// CHECK-NEXT: > SELECT pjoin_2.id, pjoin_2."is" FROM (SELECT cars.id, 'car' AS "is" FROM cars UNION ALL SELECT carts.id, 'cart' AS "is" FROM carts) AS pjoin_2 --
// CHECK-NEXT: > INSERT INTO separate (n) VALUES (?) -- 0
