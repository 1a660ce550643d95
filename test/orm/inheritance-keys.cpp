// Keys and identities in hierarchies: changed keys (ON UPDATE CASCADE), keys of several columns,
// identities that are numbers (0 too), enumerators by number and by name; joined classes five deep;
// class templates as subclasses.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

// The key follows in engineers and seniors; nothing is said of it in managers.
struct [[using declorm: table("people"), polymorphic_on("type"), polymorphic_identity(0)]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] int type = 0;
};
struct [[using declorm: table("engineers"), polymorphic_identity(1)]] Engineer : Person {
  [[using declorm: column, primary_key, foreign_key("people.id"), on_update("CASCADE")]]
  std::int64_t id = 0;
  [[declorm::column]] std::string language;
};
struct [[using declorm: table("seniors"), polymorphic_identity(2)]] Senior : Engineer {
  [[using declorm: column, primary_key, foreign_key("engineers.id"), on_update("cascade")]]
  std::int64_t senior_id = 0;
  [[declorm::column]] int level = 0;
};
struct [[using declorm: table("managers"), polymorphic_identity(-3)]] Manager : Person {
  [[declorm::column]] std::string swing;
};

static void changed_keys(const declorm::Engine &engine) {
  say("changed keys");
  declorm::Session session(engine);
  Senior &sue = session.add(Senior());
  Engineer &eve = session.add(Engineer());
  Manager &max = session.add(Manager());
  session.add(Person());
  session.commit();
  const auto show = [&] {
    for (Person &person : session.query<Person>().order_by(col<&Person::id>)) {
      std::cout << person.id << ' ' << person.type << " '" << person.name << "'";
      if (const Engineer *engineer = session.as<Engineer>(person))
        std::cout << ' ' << engineer->id << ' ' << engineer->language;
      if (const Senior *senior = session.as<Senior>(person))
        std::cout << ' ' << senior->senior_id << ' ' << senior->level;
      std::cout << std::endl;
    }
  };
  say("nothing else");
  eve.id = 20;
  session.commit();
  std::cout << (session.get<Person>(20) == &eve) << (session.get<Person>(2) == nullptr)
            << std::endl;
  say("other columns of all tables");
  sue.id = 10;
  sue.name = "sue";
  sue.language = "c";
  sue.level = 4;
  session.flush();
  show();
  say("rolled back");
  session.rollback();
  show();
  say("without ON UPDATE CASCADE the database says no");
  max.id = 30;
  test::attempt([&] { session.flush(); });
  session.rollback();
  std::cout << max.id << std::endl;
}

// A key of several columns; the member that is the discriminator has an initialiser of its own.
enum class Kind : std::uint8_t { item = 7, book = 9, atlas = 200 };
struct [[using declorm: table("items"), polymorphic_on("kind"),
         polymorphic_identity(Kind::item)]] Item {
  [[using declorm: column, primary_key]] std::int64_t shelf = 0;
  [[using declorm: column, primary_key]] std::string place;
  [[declorm::column]] Kind kind = Kind::book;
};
struct [[using declorm: table("books"), polymorphic_identity(Kind::book)]] Book : Item {
  [[declorm::column]] std::string title;
};
struct [[using declorm: table("atlases"), polymorphic_identity(Kind::atlas)]] Atlas : Book {
  [[declorm::column]] int maps = 0;
};

static void several_columns(const declorm::Engine &engine) {
  say("keys of several columns, enumerators by number");
  declorm::Session session(engine);
  const auto add = [&](auto object, const char *place) {
    object.shelf = 1;
    object.place = place;
    session.add(std::move(object));
  };
  add(Item(), "a");
  add(Book(), "b");
  add(Atlas(), "c");
  add(Atlas(), "d");
  session.commit();
  session.expunge_all();
  for (Item &item : session.query<Item>().order_by(col<&Item::place>))
    std::cout << item.shelf << item.place << ' ' << int(item.kind) << std::endl;
  std::cout << (session.get<Atlas>(1, "c") == session.get<Item>(1, "c"))
            << (session.get<Book>(1, "a") == nullptr) << std::endl;
  session.get<Atlas>(1, "d")->maps = 5;
  session.delete_(*session.get<Item>(1, "b"));
  session.flush();
}

