// What members of table_from classes say is laid over the Table that the program made, or that was
// reflected: joins, DDL and comparison know it. What does not go together is an error.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %t disagree | FileCheck %s --match-full-lines --check-prefix=DISAGREE
// RUN: %t keys | FileCheck %s --match-full-lines --check-prefix=KEYS
// RUN: %t unfit | FileCheck %s --match-full-lines --check-prefix=UNFIT
// RUN: %t ordered | FileCheck %s --match-full-lines --check-prefix=ORDERED
// RUN: %declorm_clang -DUNION %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines --check-prefix=UNION
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col, declorm::Column, declorm::MetaData, declorm::Table;

struct Handle;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::relationship]] std::vector<Handle *> handles;
};
// The line of the report: a Table without the key, added by the time the class is used.
struct [[declorm::table_from("handles")]] Handle {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> user_id;
  [[declorm::relationship]] User *user = nullptr;
};

enum class Color { red, green };

// Every other option, on a Table that a function makes; the class head, and a private member.
Table &make_items(MetaData &metadata) {
  return metadata.add_table("items", Column("code", declorm::String),
                            Column("owner", declorm::Integer),
                            Column("name", declorm::String(50), declorm::default_value("nobody"),
                                   declorm::collation(test::is_postgresql() ? "C" : "NOCASE")),
                            Column("price", declorm::Float), Column("color", declorm::String(10)),
                            Column("note", declorm::String), Column("made", declorm::Integer),
                            Column("sum", declorm::Integer), Column("odd", declorm::String),
                            Column("kept", declorm::Text));
}
class [[using declorm: table_from(&make_items), unique_constraint("uq", {"name", "owner"}),
        index("ix_made", {"made"}), comment("what is sold")]] Item {
public:
  Item() = default;
  Item(std::string code, std::int64_t owner) : code_(std::move(code)), owner_(owner) {}

private:
  [[using declorm: column("code"), primary_key, length(8)]] std::string code_;
  [[using declorm: column("owner"), nullable(false), foreign_key("users.id"), on_delete("CASCADE")]]
  std::int64_t owner_ = 0;
  [[using declorm: column, unique]] std::optional<std::string> name;
  [[using declorm: column, numeric(10, 2)]] double price = 0;
  [[using declorm: column, enum_names]] Color color = Color::green;
  [[using declorm: column, server_default("'none'"), index,
    comment("free text")]] std::optional<std::string> note;
  [[using declorm: column, default_value(7)]] std::optional<int> made;
  [[using declorm: column, computed("made + 1")]] std::optional<int> sum;
  [[using declorm: column, sql_type("MONEY")]] std::optional<std::string> odd;
  [[declorm::column]] std::optional<std::string> kept; // nothing is said: nothing changes
};

// A hierarchy in one Table: the subclass's member says something too. And another class on it,
// which says the same.
struct [[using declorm: table_from("animals"), polymorphic_identity("animal")]] Animal {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on, length(12)]] std::string kind;
};
struct [[using declorm: mapped, polymorphic_identity("dog")]] Dog : Animal {
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> owner;
  [[declorm::relationship]] User *user = nullptr;
};
struct [[declorm::table_from("animals")]] AnimalKind {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, length(12)]] std::string kind;
};

// A Table that was reflected.
struct [[declorm::table_from("old")]] Old {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> user_id;
  [[declorm::relationship]] User *user = nullptr;
};

// Wrong ones: their Tables are there only if the argument says so.
struct [[declorm::table_from("disagree")]] Short {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, length(5)]] std::string text;
};
struct [[declorm::table_from("disagree")]] Long {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, length(50)]] std::string text;
};
struct [[declorm::table_from("keys")]] ToUsers {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> to;
};
struct [[declorm::table_from("keys")]] ToHandles {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id"),
    on_delete("CASCADE")]] std::optional<std::int64_t> to;
};
struct [[declorm::table_from("unfit")]] Unfit {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t data = 0;
};
struct [[declorm::table_from("ordered")]] Ordered {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, sort_order(-1)]] std::string text;
};
static Table &make_both(MetaData &metadata);
struct [[declorm::table_from(&make_both)]] Both {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
#ifdef UNION
  [[using declorm: column, length(5)]] std::optional<std::string> text;
#else
  [[declorm::column]] std::optional<std::string> text;
#endif
};
static Table &make_both(MetaData &metadata) {
  const auto part = [&](const char *name) -> Table & {
    return metadata.add_table(name, Column("id", declorm::Integer, declorm::primary_key),
                              Column("text", declorm::String));
  };
  return declorm::polymorphic_union({{"a", part("part_a")}, {"b", part("part_b")}}, "type", "both");
}

static void show_table(const char *name) {
  const Table &table = declorm::metadata().table(name);
  std::string sql = declorm::create_sql(table, declorm::dialect("sqlite"));
  if (const std::size_t at = sql.find("COLLATE \"C\""); at != std::string::npos)
    sql.replace(at, 11, "COLLATE \"NOCASE\"");
  std::cout << sql << std::endl;
  for (const declorm::Index &index : table.indexes())
    std::cout << declorm::create_sql(table, index, declorm::dialect("sqlite")) << std::endl;
}

