// Query::delete_() and update() of single-table, joined and concrete classes: which rows they write,
// and what the session knows of their objects afterwards.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: table("leads"), polymorphic_identity("lead")]] Lead : Engineer {
  [[declorm::column]] int team = 0;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::optional<int> reports;
};
struct [[declorm::table("ships")]] Ship {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: table("tankers"), concrete]] Tanker : Ship {
  [[declorm::column]] std::string cargo;
};

struct [[declorm::table("badges")]] Badge {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("people.id")]] std::int64_t person = 0;
};

template <class T> static T &add(declorm::Session &session, std::int64_t id) {
  T &object = session.emplace<T>();
  object.id = id;
  return object;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  add<Person>(session, 1).name = "ann";
  add<Engineer>(session, 2).name = "bob";
  add<Lead>(session, 3).name = "cid";
  add<Manager>(session, 4).name = "dan";
  add<Ship>(session, 1);
  add<Tanker>(session, 2).cargo = "oil";
  session.commit();
  session.expunge_all();
  test::tracing = true;

  std::cout << "joined" << std::endl;
  std::cout << session.query<Engineer>().filter(col<&Person::name> == "bob").delete_() << std::endl;
  // CHECK: joined
  // CHECK-NEXT: > SELECT engineers.id FROM people JOIN engineers ON engineers.id = people.id WHERE people.name = ? -- 'bob'
  // CHECK-NEXT: > DELETE FROM leads WHERE leads.id IN (?) -- 2
  // CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id IN (?) -- 2
  // CHECK-NEXT: > DELETE FROM people WHERE people.id IN (?) -- 2
  // CHECK-NEXT: 1
  session.rollback();

  test::tracing = false;
  std::cout << "objects that are held" << std::endl;
  Person &ann = *session.get<Person>(1), &cid = *session.get<Person>(3),
         &dan = *session.get<Person>(4);
  const auto show = [&] {
    std::cout << session.contains(ann) << session.contains(cid) << session.contains(dan) << ' '
              << session.query<Person>().count() << std::endl;
  };
  show();
  cid.name = "changed";
  std::cout << session.query<Person>().filter(col<&Person::name> == "changed").delete_()
            << std::endl;
  show();
  session.rollback();
  show();
  std::cout << cid.name << ' ' << (session.get<Person>(3) == &cid) << std::endl;
  // CHECK-NEXT: objects that are held
  // CHECK-NEXT: 111 4
  // CHECK-NEXT: 1
  // CHECK-NEXT: 101 3
  // CHECK-NEXT: 111 4
  // CHECK-NEXT: cid 1

  std::cout << "single table" << std::endl;
  test::tracing = true;
  std::cout << session.query<Manager>().delete_() << std::endl;
  test::tracing = false;
  show();
  session.rollback();
  // CHECK-NEXT: single table
  // CHECK-NEXT: > SELECT people.id FROM people WHERE people.type IN (?) -- 'manager'
  // CHECK-NEXT: > DELETE FROM people WHERE people.type IN (?) -- 'manager'
  // CHECK-NEXT: 1
  // CHECK-NEXT: 110 3

  std::cout << "all, and concrete" << std::endl;
  std::cout << session.query<Person>().delete_() << session.query<Tanker>().delete_()
            << session.query<Ship>().count() << std::endl;
  show();
  session.rollback();
  // CHECK-NEXT: all, and concrete
  // CHECK-NEXT: 411
  // CHECK-NEXT: 000 0

  std::cout << "update" << std::endl;
  std::cout << session.query<Manager>().update(col<&Manager::reports> = 5)
            << session.query<Person>().update(col<&Person::name> = "all") << ' '
            << session.query<Person>().all()[1]->name << std::endl;
  // CHECK-NEXT: update
  // CHECK-NEXT: 14 all
  // Columns and filters may stand in any table of the class; query-updates.cpp has more.
  // CHECK-NEXT: 222 x x
  std::cout << session.query<Engineer>().update(col<&Engineer::language> = "c++")
            << session.query<Engineer>().update(col<&Person::name> = "x")
            << session.query<Engineer>()
                   .filter(col<&Person::name> == "x")
                   .update(col<&Engineer::language> = "c")
            << ' ' << session.get<Engineer>(2)->name << ' ' << session.get<Lead>(3)->name
            << std::endl;

  // What one table refuses is gone from none.
  session.rollback();
  session.expunge_all();
  add<Badge>(session, 1).person = 2;
  session.flush();
  test::attempt([&] { session.query<Engineer>().filter(col<&Person::name> == "bob").delete_(); });
  std::cout << session.query<Engineer>().count() << " engineers" << std::endl;
  session.commit();
  std::cout << session.query<Engineer>().count() << " engineers" << std::endl;
  // CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed{{.*}}
  // CHECK: 2 engineers
  // CHECK-NEXT: 2 engineers
}
