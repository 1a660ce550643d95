// What a hook may do with the session, and what it may not.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <functional>

using declorm::col;

struct User;
static std::function<void(declorm::Session &)> action;
static User *changing = nullptr;

struct [[declorm::table("log")]] Log {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> friend_id;
  [[using declorm: relationship, foreign_keys("User.friend_id")]] std::vector<User *> friends;
  [[declorm::before_insert]] void before_insert(declorm::Session &session) {
    if (action)
      action(session);
  }
  [[declorm::after_load]] void after_load(declorm::Session &session) {
    if (action)
      action(session);
  }
};

static void show_logs(declorm::Session &session) {
  const std::int64_t logs = session.query<Log>().count();
  std::cout << "logs " << logs << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.add(Log{.text = "first"});
  session.commit();

  // It queries, without a flush, and gets objects of the session.
  action = [&](declorm::Session &own) {
    const Log &log = own.query<Log>().filter(col<&Log::text> == "first").one();
    const std::int64_t users = own.query<User>().count();
    std::cout << log.text << ' ' << own.get<Log>(1)->id << ' ' << users << ' '
              << session.contains(log) << std::endl;
  };
  session.add(User{.name = "ed"});
  session.add(User{.name = "wendy"});
  // CHECK: > SELECT log.id, log.text FROM log WHERE log.text = ? LIMIT ? -- 'first' 2
  // CHECK: first 1 0 1
  // CHECK: first 1 0 1
  // CHECK-NEXT: > INSERT INTO users (name, friend_id) VALUES (?, ?) -- 'ed' NULL
  session.flush();

  // It writes rows of other tables, in the same transaction.
  action = [](declorm::Session &own) {
    own.execute(declorm::insert<Log>().values(col<&Log::text> = "by insert()"));
    own.connection().execute("INSERT INTO log (text) VALUES ('by text')");
  };
  session.add(User{.name = "max"});
  session.flush();
  // CHECK: logs 3
  show_logs(session);
  session.rollback();
  test::continue_keys(session.connection());
  // CHECK: logs 1
  show_logs(session);

  // Nothing that changes the session's work.
  action = [&](declorm::Session &own) {
    test::tracing = false;
    // CHECK: InvalidRequestError: flush() was called in before_insert of class 'User' ({{.*}}in-hooks.cpp:{{[0-9]+}}); a hook may change the columns of its own object, query, and execute statements on session.connection(), but the session's work is closed while it runs: do that before the flush, or after it
    test::attempt([&] { own.flush(); });
    // CHECK-NEXT: InvalidRequestError: commit() was called in before_insert {{.*}}
    test::attempt([&] { own.commit(); });
    // CHECK-NEXT: InvalidRequestError: rollback() was called in before_insert {{.*}}
    test::attempt([&] { session.rollback(); });
    // CHECK-NEXT: InvalidRequestError: rollback() was called in before_insert {{.*}}
    test::attempt([&] { own.close(); });
    // CHECK-NEXT: InvalidRequestError: add() was called in before_insert {{.*}}
    test::attempt([&] { own.add(Log{.text = "more"}); });
    // CHECK-NEXT: InvalidRequestError: add() was called in before_insert {{.*}}
    test::attempt([&] { own.add(std::make_shared<Log>()); });
    // CHECK-NEXT: InvalidRequestError: delete_() was called in before_insert {{.*}}
    test::attempt([&] { own.delete_(*own.get<Log>(1)); });
    // CHECK-NEXT: InvalidRequestError: merge() was called in before_insert {{.*}}
    test::attempt([&] { own.merge(Log{.id = 1}); });
    // CHECK-NEXT: InvalidRequestError: expunge_all() was called in before_insert {{.*}}
    test::attempt([&] { own.expunge_all(); });
    // CHECK-NEXT: InvalidRequestError: refresh() was called in before_insert {{.*}}
    test::attempt([&] { own.refresh(*own.get<Log>(1)); });
    // CHECK-NEXT: InvalidRequestError: begin_nested() was called in before_insert {{.*}}
    test::attempt([&] { auto nested = own.begin_nested(); });
    // CHECK-NEXT: InvalidRequestError: commit() was called by a hook on its session's connection, whose transaction is the session's; a savepoint, begin_nested(), may begin and end in a hook
    test::attempt([&] { own.connection().commit(); });
    // CHECK-NEXT: InvalidRequestError: rollback() was called by a hook on its session's connection, {{.*}}
    test::attempt([&] { own.connection().rollback(); });
    declorm::Transaction savepoint = own.connection().begin_nested();
    own.connection().execute("INSERT INTO log (text) VALUES ('not kept')");
    savepoint.rollback();
  };
  session.add(User{.name = "mary"});
  session.commit();
  action = nullptr;
  // CHECK-NEXT: logs 1
  show_logs(session);

  // The database's refusal of a hook's own statement is told of as it is.
  action = [](declorm::Session &own) {
    own.connection().execute("INSERT INTO users (name) VALUES ('mary')");
  };
  session.add(User{.name = "fred"});
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::continue_keys(session.connection());

  // Relationships are in step already.
  action = [](declorm::Session &) { changing->friends.clear(); };
  User &social = session.add(User{.name = "social"});
  social.friends = {session.get<User>(1)};
  changing = &social;
  // CHECK: InvalidRequestError: before_insert of class 'User' ({{.*}}in-hooks.cpp:{{[0-9]+}}) changed relationship 'friends'; a flush brings relationships in step before it calls hooks: change it before the flush, or set the member of the foreign key
  test::attempt([&] { session.flush(); });
  // CHECK-NEXT: friends 1
  std::cout << "friends " << social.friends.size() << std::endl;
  session.rollback();
  test::continue_keys(session.connection());

  // In after_load the same is closed; queries there do not flush either.
  session.expunge_all();
  action = nullptr;
  session.add(Log{.text = "unwritten"});
  action = [&](declorm::Session &own) {
    // CHECK: InvalidRequestError: flush() was called in after_load of class 'User' {{.*}}
    test::attempt([&] { own.flush(); });
    // CHECK: logs 1
    show_logs(own);
  };
  session.get<User>(1);
}
