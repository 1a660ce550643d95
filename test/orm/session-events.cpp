// Events of a session: what is called when, what it may do, what an exception leaves, and what is
// refused in it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include "../Inputs/portable.h"
#include <declorm/declorm.h>
#include <iostream>

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};

static std::string called;
static std::function<void(declorm::Session &)> noting(const char *name) {
  return [name](declorm::Session &) { called += std::string(" ") + name; };
}
static void show(const char *what) {
  std::cout << what << ":" << std::exchange(called, "") << std::endl;
}
template <class F> static void fails(const char *what, F run) {
  try {
    run();
    std::cout << what << ": no error" << std::endl;
  } catch (const std::exception &error) {
    const std::string text = test::portable(error.what());
    std::cout << what << ": " << text.substr(0, text.find('\n')) << std::endl;
  }
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  const declorm::SessionOptions all{.before_flush = noting("before_flush"),
                                    .after_flush = noting("after_flush"),
                                    .before_commit = noting("before_commit"),
                                    .after_commit = noting("after_commit"),
                                    .after_rollback = noting("after_rollback")};
  const declorm::sessionmaker make = make_session(engine, all);
  {
    declorm::Session session = make();
    session.emplace<User>().name = "ann";
    session.commit();
    // CHECK: commit: before_commit before_flush after_flush after_commit
    show("commit");
    session.commit();
    session.flush();
    // CHECK-NEXT: nothing to write: before_commit after_commit
    show("nothing to write");
    User &ann = *session.query<User>().first();
    // CHECK-NEXT: read:
    show("read");
    ann.name = "anna";
    session.query<User>().count();
    // CHECK-NEXT: autoflush: before_flush after_flush
    show("autoflush");
    session.query<User>().count();
    // CHECK-NEXT: clean:
    show("clean");
    session.delete_(ann);
    session.rollback();
    // CHECK-NEXT: rollback ann: after_rollback
    show(("rollback " + ann.name).c_str());
    session.emplace<User>().name = "ann";
    fails("failed flush", [&] { session.flush(); });
    // CHECK-NEXT: failed flush: UNIQUE constraint failed
    // CHECK-NEXT: rolled back by it: before_flush after_rollback
    show("rolled back by it");
    session.rollback();
    // CHECK-NEXT: told already:
    show("told already");
    session.rollback();
    // CHECK-NEXT: the next one: after_rollback
    show("the next one");
  }
  // CHECK-NEXT: end of a session:
  show("end of a session");
  engine.begin([](declorm::Connection &connection) { test::continue_keys(connection); });
  make.begin([](declorm::Session &session) { session.emplace<User>().name = "bob"; });
  // CHECK-NEXT: begin: before_commit before_flush after_flush after_commit
  show("begin");

  // What before_flush adds, changes, deletes and reads belongs to the same flush.
  int notes = 0;
  {
    declorm::Session session(engine, {.before_flush = [&](declorm::Session &events) {
                               User &bob =
                                   events.query<User>().filter(col<&User::name> == "bob").one();
                               bob.name = "bobby";
                               if (++notes == 1)
                                 events.emplace<Note>().text = "first";
                               else
                                 events.delete_(*events.query<Note>().first());
                             }});
    session.emplace<User>().name = "cid";
    session.flush();
    declorm::Connection &connection = session.connection();
    // CHECK-NEXT: 3 users, 1 notes, bobby
    std::cout
        << connection.execute("SELECT count(*) FROM users").scalar().as<int>() << " users, "
        << connection.execute("SELECT count(*) FROM notes").scalar().as<int>() << " notes, "
        << connection.execute("SELECT name FROM users WHERE id = 2").scalar().as<std::string>()
        << std::endl;
    session.execute("UPDATE users SET name = 'bob' WHERE id = 2");
    session.expire_all();
    session.emplace<User>().name = "dan";
    session.flush();
    // CHECK-NEXT: 0 notes
    std::cout << connection.execute("SELECT count(*) FROM notes").scalar().as<int>() << " notes"
              << std::endl;
    session.rollback();
  }
  // Exceptions: of before_flush, nothing is written and the work stays.
  {
    bool throws = true;
    declorm::Session session(engine, {.before_flush = [&](declorm::Session &) {
                               if (throws)
                                 throw std::runtime_error("not yet");
                             }});
    User &eve = session.emplace<User>();
    eve.name = "eve";
    // CHECK-NEXT: before_flush throws: not yet
    fails("before_flush throws", [&] { session.flush(); });
    throws = false;
    session.commit();
    // CHECK-NEXT: eve 3
    std::cout << eve.name << ' ' << session.query<User>().count() << std::endl;
  }
  // Of after_flush and before_commit: rollback() takes back what was written.
  {
    declorm::Session session(engine, {.after_flush = [](declorm::Session &events) {
                               if (events.query<User>().count() > 3)
                                 throw std::runtime_error("too many users");
                             }});
    session.emplace<User>().name = "fay";
    // CHECK-NEXT: after_flush throws: too many users
    fails("after_flush throws", [&] { session.commit(); });
    session.rollback();
    // CHECK-NEXT: 3
    std::cout << session.query<User>().count() << std::endl;
  }
  {
    declorm::Session session(engine, {.before_commit = [](declorm::Session &events) {
                               events.emplace<Note>().text = "in before_commit";
                               events.flush();
                               if (events.query<User>().count() > 3)
                                 throw std::runtime_error("refused");
                             }});
    session.emplace<User>().name = "guy";
    // CHECK-NEXT: before_commit throws: refused
    fails("before_commit throws", [&] { session.commit(); });
    session.rollback();
    session.commit();
    // CHECK-NEXT: 3 1
    std::cout << session.query<User>().count() << ' ' << session.query<Note>().count() << std::endl;
  }
  {
    declorm::Session session(engine, {.after_commit = [](declorm::Session &events) {
                               std::cout << "committed " << events.query<User>().count()
                                         << std::endl;
                               throw std::runtime_error("could not tell anybody");
                             }});
    session.emplace<User>().name = "hal";
    // CHECK-NEXT: committed 4
    // CHECK-NEXT: after_commit throws: could not tell anybody
    fails("after_commit throws", [&] { session.commit(); });
    // CHECK-NEXT: 4
    std::cout << session.query<User>().count() << std::endl;
  }
  // A flush that fails rolls back by itself, and what after_rollback does is within it; behind
  // begin_nested() the savepoint alone.
  {
    declorm::Session session(engine, {.after_rollback = [](declorm::Session &events) {
                               std::cout << "rolled back" << std::endl;
                               events.query<User>().count();
                             }});
    session.emplace<User>().name = "hal";
    // CHECK-NEXT: rolled back
    // CHECK-NEXT: in place of the flush's: {{.*}}flush{{.*}}failed{{.*}}
    fails("in place of the flush's", [&] { session.flush(); });
    session.rollback();
    {
      declorm::Transaction savepoint = session.begin_nested();
      session.emplace<User>().name = "hal";
      // CHECK-NEXT: in a savepoint: UNIQUE constraint failed
      fails("in a savepoint", [&] { session.flush(); });
      savepoint.rollback();
    }
    // CHECK-NEXT: rolled back
    session.rollback();
  }
  // Calls that an event cannot make.
  using Event = std::function<void(declorm::Session &)> declorm::SessionOptions::*;
  const auto refused = [&](Event event, auto call) {
    declorm::SessionOptions options;
    options.*event = call;
    declorm::Session session(engine, options);
    session.emplace<Note>();
    fails("refused", [&] {
      session.commit();
      session.rollback();
    });
    session.expunge_all(); // it is open again
    session.query<Note>().count();
  };
  using declorm::Session, declorm::SessionOptions;
  // CHECK-NEXT: refused: flush() was called in before_flush of the session, which is in the middle of a flush; call it when that has returned
  refused(&SessionOptions::before_flush, [](Session &session) { session.flush(); });
  // CHECK-NEXT: refused: commit() was called in after_flush of the session, which is in the middle of a flush; call it when that has returned
  refused(&SessionOptions::after_flush, [](Session &session) { session.commit(); });
  // CHECK-NEXT: refused: begin_nested() was called in before_flush of the session, which is in the middle of a flush; call it when that has returned
  refused(&SessionOptions::before_flush, [](Session &session) { session.begin_nested(); });
  // CHECK-NEXT: refused: rollback() was called in before_commit of the session, which is in the middle of commit() or rollback(); call it when that has returned
  refused(&SessionOptions::before_commit, [](Session &session) { session.rollback(); });
  // CHECK-NEXT: refused: commit() was called in after_commit of the session, which is in the middle of commit() or rollback(); call it when that has returned
  refused(&SessionOptions::after_commit, [](Session &session) { session.commit(); });
  // CHECK-NEXT: refused: commit() was called in after_rollback of the session, which is in the middle of commit() or rollback(); call it when that has returned
  refused(&SessionOptions::after_rollback, [](Session &session) { session.commit(); });
}
