// What annotations do with the classes of a hierarchy.
#include "effects.h"

// The class of a row is told by a column, which the class names.
struct [[using declorm: table("people"), /*class!*/ polymorphic_on("kind"),
         /*class*/ polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[using declorm: mapped, polymorphic_identity("engineer")]] Engineer : Person {
  [[using declorm: column, /*field!*/ use_existing_column]] std::optional<int> level;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[using declorm: column, use_existing_column]] std::optional<int> level;
};
struct [[using declorm: mapped, /*class!*/ polymorphic_abstract]] Guest : Person {};
struct [[using declorm: mapped, polymorphic_identity("visitor")]] Visitor : Guest {};

// A member says that it tells the classes apart; two keys lead to the parent.
struct [[using declorm: table("machines"), polymorphic_identity(1)]] Machine {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, /*field!*/ polymorphic_on]] int kind = 0;
};
struct [[using declorm: table("presses"), polymorphic_identity(2),
         /*class!*/ inherit_condition("Press.press_id == Machine.id")]] Press : Machine {
  [[using declorm: column, primary_key, foreign_key("machines.id")]] std::int64_t press_id = 0;
  [[using declorm: column, foreign_key("machines.id")]] std::optional<std::int64_t> feeds;
};
// A function makes the condition.
declorm::Expression<bool> join_lathes();
struct [[using declorm: table("lathes"), polymorphic_identity(3),
         /*class!*/ inherit_condition(&join_lathes)]] Lathe : Machine {
  [[using declorm: column, primary_key, foreign_key("machines.id")]] std::int64_t lathe_id = 0;
  [[using declorm: column, foreign_key("machines.id")]] std::optional<std::int64_t> feeds;
};
declorm::Expression<bool> join_lathes() {
  return declorm::col<&Lathe::lathe_id> == declorm::col<&Machine::id>;
}

// The same through getters.
class [[using declorm: table("animals"), polymorphic_identity(1)]] Animal {
  int kind_ = 0;

public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, /*method!*/ polymorphic_on]] int kind() const { return kind_; }
  void set_kind(int value) { kind_ = value; }
};
class [[using declorm: mapped, polymorphic_identity(2)]] Cat : public Animal {
  int lives_ = 9;
  [[using declorm: column, /*method!*/ use_existing_column, null_value(-1)]] int lives() const {
    return lives_;
  }
  void set_lives(int value) { lives_ = value; }
};
class [[using declorm: mapped, polymorphic_identity(3)]] Dog : public Animal {
  [[using declorm: column, use_existing_column]] std::optional<int> lives;
};

int main() {
  const declorm::Engine engine = test::create_traced();
  declorm::Session session(engine);
  session.emplace<Person>();
  session.emplace<Engineer>().level = 1;
  session.emplace<Manager>().level = 2;
  session.emplace<Press>();
  session.emplace<Lathe>();
  session.emplace<Cat>();
  session.emplace<Visitor>();
  session.commit();
  test::attempt([&] { session.emplace<Guest>(); });
}

// CHECK: > CREATE TABLE animals ( id INTEGER NOT NULL, kind INTEGER NOT NULL, lives INTEGER, PRIMARY KEY (id) ) --
// CHECK: > CREATE TABLE people ( id INTEGER NOT NULL, kind VARCHAR NOT NULL, level INTEGER, PRIMARY KEY (id) ) --
// CHECK: > INSERT INTO animals (kind, lives) VALUES (?, ?) -- 2 9
// CHECK-NEXT: > INSERT INTO people (kind) VALUES (?) -- 'person'
// CHECK-NEXT: > INSERT INTO people (kind, level) VALUES (?, ?) -- 'engineer' 1
// CHECK-NEXT: > INSERT INTO people (kind, level) VALUES (?, ?) -- 'manager' 2
// CHECK-NEXT: > INSERT INTO people (kind) VALUES (?) -- 'visitor'
// CHECK-NEXT: > INSERT INTO machines (kind) VALUES (?) -- 2
// CHECK-NEXT: > INSERT INTO machines (kind) VALUES (?) -- 3
// CHECK-NEXT: > INSERT INTO lathes (lathe_id, feeds) VALUES (?, ?) -- 2 NULL
// CHECK-NEXT: > INSERT INTO presses (press_id, feeds) VALUES (?, ?) -- 1 NULL
// CHECK-NEXT: InvalidRequestError: class 'Guest' {{.*}} has no polymorphic_identity, so no row can be one of its objects; {{.*}}
