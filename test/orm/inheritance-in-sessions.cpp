// Sessions and joined classes: reading only, batches, merge, bulk_insert, one key for a deleted and
// a new object, changed keys, savepoints, expire and refresh, autoflush, two sessions; expressions
// of bases and subclasses.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::attr;

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
  [[declorm::column_property("name || '/' || type")]] std::string label;
  [[declorm::hybrid("func.length(name)")]] int length() const { return int(name.size()); }
  [[declorm::synonym("name")]] const std::string &title() const { return name; }
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
  [[declorm::column_property("name || ' in ' || language")]] std::string skill;
  [[declorm::hybrid("language == 'c++'")]] bool good() const { return language == "c++"; }
};
struct [[using declorm: table("seniors"), polymorphic_identity("senior")]] Senior : Engineer {
  [[declorm::column]] int level = 0;
  [[declorm::column_property("level + 1")]] int next = 0;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::string swing;
  [[declorm::column_property("swing || '!'")]] std::string loud;
};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

template <class T> static T named(const char *name) {
  T object;
  object.name = name;
  return object;
}

static void show(declorm::Session &session, const Person &person) {
  std::cout << person.id << ' ' << person.name << ' ' << person.label;
  if (const Engineer *engineer = session.as<Engineer>(person))
    std::cout << ", engineer: " << engineer->language << ", " << engineer->skill;
  if (const Senior *senior = session.as<Senior>(person))
    std::cout << ", senior: " << senior->level << ' ' << senior->next;
  if (const Manager *manager = session.as<Manager>(person))
    std::cout << ", manager: " << manager->swing << ' ' << manager->loud;
  std::cout << std::endl;
}
static void show_all(declorm::Session &session) {
  const bool tracing = std::exchange(test::tracing, false);
  for (Person &person : session.query<Person>().order_by(col<&Person::id>))
    show(session, person);
  test::tracing = tracing;
}

static void fill(const declorm::Engine &engine) {
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  Senior sue = named<Senior>("sue");
  sue.language = "c";
  sue.level = 3;
  session.add(std::move(sue));
  session.add(named<Engineer>("eve")).language = "c++";
  session.add(named<Manager>("max")).swing = "a";
  session.add(named<Person>("pat"));
  session.commit();
}

static void expressions(const declorm::Engine &engine) {
  say("expressions of the base and of subclasses");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  show_all(session);
  for (Engineer &engineer : session.query<Engineer>().filter(
           attr<Engineer>("length") == 3 && col<&Engineer::skill>.like("eve%") &&
           col<&Person::label>.like("%/engineer") && attr<Engineer>("good") == true))
    show(session, engineer);
  show(session, session.query<Manager>()
                    .filter(attr<Manager>("title") == "max" && col<&Manager::loud> == "a!")
                    .one());
  session.expunge_all();
  for (Person &person : session.query<Person>()
                            .options(declorm::with_polymorphic<Engineer, Senior>())
                            .filter(attr<Engineer>("good") == true || col<&Senior::next> == 4)
                            .order_by(col<&Person::id>))
    show(session, person);
}

static void reading_only(const declorm::Engine &engine) {
  say("query<const Base>()");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  for (const Person &person : session.query<const Person>().order_by(col<&Person::id>))
    show(session, person);
  say("the same objects, tracked");
  for (Person &person : session.query<Person>().order_by(col<&Person::id>))
    person.name += "!";
  session.flush();
  session.rollback();
  test::continue_keys(session.connection());
  show_all(session);
  say("batches hold objects of the real classes");
  const auto engineers = session.query<const Engineer>().yield_per(2);
  for (auto each = engineers.begin(); each != engineers.end(); ++each)
    std::cout << each->id << ' ' << each->name << (each.as<Senior>() ? " senior" : "") << std::endl;
  for (const Senior &senior : session.query<const Senior>().yield_per(2))
    std::cout << senior.id << ' ' << senior.name << ' ' << senior.label << ' ' << senior.level
              << std::endl;
}