// Each class has a table; enumerators by name; the last two are made of a template.
enum class Depth { one, two, three, four, five };
struct [[using declorm: table("d1"), polymorphic_on("depth"),
         polymorphic_identity(Depth::one)]] One {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, enum_names]] Depth depth = Depth::one;
  [[declorm::column]] int a = 1;
};
struct [[using declorm: table("d2"), polymorphic_identity(Depth::two)]] Two : One {
  [[declorm::column]] int b = 2;
};
struct [[using declorm: table("d3"), polymorphic_identity(Depth::three)]] Three : Two {
  [[declorm::column]] int c = 3;
};
template <Depth D, class Base>
struct [[using declorm: table("{class:lower}"), polymorphic_identity(D)]] Deeper : Base {
  [[declorm::column]] int d = int(D);
};
struct [[using declorm: table("d4"), polymorphic_identity(Depth::four)]] Four : Three {
  [[declorm::column]] int e = 4;
};
using Five = Deeper<Depth::five, Four>;

static void five_deep(const declorm::Engine &engine) {
  say("five deep, a template last");
  declorm::Session session(engine);
  Five &five = session.add(Five());
  session.add(Three()).c = 33;
  session.commit();
  five.a = 11;
  five.d = 55;
  session.commit();
  session.expunge_all();
  for (One &one : session.query<One>().order_by(col<&One::id>)) {
    std::cout << one.id << ' ' << int(one.depth) << ' ' << one.a;
    if (const Three *three = session.as<Three>(one))
      std::cout << ' ' << three->b << ' ' << three->c;
    if (const Five *whole = session.as<Five>(one))
      std::cout << ' ' << whole->e << ' ' << whole->d;
    std::cout << std::endl;
  }
  session.expunge_all();
  std::cout << session.query<Three>().filter(col<&One::a> == 11 && col<&Two::b> == 2).one().id
            << std::endl;
  session.delete_(*session.get<Two>(1));
  session.flush();
}

int main() {
  const declorm::Engine engine = test::traced_database();
  changed_keys(engine);
  several_columns(engine);
  five_deep(engine);
  say("statements on the base");
  declorm::Session session(engine);
  session.execute(
      declorm::update<Person>().where(col<&Person::id> == 4).set(col<&Person::name> = "changed"));
  std::cout << session.query<Person>().filter(col<&Person::name> == "changed").delete_()
            << std::endl;
  test::attempt([&] { session.execute(declorm::delete_<Person>()); });
}

