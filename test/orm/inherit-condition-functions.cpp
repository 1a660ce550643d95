// inherit_condition by a function: joins of one column and of several, below a joined class, by a
// column of a Table, by an annotation and by a call.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"
#include <declorm/imperative.h>

using declorm::col;

namespace declared_first {
declorm::Expression<bool> engineers();
declorm::Expression<bool> seniors();
declorm::Expression<bool> books();
} // namespace declared_first

struct [[using declorm: table("people"), polymorphic_on("kind"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string kind;
};
// Two keys lead to the parent; a relationship goes by the one that does not join.
struct [[using declorm: table("engineers"), polymorphic_identity("engineer"),
         inherit_condition(&declared_first::engineers)]] Engineer : Person {
  [[using declorm: column, primary_key, foreign_key("people.id")]] std::int64_t engineer_id = 0;
  [[using declorm: column, foreign_key("people.id")]] std::optional<std::int64_t> mentor_id;
  [[declorm::relationship]] Person *mentor = nullptr;
};
// Below a joined class, the sides swapped; the member stands for both columns.
struct [[using declorm: table("seniors"), polymorphic_identity("senior"),
         inherit_condition(&declared_first::seniors)]] Senior : Engineer {
  [[using declorm: column, primary_key, foreign_key("engineers.engineer_id")]]
  std::int64_t engineer_id = 0;
  [[using declorm: column, foreign_key("engineers.engineer_id")]]
  std::optional<std::int64_t> rival_id;
};
// A call names a function that only the class itself may call.
class Manager : public Person {
public:
  std::int64_t manager_id = 0;
  std::optional<std::int64_t> deputy_id;
  static void map(declorm::Table &table) {
    declorm::registry().map_imperatively<Manager>(
        table, declorm::inherits<Person>(), declorm::polymorphic_identity("manager"),
        declorm::inherit_condition<&Manager::join>(),
        declorm::field<&Manager::manager_id>("manager_id"),
        declorm::field<&Manager::deputy_id>("deputy_id"));
  }

private:
  static declorm::Expression<bool> join() {
    return col<&Person::id> == declorm::metadata().table("managers").column("manager_id");
  }
};
// A key of two columns.
struct [[using declorm: table("items"), polymorphic_on("kind"), polymorphic_identity(1)]] Item {
  [[using declorm: column, primary_key]] std::int64_t shelf = 0;
  [[using declorm: column, primary_key]] std::string place;
  [[declorm::column]] int kind = 0;
};
struct [[using declorm: table("books"), polymorphic_identity(2),
         inherit_condition(&declared_first::books)]] Book : Item {
  [[using declorm: column, primary_key]] std::int64_t book_shelf = 0;
  [[using declorm: column, primary_key]] std::string book_place;
  [[declorm::column]] std::string title;
};

namespace declared_first {
declorm::Expression<bool> engineers() { return col<&Engineer::engineer_id> == col<&Person::id>; }
declorm::Expression<bool> seniors() {
  return col<&Engineer::engineer_id> == col<&Senior::engineer_id>;
}
declorm::Expression<bool> books() {
  return col<&Book::book_shelf> == col<&Item::shelf> && col<&Book::book_place> == col<&Item::place>;
}
} // namespace declared_first

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

static void show(declorm::Session &session, Person &person) {
  std::cout << person.id << ' ' << person.name << ' ' << person.kind;
  if (const Engineer *engineer = session.as<Engineer>(person))
    std::cout << " engineer " << engineer->engineer_id << " mentor "
              << engineer->mentor_id.value_or(0);
  if (const Senior *senior = session.as<Senior>(person))
    std::cout << " senior " << senior->engineer_id << " rival " << senior->rival_id.value_or(0);
  if (const Manager *manager = session.as<Manager>(person))
    std::cout << " manager " << manager->manager_id << " deputy " << manager->deputy_id.value_or(0);
  std::cout << std::endl;
}

template <class T> static T named(const char *name) {
  T object;
  object.name = name;
  return object;
}

int main() {
  using namespace declorm;
  Manager::map(metadata().add_table(
      "managers", Column("manager_id", Integer, primary_key, ForeignKey("people.id")),
      Column("deputy_id", Integer, ForeignKey("people.id"))));
  for (const char *table : {"engineers", "books"})
    std::cout << create_sql(metadata().table(table), dialect("sqlite")) << std::endl;
  const Engine engine = test::traced_database();
  {
    say("insert");
    Session session(engine);
    Person &anyone = session.add(named<Person>("ann"));
    Engineer &eve = session.add(named<Engineer>("eve"));
    eve.mentor = &anyone;
    session.flush();
    session.add(named<Senior>("sue")).rival_id = eve.engineer_id;
    session.add(named<Manager>("max")).deputy_id = eve.id;
    Book &book = session.emplace<Book>();
    book.shelf = 7;
    book.place = "top";
    book.title = "tides";
    session.commit();
  }
  {
    say("the base");
    Session session(engine);
    for (Person &person : session.query<Person>().order_by(col<&Person::id>))
      show(session, person);
    for (Item &item : session.query<Item>())
      std::cout << item.shelf << ' ' << item.place << ' ' << session.as<Book>(item)->title
                << std::endl;
  }
  {
    say("the subclasses");
    Session session(engine);
    Engineer &eve = session.query<Engineer>().filter(col<&Person::name> == "eve").one();
    show(session, eve);
    session.load(eve, &Engineer::mentor);
    std::cout << eve.mentor->name << std::endl;
    show(session, session.query<Senior>().one());
    show(session, *session.get<Manager>(4));
    const Book &book = session.query<Book>().one();
    std::cout << book.book_shelf << ' ' << book.book_place << ' ' << book.title << std::endl;
  }
  {
    say("update and delete");
    Session session(engine);
    Senior &sue = session.query<Senior>().one();
    sue.name = "susan";
    sue.rival_id.reset();
    session.flush();
    session.delete_(sue);
    session.commit();
  }
}

// CHECK: CREATE TABLE engineers (
// CHECK-NEXT: engineer_id INTEGER NOT NULL,
// CHECK-NEXT: mentor_id INTEGER,
// CHECK-NEXT: PRIMARY KEY (engineer_id),
// CHECK-NEXT: FOREIGN KEY(engineer_id) REFERENCES people (id),
// CHECK-NEXT: FOREIGN KEY(mentor_id) REFERENCES people (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE books (
// CHECK-NEXT: book_shelf INTEGER NOT NULL,
// CHECK-NEXT: book_place VARCHAR NOT NULL,
// CHECK-NEXT: title VARCHAR NOT NULL,
// CHECK-NEXT: PRIMARY KEY (book_shelf, book_place)
// CHECK-NEXT: )
// CHECK-NEXT: -- insert
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'ann' 'person'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'eve' 'engineer'
// CHECK-NEXT: > INSERT INTO engineers (engineer_id, mentor_id) VALUES (?, ?) -- 2 1
// CHECK-NEXT: > INSERT INTO items (shelf, place, kind) VALUES (?, ?, ?) -- 7 'top' 2
// CHECK-NEXT: > INSERT INTO books (book_shelf, book_place, title) VALUES (?, ?, ?) -- 7 'top' 'tides'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'sue' 'senior'
// CHECK-NEXT: > INSERT INTO people (name, kind) VALUES (?, ?) -- 'max' 'manager'
// CHECK-NEXT: > INSERT INTO engineers (engineer_id, mentor_id) VALUES (?, ?) -- 3 NULL
// CHECK-NEXT: > INSERT INTO seniors (engineer_id, rival_id) VALUES (?, ?) -- 3 2
// CHECK-NEXT: > INSERT INTO managers (manager_id, deputy_id) VALUES (?, ?) -- 4 2
// CHECK-NEXT: -- the base
// CHECK-NEXT: > SELECT people.id, people.name, people.kind FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, engineers.engineer_id, engineers.mentor_id FROM people JOIN engineers ON engineers.engineer_id = people.id WHERE people.id IN (?) -- 2
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, seniors.engineer_id, engineers.mentor_id, seniors.rival_id FROM people JOIN engineers ON engineers.engineer_id = people.id JOIN seniors ON seniors.engineer_id = engineers.engineer_id WHERE people.id IN (?) -- 3
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, managers.manager_id, managers.deputy_id FROM people JOIN managers ON managers.manager_id = people.id WHERE people.id IN (?) -- 4
// CHECK-NEXT: 1 ann person
// CHECK-NEXT: 2 eve engineer engineer 2 mentor 1
// CHECK-NEXT: 3 sue senior engineer 3 mentor 0 senior 3 rival 2
// CHECK-NEXT: 4 max manager manager 4 deputy 2
// CHECK-NEXT: > SELECT items.shelf, items.place, items.kind FROM items --
// CHECK-NEXT: > SELECT items.shelf, items.place, items.kind, books.book_shelf, books.book_place, books.title FROM items JOIN books ON books.book_shelf = items.shelf AND books.book_place = items.place WHERE (items.shelf, items.place) IN ((?, ?)) -- 7 'top'
// CHECK-NEXT: 7 top tides
// CHECK-NEXT: -- the subclasses
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, engineers.engineer_id, engineers.mentor_id FROM people JOIN engineers ON engineers.engineer_id = people.id WHERE people.name = ? LIMIT ? -- 'eve' 2
// CHECK-NEXT: 2 eve engineer engineer 2 mentor 1
// CHECK-NEXT: > SELECT people.id, people.name, people.kind FROM people WHERE people.id IN (?) -- 1
// CHECK-NEXT: ann
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, seniors.engineer_id, engineers.mentor_id, seniors.rival_id FROM people JOIN engineers ON engineers.engineer_id = people.id JOIN seniors ON seniors.engineer_id = engineers.engineer_id LIMIT ? -- 2
// CHECK-NEXT: 3 sue senior engineer 3 mentor 0 senior 3 rival 2
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, managers.manager_id, managers.deputy_id FROM people JOIN managers ON managers.manager_id = people.id WHERE people.id = ? -- 4
// CHECK-NEXT: 4 max manager manager 4 deputy 2
// CHECK-NEXT: > SELECT items.shelf, items.place, items.kind, books.book_shelf, books.book_place, books.title FROM items JOIN books ON books.book_shelf = items.shelf AND books.book_place = items.place LIMIT ? -- 2
// CHECK-NEXT: 7 top tides
// CHECK-NEXT: -- update and delete
// CHECK-NEXT: > SELECT people.id, people.name, people.kind, seniors.engineer_id, engineers.mentor_id, seniors.rival_id FROM people JOIN engineers ON engineers.engineer_id = people.id JOIN seniors ON seniors.engineer_id = engineers.engineer_id LIMIT ? -- 2
// CHECK-NEXT: > UPDATE people SET name = ? WHERE people.id = ? -- 'susan' 3
// CHECK-NEXT: > UPDATE seniors SET rival_id = ? WHERE seniors.engineer_id = ? -- NULL 3
// CHECK-NEXT: > DELETE FROM seniors WHERE seniors.engineer_id = ? -- 3
// CHECK-NEXT: > DELETE FROM engineers WHERE engineers.engineer_id = ? -- 3
// CHECK-NEXT: > DELETE FROM people WHERE people.id = ? -- 3
