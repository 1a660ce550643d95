// S2, S4, S6, S39, S41, S42: classes mapped to Tables that the program makes, or that are in the
// MetaData when they are first used; several classes may share one.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::Column, declorm::MetaData, declorm::Table;

// Columns say what they are; members only which they stand for.
Table &make_users(MetaData &metadata) {
  return metadata.add_table(
      "people", Column("id", declorm::Integer, declorm::primary_key),
      Column("name_", declorm::String(50), declorm::not_null),
      Column("fullname", declorm::String, declorm::default_value("nobody")),
      Column("nickname", declorm::String, declorm::default_value([] { return "nick"; })),
      Column("logins", declorm::Integer, declorm::server_default("0"), declorm::not_null),
      Column("initial", declorm::String(1), declorm::computed("substr(name_, 1, 1)")));
}
struct [[declorm::table_from(&make_users)]] User {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column("name_")]] std::string login; // S41: under another name
  [[declorm::column]] std::optional<std::string> fullname, nickname;
  [[declorm::column]] std::optional<int> logins;
  [[declorm::column]] std::optional<std::string> initial;
  [[declorm::synonym("login")]] const std::string &name() const { return login; } // S42
};

// S4: another class on the same Table, by its name; each has objects of its own.
struct [[declorm::table_from("people")]] UserName {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name_;
  [[declorm::relationship]] std::vector<struct Address *> addresses;
};
struct [[declorm::table("address")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("people.id")]] std::optional<std::int64_t> user_id;
  [[declorm::relationship]] User *user = nullptr; // S40
};

// S6: in the MetaData by the time the class is used; S54 in a Table that is there.
struct [[using declorm: table_from("person"), polymorphic_identity("person")]] Person {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::optional<int> salary;
};

int main() {
  declorm::Engine engine = test::traced_engine();
  MetaData &metadata = declorm::metadata();
  // CHECK: address people
  for (const char *gap = ""; const Table *table : metadata.tables())
    std::cout << std::exchange(gap, " ") << table->name();
  std::cout << std::endl;
  metadata.create_all(engine);
  test::tracing = true;
  declorm::Session session(engine);

  // Defaults and values that the database makes come from the Table's columns.
  // CHECK-NEXT: > INSERT INTO people (name_, fullname, nickname) VALUES (?, ?, ?) -- 'ed' 'nobody' 'nick'
  // CHECK-NEXT: 1 ed nobody nick 0 e
  User &ed = session.emplace<User>();
  ed.login = "ed";
  session.commit();
  std::cout << ed.id << ' ' << ed.name() << ' ' << *ed.fullname << ' ' << *ed.nickname << ' '
            << *ed.logins << ' ' << *ed.initial << std::endl;

  // CHECK-NEXT: > SELECT people.id, people.name_ FROM people WHERE people.name_ = ? LIMIT ? -- 'ed' 2
  // CHECK-NEXT: 1 ed
  UserName &name = session.query<UserName>().filter(col<&UserName::name_> == "ed").one();
  std::cout << name.id << ' ' << name.name_ << std::endl;
  // CHECK-NEXT: > SELECT {{.*}} FROM people WHERE people.name_ = ? LIMIT ? -- 'ed' 2
  // CHECK-NEXT: same 1
  User &again = session.query<User>().filter(col<&User::login> == "ed").one();
  std::cout << "same " << (&again == &ed) << std::endl;

  // CHECK-NEXT: > INSERT INTO address (user_id) VALUES (?) -- 1
  // CHECK-NEXT: > SELECT address.id, address.user_id FROM address WHERE address.user_id IN (?) -- 1
  // CHECK-NEXT: addresses 1
  session.emplace<Address>().user = &ed;
  session.flush();
  session.load(name, &UserName::addresses);
  std::cout << "addresses " << name.addresses.size() << std::endl;

  // CHECK-NEXT: UnmappedClassError: class 'Person' is mapped to the table 'person' of the MetaData, which has none of that name; there is address, people; add or reflect it before the class's first use
  // CHECK-NEXT: UnmappedClassError: class 'Manager' is mapped to the table 'person' of the MetaData, which has none of that name; there is address, people; add or reflect it before the class's first use
  test::attempt([&] { session.query<Person>().all(); });
  test::attempt([&] { session.add(Manager{}); });
  metadata.add_table("person", Column("id", declorm::Integer, declorm::primary_key),
                     Column("kind", declorm::String(10)), Column("salary", declorm::Integer));
  session.commit();
  test::tracing = false;
  metadata.create_all(engine);
  test::tracing = true;
  // CHECK-NEXT: > INSERT INTO person (kind) VALUES (?) -- 'person'
  // CHECK-NEXT: > INSERT INTO person (kind, salary) VALUES (?, ?) -- 'manager' 5
  session.add(Person{});
  session.emplace<Manager>().salary = 5;
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: > SELECT person.id, person.kind, person.salary FROM person ORDER BY person.id --
  // CHECK-NEXT: 1 person
  // CHECK-NEXT: 2 manager 5
  for (Person &person : session.query<Person>().order_by(col<&Person::id>)) {
    std::cout << person.id << ' ' << person.kind;
    if (const Manager *manager = session.as<Manager>(person))
      std::cout << ' ' << *manager->salary;
    std::cout << std::endl;
  }
}
