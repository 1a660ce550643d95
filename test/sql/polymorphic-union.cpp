// polymorphic_union: a Table that is read as the union of others: its columns and key, its SQL
// beside other tables and in subqueries, whose rows it has, what is written first, and all errors.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>

using declorm::Column, declorm::Table, declorm::polymorphic_union, declorm::primary_key,
    declorm::select;

struct [[declorm::table("managers")]] Manager {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string name;
  [[using declorm: column, length(50)]] std::string manager_data;
};
struct [[declorm::table("engineers")]] Engineer {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(30)]] std::string engineer_info;
  [[using declorm: column, length(60)]] std::string name;
};
struct [[declorm::table("desks")]] Desk {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string owner;
};
enum class Rank : std::uint8_t { low = 1, high = 7 };

void show_columns(const Table &table) {
  std::cout << table.full_name() << ':';
  for (const Column *column : table.columns())
    std::cout << ' ' << column->name() << ' ' << column->type().sql(declorm::dialect("sqlite"))
              << (column->primary_key() ? " KEY"
                  : column->nullable()  ? " NULL"
                                        : "");
  std::cout << std::endl;
}

/// Composite keys, foreign keys, names that are quoted, schemas, parts that are unions.
void shapes() {
  declorm::MetaData metadata;
  const auto tables = [&] { return metadata.tables().size(); };
  using namespace declorm;
  Table &a = metadata.add_table(
      "Part A", Column("y", SmallInteger, primary_key), Column("x", Integer, primary_key),
      Column("odd", Integer, primary_key), Column("c", Integer, ForeignKey("cs.id")),
      Column("d", Integer, ForeignKey("cs.id")), Column("n", Integer, not_null));
  Table &b =
      metadata.add_table("b", declorm::schema("aux"), Column("x", BigInteger, primary_key),
                         Column("y", Numeric(5, 2), primary_key), Column("odd", Integer),
                         Column("c", Integer, ForeignKey("cs.id", {.on_delete = "CASCADE"})),
                         Column("d", Integer, ForeignKey("ds.id")), Column("n", Integer, not_null));
  const Table &both = polymorphic_union({{Rank::low, a}, {Rank::high, b}}, "rank", "both");
  // CHECK: both: y SMALLINT KEY x INTEGER KEY odd INTEGER NULL c INTEGER NULL d INTEGER NULL n INTEGER rank INTEGER
  show_columns(both);
  // CHECK-NEXT: y x ; cs.id
  for (const Column *column : both.primary_key())
    std::cout << column->name() << ' ';
  for (const ForeignKey *key : both.foreign_keys())
    std::cout << "; " << key->target() << std::endl;
  const Table &more = polymorphic_union({{"it's", both}}, "", "mo\"re");
  // CHECK-NEXT: SELECT "mo""re".n FROM (SELECT both.y, both.x, both.odd, both.c, both.d, both.n, both.rank FROM (SELECT "Part A".y, "Part A".x, "Part A".odd, "Part A".c, "Part A".d, "Part A".n, 1 AS rank FROM "Part A" UNION ALL SELECT aux.b.y, aux.b.x, aux.b.odd, aux.b.c, aux.b.d, aux.b.n, 7 AS rank FROM aux.b) AS both) AS "mo""re"
  std::cout << test::text_of(select(more.column("n")), dialect("sqlite")) << std::endl;
  // CHECK-NEXT: 2 tables, no both
  std::cout << tables() << " tables, " << (metadata.find_table("both") ? "" : "no ") << "both"
            << std::endl;
  metadata.clear();
  // CHECK-NEXT: 0 tables
  std::cout << tables() << " tables" << std::endl;
}

