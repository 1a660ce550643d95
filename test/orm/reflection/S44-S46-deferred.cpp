// S1, S7, S44, S45, S46, S108: classes that are declared without a database and mapped by prepare.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/database.h"

using declorm::col;

// S44: on a base; everything below it is mapped at prepare(engine).
struct [[declorm::deferred_reflection]] Reflected {};

struct Bar;
struct [[declorm::table("foo")]] Foo : Reflected {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> data;
  [[declorm::relationship]] std::vector<Bar *> bars; // S46: before reflection
};
struct [[declorm::table("bar")]] Bar : Reflected {
  [[declorm::column]] std::optional<std::string> x;
  [[declorm::column]] std::int64_t id = 0;
  // S45: the database does not declare it.
  [[using declorm: column, foreign_key("foo.id")]] std::optional<std::int64_t> foo_id;
};

// A class that is not deferred does not wait.
struct [[declorm::table("plain")]] Plain {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

// A secondary that no class declares is reflected too.
struct Item;
struct [[declorm::table("users")]] User : Reflected {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column("name")]] std::string login; // S41
  [[using declorm: relationship, secondary("user_items")]] std::vector<Item *> items;
};
struct [[declorm::table("items")]] Item : Reflected {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

// Its key is one of the view's columns: nobody but the class says so.
struct [[using declorm: table("names"), deferred_reflection]] Name {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  declorm::Engine engine = test::database(
      {"create table foo (id integer primary key, data varchar(20), unmapped text)",
       "create table bar (id integer primary key, foo_id integer, x varchar(5) default 'none')",
       "create table users (id integer primary key, name varchar(50) not null)",
       "create table items (id integer primary key, name varchar(50) not null)",
       "create table user_items (user_id integer references users(id), item_id integer references "
       "items(id), primary key (user_id, item_id))",
       "create view names as select id, name from users"});
  test::tracing = true;

  // CHECK: plain
  for (const declorm::Table *table : declorm::metadata().tables())
    std::cout << table->name() << std::endl;
  // CHECK-NEXT: UnmappedClassError: class 'Foo' is mapped to table 'foo' by deferred reflection, which was not done yet; call declorm::prepare(engine) before its first use
  // CHECK-NEXT: UnmappedClassError: class 'Foo' is {{.*}}
  // CHECK-NEXT: UnmappedClassError: class 'Foo' is {{.*}}
  declorm::Session session(engine);
  test::attempt([&] { session.query<Foo>().all(); });
  test::attempt([&] { session.add(Foo()); });
  test::attempt([&] { session.execute(declorm::select<Foo>()); });
  Foo plain_object; // is an object like any other
  plain_object.data = "d";
  test::tracing = false;
  declorm::metadata().create_all(engine);
  test::tracing = true;

  // CHECK-NEXT: > SELECT count(*) FROM plain --
  // CHECK-NEXT: 0
  std::cout << session.query<Plain>().count() << std::endl;
  session.commit();
  // CHECK-NEXT: prepared
  std::cout << "prepared" << std::endl;
  const bool traced = std::exchange(test::tracing, false);
  declorm::prepare(engine);
  test::tracing = traced;
  // Again: nothing is left to do.
  declorm::prepare(engine);

  // CHECK-NEXT: foo: id INTEGER NOT NULL, data VARCHAR(20), unmapped TEXT; key id
  // CHECK-NEXT: bar: id INTEGER NOT NULL, foo_id INTEGER, x VARCHAR(5); key id; foo_id -> foo.id
  // CHECK-NEXT: names: id INTEGER NOT NULL, name VARCHAR(50); key id
  test::show(declorm::table_of<Foo>());
  test::show(declorm::table_of<Bar>());
  test::show(declorm::table_of<Name>());

  // Columns come in the order of the table; what no member stands for is left alone.
  // CHECK-NEXT: > INSERT INTO foo (data) VALUES (?) -- 'd'
  // CHECK-NEXT: > INSERT INTO bar (foo_id) VALUES (?) -- 1
  // CHECK-NEXT: > INSERT INTO bar (foo_id, x) VALUES (?, ?) -- 1 '2'
  Foo &foo = session.add(std::move(plain_object));
  foo.bars = {&session.emplace<Bar>(), &session.emplace<Bar>()};
  foo.bars[1]->x = "2";
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: > SELECT foo.id, foo.data FROM foo LIMIT ? -- 2
  // CHECK-NEXT: > SELECT bar.id, bar.foo_id, bar.x FROM bar WHERE bar.foo_id IN (?) -- 1
  // CHECK-NEXT: 1 d: 1 none, 2 2,
  Foo &loaded = session.query<Foo>().options(declorm::selectinload<&Foo::bars>()).one();
  std::cout << loaded.id << ' ' << *loaded.data << ':';
  for (const Bar *bar : loaded.bars)
    std::cout << ' ' << bar->id << ' ' << *bar->x << ',';
  std::cout << std::endl;

  test::tracing = false;
  User &ed = session.emplace<User>();
  ed.login = "ed";
  for (const char *name : {"i1", "i2"}) {
    ed.items.push_back(&session.emplace<Item>());
    ed.items.back()->name = name;
  }
  test::tracing = true;
  // CHECK-NEXT: > INSERT INTO items (name) VALUES (?) -- 'i1'
  // CHECK-NEXT: > INSERT INTO users (name) VALUES (?) -- 'ed'
  // CHECK-NEXT: > INSERT INTO user_items (user_id, item_id) VALUES (?, ?) -- 1 1
  session.commit();
  // CHECK-NEXT: > SELECT names.id, names.name FROM names WHERE names.id = ? -- 1
  // CHECK-NEXT: ed
  std::cout << session.get<Name>(1)->name << std::endl;
}
