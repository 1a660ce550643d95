// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Where annotations may stand.

enum [[declorm::table("x")]] E { // expected-error {{'declorm::table' goes on a class, not on an enum}}
  e [[declorm::column]]          // expected-error {{'declorm::column' goes on a data member or a member function, not on an enumerator}}
};
union [[declorm::table("x")]] U { // expected-error {{'declorm::table' goes on a class, not on a union}}
  int a;
};
[[declorm::table("x")]] void f(int p [[declorm::column]]); // expected-error {{'declorm::table' goes on a class, not on a function outside a class}} \
                                                           // expected-error {{'declorm::column' goes on a data member or a member function, not on a parameter}}
[[declorm::column]] int v; // expected-error {{'declorm::column' goes on a data member or a member function, not on a variable}}
namespace [[declorm::table]] n {} // expected-error {{'declorm::table' goes on a class, not on a namespace}}
using A [[declorm::table]] = int; // expected-error {{'declorm::table' goes on a class, not on a type alias}}

struct [[declorm::relationship]] S { // expected-error {{'declorm::relationship' goes on a data member, not on a class}}
  [[declorm::table]] int table;      // expected-error {{'declorm::table' goes on a class, not on a data member}}
  [[declorm::column]] static int s;  // expected-error {{'declorm::column' goes on a data member or a member function, not on a static data member}}
  [[declorm::relationship]] int r(); // expected-error {{'declorm::relationship' goes on a data member, not on a member function}}
  [[declorm::declare_last]] void d(); // expected-error {{'declorm::declare_last' goes on a static member function, not on a member function}}
  template <class T> [[declorm::validates("a")]] void t(); // expected-error {{not on a member function template}}
};

void g() {
  [[declorm::table]]; // expected-error {{'declorm::table' goes on a class, not on a statement}}
}

// A class says what it is in one place.
struct [[declorm::table("x")]] Forward; // expected-error {{'declorm::table' must stand on the definition of 'Forward'}}
struct Forward {};
struct Defined {};                      // expected-note {{the definition is here}}
struct [[declorm::table("x")]] Defined; // expected-error {{'declorm::table' must stand on the definition of 'Defined'}}

// Without the namespace they mean nothing.
struct [[table("x")]] Bare {}; // expected-warning {{unknown attribute 'table' ignored}}