static void merge(const declorm::Engine &engine) {
  say("merge");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  Senior sue = named<Senior>("Sue");
  sue.id = 1;
  sue.level = 9;
  sue.language = "d";
  Senior &merged = session.merge(sue);
  std::cout << (&merged == session.get<Person>(1)) << ' ' << merged.level << ' ' << merged.language
            << ' ' << merged.type << std::endl;
  session.flush();
  say("merge of the base's part");
  Person eve = named<Person>("Eve");
  eve.id = 2;
  show(session, session.merge(eve));
  session.flush();
  say("merge of a new one");
  Manager manager = named<Manager>("new");
  manager.id = 77;
  std::cout << session.merge(manager).type << std::endl;
  session.flush();
  say("merge of another class");
  manager.id = 2;
  test::attempt([&] { session.merge(manager); });
}

static void bulk(const declorm::Engine &engine) {
  say("bulk_insert");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  std::vector<Senior> seniors{named<Senior>("b1"), named<Senior>("b2")};
  session.bulk_insert(seniors);
  std::cout << seniors[0].id << ' ' << seniors[1].id << ' ' << seniors[1].type << std::endl;
  const std::vector<Engineer> engineers{named<Engineer>("c1")};
  session.bulk_insert(engineers);
  show_all(session);
}

static void keys_taken_over(const declorm::Engine &engine) {
  say("delete, and add the same key in one flush");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  Senior &old = *session.get<Senior>(1);
  session.delete_(old);
  Senior again = named<Senior>("again");
  again.id = 1;
  session.add(std::move(again));
  session.flush();
  std::cout << (session.get<Person>(1) != &old) << ' ' << session.contains(old) << std::endl;
  session.rollback();
  test::continue_keys(session.connection());
  std::cout << (session.get<Person>(1) == &old) << std::endl;
  say("by an object of another class");
  session.delete_(old);
  Manager manager = named<Manager>("other");
  manager.id = 1;
  session.add(std::move(manager));
  session.delete_(*session.get<Person>(3));
  Engineer engineer = named<Engineer>("former manager");
  engineer.id = 3;
  session.add(std::move(engineer));
  session.commit();
  session.expunge_all();
  show_all(session);
}

static void savepoints(const declorm::Engine &engine) {
  say("a savepoint rolled back");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  session.add(named<Senior>("sam"));
  session.commit();
  Senior &sam = session.query<Senior>().one();
  declorm::Transaction nested = session.begin_nested();
  sam.level = 10;
  sam.name = "Sam";
  Senior &more = session.add(named<Senior>("more"));
  session.delete_(*session.get<Person>(3));
  session.flush();
  nested.rollback();
  test::continue_keys(session.connection());
  std::cout << more.id << ' ' << session.contains(more) << std::endl;
  show_all(session);

  say("expire, refresh");
  sam.level = 99;
  session.expire(sam);
  show(session, *session.get<Person>(sam.id));
  Person &base = sam;
  base.name = "changed";
  session.refresh(base);
  show(session, sam);
  session.flush();
}

static void autoflush(const declorm::Engine &engine) {
  say("autoflush: subclass, base, sibling");
  declorm::Session session(engine);
  test::continue_keys(session.connection());
  session.add(named<Senior>("one"));
  std::cout << session.query<Person>().count() << std::endl;
  session.add(named<Person>("two"));
  std::cout << session.query<Senior>().count() << std::endl;
  session.query<Engineer>().first()->language = "ada";
  std::cout << session.query<Engineer>().filter(col<&Engineer::language> == "ada").count()
            << std::endl;
  session.query<Senior>().first()->name = "renamed";
  std::cout << session.query<Person>().filter(col<&Person::name> == "renamed").count() << std::endl;
}

