// with_for_update() with its options: what standard SQL has for them, and what SQLite says.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/declorm.h>

using declorm::col, declorm::select;

struct [[declorm::table("jobs")]] Job {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("parts")]] Part {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  std::cout << session.query<Job>().with_for_update<Job>().all().size() << std::endl;
  // CHECK: 0
  test::attempt([&] { session.query<Job>().with_for_update({.skip_locked = true}).all(); });
  test::attempt([&] { session.execute(select<Job>().with_for_update({.nowait = true})); });
  test::attempt(
      [&] { session.query<Job>().with_for_update({.skip_locked = true, .nowait = true}); });
  // CHECK-NEXT: ArgumentError: with_for_update(): SQLite locks whole databases and no rows, so that it cannot skip those that are locked; leave skip_locked out
  // CHECK-NEXT: ArgumentError: with_for_update(): SQLite locks whole databases and no rows, so that it cannot tell of locked ones; leave nowait out
  // CHECK-NEXT: ArgumentError: with_for_update(): skip_locked leaves rows out that are locked, nowait throws for them; leave one of the two out
}
