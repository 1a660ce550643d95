// validates: called by make, by set, and by each flush for what is new or changed; an exception
// leaves everything as it was.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <stdexcept>

using declorm::col;

struct Point {
  [[declorm::column]] int x = 0, y = 0;
};
struct Named {
  [[declorm::column]] std::string name;

private:
  [[declorm::validates("name")]] std::string not_empty(const std::string &value) const {
    if (value.empty())
      throw std::invalid_argument("the name is empty");
    return value;
  }
};
struct Team;
class [[declorm::table("members")]] Member : public Named {
public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> email, phone;
  [[declorm::composite]] Point place;
  [[using declorm: column, foreign_key("teams.id")]] std::optional<std::int64_t> team_id;
  [[declorm::relationship]] Team *team = nullptr;
  [[declorm::column]] int level() const { return level_; }
  void set_level(int level) { level_ = level; }

private:
  [[declorm::validates("email", "phone")]] static std::optional<std::string>
  trim(std::string_view member, std::optional<std::string> value) {
    std::cout << "validates " << member << ' ' << value.value_or("NULL") << std::endl;
    if (value && value->starts_with(' '))
      value->erase(0, value->find_first_not_of(' '));
    return value;
  }
  [[declorm::validates("place")]] static Point above(Point value) {
    if (value.y < 0)
      throw std::invalid_argument("below the ground");
    return value;
  }
  [[declorm::validates("level")]] int at_most_9(int value) { return value > 9 ? 9 : value; }
  [[declorm::validates("team")]] Team *open_team(Team *value);
  [[declorm::before_update]] void changes() {
    if (phone == "unknown")
      phone = " none";
  }
  int level_ = 0;
};
struct [[declorm::table("teams")]] Team {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] bool closed = false;
};
Team *Member::open_team(Team *value) {
  if (value && value->closed)
    throw std::invalid_argument("the team is closed");
  return value;
}

template <class Function> static void attempt(Function function) {
  try {
    function();
  } catch (const std::invalid_argument &error) {
    std::cout << "invalid_argument " << error.what() << std::endl;
  }
}

int main() {
  const declorm::Engine engine = test::traced_database();
  // CHECK: validates email  a@x
  // CHECK-NEXT: a@x
  std::cout << *declorm::make<Member>(col<&Member::email> = " a@x").email << std::endl;
  // CHECK-NEXT: invalid_argument the name is empty
  attempt([] { declorm::make<Member>(col<&Member::name, Member> = ""); });

  declorm::Session session(engine);
  Member &ed = session.emplace<Member>();
  ed.email = " ed@x";
  ed.set_level(12);
  // CHECK-NEXT: invalid_argument the name is empty
  attempt([&] { session.flush(); });
  // CHECK-NEXT: after  ed@x 12
  std::cout << "after " << *ed.email << ' ' << ed.level() << std::endl;
  session.rollback();
  session.add(ed).name = "ed";
  // CHECK-NEXT: validates email  ed@x
  // CHECK-NEXT: validates phone NULL
  // CHECK-NEXT: > INSERT INTO members (name, email, phone, x, y, team_id, level) VALUES (?, ?, ?, ?, ?, ?, ?) -- 'ed' 'ed@x' NULL 0 0 NULL 9
  session.commit();

  // Only what changed, and what a hook changes.
  session.get<Member>(1);
  ed.phone = "unknown";
  // CHECK: validates phone unknown
  // CHECK-NEXT: validates phone  none
  // CHECK-NEXT: > UPDATE members SET phone = ? WHERE members.id = ? -- 'none' 1
  session.commit();

  session.get<Member>(1);
  // CHECK: validates email   e@x
  session.set(ed, &Member::email, "  e@x");
  // CHECK-NEXT: set e@x
  std::cout << "set " << *ed.email << std::endl;
  attempt([&] { session.set(ed, &Member::name, ""); });
  ed.place.y = -1;
  attempt([&] { session.flush(); });
  session.rollback();
  Team &closed = session.add(Team{.closed = true}), &open = session.add(Team{});
  attempt([&] { session.set(ed, &Member::team, &closed); });
  // CHECK-NEXT: invalid_argument the name is empty
  // CHECK-NEXT: validates email e@x
  // CHECK-NEXT: invalid_argument below the ground
  // CHECK-NEXT: invalid_argument the team is closed
  // CHECK-NEXT: ed 0 1
  std::cout << ed.name << ' ' << ed.place.x << ' ' << (ed.team == nullptr) << std::endl;
  session.set(ed, &Member::team, &open);
  // CHECK: > UPDATE members SET team_id = ? WHERE members.id = ? -- 2 1
  session.commit();

  session.get<Member>(1);
  ed.team = &closed;
  ed.place.x = 5;
  // CHECK-NEXT: {{> SELECT .*}}
  // CHECK-NEXT: invalid_argument the team is closed
  attempt([&] { session.flush(); });
  // CHECK-NEXT: as they were 1 5
  std::cout << "as they were " << (ed.team == &closed) << ' ' << ed.place.x << std::endl;
}
