// Links to a single-table hierarchy, keys that the children's are part of: orphans, a parent that
// is renamed, merge(), expunge(), refresh(), expire() along relationships; what cannot be done.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

struct Item;
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("p")]] Person {
  [[using declorm: column, primary_key]] std::string name;
  [[declorm::column]] std::string type;
  [[using declorm: relationship, back_populates("owner"), cascade("all, delete-orphan"),
    order_by("Item.no")]]
  std::vector<Item *> items;
};
struct [[using declorm: mapped, polymorphic_identity("e")]] Employee : Person {
  [[using declorm: column, foreign_key("people.name")]] std::optional<std::string> boss_name;
  [[using declorm: relationship, back_populates("staff")]] Employee *boss = nullptr;
  [[using declorm: relationship, remote_side("boss_name")]] std::vector<Employee *> staff;
};
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key, foreign_key("people.name"), on_update("CASCADE")]]
  std::string owner_name;
  [[using declorm: column, primary_key]] int no = 0;
  [[declorm::relationship]] Person *owner = nullptr;
};
struct Team;
struct [[declorm::table("players")]] Player {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("teams.id")]] int team_id = 0;
  [[using declorm: relationship, back_populates("players")]] Team *team = nullptr;
};
struct [[declorm::table("teams")]] Team {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::relationship]] std::vector<Player *> players;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Employee &ann = session.emplace<Employee>(), &bob = session.emplace<Employee>();
  ann.name = "ann";
  bob.name = "bob";
  ann.boss = &bob;
  for (int i = 1; i != 4; ++i)
    ann.items.push_back(&session.add(Item{.no = i}));
  session.commit();
  std::cout << "bob has " << bob.staff.size() << std::endl << "an orphan" << std::endl;
  ann.items.pop_back();
  session.commit();

  std::cout << "a new name, which the items follow" << std::endl;
  ann.name = "Ann";
  session.flush();
  std::cout << ann.items.front()->owner_name << ' '
            << (session.get<Item>("Ann", 1) == ann.items.front()) << std::endl;
  session.rollback();
  std::cout << ann.name << ' ' << ann.items.front()->owner_name << std::endl;

  std::cout << "merge: an object graph of elsewhere" << std::endl;
  {
    Employee carl, elsewhere;
    carl.name = "carl";
    elsewhere.name = "ann";
    elsewhere.boss = &carl;
    Item seven{"ann", 7, nullptr};
    elsewhere.items = {&seven};
    Employee &merged = session.merge(elsewhere);
    session.commit();
    std::cout << (&merged == &ann) << ' ' << ann.boss->name << ' ' << ann.items.size() << ' '
              << ann.items.front()->no << ", bob has " << bob.staff.size() << std::endl;
  }
  std::cout << "refresh, expire, expunge" << std::endl;
  session.execute("INSERT INTO items VALUES ('ann', 1)");
  session.refresh(ann);
  std::cout << ann.items.size() << std::endl;
  session.expire(ann);
  std::cout << session.is_loaded(ann, &Employee::items) << std::endl;
  session.load(ann, &Person::items);
  std::cout << ann.items.size() << std::endl;
  Item &one = *ann.items.front();
  session.expunge(ann);
  std::cout << session.contains(ann) << session.contains(one) << session.contains(bob) << std::endl;

  std::cout << "what cannot be done" << std::endl;
  Team &team = session.emplace<Team>();
  Player &player = session.emplace<Player>();
  team.players = {&player};
  session.commit();
  team.players.clear();
  test::attempt([&] { session.flush(); });
  std::cout << player.team_id << ' ' << (player.team == &team) << team.players.size() << std::endl;
  session.rollback();
  std::cout << team.players.size() << std::endl;
  Player stranger;
  team.players.push_back(&stranger);
  test::attempt([&] { session.flush(); });
  session.rollback();
  declorm::Session other(engine);
  team.players.push_back(&other.add(Player{}));
  test::attempt([&] { session.flush(); });
  session.rollback();
  player.team = nullptr;
  test::attempt([&] { session.sync(player); });
  player.team = &team;
  session.delete_(team);
  test::attempt([&] { session.flush(); });
  session.rollback();
  Player &gone = session.add(Player{.team = &team});
  session.expunge(gone);
  team.players.push_back(&gone);
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::attempt([&] { session.load(team, &Team::id); });
}

