// RUN: %declorm_clang -fsyntax-only -fplugin-arg-declorm-print-ddl=sqlite %s | FileCheck %s
// A composite's value class that has inherited columns only.
struct Coordinates {
  [[declorm::column]] double x = 0;
  [[declorm::column]] double y = 0;
};
struct Point : Coordinates {};
struct [[declorm::table("places")]] Place {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::composite("at_")]] Point at;
  [[declorm::column_property("at.x * at.x + Place.at.y")]] double square = 0;
};
// CHECK: CREATE TABLE places (
// CHECK: at_x
// CHECK: at_y
