// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Touches where a query would be: in hooks, in what a flush calls that is no hook, and in another
// thread while the session is busy. Objects of classes below load too, and hooks of what is loaded
// are called.
#include "../Inputs/traced.h"
#include "Inputs/said.h"

#include <thread>

struct Team;
struct [[using declorm: table("members"), polymorphic_on("kind"),
         polymorphic_identity("member")]] Member {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  [[declorm::column]] int level = 0;
  [[using declorm: column, foreign_key("teams.id")]] std::optional<std::int64_t> team_id{};
  [[declorm::relationship]] declorm::lazy<Team> team;
  [[declorm::before_update]] void updating(declorm::Session &);
  [[declorm::validates("level")]] int check(int value) const;
  [[declorm::after_load]] void loaded() { ++loads; }
  static inline int loads = 0;
  static inline bool from_other_thread = false;
};
struct [[using declorm: table("leads"), polymorphic_identity("lead")]] Lead : Member {
  [[declorm::column]] std::string title;
};
struct [[declorm::table("teams")]] Team {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("team"), order_by("Member.kind")]]
  declorm::lazy_list<Member> members;
};

void Member::updating(declorm::Session &) {
  const auto touch = [this] { std::cout << test::said([&] { team->name += "!"; }) << std::endl; };
  if (from_other_thread)
    std::thread(touch).join();
  else
    touch();
}
int Member::check(int value) const {
  if (value == 9)
    std::cout << test::said_in_short([&] { static_cast<void>(team->name); }) << std::endl;
  return value;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Team &made = session.emplace<Team>();
  made.name = "red";
  Lead &lead = session.emplace<Lead>();
  lead.title = "dr";
  made.members = {&session.emplace<Member>(), &lead};
  session.commit();
  session.expunge_all();

  const Team &team = *session.get<Team>(1);
  std::cout << team.members.size() << Member::loads << session.as<Lead>(*team.members[0])->title
            << std::endl; // CHECK: 22dr

  session.expunge_all();
  Member &member = *session.get<Member>(1);
  member.level = 1;
  session.flush(); // CHECK-NEXT: nothing thrown
  session.expunge_all();
  Member &again = *session.get<Member>(1);
  again.level = 2;
  Member::from_other_thread = true;
  session.flush();
  // CHECK-NEXT: InvalidRequestError: this Session is in use by another call: a Session belongs to one thread at a time, {{.*}}
  Member::from_other_thread = false;
  again.level = 9; // CHECK-NEXT: {{InvalidRequestError|nothing thrown}}
  session.flush();
}
