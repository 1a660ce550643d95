// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Functions as arguments, getters and setters.

#include <optional>
#include <string>

int number();
int next(int);
std::string text();
int many();
int many(int);
std::string either();
int same(short);
int same(int);
void nothing();
struct Value { operator int() const; };
Value value();

struct [[using declorm: table("t"), allow("default-on-plain-member")]] A {
  [[using declorm: column, primary_key, default_value(&number)]] int a;
  [[using declorm: column, default_value(&text)]] int b; // expected-error {{'declorm::default_value': 'text' returns 'std::string' (aka 'basic_string<char>'), which does not convert to 'int', the type of 'b'}}
  [[using declorm: column, onupdate(&next)]] int c;      // expected-error {{'declorm::onupdate' needs a function without parameters; 'next' has 1}}
  [[using declorm: column, default_value(&many)]] std::optional<int> d;
  [[using declorm: column, default_value(&same)]] int e; // expected-error {{'same' is overloaded, and no single overload fits here}}
  [[using declorm: column, default_value(nothing)]] int f; // expected-error {{'nothing' returns 'void', which does not convert to 'int'}}
  [[using declorm: column, default_value(&value)]] int g;
  [[using declorm: column, default_value(&text)]] char h[4]; // expected-error {{does not convert to 'char[4]', the type of 'h'}}
  int member();
  [[using declorm: column, default_value(&A::member)]] int i; // expected-error {{'declorm::default_value' takes a value; got something else}}

  [[declorm::column]] int getter() const;
  void set_getter(int);
  [[declorm::column]] void setter(int); // expected-error {{'declorm::column' on a function needs a getter: no parameters, and a value returned}}
  // The pair may be annotated on both sides.
  [[declorm::column]] int get_pair() const;
  [[declorm::column]] void set_pair(int);
};

// What default_for names tells what its function must return.
struct Makes {
  [[declorm::default_for("text")]] static const char *make(); // expected-error {{'declorm::default_for' names 'text', which is no member of 'Makes' or of its bases; move the function into the class that has the member}}
};
struct HasText {
  [[declorm::column]] std::optional<std::string> text;
};
struct [[declorm::table("made")]] Made : Makes, HasText {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::default_for("text")]] static int number(); // expected-error {{'declorm::default_for': 'number' returns 'int', which does not convert to}}
  [[declorm::default_for("id")]] static int next(int);  // expected-error {{'declorm::default_for' needs a function without parameters; 'next' has 1}}
};
