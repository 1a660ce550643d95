// Collations, functions and modules that a database needs and the program has not: the message says
// which, where the schema names it, and where to define it; and there it can be defined.
// RUN: %declorm_clang %s %link_declorm -lsqlite3 -o %t && rm -f %t.db && %t %t.db | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>

#include <sqlite3.h>

using declorm::col, declorm::Connection;

struct [[declorm::table("words")]] Word {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::optional<std::string> other{};
};

static int compare(void *, int left_size, const void *left, int right_size, const void *right) {
  return sqlite3_strnicmp(static_cast<const char *>(left), static_cast<const char *>(right),
                          std::min(left_size, right_size));
}
static void shout(sqlite3_context *context, int, sqlite3_value **values) {
  std::string text(reinterpret_cast<const char *>(sqlite3_value_text(values[0])));
  text += "!";
  sqlite3_result_text(context, text.c_str(), -1, SQLITE_TRANSIENT);
}

static void define(Connection &connection) {
  auto *handle = static_cast<sqlite3 *>(connection.native_handle());
  sqlite3_create_collation_v2(handle, "unicase", SQLITE_UTF8, nullptr, &compare, nullptr);
  sqlite3_create_function_v2(handle, "shout", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                             &shout, nullptr, nullptr, nullptr);
}

/// What another program, which has all that is needed, left.
static void make(const declorm::Engine &engine) {
  engine.begin([](Connection &connection) {
    for (const char *sql :
         {"CREATE TABLE words (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE unicase, other "
          "TEXT)",
          "CREATE INDEX ix_other ON words (other COLLATE unicase)",
          "CREATE TABLE tags (tag TEXT NOT NULL PRIMARY KEY COLLATE unicase, n) WITHOUT ROWID",
          "CREATE VIEW sorted AS SELECT id FROM words ORDER BY other COLLATE unicase",
          "CREATE TABLE checked (a TEXT, CHECK (shout(a) <> 'x!'))",
          "CREATE TABLE made (a TEXT, loud TEXT GENERATED ALWAYS AS (shout(a)) VIRTUAL)",
          "CREATE TABLE by_default (a TEXT DEFAULT (shout('a')))", "CREATE TABLE plain (a TEXT)",
          "CREATE INDEX ix_plain ON plain (shout(a))",
          "CREATE VIEW loud AS SELECT shout(a) AS a FROM plain", "CREATE TABLE logged (a TEXT)",
          "CREATE TRIGGER tr_logged AFTER INSERT ON logged BEGIN UPDATE logged SET a = "
          "shout(a); END"})
      connection.execute(sql);
    connection.execute("INSERT INTO words VALUES (1, 'Abc', 'x')");
    connection.execute("PRAGMA writable_schema = ON");
    connection.execute("INSERT INTO sqlite_master VALUES ('table', 'indexed', 'indexed', 0, "
                       "'CREATE VIRTUAL TABLE indexed USING fts9 (body)')");
  });
}

