// Each clause of CREATE TABLE and CREATE INDEX: what was reflected and created again does the same.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>

using namespace declorm;

struct Tested {
  const char *clause;
  std::vector<const char *> make; ///< a table `t`, and what it needs
  std::vector<const char *> use;  ///< statements whose effect tells
};

static const Tested cases[] = {
    {"PRIMARY KEY, of the row's number",
     {"CREATE TABLE t (id INTEGER PRIMARY KEY ASC, x)"},
     {"INSERT INTO t (x) VALUES (1), (2)", "INSERT INTO t VALUES ('a', 3)"}},
    {"INTEGER PRIMARY KEY DESC, which is none",
     {"CREATE TABLE t (id INTEGER CONSTRAINT k PRIMARY KEY DESC, x)"},
     {"INSERT INTO t VALUES ('a', 1)", "INSERT INTO t VALUES ('a', 2)"}},
    {"PRIMARY KEY (id DESC), which is one",
     {"CREATE TABLE t (id INTEGER, x, PRIMARY KEY (id DESC))"},
     {"INSERT INTO t (x) VALUES (1), (2)"}},
    {"PRIMARY KEY ON CONFLICT of the row's number",
     {"CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, x)"},
     {"INSERT INTO t VALUES (1, 'a')", "INSERT INTO t VALUES (1, 'b')"}},
    {"AUTOINCREMENT with ON CONFLICT",
     {"CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT IGNORE AUTOINCREMENT, x)"},
     {"INSERT INTO t (x) VALUES (1), (2)", "DELETE FROM t WHERE id = 2",
      "INSERT INTO t (x) VALUES (3)", "INSERT INTO t VALUES (3, 4)"}},
    {"PRIMARY KEY with COLLATE, DESC and ON CONFLICT",
     {"CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a COLLATE NOCASE DESC, b) ON CONFLICT IGNORE)"},
     {"INSERT INTO t VALUES ('a', 1)", "INSERT INTO t VALUES ('A', 1)",
      "INSERT INTO t VALUES "
      "('A', 2)"}},
    {"the same of a table WITHOUT ROWID",
     {"CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (b DESC, a COLLATE NOCASE)) WITHOUT ROWID"},
     {"INSERT INTO t VALUES ('a', 1), ('b', 2)", "INSERT INTO t VALUES ('A', 1)"}},
    {"a key with the collation of its column",
     {"CREATE TABLE t (a TEXT COLLATE NOCASE PRIMARY KEY DESC ON CONFLICT FAIL, b)"},
     {"INSERT INTO t VALUES ('a', 1)", "INSERT INTO t VALUES ('A', 1)"}},
    {"a key that has another",
     {"CREATE TABLE t (a TEXT COLLATE NOCASE, PRIMARY KEY (a COLLATE BINARY))"},
     {"INSERT INTO t VALUES ('a')", "INSERT INTO t VALUES ('A')", "INSERT INTO t VALUES ('A')"}},
    {"UNIQUE ON CONFLICT",
     {"CREATE TABLE t (x TEXT UNIQUE ON CONFLICT IGNORE, y CONSTRAINT u UNIQUE ON CONFLICT "
      "REPLACE, z UNIQUE ON CONFLICT ABORT)"},
     {"INSERT INTO t VALUES (1, 1, 1)", "INSERT INTO t VALUES (1, 2, 2)",
      "INSERT INTO t VALUES (2, 1, 2)", "INSERT INTO t VALUES (3, 3, 2)"}},
    {"UNIQUE with COLLATE and DESC, twice",
     {"CREATE TABLE t (x TEXT, y, UNIQUE (x COLLATE NOCASE DESC, y DESC) ON CONFLICT REPLACE, "
      "CONSTRAINT \"u 2\" UNIQUE (x, y) ON CONFLICT IGNORE, UNIQUE ((y)) ON CONFLICT FAIL)"},
     {"INSERT INTO t VALUES ('a', 1)", "INSERT INTO t VALUES ('A', 1)",
      "INSERT INTO t VALUES ('A', 1)", "INSERT INTO t VALUES ('b', 1)"}},
    {"UNIQUE that is the key's",
     {"CREATE TABLE t (x TEXT PRIMARY KEY, y, UNIQUE (x DESC) ON CONFLICT REPLACE)"},
     {"INSERT INTO t VALUES ('a', 1)", "INSERT INTO t VALUES ('a', 2)"}},
    {"UNIQUE beside a key that is the row's number",
     {"CREATE TABLE t (id INTEGER PRIMARY KEY, UNIQUE (id) ON CONFLICT IGNORE)"},
     {"INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"}},
    {"NOT NULL ON CONFLICT",
     {"CREATE TABLE t (x NOT NULL ON CONFLICT IGNORE, y CONSTRAINT n NOT NULL ON CONFLICT REPLACE "
      "DEFAULT 7, z NOT NULL ON CONFLICT FAIL CHECK (z > 0), k TEXT PRIMARY KEY NOT NULL ON "
      "CONFLICT IGNORE) WITHOUT ROWID"},
     {"INSERT INTO t VALUES (NULL, 1, 1, 'a')", "INSERT INTO t VALUES (1, NULL, 1, 'b')",
      "INSERT INTO t VALUES (1, 1, NULL, 'c')", "INSERT INTO t VALUES (1, 1, 0, 'd')",
      "INSERT INTO t VALUES (1, 1, 1, NULL)"}},
    {"NULL, and names of constraints that have no effect",
     {"CREATE TABLE t (a CONSTRAINT c NULL, b INT CONSTRAINT d DEFAULT 5 CONSTRAINT e UNIQUE, c "
      "TEXT CHECK (c <> 'a') CONSTRAINT f COLLATE NOCASE)"},
     {"INSERT INTO t (a, c) VALUES (NULL, 'b')", "INSERT INTO t (a, c) VALUES (NULL, 'A')"}},
    {"CHECK, ON CONFLICT of which means nothing",
     {"CREATE TABLE t (x CHECK (x > 0), y, CONSTRAINT c CHECK (y < x) ON CONFLICT IGNORE, CHECK (y "
      "> -9))"},
     {"INSERT INTO t VALUES (0, -1)", "INSERT INTO t VALUES (2, 3)", "INSERT INTO t VALUES (2, 1)",
      "INSERT INTO t VALUES (2, -10)"}},
    {"DEFAULT",
     {"CREATE TABLE t (x, a DEFAULT -1.5, b DEFAULT 'it''s', c DEFAULT x'0a', d DEFAULT (1 + 1), e "
      "DEFAULT \"text\", f DEFAULT word, g DEFAULT NULL, h DEFAULT TRUE, i TEXT DEFAULT ('a' || "
      "'b'))"},
     {"INSERT INTO t (x) VALUES (1)"}},
    {"COLLATE of a column",
     {"CREATE TABLE t (x TEXT COLLATE RTRIM UNIQUE, y COLLATE \"nocase\")"},
     {"INSERT INTO t VALUES ('a', 'b')", "INSERT INTO t VALUES ('a  ', 'b')",
      "UPDATE t SET x = 'c' WHERE y = 'B'"}},
    {"GENERATED, of both kinds",
     {"CREATE TABLE t (x INT, a AS (x + 1), b INT GENERATED ALWAYS AS (x * 2) STORED NOT NULL "
      "UNIQUE ON CONFLICT IGNORE)"},
     {"INSERT INTO t (x) VALUES (1)", "INSERT INTO t (x) VALUES (1)",
      "INSERT INTO t (x) VALUES (NULL)"}},
    {"REFERENCES with its actions, MATCH and DEFERRABLE",
     {"CREATE TABLE o (id INTEGER PRIMARY KEY)", "INSERT INTO o VALUES (1), (2), (3)",
      "CREATE TABLE t (x INT REFERENCES o MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE, y INT "
      "REFERENCES o (id) NOT DEFERRABLE INITIALLY DEFERRED, z INT, CONSTRAINT f FOREIGN KEY (z) "
      "REFERENCES o ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED)"},
     {"INSERT INTO t VALUES (1, 2, 3)", "INSERT INTO t VALUES (9, 2, 3)",
      "INSERT INTO t VALUES (1, 9, 3)", "DELETE FROM o WHERE id IN (1, 3)", "UPDATE o SET id = 5",
      "INSERT INTO t VALUES (NULL, NULL, 9)"}},
    {"STRICT",
     {"CREATE TABLE t (id INT PRIMARY KEY, x ANY, y TEXT) STRICT"},
     {"INSERT INTO t VALUES (1, '001', 'a')", "INSERT INTO t VALUES ('b', 1, 'a')"}},
    {"types",
     {"CREATE TABLE t (a VARCHAR(3), b UNSIGNED BIG INT, c NUMERIC(5, 2), d, e \"odd type\" )"},
     {"INSERT INTO t VALUES ('long text', '12', '1.50', '1', '2.0')"}},
    {"AS SELECT",
     {"CREATE TABLE t AS SELECT 1 AS a, 'b' AS \"B c\""},
     {"DELETE FROM t", "INSERT INTO t VALUES ('1', 2)"}},
    {"CREATE UNIQUE INDEX with COLLATE, DESC, an expression and WHERE",
     {"CREATE TABLE t (x TEXT, y TEXT COLLATE NOCASE, z)",
      "CREATE UNIQUE INDEX i1 ON t (x COLLATE NOCASE DESC, z ASC) WHERE z > 0",
      "CREATE UNIQUE INDEX i2 ON t (lower(x) || y, z DESC)", "CREATE UNIQUE INDEX i3 ON t (y, z)"},
     {"INSERT INTO t VALUES ('a', 'b', 1)", "INSERT INTO t VALUES ('A', 'c', 1)",
      "INSERT INTO t VALUES ('A', 'B', 0)", "INSERT INTO t VALUES ('a', 'b', 0)",
      "INSERT INTO t VALUES ('d', 'B', 1)"}},
};

