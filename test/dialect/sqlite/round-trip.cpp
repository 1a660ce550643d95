// A schema of odd tables as the Inspector sees it; created again elsewhere it is the same.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include "../../reflection/Inputs/rows.h"
#include <iostream>

using namespace declorm;

static const char *const statements[] = {
    // Names in all quotes, layouts, comments.
    R"sql(create table "odd table" ( "a b" integer/*one*/primary key -- two, three
      ,[c d]text  not
      null unique,`e"f` varchar ( 10 ) default'it''s, (x)'collate nocase,
      'g,h' int check('g,h'>0/*, not here*/),"select" "long   type" constraint "c ) k" check (
        "select"  in ('(', ')', '--', "e""f" )),
      "ünïcödé" REAL, "check" NUMERIC(10,2) NOT NULL DEFAULT -1.5, plain))sql",
    R"sql(CREATE TABLE keys (a INT, b TEXT, c BLOB, CONSTRAINT "the key" PRIMARY KEY (b DESC, a),
      CONSTRAINT u_c UNIQUE (c, A) ON CONFLICT REPLACE UNIQUE (c) CONSTRAINT ck CHECK (a > 0)
      CHECK (b <> 'CHECK (1)')))sql",
    "CREATE TABLE no_row_number (id INTEGER PRIMARY KEY, v DATETIME DEFAULT CURRENT_TIMESTAMP) "
    "WITHOUT ROWID",
    "CREATE TABLE strict_one (id INT PRIMARY KEY, r REAL, t TEXT, b BLOB, x ANY) STRICT",
    "CREATE TABLE strict_two (a TEXT, id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT",
    "CREATE TABLE counted (id INTEGER CONSTRAINT pk_counted PRIMARY KEY ASC ON CONFLICT ABORT "
    "AUTOINCREMENT REFERENCES keyless (a), n BIGINT)",
    "CREATE TABLE keyless (a TINYINT UNIQUE, b, c CHAR(32), d GEOMETRY( 4 ), e DOUBLE PRECISION, "
    "f DECIMAL(10,2), g TIMESTAMP, h UNSIGNED BIG INT, i INT(11), j DECIMAL_TEXT(30, 10) COLLATE "
    "decimal, k FLOATING POINT, l JSON, m DATE, n TIME, o BOOLEAN DEFAULT TRUE, p NVARCHAR(160))",
    R"sql(CREATE TABLE computed (a INTEGER, b INT GENERATED ALWAYS AS (a * (2 + 1)) VIRTUAL NOT NULL,
      c TEXT AS (lower(')') || a) STORED, d AS (a),
      e TEXT DEFAULT ((1) || (2)), f DEFAULT (datetime('now', '-1 day')), g DEFAULT NULL))sql",
    // Foreign keys: inline, named, composite, implicit, in another case, with actions.
    R"sql(CREATE TABLE refers (id INTEGER PRIMARY KEY,
      r1 INT REFERENCES COUNTED, r2 INT CONSTRAINT fk_2 REFERENCES "odd table"("A B") ON DELETE SET
      NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, r3 TEXT NOT NULL, r4 INT,
      r5 INT REFERENCES refers(ID) MATCH SIMPLE ON DELETE NO ACTION NOT DEFERRABLE INITIALLY DEFERRED
        UNIQUE, r6 INT REFERENCES counted DEFERRABLE INITIALLY IMMEDIATE,
      CONSTRAINT fk_34 FOREIGN KEY (r3, r4) REFERENCES Keys (B, A) ON UPDATE RESTRICT,
      FOREIGN KEY (r3, r4) REFERENCES keys DEFERRABLE INITIALLY DEFERRED))sql",
    "CREATE INDEX ix_plain ON refers (r1, r2 ASC)",
    "CREATE UNIQUE INDEX ix_part ON refers (r1) WHERE r2 IS NOT NULL -- because",
    R"sql(CREATE INDEX "ix expr" ON refers (lower( r3 ), r1 DESC, r4 COLLATE nocase, r2))sql",
    "CREATE INDEX ix_expression ON refers (r1 + r2) WHERE lower(r3) = 'a  b'",
    // Altered ones.
    "CREATE TABLE old_name (a INT, old INT, CHECK (old > 0))",
    "ALTER TABLE old_name ADD COLUMN added TEXT NOT NULL DEFAULT 'x' COLLATE rtrim CHECK (added <> "
    "'')",
    "ALTER TABLE old_name ADD COLUMN ref INT CONSTRAINT fk_added REFERENCES keyless (a)",
    "ALTER TABLE old_name RENAME COLUMN old TO \"new one\"",
    "ALTER TABLE old_name RENAME TO \"new name\"",
    "CREATE TABLE copied AS SELECT id, r3 AS \"as\", r1 + 1 AS sum FROM refers",
};