// The output:
// CHECK: > INSERT INTO people (name, type, boss_name) VALUES (?, ?, ?) -- 'bob' 'e' NULL
// CHECK-NEXT: > INSERT INTO items (owner_name, no) VALUES (?, ?) -- 'ann' 1
// CHECK-NEXT: bob has 1
// CHECK-NEXT: an orphan
// CHECK-NEXT: > DELETE FROM items WHERE items.owner_name = ? AND items.no = ? -- 'ann' 3
// CHECK-NEXT: a new name, which the items follow
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.name = ? -- 'Ann' 'ann'
// CHECK-NEXT: Ann > SELECT items.owner_name, items.no FROM items WHERE items.owner_name = ? AND items.no = ? -- 'Ann' 1
// CHECK-NEXT: 1
// CHECK-NEXT: ann ann
// CHECK-NEXT: merge: an object graph of elsewhere
// CHECK-NEXT: > SELECT people.name, people.type, people.boss_name FROM people WHERE people.name = ? AND people.type IN (?) -- 'ann' 'e'
// CHECK-NEXT: > SELECT items.owner_name, items.no FROM items WHERE items.owner_name = ? AND items.no = ? -- 'ann' 7
// CHECK-NEXT: > SELECT items.owner_name, items.no FROM items WHERE items.owner_name IN (?) ORDER BY items.no -- 'ann'
// CHECK-NEXT: > SELECT people.name, people.type, people.boss_name FROM people WHERE people.name = ? AND people.type IN (?) -- 'carl' 'e'
// CHECK-NEXT: > UPDATE people SET boss_name = ? WHERE people.name = ? -- NULL 'ann'
// CHECK-NEXT: > INSERT INTO people (name, type, boss_name) VALUES (?, ?, ?) -- 'carl' 'e' NULL
// CHECK-NEXT: > INSERT INTO items (owner_name, no) VALUES (?, ?) -- 'ann' 7
// CHECK-NEXT: > UPDATE people SET boss_name = ? WHERE people.name = ? -- 'carl' 'ann'
// CHECK-NEXT: > DELETE FROM items WHERE items.owner_name = ? AND items.no = ? -- 'ann' 1
// CHECK-NEXT: 1 carl 1 7, bob has 0
// CHECK-NEXT: refresh, expire, expunge
// CHECK-NEXT: > INSERT INTO items VALUES ('ann', 1) --
// CHECK-NEXT: > SELECT people.name, people.type, people.boss_name FROM people WHERE people.name = ? AND people.type IN (?) -- 'ann' 'e'
// CHECK-NEXT: > SELECT items.owner_name, items.no FROM items WHERE items.owner_name IN (?) ORDER BY items.no -- 'ann'
// CHECK-NEXT: > SELECT people.name, people.type, people.boss_name FROM people WHERE people.name IN (?) AND people.type IN (?) -- 'carl' 'e'
// CHECK-NEXT: > SELECT people.name, people.type, people.boss_name FROM people WHERE people.boss_name IN (?) AND people.type IN (?) -- 'ann' 'e'
// CHECK-NEXT: 2
// CHECK-NEXT: 0
// CHECK-NEXT: > SELECT items.owner_name, items.no FROM items WHERE items.owner_name IN (?) ORDER BY items.no -- 'ann'
// CHECK-NEXT: 2
// CHECK-NEXT: 001
// CHECK-NEXT: what cannot be done
// CHECK-NEXT: > INSERT INTO teams DEFAULT VALUES --
// CHECK-NEXT: > INSERT INTO players (team_id) VALUES (?) -- 1
// CHECK-NEXT: FlushError: the Player with key (1) has no parent any more by 'Player.team', and its foreign key 'team_id' holds no NULL; give it another parent, delete_() it, or write cascade("all, delete-orphan") on 'Team.players'
// CHECK-NEXT: 1 10
// CHECK-NEXT: 1
// CHECK-NEXT: FlushError: relationship 'players' of class 'Team' ({{.*}}keys-and-cascades.cpp:34): the Team with key (1) refers to an object that this session does not hold. add() the Player and use the reference that add() returns, or take it out of 'Team.players'
// CHECK-NEXT: FlushError: relationship 'players' of class 'Team' ({{.*}}keys-and-cascades.cpp:34): the Team with key (1) refers to an object that this session does not hold. add() the Player and use the reference that add() returns, or take it out of 'Team.players'
// CHECK-NEXT: FlushError: the Player with key (1) has no parent any more by 'Player.team', and its foreign key 'team_id' holds no NULL; give it another parent, delete_() it, or write cascade("all, delete-orphan") on 'Team.players'
// CHECK-NEXT: > SELECT players.id, players.team_id FROM players WHERE players.team_id IN (?) -- 1
// CHECK-NEXT: FlushError: the Player with key (1) has no parent any more by 'Player.team', and its foreign key 'team_id' holds no NULL; give it another parent, delete_() it, or write cascade("all, delete-orphan") on 'Team.players'
// CHECK-NEXT: FlushError: relationship 'players' of class 'Team' ({{.*}}keys-and-cascades.cpp:34): the Team with key (1) refers to a new Player, which is out of this session's work: it was expunged, deleted, or rolled back. add() it again, or take it out of 'Team.players'
// CHECK-NEXT: InvalidRequestError: 'id' of class 'Team' is no relationship of class 'Team' ({{.*}}keys-and-cascades.cpp:34); there are 'players'
