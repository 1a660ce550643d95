// S1 to S8: one table, mapped in each way there is, with the log that `echo` writes.
// RUN: %declorm_clang %s %link_declorm -o %t && %database_merged %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::Column, declorm::MetaData, declorm::Table;

declorm::Engine &engine() {
  static declorm::Engine made = declorm::create_engine(test::database_url(), {.echo = true});
  return made;
}
void section(const char *title) { std::cerr << "#### " << title << std::endl; }

// S2: a Table built by hand.
Table &make_user(MetaData &metadata) {
  if (Table *known = metadata.find_table("user"))
    return *known;
  return metadata.add_table("user", Column("id", declorm::Integer, declorm::primary_key),
                            Column("name", declorm::String), Column("fullname", declorm::String),
                            Column("nickname", declorm::String));
}
struct [[declorm::table_from(&make_user)]] UserInline {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name, fullname, nickname;
};

// S4: asked for with autoload_with; it is in the MetaData, so nothing is read.
Table &load_user(MetaData &metadata) {
  make_user(metadata);
  return metadata.add_table("user", declorm::autoload_with(engine()));
}
struct [[declorm::table_from(&load_user)]] User {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name, fullname, nickname;
};

// S6: the Table of that name in the MetaData.
struct [[declorm::table_from("user")]] ReflectedUser {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name, fullname, nickname;
};

// The same in MetaData of their own: really reflected.
Table &autoload_user(MetaData &metadata) {
  return metadata.add_table("user", declorm::autoload_with(engine()));
}
struct [[using declorm: table_from("user"), metadata("two")]] User2 {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name, fullname, nickname;
};
struct [[using declorm: table_from("user"), metadata("three")]] User3 {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name;
};
// S1, S7: declared without a database.
struct [[using declorm: table("user"), deferred_reflection, metadata("four")]] User4 {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> name, fullname, nickname;
};

int main() {
  MetaData &metadata = declorm::metadata();
  section("create_all");
  metadata.create_all(engine());
  section("a table that is there: no SQL");
  std::cerr << "same table: "
            << (&metadata.add_table("user", declorm::autoload_with(engine())) ==
                &declorm::table_of<UserInline>())
            << std::endl;
  section("reflect: only names are asked");
  metadata.reflect(engine());
  std::cerr << "three classes, one table: "
            << (&declorm::table_of<User>() == &declorm::table_of<UserInline>() &&
                &declorm::table_of<ReflectedUser>() == &declorm::table_of<UserInline>())
            << std::endl;
  section("objects");
  {
    declorm::Session session(engine());
    session.add(UserInline{0, "sandy", "Sandy Cheeks", "s"});
    session.commit();
  }
  {
    declorm::Session session(engine());
    const ReflectedUser &user = session.query<ReflectedUser>().one();
    std::cerr << user.id << ' ' << *user.name << ' ' << *user.fullname << ' ' << *user.nickname
              << std::endl;
    const User &other = session.query<User>().one();
    std::cerr << "other identity: " << (static_cast<const void *>(&other) != &user) << std::endl;
  }
  section("autoload into fresh MetaData");
  autoload_user(declorm::metadata("two"));
  std::cerr << declorm::create_sql(declorm::table_of<User2>(), engine().dialect()) << std::endl;
  section("reflect into fresh MetaData");
  declorm::metadata("three").reflect(engine());
  for (const Column *column : declorm::table_of<User3>().columns())
    std::cerr << column->name() << ' ' << column->type().sql(engine().dialect()) << std::endl;
  section("prepare");
  declorm::prepare(engine());
  std::cerr << declorm::table_of<User4>().columns().size() << " columns" << std::endl;

  section("what is missing");
  MetaData fresh;
  test::attempt([&] { fresh.table("user"); });
  test::attempt([&] { fresh.add_table("nope", declorm::autoload_with(engine())); });
  std::cerr << "tables: " << fresh.tables().size() << std::endl;
}

// The output:
// CHECK: #### create_all
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT lower(name) FROM (SELECT name, type FROM sqlite_master UNION ALL SELECT name, type FROM sqlite_temp_master) WHERE type IN ('table', 'view')
// CHECK-NEXT: ()
// CHECK-NEXT: CREATE TABLE user (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR,
// CHECK-NEXT: 	fullname VARCHAR,
// CHECK-NEXT: 	nickname VARCHAR,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: ()
// CHECK-NEXT: COMMIT
// CHECK-NEXT: #### a table that is there: no SQL
// CHECK-NEXT: same table: 1
// CHECK-NEXT: #### reflect: only names are asked
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT {{.*}} FROM pragma_table_list {{.*}}
// CHECK-NEXT: ('main', 'temp')
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: three classes, one table: 1
// CHECK-NEXT: #### objects
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: INSERT INTO user (name, fullname, nickname)
// CHECK-NEXT: VALUES (?, ?, ?)
// CHECK-NEXT: ('sandy', 'Sandy Cheeks', 's')
// CHECK-NEXT: COMMIT
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT user.id, user.name, user.fullname, user.nickname
// CHECK-NEXT: FROM user
// CHECK-NEXT: LIMIT ?
// CHECK-NEXT: (2)
// CHECK-NEXT: 1 sandy Sandy Cheeks s
// CHECK-NEXT: SELECT user.id, user.name, user.fullname, user.nickname
// CHECK-NEXT: FROM user
// CHECK-NEXT: LIMIT ?
// CHECK-NEXT: (2)
// CHECK-NEXT: other identity: 1
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: #### autoload into fresh MetaData
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT {{.*}} FROM pragma_table_list {{.*}}
// CHECK-NEXT: ('main', 'temp')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main', 'main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ()
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: CREATE TABLE user (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR,
// CHECK-NEXT: 	fullname VARCHAR,
// CHECK-NEXT: 	nickname VARCHAR,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: #### reflect into fresh MetaData
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT {{.*}} FROM pragma_table_list {{.*}}
// CHECK-NEXT: ('main', 'temp')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main', 'main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ()
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: id INTEGER
// CHECK-NEXT: name VARCHAR
// CHECK-NEXT: fullname VARCHAR
// CHECK-NEXT: nickname VARCHAR
// CHECK-NEXT: #### prepare
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT {{.*}} FROM pragma_table_list {{.*}}
// CHECK-NEXT: ('main', 'temp')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ('main', 'main')
// CHECK-NEXT: SELECT {{.*}} FROM main.sqlite_master {{.*}}
// CHECK-NEXT: ()
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: 4 columns
// CHECK-NEXT: #### what is missing
// CHECK-NEXT: NoSuchTableError: there is no table 'user' in the MetaData
// CHECK-NEXT: BEGIN (implicit)
// CHECK-NEXT: SELECT {{.*}} FROM pragma_table_list {{.*}}
// CHECK-NEXT: ('main', 'temp')
// CHECK-NEXT: ROLLBACK
// CHECK-NEXT: NoSuchTableError: there is no table 'nope' in sqlite://; there is user
// CHECK-NEXT: tables: 0
