// S3: create_all in one transaction, looking first, by dependency; drop_all the reverse.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

int main() {
  const auto log = [](std::string_view line) {
    const std::string text = test::portable(line);
    const bool is_catalog =
        text.find("_master") != std::string::npos || text.find("pg_catalog") != std::string::npos;
    std::cout << (is_catalog ? "SELECT of the tables" : text) << std::endl;
  };
  const Engine engine = create_engine(test::database_url(), {.echo = true, .logger = log});
  MetaData metadata;
  metadata.add_table("addresses", Column("id", Integer, primary_key),
                     Column("user_id", Integer, index, ForeignKey("users.id")));
  metadata.add_table("users", Column("id", Integer, primary_key));
  engine.begin([](Connection &c) { c.execute("CREATE TABLE Other (id INTEGER)"); });
  // CHECK: COMMIT
  // CHECK-NEXT: BEGIN (implicit)
  // CHECK-NEXT: SELECT of the tables
  // CHECK-NEXT: ()
  // CHECK-NEXT: CREATE TABLE users (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: ()
  // CHECK-NEXT: CREATE TABLE addresses (
  // CHECK: FOREIGN KEY(user_id) REFERENCES users (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: ()
  // CHECK-NEXT: CREATE INDEX ix_addresses_user_id ON addresses (user_id)
  // CHECK-NEXT: ()
  // CHECK-NEXT: COMMIT
  metadata.create_all(engine);
  // Only what is missing; names know no case.
  metadata.add_table("other", Column("id", Integer, primary_key));
  metadata.add_table("more", Column("id", Integer, primary_key));
  // CHECK-NEXT: BEGIN (implicit)
  // CHECK-NEXT: SELECT {{.*}}
  // CHECK-NEXT: ()
  // CHECK-NEXT: CREATE TABLE more (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: ()
  // CHECK-NEXT: COMMIT
  metadata.create_all(engine);
  // CHECK-NEXT: BEGIN (implicit)
  // CHECK-NEXT: SELECT {{.*}}
  // CHECK-NEXT: ()
  // CHECK-NEXT: DROP TABLE more
  // CHECK-NEXT: ()
  // CHECK-NEXT: DROP TABLE other
  // CHECK-NEXT: ()
  // CHECK-NEXT: DROP TABLE addresses
  // CHECK-NEXT: ()
  // CHECK-NEXT: DROP TABLE users
  // CHECK-NEXT: ()
  // CHECK-NEXT: COMMIT
  metadata.drop_all(engine);
  // CHECK-NEXT: BEGIN (implicit)
  // CHECK-NEXT: SELECT {{.*}}
  // CHECK-NEXT: ()
  // CHECK-NEXT: COMMIT
  metadata.drop_all(engine);

  // All or nothing.
  metadata.add_table("wrong", Column("id", Integer, primary_key), CheckConstraint("nonsense("));
  // CHECK: ROLLBACK
  // CHECK-NEXT: refused
  try {
    metadata.create_all(engine);
  } catch (const ProgrammingError &) {
    std::cout << "refused" << std::endl;
  }
  // CHECK: tables left: 0
  MetaData left;
  left.reflect(create_engine(test::database_url()));
  std::cout << "tables left: " << left.tables().size() << std::endl;
}