int main() {
  const Engine engine = create_engine(test::database_url());
  engine.begin([](Connection &connection) {
    for (const char *statement : statements)
      connection.execute(statement);
  });
  const std::string before = test::rows(engine);
  std::cout << before;

  const auto copy = [](const Engine &from) {
    MetaData metadata;
    metadata.reflect(from);
    const Engine to = create_engine(test::database_url());
    metadata.create_all(to);
    return to;
  };
  const Engine second = copy(engine);
  const std::string after = test::rows(second);
  std::cout << "-- created again: " << (after == before ? "the same\n" : after);
  MetaData first_tables, second_tables;
  first_tables.reflect(engine);
  second_tables.reflect(second);
  std::cout << "-- the DDL: "
            << (create_all_sql(first_tables, engine.dialect()) ==
                create_all_sql(second_tables, engine.dialect()))
            << '\n';
  std::cout << create_all_sql(first_tables, engine.dialect());
}

// The output:
// CHECK: computed
// CHECK-NEXT:   a: kind 1, INTEGER
// CHECK-NEXT:   b: kind 1, INT, not null, computed a * (2 + 1)
// CHECK-NEXT:   c: kind 9, TEXT, computed lower(')') || a stored
// CHECK-NEXT:   d: kind 18, , computed a
// CHECK-NEXT:   e: kind 9, TEXT, default (1) || (2)
// CHECK-NEXT:   f: kind 18, , default datetime('now', '-1 day')
// CHECK-NEXT:   g: kind 18, , default NULL
// CHECK-NEXT: copied
// CHECK-NEXT:   id: kind 1, INT
// CHECK-NEXT:   as: kind 9, TEXT
// CHECK-NEXT:   sum: kind 18,
// CHECK-NEXT: counted
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   n: kind 3, BIGINT
// CHECK-NEXT:   key 'pk_counted' (id)
// CHECK-NEXT:   foreign key (id) -> keyless (a)
// CHECK-NEXT: keyless
// CHECK-NEXT:   a: kind 2, TINYINT
// CHECK-NEXT:   b: kind 18,
// CHECK-NEXT:   c: kind 8, CHAR(32)
// CHECK-NEXT:   d: kind 18, GEOMETRY( 4 )
// CHECK-NEXT:   e: kind 6, DOUBLE PRECISION
// CHECK-NEXT:   f: kind 7, DECIMAL(10,2)
// CHECK-NEXT:   g: kind 13, TIMESTAMP
// CHECK-NEXT:   h: kind 3, UNSIGNED BIG INT
// CHECK-NEXT:   i: kind 1, INT(11)
// CHECK-NEXT:   j: kind 7, DECIMAL_TEXT(30, 10)
// CHECK-NEXT:   k: kind 1, FLOATING POINT
// CHECK-NEXT:   l: kind 17, JSON
// CHECK-NEXT:   m: kind 11, DATE
// CHECK-NEXT:   n: kind 12, TIME
// CHECK-NEXT:   o: kind 4, BOOLEAN, default TRUE
// CHECK-NEXT:   p: kind 8, NVARCHAR(160)
// CHECK-NEXT:   unique (a)
// CHECK-NEXT: keys
// CHECK-NEXT:   a: kind 1, INT, not null
// CHECK-NEXT:   b: kind 9, TEXT, not null
// CHECK-NEXT:   c: kind 10, BLOB
// CHECK-NEXT:   key 'the key' (b, a)
// CHECK-NEXT:   unique 'u_c' (c, a)
// CHECK-NEXT:   unique (c)
// CHECK-NEXT:   check 'ck' (a > 0)
// CHECK-NEXT:   check (b <> 'CHECK (1)')
// CHECK-NEXT: new name
// CHECK-NEXT:   a: kind 1, INT
// CHECK-NEXT:   new one: kind 1, INT
// CHECK-NEXT:   added: kind 9, TEXT, not null, default 'x', collation rtrim
// CHECK-NEXT:   ref: kind 1, INT
// CHECK-NEXT:   foreign key 'fk_added' (ref) -> keyless (a)
// CHECK-NEXT:   check (added <> '')
// CHECK-NEXT:   check ("new one" > 0)
// CHECK-NEXT: no_row_number
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   v: kind 13, DATETIME, default CURRENT_TIMESTAMP
// CHECK-NEXT:   key (id)
// CHECK-NEXT: odd table
// CHECK-NEXT:   a b: kind 1, INTEGER, not null
// CHECK-NEXT:   c d: kind 9, TEXT, not null
// CHECK-NEXT:   e"f: kind 8, VARCHAR(10), default 'it''s, (x)', collation nocase
// CHECK-NEXT:   g,h: kind 1, INT
// CHECK-NEXT:   select: kind 18, long   type
// CHECK-NEXT:   ünïcödé: kind 6, REAL
// CHECK-NEXT:   check: kind 7, NUMERIC(10, 2), not null, default -1.5
// CHECK-NEXT:   plain: kind 18,
// CHECK-NEXT:   key (a b)
// CHECK-NEXT:   unique (c d)
// CHECK-NEXT:   check ('g,h'>0)
// CHECK-NEXT:   check 'c ) k' ("select" in ('(', ')', '--', "e""f" ))
// CHECK-NEXT: refers
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   r1: kind 1, INT
// CHECK-NEXT:   r2: kind 1, INT
// CHECK-NEXT:   r3: kind 9, TEXT, not null
// CHECK-NEXT:   r4: kind 1, INT
// CHECK-NEXT:   r5: kind 1, INT
// CHECK-NEXT:   r6: kind 1, INT
// CHECK-NEXT:   key (id)
// CHECK-NEXT:   foreign key (r1) -> counted (id)
// CHECK-NEXT:   foreign key 'fk_2' (r2) -> odd table (a b), on delete SET NULL, on update CASCADE, deferred
// CHECK-NEXT:   foreign key (r5) -> refers (id)
// CHECK-NEXT:   foreign key (r6) -> counted (id)
// CHECK-NEXT:   foreign key 'fk_34' (r3, r4) -> keys (b, a), on update RESTRICT
// CHECK-NEXT:   foreign key (r3, r4) -> keys (b, a), deferred
// CHECK-NEXT:   unique (r5)
// CHECK-NEXT:   index ix_plain (r1, r2)
// CHECK-NEXT:   unique index ix_part (r1), where r2 IS NOT NULL
// CHECK-NEXT:   index ix expr (r2), on (lower( r3 ), r1 DESC, r4 COLLATE nocase, r2)
// CHECK-NEXT:   index ix_expression (), on (r1 + r2), where lower(r3) = 'a  b'
// CHECK-NEXT: strict_one
// CHECK-NEXT:   id: kind 1, INT, not null
// CHECK-NEXT:   r: kind 6, REAL
// CHECK-NEXT:   t: kind 9, TEXT
// CHECK-NEXT:   b: kind 10, BLOB
// CHECK-NEXT:   x: kind 18, ANY
// CHECK-NEXT:   key (id)
// CHECK-NEXT: strict_two
// CHECK-NEXT:   a: kind 9, TEXT
// CHECK-NEXT:   id: kind 1, INTEGER, not null
// CHECK-NEXT:   key (id)
// CHECK-NEXT: -- created again: the same
// CHECK-NEXT: -- the DDL: 1
// CHECK-NEXT: CREATE TABLE computed (
// CHECK-NEXT: 	a INTEGER,
// CHECK-NEXT: 	b INT NOT NULL GENERATED ALWAYS AS (a * (2 + 1)),
// CHECK-NEXT: 	c TEXT GENERATED ALWAYS AS (lower(')') || a) STORED,
// CHECK-NEXT: 	d GENERATED ALWAYS AS (a),
// CHECK-NEXT: 	e TEXT DEFAULT ((1) || (2)),
// CHECK-NEXT: 	f DEFAULT (datetime('now', '-1 day')),
// CHECK-NEXT: 	g DEFAULT NULL
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE copied (
// CHECK-NEXT: 	id INT,
// CHECK-NEXT: 	"as" TEXT,
// CHECK-NEXT: 	sum
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE keyless (
// CHECK-NEXT: 	a TINYINT,
// CHECK-NEXT: 	b,
// CHECK-NEXT: 	c CHAR(32),
// CHECK-NEXT: 	d GEOMETRY( 4 ),
// CHECK-NEXT: 	e DOUBLE PRECISION,
// CHECK-NEXT: 	f DECIMAL(10,2),
// CHECK-NEXT: 	g TIMESTAMP,
// CHECK-NEXT: 	h UNSIGNED BIG INT,
// CHECK-NEXT: 	i INT(11),
// CHECK-NEXT: 	j DECIMAL_TEXT(30, 10) COLLATE decimal,
// CHECK-NEXT: 	k FLOATING POINT,
// CHECK-NEXT: 	l JSON,
// CHECK-NEXT: 	m DATE,
// CHECK-NEXT: 	n TIME,
// CHECK-NEXT: 	o BOOLEAN DEFAULT TRUE,
// CHECK-NEXT: 	p NVARCHAR(160),
// CHECK-NEXT: 	UNIQUE (a)
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE counted (
// CHECK-NEXT: 	id INTEGER NOT NULL CONSTRAINT pk_counted PRIMARY KEY AUTOINCREMENT,
// CHECK-NEXT: 	n BIGINT,
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES keyless (a)
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE keys (
// CHECK-NEXT: 	a INT NOT NULL,
// CHECK-NEXT: 	b TEXT NOT NULL,
// CHECK-NEXT: 	c BLOB,
// CHECK-NEXT: 	CONSTRAINT "the key" PRIMARY KEY (b DESC, a),
// CHECK-NEXT: 	CONSTRAINT u_c UNIQUE (c, a) ON CONFLICT REPLACE,
// CHECK-NEXT: 	UNIQUE (c),
// CHECK-NEXT: 	CONSTRAINT ck CHECK (a > 0),
// CHECK-NEXT: 	CHECK (b <> 'CHECK (1)')
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE "new name" (
// CHECK-NEXT: 	a INT,
// CHECK-NEXT: 	"new one" INT,
// CHECK-NEXT: 	added TEXT COLLATE rtrim DEFAULT 'x' NOT NULL,
// CHECK-NEXT: 	ref INT,
// CHECK-NEXT: 	CONSTRAINT fk_added FOREIGN KEY(ref) REFERENCES keyless (a),
// CHECK-NEXT: 	CHECK (added <> ''),
// CHECK-NEXT: 	CHECK ("new one" > 0)
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE no_row_number (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	v DATETIME DEFAULT CURRENT_TIMESTAMP,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: ) WITHOUT ROWID;
// CHECK-NEXT: CREATE TABLE "odd table" (
// CHECK-NEXT: 	"a b" INTEGER NOT NULL,
// CHECK-NEXT: 	"c d" TEXT NOT NULL,
// CHECK-NEXT: 	"e""f" VARCHAR(10) COLLATE nocase DEFAULT 'it''s, (x)',
// CHECK-NEXT: 	"g,h" INT,
// CHECK-NEXT: 	"select" long   type,
// CHECK-NEXT: 	"ünïcödé" REAL,
// CHECK-NEXT: 	"check" NUMERIC(10, 2) DEFAULT -1.5 NOT NULL,
// CHECK-NEXT: 	plain,
// CHECK-NEXT: 	PRIMARY KEY ("a b"),
// CHECK-NEXT: 	UNIQUE ("c d"),
// CHECK-NEXT: 	CHECK ('g,h'>0),
// CHECK-NEXT: 	CONSTRAINT "c ) k" CHECK ("select" in ('(', ')', '--', "e""f" ))
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE refers (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	r1 INT,
// CHECK-NEXT: 	r2 INT,
// CHECK-NEXT: 	r3 TEXT NOT NULL,
// CHECK-NEXT: 	r4 INT,
// CHECK-NEXT: 	r5 INT,
// CHECK-NEXT: 	r6 INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (r5),
// CHECK-NEXT: 	FOREIGN KEY(r1) REFERENCES counted (id),
// CHECK-NEXT: 	CONSTRAINT fk_2 FOREIGN KEY(r2) REFERENCES "odd table" ("a b") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
// CHECK-NEXT: 	FOREIGN KEY(r5) REFERENCES refers (id),
// CHECK-NEXT: 	FOREIGN KEY(r6) REFERENCES counted (id),
// CHECK-NEXT: 	CONSTRAINT fk_34 FOREIGN KEY(r3, r4) REFERENCES keys (b, a) ON UPDATE RESTRICT,
// CHECK-NEXT: 	FOREIGN KEY(r3, r4) REFERENCES keys (b, a) DEFERRABLE INITIALLY DEFERRED
// CHECK-NEXT: );
// CHECK-NEXT: CREATE INDEX ix_plain ON refers (r1, r2);
// CHECK-NEXT: CREATE UNIQUE INDEX ix_part ON refers (r1) WHERE r2 IS NOT NULL;
// CHECK-NEXT: CREATE INDEX "ix expr" ON refers (lower( r3 ), r1 DESC, r4 COLLATE nocase, r2);
// CHECK-NEXT: CREATE INDEX ix_expression ON refers (r1 + r2) WHERE lower(r3) = 'a  b';
// CHECK-NEXT: CREATE TABLE strict_one (
// CHECK-NEXT: 	id INT NOT NULL,
// CHECK-NEXT: 	r REAL,
// CHECK-NEXT: 	t TEXT,
// CHECK-NEXT: 	b BLOB,
// CHECK-NEXT: 	x ANY,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: ) STRICT;
// CHECK-NEXT: CREATE TABLE strict_two (
// CHECK-NEXT: 	a TEXT,
// CHECK-NEXT: 	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
// CHECK-NEXT: ) STRICT;
