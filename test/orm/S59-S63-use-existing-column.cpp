// S59-S63: a column that siblings share, declared in the classes themselves or in a mixin: one
// column in the table, which both write and read; parent and other siblings do not have it. Types
// that differ by a typedef only are the same.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
};
using Number = long;
struct HasStart {
  [[using declorm: column("started"), use_existing_column]] std::optional<Number> start{};
};
struct [[using declorm: mapped, polymorphic_identity("engineer")]] Engineer : Person, HasStart {
  [[using declorm: column, use_existing_column]] std::optional<std::int64_t> level{};
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : HasStart, Person {
  [[using declorm: column, use_existing_column]] std::optional<Number> level{};
  [[using declorm: column("golf"), use_existing_column, length(9)]] std::string swing;
};
struct [[using declorm: mapped, polymorphic_identity("boss")]] Boss : Manager {};
struct [[using declorm: mapped, polymorphic_identity("clerk")]] Clerk : Person {
  [[using declorm: column("golf"), use_existing_column, length(9)]] std::string play;
};

template <class T> static void show_attributes() {
  std::cout << declorm::mapper_of<T>().name() << ':';
  for (const declorm::Attribute &attribute : declorm::mapper_of<T>().attributes())
    std::cout << ' ' << attribute.name() << '=' << attribute.columns().front()->name();
  std::cout << std::endl;
}

int main() {
  std::cout << declorm::create_sql(declorm::table_of<Person>(), declorm::dialect("sqlite"))
            << std::endl;
  show_attributes<Person>();
  show_attributes<Engineer>();
  show_attributes<Manager>();
  show_attributes<Boss>();
  show_attributes<Clerk>();

  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.add(Engineer()).level = 1;
  Manager &manager = session.add(Manager());
  manager.level = 2;
  manager.start = 1999;
  session.add(Boss()).swing = "fore!";
  session.add(Clerk()).play = "birdie";
  session.add(Person());
  session.commit();
  session.expunge_all();

  const auto show = [&](Person &person) {
    std::cout << person.id << ' ' << person.type;
    if (const Engineer *engineer = session.as<Engineer>(person))
      std::cout << ' ' << engineer->level.value_or(0) << ' ' << engineer->start.value_or(0);
    if (const Manager *boss = session.as<Manager>(person))
      std::cout << ' ' << boss->level.value_or(0) << ' ' << boss->start.value_or(0) << ' '
                << boss->swing;
    if (const Clerk *clerk = session.as<Clerk>(person))
      std::cout << ' ' << clerk->play;
    std::cout << std::endl;
  };
  for (Person &person : session.query<Person>().order_by(col<&Person::id>))
    show(person);
  // One column: a filter on one class's member finds the sibling too.
  for (Person &person : session.query<Person>().filter(col<&Engineer::level> > 0))
    show(person);
  for (Manager &each :
       session.query<Manager>().filter(col<&Manager::level> == 2 && col<&Manager::start> == 1999))
    show(each);
  session.get<Engineer>(1)->start = 2001;
  session.get<Boss>(3)->level = 9;
  session.commit();
  for (Person &person : session.query<Person>().filter(col<&HasStart::start, Engineer> > 2000))
    show(person);
}

// The output:
// CHECK: CREATE TABLE people (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	type VARCHAR NOT NULL,
// CHECK-NEXT: 	started INTEGER,
// CHECK-NEXT: 	level INTEGER,
// CHECK-NEXT: 	golf VARCHAR(9),
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: Person: id=id type=type
// CHECK-NEXT: Engineer: id=id type=type start=started level=level
// CHECK-NEXT: Manager: id=id type=type start=started level=level swing=golf
// CHECK-NEXT: Boss: id=id type=type start=started level=level swing=golf
// CHECK-NEXT: Clerk: id=id type=type play=golf
// CHECK-NEXT: > INSERT INTO people (type, started, level) VALUES (?, ?, ?) -- 'engineer' NULL 1
// CHECK-NEXT: > INSERT INTO people (type, started, level, golf) VALUES (?, ?, ?, ?) -- 'manager' 1999 2 ''
// CHECK-NEXT: > INSERT INTO people (type, started, level, golf) VALUES (?, ?, ?, ?) -- 'boss' NULL NULL 'fore!'
// CHECK-NEXT: > INSERT INTO people (type, golf) VALUES (?, ?) -- 'clerk' 'birdie'
// CHECK-NEXT: > INSERT INTO people (type) VALUES (?) -- 'person'
// CHECK-NEXT: > SELECT people.id, people.type, people.started, people.level, people.golf FROM people ORDER BY people.id --
// CHECK-NEXT: 1 engineer 1 0
// CHECK-NEXT: 2 manager 2 1999
// CHECK-NEXT: 3 boss 0 0 fore!
// CHECK-NEXT: 4 clerk birdie
// CHECK-NEXT: 5 person
// CHECK-NEXT: > SELECT people.id, people.type, people.started, people.level, people.golf FROM people WHERE people.level > ? -- 0
// CHECK-NEXT: 1 engineer 1 0
// CHECK-NEXT: 2 manager 2 1999
// CHECK-NEXT: > SELECT people.id, people.type, people.started, people.level, people.golf FROM people WHERE people.level = ? AND people.started = ? AND people.type IN (?, ?) -- 2 1999 'manager' 'boss'
// CHECK-NEXT: 2 manager 2 1999
// CHECK-NEXT: > UPDATE people SET started = ? WHERE people.id = ? -- 2001 1
// CHECK-NEXT: > UPDATE people SET level = ? WHERE people.id = ? -- 9 3
// CHECK-NEXT: > SELECT people.id, people.type, people.started, people.level, people.golf FROM people WHERE people.started > ? -- 2000
// CHECK-NEXT: 1 engineer 1 2001
// CHECK-NOT: {{.}}