/// What the statements do, and the rows that there are then.
static std::vector<std::string> effects(const Engine &engine, const Tested &tested) {
  std::vector<std::string> result;
  for (const char *statement : tested.use) {
    try {
      engine.begin([&](Connection &connection) { connection.execute(statement); });
      result.emplace_back("done");
    } catch (const DatabaseError &error) {
      const std::string what = error.what();
      result.push_back(what.substr(0, std::min(what.find('\n'), what.find(", by "))));
    }
  }
  Connection connection = engine.connect();
  for (const Row &row : connection.execute("SELECT * FROM t")) {
    std::string text;
    for (std::size_t i = 0; i != row.size(); ++i)
      text += (i ? ", " : "") + row[i].to_string();
    result.push_back(text);
  }
  connection.commit();
  return result;
}

static void test_case(const Tested &tested) {
  std::cout << "-- " << tested.clause << std::endl;
  const Engine first = create_engine("sqlite://"), second = create_engine("sqlite://");
  first.begin([&](Connection &connection) {
    for (const char *statement : tested.make)
      connection.execute(statement);
  });
  MetaData metadata;
  metadata.reflect(first);
  metadata.create_all(second);
  second.begin([&](Connection &connection) {
    for (const char *statement : tested.make)
      if (std::string_view(statement).starts_with("INSERT"))
        connection.execute(statement);
  });
  const Table &table = metadata.table("t");
  std::cout << create_sql(table, first.dialect()) << std::endl;
  for (const Index &index : table.indexes())
    std::cout << create_sql(table, index, first.dialect()) << std::endl;
  for (const std::string &sentence : table.left_out())
    std::cout << "left out: " << sentence << std::endl;
  const std::vector<std::string> wanted = effects(first, tested), found = effects(second, tested);
  if (wanted != found) {
    for (const std::string &line : wanted)
      std::cout << "- " << line << std::endl;
    for (const std::string &line : found)
      std::cout << "+ " << line << std::endl;
  }
  for (const Difference &difference : metadata.compare(second))
    std::cout << "differs: " << to_string(difference) << std::endl;
}

