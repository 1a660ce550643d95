// Parameters by position and by name, and what is said when they do not fit the statement.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::Connection connection = engine.connect();
  const auto run = [&](std::string_view sql, const declorm::Params &params = {}) {
    test::attempt([&] {
      for (const declorm::Row &row : connection.execute(sql, params))
        for (const declorm::Value &value : row.values())
          std::cout << value.to_string() << ' ';
    });
    connection.rollback();
  };
  // CHECK: 1 'two' 3.5 NULL x'04' no error
  const std::string blob = test::is_postgresql() ? "BYTEA" : "BLOB";
  run("SELECT CAST(? AS INTEGER), ?, CAST(? AS DOUBLE PRECISION), ?, CAST(? AS " + blob + ")",
      {1, "two", 3.5, nullptr, declorm::Bytes{std::byte{4}}});
  // CHECK-NEXT: 'b' 'a' 'b' no error
  run("SELECT :second, :first, :second", {{"first", "a"}, {"second", "b"}});

  // CHECK-NEXT: ProgrammingError: the statement takes 2 parameters and got 1
  // CHECK-NEXT: {{\[}}SQL: SELECT ?, ?]
  run("SELECT ?, ?", {1});
  // CHECK-NEXT: ProgrammingError: the statement takes 1 parameter and got 3
  // CHECK-NEXT: {{\[}}SQL: SELECT ?]
  run("SELECT ?", {1, 2, 3});
  // CHECK-NEXT: ProgrammingError: the statement takes no parameters and got 1
  // CHECK-NEXT: {{\[}}SQL: SELECT 1]
  run("SELECT 1", {1});
  // CHECK-NEXT: ProgrammingError: the statement takes 2 parameters (:a, :b) and got 0
  // CHECK-NEXT: {{\[}}SQL: SELECT :a, :b]
  run("SELECT :a, :b");
  // CHECK-NEXT: ProgrammingError: the statement takes 1 parameter (:a) by name, and got values by position; write {{\{\{}}"a", value}, …}
  // CHECK-NEXT: {{\[}}SQL: SELECT :a]
  run("SELECT :a", {1});
  // CHECK-NEXT: ProgrammingError: the statement takes 1 parameter by position (?), and got names; write {value, …}
  // CHECK-NEXT: {{\[}}SQL: SELECT ?]
  run("SELECT ?", {{"a", 1}});
  // CHECK-NEXT: ProgrammingError: the statement has no parameter :nam; it takes 2 parameters (:name, :age)
  // CHECK-NEXT: {{\[}}SQL: SELECT :name, :age]
  run("SELECT :name, :age", {{"nam", 1}, {"age", 2}});
  // CHECK-NEXT: ProgrammingError: the parameter :age is not given; the statement takes 2 parameters (:name, :age)
  // CHECK-NEXT: {{\[}}SQL: SELECT :name, :age]
  run("SELECT :name, :age", {{"name", 1}});
  // CHECK-NEXT: ProgrammingError: the parameter :name is given twice
  // CHECK-NEXT: {{\[}}SQL: SELECT :name, :age]
  run("SELECT :name, :age", {{"name", 1}, {"name", 2}});

  // CHECK-NEXT: ProgrammingError: the statement is empty
  // CHECK-NEXT: {{\[}}SQL:  -- nothing]
  run(" -- nothing");
  // CHECK-NEXT: 1 no error
  run("SELECT 1; -- and no more");
}
