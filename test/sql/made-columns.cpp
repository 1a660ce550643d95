// What insert<T>() and update<T>() write into columns that they do not name: default_value,
// default_sql, onupdate and onupdate_sql of members, as the objects' INSERT and UPDATE do.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../orm/Inputs/traced.h"

using declorm::col, declorm::insert, declorm::select, declorm::update, declorm::excluded;

enum class Kind { small, big };
static int count = 0;
static int next() { return ++count; }
static std::chrono::sys_days today() { return std::chrono::sys_days(std::chrono::days(1)); }

struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[using declorm: column, default_value(5), onupdate(6)]] std::optional<int> constant;
  [[using declorm: column, default_value(&next), onupdate(&next)]] std::optional<int> made;
  [[using declorm: column, default_sql("1 + 2"), onupdate_sql("constant + 1")]]
  std::optional<int> sum;
  [[using declorm: column, enum_names, default_value(Kind::big)]] std::optional<Kind> kind;
  [[using declorm: column, default_value(&today)]] std::optional<std::chrono::sys_days> day;
  [[using declorm: column, server_default("'s'")]] std::optional<std::string> by_server;
  [[declorm::column]] std::optional<int> plain;
};
struct [[declorm::table("sources")]] Source {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
// The value of a key.
static std::string make_key() { return "k" + std::to_string(++count); }
struct [[declorm::table("keyed")]] Keyed {
  [[using declorm: column, primary_key, default_value(&make_key)]] std::string code;
  [[declorm::column]] int value = 0;
};
// Hierarchies: those of the class that is named.
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("p")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
  [[using declorm: column, default_value(1), onupdate(2)]] std::optional<int> of_all;
};
struct [[using declorm: mapped, polymorphic_identity("m")]] Manager : Person {
  [[using declorm: column, default_value(3), onupdate(4)]] std::optional<int> of_managers;
};
struct [[using declorm: table("engineers"), polymorphic_identity("e")]] Engineer : Person {
  [[declorm::column]] int level = 0;
  [[using declorm: column, onupdate(7)]] int of_engineers = 0;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Connection connection = engine.connect();
  const auto name = col<&Thing::name>;
  const auto plain = col<&Thing::plain>;

  // CHECK: > INSERT INTO things (name, constant, made, sum, kind, day) VALUES (?, ?, ?, (1 + 2), ?, ?), (?, ?, ?, (1 + 2), ?, ?) -- 'a' 5 1 'big' '1970-01-02' 'b' 5 2 'big' '1970-01-02'
  connection.execute(insert<Thing>().values(name = "a").values(name = "b"));
  // What is named is not made, NULL neither.
  // CHECK-NEXT: > INSERT INTO things (name, made, constant, sum, kind, day) VALUES (?, ?, ?, (1 + 2), ?, ?) -- 'c' 40 NULL 'big' '1970-01-02'
  connection.execute(insert<Thing>().values(name = "c", col<&Thing::made> = 40,
                                            col<&Thing::constant> = std::nullopt));
  // CHECK-NEXT: > UPDATE things SET plain = ?, constant = ?, made = ?, sum = (constant + 1) WHERE things.name = ? -- 1 6 3 'a'
  connection.execute(update<Thing>().set(plain = 1).where(name == "a"));
  // CHECK-NEXT: > UPDATE things SET made = ?, constant = ?, sum = (constant + 1) WHERE things.name = ? -- 50 6 'b'
  connection.execute(update<Thing>().set(col<&Thing::made> = 50).where(name == "b"));
  // An upsert makes what an INSERT makes; what is there gets no onupdate, as in SQLAlchemy.
  // CHECK-NEXT: > INSERT INTO things (name, constant, made, sum, kind, day) VALUES (?, ?, ?, (1 + 2), ?, ?) ON CONFLICT (name) DO UPDATE SET plain = ? -- 'c' 5 4 'big' '1970-01-02' 2
  connection.execute(insert<Thing>().values(name = "c").on_conflict_do_update({name}, plain = 2));

