// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=MISSING
// RUN: %declorm_clang -DMADE %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=MADE
// A string may name a table that is made by hand: it must be there at configure.
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

struct [[declorm::table("prices")]] Price {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] double amount = 0;
  [[declorm::column_property("amount * select(rates.factor).where(rates.id == Price.id)")]]
  double total = 0;
};

int main() {
#ifdef MADE
  declorm::Table &rates = declorm::metadata().add_table(
      "rates", declorm::Column("id", declorm::Integer), declorm::Column("factor", declorm::Double));
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.execute("INSERT INTO " + rates.name() + " VALUES (7, 1.5)");
  session.add(Price{7, 10, 0});
  session.commit();
  session.expunge_all();
  std::cout << session.get<Price>(7)->total << std::endl; // MADE: 15
#else
  // MISSING: ArgumentError: {{.*}}hand-made-table.cpp:11:47: error: 'rates' is no mapped class or table [declorm-unresolved-target]
  test::attempt([] { declorm::configure(); });
  test::attempt([] { declorm::configure(); });
  // MISSING-NEXT: ArgumentError: {{.*}}'rates' is no mapped class or table
#endif
}
