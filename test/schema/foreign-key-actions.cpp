// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// What a foreign key of a table made by hand does is one of SQL's actions, in any case.
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

int main() {
  using namespace declorm;
  test::attempt([] { ForeignKey("users.id", {.on_delete = "CASCADES"}); });
  // CHECK: ArgumentError: on_delete of a foreign key is 'CASCADES', which no foreign key can do; it is CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION
  test::attempt([] { ForeignKeyConstraint({"a"}, {"t.b"}, {.on_update = "x; DROP TABLE t"}); });
  // CHECK-NEXT: ArgumentError: on_update of a foreign key is 'x; DROP TABLE t', which no foreign key can do; it is CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION
  std::cout << ForeignKey("users.id", {.on_delete = "set null"}).options().on_delete << std::endl;
  // CHECK-NEXT: SET NULL

  MetaData metadata;
  metadata.add_table("parents", Column("id", Integer, primary_key));
  metadata.add_table(
      "children", Column("id", Integer, primary_key),
      Column("parent_id", Integer, ForeignKey("parents.id", {.on_delete = "cascade"})));
  const Engine engine = test::open_database();
  metadata.create_all(engine);
  Connection connection = engine.connect();
  connection.execute("INSERT INTO parents (id) VALUES (1), (2)");
  connection.execute("INSERT INTO children (id, parent_id) VALUES (1, 1), (2, 2)");
  connection.execute("DELETE FROM parents WHERE id = 1");
  std::cout << connection.execute("SELECT count(*) FROM children").scalar().to_string()
            << std::endl;
  // CHECK-NEXT: 1
  connection.commit();
}
