// S16, S20: a backref by a call: the member that it names is mapped by nothing else, in a class
// that a call or that annotations map, before or after this one.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct User;
struct Group;
struct Address {
  std::int64_t id = 0;
  std::optional<std::int64_t> user_id;
  User *user = nullptr;
};
struct User {
  std::int64_t id = 0;
  std::vector<Address *> addresses;
  std::vector<Group *> groups;
};
struct [[declorm::table("groups")]] Group {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  std::vector<User *> users; // the class was complete, and nothing maps it by an annotation
};

int main() {
  MetaData &metadata = declorm::metadata();
  Table &users = metadata.add_table("users", Column("id", Integer, primary_key));
  Table &addresses = metadata.add_table("addresses", Column("id", Integer, primary_key),
                                        Column("user_id", Integer, ForeignKey("users.id")));
  metadata.add_table("user_groups", Column("user_id", Integer, primary_key, ForeignKey("users.id")),
                     Column("group_id", Integer, primary_key, ForeignKey("groups.id")));
  registry().map_imperatively<User>(
      users, field<&User::id>("id"), relationship<&User::addresses>(backref<&Address::user>()),
      relationship<&User::groups>(secondary("user_groups"), backref<&Group::users>()));
  registry().map_imperatively<Address>(addresses, field<&Address::id>("id"),
                                       field<&Address::user_id>("user_id"));

  const Engine engine = test::open_database();
  metadata.create_all(engine);
  Session session(engine);
  User &ann = session.emplace<User>(), &bob = session.emplace<User>();
  session.emplace<Address>().user = &ann;
  bob.addresses.push_back(&session.emplace<Address>());
  Group &group = session.emplace<Group>();
  group.users = {&ann, &bob};
  session.commit();
  // CHECK: 1 1 1 1
  std::cout << ann.addresses.size() << ' ' << (bob.addresses.front()->user == &bob) << ' '
            << ann.groups.size() << ' ' << (bob.groups.front() == &group) << std::endl;
  session.expunge_all();
  // CHECK-NEXT: 2 1 1
  Group &again = session.query<Group>()
                     .options(selectinload<&Group::users>().selectinload<&User::addresses>())
                     .one();
  std::cout << again.users.size() << ' ' << again.users.front()->addresses.size() << ' '
            << (again.users.back()->addresses.front()->user == again.users.back()) << std::endl;
  // CHECK-NEXT: 1
  std::cout << session.query<Address>().filter(col<&Address::user>.has(col<&User::id> == 1)).count()
            << std::endl;
}
