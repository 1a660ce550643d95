// add_table with autoload_with: one table from the database, with declared columns over it.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

static int statements = 0;
static const Engine engine = create_engine(
    test::database_url(), {.on_statement = [](const StatementEvent &) { ++statements; }});

static void show(const Table &table) {
  std::cout << create_sql(table, engine.dialect()) << '\n';
  for (const Index &index : table.indexes())
    std::cout << create_sql(table, index, engine.dialect()) << '\n';
}
static void names(MetaData &metadata) {
  std::cout << "tables:";
  for (const Table *table : metadata.tables())
    std::cout << ' ' << table->full_name();
  std::cout << '\n';
}

int main() {
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) UNIQUE, age INT, "
              "boss INTEGER REFERENCES users (id), CHECK (age > 0))");
    c.execute("CREATE INDEX ix_users_age ON users (age) WHERE name IS NOT NULL");
    c.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, user_id INT, kind INT REFERENCES kinds "
              "(id) ON DELETE CASCADE, note TEXT)");
    c.execute("CREATE TABLE kinds (id INTEGER PRIMARY KEY)");
  });

  std::cout << "-- a table and what it refers to\n";
  MetaData metadata;
  Table &items = metadata.add_table("items", autoload_with(engine));
  show(items);
  names(metadata);

  std::cout << "-- it is there: nothing is read\n";
  statements = 0;
  std::cout << (&metadata.add_table("items", autoload_with(engine)) == &items)
            << (&metadata.add_table("items") == &items) << " with " << statements
            << " statements\n";
  test::attempt([&] { metadata.add_table("items", autoload_with(engine), Column("x", Integer)); });

  std::cout << "-- declared columns win, in the place that the database gives them\n";
  MetaData declared;
  declared.add_table("items", autoload_with(engine),
                     Column("user_id", BigInteger, not_null, ForeignKey("users.id")),
                     Column("kind", SmallInteger), Column("extra", String(5), unique),
                     Index{.name = "ix_note", .columns = {"note", "extra"}});
  show(declared.table("items"));
  names(declared);

  std::cout << "-- another foreign key than the database's; a key that it does not declare\n";
  MetaData overridden;
  show(overridden.add_table("items", autoload_with(engine), Column("id", Integer, primary_key),
                            Column("kind", Integer, ForeignKey("users.id", {.name = "fk"})),
                            PrimaryKeyConstraint({"id", "user_id"})));

  std::cout << "-- some columns\n";
  MetaData some;
  show(some.add_table("users", autoload_with(engine), include_columns({"name", "id"})));
  test::attempt([&] {
    MetaData().add_table("users", autoload_with(engine), include_columns({"id", "nam"}));
  });

  std::cout << "-- extend a table: with columns, then from the database, in two ways\n";
  MetaData extended;
  Table &users = extended.add_table("users", Column("id", Integer, primary_key),
                                    Column("age", String(3), not_null), Column("own", Text, index),
                                    comment("mine"), table_option("mysql_engine", "InnoDB"));
  const Column *age = &users.column("age");
  extended.add_table("users", extend_existing, Column("more", Integer, unique),
                     Column("own", String(9)));
  show(users);
  extended.add_table("users", extend_existing, autoload_with(engine), autoload_replace(false));
  show(users);
  extended.add_table("users", extend_existing, autoload_with(engine));
  show(users);
  std::cout << "the same column: " << (age == &users.column("age")) << ' ' << users.comment() << ' '
            << *users.option("mysql_engine") << ' ' << age->table().name() << '\n';

  std::cout << "-- not there: nothing is added\n";
  MetaData none;
  test::attempt([&] { none.add_table("item", autoload_with(engine)); });
  test::attempt([&] { none.add_table("items", autoload_with(engine), UniqueConstraint({"no"})); });
  names(none);
  test::attempt([&] { extended.add_table("users", extend_existing, UniqueConstraint({"no"})); });
  std::cout << users.constraints().size() << '\n';
}

