// A value is found by its column's name in one way, whatever a row is read into; a name that stands
// twice is an error when it is asked for.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col, declorm::select, declorm::text;

struct [[declorm::row]] Pair {
  std::int64_t id = -1;
  std::string name = "-";
};
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column("full_name")]] std::string name;
};
class [[declorm::table("secrets")]] Secret {
  [[using declorm: column, primary_key]] std::int64_t id = 0;

public:
  std::int64_t get() const { return id; }
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.add(User{.id = 3, .name = "ed"});
  session.emplace<Engineer>().language = "c++";
  session.flush();

  const char *twice =
      "SELECT a.*, b.* FROM (SELECT 1 AS id, 'x' AS name) a CROSS JOIN (SELECT 7 AS id) b";
  // CHECK: ArgumentError: the result has several columns of the name 'id', at the positions 0 ('id'), 2 ('id'); name them apart in the statement with AS, or take them by position
  test::attempt([&] { session.execute(twice).one()["id"]; });
  // CHECK-NEXT: ArgumentError: into<T>(): Pair.id: the result has several columns of the name 'id', at the positions 0 ('id'), 2 ('id'); name them apart in the statement with AS, or take them by position
  test::attempt([&] { session.execute(twice).into<Pair>(); });
  // CHECK-NEXT: ArgumentError: into<T>(): User.id: the result has several columns of the name 'id', {{.*}}
  test::attempt([&] { session.execute(twice).into<User>(); });
  // CHECK-NEXT: ArgumentError: into<T>(): Secret.id: the result has several columns of the name 'id', {{.*}}
  test::attempt([&] { session.execute(twice).into<Secret>(); });
  // CHECK-NEXT: ArgumentError: into<T>(): Engineer.id: the result has several columns of the name 'id', {{.*}}
  test::attempt([&] {
    session.execute("SELECT p.*, e.* FROM people p JOIN engineers e ON e.id = p.id")
        .into<Engineer>();
  });
  // In nothing but case, and quoted.
  // CHECK-NEXT: ArgumentError: the result has several columns of the name 'Id', at the positions 0 ('id'), 1 ('ID'); {{.*}}
  test::attempt([&] { session.execute("SELECT 1 AS id, 7 AS \"ID\"").one()["Id"]; });
  // CHECK-NEXT: ArgumentError: the result has several columns of the name 'id', at the positions 0 ('id'), 1 ('iD'); {{.*}}
  test::attempt([&] { session.execute("SELECT 1 AS \"id\", 7 AS \"iD\"").one()["id"]; });
  // Of a typed SELECT and of text().
  // CHECK-NEXT: ArgumentError: into<T>(): Pair.name: the result has several columns of the name 'name', at the positions 1 ('name'), 2 ('NAME'); {{.*}}
  test::attempt([&] {
    session
        .execute(
            select(col<&User::id>, col<&User::name>.label("name"), col<&User::name>.label("NAME")))
        .into<Pair>();
  });
  // CHECK-NEXT: ArgumentError: into<T>(): User.id: the result has several columns of the name 'id', {{.*}}
  test::attempt([&] { session.execute(text("SELECT 1 AS id, 2 AS id")).into<User>(); });

  // By position all are reached; what nobody asks for may stand there as often as it likes.
  const declorm::Row row = session.execute(twice).one();
  // CHECK-NEXT: 1 7 x 1 7
  std::cout << row[0].as<int>() << ' ' << row[2].as<int>() << ' ' << row["name"].as<std::string>();
  for (const auto &[first, name, second] :
       session.execute(twice).into<std::tuple<int, std::string, int>>())
    std::cout << ' ' << first << ' ' << second << std::endl;
  // CHECK-NEXT: 5 y
  for (const Pair &pair :
       session.execute("SELECT 5 AS id, 1 AS other, 'y' AS name, 2 AS other").into<Pair>())
    std::cout << pair.id << ' ' << pair.name << std::endl;
  // CHECK-NEXT: 9
  std::cout << session.execute("SELECT 9, 9 AS id, 9").into<Secret>().front().get() << std::endl;
  // CHECK-NEXT: 1 c++
  for (const Engineer &engineer :
       session.execute("SELECT * FROM people JOIN engineers USING (id)").into<Engineer>())
    std::cout << engineer.id << ' ' << engineer.language << std::endl;
  // A subquery's columns have names of their own.
  const auto both = select(col<&User::id>, col<&User::id>).subquery("both");
  // CHECK-NEXT: 3 3
  const declorm::Row renamed = session.execute("SELECT * FROM (SELECT id, id FROM users) t").one();
  std::cout << renamed[0].as<int>() << ' '
            << session.execute(select(both.column<std::int64_t>("id_1"))).one() << std::endl;

  // One name in another case is that name everywhere.
  // CHECK-NEXT: 4 4 4
  std::cout << session.execute("SELECT 4 AS \"ID\"").one()["id"].as<int>() << ' '
            << session.execute("SELECT 4 AS \"Id\"").into<Pair>().front().id << ' '
            << session.execute("SELECT 4 AS \"ID\"").into<User>().front().id << std::endl;
}
