// S16: hierarchies by calls: joined, single table, concrete, below an annotated class.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Person {
  std::int64_t id = 0;
  std::string name, kind;
};
struct Engineer : Person {
  std::string language;
};
struct Manager : Person {
  std::optional<int> reports;
};
struct Alone : Person {
  std::optional<int> floor;
};
enum class Shape { circle = 1, square = 2 };
struct [[using declorm: table("shapes"), polymorphic_on("shape"), polymorphic_identity(1)]] Circle {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int shape = 0;
};
struct Square : Circle {
  double side = 0;
};

int main() {
  MetaData &metadata = declorm::metadata();
  Table &people = metadata.add_table("people", Column("id", Integer, primary_key),
                                     Column("name", String, not_null), Column("type", String),
                                     Column("reports", Integer));
  Table &engineers = metadata.add_table(
      "engineers", Column("person", Integer, primary_key, ForeignKey("people.id")),
      Column("language", String));
  Table &alone =
      metadata.add_table("alone", Column("id", Integer, primary_key), Column("name", String),
                         Column("kind", String), Column("floor", Integer));
  Table &squares =
      metadata.add_table("squares", Column("id", Integer, primary_key, ForeignKey("shapes.id")),
                         Column("side", Double));
  registry().map_imperatively<Person>(people, field<&Person::id>("id"),
                                      field<&Person::name>("name"), field<&Person::kind>("type"),
                                      polymorphic_on("kind"), polymorphic_identity("person"));
  registry().map_imperatively<Engineer>(engineers, inherits<Person>(),
                                        polymorphic_identity("engineer"),
                                        field<&Engineer::language>("language"));
  registry().map_imperatively<Manager>(people, inherits<Person>(), polymorphic_identity("manager"),
                                       field<&Manager::reports>("reports"));
  registry().map_imperatively<Alone>(alone, inherits<Person>(), concrete, field<&Alone::id>("id"),
                                     field<&Alone::name>("name"), field<&Alone::kind>("kind"),
                                     field<&Alone::floor>("floor"));
  registry().map_imperatively<Square>(squares, inherits<Circle>(),
                                      polymorphic_identity(Shape::square),
                                      field<&Square::side>("side"));
  Engine engine = test::traced_engine();
  metadata.create_all(engine);
  test::tracing = true;

  // CHECK: > INSERT INTO shapes (shape) VALUES (?) -- 2
  // CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'ada' 'engineer'
  // CHECK-NEXT: > INSERT INTO people (name, type, reports) VALUES (?, ?, ?) -- 'max' 'manager' 3
  // CHECK-NEXT: > INSERT INTO engineers (person, language) VALUES (?, ?) -- 1 'c++'
  // CHECK-NEXT: > INSERT INTO alone (name, kind, floor) VALUES (?, ?, ?) -- 'eve' '' 7
  // CHECK-NEXT: > INSERT INTO squares (id, side) VALUES (?, ?) -- 1 1.5
  Session session(engine);
  Engineer &ada = session.emplace<Engineer>();
  ada.name = "ada";
  ada.language = "c++";
  Manager &max = session.emplace<Manager>();
  max.name = "max";
  max.reports = 3;
  Alone &eve = session.emplace<Alone>();
  eve.name = "eve";
  eve.floor = 7;
  session.emplace<Square>().side = 1.5;
  session.commit();
  session.expunge_all();
  test::tracing = false;

  // CHECK: ada engineer c++
  // CHECK-NEXT: max manager 3
  for (Person &person : session.query<Person>().order_by(col<&Person::id>)) {
    std::cout << person.name << ' ' << person.kind;
    if (const Engineer *engineer = session.as<Engineer>(person))
      std::cout << ' ' << engineer->language << std::endl;
    if (const Manager *manager = session.as<Manager>(person))
      std::cout << ' ' << *manager->reports << std::endl;
  }
  // CHECK-NEXT: eve 7
  const Alone &found = session.query<Alone>().filter(col<&Person::name, Alone> == "eve").one();
  std::cout << found.name << ' ' << *found.floor << std::endl;
  // CHECK-NEXT: 1.5
  for (Circle &circle : session.query<Circle>())
    std::cout << session.as<Square>(circle)->side << std::endl;
}
