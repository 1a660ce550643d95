// Hooks of objects that a flush writes: all before_… of a group of tables stand before its
// statements, all after_… behind them; a mixin's and a parent's come first.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

static void say(const char *what, const std::string &name) {
  std::cout << what << ' ' << name << std::endl;
}

struct Stamped {
  [[declorm::column]] int stamp = 0;

private:
  [[using declorm: before_insert, before_update]] void set_stamp() { ++stamp; }
};
class [[using declorm: table("people"), polymorphic_on("type"),
        polymorphic_identity("person")]] Person : public Stamped {
public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;

private:
  [[declorm::before_insert]] void begins() {
    say("before_insert", name + " stamp " + std::to_string(stamp) + " id " + std::to_string(id));
    name += "!";
  }
  [[declorm::after_insert]] void inserted() const {
    say("after_insert", name + " id " + std::to_string(id));
  }
  [[declorm::before_update]] static void changes(Person &person) {
    say("before_update", person.name);
  }
  [[declorm::after_update]] static void changed(const Person &person) {
    say("after_update", person.name);
  }
  [[declorm::before_delete]] void goes() { say("before_delete", name); }
  [[declorm::after_delete]] void gone() { say("after_delete", name); }
};
class [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer
    : public Person {
public:
  [[declorm::column]] std::string language;

private:
  [[declorm::before_insert]] void names_language() {
    say("engineer before_insert", name);
    language = "c++";
  }
  [[declorm::after_insert]] static void has_language(Engineer &engineer,
                                                     declorm::Session &session) {
    say("engineer after_insert",
        engineer.language + " of " + std::to_string(session.query<const Engineer>().count()));
  }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Person &ed = session.emplace<Person>(), &max = session.emplace<Person>();
  Engineer &ada = session.emplace<Engineer>();
  ed.name = "ed", max.name = "max", ada.name = "ada";
  // CHECK: before_insert ed stamp 1 id 0
  // CHECK-NEXT: before_insert max stamp 1 id 0
  // CHECK-NEXT: before_insert ada stamp 1 id 0
  // CHECK-NEXT: engineer before_insert ada!
  // CHECK-NEXT: > INSERT INTO people (stamp, name, type) VALUES (?, ?, ?) -- 1 'ed!' 'person'
  // CHECK-NEXT: > INSERT INTO people (stamp, name, type) VALUES (?, ?, ?) -- 1 'ada!' 'engineer'
  // CHECK-NEXT: after_insert ed! id 1
  // CHECK-NEXT: after_insert max! id 2
  // CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 3 'c++'
  // CHECK-NEXT: after_insert ada! id 3
  // CHECK-NEXT: > SELECT count(*) FROM people {{.*}}
  // CHECK-NEXT: engineer after_insert c++ of 1
  session.commit();

  // Nothing of the row of people changes but what the mixin's hook changes.
  session.get<Engineer>(3)->language = "ada";
  session.get<Person>(1)->name = "edward";
  session.get<Person>(2);
  // CHECK: before_update edward
  // CHECK-NEXT: before_update ada!
  // CHECK-NEXT: > UPDATE people SET stamp = ?, name = ? WHERE people.id = ? -- 2 'edward' 1
  // CHECK-NEXT: > UPDATE people SET stamp = ? WHERE people.id = ? -- 2 3
  // CHECK-NEXT: after_update edward
  // CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'ada' 3
  // CHECK-NEXT: after_update ada!
  session.commit();

  session.delete_(*session.get<Person>(1));
  session.delete_(*session.get<Engineer>(3));
  // CHECK: before_delete ada!
  // CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 3
  // CHECK-NEXT: before_delete edward
  // CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 1
  // CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 3
  // CHECK-NEXT: after_delete ada!
  // CHECK-NEXT: after_delete edward
  session.commit();
}
