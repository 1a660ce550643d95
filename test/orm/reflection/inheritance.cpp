// Inheritance that is declared before reflection: single tables and joined ones.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/database.h"

using declorm::col;

struct [[using declorm: table("foo"), deferred_reflection, polymorphic_identity("foo")]] Foo {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string type;
  [[declorm::column]] std::optional<std::string> data;
};
struct [[using declorm: mapped, polymorphic_identity("bar")]] Bar : Foo {
  [[declorm::column]] std::optional<std::string> bar_data;
};
// The key of its table has the name of the parent's.
struct [[using declorm: table("joined"), polymorphic_identity("joined")]] Joined : Foo {
  [[declorm::column]] std::optional<std::string> joined_data;
};
// Here it has another name, which the table knows.
struct [[using declorm: table("renamed"), polymorphic_identity("renamed")]] Renamed : Foo {
  [[declorm::column]] std::optional<std::string> renamed_data;
};
// Its own key, and the database says how it leads to the parent's.
struct [[using declorm: table("own_key"), polymorphic_identity("own")]] OwnKey : Foo {
  [[using declorm: column, primary_key]] std::int64_t own_id = 0;
  [[declorm::column]] std::optional<std::string> own_data;
};

int main() {
  declorm::Engine engine = test::database(
      {"create table foo (id integer primary key, type varchar(32), data varchar(30), bar_data "
       "varchar(30))",
       "create table joined (id integer primary key references foo(id) on delete cascade, "
       "joined_data varchar(30))",
       "create table renamed (foo_id integer primary key references foo(id), renamed_data text)",
       "create table own_key (own_data text, own_id integer not null references foo(id), primary "
       "key (own_id))"});
  declorm::prepare(engine);
  test::show(declorm::table_of<Foo>());
  test::show(declorm::table_of<Joined>());
  std::cout << declorm::table_of<Joined>().constraints().back().on_delete << std::endl;
  test::show(declorm::table_of<Renamed>());
  test::show(declorm::table_of<OwnKey>());

  test::tracing = true;
  declorm::Session session(engine);
  session.emplace<Bar>().bar_data = "b1";
  session.emplace<Foo>().data = "d";
  session.emplace<Joined>().joined_data = "j";
  session.emplace<Renamed>().renamed_data = "r";
  session.emplace<OwnKey>().own_data = "o";
  session.commit();
  session.expunge_all();
  for (Foo &foo : session.query<Foo>().order_by(col<&Foo::id>)) {
    std::cout << foo.id << ' ' << foo.type;
    if (const Bar *bar = session.as<Bar>(foo))
      std::cout << ' ' << *bar->bar_data;
    if (const Joined *joined = session.as<Joined>(foo))
      std::cout << ' ' << *joined->joined_data;
    if (const Renamed *renamed = session.as<Renamed>(foo))
      std::cout << ' ' << *renamed->renamed_data;
    if (const OwnKey *own = session.as<OwnKey>(foo))
      std::cout << ' ' << own->own_id << *own->own_data;
    std::cout << std::endl;
  }
}

// The output:
// CHECK: foo: id INTEGER NOT NULL, type VARCHAR(32), data VARCHAR(30), bar_data VARCHAR(30); key id
// CHECK-NEXT: joined: id INTEGER NOT NULL, joined_data VARCHAR(30); key id; id -> foo.id
// CHECK-NEXT: CASCADE
// CHECK-NEXT: renamed: foo_id INTEGER NOT NULL, renamed_data TEXT; key foo_id; foo_id -> foo.id
// CHECK-NEXT: own_key: own_data TEXT, own_id INTEGER NOT NULL; key own_id; own_id -> foo.id
// CHECK-NEXT: > INSERT INTO foo (type, data, bar_data) VALUES (?, ?, ?) -- 'bar' NULL 'b1'
// CHECK-NEXT: > INSERT INTO foo (type, data) VALUES (?, ?) -- 'foo' 'd'
// CHECK-NEXT: > INSERT INTO foo (type, data) VALUES (?, ?) -- 'joined' NULL
// CHECK-NEXT: > INSERT INTO foo (type, data) VALUES (?, ?) -- 'renamed' NULL
// CHECK-NEXT: > INSERT INTO foo (type, data) VALUES (?, ?) -- 'own' NULL
// CHECK-NEXT: > INSERT INTO joined (id, joined_data) VALUES (?, ?) -- 3 'j'
// CHECK-NEXT: > INSERT INTO own_key (own_data, own_id) VALUES (?, ?) -- 'o' 5
// CHECK-NEXT: > INSERT INTO renamed (foo_id, renamed_data) VALUES (?, ?) -- 4 'r'
// CHECK-NEXT: > SELECT foo.id, foo.type, foo.data, foo.bar_data FROM foo ORDER BY foo.id --
// CHECK-NEXT: > SELECT joined.id, foo.type, foo.data, joined.joined_data FROM foo JOIN joined ON joined.id = foo.id WHERE joined.id IN (?) -- 3
// CHECK-NEXT: > SELECT renamed.foo_id, foo.type, foo.data, renamed.renamed_data FROM foo JOIN renamed ON renamed.foo_id = foo.id WHERE renamed.foo_id IN (?) -- 4
// CHECK-NEXT: > SELECT foo.id, foo.type, foo.data, own_key.own_data, own_key.own_id FROM foo JOIN own_key ON own_key.own_id = foo.id WHERE foo.id IN (?) -- 5
// CHECK-NEXT: 1 bar b1
// CHECK-NEXT: 2 foo
// CHECK-NEXT: 3 joined j
// CHECK-NEXT: 4 renamed r
// CHECK-NEXT: 5 own 5o
