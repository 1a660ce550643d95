// nlohmann::json members, by <declorm/json.h>: there and back, JSON's null and SQL's, and what is
// no JSON.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: not %declorm_clang -DWITHOUT -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WITHOUT
#ifdef WITHOUT
#include <nlohmann/json.hpp>
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] int id = 0;
  // WITHOUT: error: member 'body' of class 'Note' has type 'nlohmann::json', which no column can hold
  // WITHOUT: note: include <declorm/json.h> where the class is seen
  [[declorm::column]] nlohmann::json body;
};
#else
#include "Inputs/traced.h"
#include <declorm/json.h>

using declorm::col;
using nlohmann::json;

struct [[declorm::table("docs")]] Doc {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] json body;
  [[declorm::column]] std::optional<json> extra{};
  [[declorm::column]] nlohmann::ordered_json ordered = nlohmann::ordered_json::object();
};

static json nested(int levels) {
  json value = 1;
  for (int i = 0; i != levels; ++i)
    value = json::array({std::move(value)});
  return value;
}

int main() {
  // CHECK: 	body JSON NOT NULL,{{ *}}
  // CHECK-NEXT: 	extra JSON,{{ *}}
  declorm::metadata();
  std::cout << declorm::create_sql(declorm::table_of<Doc>(), declorm::dialect("sqlite"))
            << std::endl;
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  const json value = {{"text", "a\1\"\xC3\xA9"},
                      {"big", UINT64_MAX},
                      {"small", INT64_MIN},
                      {"real", 1e-9},
                      {"list", {1, nullptr, true, json::object()}}};
  {
    declorm::Session session(engine);
    session.add(Doc{.body = value, .extra = json("text"), .ordered = {{"a", 1}, {"b", 2}}});
    session.add(Doc{.extra = json()}); // JSON's null in both
    session.add(Doc{.body = nested(1000)});
    session.commit();
  }
  declorm::Session session(engine);
  Doc &first = *session.get<Doc>(1);
  const Doc &second = *session.get<Doc>(2), &third = *session.get<Doc>(3);
  // CHECK: same 1 "text" {"a":1,"b":2}
  std::cout << "same " << (first.body == value) << ' ' << first.extra->dump() << ' '
            << first.ordered << std::endl;
  // CHECK-NEXT: null null 0 1
  std::cout << second.body << ' ' << second.extra.value() << ' ' << third.extra.has_value() << ' '
            << (third.body == nested(1000)) << std::endl;
  // CHECK-NEXT: 'null' 'null' NULL
  for (const declorm::Row &row : session.execute("SELECT body, extra FROM docs WHERE id = 2"))
    std::cout << row["body"].to_string() << ' ' << row["extra"].to_string() << ' ';
  std::cout << session.execute("SELECT extra FROM docs WHERE id = 3").scalar().to_string()
            << std::endl;
  // Change tracking sees inside.
  // CHECK-NEXT: 0 1
  std::cout << session.is_modified(first) << ' ';
  first.body["list"][0] = 2;
  std::cout << session.is_modified(first) << std::endl;
  session.commit();
  // CHECK-NEXT: 2 1 1
  std::cout << session.execute("SELECT body -> 'list' -> 0 FROM docs WHERE id = 1")
                   .scalar()
                   .as<std::string>()
            << ' ' << session.query<Doc>().filter(col<&Doc::extra> == json("text")).count() << ' '
            << session.query<Doc>().filter(col<&Doc::extra>.is_null()).count() << std::endl;
  const json body =
      session.execute(declorm::select(col<&Doc::body>).where(col<&Doc::id> == 2)).one();
  // CHECK-NEXT: null
  std::cout << body << std::endl;

  // Lone numbers.
  declorm::Connection connection = engine.connect();
  connection.insert(std::vector<Doc>{
      {.id = 11, .body = INT64_MIN}, {.id = 12, .body = 1e-9}, {.id = 13, .body = 2.0}});
  // CHECK-NEXT: 1 1 1
  std::cout << (connection.get<Doc>(11)->body == INT64_MIN) << ' '
            << (connection.get<Doc>(12)->body == 1e-9) << ' '
            << (connection.get<Doc>(13)->body == 2.0) << std::endl;

  // What does not fit, in and out.
  // CHECK-NEXT: DataError: Doc.body, column docs.body: JSON has no NaN and no infinity
  test::attempt([&] { connection.insert(Doc{.body = {1.0, std::nan("")}}); });
  // CHECK: DataError: Doc.body, column docs.body: the JSON is nested more than 1000 levels deep
  test::attempt([&] { connection.insert(Doc{.body = nested(1001)}); });
  // CHECK: DataError: Doc.body, column docs.body: {{.*}}invalid UTF-8 byte{{.*}}
  test::attempt([&] { connection.insert(Doc{.body = "\xff"}); });
  // CHECK: DataError: Doc.body, column docs.body: JSON has no binary values{{.*}}
  test::attempt([&] { connection.insert(Doc{.body = json::binary({1, 2})}); });
}
#endif
