// Single-table inheritance: S51, S54-S58, S71: subclasses' columns in the parent's table, whole
// objects of their real classes, restricted queries, three levels.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::select;

struct [[using declorm: table("people"), polymorphic_on("discriminator"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(50)]] std::optional<std::string> name{};
  [[using declorm: column("type"), length(50)]] std::string discriminator{};
};
struct [[using declorm: mapped, polymorphic_identity("engineer")]] Engineer : Person {
  [[using declorm: column, length(50)]] std::optional<std::string> primary_language{};
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::string golf_swing;
  [[using declorm: column, null_value(-1)]] int handicap = -1;
};
struct [[using declorm: mapped, polymorphic_identity("junior")]] JuniorEngineer : Engineer {
  [[declorm::column]] std::optional<std::string> nerf_gun{};
};
struct [[using declorm: mapped, polymorphic_abstract]] Contractor : Person {
  [[declorm::column]] std::optional<int> rate{};
};
struct [[using declorm: mapped, polymorphic_identity("cleaner")]] Cleaner : Contractor {};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

template <class T> static void show_attributes() {
  const declorm::Mapper &mapper = declorm::mapper_of<T>();
  std::cout << mapper.name() << " in " << mapper.table().name() << ':';
  for (const declorm::Attribute &attribute : mapper.attributes())
    std::cout << ' ' << attribute.name();
  std::cout << "; inherits " << (mapper.inherits() ? mapper.inherits()->name() : "-")
            << ", identity "
            << (mapper.polymorphic_identity() ? mapper.polymorphic_identity()->to_string() : "-")
            << ", has_inherited_table " << declorm::has_inherited_table<T>() << std::endl;
}

template <class T> static T named(const char *name) {
  T object;
  object.name = name;
  return object;
}

static void show(declorm::Session &session, Person &person) {
  std::cout << person.id << ' ' << person.name.value_or("-") << ' ' << person.discriminator;
  if (const Engineer *engineer = session.as<Engineer>(person))
    std::cout << " speaks " << engineer->primary_language.value_or("-");
  if (const JuniorEngineer *junior = session.as<JuniorEngineer>(person))
    std::cout << " shoots " << junior->nerf_gun.value_or("-");
  if (const Manager *manager = session.as<Manager>(person))
    std::cout << " swings " << manager->golf_swing << ' ' << manager->handicap;
  if (const Contractor *contractor = session.as<Contractor>(person))
    std::cout << " costs " << contractor->rate.value_or(0);
  std::cout << std::endl;
}

int main() {
  say("one table, attributes of each class");
  std::cout << declorm::create_sql(declorm::table_of<Person>(), declorm::dialect("sqlite"))
            << std::endl;
  show_attributes<Person>();
  show_attributes<Engineer>();
  show_attributes<JuniorEngineer>();
  show_attributes<Manager>();
  show_attributes<Contractor>();

  say("statements");
  const auto &sqlite = declorm::dialect("sqlite");
  std::cout << select<Person>().sql(sqlite) << std::endl;
  std::cout << select<Engineer>().sql(sqlite) << std::endl;
  std::cout << select(col<&Engineer::primary_language>).sql(sqlite) << std::endl;
  std::cout << declorm::insert<Engineer>()
                   .values(col<&Person::name> = "x", col<&Engineer::primary_language> = "c")
                   .sql(sqlite)
            << std::endl;
  std::cout << declorm::update<Engineer>().set(col<&Person::name> = "x").sql(sqlite) << std::endl;
  std::cout << declorm::delete_<Contractor>().sql(sqlite) << std::endl;

  const declorm::Engine engine = test::traced_database();
  {
    say("add sets the discriminator, the flush writes in the order of add");
    declorm::Session session(engine);
    Engineer dilbert = named<Engineer>("dilbert");
    dilbert.primary_language = "java";
    std::cout << session.add(std::move(dilbert)).discriminator << std::endl;
    session.add(named<Engineer>("wally")).primary_language = "c++";
    Manager &dogbert = session.add(named<Manager>("dogbert"));
    dogbert.golf_swing = "fore!";
    session.add(named<JuniorEngineer>("vlad")).nerf_gun = "big";
    session.add(named<Person>("anyone"));
    session.add(named<Cleaner>("zbornak")).rate = 7;
    session.commit();
  }
  {
    say("a query of the base: one statement, whole objects");
    declorm::Session session(engine);
    for (Person &person : session.query<Person>().order_by(col<&Person::id>))
      show(session, person);
  }
  {
    say("of a subclass: its rows and those below");
    declorm::Session session(engine);
    for (Engineer &engineer : session.query<Engineer>().order_by(col<&Person::id>))
      show(session, engineer);
    for (Contractor &contractor : session.query<Contractor>())
      show(session, contractor);
    std::cout << session.query<Engineer>().count() << ' ' << session.query<Manager>().count() << ' '
              << session.query<JuniorEngineer>().exists() << std::endl;
  }
  {
    say("a query of the base with a column of a subclass");
    declorm::Session session(engine);
    show(session, session.query<Person>().filter(col<&Engineer::primary_language> == "c++").one());
    say("get by the base, by the class, by a sibling");
    Person *wally = session.get<Person>(2);
    show(session, *wally);
    std::cout << (session.get<Engineer>(2) == wally) << (session.get<Manager>(2) == nullptr)
              << (session.get<Manager>(1) == nullptr) << std::endl;
    say("update what changed");
    session.as<Engineer>(*wally)->primary_language = "cobol";
    wally->name = "Wally";
    session.get<Manager>(3)->handicap = 4;
    session.commit();
    say("delete through the base");
    session.delete_(*session.get<Person>(4));
    session.commit();
  }
  {
    say("statements on a subclass reach its rows only");
    declorm::Session session(engine);
    session.execute(declorm::insert<Engineer>().values(col<&Person::name> = "inserted"));
    std::cout << session.query<Engineer>().update(col<&Engineer::primary_language> = "rust") << ' '
              << session.query<Contractor>().delete_() << std::endl;
    for (Person &person : session.query<Person>().order_by(col<&Person::id>))
      show(session, person);
    session.commit();
  }
  {
    say("plain objects");
    declorm::Connection connection = engine.connect();
    const Manager made = named<Manager>("plain");
    connection.insert(made);
    for (const Manager &manager : connection.select<Manager>().order_by(col<&Person::id>))
      std::cout << manager.id << ' ' << *manager.name << ' ' << manager.discriminator << std::endl;
  }
}

