// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Classes that nothing outside can name.

void f() {
  struct [[declorm::table("t")]] Local { // expected-error {{local class 'Local' cannot be mapped: nothing outside the function 'f' can name it; move it to a namespace or a class}} \
                                         // expected-note {{the class is declared here}}
    [[using declorm: column, primary_key]] int id;
  };
  struct Members {                 // expected-note {{the class is declared here}}
    [[declorm::column]] int first; // expected-error {{local class 'Members' cannot be mapped: nothing outside the function 'f' can name it; move it to a namespace or a class}}
    [[declorm::column]] int second;
    struct [[declorm::table("t")]] Nested { // expected-error {{local class 'Nested' cannot be mapped}} \
                                            // expected-note {{the class is declared here}}
    };
  };
}
auto lambda = [] {
  struct [[declorm::table]] InLambda {}; // expected-error {{local class 'InLambda' cannot be mapped}} \
                                         // expected-note {{the class is declared here}}
};
template <class T> void g() {
  struct [[declorm::table]] InTemplate {}; // expected-error {{local class 'InTemplate' cannot be mapped}} \
                                           // expected-note {{the class is declared here}}
}
template void g<int>();

struct {
  [[declorm::column]] int a; // expected-error {{an unnamed class cannot be mapped: give it a name}}
} unnamed;

struct Holder {
  struct {
    [[declorm::column]] int a; // expected-error {{'declorm::column' stands on a member of an unnamed class; name the class to map it}}
  } member;
};

// Its member is none of the outer class's, whatever its name, and whichever comes first.
struct [[declorm::table]] SameName {
  [[using declorm: column, primary_key]] int id = 0;
  struct {
    [[using declorm: column, length(3)]] int id; // expected-error {{'declorm::column' stands on a member of an unnamed class; name the class to map it}}
    [[declorm::column]] int a; // expected-error {{'declorm::column' stands on a member of an unnamed class}}
    struct {
      [[declorm::column]] int a;
      [[declorm::column]] [[declorm::column]] int b; // expected-error {{'declorm::column' is given twice}} \
                                                     // expected-error {{'declorm::column' stands on a member of an unnamed class}} \
                                                     // expected-note {{the first one is here}}
    } deeper;
  } inner;
  [[declorm::column]] int a = 0;
  [[declorm::column("c")]] [[declorm::column]] int c = 0; // expected-error {{'declorm::column' is given twice}} \
                                                          // expected-note {{the first one is here}}
  union {
    [[declorm::column]] int d = 0; // the outer class's, like any other
    float e;
  };
};
