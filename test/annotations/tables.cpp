// What annotations of classes make of their tables.
#include "effects.h"

struct [[using declorm: /*class*/ table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t a = 0, b = 0;
};
struct [[using declorm: table("children"), /*class*/ index({"x"}),
         /*class*/ unique_index("ux", {"y"}), /*class*/ unique_constraint({"x", "y"}),
         /*class*/ primary_key_constraint("pk", {"k"}),
         /*class*/ foreign_key_constraint({"x", "y"}, {"parents.a", "parents.b"}),
         /*class*/ check_constraint("x > 0"), /*class*/ table_option("sqlite_with_rowid", "false"),
         unique_index("ux_part", {"x", "-y", "k DESC"}, "x > y"), index({"y"}, "x IS NOT NULL"),
         foreign_key_constraint("late", {"y", "x"}, {"parents.a", "parents.b"}, "cascade",
                                "deferrable"),
         /*class*/ comment("about children"), /*class*/ info("since", "2.1")]] Child {
  [[using declorm: column, primary_key]] std::int64_t k = 0;
  [[declorm::column]] std::int64_t x = 0, y = 0;
};

// A hierarchy in one table, named once; below it, classes with and without a table.
struct [[using declorm: /*class*/ table_name("the_{class:lower}s"), polymorphic_on("kind"),
         polymorphic_identity("{class:lower}")]] Named {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[declorm::table]] Animal : Named {};
struct [[declorm::/*class*/ no_table]] Cat : Animal {
  [[declorm::column]] std::optional<int> lives;
};
struct [[using declorm: /*class*/ mapped]] Dog : Animal {
  [[declorm::column]] std::optional<std::string> bark;
};
struct [[using declorm: table_name("old_{class:lower}"), /*class*/ root_only,
         polymorphic_on("kind"), polymorphic_identity("{class:lower}")]] Rooted {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[declorm::table]] Plant : Rooted {};
struct [[declorm::table]] Tree : Plant {
  [[declorm::column]] std::optional<int> rings;
};
struct [[using declorm: table("elsewhere"), /*class*/ metadata("other")]] Elsewhere {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

int main() {
  test::create_traced();
  const declorm::Table &children = declorm::table_of<Child>();
  std::cout << children.comment();
  for (const auto &[key, value] : children.info())
    std::cout << ", " << key << " " << value;
  std::cout << std::endl;
  for (const declorm::Table *table : declorm::metadata("other").tables())
    std::cout << "other: " << table->name() << std::endl;
}

// CHECK: > CREATE TABLE the_animals ( id INTEGER NOT NULL, kind VARCHAR NOT NULL, lives INTEGER, bark VARCHAR, PRIMARY KEY (id) ) --
// CHECK-NEXT: > CREATE TABLE parents ( a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) ) --
// CHECK-NEXT: > CREATE TABLE children ( k INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, CONSTRAINT pk PRIMARY KEY (k), UNIQUE (x, y), FOREIGN KEY(x, y) REFERENCES parents (a, b), CHECK (x > 0), CONSTRAINT late FOREIGN KEY(y, x) REFERENCES parents (a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED ) WITHOUT ROWID --
// CHECK-NEXT: > CREATE INDEX ix_children_x ON children (x) --
// CHECK-NEXT: > CREATE UNIQUE INDEX ux ON children (y) --
// CHECK-NEXT: > CREATE UNIQUE INDEX ux_part ON children (x, -y, k DESC) WHERE x > y --
// CHECK-NEXT: > CREATE INDEX ix_children_y ON children (y) WHERE x IS NOT NULL --
// CHECK-NEXT: > CREATE TABLE old_plant ( id INTEGER NOT NULL, kind VARCHAR NOT NULL, rings INTEGER, PRIMARY KEY (id) ) --
// CHECK-NEXT: about children, since 2.1
// CHECK-NEXT: other: elsewhere
