// What prepare refuses: nothing is mapped, nothing stays in the MetaData, and the next call may do
// better.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/database.h"

struct [[using declorm: table("users"), deferred_reflection("users")]] User {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column("name")]] std::string name;
  [[declorm::column]] double score = 0;
};
struct [[using declorm: table("pets"), deferred_reflection("users")]] Pet {
  [[declorm::column]] std::int64_t id = 0;
};
struct [[using declorm: table("items"), deferred_reflection("items"),
         exclude_properties("secret")]] Item {
  [[declorm::column]] std::int64_t id = 0;
};
struct [[using declorm: table("kinds"), deferred_reflection("kinds"),
         polymorphic_on("kind")]] Kind {
  [[declorm::column]] std::int64_t id = 0;
};
struct [[using declorm: mapped, polymorphic_identity("a")]] KindA : Kind {};
struct [[using declorm: table("tagged"), deferred_reflection("tagged")]] Tagged {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: relationship, secondary("tagings")]] std::vector<Tagged *> tags;
};

// The database joins the two by a column that no member stands for.
struct [[using declorm: table("foo"), deferred_reflection("foo")]] Foo {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::relationship]] std::vector<struct Bar *> bars;
};
struct [[using declorm: table("bar"), deferred_reflection("foo")]] Bar {
  [[declorm::column]] std::int64_t id = 0;
};

void attempt(const char *group, std::initializer_list<std::string> statements) {
  test::open_database().begin(
      [](declorm::Connection &connection) { test::drop_tables(connection); });
  declorm::Engine engine = test::database(statements);
  test::attempt([&] { declorm::prepare(group, engine); });
  std::cout << "  tables: " << declorm::metadata().tables().size() << std::endl;
}

int main() {
  const char *pets = "create table pets (id integer primary key)";
  attempt("users", {"create table \"user\" (id integer primary key)"});
  attempt("users", {pets, "create table users (id integer primary key, nam text, score real)"});
  attempt("users", {pets, "create table users (id integer primary key, name text, score date)"});
  attempt("users", {pets, "create table users (id integer, name text, score real)"});
  attempt("users",
          {pets, "create table users (code text primary key, id int, name text, score real)"});
  attempt("users", {pets, "create table users (id integer primary key, name text, score real, "
                          "email varchar(50) not null, city text not null default '')"});
  attempt("kinds", {"create table kinds (id integer primary key, kind text)"});
  attempt("tagged",
          {"create table tagged (id integer primary key)", "create table taggings (a int)"});
  // The class says that it does without the column.
  attempt("items", {"create table items (id integer primary key, secret text not null)"});
  attempt("users", {pets, "create table users (id integer primary key, name text, score real)"});
  attempt("foo", {"create table foo (id integer primary key)",
                  "create table bar (id integer primary key, foo_id integer references foo)"});
  for (int i = 0; i != 2; ++i)
    test::attempt([] { declorm::configure(); });
}

// The output:
// CHECK: NoSuchTableError: there is no table 'pets' in sqlite://; there is user
// CHECK-NEXT: there is no table 'users' in sqlite://; did you mean 'user'?
// CHECK-NEXT: 'pets' is the table of class 'Pet' ({{.*}}errors.cpp:11)
// CHECK-NEXT: 'users' is the table of class 'User' ({{.*}}errors.cpp:6)
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'User' ({{.*}}errors.cpp:6), member 'name': the table 'users' of the database has no column 'name'; did you mean 'nam'?
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'User' ({{.*}}errors.cpp:6), member 'score' of type 'double' cannot hold what column 'score' of table 'users' does, which is of type DATE in the database; give the member a type that can, or say with sql_type("…") how the column is to be read
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'User' ({{.*}}errors.cpp:6) maps to table 'users' of the database, which has no primary key; mark the member that identifies a row with {{\[\[}}using declorm: column, primary_key]]
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'User' ({{.*}}errors.cpp:6) maps to table 'users' of the database, whose primary key has the column 'code', which no member stands for; add one of type TEXT
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'User' ({{.*}}errors.cpp:6): the column 'email' of table 'users' is VARCHAR(50) NOT NULL without a default, and no member stands for it, so that no object could be inserted; add a member, or say exclude_properties("email") on a class that only reads and changes rows
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: ArgumentError: class 'Kind' ({{.*}}errors.cpp:19): polymorphic_on names 'kind', which is no member with a column; add a member for it
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: NoSuchTableError: there is no table 'tagings' in sqlite://; did you mean 'taggings'?
// CHECK-NEXT: 'tagings' is the table of the relationship 'tags' of class 'Tagged' ({{.*}}errors.cpp:23)
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 1
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 3
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 5
// CHECK-NEXT: ArgumentError: relationship 'bars' of class 'Foo' ({{.*}}errors.cpp:29): column 'bar.foo_id' has no member in class 'Bar' ({{.*}}errors.cpp:33), which the relationship needs; map it to one
// CHECK-NEXT: ArgumentError: relationship 'bars' of class 'Foo' ({{.*}}errors.cpp:29): column 'bar.foo_id' has no member in class 'Bar' ({{.*}}errors.cpp:33), which the relationship needs; map it to one