int main([[maybe_unused]] int argc, [[maybe_unused]] char **argv) {
  declorm::Engine engine = test::open_database();
#ifdef UNION
  // UNION: ArgumentError: class 'Both' ({{.*}}), member 'text' says length(5), but 'both' is a union of other tables, and they say what its columns are; say it there
  test::attempt([] { declorm::metadata(); });
#else
  MetaData &metadata = declorm::metadata();
  const auto id = [] { return Column("id", declorm::Integer, declorm::primary_key); };
  if (argc > 1) {
    metadata.add_table(argv[1], id(), Column("text", declorm::String),
                       Column("to", declorm::Integer), Column("data", declorm::LargeBinary));
    // DISAGREE: ArgumentError: class 'Short' ({{.*}}), member 'text' says length(5) of column 'text' of table 'disagree', and class 'Long' ({{.*}}), member 'text' says length(50); both are mapped to that table, and must agree
    // KEYS: ArgumentError: class 'ToUsers' ({{.*}}), member 'to' says foreign_key("users.id") of column 'to' of table 'keys', and class 'ToHandles' ({{.*}}), member 'to' says foreign_key("users.id"), on_delete("CASCADE"); both are mapped to that table, and must agree
    // UNFIT: ArgumentError: class 'Unfit' ({{.*}}), member 'data' of type {{.*}} cannot hold what column 'data' of table 'unfit' does, which is of type BLOB; give the member a type that can, or say with sql_type("…") how the column is to be read
    // ORDERED: ArgumentError: class 'Ordered' ({{.*}}), member 'text': sort_order has no effect, because table 'ordered' says in which order its columns come; take it out
    test::attempt([&] { declorm::metadata(); });
    return 0;
  }
  metadata.add_table("handles", id(), Column("user_id", declorm::Integer));
  metadata.add_table("animals", id(), Column("kind", declorm::String),
                     Column("owner", declorm::Integer));
  engine.begin([](declorm::Connection &connection) {
    connection.execute("CREATE TABLE old (id " + test::counted_key() + ", user_id INTEGER)");
  });
  metadata.reflect(engine, {.only = {"old"}});
  declorm::metadata().create_all(engine);

  declorm::Session session(engine);
  User &user = session.emplace<User>();
  Handle &handle = session.emplace<Handle>();
  handle.user = &user;
  session.emplace<Dog>().user = &user;
  session.emplace<Old>().user = &user;
  Item &item = session.emplace<Item>("a", 1);
  session.flush();
  // CHECK: joined: 1 1 1
  std::cout << "joined: " << *handle.user_id << ' '
            << session.query<Dog>().join<&Dog::user>().filter(col<&User::id> == 1).count() << ' '
            << session.query<Old>().join<&Old::user>().count() << std::endl;
  // CHECK-NEXT: row: 'a' 1 'nobody' price 'green' 'none' 7 8 NULL NULL 0
  std::cout << "row:";
  const declorm::Row row = session.execute("SELECT * FROM items").one();
  for (const declorm::Value &value : row.values())
    std::cout << ' ' << (&value == &row.values()[3] ? "price" : value.to_string());
  std::cout << ' ' << row["price"].as<double>() << std::endl;
  (void)item;
  session.commit();
  for (const char *name : {"handles", "items", "animals"})
    show_table(name);
  for (const declorm::Difference &difference : declorm::metadata().compare(engine))
    std::cout << to_string(difference) << std::endl;
  std::cout << declorm::metadata().table("items").column("note").comment() << ", "
            << declorm::metadata().table("items").comment() << std::endl;
#endif
}

// CHECK-NEXT: CREATE TABLE handles (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	user_id INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(user_id) REFERENCES users (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE items (
// CHECK-NEXT: 	code VARCHAR(8) NOT NULL,
// CHECK-NEXT: 	owner INTEGER NOT NULL,
// CHECK-NEXT: 	name VARCHAR(50) COLLATE "NOCASE",
// CHECK-NEXT: 	price NUMERIC(10, 2),
// CHECK-NEXT: 	color VARCHAR(10),
// CHECK-NEXT: 	note VARCHAR DEFAULT 'none',
// CHECK-NEXT: 	made INTEGER,
// CHECK-NEXT: 	sum INTEGER GENERATED ALWAYS AS (made + 1),
// CHECK-NEXT: 	odd MONEY,
// CHECK-NEXT: 	kept TEXT,
// CHECK-NEXT: 	PRIMARY KEY (code),
// CHECK-NEXT: 	CONSTRAINT uq UNIQUE (name, owner),
// CHECK-NEXT: 	FOREIGN KEY(owner) REFERENCES users (id) ON DELETE CASCADE,
// CHECK-NEXT: 	UNIQUE (name)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE INDEX ix_items_note ON items (note)
// CHECK-NEXT: CREATE INDEX ix_made ON items (made)
// CHECK-NEXT: CREATE TABLE animals (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	kind VARCHAR(12),
// CHECK-NEXT: 	owner INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(owner) REFERENCES users (id)
// CHECK-NEXT: )
// CHECK-NEXT: the foreign key of old (user_id) to users (id) is declared, and not in the database
// CHECK-NEXT: free text, what is sold
