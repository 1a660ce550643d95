// What options of columns make of the table.
#include "effects.h"

enum class Colour { red, green };

struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, /*field*/ primary_key]] std::int64_t id = 0;
  [[using declorm: column, primary_key]] std::int64_t other = 0;
  [[declorm::/*field*/ column]] int plain = 0;
  [[using declorm: column, /*field*/ unique]] int u = 0;
  [[using declorm: column, /*field*/ index]] int i = 0;
  [[using declorm: column, /*field*/ length(20)]] std::string l;
  [[using declorm: column, /*field*/ numeric(8, 2)]] double n = 0;
  [[using declorm: column, /*field*/ sql_type("TINYINT")]] int t = 0;
  [[using declorm: column, /*field*/ server_default("7")]] std::optional<int> d;
  [[using declorm: column, /*field!*/ computed("u + 1"), /*field*/ stored]] int c = 0;
  [[using declorm: column, /*field*/ foreign_key("parents.id")]] std::optional<std::int64_t> f;
  [[using declorm: column, foreign_key("parents.id"), /*field*/ on_delete("SET NULL"),
    /*field*/ on_update("CASCADE"), /*field*/ deferrable]] std::optional<std::int64_t> g;
  [[using declorm: column, /*field*/ nullable(false), server_default("1")]] std::optional<int> m;
  [[using declorm: column, /*field*/ enum_names]] Colour colour = Colour::red;
  [[using declorm: column, /*field*/ comment("what it is")]] int w = 0;
  [[using declorm: column, /*field*/ sort_order(-1)]] int first = 0;
};

int main() {
  test::create_traced();
  std::cout << declorm::table_of<Child>().column("w").comment() << std::endl;
}

// CHECK: > CREATE TABLE children ( first INTEGER NOT NULL, id INTEGER NOT NULL, other INTEGER NOT NULL, plain INTEGER NOT NULL, u INTEGER NOT NULL, i INTEGER NOT NULL, l VARCHAR(20) NOT NULL, n NUMERIC(8, 2) NOT NULL, t TINYINT NOT NULL, d INTEGER DEFAULT 7, c INTEGER NOT NULL GENERATED ALWAYS AS (u + 1) STORED, f INTEGER, g INTEGER, m INTEGER DEFAULT 1 NOT NULL, colour VARCHAR(5) NOT NULL, w INTEGER NOT NULL, PRIMARY KEY (id, other), UNIQUE (u), FOREIGN KEY(f) REFERENCES parents (id), FOREIGN KEY(g) REFERENCES parents (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED ) --
// CHECK-NEXT: > CREATE INDEX ix_children_i ON children (i) --
// CHECK-NEXT: what it is