// The output:
// CHECK: -- changed keys
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- '' 2
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- '' 1
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- '' -3
// CHECK-NEXT: > INSERT INTO people (name, type) VALUES (?, ?) -- '' 0
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 1 ''
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 2 ''
// CHECK-NEXT: > INSERT INTO managers (id, swing) VALUES (?, ?) -- 3 ''
// CHECK-NEXT: > INSERT INTO seniors (senior_id, level) VALUES (?, ?) -- 1 0
// CHECK-NEXT: -- nothing else
// CHECK-NEXT: > UPDATE people SET id = ? WHERE people.id = ? -- 20 2
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 20
// CHECK-NEXT: 1> SELECT people.id, people.name, people.type FROM people WHERE people.id = ? -- 2
// CHECK-NEXT: 1
// CHECK-NEXT: -- other columns of all tables
// CHECK-NEXT: > UPDATE people SET id = ?, name = ? WHERE people.id = ? -- 10 'sue' 1
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'c' 10
// CHECK-NEXT: > UPDATE seniors SET level = ? WHERE seniors.senior_id = ? -- 4 10
// CHECK-NEXT: > SELECT people.id, people.name, people.type FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT managers.id, people.name, people.type, managers.swing FROM people JOIN managers ON managers.id = people.id WHERE managers.id IN (?) -- 3
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, seniors.senior_id, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id IN (?) -- 10
// CHECK-NEXT: 3 -3 ''
// CHECK-NEXT: 4 0 ''
// CHECK-NEXT: 10 2 'sue' 10 c 10 4
// CHECK-NEXT: 20 1 '' 20
// CHECK-NEXT: -- rolled back
// CHECK-NEXT: > SELECT people.id, people.name, people.type FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language, seniors.senior_id, seniors.level FROM people JOIN engineers ON engineers.id = people.id JOIN seniors ON seniors.senior_id = engineers.id WHERE engineers.id IN (?) -- 1
// CHECK-NEXT: > SELECT managers.id, people.name, people.type, managers.swing FROM people JOIN managers ON managers.id = people.id WHERE managers.id IN (?) -- 3
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?) -- 20
// CHECK-NEXT: 1 2 '' 1  1 0
// CHECK-NEXT: 3 -3 ''
// CHECK-NEXT: 4 0 ''
// CHECK-NEXT: 20 1 '' 20
// CHECK-NEXT: -- without ON UPDATE CASCADE the database says no
// CHECK-NEXT: > UPDATE people SET id = ? WHERE people.id = ? -- 30 3
// CHECK-NEXT: IntegrityError: the Manager with key (3) cannot be updated: its key was changed, and table 'managers' has it too. Declare the key there with a foreign key that has on_update("CASCADE"), and it follows
// CHECK-NEXT: FOREIGN KEY constraint failed
// CHECK-NEXT: [SQL: UPDATE people SET id = ?
// CHECK-NEXT: WHERE people.id = ?]
// CHECK-NEXT: [parameters: (30, 3)]
// CHECK-NEXT: 3
// CHECK-NEXT: -- keys of several columns, enumerators by number
// CHECK-NEXT: > INSERT INTO items (shelf, place, kind) VALUES (?, ?, ?) -- 1 'a' 7
// CHECK-NEXT: > INSERT INTO items (shelf, place, kind) VALUES (?, ?, ?) -- 1 'b' 9
// CHECK-NEXT: > INSERT INTO items (shelf, place, kind) VALUES (?, ?, ?) -- 1 'c' 200
// CHECK-NEXT: > INSERT INTO books (shelf, place, title) VALUES (?, ?, ?) -- 1 'b' ''
// CHECK-NEXT: > INSERT INTO books (shelf, place, title) VALUES (?, ?, ?) -- 1 'c' ''
// CHECK-NEXT: > INSERT INTO atlases (shelf, place, maps) VALUES (?, ?, ?) -- 1 'c' 0
// CHECK-NEXT: > SELECT items.shelf, items.place, items.kind FROM items ORDER BY items.place --
// CHECK-NEXT: > SELECT books.shelf, books.place, items.kind, books.title FROM items JOIN books ON books.shelf = items.shelf AND books.place = items.place WHERE (books.shelf, books.place) IN ((?, ?)) -- 1 'b'
// CHECK-NEXT: > SELECT atlases.shelf, atlases.place, items.kind, books.title, atlases.maps FROM items JOIN books ON books.shelf = items.shelf AND books.place = items.place JOIN atlases ON atlases.shelf = books.shelf AND atlases.place = books.place WHERE (atlases.shelf, atlases.place) IN ((?, ?), (?, ?)) -- 1 'c' 1 'd'
// CHECK-NEXT: 1a 7
// CHECK-NEXT: 1b 9
// CHECK-NEXT: 1c 200
// CHECK-NEXT: 1d 200
// CHECK-NEXT: 11
// CHECK-NEXT: > UPDATE atlases SET maps = ? WHERE atlases.shelf = ? AND atlases.place = ? -- 5 1 'd'
// CHECK-NEXT: > DELETE FROM books WHERE books.shelf = ? AND books.place = ? -- 1 'b'
// CHECK-NEXT: > DELETE FROM items WHERE items.shelf = ? AND items.place = ? -- 1 'b'
// CHECK-NEXT: -- five deep, a template last
// CHECK-NEXT: > INSERT INTO d1 (depth, a) VALUES (?, ?) -- 'five' 1
// CHECK-NEXT: > INSERT INTO d1 (depth, a) VALUES (?, ?) -- 'three' 1
// CHECK-NEXT: > INSERT INTO d2 (id, b) VALUES (?, ?) -- 1 2
// CHECK-NEXT: > INSERT INTO d2 (id, b) VALUES (?, ?) -- 2 2
// CHECK-NEXT: > INSERT INTO d3 (id, c) VALUES (?, ?) -- 1 3
// CHECK-NEXT: > INSERT INTO d3 (id, c) VALUES (?, ?) -- 2 33
// CHECK-NEXT: > INSERT INTO d4 (id, e) VALUES (?, ?) -- 1 4
// CHECK-NEXT: > INSERT INTO deeper_depth_five_four (id, d) VALUES (?, ?) -- 1 4
// CHECK-NEXT: > UPDATE d1 SET a = ? WHERE d1.id = ? -- 11 1
// CHECK-NEXT: > UPDATE deeper_depth_five_four SET d = ? WHERE deeper_depth_five_four.id = ? -- 55 1
// CHECK-NEXT: > SELECT d1.id, d1.depth, d1.a FROM d1 ORDER BY d1.id --
// CHECK-NEXT: > SELECT deeper_depth_five_four.id, d1.depth, d1.a, d2.b, d3.c, d4.e, deeper_depth_five_four.d FROM d1 JOIN d2 ON d2.id = d1.id JOIN d3 ON d3.id = d2.id JOIN d4 ON d4.id = d3.id JOIN deeper_depth_five_four ON deeper_depth_five_four.id = d4.id WHERE deeper_depth_five_four.id IN (?) -- 1
// CHECK-NEXT: > SELECT d3.id, d1.depth, d1.a, d2.b, d3.c FROM d1 JOIN d2 ON d2.id = d1.id JOIN d3 ON d3.id = d2.id WHERE d3.id IN (?) -- 2
// CHECK-NEXT: 1 4 11 2 3 4 55
// CHECK-NEXT: 2 2 1 2 33
// CHECK-NEXT: > SELECT d3.id, d1.depth, d1.a, d2.b, d3.c FROM d1 JOIN d2 ON d2.id = d1.id JOIN d3 ON d3.id = d2.id WHERE d1.a = ? AND d2.b = ? LIMIT ? -- 11 2 2
// CHECK-NEXT: > SELECT deeper_depth_five_four.id, d1.depth, d1.a, d2.b, d3.c, d4.e, deeper_depth_five_four.d FROM d1 JOIN d2 ON d2.id = d1.id JOIN d3 ON d3.id = d2.id JOIN d4 ON d4.id = d3.id JOIN deeper_depth_five_four ON deeper_depth_five_four.id = d4.id WHERE deeper_depth_five_four.id IN (?) -- 1
// CHECK-NEXT: 1
// CHECK-NEXT: > DELETE FROM deeper_depth_five_four WHERE deeper_depth_five_four.id = ? -- 1
// CHECK-NEXT: > DELETE FROM d4 WHERE d4.id = ? -- 1
// CHECK-NEXT: > DELETE FROM d3 WHERE d3.id = ? -- 1
// CHECK-NEXT: > DELETE FROM d2 WHERE d2.id = ? -- 1
// CHECK-NEXT: > DELETE FROM d1 WHERE d1.id = ? -- 1
// CHECK-NEXT: -- statements on the base
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'changed' 4
// CHECK-NEXT: > SELECT people.id FROM people WHERE people.name = ? -- 'changed'
// CHECK-NEXT: > DELETE FROM managers WHERE managers.id IN (?) -- 4
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.senior_id IN (?) -- 4
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id IN (?) -- 4
// CHECK-NEXT: > DELETE FROM people WHERE people.id IN (?) -- 4
// CHECK-NEXT: 1
// CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed
// CHECK-NEXT: [SQL: DELETE FROM people]
// CHECK-NOT: {{.}}
