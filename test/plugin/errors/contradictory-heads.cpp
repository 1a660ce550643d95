// Heads that contradict each other end in errors, whatever they are: the compiler goes on.
// RUN: not %declorm_clang -fsyntax-only %s 2>&1 | FileCheck %s --implicit-check-not='Stack dump'
// CHECK: error: 'no_table' and 'table' on class 'Root' contradict each other
struct [[using declorm: table, no_table]] Root {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::mapped]] Middle : Root {};
struct [[using declorm: abstract_concrete_base, concrete_base, no_table]] Both : Middle {};
struct [[using declorm: table, polymorphic_abstract, abstract_concrete_base]] Below : Both {
  [[using declorm: column, primary_key]] int id = 0;
};