struct [[declorm::deferred_reflection]] Reflected {};
struct [[declorm::table("kept")]] Kept : Reflected {
  [[declorm::column]] std::string id;
  [[using declorm: column, unique, comment("about")]] std::string x;
  [[using declorm: column, nullable(true)]] std::optional<std::string> y;
};

/// What members say of columns leaves alone what only the database says.
static void prepare_class() {
  std::cout << "-- prepare" << std::endl;
  const Engine engine = create_engine("sqlite://");
  engine.begin([](Connection &connection) {
    connection.execute(
        "CREATE TABLE kept (id TEXT PRIMARY KEY ON CONFLICT FAIL, x TEXT NOT NULL ON "
        "CONFLICT IGNORE UNIQUE ON CONFLICT REPLACE, y TEXT NOT NULL ON CONFLICT "
        "IGNORE)");
  });
  prepare(engine);
  std::cout << create_sql(metadata().table("kept"), engine.dialect()) << std::endl;
}

/// The same of Tables that are made by hand.
static void make_by_hand() {
  std::cout << "-- by hand" << std::endl;
  const Dialect &sqlite = dialect("sqlite");
  MetaData metadata;
  Constraint key = PrimaryKeyConstraint({"a", "b"}), unique_key = UniqueConstraint({"b"}, "u");
  key.order = {{.collation = "NOCASE", .descending = true}, {}};
  unique_key.options = {table_option("sqlite_on_conflict", "ignore")};
  const Table &table = metadata.add_table(
      "t", Column("a", String),
      Column("b", Integer, not_null, column_option("sqlite_on_conflict_not_null", "Replace"),
             column_option("other_option", "x")),
      key, unique_key);
  std::cout << create_sql(table, sqlite) << std::endl;
  const auto attempt = [&](Column column, const Constraint &constraint) {
    test::attempt([&] {
      MetaData own;
      create_sql(own.add_table("t", std::move(column), constraint), sqlite);
    });
  };
  attempt(Column("a", Integer, column_option("sqlite_on_conflict", "IGNORE")),
          PrimaryKeyConstraint({"a"}));
  attempt(Column("a", Integer, not_null, column_option("sqlite_on_conflict_not_null", "DELETE")),
          UniqueConstraint({"a"}));
  unique_key.columns = {"a"};
  unique_key.options.push_back({"sqlite_on_conflct", "FAIL"});
  attempt(Column("a", Integer), unique_key);
  attempt(Column("a", Integer), key);
  key.columns = {"a"};
  attempt(Column("a", Integer), key);
}

