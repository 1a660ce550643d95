// Rows: by name and number, one by one or all, and what is said when there are too many or too few.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>

using declorm::Connection;
using declorm::Result;
using declorm::Row;

static std::string text(const Row &row) {
  std::string result;
  for (const declorm::Value &value : row.values())
    result += value.to_string() + " ";
  return result;
}

int main() {
  const declorm::Engine engine = test::open_database();
  Connection connection = engine.connect();
  connection.execute("CREATE TABLE t (id " + test::counted_key() + ", name VARCHAR)");

  Result insert = connection.execute("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
  // CHECK: inserted 3, 0 keys
  std::cout << "inserted " << insert.rowcount() << ", " << insert.keys().size() << " keys\n";
  Result update = connection.execute("UPDATE t SET name = name || '!' WHERE id > 1 RETURNING id");
  // CHECK-NEXT: updated 2, first 2
  std::cout << "updated " << update.rowcount() << ", first " << update.scalar().as<int>() << '\n';
  // CHECK-NEXT: queried -1, created -1
  std::cout << "queried " << connection.execute("SELECT 1").rowcount() << ", created "
            << connection.execute("CREATE TABLE u (a INTEGER)").rowcount() << '\n';

  constexpr const char *all = "SELECT id, name FROM t ORDER BY id";
  Result keys = connection.execute(all);
  // CHECK-NEXT: id name
  std::cout << keys.keys()[0] << ' ' << keys.keys()[1] << '\n';
  // CHECK-NEXT: 1 'a' 1 a
  // CHECK-NEXT: 2 'b!' 2 b!
  // CHECK-NEXT: 3 'c!' 3 c!
  for (const Row &row : connection.execute(all))
    std::cout << text(row) << row[0].as<int>() << ' ' << row["name"].as<std::string>() << '\n';
  // CHECK-NEXT: 3 rows
  std::cout << connection.execute(all).all().size() << " rows\n";
  // CHECK-NEXT: first 1 'a'
  std::cout << "first " << text(*connection.execute(all).first()) << '\n';
  // CHECK-NEXT: one 1 'a'
  std::cout << "one " << text(connection.execute("SELECT * FROM t WHERE id = 1").one()) << '\n';
  // CHECK-NEXT: none 0 NULL
  std::cout << "none " << connection.execute("SELECT * FROM u").first().has_value() << ' '
            << connection.execute("SELECT * FROM u").scalar().to_string() << '\n';

  // CHECK-NEXT: NoResultFound: one() found no row
  test::attempt([&] { connection.execute("SELECT * FROM u").one(); });
  // CHECK-NEXT: MultipleResultsFound: one() found more than one row
  test::attempt([&] { connection.execute(all).one(); });
  const Row row = *connection.execute(all).first();
  // CHECK-NEXT: ArgumentError: the row has no column 'nam'; did you mean 'name'?
  test::attempt([&] { row["nam"]; });
  // CHECK-NEXT: ArgumentError: the row has no column number 2; it has 2, counted from 0
  test::attempt([&] { row[2]; });
  // CHECK-NEXT: DataError: the value 'a' is not an integer
  test::attempt([&] { row["name"].as<int>(); });
  // CHECK-NEXT: DataError: the value NULL is not text
  test::attempt([&] { connection.execute("SELECT NULL").scalar().as<std::string>(); });
  // CHECK-NEXT: DataError: the value 300 is not an 8-bit integer
  test::attempt([&] { connection.execute("SELECT 300").scalar().as<std::int8_t>(); });

  // One statement, read twice at the same time.
  Result outer = connection.execute(all);
  outer.next();
  Result inner = connection.execute(all);
  // CHECK-NEXT: 2 1 2
  std::cout << (*outer.next())[0].as<int>() << ' ' << (*inner.next())[0].as<int>() << ' '
            << (*inner.next())[0].as<int>() << '\n';
  connection.commit();

  // A Result keeps the connection it reads from.
  Result late = engine.connect().execute(all);
  // CHECK-NEXT: late 3
  std::cout << "late " << late.all().size() << '\n';
}