int main(int, char **argv) {
  const std::string url = std::string("sqlite:///") + argv[1];
  make(declorm::create_engine(url, {.on_connect = define}));
  {
    const declorm::Engine engine = declorm::create_engine(url);
    declorm::Session session(engine);
    const auto run = [&](const char *sql) {
      test::attempt([&] { session.execute(sql).all(); });
      session.rollback();
    };
    // At a query, at an insert, in an order, in a view.
    // CHECK: ProgrammingError: no such collation sequence: unicase: this program has no collation 'unicase', and the database needs it for the column words.name, the index ix_other of words, the column tags.tag, the view sorted; define it on each new connection, in EngineOptions::on_connect, with sqlite3_create_collation_v2() on Connection::native_handle()
    // CHECK-NEXT: [SQL: SELECT words.id, words.name, words.other
    test::attempt([&] { session.query<Word>().filter(col<&Word::name> == "abc").all(); });
    // CHECK: ProgrammingError: no such collation sequence: unicase: {{.*}}
    // CHECK-NEXT: [SQL: INSERT{{.*}}
    // CHECK-NEXT: VALUES{{.*}}
    // CHECK-NEXT: [parameters: ('new', NULL)]
    session.add(Word{.name = "new"});
    test::attempt([&] { session.flush(); });
    session.rollback();
    session.expunge_all();
    // CHECK: ProgrammingError: no such collation sequence: unicase: this program has no {{.*}}
    run("SELECT * FROM words ORDER BY name");
    // CHECK: ProgrammingError: no such collation sequence: unicase: this program has no {{.*}}
    run("SELECT * FROM sorted");
    // Where SQLite says nothing at all.
    // CHECK: ProgrammingError: no query solution: this program has no collation 'unicase', which the database needs for the column words.name, the index ix_other of words, the column tags.tag, the view sorted; define it on each new connection, in EngineOptions::on_connect, with sqlite3_create_collation_v2() on Connection::native_handle()
    run("SELECT * FROM tags");
    // In the statement alone.
    // CHECK: ProgrammingError: no such collation sequence: nixda; if the program is to have it, define it on each new connection, {{.*}}
    run("SELECT * FROM words ORDER BY other COLLATE nixda");
    // CHECK: ProgrammingError: no such collation sequence: nocas; did you mean 'nocase'?
    run("SELECT * FROM words ORDER BY other COLLATE nocas");

    // Functions.
    // CHECK: ProgrammingError: no such function: shout: this program has no function 'shout', and the database needs it for CHECK (shout(a) <> 'x!') of the table checked, the column made.loud, the table by_default, the index ix_plain of plain, the view loud, the trigger tr_logged of logged; define it on each new connection, in EngineOptions::on_connect, with sqlite3_create_function_v2() on Connection::native_handle()
    run("SELECT * FROM loud");
    // CHECK: ProgrammingError: unknown function: shout(): this program has no function 'shout', {{.*}}
    run("INSERT INTO checked VALUES ('a')");
    // CHECK: ProgrammingError: unknown function: shout(): this program has no function 'shout', {{.*}}
    run("SELECT * FROM made");
    // CHECK: ProgrammingError: unknown function: shout(): this program has no function 'shout', {{.*}}
    run("INSERT INTO by_default DEFAULT VALUES");
    // CHECK: ProgrammingError: unknown function: shout(): this program has no function 'shout', {{.*}}
    run("INSERT INTO plain VALUES ('a')");
    // CHECK: ProgrammingError: no such function: shout: this program has no function 'shout', {{.*}}
    run("INSERT INTO logged VALUES ('a')");
    // CHECK: ProgrammingError: no such function: uper; did you mean 'upper'?
    run("SELECT uper(other) FROM words");
    // CHECK: ProgrammingError: no such function: nixda; if the program is to have it, define it on each new connection, {{.*}}
    run("SELECT nixda(other) FROM words");

    // Modules; and when the schema is read.
    // CHECK: ProgrammingError: no such module: fts9: this program has no module 'fts9', and the database needs it for the virtual table indexed; define it on each new connection, in EngineOptions::on_connect, with sqlite3_load_extension() or sqlite3_create_module_v2() on Connection::native_handle()
    run("SELECT * FROM indexed");
    declorm::MetaData metadata;
    // CHECK: ProgrammingError: the virtual table 'indexed' cannot be read: no such module: fts9; drop it, or name the tables to reflect without it
    test::attempt([&] { metadata.reflect(engine, {.only = {"indexed"}}); });
    // CHECK: ProgrammingError: the view 'loud' cannot be read: no such function: shout: this program has no function 'shout', {{.*}}
    test::attempt([&] { metadata.reflect(engine, {.only = {"loud"}, .views = true}); });
    metadata.reflect(engine, {.only = {"words", "tags", "made"}});
    // CHECK: reflected 3
    std::cout << "reflected " << metadata.tables().size() << std::endl;
  }
  const declorm::Engine engine = declorm::create_engine(url, {.on_connect = define});
  declorm::Session session(engine);
  session.add(Word{.name = "Def"});
  session.commit();
  // CHECK-NEXT: 1 2 a!
  std::cout << session.query<Word>().filter(col<&Word::name> == "aBC").one().id << ' '
            << session.query<Word>().filter(col<&Word::name> == "dEF").one().id << ' '
            << session.execute("SELECT shout('a')").scalar().as<std::string>() << std::endl;
}
