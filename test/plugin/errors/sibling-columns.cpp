// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Columns of classes that share a table.
#include <optional>
#include <string>

enum class Kind { person, engineer, manager, director, boss, clerk, guest };
struct [[using declorm: table("people"), polymorphic_identity(Kind::person)]] Person {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, polymorphic_on]] Kind kind{};
  [[declorm::column]] std::string name;     // expected-note {{column 'people.name' is member 'name' of class 'Person'; to use that column, put use_existing_column on member 'name' of class 'Clerk'; or name one of the two otherwise, with column("...")}}
};
struct [[using declorm: mapped, polymorphic_identity(Kind::engineer)]] Engineer : Person {
  [[declorm::column]] int start_date = 0;   // expected-note {{column 'people.start_date' is member 'start_date' of class 'Engineer'; to share it, put use_existing_column on both members; or name one of the two otherwise, with column("..."), or move the member to class 'Person'}} expected-note {{column 'people.start_date' is member 'start_date' of class 'Engineer'; use_existing_column shares a column only if it stands on both members; put it on the other one too, or name one of the two otherwise, with column("..."), or move the member to class 'Person'}}
  [[using declorm: column, use_existing_column]] int level = 0; // expected-note {{column 'people.level' is member 'level' of class 'Engineer'; declare both alike, or name one of the two otherwise, with column("...")}}
  [[using declorm: column, use_existing_column, length(50)]] std::string title;  // expected-note {{column 'people.title' is member 'title' of class 'Engineer'}}
  [[using declorm: column, use_existing_column]] long number = 0;
  [[using declorm: column, use_existing_column]] int count = 0;                // expected-note {{column 'people.count' is member 'count' of class 'Engineer'}}
  [[using declorm: column, use_existing_column, unique]] int code = 0;         // expected-note {{column 'people.code' is member 'code' of class 'Engineer'}}
};
struct [[using declorm: mapped, polymorphic_identity(Kind::manager)]] Manager : Person {
  [[declorm::column]] int start_date = 0;   // expected-error {{column 'start_date' on class 'Manager' conflicts with existing column 'people.start_date' [declorm-column-conflict]}}
  [[using declorm: column, use_existing_column]] std::string level;            // expected-error {{member 'level' of class 'Manager' cannot use existing column 'people.level': it is INTEGER in class 'Engineer' and VARCHAR in class 'Manager' [declorm-use-existing-mismatch]}}
  [[using declorm: column, use_existing_column, length(20)]] std::string title; // expected-error {{it is VARCHAR(50) in class 'Engineer' and VARCHAR(20) in class 'Manager' [declorm-use-existing-mismatch]}}
  [[using declorm: column, use_existing_column]] std::int64_t number = 0;
  [[using declorm: column, use_existing_column]] std::optional<int> count;     // expected-error {{it is NOT NULL in class 'Engineer' and NULL in class 'Manager' [declorm-use-existing-mismatch]}}
  [[using declorm: column, use_existing_column]] int code = 0;                 // expected-error {{it is unique in class 'Engineer' and not unique in class 'Manager' [declorm-use-existing-mismatch]}}
};
struct [[using declorm: mapped, polymorphic_identity(Kind::director)]] Director : Manager {
  [[using declorm: column, use_existing_column]] int start_date = 0; // its parent's column
};
struct [[using declorm: mapped, polymorphic_identity(Kind::clerk)]] Clerk : Person {
  [[declorm::column]] std::string name;     // expected-error {{column 'name' on class 'Clerk' conflicts with existing column 'people.name' [declorm-column-conflict]}}
  [[using declorm: column, use_existing_column]] int start_date = 0; // expected-error {{column 'start_date' on class 'Clerk' conflicts with existing column 'people.start_date' [declorm-column-conflict]}}
};

// A table of its own has columns of its own, and nothing to share.
struct [[using declorm: table("guests"), polymorphic_identity(Kind::guest)]] Guest : Person {
  [[declorm::column]] int start_date = 0;
  [[using declorm: column, use_existing_column]] int level = 0; // expected-error {{use_existing_column on member 'level' of class 'Guest', which has table 'guests' of its own: only classes of one table can share a column; leave it out [declorm-use-existing-mismatch]}}
};

// Mixins, five levels, and instantiations.
struct [[using declorm: table("a"), polymorphic_identity(1)]] A {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, polymorphic_on]] int kind = 0;
};
struct Dated {
  [[declorm::column]] int date = 0;         // expected-error {{column 'date' on class 'Tagged<int>' conflicts with existing column 'a.date' [declorm-column-conflict]}} expected-note {{column 'a.date' is member 'date' of class 'E'; to share it, put use_existing_column on both members; or name one of the two otherwise, with column("..."), or move the member to class 'A'}}
};
struct Shared {
  [[using declorm: column, use_existing_column]] int shared = 0;
};
struct [[using declorm: mapped, polymorphic_identity(2)]] B : A {};
struct [[using declorm: mapped, polymorphic_identity(3)]] C : B {};
struct [[using declorm: mapped, polymorphic_identity(4)]] D : C, Shared {};
struct [[using declorm: mapped, polymorphic_identity(5)]] E : D, Dated {};
template <class T> struct [[using declorm: mapped, polymorphic_identity(6)]] Tagged : A, Dated, Shared {
  [[declorm::column]] T tag{};              // expected-error {{column 'tag' on class 'Tagged<int>' conflicts with existing column 'a.tag' [declorm-column-conflict]}}
};
inline Tagged<int> tagged;
struct [[using declorm: mapped, polymorphic_identity(7)]] Z : B {
  [[declorm::column]] int tag = 0;          // expected-note {{column 'a.tag' is member 'tag' of class 'Z'; to share it}}
};
