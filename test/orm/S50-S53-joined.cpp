// Joined inheritance: S50, S52, S53, S64: a row in each table, the key shared, redeclared or named
// otherwise, joined below joined, single below joined, joined below single.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::select;

enum class Kind { person, engineer, manager, boss, senior, clerk, auditor };

struct [[using declorm: table("people"), polymorphic_identity(Kind::person)]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, polymorphic_on, enum_names]] Kind kind = Kind::person;
};
// The key goes without saying.
struct [[using declorm: table("managers"), polymorphic_identity(Kind::manager)]] Manager : Person {
  [[declorm::column]] std::string golf_swing;
};
// S52: a member of the parent's name stands for both columns.
struct [[using declorm: table("engineers"), polymorphic_identity(Kind::engineer)]] Engineer
    : Person {
  [[using declorm: column, primary_key, foreign_key("people.id")]] std::int64_t id = 0;
  [[declorm::column]] std::string language;
};
// S53: another name splits them. Two keys lead to the parent.
struct [[using declorm: table("seniors"), polymorphic_identity(Kind::senior),
         inherit_condition("senior_id == Engineer.id")]] Senior : Engineer {
  [[using declorm: column, primary_key, foreign_key("engineers.id")]] std::int64_t senior_id = 0;
  [[using declorm: column, foreign_key("engineers.id")]] std::optional<std::int64_t> mentor{};
  [[using declorm: column, server_default("3")]] std::optional<int> level{};
};
// S64: single below joined: the column goes to the nearest table.
struct [[using declorm: mapped, polymorphic_identity(Kind::boss)]] Boss : Manager {
  [[declorm::column]] std::optional<std::string> boss_name{};
};
// Single, and joined below it.
struct [[using declorm: mapped, polymorphic_identity(Kind::clerk)]] Clerk : Person {
  [[declorm::column]] std::optional<std::string> desk{};
};
struct [[using declorm: table("auditors"), polymorphic_identity(Kind::auditor)]] Auditor : Clerk {
  [[declorm::column]] int license = 0;
};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

template <class T> static T named(const char *name) {
  T object;
  object.name = name;
  return object;
}

static void show(declorm::Session &session, Person &person) {
  std::cout << person.id << ' ' << person.name << ' ' << int(person.kind);
  if (const Manager *manager = session.as<Manager>(person))
    std::cout << " manager " << manager->golf_swing;
  if (const Boss *boss = session.as<Boss>(person))
    std::cout << " boss " << boss->boss_name.value_or("-");
  if (const Engineer *engineer = session.as<Engineer>(person))
    std::cout << " engineer " << engineer->id << ' ' << engineer->language;
  if (const Senior *senior = session.as<Senior>(person))
    std::cout << " senior " << senior->senior_id << " level " << senior->level.value_or(0);
  if (const Clerk *clerk = session.as<Clerk>(person))
    std::cout << " clerk " << clerk->desk.value_or("-");
  if (const Auditor *auditor = session.as<Auditor>(person))
    std::cout << " auditor " << auditor->license;
  std::cout << std::endl;
}

template <class T> static void show_attributes() {
  const declorm::Mapper &mapper = declorm::mapper_of<T>();
  std::cout << mapper.name() << ':';
  for (const declorm::Attribute &attribute : mapper.attributes()) {
    std::cout << ' ' << attribute.name() << '=';
    for (const declorm::Column *column : attribute.columns())
      std::cout << (column == attribute.columns().front() ? "" : ",") << column->table().name()
                << '.' << column->name();
  }
  std::cout << std::endl;
}