void rows(declorm::Session &session, const Table &managers, const Table &engineers,
          const Table &all) {
  declorm::Connection &connection = session.connection();
  // CHECK: punion: id INTEGER KEY name VARCHAR(40) manager_data VARCHAR(50) NULL engineer_info VARCHAR(30) NULL type VARCHAR
  show_columns(all);
  // Objects that are still to be written are in a union that is read.
  session.add(Manager{.name = "tom", .manager_data = "knows how to manage"});
  session.add(Engineer{.engineer_info = "knows how to hack", .name = "kurt"});
  const auto select_all = select(all.column("name"), all.column("manager_data"),
                                 all.column("engineer_info"), all.column("type"));
  // CHECK-NEXT: ['kurt' NULL 'knows how to hack' 'engineer'] ['tom' 'knows how to manage' NULL 'manager']
  test::show_rows(session.execute(select_all.order_by(all.column("name"))));

  const auto show = [&](const auto &statement) {
    std::cout << test::text_of(statement, declorm::dialect("sqlite")) << std::endl;
    test::show_rows(session.execute(statement));
  };
  // CHECK-NEXT: SELECT punion.type, desks.id FROM (SELECT managers.id, managers.name, managers.manager_data, CAST(NULL AS VARCHAR(30)) AS engineer_info, 'manager' AS type FROM managers UNION ALL SELECT engineers.id, engineers.name, CAST(NULL AS VARCHAR(50)) AS manager_data, engineers.engineer_info, 'engineer' AS type FROM engineers) AS punion JOIN desks ON desks.owner = punion.name WHERE punion.engineer_info != ? AND coalesce(punion.id, ?) < ?
  // CHECK-NEXT: ['engineer' 1]
  const Table &desks = declorm::table_of<Desk>();
  session.add(Desk{.owner = "kurt"});
  show(select(all.column("type"), desks.column("id"))
           .from(all)
           .join(desks, desks.column("owner") == all.column("name"))
           .where(all.column("engineer_info") != "" && declorm::coalesce(all.column("id"), 7) < 7));
  const Table &bare =
      polymorphic_union({{1, engineers}, {2, managers}}, "", "bare", {.cast_nulls = false});
  // CHECK-NEXT: SELECT managers.name FROM managers WHERE managers.id IN (SELECT bare.id FROM (SELECT engineers.id, engineers.engineer_info, engineers.name, NULL AS manager_data FROM engineers UNION ALL SELECT managers.id, NULL AS engineer_info, managers.name, managers.manager_data FROM managers) AS bare WHERE bare.name = ?)
  // CHECK-NEXT: [tom]
  show(select(declorm::col<&Manager::name>)
           .where(declorm::attr<Manager>("id").in_(
               select(bare.column("id")).where(bare.column("name") == "kurt"))));
}

void errors(Table &managers, const Table &engineers, Table &all) {
  using test::attempt;
  // CHECK: ArgumentError: polymorphic_union 'p_union': it has no tables; give at least one
  attempt([] { polymorphic_union({}, "type"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the table managers is in it twice
  attempt([&] { polymorphic_union({{"a", managers}, {"b", managers}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the tables managers and engineers have the same identity 'a'; give each one of its own, so that their rows can be told apart
  attempt([&] { polymorphic_union({{"a", managers}, {"a", engineers}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the identities 'a' of table managers and 1 of table engineers are of different types; one column holds both
  attempt([&] { polymorphic_union({{"a", managers}, {1, engineers}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the tables managers and engineers have the same identity NULL; give each one of its own, so that their rows can be told apart
  attempt([&] { polymorphic_union({{nullptr, managers}, {{}, engineers}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the identity 1.5 of table managers is neither text nor an integer
  attempt([&] { polymorphic_union({{1.5, managers}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the type column 'Name' would hide the column managers.name; give it another name
  attempt([&] { polymorphic_union({{"a", managers}}, "Name", "u"); });
  declorm::MetaData other;
  const Table &far = other.add_table("far", Column("name", declorm::String));
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the tables managers and far belong to different MetaData
  attempt([&] { polymorphic_union({{"a", managers}, {"b", far}}, "type", "u"); });
  const Table &number = other.add_table("number", Column("name", declorm::Integer));
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the columns far.name and number.name would be one column, and their types String and Integer do not go together; rename one of them
  attempt([&] { polymorphic_union({{"a", far}, {"b", number}}, "type", "u"); });
  const Table &upper = other.add_table("upper", Column("Name", declorm::String));
  // CHECK-NEXT: ArgumentError: polymorphic_union 'u': the columns far.name and upper.Name differ in upper and lower case only; spell them in one way
  attempt([&] { polymorphic_union({{"a", far}, {"b", upper}}, "type", "u"); });
  // CHECK-NEXT: ArgumentError: a table has an empty name
  attempt([&] { polymorphic_union({{"a", far}}, "type", ""); });
  // CHECK-NEXT: ArgumentError: the column 'more' cannot be added to punion, which is a union of other tables; add it to these before the union is made
  attempt([&] { all.append(Column("more", declorm::Integer)); });
  // CHECK-NEXT: ArgumentError: punion is a union of other tables; create these, there is no table for it
  attempt([&] { create_sql(all, declorm::dialect("sqlite")); });
}

int main() {
  shapes();
  declorm::MetaData &metadata = declorm::metadata();
  Table &managers = metadata.table("managers"), &engineers = metadata.table("engineers");
  Table &all =
      polymorphic_union({{"manager", managers}, {"engineer", engineers}}, "type", "punion");
  const declorm::Engine engine = test::open_database();
  metadata.create_all(engine);
  declorm::Session session(engine);
  rows(session, managers, engineers, all);
  errors(managers, engineers, all);
  session.close();
  // Neither created nor dropped.
  metadata.drop_all(engine);
}
