// Databases that cannot be read: what is said, and that nothing of them is added.
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/difference.h>
#include <declorm/engine.h>
#include <declorm/reflection.h>
#include <fstream>

using namespace declorm;

static void reflect(const std::string &url, const ReflectOptions &options = {}) {
  MetaData metadata;
  test::attempt([&] { metadata.reflect(create_engine(url), options); });
  std::cout << "  tables: " << metadata.tables().size() << std::endl;
}
static void make(const std::string &url, std::initializer_list<const char *> statements) {
  create_engine(url).begin([&](Connection &c) {
    for (const char *statement : statements)
      c.execute(statement);
  });
}
/// Writes into the table of tables, as no program should.
static void spoil(const std::string &url, const char *statement) {
  const Engine engine = create_engine(
      url, {.on_connect = [](Connection &c) { c.execute("PRAGMA writable_schema = ON"); }});
  engine.begin([&](Connection &c) { c.execute(statement); });
}

int main() {
  std::cout << "-- no database\n";
  std::ofstream("text.db") << "This is a text about databases, and longer than a header of one. "
                           << std::string(100, '.');
  reflect("sqlite:///text.db");
  test::attempt([] { inspect(create_engine("sqlite:///text.db")).table_names(); });
  test::attempt([] {
    MetaData metadata;
    metadata.add_table("t", Column("id", Integer, primary_key));
    metadata.compare(create_engine("sqlite:///text.db"));
  });
  reflect("sqlite:///none.db?mode=ro");

  std::cout << "-- an empty one\n";
  std::ofstream("empty.db").close();
  reflect("sqlite:///empty.db");

  std::cout << "-- a damaged one\n";
  make("sqlite:///damaged.db", {"CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)",
                                "CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT REFERENCES a)"});
  {
    std::fstream file("damaged.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(200, '\xff');
  }
  reflect("sqlite:///damaged.db");
  make("sqlite:///text-of-a-table.db", {"CREATE TABLE fine (a)", "CREATE TABLE t (a, b)"});
  spoil("sqlite:///text-of-a-table.db",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a, b' WHERE name = 't'");
  reflect("sqlite:///text-of-a-table.db");

  std::cout << "-- a locked one\n";
  make("sqlite:///locked.db", {"CREATE TABLE t (a)"});
  {
    const Engine other = create_engine("sqlite:///locked.db?begin=exclusive");
    Connection holder = other.connect();
    Transaction transaction = holder.begin();
    reflect("sqlite:///locked.db?timeout=0");
    transaction.rollback();
  }

  std::cout << "-- a view of what is gone: only who asks for it is told\n";
  make("sqlite:///views.db",
       {"CREATE TABLE t (a INT)", "CREATE VIEW fine AS SELECT a FROM t",
        "CREATE VIEW broken AS SELECT x FROM gone", "CREATE VIEW circle AS SELECT * FROM circle"});
  reflect("sqlite:///views.db");
  reflect("sqlite:///views.db", {.views = true});
  reflect("sqlite:///views.db", {.only = {"fine", "t"}});
  reflect("sqlite:///views.db", {.only = {"circle", "t"}});

  std::cout << "-- a module that is not there\n";
  make("sqlite:///module.db", {"CREATE TABLE t (a INT)"});
  spoil("sqlite:///module.db", "INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, "
                               "'CREATE VIRTUAL TABLE v USING no_such_module (a)')");
  reflect("sqlite:///module.db");
  reflect("sqlite:///module.db", {.only = {"v", "t"}});

  std::cout << "-- tables without a key, types that nobody knows\n";
  make("sqlite:///odd.db", {"CREATE TABLE keyless (a, b MONEY, c \"point of view\")"});
  reflect("sqlite:///odd.db");

  std::cout << "-- it changes between reflect and use\n";
  make("sqlite:///changing.db", {"CREATE TABLE t (a INT, b INT)", "CREATE TABLE u (a INT)"});
  const Engine changing = create_engine("sqlite:///changing.db");
  MetaData metadata;
  metadata.reflect(changing);
  make("sqlite:///changing.db", {"ALTER TABLE t RENAME COLUMN b TO c", "DROP TABLE u",
                                 "CREATE TABLE n (a INT REFERENCES t)"});
  test::attempt([&] { changing.connect().execute("SELECT a, b FROM t"); });
  for (const Difference &difference : metadata.compare(changing))
    std::cout << to_string(difference) << std::endl;
  metadata.reflect(changing);
  for (const Table *table : metadata.tables())
    std::cout << ' ' << table->name();
  std::cout << std::endl;
}

// The output:
// CHECK: -- no database
// CHECK-NEXT: OperationalError: the file of the database 'text.db' is no SQLite database, or is encrypted
// CHECK-NEXT: [SQL: PRAGMA schema_version]
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: OperationalError: the file of the database 'text.db' is no SQLite database, or is encrypted
// CHECK-NEXT: [SQL: PRAGMA schema_version]
// CHECK-NEXT: OperationalError: the file of the database 'text.db' is no SQLite database, or is encrypted
// CHECK-NEXT: [SQL: PRAGMA schema_version]
// CHECK-NEXT: OperationalError: the database 'none.db' cannot be opened: No such file or directory; is the file there?
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- an empty one
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- a damaged one
// CHECK-NEXT: OperationalError: the database 'damaged.db' is damaged (database disk image is malformed); look at it with PRAGMA integrity_check, and restore a backup
// CHECK-NEXT: [SQL: SELECT name, schema, type, wr, strict FROM pragma_table_list WHERE (schema = ? COLLATE NOCASE OR schema = ?) AND type <> 'shadow' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND EXISTS (SELECT 1 FROM main.sqlite_master) ORDER BY name]
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: OperationalError: the database 'text-of-a-table.db' is damaged (malformed database schema (t) - incomplete input); look at it with PRAGMA integrity_check, and restore a backup
// CHECK-NEXT: [SQL: SELECT name, schema, type, wr, strict FROM pragma_table_list WHERE (schema = ? COLLATE NOCASE OR schema = ?) AND type <> 'shadow' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND EXISTS (SELECT 1 FROM main.sqlite_master) ORDER BY name]
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- a locked one
// CHECK-NEXT: OperationalError: the database 'locked.db' is locked: another connection or process is writing to it (timeout 0 s); commit or roll back there, or wait longer with ?timeout=SECONDS in the URL
// CHECK-NEXT: [SQL: PRAGMA schema_version]
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- a view of what is gone: only who asks for it is told
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 1
// CHECK-NEXT: ProgrammingError: the view 'broken' cannot be read: no such table: main.gone in the database 'views.db'; drop it, or name the tables to reflect without it
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 2
// CHECK-NEXT: ProgrammingError: the view 'circle' cannot be read: view circle is circularly defined; drop it, or name the tables to reflect without it
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- a module that is not there
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 1
// CHECK-NEXT: ProgrammingError: the virtual table 'v' cannot be read: no such module: no_such_module; drop it, or name the tables to reflect without it
// CHECK-NEXT:   tables: 0
// CHECK-NEXT: -- tables without a key, types that nobody knows
// CHECK-NEXT: no error
// CHECK-NEXT:   tables: 1
// CHECK-NEXT: -- it changes between reflect and use
// CHECK-NEXT: ProgrammingError: no such column: b
// CHECK-NEXT: [SQL: SELECT a, b FROM t]
// CHECK-NEXT: the table t has no column 'b' in the database; it is declared as INT
// CHECK-NEXT: the table u is not in the database
// CHECK-NEXT:  t u n
