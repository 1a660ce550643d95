// sessionmaker makes sessions alike; scoped_session has one for each thread, or each scope.
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <thread>

using declorm::col;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  const declorm::Engine engine = declorm::create_engine(test::database_url(), {.pool_size = 3});
  declorm::metadata().create_all(engine);
  const declorm::sessionmaker maker = declorm::make_session(engine, {.autoflush = false});
  {
    declorm::Session session = maker();
    session.add(User{.name = "ed"});
    // No autoflush, as the options say.
    // CHECK: 0
    std::cout << session.query<User>().count() << std::endl;
  }
  // CHECK-NEXT: 1
  std::cout << maker.begin([](declorm::Session &session) {
    session.add(User{.name = "wendy"});
    session.flush();
    return session.query<User>().count();
  }) << std::endl;
  // CHECK-NEXT: NoResultFound: one(): the query for class 'User' found no row
  test::attempt([&] {
    maker.begin([](declorm::Session &session) {
      session.add(User{.name = "lost"});
      session.flush();
      session.query<User>().filter(col<&User::name> == "nobody").one();
    });
  });

  // One session a thread, until it is removed or the thread ends.
  declorm::scoped_session<> current(maker);
  declorm::Session *mine = &current();
  current->add(User{.name = "never committed"});
  current->flush();
  declorm::Session *other = nullptr;
  current.remove();
  std::thread([&] {
    other = &current();
    current->add(User{.name = "jack"});
    current->commit();
    current->add(User{.name = "rolled back with its thread"});
    current->flush();
  }).join();
  // CHECK-NEXT: 1 2 1
  std::cout << (mine != other) << ' ' << current->query<User>().count() << ' '
            << (&current() == &current()) << std::endl;
  current.remove();

  // Scopes of one's own.
  std::string request = "a";
  declorm::scoped_session<std::string> scoped(maker, [&] { return request; });
  declorm::Session *a = &scoped();
  request = "b";
  declorm::Session *b = &scoped();
  request = "a";
  // CHECK-NEXT: 1 1 2
  std::cout << (a != b) << ' ' << (a == &scoped()) << ' ' << scoped->query<User>().count()
            << std::endl;
  scoped.remove();
  request = "b";
  scoped.remove();
}
