// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Options beside the construct they belong to, and on types they fit.

#include <string>

struct [[using declorm: table("t")]] A {
  [[declorm::primary_key]] int a;                // expected-error {{'declorm::primary_key' needs 'declorm::column' beside it}}
  [[using declorm: column, back_populates("x")]] int b; // expected-error {{'declorm::back_populates' needs 'declorm::relationship' beside it}}
  [[using declorm: column, on_delete("CASCADE")]] int c; // expected-error {{'declorm::on_delete' needs 'declorm::foreign_key' beside it}}
  [[declorm::deferred]] int d;                   // expected-error {{'declorm::deferred' needs 'declorm::column' or 'declorm::column_property' beside it}}
  [[using declorm: length(3), column]] int e;    // expected-error {{'declorm::length' needs a string or bytes; 'e' is 'int'}}
  [[using declorm: length(3), column]] std::string f;
};
struct [[declorm::root_only]] B {}; // expected-error {{'declorm::root_only' needs 'declorm::table_name' beside it}}

// Templates that are never instantiated, too; instantiations say it once.
template <class T> struct [[declorm::table("t")]] C {
  [[declorm::primary_key]] T id; // expected-error {{'declorm::primary_key' needs 'declorm::column' beside it}}
  [[using declorm: column, length(T(2))]] std::string text; // expected-error {{'declorm::length' takes an integer; in 'C<double>' it got a floating-point number}}
};
C<int> c;
C<double> d;
