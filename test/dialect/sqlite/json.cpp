// JSON members as SQLite stores them: texts that keep the order of keys and NUL bytes, numbers
// where they stand alone; and what is no JSON.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/json.h>

using nlohmann::json;

struct [[declorm::table("papers")]] Paper {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] json body;
  [[declorm::column]] nlohmann::ordered_json ordered = nlohmann::ordered_json::object();
};

int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  const json with_nul = {{"text", std::string("a\0b", 3)}};
  connection.insert(Paper{.id = 1, .body = with_nul, .ordered = {{"b", 1}, {"a", 2}}});
  // CHECK: 1 {"b":1,"a":2}
  const std::optional<Paper> read = connection.get<Paper>(1);
  std::cout << (read->body == with_nul) << ' ' << read->ordered << std::endl;

  connection.insert(std::vector<Paper>{
      {.id = 11, .body = INT64_MIN}, {.id = 12, .body = 1e-9}, {.id = 13, .body = 2.0}});
  // CHECK-NEXT: integer -9223372036854775808 -9223372036854775808
  // CHECK-NEXT: real 1e-09 1e-09
  // CHECK-NEXT: integer 2 2
  for (const int id : {11, 12, 13}) {
    const declorm::Row row =
        connection.execute("SELECT typeof(body), body FROM papers WHERE id = ?", {id}).one();
    std::cout << row[0].as<std::string>() << ' ' << row[1].as<json>() << ' '
              << connection.get<Paper>(id)->body << std::endl;
  }
  connection.commit();
  // CHECK-NEXT: DataError: Paper.body, column papers.body: a lone number above 9223372036854775807 does not keep its digits in a JSON column; put it into an array
  test::attempt([&] { connection.insert(Paper{.body = UINT64_MAX}); });

  const auto bad = [&](const declorm::Value &value) {
    connection.rollback();
    connection.execute("UPDATE papers SET body = ? WHERE id = 1", {value});
    test::attempt([&] { connection.get<Paper>(1); });
  };
  // CHECK: DataError: column papers.body holds '{"a": ', which does not fit Paper.body (JSON): {{.*}}parse error{{.*}}
  bad("{\"a\": ");
  // CHECK-NEXT: DataError: column papers.body holds '', which does not fit Paper.body (JSON): {{.*}}
  bad("");
  // CHECK-NEXT: DataError: column papers.body holds '[{{.*}} (200000 bytes in all), which does not fit Paper.body (JSON): the JSON is nested more than 1000 levels deep{{.*}}
  bad(std::string(100'000, '[') + std::string(100'000, ']'));
  // CHECK-NEXT: DataError: column papers.body holds x'00ff', which does not fit Paper.body (JSON){{.*}}
  bad(declorm::Bytes{std::byte{0}, std::byte{255}});
}
