// Tables that refer to each other in a circle: sorted_tables refuses, create_all and drop_all do
// it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

int main() {
  MetaData metadata;
  metadata.add_table("outside", Column("id", Integer, primary_key, ForeignKey("hens.id")));
  metadata.add_table(
      "hens", Column("id", Integer, primary_key),
      Column("egg_id", Integer, not_null, ForeignKey("eggs.id", {.deferrable = true})));
  metadata.add_table("eggs", Column("id", Integer, primary_key),
                     Column("hen_id", Integer, not_null, ForeignKey("hens.id")));
  metadata.add_table("trees", Column("id", Integer, primary_key),
                     Column("parent_id", Integer, ForeignKey("trees.id")));
  // CHECK: CircularDependencyError: tables refer to each other in a circle: hens -> eggs -> hens
  test::attempt([&] { metadata.sorted_tables(); });
  const Engine engine = create_engine(test::database_url());
  metadata.create_all(engine);
  engine.begin([](Connection &c) {
    c.execute("INSERT INTO hens VALUES (1, 1)");
    c.execute("INSERT INTO eggs VALUES (1, 1)");
    c.execute("INSERT INTO outside VALUES (1)");
    c.execute("INSERT INTO trees VALUES (1, 1)");
  });
  // CHECK-NEXT: no error
  test::attempt([&] { metadata.drop_all(engine); });
  // CHECK-NEXT: 0 left
  MetaData left;
  left.reflect(engine);
  std::cout << left.tables().size() << " left\n";
}
