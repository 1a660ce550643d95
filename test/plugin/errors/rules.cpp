// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// The shared rules, as diagnostics of the compiler.

struct Thing {};
struct [[declorm::table("a")]] A {        // expected-error {{[declorm-no-primary-key]}} expected-note 0-2 {{}}
  [[declorm::column]] Thing thing;        // expected-error {{has type 'Thing', which no column can hold [declorm-unmapped-type]}} expected-note {{type_traits}}
};
