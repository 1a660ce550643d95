// Options on the members of a value class are those of the columns of the class that holds it.
// clang-format off: RUN lines are long.
// RUN: %declorm_clang -fsyntax-only -fplugin-arg-declorm-print-ddl=sqlite %s | FileCheck %s --check-prefix=DDL
// clang-format on
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

static int seven() { return 7; }
enum class Kind { small, big };

struct Made {
  [[using declorm: column, sort_order(-5)]] int first = 0;
  [[using declorm: column, primary_key]] std::int64_t key = 0;
  [[using declorm: column, default_value(3)]] std::optional<int> value{};
  [[using declorm: column, default_value(&seven)]] std::optional<int> function{};
  [[using declorm: column, onupdate(&seven)]] std::optional<int> updated{};
  [[using declorm: column, unset(-1), server_default("9")]] int unset = -1;
  [[using declorm: column, unique, index, length(8)]] std::string text;
  [[using declorm: column, computed("at_in_key + 1")]] std::int64_t computed = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[using declorm: column, null_value(-1)]] int null = -1;
  [[using declorm: column, enum_names]] Kind size = Kind::big;

  // A default that the value class makes itself: also for a value within a value.
  [[declorm::column]] std::optional<int> own{};
  [[declorm::default_for("own")]] static std::optional<int> make_own() { return 11; }
};
struct Outer {
  [[declorm::column]] std::optional<int> own{5};
  [[declorm::composite("in_")]] Made made{};
};
struct [[using declorm: table("things"), polymorphic_identity("thing")]] Thing {
  [[declorm::composite("at_")]] Outer outer{};
  [[declorm::column]] int n = 0;
};
struct [[using declorm: mapped, polymorphic_identity("special")]] Special : Thing {};
static void show(const Thing &thing) {
  const Made &made = thing.outer.made;
  std::cout << made.key << ' ' << made.value.value_or(0) << ' ' << made.function.value_or(0) << ' '
            << made.updated.value_or(0) << ' ' << made.unset << ' ' << made.text << ' '
            << made.computed << ' ' << made.kind << ' ' << made.own.value_or(0) << std::endl;
}

int main() {
  const declorm::Engine engine = test::open_database();

  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    Thing &thing = session.add(Thing{});
    thing.outer.made.key = 5;
    thing.outer.made.text = "a";
    Special &special = session.add(Special{});
    special.outer.made.key = 6;
    special.outer.made.own = 12;
    session.commit();
    thing.n = 1;
    session.commit();
  }
  declorm::Session session(engine);
  for (const Thing &thing : session.query<Thing>().order_by(declorm::attr<Thing>("outer.made.key")))
    show(thing);
}

// DDL: CREATE TABLE things (
// DDL-NEXT: at_in_first INTEGER NOT NULL,
// DDL-NEXT: at_own INTEGER,
// DDL-NEXT: at_in_key INTEGER NOT NULL,
// DDL-NEXT: at_in_value INTEGER,
// DDL-NEXT: at_in_function INTEGER,
// DDL-NEXT: at_in_updated INTEGER,
// DDL-NEXT: at_in_unset INTEGER DEFAULT 9 NOT NULL,
// DDL-NEXT: at_in_text VARCHAR(8) NOT NULL,
// DDL-NEXT: at_in_computed INTEGER NOT NULL GENERATED ALWAYS AS (at_in_key + 1),
// DDL-NEXT: at_in_kind VARCHAR NOT NULL,
// DDL-NEXT: at_in_null INTEGER,
// DDL-NEXT: at_in_size VARCHAR(5) NOT NULL,
// DDL-NEXT: at_in_own INTEGER,
// DDL-NEXT: n INTEGER NOT NULL,
// DDL-NEXT: PRIMARY KEY (at_in_key)
// DDL: CREATE UNIQUE INDEX ix_things_at_in_text ON things (at_in_text)

// CHECK: 5 3 7 7 9 a 6 thing 11
// CHECK-NEXT: 6 3 7 0 9  7 special 12
