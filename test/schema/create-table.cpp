// The DDL of tables, constraints and indexes, in the shape of SQLAlchemy's.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines --strict-whitespace
#include <declorm/engine.h>
#include <declorm/schema.h>
#include <iostream>

using namespace declorm;

int main() {
  MetaData metadata;
  metadata.add_table(
      "sometable", Column("id", Integer, primary_key), Column("foo", String(10)),
      Column("a", Integer), Column("b", Integer),
      ForeignKeyConstraint({"id"}, {"remote_table.id"}, {.on_delete = "CASCADE", .name = "fk_x"}),
      UniqueConstraint({"foo"}, "uq_foo"), CheckConstraint("foo <> ''", "ck_foo"),
      Index{.name = "ix_ab", .columns = {"a", "b"}}, table_option("mysql_engine", "InnoDB"));
  metadata.add_table("remote_table", Column("id", Integer, primary_key));
  metadata.add_table(
      "addresses", Column("id", BigInteger, primary_key, autoincrement(false)),
      Column("email", String, not_null, unique),
      Column("user_id", Integer,
             ForeignKey("sometable.id",
                        {.on_delete = "SET NULL", .on_update = "CASCADE", .deferrable = true})),
      Column("kind", SmallInteger, not_null, server_default("1")),
      Column("made", DateTime, server_default("datetime('now')")),
      Column("note", Text, server_default("'it''s'")),
      Column("twice", Integer, computed("kind * 2")), Column("nr", Integer, index),
      Column("code", String, index, unique), UniqueConstraint({"user_id", "nr"}));
  metadata.add_table("pairs", Column("x", Integer), Column("y", Integer),
                     PrimaryKeyConstraint({"y", "x"}, "pk_pairs"));
  metadata.add_table("Order", Column("Select", Integer, primary_key), Column("1st", Integer),
                     Column("say \"hi\"", Integer), Column("group", Integer));
  std::cout << create_all_sql(metadata, dialect("sqlite"));
}
//      CHECK:CREATE TABLE remote_table (
// CHECK-NEXT:	id INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	PRIMARY KEY (id)
// CHECK-NEXT:);
// CHECK-NEXT:CREATE TABLE sometable (
// CHECK-NEXT:	id INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	foo VARCHAR(10),{{ }}
// CHECK-NEXT:	a INTEGER,{{ }}
// CHECK-NEXT:	b INTEGER,{{ }}
// CHECK-NEXT:	PRIMARY KEY (id),{{ }}
// CHECK-NEXT:	CONSTRAINT fk_x FOREIGN KEY(id) REFERENCES remote_table (id) ON DELETE CASCADE,{{ }}
// CHECK-NEXT:	CONSTRAINT uq_foo UNIQUE (foo),{{ }}
// CHECK-NEXT:	CONSTRAINT ck_foo CHECK (foo <> '')
// CHECK-NEXT:);
// CHECK-NEXT:CREATE INDEX ix_ab ON sometable (a, b);
// CHECK-NEXT:CREATE TABLE addresses (
// CHECK-NEXT:	id INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	email VARCHAR NOT NULL,{{ }}
// CHECK-NEXT:	user_id INTEGER,{{ }}
// CHECK-NEXT:	kind SMALLINT DEFAULT 1 NOT NULL,{{ }}
// CHECK-NEXT:	made DATETIME DEFAULT (datetime('now')),{{ }}
// CHECK-NEXT:	note TEXT DEFAULT 'it''s',{{ }}
// CHECK-NEXT:	twice INTEGER GENERATED ALWAYS AS (kind * 2),{{ }}
// CHECK-NEXT:	nr INTEGER,{{ }}
// CHECK-NEXT:	code VARCHAR,{{ }}
// CHECK-NEXT:	PRIMARY KEY (id),{{ }}
// CHECK-NEXT:	UNIQUE (user_id, nr),{{ }}
// CHECK-NEXT:	UNIQUE (email),{{ }}
// CHECK-NEXT:	FOREIGN KEY(user_id) REFERENCES sometable (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
// CHECK-NEXT:);
// CHECK-NEXT:CREATE INDEX ix_addresses_nr ON addresses (nr);
// CHECK-NEXT:CREATE UNIQUE INDEX ix_addresses_code ON addresses (code);
// CHECK-NEXT:CREATE TABLE pairs (
// CHECK-NEXT:	x INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	y INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	CONSTRAINT pk_pairs PRIMARY KEY (y, x)
// CHECK-NEXT:);
// CHECK-NEXT:CREATE TABLE "Order" (
// CHECK-NEXT:	"Select" INTEGER NOT NULL,{{ }}
// CHECK-NEXT:	"1st" INTEGER,{{ }}
// CHECK-NEXT:	"say ""hi""" INTEGER,{{ }}
// CHECK-NEXT:	"group" INTEGER,{{ }}
// CHECK-NEXT:	PRIMARY KEY ("Select")
// CHECK-NEXT:);
