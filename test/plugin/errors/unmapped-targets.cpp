// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// A relationship to a complete class that nothing maps is wrong whatever the rest of the program is.
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

struct Later;
struct Declared;
struct Plain { int x = 0; };
template <class T> struct Page { T content{}; };
template <class T> struct [[declorm::table]] Mapped { [[using declorm: column, primary_key]] int id = 0; };
struct Outer { struct Inner {}; };
struct [[declorm::abstract]] Base { [[using declorm: column, primary_key]] int id = 0; }; // expected-note {{the class is here}}
struct Mixin { [[declorm::column]] int m = 0; };                                          // expected-note {{the class is here}}
struct Value { [[declorm::column]] int v = 0; };                                          // expected-note {{the class is here}}

struct [[using declorm: table("users"), allow("no-join")]] User : Base {
  [[declorm::relationship]] Plain *pointer = nullptr;              // expected-error {{relationship 'pointer' of class 'User' has type 'Plain *', and nothing maps that class; annotate it with [[declorm::table]], or, if map_imperatively maps it in another source, say allow("unresolved-target") here [declorm-unresolved-target]}}
  [[declorm::relationship]] std::vector<Plain *> list;             // expected-error {{relationship 'list' of class 'User' has type 'std::vector<Plain *>', and nothing maps that class}}
  [[declorm::relationship]] std::shared_ptr<Plain> shared;         // expected-error {{'std::shared_ptr<Plain>', and nothing maps that class}}
  [[declorm::relationship]] std::list<std::weak_ptr<Plain>> weak;  // expected-error {{'std::list<std::weak_ptr<Plain>>', and nothing maps that class}}
  [[using declorm: relationship, map_key("x")]] std::map<int, Plain *> map; // expected-error {{'std::map<int, Plain *>', and nothing maps that class}}
  [[declorm::relationship("Plain")]] Plain *named = nullptr;       // expected-error {{'Plain' is no mapped class; annotate it with [[declorm::table]], or, if map_imperatively maps it in another source, say allow("unresolved-target") here [declorm-unresolved-target]}}
  [[declorm::relationship]] Later *later = nullptr;                // expected-error {{'Later *', and nothing maps that class}}
  [[declorm::relationship]] Page<int> *page = nullptr;             // expected-error {{'Page<int> *', and nothing maps that class}}
  [[declorm::relationship]] Outer::Inner *inner = nullptr;         // expected-error {{'Outer::Inner *', and nothing maps that class}}
  [[declorm::relationship]] std::string *text = nullptr;           // expected-error {{'std::string *', which no relationship can be}} expected-note {{a relationship is}}
  [[declorm::relationship]] struct Heir *heir = nullptr;           // expected-error {{'struct Heir *', and nothing maps that class}}
  // What is annotated, but not mapped.
  [[declorm::relationship]] Base *base = nullptr;                  // expected-error {{relationship 'base' of class 'User' leads to class 'Base', which is mapped to no table; annotate it with [[declorm::table]] [declorm-unresolved-target]}}
  [[declorm::relationship]] std::vector<Mixin *> mixins;           // expected-error {{leads to class 'Mixin', which is mapped to no table}}
  [[declorm::relationship]] std::set<Value *> values;              // expected-error {{leads to class 'Value', which is mapped to no table}}
  // What is only declared may be mapped elsewhere; the others are mapped here.
  [[declorm::relationship]] std::vector<Declared *> declared;
  [[declorm::relationship]] Page<Declared *> *unseen = nullptr;    // expected-error {{'Page<Declared *> *', and nothing maps that class}}
  [[declorm::relationship]] Mapped<int> *mapped = nullptr;
  [[using declorm: relationship, viewonly]] std::vector<User *> self;
  // Not a relationship: a backref may name it, or nobody.
  Plain *member = nullptr;
  std::vector<Plain *> members;
};
struct Later {};
struct [[declorm::table("mixers")]] Mixer : Mixin { [[using declorm: column, primary_key]] int id = 0;
  [[declorm::composite]] Value value;
};
// Derives from a mapped class, and is none.
struct Heir : User {};
