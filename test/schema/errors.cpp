// Wrong tables: each error names table, column and the way out.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/schema.h>

using namespace declorm;

int main() {
  MetaData metadata;
  Table &users = metadata.add_table("users", Column("id", Integer, primary_key),
                                    Column("name", String), Column("fullname", String));
  // CHECK: InvalidRequestError: the MetaData has a table 'users' already; table("users") gives it, and extend_existing adds to it
  test::attempt([&] { metadata.add_table("users", Column("id", Integer)); });
  // CHECK-NEXT: NoSuchTableError: there is no table 'user' in the MetaData; did you mean 'users'?
  test::attempt([&] { metadata.table("user"); });
  // CHECK-NEXT: ArgumentError: the table users has no column 'namee'; did you mean 'name'?
  test::attempt([&] { users.column("namee"); });
  // CHECK-NEXT: ArgumentError: the table users has two columns named 'name'
  test::attempt([&] { users.append(Column("name", String)); });
  // CHECK-NEXT: ArgumentError: the unique constraint 'uq' on table users names the column 'names', which the table does not have; did you mean 'name'?
  test::attempt([&] { users.append(UniqueConstraint({"id", "names"}, "uq")); });
  // CHECK-NEXT: ArgumentError: the foreign key constraint on table users names the column 'nope', which the table does not have; there is id, name, fullname
  test::attempt([&] { users.append(ForeignKeyConstraint({"nope"}, {"f3.id"})); });
  // CHECK-NEXT: ArgumentError: a foreign key constraint has 2 columns and refers to 1; it needs one for each
  test::attempt([] { ForeignKeyConstraint({"a", "b"}, {"f3.id"}); });
  // CHECK-NEXT: ArgumentError: the index 'ix' on table users names the column 'idd', which the table does not have; did you mean 'id'?
  test::attempt([&] { users.append(Index{.name = "ix", .columns = {"idd"}}); });
  // CHECK-NEXT: ArgumentError: the unique constraint on table users names no columns
  test::attempt([&] { users.append(UniqueConstraint({})); });
  // CHECK-NEXT: ArgumentError: the primary key 'pk' on table users leaves out the column 'id', which is a primary key too
  test::attempt([&] { users.append(PrimaryKeyConstraint({"name"}, "pk")); });
  // CHECK-NEXT: ArgumentError: the foreign key target 'users' names no column; write "table.column" or "schema.table.column"
  test::attempt([] { ForeignKey("users"); });
  // CHECK-NEXT: InvalidRequestError: the column lone belongs to no table yet; add_table() gives it to one
  test::attempt([] { Column("lone", Integer).table(); });

  MetaData lost;
  lost.add_table("users", Column("id", Integer, primary_key));
  lost.add_table("a", Column("user_id", Integer, ForeignKey("user.id")));
  // CHECK-NEXT: NoReferencedTableError: the foreign key of a.user_id refers to 'user.id', and there is no table 'user'; did you mean 'users'?
  test::attempt([&] { lost.sorted_tables(); });
  MetaData wrong;
  wrong.add_table("users", Column("id", Integer, primary_key), Column("number", Integer));
  wrong.add_table("a", Column("x", Integer), Column("y", Integer),
                  ForeignKeyConstraint({"x", "y"}, {"users.id", "users.numbr"}, {.name = "fk"}));
  // CHECK-NEXT: NoReferencedColumnError: the foreign key 'fk' of a (x, y) refers to 'users.numbr', and the table users has no such column; did you mean 'number'?
  test::attempt([&] { wrong.sorted_tables(); });
}
