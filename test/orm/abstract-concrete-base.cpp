// S67, S68, S71, S104: a base without a table (abstract_concrete_base) is read from the union of
// the tables of the classes below it. Integers as identities, keys of several columns, expressions
// and composites in a union, virtual functions, bases below each other.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[using declorm: abstract_concrete_base]] Employee {
  [[using declorm: column, length(50)]] std::string name;
  [[declorm::column_property("func.upper(name)")]] std::string shout{};
  virtual ~Employee() = default;
  virtual std::string describe() const { return name; }
};
struct [[using declorm: table("manager"), concrete, polymorphic_identity("manager")]] Manager
    : Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string manager_data;
  [[declorm::column_property("name || ' ' || manager_data")]] std::string title{};
  std::string describe() const override { return shout + " manages: " + title; }
};
struct [[using declorm: table("engineer"), concrete, polymorphic_identity("engineer")]] Engineer
    : Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string engineer_info;
  std::string describe() const override { return shout + " " + engineer_info; }
};

// Another union: its name differs, so that both may stand in one statement.
enum class Wheels : std::uint8_t { two = 2, four = 4, many = 18 };
struct [[using declorm: abstract_concrete_base, concrete_discriminator("wheels")]] Vehicle {
  [[using declorm: column, primary_key]] std::int64_t owner = 0;
  [[using declorm: column, primary_key]] int number = 0;
};
struct [[using declorm: table("bikes"), polymorphic_identity(Wheels::two)]] Bike : Vehicle {
  [[declorm::column]] bool bell = true;
};
struct [[using declorm: abstract_concrete_base]] Motor : Vehicle {
  [[declorm::column]] double power = 0;
};
struct [[using declorm: table("cars"), polymorphic_identity(Wheels::four)]] Car : Motor {};
struct [[using declorm: table("trucks"), polymorphic_identity(Wheels::many)]] Truck : Motor {
  [[declorm::column]] double load = 0;
};
struct [[declorm::abstract_concrete_base]] Nothing {
  [[using declorm: column, primary_key]] int id = 0;
};

void employees(declorm::Session &session) {
  // CHECK: > INSERT INTO engineer (name, engineer_info) VALUES (?, ?) -- 'kurt' 'hacks'
  // CHECK-NEXT: > INSERT INTO manager (name, manager_data) VALUES (?, ?) -- 'tom' 'data'
  auto tom = std::make_shared<Manager>();
  tom->name = "tom";
  tom->manager_data = "data";
  session.add(std::shared_ptr<Employee>(tom)); // its real class is seen
  Engineer kurt;
  kurt.name = "kurt";
  kurt.engineer_info = "hacks";
  session.add(std::move(kurt));
  session.commit();
  session.expunge_all();

  // CHECK-NEXT: > SELECT pjoin.name, upper(pjoin.name) AS shout, pjoin.type, pjoin.id, pjoin.manager_data, pjoin.name || ' ' || pjoin.manager_data AS title, pjoin.engineer_info FROM (SELECT manager.name, manager.id, manager.manager_data, CAST(NULL AS VARCHAR(40)) AS engineer_info, 'manager' AS type FROM manager UNION ALL SELECT engineer.name, engineer.id, CAST(NULL AS VARCHAR(40)) AS manager_data, engineer.engineer_info, 'engineer' AS type FROM engineer) AS pjoin ORDER BY pjoin.name --
  // CHECK-NEXT: KURT hacks
  // CHECK-NEXT: TOM manages: tom data
  for (Employee &employee : session.query<Employee>().order_by(col<&Employee::name>))
    std::cout << employee.describe() << std::endl;
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.name = ? AND upper(pjoin.name) = ? AND pjoin.name || ' ' || pjoin.manager_data LIKE ? LIMIT ? -- 'tom' 'TOM' 'tom%' 2
  // CHECK-NEXT: TOM manages: tom data
  std::cout << session.query<Employee>()
                   .filter(col<&Employee::name> == "tom" && col<&Employee::shout> == "TOM" &&
                           col<&Manager::title>.like("tom%"))
                   .one()
                   .describe()
            << std::endl;
  // Each table counts its own keys.
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.id = ? -- 1
  // CHECK-NEXT: MultipleResultsFound: get(): 2 tables that class 'Employee' ({{.*}}:9) is read from have a row with key (1): 'manager', 'engineer'; get() the object as the class of one of them
  test::attempt([&] { session.get<Employee>(1); });
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.name = ? LIMIT ? -- 'kurt' 2
  // CHECK-NEXT: > DELETE FROM engineer WHERE engineer.id = ? -- 1
  session.delete_(session.query<Employee>().filter(col<&Employee::name> == "kurt").one());
  session.flush();
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.id = ? -- 1
  // CHECK-NEXT: TOM manages: tom data
  std::cout << session.get<Employee>(1)->describe() << std::endl;
  // CHECK-NEXT: ArgumentError: the key of class 'Employee' ({{.*}}:9) is (id): 1 values, not 2
  test::attempt([&] { session.get<Employee>(1, 2); });

  // CHECK-NEXT: InvalidRequestError: class 'Employee' ({{.*}}:9) has no table of its own: it is read from the union 'pjoin'; its rows are added, changed and deleted as objects of the classes below it
  test::attempt([&] { session.add(Employee()); });
  // CHECK-NEXT: ArgumentError: class 'Employee' has no table of its own, it is read from the union 'pjoin'; insert, update and delete_ take the classes below it
  test::attempt([&] { session.execute(declorm::delete_<Employee>()); });
  // CHECK-NEXT: UnmappedClassError: class 'Nothing' is an abstract_concrete_base, and no class with a table that derives from it is in this program; there is nothing to read
  test::attempt([&] { session.query<Nothing>().all(); });
}

