// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// Functions that make conditions and orders return just that, and are called with nothing.
#include <declorm/declorm.h>

#include <cstdint>
#include <optional>
#include <vector>

int number();
void nothing();
using Condition = declorm::Expression<bool>;
Condition join();
const Condition constant();
const Condition &referred();
Condition of_one(int);
Condition may_take(int = 1);
declorm::Expression<int> of_int();
std::vector<declorm::Ordering> order();
std::vector<int> numbers();
Condition overloaded();
int overloaded(int);
struct Has {
  static Condition shared();
  Condition member();
private:
  static Condition own(); // expected-note {{declared private here}}
};

struct [[declorm::table("roots")]] Root { [[using declorm: column, primary_key]] std::int64_t id = 0; };
#define KEY [[using declorm: column, primary_key, foreign_key("roots.id")]] std::int64_t own_id = 0
struct [[using declorm: table("t1"), inherit_condition(&join)]] T1 : Root { KEY; };
struct [[using declorm: table("t2"), inherit_condition(Has::shared)]] T2 : Root { KEY; };
struct [[using declorm: table("t3"), inherit_condition(&overloaded)]] T3 : Root { KEY; };
struct [[using declorm: table("t4"), inherit_condition(&number)]] T4 : Root { KEY; };   // expected-error {{'declorm::inherit_condition': 'number' returns 'int', and is to return a 'declorm::Expression<bool>'}}
struct [[using declorm: table("t5"), inherit_condition(&nothing)]] T5 : Root { KEY; };  // expected-error {{'declorm::inherit_condition': 'nothing' returns 'void', and is to return a 'declorm::Expression<bool>'}}
struct [[using declorm: table("t6"), inherit_condition(&of_one)]] T6 : Root { KEY; };   // expected-error {{'declorm::inherit_condition' needs a function without parameters; 'of_one' has 1}}
struct [[using declorm: table("t7"), inherit_condition(&may_take)]] T7 : Root { KEY; }; // expected-error {{'declorm::inherit_condition' needs a function without parameters; 'may_take' has 1}}
struct [[using declorm: table("t8"), inherit_condition(&of_int)]] T8 : Root { KEY; };   // expected-error {{'of_int' returns 'declorm::Expression<int>', and is to return a 'declorm::Expression<bool>'}}
struct [[using declorm: table("t9"), inherit_condition(&order)]] T9 : Root { KEY; };    // expected-error {{and is to return a 'declorm::Expression<bool>'}}
struct [[using declorm: table("t10"), inherit_condition(&referred)]] T10 : Root { KEY; }; // expected-error {{'referred' returns 'const Condition &' (aka 'const Expression<bool> &'), and is to return a 'declorm::Expression<bool>'}}
struct [[using declorm: table("t11"), inherit_condition(&constant)]] T11 : Root { KEY; };
struct [[using declorm: table("t12"), inherit_condition(&Has::member)]] T12 : Root { KEY; }; // expected-error {{'declorm::inherit_condition' takes a string, or a function; got something else}}
struct [[using declorm: table("t13"), inherit_condition(&Has::own)]] T13 : Root { KEY; }; // expected-error {{'own' is a private member of 'Has'}}
struct [[using declorm: table("t14"), inherit_condition(1)]] T14 : Root { KEY; }; // expected-error {{'declorm::inherit_condition' takes a string, or a function; got an integer}}

// A template's parameter decides it.
template <auto F> struct [[using declorm: table("t15"), inherit_condition(F)]] T15 : Root { KEY; }; // expected-error {{'declorm::inherit_condition': 'number' returns 'int'}}
template struct T15<&number>;

// Where there is nothing to join.
struct [[using declorm: table("t16"), inherit_condition(&join)]] T16 { KEY; }; // expected-error {{inherit_condition on class 'T16', which derives from no mapped class: there is nothing to join; leave it out}}
struct [[using declorm: table("t17"), concrete, inherit_condition(&join)]] T17 : Root { KEY; }; // expected-error {{inherit_condition on class 'T17', which is concrete: there is nothing to join; leave it out}}

// The same of relationships.
struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, viewonly, primaryjoin(&join), order_by(&order)]] std::vector<Child *> right;
  [[using declorm: relationship, viewonly, primaryjoin(&number)]] std::vector<Child *> a;    // expected-error {{'declorm::primaryjoin': 'number' returns 'int', and is to return a 'declorm::Expression<bool>'}}
  [[using declorm: relationship, viewonly, primaryjoin(&of_one)]] std::vector<Child *> b;    // expected-error {{'declorm::primaryjoin' needs a function without parameters; 'of_one' has 1}}
  [[using declorm: relationship, viewonly, order_by(&numbers)]] std::vector<Child *> c;      // expected-error {{'declorm::order_by': 'numbers' returns 'std::vector<int>', and is to return a 'std::vector<declorm::Ordering>'}}
  [[using declorm: relationship, viewonly, order_by(&join)]] std::vector<Child *> d;         // expected-error {{'declorm::order_by': 'join' returns 'Condition' (aka 'Expression<bool>'), and is to return a 'std::vector<declorm::Ordering>'}}
  [[using declorm: relationship, viewonly, secondary("links"), secondaryjoin(&order)]] std::vector<Child *> e; // expected-error {{'declorm::secondaryjoin': 'order' returns 'std::vector<declorm::Ordering>'}}
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<std::int64_t> parent_id;
};
struct [[declorm::table("links")]] Link {
  [[using declorm: column, primary_key, foreign_key("parents.id")]] std::int64_t parent_id = 0;
  [[using declorm: column, primary_key, foreign_key("children.id")]] std::int64_t child_id = 0;
};
