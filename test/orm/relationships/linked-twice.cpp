// A link that is there already and is added again, while no list that shows it is loaded, is no
// error: its row stays the only one. One that a loaded list does not show, because the row came
// later, is an error, and so is what else in the table must be unique. What one of the lists shows
// is not added again.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::Column, declorm::ForeignKey, declorm::Integer, declorm::String;

static void add_tables(declorm::MetaData &metadata) {
  metadata.add_table(
      "note_tags", Column("note", Integer, declorm::primary_key, ForeignKey("notes.id")),
      Column("lang", String, declorm::primary_key), Column("word", String, declorm::primary_key),
      declorm::ForeignKeyConstraint({"lang", "word"}, {"tags.lang", "tags.word"}));
  metadata.add_table("friends", Column("who", Integer, declorm::not_null, ForeignKey("people.id")),
                     Column("whom", Integer, declorm::not_null, ForeignKey("people.id")),
                     declorm::UniqueConstraint({"who", "whom"}));
  metadata.add_table(
      "flats", Column("person", Integer, declorm::primary_key, ForeignKey("people.id")),
      Column("house", Integer, declorm::primary_key, declorm::unique, ForeignKey("houses.id")),
      Column("since", Integer, declorm::not_null));
}

struct Note;
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::string lang;
  [[using declorm: column, primary_key]] std::string word;
  [[declorm::relationship]] std::vector<Note *> notes;
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, secondary("note_tags"), back_populates("notes")]]
  std::vector<Tag *> tags;
};
struct [[declorm::table("houses")]] House {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("people")]] Person {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, secondary("friends"), primaryjoin("Person.id == friends.who"),
    secondaryjoin("Person.id == friends.whom"), backref("fans")]]
  std::vector<Person *> friends;
  std::vector<Person *> fans;
  [[using declorm: relationship, secondary("flats")]] std::vector<House *> houses;
};

static void count(declorm::Session &s, std::string_view table) {
  std::cout << s.execute("SELECT count(*) FROM " + std::string(table)).scalar().as<int>() << " rows"
            << std::endl;
}
/// Flushes what must fail, and rolls back.
static void fail(declorm::Session &s) {
  test::attempt([&] { s.flush(); });
  s.rollback();
}

static void several(const declorm::Engine &engine) {
  declorm::Session s(engine);
  Tag &hot = s.add(Tag{.lang = "en", .word = "hot"}),
      &cold = s.add(Tag{.lang = "en", .word = "cold"});
  Note &note = s.emplace<Note>();
  note.tags = {&hot};
  s.commit();
  s.expunge_all();

  // The second of three.
  Note &again = *s.get<Note>(1);
  const auto tag = [&](const char *word) { return s.get<Tag>("en", word); };
  Tag &fresh = s.add(Tag{.lang = "en", .word = "new"});
  again.tags = {tag("cold"), tag("hot"), &fresh};
  // CHECK: 3 rows
  s.flush();
  count(s, "note_tags");
  // CHECK-NEXT: 3 1
  std::cout << again.tags.size() << ' ' << s.contains(fresh) << std::endl;
  // The whole list is loaded with the next load, and what is taken out then goes.
  s.rollback();
  // CHECK-NEXT: 1 rows
  count(s, "note_tags");
  s.load(again, &Note::tags);
  again.tags.push_back(tag("cold"));
  again.tags.push_back(tag("hot"));
  again.tags.push_back(tag("cold"));
  s.commit();
  // A pointer that stands twice is one link.
  // CHECK-NEXT: 2 rows
  count(s, "note_tags");
  s.commit();

  // From the other side, and from both.
  // CHECK-NEXT: 2 rows
  s.expunge_all();
  tag("hot")->notes = {s.get<Note>(1)};
  s.commit();
  s.expunge_all();
  tag("hot")->notes = {s.get<Note>(1)};
  s.get<Note>(1)->tags = {tag("hot")};
  s.commit();
  count(s, "note_tags");
  // Added and taken back without a flush in between, it stays.
  // CHECK-NEXT: 2 rows
  s.expunge_all();
  s.get<Note>(1)->tags = {tag("hot")};
  s.get<Note>(1)->tags.clear();
  s.commit();
  count(s, "note_tags");
  // Added again while it is not loaded, then loaded and taken out.
  // CHECK-NEXT: 1 rows
  s.expunge_all();
  s.get<Note>(1)->tags = {tag("hot")};
  s.flush();
  s.load(*s.get<Note>(1), &Note::tags);
  std::erase(s.get<Note>(1)->tags, tag("hot"));
  s.flush();
  count(s, "note_tags");
  s.rollback();
  // A row that is there is no licence for one that refers to nothing.
  // CHECK-NEXT: IntegrityError: 'Note.tags': the row of table 'note_tags' that links the Note with key (1) with the Tag with key ('en', 'cold') cannot be inserted: the row of one of them is not in the database any more. rollback(), and load them again
  s.expunge_all();
  Note &unloaded = *s.get<Note>(1);
  Tag *const gone = tag("cold");
  s.execute("DELETE FROM note_tags WHERE word = 'cold'");
  s.execute("DELETE FROM tags WHERE word = 'cold'");
  unloaded.tags = {tag("hot"), gone};
  fail(s);

  // The other side is loaded and has it: no row is written, and both sides show it.
  // CHECK: 1 1
  // CHECK-NEXT: 2 rows
  s.expunge_all();
  s.load(*tag("hot"), &Tag::notes);
  Note &known = *s.get<Note>(1);
  known.tags.push_back(tag("hot"));
  s.flush();
  std::cout << known.tags.size() << ' ' << tag("hot")->notes.size() << std::endl;
  count(s, "note_tags");
  s.commit();
  s.expunge_all();
  s.load(*s.get<Note>(1), &Note::tags);
  tag("hot")->notes.push_back(s.get<Note>(1));
  s.commit();

  // Loaded, and then another program wrote the row.
  // CHECK-NEXT: IntegrityError: 'Note.tags': {{.*}} it is there already. 'Note.tags' of the Note with key (2) was loaded before that row came. rollback(), and load it again
  s.emplace<Note>();
  s.commit();
  Note &second = *s.get<Note>(2);
  s.load(second, &Note::tags);
  s.execute("INSERT INTO note_tags VALUES (2, 'en', 'hot')");
  second.tags.push_back(tag("hot"));
  fail(s);
  // CHECK: IntegrityError: 'Note.tags': the row of table 'note_tags' that links the Note with key (2) with the Tag with key ('en', 'cold') cannot be inserted: the row of one of them is not in the database any more. rollback(), and load them again
  s.load(second, &Note::tags);
  Tag *cold_tag = tag("cold");
  s.execute("DELETE FROM note_tags");
  s.execute("DELETE FROM tags WHERE word = 'cold'");
  second.tags.push_back(cold_tag);
  fail(s);
}

