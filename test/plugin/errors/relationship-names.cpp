// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// RUN: not %declorm_clang -fsyntax-only -fno-color-diagnostics -fdiagnostics-parseable-fixits -ferror-limit=0 %s 2>&1 | FileCheck %s
// The string of a relationship names the class that the member's type leads to.
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace shop {
struct Unseen;
struct Plain {};
struct [[declorm::abstract]] Base { [[using declorm: column, primary_key]] int id = 0; };
struct [[declorm::table("addresses")]] Address : Base {
  [[using declorm: column, foreign_key("users.id")]] int user_id = 0;
};
struct [[declorm::table("homes")]] Home : Address {};
struct [[using declorm: table("users"), allow("overlapping-relationships")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  // A table, with the place in the string and what to write.
  // CHECK: [[@LINE+2]]:28: error: 'addresses' is a table
  // CHECK: fix-it:"{{.*}}":{[[@LINE+1]]:28-[[@LINE+1]]:37}:"Address"
  [[declorm::relationship("addresses")]] std::vector<Address *> table;               // expected-error {{'addresses' is a table, and a relationship names a class; did you mean 'Address'? [declorm-unresolved-target]}}
  [[declorm::relationship("users")]] std::set<Address *> own_table;                  // expected-error {{'users' is a table, and a relationship names a class; did you mean 'Address'?}}
  // Another class, a base, a subclass.
  // CHECK: fix-it:"{{.*}}":{[[@LINE+1]]:28-[[@LINE+1]]:38}:"Address"
  [[declorm::relationship("shop::User")]] std::list<std::shared_ptr<Address>> other; // expected-error {{relationship 'other' of class 'shop::User' names class 'shop::User', but its type 'std::list<std::shared_ptr<Address>>' leads to class 'shop::Address'; write 'Address', or leave the name out [declorm-relationship-options]}}
  [[declorm::relationship("Base")]] std::vector<Address *> base;                     // expected-error {{names class 'shop::Base', but its type}}
  [[declorm::relationship("Home")]] std::vector<Address *> below;                    // expected-error {{names class 'shop::Home', but its type}}
  [[declorm::relationship("Address")]] std::vector<Home *> above;                    // expected-error {{relationship 'above' of class 'shop::User' names class 'shop::Address', but its type 'std::vector<Home *>' leads to class 'shop::Home'}}
  // Nothing.
  // CHECK: [[@LINE+2]]:34: error: 'shop::Adress'
  // CHECK: fix-it:"{{.*}}":{[[@LINE+1]]:34-[[@LINE+1]]:40}:"Address"
  [[declorm::relationship("shop::Adress")]] std::vector<Address *> near;             // expected-error {{'shop::Adress' is no mapped class; did you mean 'Address'? [declorm-unresolved-target]}}
  [[declorm::relationship("far_from_it")]] std::vector<Address *> far;               // expected-error {{'far_from_it' is no mapped class; did you mean 'Address'?}}
  [[using declorm: relationship("Unsen"), viewonly]] std::vector<Unseen *> unseen;   // expected-error {{'Unsen' is no mapped class; did you mean 'Unseen'?}}
  [[using declorm: relationship("Address"), viewonly]] std::vector<Unseen *> unseen2; // expected-error {{names class 'shop::Address', but its type 'std::vector<Unseen *>' leads to class 'shop::Unseen'}}
  [[using declorm: relationship("stock::Address"), map_key("id")]] std::map<int, Address *> elsewhere; // expected-error {{'stock::Address' is no mapped class; did you mean 'Address'?}}
  [[declorm::relationship("shop.Address")]] std::vector<Address *> dots;             // expected-error {{namespaces and classes are joined by '::', not by dots: write 'shop::Address' [declorm-expression-syntax]}}
  // The class, by each of its names; what is not here may be right.
  [[declorm::relationship("Address")]] std::vector<Address *> a;
  [[declorm::relationship("shop::Address")]] std::vector<std::weak_ptr<Address>> b;
  [[declorm::relationship("::shop::Address")]] std::vector<Address *> c;
  [[using declorm: relationship("Unseen")]] std::vector<Unseen *> d;
  [[using declorm: relationship("shop::Unseen")]] std::vector<Unseen *> e;
private:
  [[declorm::relationship("users")]] std::vector<Address *> hidden;                  // expected-error {{'users' is a table, and a relationship names a class}}
};
} // namespace shop

// A mixin's string is that of each class that takes it.
template <class Self> struct Linked {
  [[using declorm: column, foreign_key("{table}.id")]] int next_id = 0;
  [[using declorm: relationship("{class}"), remote_side("{class}.id")]] Self *next = nullptr;
  [[using declorm: relationship("{table}"), viewonly, remote_side("{class}.id")]] Self *wrong = nullptr; // expected-error {{'nodes' is a table, and a relationship names a class; did you mean 'Node'?}}
};
struct [[declorm::table("nodes")]] Node : Linked<Node> { [[using declorm: column, primary_key]] int id = 0; };