int main() {
  say("tables");
  for (const char *table : {"people", "managers", "engineers", "seniors", "auditors"})
    std::cout << declorm::create_sql(declorm::metadata().table(table), declorm::dialect("sqlite"))
              << std::endl;
  show_attributes<Manager>();
  show_attributes<Engineer>();
  show_attributes<Senior>();
  show_attributes<Auditor>();

  const declorm::Engine engine = test::traced_database();
  {
    say("insert: parents before children");
    declorm::Session session(engine);
    session.add(named<Manager>("mona")).golf_swing = "fore!";
    session.add(named<Engineer>("dilbert")).language = "c++";
    Senior senior = named<Senior>("wally");
    senior.language = "cobol";
    session.add(std::move(senior));
    session.add(named<Boss>("bob")).boss_name = "pointy";
    session.add(named<Clerk>("carl")).desk = "3b";
    session.add(named<Auditor>("audrey")).license = 99;
    session.add(named<Person>("anyone"));
    session.commit();
  }
  {
    say("the base: one SELECT more for each table below");
    declorm::Session session(engine);
    for (Person &person : session.query<Person>().order_by(col<&Person::id>))
      show(session, person);
    say("again: nothing but the base");
    std::cout << session.query<Person>().all().size() << std::endl;
  }
  {
    say("a class in the middle");
    declorm::Session session(engine);
    for (Engineer &engineer : session.query<Engineer>().filter(col<&Engineer::id> > 1))
      show(session, engineer);
    say("with_polymorphic: one SELECT, and columns of subclasses in filters");
    session.expunge_all();
    for (Person &person :
         session.query<Person>()
             .options(declorm::with_polymorphic<Manager, Engineer, Senior>())
             .filter(col<&Manager::golf_swing> == "fore!" || col<&Senior::level> == 3)
             .order_by(col<&Person::name>))
      show(session, person);
    session.expunge_all();
    say("with_polymorphic of all");
    std::cout << session.query<Person>().options(declorm::with_polymorphic<>()).all().size()
              << std::endl;
  }
  {
    say("get");
    declorm::Session session(engine);
    Person *wally = session.get<Person>(3);
    show(session, *wally);
    std::cout << (session.get<Engineer>(3) == wally) << (session.get<Senior>(3) == wally)
              << (session.get<Manager>(3) == nullptr) << (session.get<Manager>(2) == nullptr)
              << std::endl;
    say("updates touch the tables that changed");
    Senior &senior = *session.as<Senior>(*wally);
    senior.level = 4;
    session.flush();
    senior.name = "Wally";
    senior.mentor = 2;
    session.commit();
    say("a stale object is read anew as what it is");
    show(session, *session.get<Person>(3));
    say("delete: children first");
    session.delete_(*session.get<Person>(4));
    session.delete_(senior);
    session.commit();
    std::cout << session.query<Person>().count() << ' ' << session.query<Boss>().count()
              << std::endl;
  }
  {
    say("rollback takes keys back from all tables' members");
    declorm::Session session(engine);
    Senior &senior = session.add(named<Senior>("temporary"));
    session.flush();
    std::cout << senior.id << ' ' << senior.senior_id << ' ' << senior.Person::id << std::endl;
    session.rollback();
    test::continue_keys(session.connection());
    std::cout << senior.id << ' ' << senior.Person::id << std::endl;
  }
  {
    say("statements and aliases");
    const auto &sqlite = declorm::dialect("sqlite");
    auto e = declorm::alias<Engineer>("e");
    std::cout << select(e.col<&Engineer::language>, e.col<&Person::name>).sql(sqlite) << std::endl;
    std::cout << select<Manager>()
                     .join(e, e.col<&Person::name> == col<&Person::name, Manager>)
                     .sql(sqlite)
              << std::endl;
    std::cout << declorm::update<Engineer>()
                     .set(col<&Engineer::language> = "rust")
                     .where(col<&Engineer::language> == "c")
                     .sql(sqlite)
              << std::endl;
    test::attempt(
        [&] { return declorm::update<Engineer>().set(col<&Person::name> = "x").sql(sqlite); });
    test::attempt([&] { return declorm::delete_<Engineer>().sql(sqlite); });
    test::attempt([&] {
      return declorm::insert<Engineer>().values(col<&Engineer::language> = "x").sql(sqlite);
    });
    test::attempt([&] {
      return declorm::select<Person>().where(col<&Engineer::language> == "x").sql(sqlite);
    });
  }
  {
    say("plain objects");
    declorm::Connection connection = engine.connect();
    Engineer plain = named<Engineer>("plain");
    plain.language = "c";
    connection.insert(plain);
    std::cout << plain.id << ' ' << plain.Person::id << std::endl;
    plain.name = "Plain";
    connection.update(plain);
    for (const Engineer &read : connection.select<Engineer>().where(col<&Person::name> == "Plain"))
      std::cout << read.id << ' ' << read.Person::id << ' ' << read.name << ' ' << read.language
                << std::endl;
    std::cout << connection.get<Engineer>(plain.id)->name << std::endl;
    connection.delete_(plain);
  }
}

