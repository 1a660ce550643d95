// S106: a mapping needs a key: that of the table, or the columns that the class says identify an
// object where the table has none, or another.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_clang -DKEYLESS %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=KEYLESS --match-full-lines
// RUN: %declorm_clang -DKEYLESS -DALLOWED %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::Column;

declorm::Table &make_users(declorm::MetaData &metadata) {
  return metadata.add_table("users", Column("id", declorm::Integer),
                            Column("name", declorm::String(10)));
}
struct [[using declorm: table_from(&make_users), mapper_primary_key("key")]] User {
  [[declorm::column("id")]] std::int64_t key = 0;
  [[declorm::column]] std::string name;
};

struct [[using declorm: table("seats"), mapper_primary_key("row", "number")]] Seat {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int row = 0, number = 0;
  [[declorm::column]] std::string taken_by;
};

#ifdef KEYLESS
declorm::Table &make_log(declorm::MetaData &metadata) {
  return metadata.add_table("log", Column("line", declorm::Text));
}
struct [[declorm::table_from(&make_log)]]
#ifdef ALLOWED
[[declorm::allow("no-primary-key")]]
#endif
Line {
  [[declorm::column]] std::string line;
};
#endif

int main() {
  declorm::Engine engine = test::traced_engine();
  // KEYLESS: ArgumentError: class 'Line' maps to table 'log', which has no primary key; name the columns that tell its rows apart with {{\[\[}}declorm::mapper_primary_key("column")]]
  try {
    declorm::metadata().create_all(engine);
  } catch (const declorm::ArgumentError &error) {
    std::cout << "ArgumentError: " << error.what() << std::endl;
    return 0;
  }
  // CHECK: key 1: id
  // CHECK-NEXT: key 2: row number
  std::cout << "key 1:";
  for (const Column *column : declorm::mapper_of<User>().primary_key())
    std::cout << ' ' << column->name();
  std::cout << std::endl << "key 2:";
  for (const Column *column : declorm::mapper_of<Seat>().primary_key())
    std::cout << ' ' << column->name();
  std::cout << std::endl;

  test::tracing = true;
  declorm::Session session(engine);
  // CHECK-NEXT: > INSERT INTO users (id, name) VALUES (?, ?) -- 7 'ed'
  User &ed = session.add(User{7, "ed"});
  session.commit();
  // CHECK-NEXT: > UPDATE users SET name = ? WHERE users.id = ? -- 'edward' 7
  ed.name = "edward";
  session.commit();
  // CHECK-NEXT: > SELECT users.id, users.name FROM users WHERE users.id = ? -- 7
  // CHECK-NEXT: edward 1
  User *found = session.get<User>(7);
  std::cout << found->name << ' ' << (found == &ed) << std::endl;

  // CHECK-NEXT: > INSERT INTO seats ("row", number, taken_by) VALUES (?, ?, ?) -- 3 4 'ed'
  // CHECK-NEXT: > UPDATE seats SET taken_by = ? WHERE seats."row" = ? AND seats.number = ? -- 'ann' 3 4
  // CHECK-NEXT: > DELETE FROM seats WHERE seats."row" = ? AND seats.number = ? -- 3 4
  Seat &seat = session.add(Seat{0, 3, 4, "ed"});
  session.flush();
  seat.taken_by = "ann";
  session.flush();
  session.delete_(seat);
  session.commit();
}
