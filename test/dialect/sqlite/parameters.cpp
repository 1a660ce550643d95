// The marks of parameters that only SQLite has, and where what looks like one is none.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::Connection connection = engine.connect();
  const auto run = [&](std::string_view sql, const declorm::Params &params = {}) {
    test::attempt([&] {
      for (const declorm::Row &row : connection.execute(sql, params))
        for (const declorm::Value &value : row.values())
          std::cout << value.to_string() << ' ';
    });
  };
  // CHECK: 2 1 no error
  run("SELECT ?2, ?1", {1, 2});
  // CHECK-NEXT: ':c' 1 2 1 no error
  run("SELECT ':c', @a, $b, @a /* :d */ -- :e", {{"a", 1}, {"b", 2}});
  // CHECK-NEXT: 1 1 no error
  run("SELECT [:x], `?` FROM (SELECT :y AS [:x], :y AS `?`)", {{"y", 1}});
  // CHECK-NEXT: ProgrammingError: the statement has no parameter :c; it takes 2 parameters (:a, :b)
  // CHECK-NEXT: {{\[}}SQL: SELECT ':c', @a, $b]
  run("SELECT ':c', @a, $b", {{"a", 1}, {"c", 2}});
  // CHECK-NEXT: ProgrammingError: the statement takes 2 parameters (:a) by position (?), and got names; write {value, …}
  // CHECK-NEXT: {{\[}}SQL: SELECT :a, ?]
  run("SELECT :a, ?", {{"a", 1}});
}