int main() {
  for (const Tested &each : cases)
    test_case(each);
  prepare_class();
  make_by_hand();
}

// The output:
// CHECK: -- PRIMARY KEY, of the row's number
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	x,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: -- INTEGER PRIMARY KEY DESC, which is none
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL CONSTRAINT k PRIMARY KEY DESC,
// CHECK-NEXT: 	x
// CHECK-NEXT: )
// CHECK-NEXT: -- PRIMARY KEY (id DESC), which is one
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	x,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: -- PRIMARY KEY ON CONFLICT of the row's number
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	x,
// CHECK-NEXT: 	PRIMARY KEY (id) ON CONFLICT REPLACE
// CHECK-NEXT: )
// CHECK-NEXT: -- AUTOINCREMENT with ON CONFLICT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL PRIMARY KEY ON CONFLICT IGNORE AUTOINCREMENT,
// CHECK-NEXT: 	x
// CHECK-NEXT: )
// CHECK-NEXT: -- PRIMARY KEY with COLLATE, DESC and ON CONFLICT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a TEXT NOT NULL,
// CHECK-NEXT: 	b INT NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (a COLLATE "NOCASE" DESC, b) ON CONFLICT IGNORE
// CHECK-NEXT: )
// CHECK-NEXT: -- the same of a table WITHOUT ROWID
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a TEXT NOT NULL,
// CHECK-NEXT: 	b INT NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (b DESC, a COLLATE "NOCASE")
// CHECK-NEXT: ) WITHOUT ROWID
// CHECK-NEXT: -- a key with the collation of its column
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a TEXT COLLATE "NOCASE" NOT NULL,
// CHECK-NEXT: 	b,
// CHECK-NEXT: 	PRIMARY KEY (a DESC) ON CONFLICT FAIL
// CHECK-NEXT: )
// CHECK-NEXT: -- a key that has another
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a TEXT COLLATE "NOCASE" NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (a COLLATE "BINARY")
// CHECK-NEXT: )
// CHECK-NEXT: -- UNIQUE ON CONFLICT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x TEXT,
// CHECK-NEXT: 	y,
// CHECK-NEXT: 	z,
// CHECK-NEXT: 	CONSTRAINT u UNIQUE (y) ON CONFLICT REPLACE,
// CHECK-NEXT: 	UNIQUE (x) ON CONFLICT IGNORE,
// CHECK-NEXT: 	UNIQUE (z)
// CHECK-NEXT: )
// CHECK-NEXT: -- UNIQUE with COLLATE and DESC, twice
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x TEXT,
// CHECK-NEXT: 	y,
// CHECK-NEXT: 	UNIQUE (x COLLATE "NOCASE" DESC, y DESC) ON CONFLICT REPLACE,
// CHECK-NEXT: 	CONSTRAINT "u 2" UNIQUE (x, y) ON CONFLICT IGNORE,
// CHECK-NEXT: 	UNIQUE (y) ON CONFLICT FAIL
// CHECK-NEXT: )
// CHECK-NEXT: -- UNIQUE that is the key's
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x TEXT NOT NULL,
// CHECK-NEXT: 	y,
// CHECK-NEXT: 	PRIMARY KEY (x) ON CONFLICT REPLACE
// CHECK-NEXT: )
// CHECK-NEXT: -- UNIQUE beside a key that is the row's number
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (id) ON CONFLICT IGNORE
// CHECK-NEXT: )
// CHECK-NEXT: -- NOT NULL ON CONFLICT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x NOT NULL ON CONFLICT IGNORE,
// CHECK-NEXT: 	y DEFAULT 7 NOT NULL ON CONFLICT REPLACE,
// CHECK-NEXT: 	z NOT NULL ON CONFLICT FAIL,
// CHECK-NEXT: 	k TEXT NOT NULL ON CONFLICT IGNORE,
// CHECK-NEXT: 	PRIMARY KEY (k),
// CHECK-NEXT: 	CHECK (z > 0)
// CHECK-NEXT: ) WITHOUT ROWID
// CHECK-NEXT: -- NULL, and names of constraints that have no effect
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a,
// CHECK-NEXT: 	b INT DEFAULT 5,
// CHECK-NEXT: 	c TEXT COLLATE "NOCASE",
// CHECK-NEXT: 	CONSTRAINT e UNIQUE (b),
// CHECK-NEXT: 	CHECK (c <> 'a')
// CHECK-NEXT: )
// CHECK-NEXT: -- CHECK, ON CONFLICT of which means nothing
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x,
// CHECK-NEXT: 	y,
// CHECK-NEXT: 	CHECK (x > 0),
// CHECK-NEXT: 	CONSTRAINT c CHECK (y < x),
// CHECK-NEXT: 	CHECK (y > -9)
// CHECK-NEXT: )
// CHECK-NEXT: -- DEFAULT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x,
// CHECK-NEXT: 	a DEFAULT -1.5,
// CHECK-NEXT: 	b DEFAULT 'it''s',
// CHECK-NEXT: 	c DEFAULT (x'0a'),
// CHECK-NEXT: 	d DEFAULT (1 + 1),
// CHECK-NEXT: 	e DEFAULT "text",
// CHECK-NEXT: 	f DEFAULT word,
// CHECK-NEXT: 	g DEFAULT NULL,
// CHECK-NEXT: 	h DEFAULT TRUE,
// CHECK-NEXT: 	i TEXT DEFAULT ('a' || 'b')
// CHECK-NEXT: )
// CHECK-NEXT: -- COLLATE of a column
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x TEXT COLLATE "RTRIM",
// CHECK-NEXT: 	y COLLATE nocase,
// CHECK-NEXT: 	UNIQUE (x)
// CHECK-NEXT: )
// CHECK-NEXT: -- GENERATED, of both kinds
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x INT,
// CHECK-NEXT: 	a GENERATED ALWAYS AS (x + 1),
// CHECK-NEXT: 	b INT NOT NULL GENERATED ALWAYS AS (x * 2) STORED,
// CHECK-NEXT: 	UNIQUE (b) ON CONFLICT IGNORE
// CHECK-NEXT: )
// CHECK-NEXT: -- REFERENCES with its actions, MATCH and DEFERRABLE
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x INT,
// CHECK-NEXT: 	y INT,
// CHECK-NEXT: 	z INT,
// CHECK-NEXT: 	FOREIGN KEY(x) REFERENCES o (id) ON DELETE SET NULL ON UPDATE CASCADE,
// CHECK-NEXT: 	FOREIGN KEY(y) REFERENCES o (id),
// CHECK-NEXT: 	CONSTRAINT f FOREIGN KEY(z) REFERENCES o (id) ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED
// CHECK-NEXT: )
// CHECK-NEXT: -- STRICT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	id INT NOT NULL,
// CHECK-NEXT: 	x ANY,
// CHECK-NEXT: 	y TEXT,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: ) STRICT
// CHECK-NEXT: -- types
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a VARCHAR(3),
// CHECK-NEXT: 	b UNSIGNED BIG INT,
// CHECK-NEXT: 	c NUMERIC(5, 2),
// CHECK-NEXT: 	d,
// CHECK-NEXT: 	e odd type
// CHECK-NEXT: )
// CHECK-NEXT: -- AS SELECT
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a,
// CHECK-NEXT: 	"B c"
// CHECK-NEXT: )
// CHECK-NEXT: -- CREATE UNIQUE INDEX with COLLATE, DESC, an expression and WHERE
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	x TEXT,
// CHECK-NEXT: 	y TEXT COLLATE "NOCASE",
// CHECK-NEXT: 	z
// CHECK-NEXT: )
// CHECK-NEXT: CREATE UNIQUE INDEX i1 ON t (x COLLATE NOCASE DESC, z ASC) WHERE z > 0
// CHECK-NEXT: CREATE UNIQUE INDEX i2 ON t (lower(x) || y, z DESC)
// CHECK-NEXT: CREATE UNIQUE INDEX i3 ON t (y, z)
// CHECK-NEXT: -- prepare
// CHECK-NEXT: CREATE TABLE kept (
// CHECK-NEXT: 	id TEXT NOT NULL,
// CHECK-NEXT: 	x TEXT NOT NULL ON CONFLICT IGNORE,
// CHECK-NEXT: 	y TEXT,
// CHECK-NEXT: 	PRIMARY KEY (id) ON CONFLICT FAIL,
// CHECK-NEXT: 	UNIQUE (x) ON CONFLICT REPLACE
// CHECK-NEXT: )
// CHECK-NEXT: -- by hand
// CHECK-NEXT: CREATE TABLE t (
// CHECK-NEXT: 	a VARCHAR NOT NULL,
// CHECK-NEXT: 	b INTEGER NOT NULL ON CONFLICT REPLACE,
// CHECK-NEXT: 	PRIMARY KEY (a COLLATE "NOCASE" DESC, b),
// CHECK-NEXT: 	CONSTRAINT u UNIQUE (b) ON CONFLICT IGNORE
// CHECK-NEXT: )
// CHECK-NEXT: ArgumentError: the column t.a has an unknown option 'sqlite_on_conflict'; there is sqlite_on_conflict_not_null
// CHECK-NEXT: ArgumentError: the column t.a has ON CONFLICT 'DELETE'; write ROLLBACK, ABORT, FAIL, IGNORE or REPLACE
// CHECK-NEXT: ArgumentError: the constraint (a) has an unknown option 'sqlite_on_conflct'; did you mean 'sqlite_on_conflict'?
// CHECK-NEXT: ArgumentError: the primary key on table t names the column 'b', which the table does not have; there is a
// CHECK-NEXT: ArgumentError: the primary key on table t has 1 columns, and an order of 2; give one for each, or none
