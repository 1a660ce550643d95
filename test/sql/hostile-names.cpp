// Tables, columns, labels, aliases and values that want to be SQL: every form of statement treats
// them as names and values, nothing is spliced.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>

using declorm::alias, declorm::attr, declorm::col, declorm::count, declorm::select;

#define TEN "0123456789"
#define LONG TEN TEN TEN TEN TEN TEN "012" // 63 bytes, as long as PostgreSQL takes them

struct [[declorm::table("a\"; DROP TABLE victims; --")]] Quoted {
  [[using declorm: column("select"), primary_key]] std::int64_t id = 0;
  [[declorm::column("it's \"q\"; --")]] std::string quotes;
  [[declorm::column("? :name @x $1 %s")]] std::string marks;
  [[declorm::column("größe 表 😀")]] std::string letters;
  [[declorm::column(LONG)]] std::string size;
  [[declorm::column("[x] `y` /* z */")]] std::string others;
  [[declorm::column("a.b")]] std::string dotted;
};
struct [[declorm::table("order")]] Order {
  [[using declorm: column("group"), primary_key]] std::int64_t group = 0;
  [[using declorm: column("values"), unique]] std::string values;
};
struct [[declorm::table(LONG)]] Big {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("victims")]] Victim {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

static const std::string hostile = "'; DROP TABLE victims; -- \" ` ] ? :x %_ \\ 😀";
static const std::string with_controls("a'\1\"; --");

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  const auto all = [&](const auto &statement) { return connection.execute(statement).all(); };
  const auto id = col<&Quoted::id>;
  const auto quotes = col<&Quoted::quotes>;
  const auto dotted = col<&Quoted::dotted>;

  // Plain objects and sessions.
  connection.insert(Victim{1});
  connection.insert(Quoted{1, hostile, hostile, hostile, hostile, with_controls, "d"});
  connection.insert(Order{1, hostile});
  connection.insert(Big{7});
  connection.commit();
  {
    declorm::Session session(engine);
    Quoted &object = *session.get<Quoted>(1);
    object.marks += "!";
    session.add(Quoted{.id = 2, .quotes = with_controls});
    session.commit();
    // CHECK: 11 1 1 7
    std::cout << (object.quotes == hostile) << (object.marks == hostile + "!") << ' '
              << (object.others == with_controls) << ' '
              << session.query<Quoted>().filter(quotes == with_controls).count() << ' '
              << session.query<Big>().one().id << std::endl;
  }

  // CHECK-NEXT: SELECT "a""; DROP TABLE victims; --"."it's ""q""; --" AS "x"" FROM victims; --" FROM "a""; DROP TABLE victims; --" WHERE "a""; DROP TABLE victims; --"."? :name @x $1 %s" = ? AND "a""; DROP TABLE victims; --"."größe 表 😀" LIKE ? ESCAPE '/' ORDER BY "x"" FROM victims; --"
  const auto label = quotes.label("x\" FROM victims; --");
  const auto found = select(label)
                         .where(col<&Quoted::marks> == hostile + "!" &&
                                col<&Quoted::letters>.contains(hostile, declorm::autoescape))
                         .order_by(label);
  std::cout << test::text_of(found, declorm::dialect("sqlite")) << std::endl;
  // CHECK-NEXT: 1 1
  std::cout << all(found).size() << (all(found).front() == hostile ? " 1" : " 0") << std::endl;

  // Aliases, subqueries, common table expressions.
  const std::string name = "m\"; DELETE FROM victims; --";
  auto m = alias<Quoted>(name);
  const auto q =
      select(m.col<&Quoted::dotted>, m.col<&Quoted::size>.label(name)).subquery(name + "q");
  const auto c = select(q.column<std::string>(name).label(name), count().label("count(*)"))
                     .group_by(q.column<std::string>(name))
                     .cte(name + "c");
  // CHECK-NEXT: WITH "m""; DELETE FROM victims; --c"("m""; DELETE FROM victims; --", "count(*)") AS (SELECT "m""; DELETE FROM victims; --q"."m""; DELETE FROM victims; --" AS "m""; DELETE FROM victims; --", count(*) AS "count(*)" FROM (SELECT "m""; DELETE FROM victims; --"."a.b", "m""; DELETE FROM victims; --"."{{0123456789.*}}" AS "m""; DELETE FROM victims; --" FROM "a""; DROP TABLE victims; --" AS "m""; DELETE FROM victims; --") AS "m""; DELETE FROM victims; --q" GROUP BY "m""; DELETE FROM victims; --q"."m""; DELETE FROM victims; --") SELECT "m""; DELETE FROM victims; --c"."count(*)" FROM "m""; DELETE FROM victims; --c" WHERE "m""; DELETE FROM victims; --c"."m""; DELETE FROM victims; --" = ?
  // CHECK-NEXT: [1]
  test::show(connection,
             select(c.column<int>("count(*)")).where(c.column<std::string>(name) == hostile));
  // CHECK-NEXT: 2 2 2 1
  std::cout << all(select(id).union_(select(col<&Order::group>)).order_by(id)).size() << ' '
            << all(select(count().over(declorm::partition_by(dotted)))).size() << ' '
            << all(select(id).where(exists(select<Order>().where(col<&Order::group> > 0)))).size()
            << ' ' << all(select(id).join<Order>(col<&Order::values> == quotes)).size()
            << std::endl;
  // CHECK-NEXT: 1 1 1
  std::cout << all(select(id).where(attr<Quoted>("quotes") == hostile)).size() << ' '
            << all(select(id).where(declorm::table_of<Quoted>().column("a.b") == "d")).size() << ' '
            << all(select(id).where(quotes.in_({hostile, std::string("x")}) &&
                                    quotes.between(hostile, hostile)))
                   .size()
            << std::endl;
  // CHECK-NEXT: 1
  std::cout << all(select(id).where(
                       declorm::case_(quotes, declorm::when(hostile, hostile)).else_("") ==
                       declorm::func<std::string>("replace", quotes, "\1", "'")))
                   .size()
            << std::endl;

