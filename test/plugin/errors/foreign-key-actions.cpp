// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// What a foreign key does is one of SQL's actions, on a member, in a class head and in a mixin.

#include <optional>

struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int a = 0, b = 0;
  [[using declorm: column, unique]] int c = 0;
};
struct Owned {
  [[using declorm: column, foreign_key("parents.c"), on_update("CASCADE"), on_delete("DELETE")]] int c = 0; // expected-error {{on_delete of foreign key 'parents.c' of member 'c' of class 'Owned' is 'DELETE', which no foreign key can do; it is CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION}}
};
struct [[using declorm: table("children"), foreign_key_constraint({"a", "b"}, {"parents.a", "parents.b"}, "cascade", "SETNULL")]] Child : Owned { // expected-error@-0 {{on_update of the foreign key constraint of class 'Child' is 'SETNULL', which no foreign key can do; did you mean 'SET NULL'?}}
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::optional<int> a, b;
  [[using declorm: column, foreign_key("parents.c"), on_delete("CASCADES")]] std::optional<int> d; // expected-error {{on_delete of foreign key 'parents.c' of member 'd' of class 'Child' is 'CASCADES', which no foreign key can do; did you mean 'CASCADE'?}}
  [[using declorm: column, foreign_key("parents.c"), on_delete("set null"), on_update("No Action"), deferrable]] std::optional<int> e;
};
struct [[declorm::table("others")]] Other : Owned {
  [[using declorm: column, primary_key]] int id = 0;
};
