// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// What is not implemented yet, and wrong places and arguments beside it.
// test/plugin/vocabulary.test tries every annotation.

#include <cstdint>
#include <string>
#include <vector>

// Places and arguments come first.
struct [[declorm::version_id]] A {}; // expected-error {{'declorm::version_id' takes a string; got nothing}}
struct [[using declorm: table("c"), declare_first]] C { // expected-error {{'declorm::declare_first' goes on a static member function, not on a class}}
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, deferred(1)]] int w = 0; // expected-error {{'declorm::deferred' takes at most one string; got an integer}}
  [[declorm::deferred]] int x = 0; // expected-error {{'declorm::deferred' needs 'declorm::column' or 'declorm::column_property' beside it}}
private:
  [[declorm::elements("names")]] std::vector<std::string> names; // expected-error {{'declorm::elements' is not implemented yet: it has no effect, remove it}}
};