  test::tracing = false;
  // CHECK-NEXT: a 6 3 6 1 s 1
  // CHECK-NEXT: b 6 50 6 1 s -
  // CHECK-NEXT: c - 40 3 1 s 2
  for (const Thing &thing : connection.select<Thing>().order_by(name)) {
    const auto show = [](const auto &value) {
      std::cout << ' ' << (value ? std::to_string(int(*value)) : "-");
    };
    std::cout << thing.name;
    show(thing.constant);
    show(thing.made);
    show(thing.sum);
    show(thing.kind);
    std::cout << ' ' << thing.by_server.value_or("-");
    show(thing.plain);
    std::cout << std::endl;
  }
  connection.execute(
      insert<Source>().values(col<&Source::name> = "x").values(col<&Source::name> = "y"));
  test::tracing = true;

  // INSERT … SELECT: a function is called once.
  const auto source = col<&Source::name>;
  // CHECK-NEXT: > INSERT INTO things (name, constant, made, sum, kind, day) SELECT sources.name, ?, ?, (1 + 2), ?, ? FROM sources -- 5 5 'big' '1970-01-02'
  connection.execute(insert<Thing>().from_select(select(source), name));
  connection.execute(declorm::delete_<Thing>());
  // CHECK: > INSERT INTO things (name, constant, made, sum, kind, day) SELECT anon_1.name, ?, ?, (1 + 2), ?, ? FROM (SELECT sources.name FROM sources WHERE sources.name = ? UNION SELECT sources.name FROM sources WHERE sources.name = ?) AS anon_1 -- 5 6 'big' '1970-01-02' 'x' 'y'
  connection.execute(insert<Thing>().from_select(
      select(source).where(source == "x").union_(select(source).where(source == "y")), name));
  // CHECK-NEXT: x 6 3
  // CHECK-NEXT: y 6 3
  // CHECK-NEXT: > SELECT things.name, things.made, things.sum FROM things ORDER BY things.name --
  for (auto [thing, made, sum] :
       connection.execute(select(name, col<&Thing::made>, col<&Thing::sum>).order_by(name)))
    std::cout << thing << ' ' << made.value() << ' ' << sum.value() << std::endl;

  // CHECK-NEXT: > INSERT INTO keyed (value, code) VALUES (?, ?), (?, ?) -- 1 'k7' 2 'k8'
  connection.execute(insert<Keyed>().values(col<&Keyed::value> = 1).values(col<&Keyed::value> = 2));

  // CHECK-NEXT: > INSERT INTO people (name, of_all, type) VALUES (?, ?, ?) -- 'p' 1 'p'
  connection.execute(insert<Person>().values(col<&Person::name> = "p"));
  // CHECK-NEXT: > INSERT INTO people (name, of_all, of_managers, type) VALUES (?, ?, ?, ?) -- 'm' 1 3 'm'
  connection.execute(insert<Manager>().values(col<&Person::name> = "m"));
  // CHECK-NEXT: > INSERT INTO people (name, of_all, of_managers, type) SELECT sources.name, ?, ?, ? FROM sources -- 1 3 'm'
  connection.execute(insert<Manager>().from_select(select(source), col<&Person::name>));
  // CHECK-NEXT: > UPDATE people SET name = ?, of_all = ?, of_managers = ? WHERE people.type IN (?) -- 'n' 2 4 'm'
  connection.execute(update<Manager>().set(col<&Person::name> = "n"));
  // Of a class in two tables, those of its own.
  // CHECK-NEXT: > UPDATE engineers SET level = ?, of_engineers = ? -- 1 7
  connection.execute(update<Engineer>().set(col<&Engineer::level> = 1));
  connection.rollback();

  // A query's update(), and a session.
  declorm::Session session(engine);
  // CHECK: > UPDATE things SET plain = ?, constant = ?, made = ?, sum = (constant + 1) WHERE things.name = ? -- 1 6 {{[0-9]+}} 'a'
  session.query<Thing>().filter(name == "a").update(plain = 1);
  // CHECK-NEXT: > UPDATE things SET plain = ?, constant = ?, made = ?, sum = (constant + 1) -- 2 6 {{[0-9]+}}
  session.execute(update<Thing>().set(plain = 2));
}
