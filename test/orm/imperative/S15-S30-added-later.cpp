// S15, S30: columns and relationships that are added to a mapping before configure reach DDL,
// INSERT and loading, of annotated classes too; after configure it is an error.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Address;
struct [[using declorm: table("users"), polymorphic_on("kind"),
         polymorphic_identity("user")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string kind;
  std::optional<std::string> nick;
  std::vector<Address *> addresses;
};
struct [[using declorm: mapped, polymorphic_identity("admin")]] Admin : User {
  [[declorm::column]] std::optional<int> level;
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  std::optional<std::int64_t> user_id;
  User *user = nullptr;
};

int main() {
  Mapper &users = mapper_of<User>();
  users.add_column<&User::nick>("nick_name", String(20), unique, comment("how friends call"));
  mapper_of<Address>().add_column<&Address::user_id>(
      "user_id", ForeignKey("users.id", {.on_delete = "CASCADE"}));
  mapper_of<Address>().add_relationship<&Address::user>();
  users.add_relationship<&User::addresses>(back_populates("user"), order_by("Address.email"));
  // The mapper is the same, and knows them.
  // CHECK: 1 id name kind nick
  std::cout << (&users == &mapper_of<User>());
  for (const Attribute &attribute : users.attributes())
    std::cout << ' ' << attribute.name();
  std::cout << std::endl;
  // A second time, a class that the member does not stand in, a column that is there.
  // CHECK-NEXT: ArgumentError: class 'User' ({{.*}}:11): member 'nick' is mapped already
  // CHECK-NEXT: ArgumentError: class 'User' ({{.*}}:11): member 'addresses' is mapped already
  // CHECK-NEXT: ArgumentError: class 'User' ({{.*}}:11): member 'user' stands in class 'Address', which is neither the class itself nor an annotated base of it
  mapper_of<User>();
  test::attempt([&] { users.add_column<&User::nick>("again"); });
  test::attempt([&] { users.add_relationship<&User::addresses>(); });
  test::attempt([&] { users.add_relationship<&Address::user>(); });

  const Engine engine = test::open_database();
  // CHECK-NEXT: CREATE TABLE users (
  // CHECK-NEXT: 	id INTEGER NOT NULL,
  // CHECK-NEXT: 	name VARCHAR NOT NULL,
  // CHECK-NEXT: 	kind VARCHAR NOT NULL,
  // CHECK-NEXT: 	level INTEGER,
  // CHECK-NEXT: 	nick_name VARCHAR(20),
  // CHECK-NEXT: 	PRIMARY KEY (id),
  // CHECK-NEXT: 	UNIQUE (nick_name)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE addresses (
  // CHECK-NEXT: 	id INTEGER NOT NULL,
  // CHECK-NEXT: 	email VARCHAR NOT NULL,
  // CHECK-NEXT: 	user_id INTEGER,
  // CHECK-NEXT: 	PRIMARY KEY (id),
  // CHECK-NEXT: 	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
  // CHECK-NEXT: )
  for (const Table *table : declorm::metadata().sorted_tables())
    std::cout << create_sql(*table, dialect("sqlite")) << std::endl;
  declorm::metadata().create_all(engine);

  Session session(engine);
  Admin &ed = session.emplace<Admin>();
  ed.name = "ed";
  ed.nick = "eddie";
  ed.level = 3;
  ed.addresses.push_back(&session.add(Address{.email = "b@x"}));
  ed.addresses.push_back(&session.add(Address{.email = "a@x"}));
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: eddie 3 a@x 1
  User &user = session.query<User>()
                   .filter(col<&User::nick> == "eddie")
                   .options(selectinload<&User::addresses>())
                   .one();
  std::cout << *user.nick << ' ' << *session.as<Admin>(user)->level << ' '
            << user.addresses.front()->email << ' ' << (user.addresses.front()->user == &user)
            << std::endl;
  // CHECK-NEXT: InvalidRequestError: class 'User' ({{.*}}:11): member 'nick' is added after the mappers were configured, which the first Session, query or configure() does; add it before
  test::attempt([&] { mapper_of<User>().add_column<&User::nick>("late"); });
}
