// S87-S89, S99, S100: table name and hierarchy decide the kind of inheritance; names, identities
// and discriminators made of the class's name in one place, a mixin or the base; no_table,
// root_only, has_inherited_table.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

// Everything in one mixin; the table's name is for the root only.
struct [[using declorm: table_name("{class:lower}"), root_only, polymorphic_on("kind"),
         polymorphic_identity("{class:lower}")]] Conventions {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[declorm::table]] Animal : Conventions {
  [[declorm::column]] std::string name;
};
struct [[declorm::mapped]] Dog : Animal {
  [[declorm::column]] std::optional<std::string> bark{};
};
struct [[declorm::mapped]] Cat : Animal {};
struct [[declorm::table("horses")]] Horse : Animal {
  [[declorm::column]] int hands = 0;
};

// A pattern that holds for subclasses too: those with `table` are joined, others single.
struct [[using declorm: table_name("{class:lower}s"),
         polymorphic_identity("{class:snake}")]] Named {};
struct [[using declorm: table, polymorphic_on("kind")]] Vehicle : Named {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[declorm::table]] FastCar : Vehicle {
  [[declorm::column]] int speed = 0;
};
struct [[declorm::table]] RaceCar : FastCar {
  [[declorm::column]] int number = 0;
};
struct [[declorm::mapped]] Bike : Vehicle {
  [[declorm::column]] std::optional<int> gears{};
};
struct [[using declorm: no_table, mapped]] Cart : Vehicle {
  [[declorm::column]] std::optional<int> wheels{};
};

// On the base, which is mapped itself; its class template gives subclasses their identities.
enum class Shape { none, square, circle };
struct [[using declorm: table("{class:lower}_all"), polymorphic_on("shape"),
         polymorphic_identity(Shape::none)]] Figure {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, enum_names]] Shape shape = Shape::none;
};
template <Shape S> struct [[using declorm: mapped, polymorphic_identity(S)]] Is : Figure {
  [[using declorm: column, use_existing_column]] std::optional<double> size{};
};
using Square = Is<Shape::square>;
using Circle = Is<Shape::circle>;

template <class T> static void show() {
  const declorm::Mapper &mapper = declorm::mapper_of<T>();
  std::cout << mapper.name() << " in " << mapper.table().name() << ':';
  for (const declorm::Attribute &attribute : mapper.attributes())
    std::cout << ' ' << attribute.name();
  std::cout << "; inherits " << (mapper.inherits() ? mapper.inherits()->name() : "-")
            << ", identity " << mapper.polymorphic_identity()->to_string()
            << ", has_inherited_table " << declorm::has_inherited_table<T>() << std::endl;
}

int main() {
  for (const declorm::Table *table : declorm::metadata().sorted_tables()) {
    std::cout << table->name() << ':';
    for (const declorm::Column *column : table->columns())
      std::cout << ' ' << column->name();
    std::cout << std::endl;
  }
  declorm::configure();
  show<Animal>();
  show<Dog>();
  show<Cat>();
  show<Horse>();
  show<Vehicle>();
  show<FastCar>();
  show<RaceCar>();
  show<Bike>();
  show<Cart>();
  show<Figure>();
  show<Square>();

  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.add(Dog()).bark = "woof";
  session.add(Cat());
  session.add(Horse()).hands = 16;
  session.add(RaceCar()).number = 44;
  session.add(Bike()).gears = 3;
  session.add(Cart());
  session.add(Vehicle());
  session.add(Square()).size = 2;
  session.add(Circle()).size = 3;
  session.add(Figure());
  session.commit();
  session.expunge_all();
  test::tracing = false;
  for (Animal &animal : session.query<Animal>().order_by(col<&Animal::id>))
    std::cout << animal.kind << ' ' << (session.as<Horse>(animal) != nullptr) << std::endl;
  for (Vehicle &vehicle : session.query<Vehicle>().order_by(col<&Vehicle::id>))
    std::cout << vehicle.kind << ' ' << (session.as<FastCar>(vehicle) != nullptr) << std::endl;
  for (Figure &figure : session.query<Figure>().order_by(col<&Figure::id>))
    std::cout << int(figure.shape) << ' '
              << (session.as<Circle>(figure) ? *session.as<Circle>(figure)->size : 0) << std::endl;
}