// The output:
// CHECK: -- a table and what it refers to
// CHECK-NEXT: CREATE TABLE items (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	user_id INT,
// CHECK-NEXT: 	kind INT,
// CHECK-NEXT: 	note TEXT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(kind) REFERENCES kinds (id) ON DELETE CASCADE
// CHECK-NEXT: )
// CHECK-NEXT: tables: kinds items
// CHECK-NEXT: -- it is there: nothing is read
// CHECK-NEXT: 11 with 0 statements
// CHECK-NEXT: InvalidRequestError: the MetaData has a table 'items' already; table("items") gives it, and extend_existing adds to it
// CHECK-NEXT: -- declared columns win, in the place that the database gives them
// CHECK-NEXT: CREATE TABLE items (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	user_id INTEGER NOT NULL,
// CHECK-NEXT: 	kind SMALLINT,
// CHECK-NEXT: 	note TEXT,
// CHECK-NEXT: 	extra VARCHAR(5),
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(kind) REFERENCES kinds (id) ON DELETE CASCADE,
// CHECK-NEXT: 	FOREIGN KEY(user_id) REFERENCES users (id),
// CHECK-NEXT: 	UNIQUE (extra)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_note ON items (note, extra)
// CHECK-NEXT: tables: kinds items
// CHECK-NEXT: -- another foreign key than the database's; a key that it does not declare
// CHECK-NEXT: CREATE TABLE items (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	user_id INT NOT NULL,
// CHECK-NEXT: 	kind INTEGER,
// CHECK-NEXT: 	note TEXT,
// CHECK-NEXT: 	PRIMARY KEY (id, user_id),
// CHECK-NEXT: 	CONSTRAINT fk FOREIGN KEY(kind) REFERENCES users (id)
// CHECK-NEXT: )
// CHECK-NEXT: -- some columns
// CHECK-NEXT: CREATE TABLE users (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (name)
// CHECK-NEXT: )
// CHECK-NEXT: ArgumentError: include_columns names the column 'nam', which the table users does not have; did you mean 'name'?
// CHECK-NEXT: -- extend a table: with columns, then from the database, in two ways
// CHECK-NEXT: CREATE TABLE users (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	age VARCHAR(3) NOT NULL,
// CHECK-NEXT: 	own VARCHAR(9),
// CHECK-NEXT: 	more INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (more)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_users_own ON users (own)
// CHECK-NEXT: CREATE TABLE users (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	age VARCHAR(3) NOT NULL,
// CHECK-NEXT: 	boss INTEGER,
// CHECK-NEXT: 	own VARCHAR(9),
// CHECK-NEXT: 	more INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (name),
// CHECK-NEXT: 	FOREIGN KEY(boss) REFERENCES users (id),
// CHECK-NEXT: 	CHECK (age > 0),
// CHECK-NEXT: 	UNIQUE (more)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_users_age ON users (age) WHERE name IS NOT NULL
// CHECK-NEXT: CREATE INDEX ix_users_own ON users (own)
// CHECK-NEXT: CREATE TABLE users (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50),
// CHECK-NEXT: 	age INT,
// CHECK-NEXT: 	boss INTEGER,
// CHECK-NEXT: 	own VARCHAR(9),
// CHECK-NEXT: 	more INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (name),
// CHECK-NEXT: 	FOREIGN KEY(boss) REFERENCES users (id),
// CHECK-NEXT: 	CHECK (age > 0),
// CHECK-NEXT: 	UNIQUE (more)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_users_age ON users (age) WHERE name IS NOT NULL
// CHECK-NEXT: CREATE INDEX ix_users_own ON users (own)
// CHECK-NEXT: the same column: 1 mine InnoDB users
// CHECK-NEXT: -- not there: nothing is added
// CHECK-NEXT: NoSuchTableError: there is no table 'item' in sqlite://; did you mean 'items'?
// CHECK-NEXT: ArgumentError: the unique constraint on table items names the column 'no', which the table does not have; there is id, user_id, kind, note
// CHECK-NEXT: tables:
// CHECK-NEXT: ArgumentError: the unique constraint on table users names the column 'no', which the table does not have; there is id, name, age, boss, own, more
// CHECK-NEXT: 5
