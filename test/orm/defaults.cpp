// What counts as not given at INSERT, and what fills it; onupdate and computed columns.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

static int next_number() {
  static int number = 100;
  return ++number;
}

class [[declorm::table("docs")]] Doc {
  static std::string make_code() { return "code" + std::to_string(next_number()); }
  static int next_version() { return next_number(); }

public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, default_value(&Doc::make_code)]] std::optional<std::string> code{};
  [[using declorm: column, default_value(5)]] std::optional<int> constant{};
  [[using declorm: column, default_value("-"), unset("")]] std::string dash;
  [[using declorm: column, default_value(7), unset(-1)]] int seven = -1;
  [[using declorm: column, default_sql("1 + 2")]] std::optional<int> from_sql{};
  [[using declorm: column, server_default("'server'")]] std::optional<std::string> server{};
  [[using declorm: column, server_default("9")]] int plain_server = 3;
  [[declorm::column]] std::optional<int> missing{};
  [[using declorm: column, computed("seven * 2")]] int twice = 0;
  [[using declorm: column, onupdate(&Doc::next_version)]] int version = 0;
  [[using declorm: column, onupdate_sql("version + seven")]] int touched = 0;
};
struct [[declorm::table("named")]] Named {
  static std::string make() { return "key" + std::to_string(next_number()); }
  [[using declorm: column, primary_key, default_value(&Named::make)]] std::string key;
  [[declorm::column]] int n = 0;
};
struct [[declorm::table("pairs")]] Pair {
  [[using declorm: column, primary_key]] int a = 0;
  [[using declorm: column, primary_key]] std::string b;
  [[declorm::column]] int n = 0;
};

static void show(const Doc &doc) {
  std::cout << doc.id << ' ' << doc.code.value_or("NULL") << ' ' << doc.constant.value_or(-99)
            << ' ' << doc.dash << ' ' << doc.seven << ' ' << doc.from_sql.value_or(-99) << ' '
            << doc.server.value_or("NULL") << ' ' << doc.plain_server << ' '
            << doc.missing.has_value() << ' ' << doc.twice << ' ' << doc.version << ' '
            << doc.touched << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Doc &doc = session.add(Doc());
  // CHECK: > INSERT INTO docs (code, constant, dash, seven, from_sql, plain_server, missing, version, touched) VALUES (?, ?, ?, ?, (1 + 2), ?, ?, ?, ?) -- 'code101' 5 '-' 7 3 NULL 0 0
  // CHECK-NEXT: 1 code101 5 - 7 3 server 3 0 14 0 0
  session.flush();
  show(doc);
  // Given values win; what the database made is read back after an update as well.
  Doc given;
  given.code = "";
  given.constant = 0;
  given.dash = "x";
  given.seven = 0;
  given.from_sql = 0;
  given.server = "";
  given.twice = 1000;
  // CHECK-NEXT: > INSERT INTO docs (code, constant, dash, seven, from_sql, server, plain_server, missing, version, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) -- '' 0 'x' 0 0 '' 3 NULL 0 0
  // CHECK-NEXT: 2  0 x 0 0  3 0 0 0 0
  Doc &added = session.add(std::move(given));
  session.flush();
  show(added);
  // CHECK-NEXT: > UPDATE docs SET seven = ?, version = ?, touched = (version + seven) WHERE docs.id = ? -- 21 102 1
  // CHECK-NEXT: 1 code101 5 - 21 3 server 3 0 42 102 7
  doc.seven = 21;
  session.flush();
  show(doc);
  doc.twice = 5; // writing a computed member is ignored
  session.flush();

  // After a rollback the members are as they were given.
  session.rollback();
  // CHECK-NEXT: 0 {{.*}}
  show(doc);

  // Keys: 0 and "" are made by somebody in a single key only.
  test::tracing = false;
  Named &named = session.add(Named{});
  Named &own = session.add(Named{.key = "mine"});
  session.add(Pair{});
  session.add(Pair{.a = 0, .b = "x"});
  session.add(Pair{.a = -1, .b = ""});
  session.commit();
  // CHECK-NEXT: key103 mine
  std::cout << named.key << ' ' << own.key << std::endl;
  // CHECK-NEXT: 1 1 1 0
  std::cout << (session.get<Named>("mine") == &own) << ' ' << (session.get<Pair>(0, "x") != nullptr)
            << ' ' << (session.get<Pair>(0, "") == session.get<Pair>(0, std::string())) << ' '
            << (session.get<Pair>(1, "x") != nullptr) << std::endl;
  // CHECK-NEXT: ArgumentError: the key of class 'Pair' ({{.*}}) is (a, b): 2 values, not 1
  test::attempt([&] { session.get<Pair>(0); });
  Pair &pair = *session.get<Pair>(0, "x");
  test::tracing = true;
  // CHECK-NEXT: > UPDATE pairs SET b = ?, n = ? WHERE pairs.a = ? AND pairs.b = ? -- 'y' 5 0 'x'
  pair.b = "y";
  pair.n = 5;
  session.flush();
  // CHECK-NEXT: > DELETE FROM pairs WHERE pairs.a = ? AND pairs.b = ? -- 0 'y'
  session.delete_(pair);
  session.flush();
}
