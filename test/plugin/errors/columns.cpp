// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// What single columns may not say: defaults, NULL, foreign keys.
#include <optional>
#include <string>

struct [[using declorm: table("a"), mapper_primary_key("verson"), // expected-error {{class 'A' has no member or column 'verson'; did you mean 'version'? [declorm-unresolved-column]}}
         unique_constraint("u", {"x", "yy"}),               // expected-error {{unique_constraint 'u' of class 'A' names 'yy', which is no column of table 'a'; did you mean 'y'? [declorm-unresolved-column]}}
         foreign_key_constraint({"x", "y"}, {"a.i", "a.j"}, "SET NULL")]] A { // expected-error {{on_delete("SET NULL") cannot clear member 'x' of class 'A': its column 'a.x' takes no NULL; make the member a std::optional [declorm-nullability-mismatch]}}
  [[using declorm: column, primary_key]] int i = 0;
  [[using declorm: column, primary_key]] int j = 0;
  [[declorm::column]] int x = 0, version = 0;               // expected-note {{the member is here}}
  [[declorm::column]] std::optional<int> y;

  [[using declorm: column, default_value(1)]] int a = 0;    // expected-error {{default_value on member 'a' of class 'A', of type 'int', would never be used, because a plain member always has a value; give the member an initialiser instead, make it a std::optional, or name the value that means "not given" with unset(v) [declorm-default-on-plain-member]}}
  [[using declorm: column, default_value(1), unset(-1)]] int b = -1;
  [[using declorm: column, default_value(1)]] std::optional<int> c;
  [[declorm::column]] int d = 0;
  [[declorm::default_for("d")]] static int make();          // expected-error {{default_value on member 'd' of class 'A'}}

  [[using declorm: column, nullable(true)]] int e = 0;      // expected-warning {{member 'e' of class 'A' is of type 'int', which cannot hold the NULL that nullable(true) lets into its column; make it a std::optional, or name the value that stands for NULL with null_value(v) [declorm-nullability-mismatch]}}
  [[using declorm: column, nullable(true), null_value(0)]] int f = 0;
  [[using declorm: column, nullable(false)]] std::optional<int> g; // expected-warning {{member 'g' of class 'A' may be empty, but nullable(false) refuses NULL in its column and nothing gives it another value; make it a plain 'int', or give it a default [declorm-nullability-mismatch]}}
  [[using declorm: column, nullable(false), server_default("0")]] std::optional<int> h;
  [[using declorm: column, null_value(0)]] std::optional<int> k;   // expected-error {{member 'k' of class 'A' is a std::optional, which is empty for NULL: null_value(v) is for members that cannot be empty [declorm-nullability-mismatch]}}
  [[using declorm: column, null_value(0),                   // expected-error {{member 'l' of class 'A' writes NULL for its null_value, which nullable(false) refuses [declorm-nullability-mismatch]}}
    nullable(false)]] int l = 0;                            // expected-note {{nullable(false) is here}}

  [[using declorm: column, foreign_key("a")]] int m = 0;    // expected-error {{foreign key 'a' of member 'm' of class 'A': it is written "table.column" or "schema.table.column" [declorm-foreign-key-target]}}
  [[using declorm: column, foreign_key("a.k")]] std::optional<int> n;
  [[using declorm: column, foreign_key("a.z")]] int o = 0;  // expected-error {{foreign key 'a.z' of member 'o' of class 'A': table 'a' has no column 'z' [declorm-foreign-key-target]}} expected-note@7 {{table 'a' is declared here}}
  [[using declorm: column, foreign_key("later.z")]] int p = 0;
  [[using declorm: column, foreign_key("a.i"), on_update("set null")]] int q = 0; // expected-error {{on_update("SET NULL") cannot clear member 'q' of class 'A'}} expected-note {{the member is here}}
};
struct [[using declorm: table("b")]] B {
  [[using declorm: column, primary_key, nullable(true)]] int i = 0; // expected-error {{member 'i' of class 'B' is part of the primary key, which is never NULL, and nullable [declorm-nullability-mismatch]}}
};
struct [[using declorm: table("c")]] C {
  [[using declorm: column, primary_key, null_value(0)]] int i = 0; // expected-error {{member 'i' of class 'C' is part of the primary key, which is never NULL, and has a null_value [declorm-nullability-mismatch]}}
};
