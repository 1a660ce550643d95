// yield_per(): batches of objects of their real classes, which one statement reads; none of them is
// part of the session.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

static int alive = 0, most = 0;
struct Counted {
  Counted() { most = std::max(most, ++alive); }
  Counted(const Counted &) { most = std::max(most, ++alive); }
  ~Counted() { --alive; }
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person : Counted {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
  [[using declorm: column, deferred]] std::string notes = "?";
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::optional<int> reports;
};
struct [[using declorm: table("ships"), concrete_base, polymorphic_identity("ship")]] Ship {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: table("tankers"), concrete, polymorphic_identity("tanker")]] Tanker : Ship {
  [[declorm::column]] std::string cargo;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    for (int i = 0; i != 30; ++i) {
      session.emplace<Person>().notes = "note";
      session.emplace<Engineer>().language = "c++";
      session.emplace<Manager>().reports = 3;
    }
    session.emplace<Ship>().id = 1;
    Tanker &tanker = session.emplace<Tanker>();
    tanker.id = 2, tanker.cargo = "oil";
    session.commit();
  }
  test::tracing = true;
  declorm::Session session(engine);
  std::cout << alive << std::endl;
  most = 0;
  // CHECK: 0
  int engineers = 0, managers = 0, all = 0;
  const auto people = session.query<const Person>().yield_per(10);
  for (auto each = people.begin(); each != people.end(); ++each, ++all) {
    if (const Engineer *engineer = each.as<Engineer>())
      engineers += engineer->language == "c++";
    else if (const Manager *manager = each.as<Manager>())
      managers += manager->reports == 3;
    if (each->notes != "?" || session.contains(*each))
      std::cout << "not deferred, or held" << std::endl;
  }
  std::cout << all << ' ' << engineers << ' ' << managers << ", alive " << most << ' ' << alive
            << std::endl;
  // CHECK-NEXT: > SELECT people.id, people.type, engineers.language, people.reports FROM people LEFT OUTER JOIN engineers ON engineers.id = people.id --
  // CHECK-NEXT: 90 30 30, alive 10 0
  all = 0;
  for (const Manager &manager : session.query<const Manager>().yield_per(7))
    all += *manager.reports;
  std::cout << all << std::endl;
  // CHECK-NEXT: > SELECT people.id, people.type, people.reports FROM people WHERE people.type IN (?) -- 'manager'
  // CHECK-NEXT: 90
  for (const Person &person : session.query<const Person>()
                                  .filter(col<&Person::id> < 2)
                                  .options(declorm::undefer<&Person::notes>())
                                  .yield_per(7))
    std::cout << person.notes << std::endl;
  // CHECK-NEXT: > SELECT people.id, people.type, people.notes, {{.*}} WHERE people.id < ? -- 2
  // CHECK-NEXT: note
  test::tracing = false;
  const auto ships = session.query<const Ship>().order_by(col<&Ship::id>).yield_per(1);
  for (auto ship = ships.begin(); ship != ships.end(); ++ship)
    std::cout << ship->id << ' ' << (ship.as<Tanker>() ? ship.as<Tanker>()->cargo : "none")
              << std::endl;
  // CHECK-NEXT: 1 none
  // CHECK-NEXT: 2 oil
}
