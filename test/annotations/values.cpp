// What options of columns make of the values that are written and read.
#include "effects.h"

enum class Colour { red, green };
static int made() { return 42; }

struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, /*field*/ default_value(5)]] std::optional<int> given;
  [[using declorm: column, /*field*/ default_sql("1 + 2")]] std::optional<int> sum;
  [[using declorm: column, server_default("'none'"), /*field*/ unset("?")]] std::string text = "?";
  [[using declorm: column, /*field*/ onupdate(&made)]] int changed = 0;
  [[using declorm: column, /*field*/ onupdate_sql("1 + 3")]] int counted = 0;
  [[using declorm: column, /*field*/ null_value(-1)]] int none = -1;
  [[using declorm: column, /*field*/ comparison("lower({left}) {op} lower({right})")]]
  std::string name;
  [[declorm::column]] std::optional<int> third;
  [[declorm::/*static*/ default_for("third")]] static int make_third() { return 3; }
};
struct [[declorm::table("numbered")]] Numbered {
  [[using declorm: column, primary_key, /*field*/ autoincrement(false)]] std::int64_t id = 0;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Thing &thing = session.emplace<Thing>();
  thing.name = "Ed";
  // CHECK: > INSERT INTO things (given, sum, changed, counted, none, name, third) VALUES (?, (1 + 2), ?, ?, ?, ?, ?) -- 5 0 0 NULL 'Ed' 3
  session.commit();
  std::cout << "loaded" << std::endl;
  // CHECK-NEXT: loaded
  // CHECK-NEXT: > SELECT {{.*}} WHERE lower(things.name) = lower(?) LIMIT ? -- 'ED' 2
  session.expunge_all();
  Thing &again = session.query<Thing>().filter(col<&Thing::name> == "ED").one();
  // CHECK-NEXT: -1
  std::cout << again.none << std::endl;
  again.given = 6;
  // CHECK-NEXT: > UPDATE things SET given = ?, changed = ?, counted = (1 + 3) WHERE things.id = ? -- 6 42 1
  session.commit();
  // CHECK-NEXT: > INSERT INTO numbered (id) VALUES (?) -- 0
  session.emplace<Numbered>();
  session.commit();
}
