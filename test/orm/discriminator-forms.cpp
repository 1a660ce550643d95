// The column that tells classes apart may hold its values in another form than the member has: it
// is read as the member reads it.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include <declorm/declorm.h>

#include <iostream>

struct [[using declorm: table("shapes"), polymorphic_on("kind"), polymorphic_identity(0)]] Shape {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, sql_type("REAL")]] int kind = 0; // all numbers have a fraction there
  virtual ~Shape() = default;
};
struct [[using declorm: mapped, polymorphic_identity(12)]] Circle : Shape {};

int main() {
  auto engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.add(Circle());
  session.add(Shape());
  session.commit();
  session.expunge_all();
  // CHECK: 12.0: a circle
  // CHECK-NEXT: 0.0: a shape
  for (const Shape *shape : session.query<Shape>().order_by(declorm::col<&Shape::id>).all()) {
    std::cout << session.connection()
                     .execute("SELECT kind FROM shapes WHERE id = ?", {shape->id})
                     .scalar()
                     .to_string()
              << (dynamic_cast<const Circle *>(shape) ? ": a circle\n" : ": a shape\n");
  }
}