static void two_sessions(const declorm::Engine &engine) {
  say("two sessions");
  declorm::Session one(engine);
  const std::int64_t id = one.query<Senior>().one().id;
  one.commit();
  {
    declorm::Session other(engine);
    other.get<Senior>(id)->level = 42;
    other.commit();
  }
  std::cout << one.get<Senior>(id)->level << std::endl;
  one.commit();
  {
    declorm::Session other(engine);
    other.delete_(*other.get<Person>(id));
    other.commit();
  }
  std::cout << (one.get<Person>(id) == nullptr) << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  fill(engine);
  expressions(engine);
  reading_only(engine);
  merge(engine);
  bulk(engine);
  keys_taken_over(engine);
  savepoints(engine);
  autoflush(engine);
  two_sessions(engine);
}

// The output:
// CHECK: > INSERT INTO people (name, type) VALUES (?, ?) -- 'sue' 'senior'
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'eve' 'engineer'
// CHECK-NEXT: > INSERT INTO people (name, type, swing) VALUES (?, ?, ?) -- 'max' 'manager' 'a'
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'pat' 'person'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 1 'c'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 2 'c++'
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 1 3
// CHECK-NEXT: -- expressions of the base and of subclasses
// CHECK-NEXT: 1 sue sue/senior, engineer: c, sue in c, senior: 3 4
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 max max/manager, manager: a a!
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id WHERE length(people.name) = ? AND people.name || ' in ' || engineers.language LIKE ? AND people.name || '/' || people.type LIKE ? AND (engineers.language = 'c++') = ? -- 3 'eve%' '%/engineer' 1
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.swing, people.swing || '!' AS loud, people.name || '/' || people.type AS label FROM people WHERE people.name = ? AND people.swing || '!' = ? AND people.type IN (?) LIMIT ? -- 'max' 'a!' 'manager' 2
// CHECK-NEXT: 3 max max/manager, manager: a a!
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, engineers.language, people.name || ' in ' || engineers.language AS skill, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.swing, people.swing || '!' AS loud FROM people LEFT OUTER JOIN engineers ON engineers.id = people.id LEFT OUTER JOIN seniors ON seniors.id = engineers.id WHERE (engineers.language = 'c++') = ? OR seniors.level + 1 = ? ORDER BY people.id -- 1 4
// CHECK-NEXT: 1 sue sue/senior, engineer: c, sue in c, senior: 3 4
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: -- query<const Base>()
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id IN (?) -- 1
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
// CHECK-NEXT: 1 sue sue/senior, engineer: c, sue in c, senior: 3 4
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 max max/manager, manager: a a!
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: -- the same objects, tracked
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id IN (?) -- 1
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'max!' 3
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'pat!' 4
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'sue!' 1
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'eve!' 2
// CHECK-NEXT: 1 sue sue/senior, engineer: c, sue in c, senior: 3 4
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 max max/manager, manager: a a!
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: -- batches hold objects of the real classes
// CHECK-NEXT: 1 sue senior
// CHECK-NEXT: 2 eve
// CHECK-NEXT: > SELECT engineers.id, {{.*}} FROM people JOIN engineers ON engineers.id = people.id LEFT OUTER JOIN seniors ON seniors.id = engineers.id --
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id --
// CHECK-NEXT: 1 sue sue/senior 3
// CHECK-NEXT: -- merge
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 1
// CHECK-NEXT: 1 9 d senior
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'Sue' 1
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'd' 1
// CHECK-NEXT: > UPDATE seniors SET level = ? WHERE seniors.id = ? -- 9 1
// CHECK-NEXT: -- merge of the base's part
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people WHERE people.id = ? -- 2
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 2
// CHECK-NEXT: 2 Eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'Eve' 2
// CHECK-NEXT: -- merge of a new one
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.swing, people.swing || '!' AS loud, people.name || '/' || people.type AS label FROM people WHERE people.id = ? AND people.type IN (?) -- 77 'manager'
// CHECK-NEXT: manager
// CHECK-NEXT: > INSERT INTO people (id, name, type, swing) VALUES (?, ?, ?, ?) -- 77 'new' 'manager' ''
// CHECK-NEXT: -- merge of another class
// CHECK-NEXT: InvalidRequestError: merge(): the object of class 'Manager' ({{.*}}inheritance-in-sessions.cpp:27) has key (2), and with that key the session holds an object of class 'Engineer' ({{.*}}inheritance-in-sessions.cpp:18); a row's class never changes
// CHECK-NEXT: -- bulk_insert
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'b1' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 5 ''
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 5 0
// CHECK-NEXT: 5 6 senior
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'c1' 'engineer'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 7 ''
// CHECK-NEXT: 1 sue sue/senior, engineer: c, sue in c, senior: 3 4
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 max max/manager, manager: a a!
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: 5 b1 b1/senior, engineer: , b1 in , senior: 0 1
// CHECK-NEXT: 6 b2 b2/senior, engineer: , b2 in , senior: 0 1
// CHECK-NEXT: 7 c1 c1/engineer, engineer: , c1 in
// CHECK-NEXT: -- delete, and add the same key in one flush
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 1
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.id = ? -- 1
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 1
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 1
// CHECK-NEXT: > INSERT INTO people (id, name, type) VALUES (?, ?, ?) -- 1 'again' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 1 ''
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 1 0
// CHECK-NEXT: 1 0
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 1
// CHECK-NEXT: 1
// CHECK-NEXT: -- by an object of another class
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.id = ? -- 1
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 1
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 1
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: > INSERT INTO people (id, name, type, swing) VALUES (?, ?, ?, ?) -- 1 'other' 'manager' ''
// CHECK-NEXT: > INSERT INTO people (id, name, type) VALUES (?, ?, ?) -- 3 'former manager' 'engineer'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 3 ''
// CHECK-NEXT: 1 other other/manager, manager:  !
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 former manager former manager/engineer, engineer: , former manager in
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: -- a savepoint rolled back
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'sam' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 5 ''
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 5 0
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id LIMIT ? -- 2
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 3
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'Sam' 5
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'more' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 6 ''
// CHECK-NEXT: > UPDATE seniors SET level = ? WHERE seniors.id = ? -- 10 5
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 6 0
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 3
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 3
// CHECK-NEXT: 0 0
// CHECK-NEXT: 1 other other/manager, manager:  !
// CHECK-NEXT: 2 eve eve/engineer, engineer: c++, eve in c++
// CHECK-NEXT: 3 former manager former manager/engineer, engineer: , former manager in
// CHECK-NEXT: 4 pat pat/person
// CHECK-NEXT: 5 sam sam/senior, engineer: , sam in , senior: 0 1
// CHECK-NEXT: -- expire, refresh
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: 5 sam sam/senior, engineer: , sam in , senior: 99 1
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: 5 sam sam/senior, engineer: , sam in , senior: 0 1
// CHECK-NEXT: -- autoflush: subclass, base, sibling
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'one' 'senior'
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 6 ''
// CHECK-NEXT: > INSERT INTO seniors (id, level) VALUES (?, ?) -- 6 0
// CHECK-NEXT: > SELECT count(*) FROM people --
// CHECK-NEXT: 6
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- 'two' 'person'
// CHECK-NEXT: > SELECT count(*) FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id --
// CHECK-NEXT: 2
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id LIMIT ? -- 1
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'ada' 2
// CHECK-NEXT: > SELECT count(*) FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.language = ? -- 'ada'
// CHECK-NEXT: 1
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id LIMIT ? -- 1
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'renamed' 5
// CHECK-NEXT: > SELECT count(*) FROM people WHERE people.name = ? -- 'renamed'
// CHECK-NEXT: 1
// CHECK-NEXT: -- two sessions
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id LIMIT ? -- 2
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: > UPDATE seniors SET level = ? WHERE seniors.id = ? -- 42 5
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: 42
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.name || '/' || people.type AS label, people.swing, people.swing || '!' AS loud FROM people WHERE people.id = ? -- 5
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.id = ? -- 5
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 5
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 5
// CHECK-NEXT: > SELECT seniors.id, people.name, people.type, engineers.language, seniors.level, seniors.level + 1 AS next, people.name || ' in ' || engineers.language AS skill, people.name || '/' || people.type AS label FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.id = engineers.id WHERE seniors.id = ? -- 5
// CHECK-NEXT: 1
// CHECK-NOT: {{.}}
