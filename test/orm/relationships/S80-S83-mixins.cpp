// Relationships in mixins: each class has its own, whose joins name the final class.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <iostream>

struct Target;
struct
    HasTarget { // S80: a foreign key and a relationship; S81: with the final class in the condition
  [[using declorm: column, foreign_key("targets.id")]] std::optional<int> target_id{};
  [[using declorm: relationship, primaryjoin("Target.id == {class}.target_id"),
    back_populates("{class:lower}s")]]
  Target *target = nullptr;
};
template <class Self> struct Linked { // S82: a template makes the type of the final class
  [[using declorm: column, foreign_key("{table}.id")]] std::optional<int> next_id{};
  [[using declorm: relationship("{class}"), remote_side("{class}.id")]] Self *next = nullptr;
};
struct [[declorm::table("firsts")]] First : HasTarget, Linked<First> {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("seconds")]] Second : HasTarget {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("thirds")]] Third : HasTarget { // S83: its own wins
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, viewonly]] Target *target = nullptr;
};
struct [[declorm::table("targets")]] Target {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, order_by("First.id")]] std::vector<First *> firsts{};
  [[declorm::relationship]] std::vector<Second *> seconds{};
};

int main() {
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Target &target = session.add(Target{.name = "goal"});
  First &one = session.add(First{}), &two = session.add(First{});
  Second &second = session.add(Second{});
  Third &third = session.add(Third{});
  one.target = &target;
  target.firsts.push_back(&two);
  one.next = &two;
  target.seconds.push_back(&second);
  session.flush();
  third.target_id = target.id;
  session.commit();
  // CHECK: firsts 2, of which the first leads to the second: 1; second's target: goal
  std::cout << "firsts " << target.firsts.size()
            << ", of which the first leads to the second: " << (one.next_id == two.id)
            << "; second's target: " << second.target->name << "\n";
  session.expunge_all();

  First &again = *session.get<First>(2); // inserted after the one it leads to
  Third &read = *session.get<Third>(1);
  session.load(again, &First::target);
  session.load(again, &First::next);
  session.load(read, &Third::target);
  // CHECK-NEXT: goal, 1, goal
  std::cout << again.target->name << ", " << again.next->id << ", " << read.target->name << "\n";
}