static void to_itself(const declorm::Engine &engine) {
  declorm::Session s(engine);
  Person &ann = s.emplace<Person>(), &bob = s.emplace<Person>();
  ann.friends = {&bob};
  s.commit();
  s.expunge_all();
  s.get<Person>(1)->friends = {s.get<Person>(2)};
  s.commit();
  s.expunge_all();
  s.get<Person>(2)->fans = {s.get<Person>(1)};
  s.commit();
  // CHECK: 1 rows
  count(s, "friends");
  // The same two the other way round are another link.
  // CHECK: 2 rows
  s.get<Person>(2)->friends = {s.get<Person>(1)};
  s.flush();
  count(s, "friends");

  // A savepoint: what was before it stays.
  // CHECK-NEXT: IntegrityError: 'Person.friends': {{.*}} it is there already. 'Person.fans' of the Person with key (3) was loaded before that row came. rollback(), and load it again
  // CHECK: 1 3 rows
  Person &carl = s.emplace<Person>();
  carl.friends = {s.get<Person>(1)};
  s.flush();
  s.load(*s.get<Person>(1), &Person::friends);
  {
    declorm::Transaction savepoint = s.begin_nested();
    s.execute("INSERT INTO friends VALUES (1, 3)");
    s.get<Person>(1)->friends.push_back(&carl);
    carl.friends.push_back(s.get<Person>(2));
    test::attempt([&] { s.flush(); });
    savepoint.rollback();
  }
  std::cout << carl.friends.size() << ' ';
  count(s, "friends");
  s.commit();
}

static void more_columns(const declorm::Engine &engine) {
  declorm::Session s(engine);
  Person &person = *s.get<Person>(1);
  House &house = s.emplace<House>();
  // CHECK-NEXT: IntegrityError: 'Person.houses': the row of table 'flats' that links the Person with key (1) with the House with key (1) cannot be inserted: a relationship writes nothing but the keys of both. Give the other columns a server default, or map the table as a class of its own
  person.houses = {&house};
  fail(s);
  // CHECK: IntegrityError: 'Person.houses': {{.*}} cannot be inserted: it is there already, or more in that table must be unique than the link. 'Person.houses' of the Person with key (1) was not loaded, {{.*}}
  s.execute("DROP TABLE flats");
  s.execute("CREATE TABLE flats (person INTEGER, house INTEGER UNIQUE)");
  test::continue_keys(s.connection());
  s.execute("INSERT INTO houses DEFAULT VALUES");
  s.execute("INSERT INTO flats VALUES (2, 1)");
  s.get<Person>(1)->houses = {s.get<House>(1)};
  fail(s);
  // What the model does not know of: the row that stands in the way is not that of the link.
  // CHECK: IntegrityError: 'Person.friends': the row of table 'friends' that links the Person with key (2) with the Person with key (3) cannot be inserted: it is there already. {{.*}}
  s.execute("CREATE UNIQUE INDEX one_friend ON friends (who)");
  s.expunge_all();
  s.get<Person>(2)->friends = {s.get<Person>(3)};
  fail(s);
  // CHECK: 3 rows
  count(s, "friends");
}

int main() {
  add_tables(declorm::metadata());
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  several(engine);
  to_itself(engine);
  more_columns(engine);
}