  // Writing.
  // CHECK-NEXT: UPDATE "a""; DROP TABLE victims; --" SET "it's ""q""; --" = ?, "a.b" = "order"."values" FROM "order" WHERE "order"."group" = "a""; DROP TABLE victims; --"."select" RETURNING "a.b", "it's ""q""; --" AS "AS ""x"
  // CHECK-NEXT: ['; DROP TABLE victims; -- " ` ] ? :x %_ \ 😀 b']
  test::show(connection, declorm::update<Quoted>()
                             .join<Order>(col<&Order::group> == id)
                             .set(quotes = "b'", dotted = col<&Order::values>)
                             .returning(dotted, quotes.label("AS \"x")));
  // CHECK-NEXT: INSERT INTO "order" ("group", "values") VALUES (?, ?) ON CONFLICT ("values") DO UPDATE SET "group" = excluded."group" + "order"."group" RETURNING "group"
  // CHECK-NEXT: [6]
  test::show(connection,
             declorm::insert<Order>()
                 .values(col<&Order::group> = 5, col<&Order::values> = hostile)
                 .on_conflict_do_update({col<&Order::values>},
                                        col<&Order::group> = declorm::excluded(col<&Order::group>) +
                                                             col<&Order::group>)
                 .returning(col<&Order::group>));
  // CHECK-NEXT: 2
  std::cout << connection
                   .execute(declorm::insert<Order>().from_select(
                       select(id + 100, quotes), col<&Order::group>, col<&Order::values>))
                   .rowcount()
            << std::endl;
  // CHECK-NEXT: 1 1
  std::cout
      << connection.execute(declorm::delete_<Quoted>().where(quotes == with_controls)).rowcount()
      << ' '
      << connection
             .execute(declorm::text("SELECT count(*) FROM \"order\" WHERE \"values\" = :v")
                          .bindparams({{"v", hostile}}))
             .scalar()
             .as<int>()
      << std::endl;
  // The victims are still there.
  // CHECK-NEXT: 1
  std::cout << all(select(count()).from<Victim>()).front() << std::endl;

  // Names that cannot be.
  const std::string nul("a\0b", 3);
  // CHECK-NEXT: ArgumentError: the name 'a' has a NUL byte in it
  test::attempt([&] { all(select(id.label(nul))); });
  // CHECK-NEXT: ArgumentError: the name 'a' has a NUL byte in it
  test::attempt([&] { all(select(alias<Quoted, void>(nul).column(id))); });
  // CHECK-NEXT: ArgumentError: the name 'a' has a NUL byte in it
  test::attempt([&] { all(select(select(id).cte(nul).column<int>("select"))); });
  // CHECK-NEXT: ArgumentError: the name 'a' has a NUL byte in it
  test::attempt([&] { all(select(select(id).subquery(nul).column<int>("select"))); });
  // CHECK-NEXT: ArgumentError: the name 'a' has a NUL byte in it
  test::attempt([&] { all(select(quotes.collate(nul))); });
  // CHECK-NEXT: ArgumentError: func(): 'count(*) FROM victims; --' is no name of a function
  test::attempt([&] { all(select(declorm::func<int>("count(*) FROM victims; --", id))); });
  // CHECK-NEXT: ArgumentError: text(): the SQL has a NUL byte in it
  test::attempt([&] { declorm::text(nul); });
  // CHECK-NEXT: no collation 1
  try {
    all(select(quotes).order_by(quotes.collate("x\" OR 1=1; --")));
  } catch (const declorm::ProgrammingError &error) {
    const std::string text = error.what();
    std::cout << "no collation " << (text.find("x\" OR 1=1; --") < text.find('\n')) << std::endl;
  }
  connection.rollback();
  // CHECK-NEXT: ArgumentError: alias<Quoted>(): the name is empty
  test::attempt([&] { alias<Quoted>(""); });
  // CHECK-NEXT: ArgumentError: the name 'victims' has a NUL byte in it
  test::attempt([&] {
    declorm::MetaData metadata;
    metadata.add_table(std::string("victims\0x", 9),
                       declorm::Column("id", declorm::Integer, declorm::primary_key));
    metadata.create_all(engine);
  });
}
