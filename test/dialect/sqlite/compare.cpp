// MetaData::compare: a database that has drifted from the declared tables, and one that has not.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <declorm/difference.h>
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

static void declare(MetaData &metadata) {
  metadata.add_table("kinds", Column("id", Integer, primary_key), Column("name", String(20)));
  metadata.add_table(
      "users", Column("id", Integer, primary_key), Column("name", String(50), not_null, unique),
      Column("nick", String(10)), Column("age", Integer), Column("score", Double),
      Column("price", Numeric(10, 2)), Column("made", DateTime), Column("data", LargeBinary),
      Column("kind_id", Integer, ForeignKey("kinds.id", {.on_delete = "CASCADE"})),
      Column("boss", Integer, ForeignKey("users.id"), index),
      Column("other", Integer, ForeignKey("kinds.id")), Column("total", Integer),
      Column("twice", Integer, computed("age * 2")), Column("code", String, index, unique),
      CheckConstraint("age >  0", "ck_age"), CheckConstraint("score > 0"),
      Index{.name = "ix_part", .columns = {"age"}, .where = "nick IS NOT NULL"});
  metadata.add_table("pairs", Column("a", Integer, primary_key), Column("b", Integer, primary_key));
  metadata.add_table("numbers", Column("id", BigInteger, primary_key), Column("x", Text));
  metadata.add_table(
      "all_types", Column("id", SmallInteger, primary_key, autoincrement(false)),
      Column("b", Boolean), Column("f", Float), Column("t", Text, collation("NOCASE")),
      Column("d", Date), Column("h", Time), Column("i", Interval), Column("e", Enum({"a", "bcd"})),
      Column("u", Uuid), Column("j", Json), Column("n", Numeric),
      Column("c", Integer, computed("id + 1", true)),
      Column("z", Type{.kind = TypeKind::raw, .name = "GEOMETRY"}),
      Column("exact", Type{.kind = TypeKind::numeric, .precision = 30, .scale = 10, .exact = true}),
      Column("s", String, server_default("'x'")), UniqueConstraint({"b", "f"}, "uq"),
      Index{.name = "ix_e", .columns = {"f"}, .expressions = {"lower(t)", "f"}});
  metadata.add_table("strict_types", Column("id", Integer, primary_key), Column("b", Boolean),
                     Column("n", Numeric(10, 2)), Column("d", DateTime), Column("f", Float),
                     Column("u", Uuid), table_option("sqlite_strict", "true"),
                     table_option("sqlite_with_rowid", "false"));
  metadata.add_table("summary", Column("id", Integer), Column("n", Integer));
}

static void print(const std::vector<Difference> &differences) {
  for (const Difference &difference : differences)
    std::cout << to_string(difference.kind) << ": " << to_string(difference) << "\n    "
              << difference.table << " | " << difference.name << " | " << difference.declared
              << " | " << difference.found << '\n';
  std::cout << differences.size() << " differences\n";
}

int main() {
  MetaData metadata;
  declare(metadata);
  std::cout << "-- as it was made\n";
  const Engine made = create_engine(test::database_url());
  metadata.create_all(made);
  print(metadata.compare(made));
  MetaData reflected;
  reflected.reflect(made);
  print(reflected.compare(made));

  std::cout << "-- other names, spellings and harmless columns\n";
  const Engine same = create_engine(test::database_url());
  same.begin([](Connection &c) {
    c.execute("CREATE TABLE Kinds (ID INTEGER PRIMARY KEY, NAME NVARCHAR(40), more INT, "
              "since DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)");
  });
  MetaData kinds;
  kinds.add_table("kinds", Column("id", Integer, primary_key), Column("name", String(20)));
  print(kinds.compare(same));

  std::cout << "-- drifted\n";
  const Engine drifted = create_engine(test::database_url());
  drifted.begin([](Connection &c) {
    c.execute("CREATE TABLE kind (id INTEGER PRIMARY KEY)");
    c.execute(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(30), nik VARCHAR(10), "
        "age TEXT, score INTEGER, price NUMERIC(10, 1), made DATE, data VARCHAR(9) NOT NULL, "
        "kind_id INTEGER REFERENCES kinds (id) ON DELETE SET NULL, boss INTEGER, "
        "other INTEGER REFERENCES users (id), total INT GENERATED ALWAYS AS (age), twice INT, "
        "code VARCHAR, since DATETIME NOT NULL, UNIQUE (age), CHECK (AGE>0), CHECK (kind_id))");
    c.execute("CREATE UNIQUE INDEX ux ON users (boss) WHERE other IS NULL");
    c.execute("CREATE TABLE pairs (a INTEGER PRIMARY KEY, b INTEGER)");
    c.execute("CREATE TABLE numbers (id BIGINT PRIMARY KEY, x)");
    c.execute("CREATE VIEW summary AS SELECT id, name AS m FROM users");
  });
  print(metadata.compare(drifted));
}

