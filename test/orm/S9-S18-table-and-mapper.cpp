// S9 S10 S12 S13 S14 S17 S18: an annotated class has a table and a mapper; both can be looked at.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

namespace shop {
struct Address;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column("user_name"), length(50)]] std::string name;
  int not_mapped = 0;
  [[declorm::column]] std::optional<int> age{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column("user"), foreign_key("users.id")]] std::int64_t user_id = 0;
};
struct [[declorm::table]] Plain {
  [[using declorm: column, primary_key]] std::string a;
  [[using declorm: column, primary_key]] int b = 0;
};
} // namespace shop

int main() {
  // S12: the table first; nothing is configured yet.
  const declorm::Table &table = declorm::table_of<shop::User>();
  // CHECK: users id user_name age
  std::cout << table.name();
  for (const auto &column : table.columns())
    std::cout << ' ' << column->name();
  std::cout << std::endl;

  // S13 S14: members keep their names.
  declorm::Mapper &mapper = declorm::mapper_of<shop::User>();
  // CHECK-NEXT: User: id=id name=user_name age=age key=id same=1
  std::cout << mapper.name() << ':';
  for (const declorm::Attribute &attribute : mapper.attributes())
    std::cout << ' ' << attribute.name() << '=' << attribute.columns().front()->name();
  for (const declorm::Column *column : mapper.primary_key())
    std::cout << " key=" << column->name();
  std::cout << " same=" << (&mapper.table() == &table) << std::endl;
  // CHECK-NEXT: plain: key=a key=b
  std::cout << declorm::table_of<shop::Plain>().name() << ':';
  for (const declorm::Column *column : declorm::mapper_of<shop::Plain>().primary_key())
    std::cout << " key=" << column->name();
  std::cout << std::endl;

  // S17: one MetaData, so the foreign key finds its target.
  const declorm::Column &key = declorm::table_of<shop::Address>().column("user");
  // CHECK-NEXT: users.id 1
  std::cout << key.foreign_keys().front().target() << ' '
            << (&table.metadata() == &declorm::metadata()) << std::endl;
  // CHECK-NEXT: sorted: plain users addresses
  std::cout << "sorted:";
  for (const declorm::Table *sorted : declorm::metadata().sorted_tables())
    std::cout << ' ' << sorted->name();
  std::cout << std::endl;

  // S18 S10: the tables are created, and hand-written statements reach them.
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.add(shop::User{.name = "ed"});
  session.flush();
  // CHECK-NEXT: 1 ed
  for (const declorm::Row &row : session.execute("SELECT id, user_name FROM users"))
    std::cout << row["id"].as<int>() << ' ' << row["user_name"].as<std::string>() << std::endl;
  // CHECK-NEXT: users.user_name = 'ed'
  std::cout << "users.user_name = '"
            << session.execute(declorm::select(table.column("user_name"))).one().as<std::string>()
            << "'" << std::endl;
}