void vehicles(declorm::Session &session) {
  session.add(Bike{{.owner = 1, .number = 1}, false});
  session.add(Car{{{.owner = 1, .number = 2}, 90}});
  session.add(Truck{{{.owner = 2, .number = 1}, 300}, 7.5});
  session.flush();
  session.expunge_all();
  // CHECK: > SELECT pjoin_3.owner, pjoin_3.number, pjoin_3.wheels, pjoin_3.bell, pjoin_3.power, pjoin_3.load FROM (SELECT bikes.owner, bikes.number, bikes.bell, CAST(NULL AS DOUBLE) AS power, CAST(NULL AS DOUBLE) AS load, 2 AS wheels FROM bikes UNION ALL SELECT cars.owner, cars.number, CAST(NULL AS BOOLEAN) AS bell, cars.power, CAST(NULL AS DOUBLE) AS load, 4 AS wheels FROM cars UNION ALL SELECT trucks.owner, trucks.number, CAST(NULL AS BOOLEAN) AS bell, trucks.power, trucks.load, 18 AS wheels FROM trucks) AS pjoin_3 WHERE pjoin_3.owner = ? AND pjoin_3.number = ? -- 2 1
  Vehicle *vehicle = session.get<Vehicle>(2, 1);
  // CHECK-NEXT: 300 7.5 0
  std::cout << session.as<Motor>(*vehicle)->power << ' ' << session.as<Truck>(*vehicle)->load << ' '
            << (session.as<Car>(*vehicle) != nullptr) << std::endl;
  // CHECK-NEXT: > SELECT {{.*}} FROM (SELECT cars.{{.*}} UNION ALL SELECT trucks.{{.*}} FROM trucks) AS pjoin_2 WHERE pjoin_2.power > ? -- 50
  // CHECK-NEXT: 2
  std::cout << session.query<Motor>().filter(col<&Motor::power> > 50).all().size() << std::endl;
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin_3 JOIN (SELECT {{.*}}) AS pjoin ON pjoin_3.owner = pjoin.id WHERE pjoin.name = ? -- 'tom'
  // CHECK-NEXT: 2
  std::cout << session.query<Vehicle>()
                   .join<Employee>(col<&Vehicle::owner> ==
                                   declorm::table_of<Employee>().column("id"))
                   .filter(col<&Employee::name> == "tom")
                   .all()
                   .size()
            << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  employees(session);
  vehicles(session);
}
