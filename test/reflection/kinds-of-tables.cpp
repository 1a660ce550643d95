// Attached databases, temporary and virtual tables, foreign keys to nowhere, names with dots.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "Inputs/rows.h"
#include <declorm/difference.h>
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

static void show(MetaData &metadata, const Engine &engine) {
  for (const Table *table : metadata.tables())
    std::cout << (table->is_view() ? "view " + table->full_name()
                                   : create_sql(*table, engine.dialect()))
              << '\n';
}

int main() {
  const Engine engine =
      create_engine("sqlite:///main.db", {.on_connect = [](Connection &c) {
                      c.execute("ATTACH 'other.db' AS \"the other\"");
                      c.execute("CREATE TEMP TABLE IF NOT EXISTS hidden (t TEXT)");
                      c.execute("CREATE TEMP TABLE IF NOT EXISTS passing (id INTEGER PRIMARY KEY)");
                    }});
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE main.hidden (m INT)");
    c.execute("CREATE TABLE main.plain (a INT)");
    c.execute("CREATE TABLE \"the other\".a (id INTEGER PRIMARY KEY, b_id INT REFERENCES B)");
    c.execute("CREATE TABLE \"the other\".b (id INTEGER PRIMARY KEY, n INT UNIQUE)");
    c.execute("CREATE INDEX \"the other\".ix ON a (b_id)");
    c.execute("CREATE VIEW \"the other\".v AS SELECT id FROM a");
  });

  std::cout << "-- an attached database\n";
  MetaData attached;
  attached.reflect(engine, {.schema = "the other", .views = true});
  show(attached, engine);
  std::cout << test::rows(engine, "THE OTHER");
  std::cout << attached.compare(engine).size() << " differences\n";
  MetaData one;
  one.add_table("a", schema("the other"), autoload_with(engine));
  std::cout << one.sorted_tables().front()->full_name() << '\n';
  engine.begin([](Connection &c) { c.execute("DROP TABLE \"the other\".b"); });
  for (const Difference &difference : attached.compare(engine))
    std::cout << to_string(difference) << '\n';
  attached.create_all(engine);
  std::cout << attached.compare(engine).size() << " differences\n";
  test::attempt([&] { inspect(engine).columns("a", "other"); });
  test::attempt([&] { inspect(engine).columns("plain", "the other"); });

  std::cout << "-- temporary tables\n";
  MetaData all, hidden, temporary;
  all.reflect(engine);
  show(all, engine);
  hidden.reflect(engine, {.only = {"hidden", "passing"}});
  show(hidden, engine);
  temporary.reflect(engine, {.schema = "temp"});
  show(temporary, engine);
  std::cout << test::list(inspect(engine).table_names()) << ' '
            << test::list(inspect(engine).table_names("temp"))
            << inspect(engine).has_table("PASSING") << inspect(engine).has_table("passin") << '\n';

  std::cout << "-- virtual tables, and what SQLite keeps\n";
  const Engine special = create_engine(test::database_url());
  special.begin([](Connection &c) {
    c.execute("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, n INT)");
    c.execute("INSERT INTO counted (n) VALUES (1)");
    c.execute("CREATE VIRTUAL TABLE docs USING fts5 (title, body)");
    c.execute("CREATE INDEX ix_n ON counted (n)");
    c.execute("ANALYZE");
  });
  MetaData ordinary, virtual_one;
  ordinary.reflect(special, {.views = true});
  show(ordinary, special);
  virtual_one.reflect(special, {.only = {"docs"}});
  show(virtual_one, special);
  for (const Column *column : virtual_one.table("docs").columns())
    std::cout << "  " << column->name() << '\n';

  std::cout << "-- foreign keys to nowhere are kept; who follows them is told\n";
  const Engine loose = create_engine(test::database_url());
  loose.begin([](Connection &c) {
    c.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, x INT REFERENCES gone (y) ON DELETE "
              "CASCADE, z INT REFERENCES Gone2)");
    c.execute("CREATE TABLE b (id INTEGER PRIMARY KEY, a_no INT REFERENCES a (no), k INT "
              "REFERENCES keyless)");
    c.execute("CREATE TABLE keyless (n INT)");
  });
  std::cout << test::rows(loose);
  MetaData dangling;
  dangling.reflect(loose);
  test::attempt([&] { dangling.sorted_tables(); });
  MetaData b;
  b.reflect(loose, {.only = {"b", "keyless"}});
  test::attempt([&] { b.sorted_tables(); });
  MetaData names;
  names.add_table("b", autoload_with(loose), include_columns({"id", "k"}));
  test::attempt([&] { names.sorted_tables(); });

  std::cout << "-- odd names\n";
  const Engine odd = create_engine(test::database_url());
  odd.begin([](Connection &c) {
    c.execute("CREATE TABLE \"a.b\" (id INTEGER PRIMARY KEY, \"a'b\" INT, \"%\" TEXT)");
    c.execute("CREATE TABLE \"a?\" (id INT REFERENCES \"a.b\" (id))");
  });
  MetaData dots;
  dots.reflect(odd);
  show(dots, odd);
  const Engine again = create_engine(test::database_url());
  test::attempt([&] { dots.create_all(again); });
  std::cout << (test::rows(odd) == test::rows(again)) << '\n';
  odd.begin([](Connection &c) { c.execute("CREATE TABLE e (\"\" INT, a INT)"); });
  MetaData empty;
  test::attempt([&] { empty.reflect(odd, {.only = {"e"}}); });
  empty.add_table("e", autoload_with(odd), include_columns({"a"}));
  show(empty, odd);
}

