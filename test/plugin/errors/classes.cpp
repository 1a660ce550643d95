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
