// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify=class %s
// RUN: not %declorm_check %s -- -std=c++20 | grep '^/' | FileCheck %s --match-full-lines
// Foreign keys stay within their MetaData: by class one translation unit shows it, by table the
// whole program does, because a table of that name may be made by hand.
struct [[declorm::table("users")]] User { // class-note {{table 'users' is declared here}}
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[using declorm: table("addresses"), metadata("other")]] Address {
  // CHECK: {{.*}}:12:{{[0-9]+}}: error: foreign key 'users.id' of member 'user_id' of class 'Address': table 'users' is in the default MetaData and this class's in MetaData 'other', and a foreign key stays within one; put both into the same with {{.*}}, or leave the foreign key out [declorm-foreign-key-target]
  // CHECK-NEXT: {{.*}}:6:19: note: table 'users' is declared here
  [[using declorm: column, primary_key, foreign_key("users.id")]] int user_id = 0;
  // CHECK-NEXT: {{.*}}:15:{{[0-9]+}}: error: foreign key 'users.id' of member 'other_id' of class 'Address': table 'users' is in the default MetaData and this class's in MetaData 'other', {{.*}} [declorm-foreign-key-target]
  // CHECK-NEXT: {{.*}}:6:19: note: table 'users' is declared here
  [[using declorm: column, foreign_key("User.id")]] int other_id = 0; // class-error {{foreign key 'users.id' of member 'other_id' of class 'Address': table 'users' is in the default MetaData and this class's in MetaData 'other', and a foreign key stays within one}}
};