// The output:
// CHECK: animal: id kind name bark
// CHECK-NEXT: vehicles: id kind gears wheels
// CHECK-NEXT: fastcars: id speed
// CHECK-NEXT: figure_all: id shape size
// CHECK-NEXT: horses: id hands
// CHECK-NEXT: racecars: id number
// CHECK-NEXT: Animal in animal: id kind name; inherits -, identity 'animal', has_inherited_table 0
// CHECK-NEXT: Dog in animal: id kind name bark; inherits Animal, identity 'dog', has_inherited_table 1
// CHECK-NEXT: Cat in animal: id kind name; inherits Animal, identity 'cat', has_inherited_table 1
// CHECK-NEXT: Horse in horses: id kind name hands; inherits Animal, identity 'horse', has_inherited_table 1
// CHECK-NEXT: Vehicle in vehicles: id kind; inherits -, identity 'vehicle', has_inherited_table 0
// CHECK-NEXT: FastCar in fastcars: id kind speed; inherits Vehicle, identity 'fast_car', has_inherited_table 1
// CHECK-NEXT: RaceCar in racecars: id kind speed number; inherits FastCar, identity 'race_car', has_inherited_table 1
// CHECK-NEXT: Bike in vehicles: id kind gears; inherits Vehicle, identity 'bike', has_inherited_table 1
// CHECK-NEXT: Cart in vehicles: id kind wheels; inherits Vehicle, identity 'cart', has_inherited_table 1
// CHECK-NEXT: Figure in figure_all: id shape; inherits -, identity 'none', has_inherited_table 0
// CHECK-NEXT: Is<Shape::square> in figure_all: id shape size; inherits Figure, identity 'square', has_inherited_table 1
// CHECK-NEXT: > INSERT INTO animal (kind, name, bark) VALUES (?, ?, ?) -- 'dog' '' 'woof'
// CHECK-NEXT: > INSERT INTO animal (kind, name) VALUES (?, ?) -- 'cat' ''
// CHECK-NEXT: > INSERT INTO animal (kind, name) VALUES (?, ?) -- 'horse' ''
// CHECK-NEXT: > INSERT INTO vehicles (kind) VALUES (?) -- 'race_car'
// CHECK-NEXT: > INSERT INTO vehicles (kind, gears) VALUES (?, ?) -- 'bike' 3
// CHECK-NEXT: > INSERT INTO vehicles (kind, wheels) VALUES (?, ?) -- 'cart' NULL
// CHECK-NEXT: > INSERT INTO vehicles (kind) VALUES (?) -- 'vehicle'
// CHECK-NEXT: > INSERT INTO fastcars (id, speed) VALUES (?, ?) -- 1 0
// CHECK-NEXT: > INSERT INTO figure_all (shape, size) VALUES (?, ?) -- 'square' 2.0
// CHECK-NEXT: > INSERT INTO figure_all (shape, size) VALUES (?, ?) -- 'circle' 3.0
// CHECK-NEXT: > INSERT INTO figure_all (shape) VALUES (?) -- 'none'
// CHECK-NEXT: > INSERT INTO horses (id, hands) VALUES (?, ?) -- 3 16
// CHECK-NEXT: > INSERT INTO racecars (id, number) VALUES (?, ?) -- 1 44
// CHECK-NEXT: dog 0
// CHECK-NEXT: cat 0
// CHECK-NEXT: horse 1
// CHECK-NEXT: race_car 1
// CHECK-NEXT: bike 0
// CHECK-NEXT: cart 0
// CHECK-NEXT: vehicle 0
// CHECK-NEXT: 1 0
// CHECK-NEXT: 2 3
// CHECK-NEXT: 0 0
// CHECK-NOT: {{.}}