// The output:
// CHECK: -- tables
// CHECK-NEXT: CREATE TABLE people (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR NOT NULL,
// CHECK-NEXT: 	kind VARCHAR(8) NOT NULL,
// CHECK-NEXT: 	desk VARCHAR,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE managers (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	golf_swing VARCHAR NOT NULL,
// CHECK-NEXT: 	boss_name VARCHAR,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES people (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE engineers (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	language VARCHAR NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES people (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE seniors (
// CHECK-NEXT: 	senior_id INTEGER NOT NULL,
// CHECK-NEXT: 	mentor INTEGER,
// CHECK-NEXT: 	level INTEGER DEFAULT 3,
// CHECK-NEXT: 	PRIMARY KEY (senior_id),
// CHECK-NEXT: 	FOREIGN KEY(senior_id) REFERENCES engineers (id),
// CHECK-NEXT: 	FOREIGN KEY(mentor) REFERENCES engineers (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE auditors (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	license INTEGER NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES people (id)
// CHECK-NEXT: )
// CHECK-NEXT: Manager: id=managers.id,people.id name=people.name kind=people.kind golf_swing=managers.golf_swing
// CHECK-NEXT: Engineer: id=engineers.id,people.id name=people.name kind=people.kind language=engineers.language
// CHECK-NEXT: Senior: id=engineers.id,people.id name=people.name kind=people.kind language=engineers.language senior_id=seniors.senior_id mentor=seniors.mentor level=seniors.level
// CHECK-NEXT: Auditor: id=auditors.id,people.id name=people.name kind=people.kind desk=people.desk license=auditors.license
// CHECK-NEXT: -- insert: parents before children
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'mona' 'manager'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'dilbert' 'engineer'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'wally' 'senior'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'bob' 'boss'
// CHECK-NEXT: > INSERT INTO people (name, kind, desk) VALUES (?, ?, ?) -- 'carl' 'clerk' '3b'
// CHECK-NEXT: > INSERT INTO people (name, kind, desk) VALUES (?, ?, ?) -- 'audrey' 'auditor' NULL
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'anyone' 'person'
// CHECK-NEXT: > INSERT INTO auditors (id, license) VALUES (?, ?) -- 6 99
// CHECK-NEXT: > INSERT INTO managers (id, golf_swing) VALUES (?, ?) -- 1 'fore!'
// CHECK-NEXT: > INSERT INTO managers (id, golf_swing, boss_name) VALUES (?, ?, ?) -- 4 '' 'pointy'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 2 'c++'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 3 'cobol'
// CHECK-NEXT: > INSERT INTO seniors (senior_id, mentor) VALUES (?, ?) -- 3 NULL
// CHECK-NEXT: -- the base: one SELECT more for each table below
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT managers.id, people.name, people.kind, managers.golf_swing, managers.boss_name FROM people JOIN managers ON managers.id = people.id WHERE managers.id IN (?, ?) -- 1 4
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id IN (?) -- 3
// CHECK-NEXT: > SELECT auditors.id, people.name, people.kind, people.desk, auditors.license FROM people JOIN auditors ON auditors.id = people.id WHERE auditors.id IN (?) -- 6
// CHECK-NEXT: 1 mona 2 manager fore!
// CHECK-NEXT: 2 dilbert 1 engineer 2 c++
// CHECK-NEXT: 3 wally 4 engineer 3 cobol senior 3 level 3
// CHECK-NEXT: 4 bob 3 manager  boss pointy
// CHECK-NEXT: 5 carl 5 clerk 3b
// CHECK-NEXT: 6 audrey 6 clerk - auditor 99
// CHECK-NEXT: 7 anyone 0
// CHECK-NEXT: -- again: nothing but the base
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk FROM people --
// CHECK-NEXT: 7
// CHECK-NEXT: -- a class in the middle
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id > ? -- 1
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id IN (?) -- 3
// CHECK-NEXT: 2 dilbert 1 engineer 2 c++
// CHECK-NEXT: 3 wally 4 engineer 3 cobol senior 3 level 3
// CHECK-NEXT: -- with_polymorphic: one SELECT, and columns of subclasses in filters
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk, managers.golf_swing, managers.boss_name, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people LEFT OUTER JOIN managers ON managers.id = people.id LEFT OUTER JOIN engineers ON engineers.id = people.id LEFT OUTER JOIN seniors ON seniors.senior_id = engineers.id WHERE managers.golf_swing = ? OR seniors.level = ? ORDER BY people.name -- 'fore!' 3
// CHECK-NEXT: 1 mona 2 manager fore!
// CHECK-NEXT: 3 wally 4 engineer 3 cobol senior 3 level 3
// CHECK-NEXT: -- with_polymorphic of all
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk, auditors.license, managers.golf_swing, managers.boss_name, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people LEFT OUTER JOIN auditors ON auditors.id = people.id LEFT OUTER JOIN managers ON managers.id = people.id LEFT OUTER JOIN engineers ON engineers.id = people.id LEFT OUTER JOIN seniors ON seniors.senior_id = engineers.id --
// CHECK-NEXT: 7
// CHECK-NEXT: -- get
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id = ? -- 3
// CHECK-NEXT: 3 wally 4 engineer 3 cobol senior 3 level 3
// CHECK-NEXT: 111> SELECT managers.id, people.name, people.kind, managers.golf_swing, managers.boss_name FROM people JOIN managers ON managers.id = people.id WHERE managers.id = ? -- 2
// CHECK-NEXT: 1
// CHECK-NEXT: -- updates touch the tables that changed
// CHECK-NEXT: > UPDATE seniors SET level = ? WHERE seniors.senior_id = ? -- 4 3
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'Wally' 3
// CHECK-NEXT: > UPDATE seniors SET mentor = ? WHERE seniors.senior_id = ? -- 2 3
// CHECK-NEXT: -- a stale object is read anew as what it is
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language, seniors.senior_id, seniors.mentor, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id = ? -- 3
// CHECK-NEXT: 3 Wally 4 engineer 3 cobol senior 3 level 4
// CHECK-NEXT: -- delete: children first
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, people.desk FROM people WHERE people.id = ? -- 4
// CHECK-NEXT: > SELECT managers.id, people.name, people.kind, managers.golf_swing, managers.boss_name FROM people JOIN managers ON managers.id = people.id WHERE managers.id = ? AND people.kind IN (?) -- 4 'boss'
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.senior_id = ? -- 3
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 3
// CHECK-NEXT: > DELETE FROM managers WHERE managers.id = ? -- 4
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 4
// CHECK-NEXT: > SELECT count(*) FROM people --
// CHECK-NEXT: 5 > SELECT count(*) FROM people JOIN managers ON managers.id = people.id WHERE people.kind IN (?) -- 'boss'
// CHECK-NEXT: 0
// CHECK-NEXT: -- rollback takes keys back from all tables' members
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'temporary' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 8 ''
// CHECK-NEXT: > INSERT INTO seniors (senior_id, mentor) VALUES (?, ?) -- 8 NULL
// CHECK-NEXT: 8 8 8
// CHECK-NEXT: 0 0
// CHECK-NEXT: -- statements and aliases
// CHECK-NEXT: SELECT e.language, e_people.name
// CHECK-NEXT: FROM people AS e_people JOIN engineers AS e ON e.id = e_people.id
// CHECK-NEXT: SELECT managers.id, people.name, people.kind, managers.golf_swing
// CHECK-NEXT: FROM people JOIN managers ON managers.id = people.id JOIN (people AS e_people JOIN engineers AS e ON e.id = e_people.id) ON e_people.name = people.name
// CHECK-NEXT: UPDATE engineers SET language = ?
// CHECK-NEXT: WHERE engineers.language = ?
// CHECK-NEXT: ArgumentError: column 'people.name' is used in a statement that writes table 'engineers' of class 'Engineer', and a statement writes one table; update the class of that table, or the objects of a session
// CHECK-NEXT: ArgumentError: delete_<Engineer>(): its rows stand in 2 tables, and a statement writes one; delete_() the objects of a session
// CHECK-NEXT: ArgumentError: insert<Engineer>(): its rows stand in 2 tables, and a statement writes one; add() objects to a session, or insert() them
// CHECK-NEXT: ArgumentError: a column of class 'Engineer' is in table 'engineers', and the statement reads only the tables of its base 'Person'; query<Engineer>() reads both, and so does a query with options(with_polymorphic<Engineer>())
// CHECK-NEXT: -- plain objects
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'plain' 'engineer'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 8 'c'
// CHECK-NEXT: 8 8
// CHECK-NEXT: > UPDATE people SET name = ?, kind = ? WHERE people.id = ? -- 'Plain' 'engineer' 8
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'c' 8
// CHECK-NEXT: 8 8 Plain c
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE people.name = ? -- 'Plain'
// CHECK-NEXT: > SELECT engineers.id, people.name, people.kind, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 8
// CHECK-NEXT: Plain
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 8
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 8
