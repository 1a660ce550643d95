// A new object may take the key of one that the same flush deletes, and a unique value that the
// same flush changes away.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

struct [[declorm::table("seats")]] Seat {
  [[using declorm: column, primary_key]] int number = 0;
  [[using declorm: column, unique]] std::string guest;
};

void show(declorm::Session &session) {
  for (const Seat &seat : session.query<Seat>().order_by(declorm::col<&Seat::number>))
    std::cout << seat.number << ' ' << seat.guest << '\n';
}

int main() {
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Seat &first = session.add(Seat{1, "ann"});
  Seat &second = session.add(Seat{2, "bob"});
  session.commit();

  session.delete_(first);
  Seat &other = session.add(Seat{1, "cleo"});
  session.commit();
  // CHECK: 1 cleo
  // CHECK-NEXT: 2 bob
  show(session);
  // CHECK-NEXT: 1 0 1
  std::cout << (session.get<Seat>(1) == &other) << ' ' << session.contains(first) << ' '
            << session.contains(other) << '\n';

  second.guest = "dora";
  session.add(Seat{3, "bob"});
  session.commit();
  // CHECK-NEXT: 1 cleo
  // CHECK-NEXT: 2 dora
  // CHECK-NEXT: 3 bob
  show(session);

  // Rolled back, each is what it was.
  session.delete_(other);
  session.add(Seat{1, "eve"});
  session.flush();
  session.rollback();
  // CHECK-NEXT: 1 1
  std::cout << (session.get<Seat>(1) == &other) << ' ' << session.contains(other) << '\n';
}
