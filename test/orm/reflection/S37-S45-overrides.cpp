// S37, S45: what members and the class head say goes over what the database says of its table.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/database.h"

enum class Color { red, green };

struct [[using declorm: table("items"), deferred_reflection,
         unique_constraint("uq_name", {"name", "shop"}), index("ix_shop", {"shop"}),
         check_constraint("positive", "price >= 0"), table_option("sqlite_strict", "false"),
         comment("what is sold"), info("owner", "sales")]] Item {
  [[declorm::column]] std::int64_t id = 0;
  // The column's type is nothing that a double could hold: the member says better.
  [[using declorm: column, numeric(10, 2)]] double price = 0;
  [[using declorm: column, nullable(false), unique]] std::string name;
  [[using declorm: column, enum_names]] Color color{};
  [[using declorm: column, server_default("'now'"), index,
    comment("free text")]] std::optional<std::string> note;
  [[using declorm: column, foreign_key("shops.id"), on_delete("CASCADE")]] std::optional<int> shop;
  [[using declorm: column, sql_type("MONEY")]] std::string odd;
  [[using declorm: column, default_value("x")]] std::optional<std::string> made;
};
struct [[using declorm: table("shops"), deferred_reflection]] Shop {
  [[declorm::column]] int id = 0;
};
// Its column names are only in the database.
struct [[using declorm: table("keyless"), deferred_reflection,
         primary_key_constraint({"a", "b"})]] Keyless {
  [[declorm::column]] int a = 0, b = 0;
};
struct [[using declorm: table("keyless2"), deferred_reflection,
         mapper_primary_key("b", "a")]] Keyless2 {
  [[declorm::column]] int a = 0, b = 0;
};

int main() {
  declorm::Engine engine = test::database(
      {"create table items (id " + test::counted() +
           " constraint pk_items primary key, price "
           "text, name varchar(20), color varchar(5) not "
           "null, note text, shop integer, odd money, made text)",
       "create table shops (id integer primary key)", "create table keyless (a integer, b integer)",
       "create table keyless2 (a integer, b integer)"});
  declorm::prepare(engine);
  const declorm::Table &items = declorm::table_of<Item>();
  std::cout << declorm::create_sql(items, declorm::dialect("sqlite")) << std::endl;
  for (const declorm::Index &index : items.indexes())
    std::cout << declorm::create_sql(items, index, declorm::dialect("sqlite")) << std::endl;
  std::cout << items.comment() << ", " << items.info().front().second << ", "
            << items.column("note").comment() << std::endl;
  test::show(declorm::table_of<Keyless>());
  for (const declorm::Column *column : declorm::mapper_of<Keyless2>().primary_key())
    std::cout << column->name() << std::endl;

  test::tracing = true;
  declorm::Session session(engine);
  Item &item = session.emplace<Item>();
  item.color = Color::green;
  item.price = 9.5;
  session.commit();
  std::cout << *item.made << ' ' << item.note.value_or("nothing") << std::endl;
}

// The output:
// CHECK: CREATE TABLE items (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	price NUMERIC(10, 2),
// CHECK-NEXT: 	name VARCHAR(20) NOT NULL,
// CHECK-NEXT: 	color VARCHAR(5) NOT NULL,
// CHECK-NEXT: 	note TEXT DEFAULT 'now',
// CHECK-NEXT: 	shop INTEGER,
// CHECK-NEXT: 	odd MONEY,
// CHECK-NEXT: 	made TEXT,
// CHECK-NEXT: 	CONSTRAINT pk_items PRIMARY KEY (id),
// CHECK-NEXT: 	CONSTRAINT uq_name UNIQUE (name, shop),
// CHECK-NEXT: 	CONSTRAINT positive CHECK (price >= 0),
// CHECK-NEXT: 	UNIQUE (name),
// CHECK-NEXT: 	FOREIGN KEY(shop) REFERENCES shops (id) ON DELETE CASCADE
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_items_note ON items (note)
// CHECK-NEXT: CREATE INDEX ix_shop ON items (shop)
// CHECK-NEXT: what is sold, sales, free text
// CHECK-NEXT: keyless: a INTEGER NOT NULL, b INTEGER NOT NULL; key a; key b
// CHECK-NEXT: b
// CHECK-NEXT: a
// CHECK-NEXT: > INSERT INTO items (price, name, color, shop, odd, made) VALUES (?, ?, ?, ?, ?, ?) -- 9.5 '' 'green' NULL '' 'x'
// CHECK-NEXT: x nothing
