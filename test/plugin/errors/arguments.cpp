// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// How many arguments, and of which kind.

struct [[declorm::table(1)]] A {};             // expected-error {{'declorm::table' takes at most two strings; got an integer}}
struct [[declorm::table("a", "b", "c")]] B {}; // expected-error {{'declorm::table' takes at most two strings; got a string, a string and a string}}
struct [[declorm::comment]] C {};              // expected-error {{'declorm::comment' takes a string; got nothing}}
struct [[declorm::info("a")]] D {};            // expected-error {{'declorm::info' takes two strings; got a string}}
struct [[declorm::index("a")]] I {};           // expected-error {{'declorm::index' takes a list of strings in braces and at most one string, or a string and a list of strings in braces and at most one string; got a string}}
struct [[declorm::index({"a", 1})]] J {};      // expected-error {{got a list of other things}}
struct [[declorm::mapper_primary_key]] K {};   // expected-error {{'declorm::mapper_primary_key' takes one or more strings, or a list of strings in braces; got nothing}}
struct [[declorm::foreign_key_constraint("a", {"b"})]] L {}; // expected-error {{'declorm::foreign_key_constraint' takes two lists of strings in braces and at most three strings, or a string and two lists of strings in braces and at most three strings; got a string and a list of strings in braces}}
struct [[declorm::version_id_generator("x")]] G {}; // expected-error {{'declorm::version_id_generator' takes a function, or true or false; got a string}}

struct M {
  [[using declorm: column, length("a")]] char a[2];      // expected-error {{'declorm::length' takes an integer; got a string}}
  [[using declorm: column, length(1.5)]] char b[2];      // expected-error {{'declorm::length' takes an integer; got a floating-point number}}
  [[using declorm: column, nullable(1)]] char c[2];      // expected-error {{'declorm::nullable' takes true or false; got an integer}}
  [[using declorm: column, numeric(1, 2, 3)]] double d;  // expected-error {{'declorm::numeric' takes an integer and at most one integer; got an integer, an integer and an integer}}
  [[using declorm: column, index({"a"})]] int e;         // expected-error {{'declorm::index' takes no arguments; got a list of strings in braces}}
  [[using declorm: column, primary_key(1)]] int f;       // expected-error {{'declorm::primary_key' takes no arguments}}
  [[using declorm: column, comment(nullptr)]] int g;     // expected-error {{'declorm::comment' takes a string; got nullptr}}
  [[using declorm: column, comment(L"wide")]] int h;     // expected-error {{'declorm::comment' takes a string; got something else}}
};

int variable;
const char *pointer = "x";
struct [[declorm::table(variable)]] N {};  // expected-error {{argument 1 of 'declorm::table' is not a constant expression}}
struct [[declorm::table(later)]] O {};     // expected-error {{'later' in 'declorm::table' is not declared before this place}}
constexpr const char *later = "x";
struct [[declorm::info(later, 1)]] P {};   // expected-error {{'declorm::info' takes two strings; got a string and an integer}}

// Twice.
struct [[using declorm: table("a"), index({"a"}), index({"b"}), allow("no-primary-key")]] Q {
  [[using declorm: column, column("x")]] int a; // expected-error {{'declorm::column' is given twice}} \
                                                // expected-note {{the first one is here}}
  [[using declorm: column, foreign_key("t.a"), foreign_key("u.a")]] int b;
};
struct [[using declorm: table("b"), table("b"), allow("no-primary-key")]] R {}; // expected-error {{'declorm::table' is given twice}} \
                                                          // expected-note {{the first one is here}}
