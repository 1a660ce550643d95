// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Indexes and constraints of a class head that cannot be made as they are written.

struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int a = 0, b = 0;
};
struct [[using declorm: table("children"),
         index({"lower(name)"}), // expected-error {{index of class 'Child' has expressions, from which no name can be made; give it one: index("ix_children_by", {…})}}
         unique_index({"a", "b DESC"}), // expected-error {{unique_index of class 'Child' has expressions, from which no name can be made; give it one: unique_index("ix_children_a", {…})}}
         index("i", {"c", "a + 1"}), // expected-error {{index 'i' of class 'Child' names 'c', which is no column of table 'children'}}
         index("j", {"a", "b DESC", "a + 1"}, "b > 0"),
         index("k", {"a"}, "b > 0"),
         foreign_key_constraint({"a", "b"}, {"parents.a"}), // expected-error {{foreign_key_constraint of class 'Child' has 2 columns and refers to 1; each column refers to one}}
         foreign_key_constraint("fk", {"a"}, {"parents.a", "parents.b"}), // expected-error {{foreign_key_constraint 'fk' of class 'Child' has 1 column and refers to 2; each column refers to one}}
         foreign_key_constraint("fk2", {"a", "b"}, {"parents.a", "parents.b"}, "CASCADE", "RESTRICT", "immediate"), // expected-error {{foreign_key_constraint 'fk2' of class 'Child' ends in 'immediate'; behind the columns stand what it does on DELETE, on UPDATE, and "deferrable"}}
         foreign_key_constraint("fk3", {"a", "b"}, {"parents.a", "parents.b"}, "deferrable")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int a = 0, b = 0;
  [[using declorm: column, stored]] int d = 0; // expected-error {{'declorm::stored' needs 'declorm::computed' beside it}}
};
