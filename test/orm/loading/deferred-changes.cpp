// What a flush writes of deferred columns, and what refresh, expire, commit, rollback, merge,
// populate_existing and set() do with them.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col, declorm::undefer;

struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, deferred]] std::string text = "?";
  [[declorm::column]] std::string title;
  [[using declorm: column, deferred]] std::optional<int> stars;
  [[using declorm: column, version_id]] int version = 0;
};

static void show(declorm::Session &session, const Note &note) {
  std::cout << note.title << ' ' << note.text << ' ' << note.stars.value_or(-1) << ", "
            << session.is_loaded(note, &Note::text) << session.is_loaded(note, &Note::stars)
            << session.is_modified(note) << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  session.add(Note{.text = "one", .title = "a", .stars = 5});
  session.commit();
  session.expunge_all();
  test::tracing = true;

  std::cout << "no change writes nothing of them, a change is written" << std::endl;
  Note *note = session.get<Note>(1);
  note->title = "b";
  session.flush();
  show(session, *note);
  note->text = "two";
  show(session, *note);
  session.flush();
  show(session, *note);
  // CHECK: no change writes nothing of them, a change is written
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: > UPDATE notes SET title = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'b' 2 1 1
  // CHECK-NEXT: b ? -1, 000
  // CHECK-NEXT: b two -1, 001
  // CHECK-NEXT: > UPDATE notes SET text = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'two' 3 1 2
  // CHECK-NEXT: b two -1, 100

  std::cout << "rollback" << std::endl;
  session.rollback();
  show(session, *note);
  note = session.get<Note>(1);
  show(session, *note);
  // CHECK-NEXT: rollback
  // CHECK-NEXT: a ? -1, 000
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: a ? -1, 000

  std::cout << "a change, then load(): the change stays, and is compared with the row" << std::endl;
  note->text = "three";
  session.load(*note, &Note::text);
  show(session, *note);
  note->text = "one";
  show(session, *note);
  // CHECK-NEXT: a change, then load(): the change stays, and is compared with the row
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes WHERE notes.id IN (?) -- 1
  // CHECK-NEXT: a three -1, 101
  // CHECK-NEXT: a one -1, 100

  std::cout << "commit: the next query counts it as not loaded, the member keeps it" << std::endl;
  session.commit();
  show(session, *note);
  session.query<Note>().all();
  show(session, *note);
  session.load(*note, &Note::text);
  show(session, *note);
  // CHECK-NEXT: commit: the next query counts it as not loaded, the member keeps it
  // CHECK-NEXT: a one -1, 100
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes --
  // CHECK-NEXT: a one -1, 000
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes WHERE notes.id IN (?) -- 1
  // CHECK-NEXT: a one -1, 100

  std::cout << "refresh() reads those again that are loaded, and overwrites changes" << std::endl;
  note->text = "four";
  note->stars = 9;
  session.refresh(*note);
  show(session, *note);
  // CHECK-NEXT: refresh() reads those again that are loaded, and overwrites changes
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes WHERE notes.id IN (?) -- 1
  // CHECK-NEXT: a one -1, 100

  std::cout << "populate_existing() takes back changes, too" << std::endl;
  note->text = "five";
  session.query<Note>().populate_existing().all();
  show(session, *note);
  note->stars = 7;
  session.query<Note>().populate_existing().options(undefer<&Note::stars>()).all();
  show(session, *note);
  // CHECK-NEXT: populate_existing() takes back changes, too
  // CHECK-NEXT: > UPDATE notes SET text = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'five' 2 1 1
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes --
  // CHECK-NEXT: a five -1, 000
  session.rollback();
  session.expunge_all();
  note = session.get<Note>(1);
  {
    const declorm::NoAutoflush guard = session.no_autoflush();
    note->text = "five";
    session.query<Note>().populate_existing().all();
    show(session, *note);
    note->stars = 7;
    session.query<Note>().populate_existing().options(undefer<&Note::stars>()).all();
    show(session, *note);
  }
  // CHECK: > SELECT notes.id, notes.title, notes.version FROM notes --
  // CHECK-NEXT: a ? -1, 000
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.stars, notes.version FROM notes --
  // CHECK-NEXT: a ? 5, 010

  std::cout << "expire(), and a change that a refresh by a query keeps" << std::endl;
  session.expire(*note);
  note->stars = 6;
  {
    const declorm::NoAutoflush guard = session.no_autoflush();
    session.get<Note>(1);
  }
  show(session, *note);
  session.flush();
  // CHECK-NEXT: expire(), and a change that a refresh by a query keeps
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: a ? 6, 001
  // CHECK-NEXT: > UPDATE notes SET stars = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 6 2 1 1

  std::cout << "set() writes the value that a new object has" << std::endl;
  session.rollback();
  session.expunge_all();
  note = session.get<Note>(1);
  session.set(*note, &Note::text, "?");
  show(session, *note);
  session.flush();
  // CHECK-NEXT: set() writes the value that a new object has
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes WHERE notes.id IN (?) -- 1
  // CHECK-NEXT: a ? -1, 101
  // CHECK-NEXT: > UPDATE notes SET text = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- '?' 2 1 1

  std::cout << "merge() of what may not have been loaded leaves the row alone" << std::endl;
  session.rollback();
  session.expunge_all();
  session.merge(Note{.id = 1, .title = "merged"});
  session.flush();
  session.merge(Note{.id = 1, .text = "other", .title = "merged"});
  session.flush();
  // CHECK-NEXT: merge() of what may not have been loaded leaves the row alone
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: > UPDATE notes SET title = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'merged' 2 1 1
  // CHECK-NEXT: > UPDATE notes SET text = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'other' 3 1 2
  session.rollback();

  std::cout << "a failed flush, and a savepoint" << std::endl;
  session.expunge_all();
  note = session.get<Note>(1);
  note->text = "six";
  {
    declorm::Transaction savepoint = session.begin_nested();
    show(session, *note);
    note->stars = 1;
    session.flush();
    show(session, *note);
    savepoint.rollback();
  }
  show(session, *note);
  // CHECK-NEXT: a failed flush, and a savepoint
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.version FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: > UPDATE notes SET text = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 'six' 2 1 1
  // CHECK-NEXT: a six -1, 100
  // CHECK-NEXT: > UPDATE notes SET stars = ?, version = ? WHERE notes.id = ? AND notes.version = ? -- 1 3 1 2
  // CHECK-NEXT: a six 1, 110
  // CHECK-NEXT: a six -1, 100
}