// The output:
// CHECK: -- one table, attributes of each class
// CHECK-NEXT: CREATE TABLE people (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	type VARCHAR(50) NOT NULL,
// CHECK-NEXT: 	primary_language VARCHAR(50),
// CHECK-NEXT: 	nerf_gun VARCHAR,
// CHECK-NEXT: 	golf_swing VARCHAR,
// CHECK-NEXT: 	handicap INTEGER,
// CHECK-NEXT: 	rate INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: Person in people: id name discriminator; inherits -, identity 'person', has_inherited_table 0
// CHECK-NEXT: Engineer in people: id name discriminator primary_language; inherits Person, identity 'engineer', has_inherited_table 1
// CHECK-NEXT: JuniorEngineer in people: id name discriminator primary_language nerf_gun; inherits Engineer, identity 'junior', has_inherited_table 1
// CHECK-NEXT: Manager in people: id name discriminator golf_swing handicap; inherits Person, identity 'manager', has_inherited_table 1
// CHECK-NEXT: Contractor in people: id name discriminator rate; inherits Person, identity -, has_inherited_table 1
// CHECK-NEXT: -- statements
// CHECK-NEXT: SELECT people.id, people.name, people.type
// CHECK-NEXT: FROM people
// CHECK-NEXT: SELECT people.id, people.name, people.type, people.primary_language
// CHECK-NEXT: FROM people
// CHECK-NEXT: WHERE people.type IN (?, ?)
// CHECK-NEXT: SELECT people.primary_language
// CHECK-NEXT: FROM people
// CHECK-NEXT: WHERE people.type IN (?, ?)
// CHECK-NEXT: INSERT INTO people (name, primary_language, type)
// CHECK-NEXT: VALUES (?, ?, ?)
// CHECK-NEXT: UPDATE people SET name = ?
// CHECK-NEXT: WHERE people.type IN (?, ?)
// CHECK-NEXT: DELETE FROM people
// CHECK-NEXT: WHERE people.type IN (?)
// CHECK-NEXT: -- add sets the discriminator, the flush writes in the order of add
// CHECK-NEXT: engineer
// CHECK-NEXT: > INSERT INTO people (name, type, primary_language) VALUES (?, ?, ?) -- 'dilbert' 'engineer' 'java'
// CHECK-NEXT: > INSERT INTO people (name, type, golf_swing, handicap) VALUES (?, ?, ?, ?) -- 'dogbert' 'manager' 'fore!' NULL
// CHECK-NEXT: > INSERT INTO people (name, type, primary_language, nerf_gun) VALUES (?, ?, ?, ?) -- 'vlad' 'junior' NULL 'big'
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'anyone' 'person'
// CHECK-NEXT: > INSERT INTO people (name, type, rate) VALUES (?, ?, ?) -- 'zbornak' 'cleaner' 7
// CHECK-NEXT: -- a query of the base: one statement, whole objects
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.rate, people.primary_language, people.nerf_gun, people.golf_swing, people.handicap FROM people ORDER BY people.id --
// CHECK-NEXT: 1 dilbert engineer speaks java
// CHECK-NEXT: 2 wally engineer speaks c++
// CHECK-NEXT: 3 dogbert manager swings fore! -1
// CHECK-NEXT: 4 vlad junior speaks - shoots big
// CHECK-NEXT: 5 anyone person
// CHECK-NEXT: 6 zbornak cleaner costs 7
// CHECK-NEXT: -- of a subclass: its rows and those below
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.primary_language, people.nerf_gun FROM people WHERE people.type IN (?, ?) ORDER BY people.id -- 'engineer' 'junior'
// CHECK-NEXT: 1 dilbert engineer speaks java
// CHECK-NEXT: 2 wally engineer speaks c++
// CHECK-NEXT: 4 vlad junior speaks - shoots big
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.rate FROM people WHERE people.type IN (?) -- 'cleaner'
// CHECK-NEXT: 6 zbornak cleaner costs 7
// CHECK-NEXT: > SELECT count(*) FROM people WHERE people.type IN (?, ?) -- 'engineer' 'junior'
// CHECK-NEXT: 3 > SELECT count(*) FROM people WHERE people.type IN (?) -- 'manager'
// CHECK-NEXT: 1 > SELECT count(*) FROM (SELECT people.id, people.name, people.type, people.primary_language, people.nerf_gun FROM people WHERE people.type IN (?) LIMIT ?) AS counted -- 'junior' 1
// CHECK-NEXT: 1
// CHECK-NEXT: -- a query of the base with a column of a subclass
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.rate, people.primary_language, people.nerf_gun, people.golf_swing, people.handicap FROM people WHERE people.primary_language = ? LIMIT ? -- 'c++' 2
// CHECK-NEXT: 2 wally engineer speaks c++
// CHECK-NEXT: -- get by the base, by the class, by a sibling
// CHECK-NEXT: 2 wally engineer speaks c++
// CHECK-NEXT: 11> SELECT people.id, people.name, people.type, people.golf_swing, people.handicap FROM people WHERE people.id = ? AND people.type IN (?) -- 1 'manager'
// CHECK-NEXT: 1
// CHECK-NEXT: -- update what changed
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.golf_swing, people.handicap FROM people WHERE people.id = ? AND people.type IN (?) -- 3 'manager'
// CHECK-NEXT: > UPDATE people SET name = ?, primary_language = ? WHERE people.id = ? -- 'Wally' 'cobol' 2
// CHECK-NEXT: > UPDATE people SET handicap = ? WHERE people.id = ? -- 4 3
// CHECK-NEXT: -- delete through the base
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.rate, people.primary_language, people.nerf_gun, people.golf_swing, people.handicap FROM people WHERE people.id = ? -- 4
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 4
// CHECK-NEXT: -- statements on a subclass reach its rows only
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'inserted' 'engineer'
// CHECK-NEXT: > UPDATE people SET primary_language = ? WHERE people.type IN (?, ?) -- 'rust' 'engineer' 'junior'
// CHECK-NEXT: 3 > DELETE FROM people WHERE people.type IN (?) -- 'cleaner'
// CHECK-NEXT: 1
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.rate, people.primary_language, people.nerf_gun, people.golf_swing, people.handicap FROM people ORDER BY people.id --
// CHECK-NEXT: 1 dilbert engineer speaks rust
// CHECK-NEXT: 2 Wally engineer speaks rust
// CHECK-NEXT: 3 dogbert manager swings fore! 4
// CHECK-NEXT: 5 anyone person
// CHECK-NEXT: 7 inserted engineer speaks rust
// CHECK-NEXT: -- plain objects
// CHECK-NEXT: > INSERT INTO people (name, type, golf_swing, handicap) VALUES (?, ?, ?, ?) -- 'plain' 'manager' '' NULL
// CHECK-NEXT: 3 dogbert manager
// CHECK-NEXT: 8 plain manager
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.golf_swing, people.handicap FROM people WHERE people.type IN (?) ORDER BY people.id -- 'manager'