// The output:
// CHECK: -- as it was made
// CHECK-NEXT: 0 differences
// CHECK-NEXT: 0 differences
// CHECK-NEXT: -- other names, spellings and harmless columns
// CHECK-NEXT: 0 differences
// CHECK-NEXT: -- drifted
// CHECK-NEXT: missing-table: the table kinds is not in the database; did you mean 'kind'?
// CHECK-NEXT:     kinds |  |  |
// CHECK-NEXT: type: users.name is VARCHAR(30) in the database, and declared as VARCHAR(50)
// CHECK-NEXT:     users | name | VARCHAR(50) | VARCHAR(30)
// CHECK-NEXT: nullability: users.name takes NULL in the database, and is declared NOT NULL
// CHECK-NEXT:     users | name | NOT NULL | NULL
// CHECK-NEXT: missing-column: the table users has no column 'nick' in the database; it is declared as VARCHAR(10); did you mean 'nik'?
// CHECK-NEXT:     users | nick | VARCHAR(10) |
// CHECK-NEXT: type: users.age is TEXT in the database, and declared as INTEGER
// CHECK-NEXT:     users | age | INTEGER | TEXT
// CHECK-NEXT: type: users.score is INTEGER in the database, and declared as DOUBLE
// CHECK-NEXT:     users | score | DOUBLE | INTEGER
// CHECK-NEXT: type: users.price is NUMERIC(10, 1) in the database, and declared as NUMERIC(10, 2)
// CHECK-NEXT:     users | price | NUMERIC(10, 2) | NUMERIC(10, 1)
// CHECK-NEXT: type: users.made is DATE in the database, and declared as DATETIME
// CHECK-NEXT:     users | made | DATETIME | DATE
// CHECK-NEXT: type: users.data is VARCHAR(9) in the database, and declared as BLOB
// CHECK-NEXT:     users | data | BLOB | VARCHAR(9)
// CHECK-NEXT: nullability: users.data is NOT NULL in the database, and declared to take NULL
// CHECK-NEXT:     users | data | NULL | NOT NULL
// CHECK-NEXT: computed: users.total is generated in the database, and not declared so
// CHECK-NEXT:     users | total |  | age
// CHECK-NEXT: computed: users.twice is declared as generated, and an ordinary column in the database
// CHECK-NEXT:     users | twice | age * 2 |
// CHECK-NEXT: extra-column: the database wants a value for users.since (DATETIME NOT NULL, without a default) in each new row, and the column is not declared
// CHECK-NEXT:     users | since |  | DATETIME NOT NULL
// CHECK-NEXT: unique: users (name) is declared unique, and is not in the database
// CHECK-NEXT:     users | name | UNIQUE (name) |
// CHECK-NEXT: unique: users (code) is declared unique, and is not in the database
// CHECK-NEXT:     users | code | UNIQUE (code) |
// CHECK-NEXT: unique: users (age) is unique in the database, and not declared so
// CHECK-NEXT:     users | age |  | UNIQUE (age)
// CHECK-NEXT: foreign-key: the foreign key of users (kind_id) to kinds (id) has ON DELETE SET NULL in the database, and is declared with ON DELETE CASCADE
// CHECK-NEXT:     users |  | FOREIGN KEY (kind_id) REFERENCES kinds (id) ON DELETE CASCADE | FOREIGN KEY (kind_id) REFERENCES kinds (id) ON DELETE SET NULL
// CHECK-NEXT: foreign-key: the foreign key of users (boss) to users (id) is declared, and not in the database
// CHECK-NEXT:     users |  | FOREIGN KEY (boss) REFERENCES users (id) |
// CHECK-NEXT: foreign-key: the foreign key of users (other) to kinds (id) is declared, and not in the database
// CHECK-NEXT:     users |  | FOREIGN KEY (other) REFERENCES kinds (id) |
// CHECK-NEXT: foreign-key: the foreign key of users (other) to users (id) is in the database, and not declared
// CHECK-NEXT:     users |  |  | FOREIGN KEY (other) REFERENCES users (id)
// CHECK-NEXT: check: the check (score > 0) of users is declared, and not in the database
// CHECK-NEXT:     users |  | CHECK (score > 0) |
// CHECK-NEXT: check: the check (kind_id) of users is in the database, and not declared
// CHECK-NEXT:     users |  |  | CHECK (kind_id)
// CHECK-NEXT: index: the index ix_users_boss of users (boss) is declared, and not in the database
// CHECK-NEXT:     users | ix_users_boss | CREATE INDEX ix_users_boss ON users (boss) |
// CHECK-NEXT: index: the index ix_part of users (age) WHERE nick IS NOT NULL is declared, and not in the database
// CHECK-NEXT:     users | ix_part | CREATE INDEX ix_part ON users (age) WHERE nick IS NOT NULL |
// CHECK-NEXT: index: the unique index ux of users (boss) WHERE other IS NULL is in the database, and not declared
// CHECK-NEXT:     users | ux |  | CREATE UNIQUE INDEX ux ON users (boss) WHERE other IS NULL
// CHECK-NEXT: primary-key: the table pairs has the primary key (a) in the database, and is declared with (a, b)
// CHECK-NEXT:     pairs |  | PRIMARY KEY (a, b) | PRIMARY KEY (a)
// CHECK-NEXT: primary-key: the database does not make the key numbers.id (its type there is BIGINT), and it is declared so
// CHECK-NEXT:     numbers | id | INTEGER | BIGINT
// CHECK-NEXT: missing-table: the table all_types is not in the database
// CHECK-NEXT:     all_types |  |  |
// CHECK-NEXT: missing-table: the table strict_types is not in the database
// CHECK-NEXT:     strict_types |  |  |
// CHECK-NEXT: missing-column: the table summary has no column 'n' in the database; it is declared as INTEGER
// CHECK-NEXT:     summary | n | INTEGER |
// CHECK-NEXT: 30 differences