// The output:
// CHECK: -- an attached database
// CHECK-NEXT: CREATE TABLE "the other".a (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	b_id INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(b_id) REFERENCES b (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE "the other".b (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	n INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (n)
// CHECK-NEXT: )
// CHECK-NEXT: view the other.v
// CHECK-NEXT: a
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   b_id: kind 1, INT
// CHECK-NEXT:   key (id)
// CHECK-NEXT:   foreign key (b_id) -> THE OTHER.b (id)
// CHECK-NEXT:   index ix (b_id)
// CHECK-NEXT: b
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   n: kind 1, INT
// CHECK-NEXT:   key (id)
// CHECK-NEXT:   unique (n)
// CHECK-NEXT: v
// CHECK-NEXT:   id: kind 1, INTEGER
// CHECK-NEXT: 0 differences
// CHECK-NEXT: the other.b
// CHECK-NEXT: the foreign key of the other.a (b_id) to the other.b (id) is declared, and not in the database
// CHECK-NEXT: the foreign key of the other.a (b_id) to the other.B (b_id) is in the database, and not declared
// CHECK-NEXT: the table the other.b is not in the database
// CHECK-NEXT: 0 differences
// CHECK-NEXT: ArgumentError: the database has no schema 'other' (databases are attached with ATTACH, in on_connect); there is main, temp, the other
// CHECK-NEXT: NoSuchTableError: there is no table 'plain' in sqlite:///main.db, schema the other; there is a, b, v
// CHECK-NEXT: -- temporary tables
// CHECK-NEXT: CREATE TABLE hidden (
// CHECK-NEXT: 	m INT
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE plain (
// CHECK-NEXT: 	a INT
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE hidden (
// CHECK-NEXT: 	t TEXT
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE passing (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE "temp".hidden (
// CHECK-NEXT: 	t TEXT
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE "temp".passing (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: (hidden, plain) (hidden, passing)10
// CHECK-NEXT: -- virtual tables, and what SQLite keeps
// CHECK-NEXT: CREATE TABLE counted (
// CHECK-NEXT: 	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
// CHECK-NEXT: 	n INT
// CHECK-NEXT: )
// CHECK-NEXT: view docs
// CHECK-NEXT:   title
// CHECK-NEXT:   body
// CHECK-NEXT: -- foreign keys to nowhere are kept; who follows them is told
// CHECK-NEXT: a
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   x: kind 1, INT
// CHECK-NEXT:   z: kind 1, INT
// CHECK-NEXT:   key (id)
// CHECK-NEXT:   foreign key (x) -> gone (y), on delete CASCADE
// CHECK-NEXT:   foreign key (z) -> Gone2 ()
// CHECK-NEXT: b
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   a_no: kind 1, INT
// CHECK-NEXT:   k: kind 1, INT
// CHECK-NEXT:   key (id)
// CHECK-NEXT:   foreign key (a_no) -> a (no)
// CHECK-NEXT:   foreign key (k) -> keyless ()
// CHECK-NEXT: keyless
// CHECK-NEXT:   n: kind 1, INT
// CHECK-NEXT: NoReferencedTableError: the foreign key of a.x refers to 'gone.y', and there is no table 'gone'; there is a, b, keyless
// CHECK-NEXT: NoReferencedTableError: the foreign key of a.x refers to 'gone.y', and there is no table 'gone'; there is a, b, keyless
// CHECK-NEXT: NoReferencedTableError: the foreign key of a.x refers to 'gone.y', and there is no table 'gone'; there is a, keyless, b
// CHECK-NEXT: -- odd names
// CHECK-NEXT: CREATE TABLE "a.b" (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	"a'b" INT,
// CHECK-NEXT: 	"%" TEXT,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE "a?" (
// CHECK-NEXT: 	id INT,
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES "a.b" (id)
// CHECK-NEXT: )
// CHECK-NEXT: no error
// CHECK-NEXT: 1
// CHECK-NEXT: no error
// CHECK-NEXT: CREATE TABLE e (
// CHECK-NEXT: 	a INT
// CHECK-NEXT: )
