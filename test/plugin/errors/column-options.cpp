// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Options of a column that contradict each other or can have no effect.

#include <optional>
#include <string>

int now();
using N = std::optional<int>;
struct [[declorm::table("a")]] A {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, computed("id"), autoincrement]] N a; // expected-error {{'autoincrement' on member 'a' of class 'A' contradicts 'computed': the database computes the column, and nothing is written to it; leave one of the two out}} expected-note {{'computed' is here}} expected-error {{'autoincrement' on member 'a' of class 'A' has no effect}}
  [[using declorm: column, computed("id"), default_value(3)]] N b; // expected-error {{'default_value' on member 'b' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, computed("id"), default_sql("3")]] N c; // expected-error {{'default_sql' on member 'c' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, computed("id"), server_default("3")]] N d; // expected-error {{'server_default' on member 'd' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, computed("id"), onupdate(3)]] N e; // expected-error {{'onupdate' on member 'e' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, computed("id"), onupdate_sql("3")]] N f; // expected-error {{'onupdate_sql' on member 'f' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, computed("id"), unset(3)]] int g; // expected-error {{'unset' on member 'g' of class 'A' contradicts 'computed'}} expected-note {{'computed' is here}}
  [[using declorm: column, onupdate(&now), onupdate_sql("3")]] N h; // expected-error {{'onupdate_sql' on member 'h' of class 'A' contradicts 'onupdate': a changed row gets one of the two; leave one of the two out}} expected-note {{'onupdate' is here}}
  [[using declorm: column, default_value(&now), default_sql("3")]] N i; // expected-error {{'default_sql' on member 'i' of class 'A' contradicts 'default_value': a new row gets one of the two; leave one of the two out}} expected-note {{'default_value' is here}}
  [[using declorm: column, sql_type("VARCHAR(20)"), length(20)]] std::string j; // expected-error {{'length' on member 'j' of class 'A' contradicts 'sql_type': sql_type is the whole type, word for word; leave one of the two out}} expected-note {{'sql_type' is here}}
  [[using declorm: column, sql_type("NUMERIC"), numeric(3, 2)]] double k; // expected-error {{'numeric' on member 'k' of class 'A' contradicts 'sql_type'}} expected-note {{'sql_type' is here}}
  [[using declorm: column, computed("id")]] N l; // expected-error@-0 {{'computed' on member 'l' of class 'A' contradicts the function that is its default: the database computes the column, and nothing is written to it; leave one of the two out}}
  [[declorm::default_for("l")]] static int make_l();
  [[using declorm: column, default_sql("1")]] N m; // expected-error {{'default_sql' on member 'm' of class 'A' contradicts the function that is its default: a new row gets one of the two; leave one of the two out}}
  [[declorm::default_for("m")]] static int make_m();
  [[using declorm: column, unset(-1)]] int n = -1; // expected-error {{'unset' on member 'n' of class 'A' has no effect: the value means "not given", and nothing says what a new row gets then; add default_value, default_sql or server_default, or use null_value(v) if the value stands for NULL}}
  [[using declorm: column, default_sql("7")]] int o = 0; // expected-error {{default_sql on member 'o' of class 'A', of type 'int', would never be used, because a plain member always has a value; give the member an initialiser instead, make it a std::optional, or name the value that means "not given" with unset(v)}}
  [[using declorm: column, comparison("lower({left}) = lower({right})")]] std::string p; // expected-error {{in 'declorm::comparison': '{op}' is missing: it is written as "lower({left}) {op} lower({right})"}}
  [[using declorm: column, comparison("lower({left}) {op} 'x'")]] std::string q; // expected-error {{in 'declorm::comparison': '{right}' is missing}}
  [[using declorm: column, comparison("'{left}' {op} {right}")]] std::string r; // expected-error {{in 'declorm::comparison': '{left}' is missing}}
};

// What is right beside them.
struct [[declorm::table("b")]] B {
  [[using declorm: column, primary_key, unset(-1)]] int id = -1;
  [[using declorm: column, unset(-1), server_default("3")]] int a = -1;
  [[using declorm: column, unset(-1), default_sql("3")]] int b = -1;
  [[using declorm: column, unset(-1), default_value(3)]] int c = -1;
  [[using declorm: column, unset(-1)]] int d = -1;
  [[declorm::default_for("d")]] static int make_d();
  [[using declorm: column, default_value(3), server_default("4"), onupdate_sql("5")]] N e;
  [[using declorm: column, computed("id"), stored, comment("c"), index]] int f = 0;
};
