// clang-format off: the comments are checked line by line.
// A pattern for the tables of classes that nobody has written yet: what no class could fill.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
#include <cstdint>

struct [[using declorm: abstract, table_name("{klass}")]] Misspelt { // expected-error {{unknown placeholder '{klass}' in a string for class 'Misspelt'; did you mean '{class}'? [declorm-placeholder]}}
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: abstract, table_name("t_{table}")]] Circular { // expected-error {{'{table}' cannot stand in the pattern that makes the table's name of class 'Circular'; use '{class:lower}' or '{class:snake}'}}
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: abstract, table_name("{class:snake}s")]] Right {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: abstract, table_name("{klass}_x")]] Used {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table]] User : Used {}; // expected-error@-3 {{unknown placeholder '{klass}' in a string for class 'User'; did you mean '{class}'?}}
