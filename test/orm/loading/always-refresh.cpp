// always_refresh: rows of the class overwrite what is in memory, as populate_existing() does; get()
// reads the row of an object that is there, too.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

struct [[using declorm: table("quotes"), always_refresh]] Quote {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int price = 0;
};
struct [[declorm::table("plain")]] Plain {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int price = 0;
};

template <class T> void run(const declorm::Engine &engine) {
  declorm::Session session(engine);
  T &held = *session.get<T>(1);
  session.connection().execute(declorm::update<T>().set(col<&T::price> = 2));
  session.query<T>().all();
  std::cout << held.price;
  session.connection().execute(declorm::update<T>().set(col<&T::price> = 3));
  session.get<T>(1);
  std::cout << held.price;
  held.price = 9;
  session.get<T>(1);
  std::cout << held.price;
  held.price = 8; // written before the query reads it
  session.query<T>().all();
  std::cout << held.price << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    session.emplace<Quote>().price = session.emplace<Plain>().price = 1;
    session.commit();
  }
  // CHECK: 1198
  run<Plain>(engine);
  // CHECK-NEXT: 2338
  run<Quote>(engine);
}
