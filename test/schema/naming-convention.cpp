// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Names of constraints and indexes made from the patterns of a MetaData: of annotated classes and
// of tables made by hand, before and after the convention is set; a database knows them.
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

struct [[using declorm: table("users"), check_constraint("age > 0"), check_constraint("age < 200"),
         check_constraint("known", "age <> 13"), index({"name", "age"}),
         index("named", {"age"})]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[using declorm: column, index]] int age = 1;
};
struct [[using declorm: table("addresses"), unique_constraint({"street", "city"})]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
  [[declorm::column]] std::string street, city;
};

static void show(const declorm::Table &table) {
  std::cout << table.name();
  for (const declorm::Constraint &constraint : table.constraints())
    std::cout << ' ' << (constraint.name.empty() ? "-" : constraint.name);
  for (const declorm::Index &index : table.indexes())
    std::cout << ' ' << index.name;
  std::cout << std::endl;
}

int main() {
  using namespace declorm;
  const Engine engine = test::open_database();
  MetaData &classes = metadata();
  show(table_of<User>());
  // CHECK: users - - - known - ix_users_age ix_users_name_age named
  const NamingConvention patterns{.primary_key = "pk_{table}",
                                  .unique = "uq_{table}_{columns}",
                                  .foreign_key =
                                      "fk_{table}_{column}_{referred_table}_{referred_columns}",
                                  .check = "ck_{table}_{number}",
                                  .index = "{table}_{columns}_idx"};
  classes.naming_convention(patterns);
  show(table_of<User>());
  // CHECK-NEXT: users pk_users ck_users_1 ck_users_2 known uq_users_name users_age_idx users_name_age_idx named
  show(table_of<Address>());
  // CHECK-NEXT: addresses pk_addresses uq_addresses_street_city fk_addresses_user_id_users_id
  classes.create_all(engine);

  const Inspector inspector = inspect(engine);
  for (const ReflectedForeignKey &key : inspector.foreign_keys("addresses"))
    std::cout << "reflected: " << key.name.value_or("-") << std::endl;
  // CHECK-NEXT: reflected: fk_addresses_user_id_users_id

  // Tables that come later, with a key of two columns, and parts that come later still.
  Table &table = classes.add_table("pairs", Column("a", Integer, primary_key),
                                   Column("b", Integer, primary_key, unique),
                                   UniqueConstraint({"a", "b"}, "mine"), Index{.columns = {"b"}});
  table.append(CheckConstraint("a <> b"));
  table.append(Column("c", Integer, declorm::index));
  show(table);
  // CHECK-NEXT: pairs pk_pairs mine ck_pairs_1 uq_pairs_b pairs_b_idx pairs_c_idx

  // Only some kinds are named.
  MetaData some;
  some.naming_convention({.unique = "u{number}"});
  show(some.add_table("t", Column("a", Integer, primary_key), Column("b", Integer, unique),
                      Column("c", Integer, unique, declorm::index), UniqueConstraint({"a", "b"})));
  // CHECK-NEXT: t - u2 u1 ix_t_c

  test::attempt([&] { classes.naming_convention(patterns); });
  // CHECK-NEXT: InvalidRequestError: the MetaData has a naming convention already, and names were made by it; call naming_convention once, before tables are created
  MetaData other;
  test::attempt([&] { other.naming_convention({.unique = "uq_{table}"}); });
  // CHECK-NEXT: ArgumentError: the naming convention's pattern 'uq_{table}' for unique would give two of a table the same name; it needs one of {column}, {columns}, {number}
  test::attempt([&] { other.naming_convention({.check = "ck_{columns}"}); });
  // CHECK-NEXT: ArgumentError: the naming convention's pattern 'ck_{columns}' for check has the unknown placeholder '{columns}'; it may hold {table}, {number}
  test::attempt([&] { other.naming_convention({.index = "ix"}); });
  // CHECK-NEXT: ArgumentError: the naming convention's pattern 'ix' for index would give two of a table the same name; it needs one of {column}, {columns}
}
