// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Options beside the construct they belong to, and on types they fit.

#include <optional>
#include <string>

struct [[using declorm: table("t")]] A {
  [[declorm::primary_key]] int a;                // expected-error {{'declorm::primary_key' needs 'declorm::column' beside it}}
  [[using declorm: column, back_populates("x")]] int b; // expected-error {{'declorm::back_populates' needs 'declorm::relationship' beside it}}
  [[using declorm: column, on_delete("CASCADE")]] int c; // expected-error {{'declorm::on_delete' needs 'declorm::foreign_key' beside it}}
  [[declorm::deferred]] int d;                   // expected-error {{'declorm::deferred' needs 'declorm::column' or 'declorm::column_property' beside it}}
  [[using declorm: length(3), column]] int e;    // expected-error {{'declorm::length' needs a string or bytes; 'e' is 'int'}}
  [[using declorm: length(3), column]] std::string f;
};
enum class Colour { red };
struct Value {
  [[using declorm: column, enum_names]] bool g;    // expected-error {{'declorm::enum_names' needs an enum with enumerators; 'g' is 'bool'}}
};
struct [[declorm::table("enums")]] Enums {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, enum_names]] int a = 0; // expected-error {{'declorm::enum_names' needs an enum with enumerators; 'a' is 'int'}}
  [[using declorm: column, enum_names]] Colour b = Colour::red;
  [[using declorm: column, enum_names]] std::optional<Colour> c;
  [[declorm::composite]] Value value;
private:
  [[using declorm: column, enum_names]] std::optional<std::string> d; // expected-error {{'declorm::enum_names' needs an enum with enumerators; 'd' is 'std::optional<std::string>'}}
  [[using declorm: column, enum_names]] int e() const { return 0; }   // expected-error {{'declorm::enum_names' needs an enum with enumerators; 'e' is 'int'}}
  void set_e(int);
};
struct [[declorm::root_only]] B {}; // expected-error {{'declorm::root_only' needs 'declorm::table_name' beside it}}

// Templates that are never instantiated, too; instantiations say it once.
template <class T> struct [[using declorm: table("c"), allow("table-conflict")]] C {
  [[declorm::primary_key]] T id; // expected-error {{'declorm::primary_key' needs 'declorm::column' beside it}}
  [[using declorm: column, length(T(2))]] std::string text; // expected-error {{'declorm::length' takes an integer; in 'C<double>' it got a floating-point number}}
};
C<int> c;
C<double> d;
