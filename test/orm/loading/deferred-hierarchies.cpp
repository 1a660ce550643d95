// Deferred columns of joined, single-table and concrete classes, and of a union's readers.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col, declorm::undefer, declorm::with_polymorphic;

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, deferred]] std::string notes = "?";
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[using declorm: column, deferred("papers")]] std::string cv = "?";
  [[declorm::column]] std::string language;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[using declorm: column, deferred("papers")]] std::optional<std::string> draft;
};

struct [[using declorm: table("ships"), concrete_base, polymorphic_identity("ship")]] Ship {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, deferred]] std::string log = "?";
};
struct [[using declorm: table("tankers"), concrete, polymorphic_identity("tanker")]] Tanker : Ship {
  [[using declorm: column, deferred]] std::string cargo = "?";
};

static void show(declorm::Session &session, Person &person) {
  std::cout << person.id << ' ' << person.notes;
  if (const auto *engineer = session.as<Engineer>(person))
    std::cout << ' ' << engineer->language << ' ' << engineer->cv << ' '
              << session.is_loaded(*engineer, &Engineer::cv);
  else if (const auto *manager = session.as<Manager>(person))
    std::cout << ' ' << manager->draft.value_or("-");
  std::cout << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  session.emplace<Person>().notes = "n1";
  session.flush();
  Engineer &ada = session.emplace<Engineer>();
  ada.notes = "n2", ada.cv = "cv", ada.language = "c++";
  session.flush();
  Manager &max = session.emplace<Manager>();
  max.notes = "n3", max.draft = "draft";
  Ship &ship = session.emplace<Ship>();
  ship.id = 1, ship.log = "ship's";
  Tanker &tanker = session.emplace<Tanker>();
  tanker.id = 2, tanker.log = "tanker's", tanker.cargo = "oil";
  session.commit();
  session.expunge_all();
  test::tracing = true;

  const auto people = session.query<Person>().order_by(col<&Person::id>);
  for (Person &person : people)
    show(session, person);
  // CHECK: > SELECT people.id, people.type FROM people ORDER BY people.id --
  // CHECK-NEXT: > SELECT engineers.id, people.type, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
  // CHECK-NEXT: 1 ?
  // CHECK-NEXT: 2 ? c++ ? 0
  // CHECK-NEXT: 3 ? -
  for (Person &person : people.options(undefer<&Person::notes>(), undefer<&Manager::draft>()))
    show(session, person);
  // CHECK-NEXT: > SELECT people.notes, people.id, people.type, people.draft FROM people ORDER BY people.id --
  // CHECK-NEXT: > SELECT people.notes, engineers.id, people.type, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
  // CHECK-NEXT: 1 n1
  // CHECK-NEXT: 2 n2 c++ ? 0
  // CHECK-NEXT: 3 n3 draft
  session.expunge_all();
  for (Person &person : people.options(with_polymorphic<>(), declorm::undefer_group("papers")))
    show(session, person);
  // CHECK-NEXT: > SELECT people.id, people.type, engineers.cv, engineers.language, people.draft FROM people LEFT OUTER JOIN engineers ON engineers.id = people.id ORDER BY people.id --
  // CHECK-NEXT: 1 ?
  // CHECK-NEXT: 2 ? c++ cv 1
  // CHECK-NEXT: 3 ? draft
  session.expunge_all();
  Engineer &one = *session.get<Engineer>(2);
  show(session, one);
  session.load(one, &Engineer::cv);
  session.load(one, &Engineer::notes);
  show(session, one);
  one.cv = "new cv";
  one.notes = "new notes";
  session.flush();
  // CHECK-NEXT: > SELECT engineers.id, people.type, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 2
  // CHECK-NEXT: 2 ? c++ ? 0
  // CHECK-NEXT: > SELECT engineers.id, engineers.cv FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
  // CHECK-NEXT: > SELECT people.notes, engineers.id FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 2
  // CHECK-NEXT: 2 n2 c++ cv 1
  // CHECK-NEXT: > UPDATE people SET notes = ? WHERE people.id = ? -- 'new notes' 2
  // CHECK-NEXT: > UPDATE engineers SET cv = ? WHERE engineers.id = ? -- 'new cv' 2

  test::tracing = false;
  for (Ship &each : session.query<Ship>().order_by(col<&Ship::id>))
    std::cout << each.id << ' ' << each.log << ' ' << session.is_loaded(each, &Ship::log)
              << std::endl;
  // CHECK-NEXT: 1 ? 0
  // CHECK-NEXT: 2 ? 0
  for (Ship &each : session.query<Ship>().order_by(col<&Ship::id>).options(undefer<&Ship::log>()))
    std::cout << each.id << ' ' << each.log << ' ' << session.is_loaded(each, &Ship::log)
              << std::endl;
  // CHECK-NEXT: 1 ship's 1
  // CHECK-NEXT: 2 tanker's 1
  Tanker &held = *session.get<Tanker>(2);
  session.load(held, &Tanker::cargo);
  std::cout << held.cargo << std::endl;
  // CHECK-NEXT: oil
}
