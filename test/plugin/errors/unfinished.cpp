// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// What is not implemented yet: where arguments decide it, and behind wrong places and arguments.
// test/plugin/vocabulary.test tries every annotation.

#include <cstdint>
#include <string>
#include <vector>

int make();
// Places and arguments come first.
struct [[declorm::version_id]] A {}; // expected-error {{'declorm::version_id' takes a string; got nothing}}
struct [[using declorm: table("c"), declare_first]] C { // expected-error {{'declorm::declare_first' goes on a static member function, not on a class}}
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, deferred(1)]] int w = 0; // expected-error {{'declorm::deferred' takes at most one string; got an integer}}
  [[declorm::deferred]] int x = 0; // expected-error {{'declorm::deferred' needs 'declorm::column' or 'declorm::column_property' beside it}}
private:
  [[declorm::association_proxy]] int proxied(); // expected-error {{'declorm::association_proxy' is not implemented yet: it has no effect, remove it}}
  [[declorm::elements("names")]] std::vector<std::string> names; // expected-error {{'declorm::elements' is not implemented yet: it has no effect, remove it}}
};

// One form of the arguments, also where a template's parameter decides it; each is said once.
template <auto F> struct [[using declorm: table("d"), inherit_condition(F)]] D : C {}; // expected-error 1 {{'declorm::inherit_condition' with a function is not implemented yet: it has no effect, remove it}}
template struct D<&make>;
template <auto F> struct [[using declorm: table("e"), inherit_condition(&make), allow("table-conflict")]] E : C {}; // expected-error 1 {{'declorm::inherit_condition' with a function is not implemented yet: it has no effect, remove it}}
template struct E<1>;
template struct E<2>;
