// Who keeps objects alive, and who is in the work; autoflush; reading only; threads.
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

#include <atomic>
#include <thread>

using declorm::col;

static int alive = 0;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  User() { ++alive; }
  explicit User(std::string n) : name(std::move(n)) { ++alive; }
  User(const User &other) : id(other.id), name(other.name) { ++alive; }
  ~User() { --alive; }
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};

int main() {
  // Sixteen threads meet at configure.
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  const declorm::Engine engine = test::traced_engine();
  for (int i = 0; i != 16; ++i)
    threads.emplace_back([&] {
      declorm::configure();
      good += declorm::table_of<User>().name() == "users" &&
              declorm::mapper_of<Note>().name() == "Note";
    });
  for (std::thread &thread : threads)
    thread.join();
  // CHECK: threads 16
  std::cout << "threads " << good << std::endl;
  declorm::metadata().create_all(engine);

  std::shared_ptr<User> outlives;
  {
    declorm::Session session(engine);
    User &ed = session.add(User("ed"));
    User &wendy = session.add(User("wendy"));
    session.commit();
    // CHECK-NEXT: alive 2
    std::cout << "alive " << alive << std::endl;
    session.expunge(ed);
    // CHECK-NEXT: contains 0, still ed
    std::cout << "contains " << session.contains(ed) << ", still " << ed.name << std::endl;
    // CHECK-NEXT: InvalidRequestError: expunge(): the User with key (1) is not in the session's work: it was deleted, expunged, or rolled back; get() gives the object of its row, add() takes this one in again
    test::attempt([&] { session.expunge(ed); });
    // CHECK-NEXT: InvalidRequestError: refresh(): the User with key (1) is not in the session's work: it was {{.*}}
    test::attempt([&] { session.refresh(ed); });
    // Another object takes the row's place in the identity map.
    // CHECK-NEXT: another 1
    std::cout << "another " << (session.get<User>(1) != &ed) << std::endl;
    outlives = session.shared(wendy);
    session.expunge_all();
    // CHECK-NEXT: kept wendy, alive 3
    std::cout << "kept " << outlives->name << ", alive " << alive << std::endl;
    const auto own = std::make_shared<User>("own");
    User &same = session.add(own);
    session.commit();
    // CHECK-NEXT: shared 1 3 uses 2
    std::cout << "shared " << (&same == own.get()) << ' ' << own->id << " uses " << own.use_count()
              << std::endl;
    session.close();
    // CHECK-NEXT: uses 1
    std::cout << "uses " << own.use_count() << std::endl;
    // CHECK-NEXT: again 3
    std::cout << "again " << session.query<User>().count() << std::endl;
  }
  // CHECK-NEXT: after the session: wendy
  std::cout << "after the session: " << outlives->name << std::endl;
  outlives.reset();
  // CHECK-NEXT: alive 0
  std::cout << "alive " << alive << std::endl;

  // Autoflush writes the classes that a query touches.
  declorm::Session session(engine);
  test::tracing = true;
  session.add(Note{.text = "a note"});
  // CHECK-NEXT: > SELECT users.id, users.name FROM users ORDER BY users.id --
  User &ed = *session.query<User>().order_by(col<&User::id>).all().front();
  {
    const declorm::NoAutoflush guard = session.no_autoflush();
    // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes --
    session.query<Note>().all();
  }
  // CHECK-NEXT: > INSERT INTO notes (text) VALUES (?) -- 'a note'
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes --
  session.query<Note>().all();
  ed.name = "edward";
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes --
  session.query<Note>().all();
  // CHECK-NEXT: > UPDATE users SET name = ? WHERE users.id = ? -- 'edward' 1
  // CHECK-NEXT: > SELECT 1 --
  session.execute("SELECT 1").all();
  declorm::Session manual(engine, {.autoflush = false});
  manual.add(Note{.text = "later"});
  // CHECK-NEXT: > SELECT notes.id, notes.text FROM notes --
  session.commit();
  manual.query<Note>().all();
  test::tracing = false;
  manual.rollback();

  // Reading only, then for change.
  declorm::Session reader(engine);
  const User &constant = *reader.query<const User>().order_by(col<&User::id>).first();
  const_cast<User &>(constant).name = "never written";
  reader.commit();
  User &writable = reader.query<User>().filter(col<&User::id> == 1).one();
  // CHECK-NEXT: upgrade 1 edward
  std::cout << "upgrade " << (&writable == &constant) << ' ' << writable.name << std::endl;
  writable.name = "ed";
  reader.commit();
  // CHECK-NEXT: written ed
  std::cout
      << "written "
      << engine.connect().execute("SELECT name FROM users WHERE id = 1").scalar().as<std::string>()
      << std::endl;

  // One thread at a time: a call inside a call is refused, from wherever.
  declorm::Session *shared = nullptr;
  const declorm::Engine watched = declorm::create_engine(
      test::database_url(), {.on_statement = [&](const declorm::StatementEvent &) {
        if (shared)
          std::thread([&] { test::attempt([&] { shared->flush(); }); }).join();
      }});
  declorm::metadata().create_all(watched);
  // Where all engines have one database.
  watched.begin([](declorm::Connection &c) { c.execute("DELETE FROM users"); });
  declorm::Session busy(watched);
  busy.add(User("x"));
  shared = &busy;
  // CHECK-NEXT: InvalidRequestError: this Session is in use by another call: a Session belongs to one thread at a time, {{.*}}
  busy.flush();
  shared = nullptr;

  // A constructor that throws leaves nothing behind; one that uses the session is refused.
  struct Thrower {};
  try {
    busy.emplace<User>([]() -> std::string { throw Thrower(); }());
  } catch (const Thrower &) {
  }
  busy.commit();
  // CHECK-NEXT: users 1
  std::cout << "users " << busy.query<User>().count() << std::endl;
}
