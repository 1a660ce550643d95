// Query::update() of joined classes: columns, filters and versions in the tables of bases too; a
// row that one table refuses is changed in none.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

enum class Level { junior = 1, senior = 2 };
struct Place {
  [[declorm::column]] int x = 0, y = 0;
};
static int forty() { return 40; }

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
  [[using declorm: column, version_id]] int version = 0;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer"),
         check_constraint("language <> 'cobol'")]] Engineer : Person {
  [[declorm::column]] std::string language;
  [[using declorm: column, enum_names]] Level level = Level::junior;
  [[using declorm: column, onupdate(&forty)]] std::optional<int> touched;
  [[declorm::composite]] Place place;
};
struct [[using declorm: mapped, polymorphic_identity("lead")]] Lead : Engineer {
  [[declorm::column]] std::optional<int> reports;
};

int main() {
  const declorm::Engine engine = test::traced_engine();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.emplace<Person>().name = "ann";
  Engineer &bob = session.emplace<Engineer>();
  bob.name = "bob";
  bob.language = "c";
  Lead &eve = session.emplace<Lead>();
  eve.name = "eve";
  eve.language = "c++";
  session.commit();
  const auto show = [&] {
    test::tracing = false;
    for (const Person &person : session.query<Person>().order_by(col<&Person::id>)) {
      std::cout << person.name << ' ' << person.version;
      if (const auto *engineer = session.as<const Engineer>(person))
        std::cout << ' ' << engineer->language << ' ' << int(engineer->level) << ' '
                  << engineer->touched.value_or(0) << ' ' << engineer->place.x << engineer->place.y;
      std::cout << std::endl;
    }
    session.commit();
    test::tracing = true;
  };
  const auto engineers = session.query<Engineer>();
  test::tracing = true;

  std::cout << "-- a column of each table, and the version" << std::endl;
  // CHECK: -- a column of each table, and the version
  // CHECK-NEXT: > SELECT engineers.id FROM people JOIN engineers ON engineers.id = people.id WHERE people.name = ? -- 'bob'
  // CHECK-NEXT: > UPDATE people SET name = people.name || ?, version = people.version + ? WHERE people.id IN (?) -- '!' 1 2
  // CHECK-NEXT: > UPDATE engineers SET language = ?, level = ?, x = ?, y = ?, touched = ? WHERE engineers.id IN (?) -- 'd' 'senior' 3 4 40 2
  // CHECK-NEXT: 1
  std::cout << engineers.filter(col<&Person::name> == "bob")
                   .update(col<&Person::name> = col<&Person::name> + "!",
                           col<&Engineer::language> = "d", col<&Engineer::level> = Level::senior,
                           col<&Engineer::place> = Place{3, 4})
            << std::endl;
  // CHECK-NEXT: ann 1
  // CHECK-NEXT: bob! 2 d 2 40 34
  // CHECK-NEXT: eve 1 c++ 1 0 00
  show();

  std::cout << "-- of the own table alone, but the version" << std::endl;
  // CHECK-NEXT: -- of the own table alone, but the version
  // CHECK-NEXT: > SELECT engineers.id FROM people JOIN engineers ON engineers.id = people.id --{{ ?}}
  // CHECK-NEXT: > UPDATE people SET version = people.version + ? WHERE people.id IN (?, ?) -- 1 {{2 3|3 2}}
  // CHECK-NEXT: > UPDATE engineers SET language = ?, touched = ? WHERE engineers.id IN (?, ?) -- 'c' 40 {{2 3|3 2}}
  // CHECK-NEXT: 2
  std::cout << engineers.update(col<&Engineer::language> = "c") << std::endl;

  std::cout << "-- of a base alone, by a class in the table of another" << std::endl;
  // CHECK-NEXT: -- of a base alone, by a class in the table of another
  // CHECK-NEXT: > SELECT {{.*}} WHERE engineers.language = ? AND people.type IN (?) -- 'c' 'lead'
  // CHECK-NEXT: > UPDATE people SET name = ?, version = people.version + ? WHERE people.id IN (?) -- 'chief' 1 3
  // CHECK-NEXT: 1
  std::cout << session.query<Lead>()
                   .filter(col<&Engineer::language> == "c")
                   .update(col<&Person::name> = "chief")
            << std::endl;
  // CHECK-NEXT: ann 1
  // CHECK-NEXT: bob! 3 c 2 40 34
  // CHECK-NEXT: chief 3 c 1 40 00
  show();

  std::cout << "-- none, one refused" << std::endl;
  // CHECK-NEXT: -- none, one refused
  // CHECK-NEXT: > SELECT {{.*}} -- 'nobody'
  // CHECK-NEXT: 0
  std::cout << engineers.filter(col<&Person::name> == "nobody").update(col<&Person::name> = "x")
            << std::endl;
  test::tracing = false;
  // CHECK-NEXT: IntegrityError: {{.*}}
  test::attempt(
      [&] { engineers.update(col<&Person::name> = "x", col<&Engineer::language> = "cobol"); });
  session.commit();
  // CHECK: ann 1
  // CHECK-NEXT: bob! 3 c 2 40 34
  // CHECK-NEXT: chief 3 c 1 40 00
  show();
  test::tracing = false;

  // A value is made of the table that it is for.
  // CHECK-NEXT: ArgumentError: column 'people.name' is used in a statement that writes table 'engineers' of class 'Engineer', and a statement writes one table; update the class of that table, or the objects of a session
  test::attempt([&] { engineers.update(col<&Engineer::language> = col<&Person::name>); });
}
