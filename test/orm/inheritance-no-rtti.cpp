// Without RTTI objects are loaded as their real classes all the same, and as<>() finds them; a
// shared pointer to a base is taken for an object of the base.
// RUN: %declorm_clang -fno-rtti %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

struct [[using declorm: table("shapes"), polymorphic_on("kind")]] Shape {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string kind;
  virtual double area() const = 0;
  virtual ~Shape() = default;
};
struct [[using declorm: mapped, polymorphic_identity("square")]] Square : Shape {
  [[declorm::column]] double side = 0;
  double area() const override { return side * side; }
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  auto square = std::make_shared<Square>();
  square->side = 3;
  try {
    session.add(std::shared_ptr<Shape>(square));
  } catch (const declorm::InvalidRequestError &error) {
    // CHECK: class 'Shape' ({{.*}}inheritance-no-rtti.cpp:8) has no polymorphic_identity, so no row can be one of its objects; give it one, or add objects of a class below it
    std::cout << error.what() << std::endl;
  }
  session.add(square);
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: 9 1
  for (Shape &shape : session.query<Shape>())
    std::cout << shape.area() << ' ' << session.as<Square>(shape)->id << std::endl;
}
