// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Wno-unknown-attributes -ferror-limit=0 -Xclang -verify=expected,whole %s
// RUN: %declorm_clang -fsyntax-only -Wno-unknown-attributes -ferror-limit=0 -Xclang -verify=expected,broken -DBROKEN %s
// One compile says all that is wrong, and nothing of what may only follow from another error.
#include <optional>
#include <string>
#include <vector>

#define KEY [[using declorm: column, primary_key]] int id = 0;

// Wrong names in joins, beside simpler errors of the same class.
struct Address;
struct [[declorm::table("users")]] User { KEY
  [[using declorm: column, length(3)]] int age = 0;               // expected-error {{'declorm::length' needs a string or bytes; 'age' is 'int'}}
  [[declorm::primary_key]] int number = 0;                        // expected-error {{'declorm::primary_key' needs 'declorm::column' beside it}}
  [[declorm::colunm]] std::string nick;                           // expected-error {{unknown annotation 'colunm'; did you mean 'column'?}}
  [[using declorm: column, unique(5)]] int rank = 0;              // expected-error {{'declorm::unique' takes no arguments}}
  [[using declorm: column, length("x"), unique]] std::string mail; // expected-error {{'declorm::length' takes an integer; got a string}}
  [[using declorm: relationship, primaryjoin("User.idd == Address.user_id")]]   // whole-error {{class 'User' has no member or column 'idd'; did you mean 'id'? [declorm-unresolved-column]}}
  std::vector<Address *> a;
  [[using declorm: relationship, primaryjoin("User.id == Address.usr_id"), order_by("emial")]] // whole-error {{class 'Address' has no member or column 'usr_id'; did you mean 'user_id'?}} whole-error {{class 'User' has no member or column 'emial'}}
  std::vector<Address *> b;
  // What was misread may be there.
  [[using declorm: relationship, order_by("Address.id", "nick", "number"), viewonly]] std::vector<Address *> c;
  [[declorm::column_property("mail || nick")]] std::string both;
  // What fits no type is wrong in any case.
  [[declorm::column]] std::vector<int> list;                      // expected-error {{member 'list' of class 'User' has type 'std::vector<int>', which no column can hold [declorm-unmapped-type]}} expected-note {{}}
};
struct [[declorm::table("addresses")]] Address { KEY
  [[using declorm: column, foreign_key("users.id")]] int user_id = 0;
};

// The class's own name for its table is not known: nothing is said of what needs that.
struct [[declorm::tabel("orders")]] Order { KEY };                // expected-error {{unknown annotation 'tabel'; did you mean 'table'?}}
struct [[declorm::table(5)]] Item { KEY };                        // expected-error {{'declorm::table' takes at most two strings; got an integer}}
struct [[declorm::table("lines")]] Line { KEY
  [[using declorm: column, foreign_key("orders.id")]] int order_id = 0;
  [[declorm::relationship]] Order *order = nullptr;
  [[declorm::relationship]] Item *item = nullptr;
  [[using declorm: relationship, primaryjoin("Line.order_id == Order.number")]] Order *other = nullptr;
};
struct [[declorm::table("lines_below")]] LineBelow : Order { [[using declorm: column, primary_key]] int line_id = 0; };
// A column of another name may hide in what was refused.
struct [[declorm::table("named")]] Named { KEY
  [[declorm::column("full_name", 5)]] std::string name;           // expected-error {{'declorm::column' takes at most one string; got a string and an integer}}
  [[declorm::column_property("full_name || '!'")]] std::string loud;
};
struct [[using declorm: table("tips"), index({"naem"})]] Tip { KEY // whole-error {{index of class 'Tip' names 'naem', which is no column of table 'tips'; did you mean 'name'?}}
  [[declorm::column]] std::string name;
};
// Whoever lacks a key may have had one; whoever does not, lacks it beside all of this.
struct [[declorm::table("unkeyed")]] Unkeyed {
  [[using declorm: column, primray_key]] int id = 0;              // expected-error {{unknown annotation 'primray_key'; did you mean 'primary_key'?}}
};
struct Based { [[declorm::colunm]] int id = 0; };                 // expected-error {{unknown annotation 'colunm'}}
struct [[declorm::table("from_base")]] FromBase : Based {};
struct [[declorm::table("keyless")]] Keyless { int x = 0; };      // whole-error {{class 'Keyless' maps to table 'keyless', which has no primary key}} whole-note {{}}

// Both halves of a table in between; each class of a hierarchy.
struct [[declorm::table("between")]] Between { KEY
  [[declorm::column]] int left = 0, right = 0;
};
struct Right;
struct [[declorm::table("lefts")]] Left { KEY                     
  [[using declorm: relationship, secondary("between"), allow("secondary-mapped")]]           // whole-error {{table 'between', named as secondary, has no foreign key to table 'lefts'}} whole-error {{table 'between', named as secondary, has no foreign key to table 'rights'}} 
  std::vector<Right *> rights;
};
struct [[declorm::table("rights")]] Right { KEY };                // whole-note 2 {{class 'Right' is here}}

// An error of the language: the compiler may have seen only a part of each class.
#ifdef BROKEN
struct [[declorm::table("broken")]] Broken {
  unknown id;                                                     // broken-error {{unknown type name 'unknown'}}
  [[declorm::column]] int x = 0;
};
int wrong() { return unknown_function(); }                        // broken-error {{use of undeclared identifier 'unknown_function'}}
#endif
