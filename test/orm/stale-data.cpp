// An UPDATE or DELETE that meets no row: the error names class, table, and what was compared, and
// says what may have been, whoever did it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

declorm::Table &note_tags(declorm::MetaData &metadata) {
  if (declorm::Table *known = metadata.find_table("note_tags"))
    return *known;
  return metadata.add_table(
      "note_tags",
      declorm::Column("note", declorm::Integer, declorm::primary_key,
                      declorm::ForeignKey("notes.id")),
      declorm::Column("lang", declorm::String, declorm::primary_key),
      declorm::Column("word", declorm::String, declorm::primary_key),
      declorm::ForeignKeyConstraint({"lang", "word"}, {"tags.lang", "tags.word"}));
}

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("cells")]] Cell {
  [[using declorm: column, primary_key]] int row = 0;
  [[using declorm: column("col"), primary_key]] std::string column;
  [[declorm::column]] std::optional<double> value;
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("p")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("engineers"), polymorphic_identity("e")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
class [[declorm::table("secrets")]] Secret {
public:
  explicit Secret(std::string name = "", int n = 0) : name_(std::move(name)), n_(n) {}
  void set(int n) { n_ = n; }

private:
  [[using declorm: column, primary_key]] std::string name_;
  [[declorm::column]] int n_;
};
struct [[using declorm: table("doubles"), mapper_primary_key("a")]] Double {
  [[declorm::column]] int a = 0;
  [[declorm::column]] int b = 0;
};
struct Tag;
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, secondary(&note_tags)]] std::vector<Tag *> tags;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::string lang;
  [[using declorm: column, primary_key]] std::string word;
};
/// Flushes what must fail, and rolls back.
static void fail(declorm::Session &s) {
  test::attempt([&] { s.flush(); });
  s.rollback();
}

static void in_sessions(const declorm::Engine &engine) {
  declorm::Session s(engine);
  User &user = s.add(User{.id = 11, .name = "a"});
  Cell &cell = s.add(Cell{.row = 1, .column = "x"});
  Engineer &engineer = s.emplace<Engineer>();
  Secret &secret = s.add(Secret("key"));
  s.commit();
  const auto change_behind = [&](std::string_view sql) { s.execute(sql); };

  // CHECK: StaleDataError: UPDATE of class 'User' matched no row: table 'users' has none where id = 11. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. Load the object again, in a session after rollback()
  change_behind("DELETE FROM users");
  user.name = "b";
  fail(s);
  // CHECK-NEXT: StaleDataError: DELETE of class 'User' matched no row: table 'users' has none where id = 11. {{The .*}}
  change_behind("DELETE FROM users");
  s.delete_(user);
  fail(s);
  // CHECK-NEXT: StaleDataError: UPDATE of class 'User' to the key (12) matched no row: table 'users' has none where id = 11. {{The .*}}
  change_behind("UPDATE users SET id = 99");
  user.id = 12;
  fail(s);
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Cell' matched no row: table 'cells' has none where row = 1 and col = 'x'. {{The .*}}
  change_behind("UPDATE cells SET col = 'X'");
  cell.value = 1;
  fail(s);
  // CHECK-NEXT: StaleDataError: DELETE of class 'Cell' matched no row: table 'cells' has none where row = 1 and col = 'x'. {{The .*}}
  change_behind("UPDATE cells SET row = 2");
  s.delete_(cell);
  fail(s);
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Engineer' matched no row: table 'engineers' has none where id = 1. {{The .*}}
  change_behind("DELETE FROM engineers");
  engineer.language = "c";
  fail(s);
  // CHECK-NEXT: StaleDataError: DELETE of class 'Engineer' matched no row: table 'engineers' has none where id = 1. {{The .*}}
  change_behind("DELETE FROM engineers");
  s.delete_(engineer);
  fail(s);
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Secret' matched no row: table 'secrets' has none where name_ = 'key'. {{The .*}}
  change_behind("DELETE FROM secrets");
  secret.set(1);
  fail(s);

  // CHECK-NEXT: StaleDataError: UPDATE of class 'Double' matched 2 rows: table 'doubles' has several where a = 1, which is to be the key of one. Name a key that tells its rows apart
  s.execute("INSERT INTO doubles VALUES (1, 2)");
  Double &first = s.query<Double>().one();
  s.execute("INSERT INTO doubles VALUES (1, 3)");
  first.b = 4;
  fail(s);
}

static void links(const declorm::Engine &engine) {
  declorm::Session s(engine);
  Note &note = s.emplace<Note>();
  note.tags = {&s.add(Tag{.lang = "en", .word = "hot"})};
  s.commit();
  // CHECK-NEXT: StaleDataError: 'Note.tags': DELETE of the link of the Note with key (1) with the Tag with key ('en', 'hot') matched no row: table 'note_tags' has none where note = 1 and lang = 'en' and word = 'hot'. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. rollback(), and load both again
  s.load(note, &Note::tags);
  s.execute("DELETE FROM note_tags");
  note.tags.clear();
  fail(s);
  std::cout << note.tags.size() << std::endl;
  // CHECK-NEXT: 1
}

static void plain_objects(const declorm::Engine &engine) {
  declorm::Connection connection = engine.connect();
  // CHECK-NEXT: StaleDataError: UPDATE of class 'User' matched no row: table 'users' has none where id = 99. {{The .*}}
  User user{.id = 99};
  test::attempt([&] { connection.update(user); });
  // CHECK-NEXT: StaleDataError: DELETE of class 'User' matched no row: table 'users' has none where id = 99. {{The .*}}
  test::attempt([&] { connection.delete_(user); });
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Cell' matched no row: table 'cells' has none where row = 7 and col = 'c2'. {{The .*}}
  std::vector<Cell> cells;
  for (const char *column : {"c1", "c2", "c3"})
    cells.push_back(Cell{.row = 7, .column = column});
  connection.insert(std::span(cells).first(1));
  test::attempt([&] { connection.update(cells); });
  // CHECK-NEXT: StaleDataError: DELETE of class 'Engineer' matched no row: table 'engineers' has none where id = 5. {{The .*}}
  Engineer engineer;
  engineer.id = 5;
  test::attempt([&] { connection.delete_(engineer); });
  // What names no row by its key tells how many there were.
  // CHECK-NEXT: 0 rows
  std::cout << connection.execute(declorm::delete_<User>().where(col<&User::id> == 99)).rowcount()
            << " rows" << std::endl;
}

int main() {
  declorm::configure(); // makes the table in between
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  in_sessions(engine);
  links(engine);
  plain_objects(engine);
}
