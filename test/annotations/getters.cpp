// What options of columns make of the table where a getter and a setter stand for the member.
#include "effects.h"

enum class Colour { red, green };

struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
class [[declorm::table("children")]] Child {
  std::int64_t number = 0;
  std::optional<std::int64_t> parent;
  std::optional<int> maybe;
  double real = 0;
  std::string text;
  Colour paint = Colour::red;

  [[using declorm: column, /*method*/ primary_key]] std::int64_t id() const { return number; }
  void set_id(std::int64_t value) { number = value; }
  [[using declorm: column, primary_key]] std::int64_t other() const { return number; }
  void set_other(std::int64_t value) { number = value; }
  [[declorm::/*method*/ column]] std::int64_t plain() const { return number; }
  void set_plain(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ unique]] std::int64_t u() const { return number; }
  void set_u(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ index]] std::int64_t i() const { return number; }
  void set_i(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ length(20)]] const std::string &l() const { return text; }
  void set_l(const std::string &value) { text = value; }
  [[using declorm: column, /*method*/ numeric(8, 2)]] double n() const { return real; }
  void set_n(double value) { real = value; }
  [[using declorm: column, /*method*/ sql_type("TINYINT")]] std::int64_t t() const {
    return number;
  }
  void set_t(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ server_default("7")]] std::optional<int> d() const {
    return maybe;
  }
  void set_d(std::optional<int> value) { maybe = value; }
  [[using declorm: column, /*method!*/ computed("u + 1"), /*method*/ stored]] std::int64_t
  c() const {
    return number;
  }
  void set_c(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ foreign_key("parents.id")]]
  std::optional<std::int64_t> f() const {
    return parent;
  }
  void set_f(std::optional<std::int64_t> value) { parent = value; }
  [[using declorm: column, foreign_key("parents.id"), /*method*/ on_delete("SET NULL"),
    /*method*/ on_update("CASCADE"), /*method*/ deferrable]]
  std::optional<std::int64_t> g() const {
    return parent;
  }
  void set_g(std::optional<std::int64_t> value) { parent = value; }
  [[using declorm: column, /*method*/ nullable(false), server_default("1")]]
  std::optional<int> m() const {
    return maybe;
  }
  void set_m(std::optional<int> value) { maybe = value; }
  [[using declorm: column, /*method*/ enum_names]] Colour colour() const { return paint; }
  void set_colour(Colour value) { paint = value; }
  [[using declorm: column, /*method*/ comment("what it is")]] std::int64_t w() const {
    return number;
  }
  void set_w(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ sort_order(-1)]] std::int64_t first() const { return number; }
  void set_first(std::int64_t value) { number = value; }
};

int main() {
  test::create_traced();
  std::cout << declorm::table_of<Child>().column("w").comment() << std::endl;
}

// CHECK: > CREATE TABLE children ( first INTEGER NOT NULL, id INTEGER NOT NULL, other INTEGER NOT NULL, plain INTEGER NOT NULL, u INTEGER NOT NULL, i INTEGER NOT NULL, l VARCHAR(20) NOT NULL, n NUMERIC(8, 2) NOT NULL, t TINYINT NOT NULL, d INTEGER DEFAULT 7, c INTEGER NOT NULL GENERATED ALWAYS AS (u + 1) STORED, f INTEGER, g INTEGER, m INTEGER DEFAULT 1 NOT NULL, colour VARCHAR(5) NOT NULL, w INTEGER NOT NULL, PRIMARY KEY (id, other), UNIQUE (u), FOREIGN KEY(f) REFERENCES parents (id), FOREIGN KEY(g) REFERENCES parents (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED ) --
// CHECK-NEXT: > CREATE INDEX ix_children_i ON children (i) --
// CHECK-NEXT: what it is
