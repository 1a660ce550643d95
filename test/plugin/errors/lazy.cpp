// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify=whole -DWHOLE %s
// Members that load at first touch: without their header, and where they cannot be.

#include <cstdint>
#include <declorm/relationship.h>
#include <string>
#include <vector>

#ifndef WHOLE
// expected-note@declorm/relationship.h:* 2 {{template is declared here}}
struct [[declorm::table("a")]] Broken {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::relationship]] declorm::lazy<Broken> one; // expected-error {{implicit instantiation of undefined template 'declorm::lazy<Broken>'}} \
    // expected-error {{'declorm::lazy' is only declared here: include <declorm/lazy.h>}}
  [[declorm::relationship]] declorm::lazy_list<Broken> many; // expected-error {{implicit instantiation of undefined template 'declorm::lazy_list<Broken>'}} \
    // expected-error {{'declorm::lazy_list' is only declared here: include <declorm/lazy.h>}}
};
#else
#include <declorm/declorm.h>

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::relationship]] std::vector<declorm::lazy<Child>> many; // whole-error {{member 'many' of class 'Parent' has type 'std::vector<declorm::lazy<Child>>', which no relationship can be}} \
    // whole-note {{a relationship is a T *, std::shared_ptr<T> or std::weak_ptr<T>, or a std::vector, std::list, std::deque, std::set or std::unordered_set of these, or a std::map or std::unordered_map to them with map_key, or a declorm::lazy<T> or declorm::lazy_list<T>}}
  [[declorm::column]] declorm::lazy<Child> column; // whole-error {{member 'column' of class 'Parent' has type 'declorm::lazy<Child>', which no column can hold}} \
    // whole-note {{a link to another object is a [[declorm::relationship]]; its foreign key is a column of its own}}
  [[using declorm: relationship, lazy("raise")]] std::vector<Child *> plain; // whole-error {{'lazy' of relationship 'plain' of class 'Parent': it says what the first touch does, and only a declorm::lazy or declorm::lazy_list is loaded by that; leave it out, or change the member's type}}
  [[using declorm: relationship, lazy("rase")]] declorm::lazy_list<Child> wrong; // whole-error {{'lazy' of relationship 'wrong' of class 'Parent': 'rase' is no way to load; did you mean 'raise'?}}
  [[using declorm: relationship, lazy("select")]] declorm::lazy_list<Child> usual; // whole-error {{'lazy' of relationship 'usual' of class 'Parent': 'select' is no way to load; did you mean 'selectin'?}}
  [[using declorm: relationship, lazy("touch")]] declorm::lazy_list<Child> touched; // whole-error {{'lazy' of relationship 'touched' of class 'Parent': 'touch' is no way to load; there are 'selectin', 'joined', 'raise' and 'noload', and without 'lazy' the first touch loads the member}}
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::int64_t parent_id = 0;
  [[using declorm: relationship, order_by("Parent.id")]] declorm::lazy<Parent> parent; // whole-error {{relationship 'parent' of class 'Child' has an order_by and holds one object: there is nothing to order}}
};

void ask(declorm::Session &session) {
  session.query<Parent>().options(declorm::raiseload<&Parent::plain>(), // whole-note {{requested here}}
                                  declorm::raiseload<&Parent::wrong>());
  // whole-error@declorm/loading.h:* {{declorm: lazyload, raiseload and noload say what the first touch of a member does, and only a declorm::lazy or declorm::lazy_list is loaded by that; a plain member is filled when a query or session.load() is asked to}}
  // whole-note@declorm/loading.h:* 1+ {{requested here}}
}
#endif
