// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// After the end of a transaction a list is loaded again when it is asked for, and when its owner is
// deleted: others may have changed it. A list that was changed meanwhile keeps its changes.
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <algorithm>
#include <iostream>

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, back_populates("parent"), cascade("all, delete-orphan"),
    order_by("Child.id")]]
  std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] int parent_id = 0;
  [[declorm::relationship]] Parent *parent = nullptr;
};

static void show(const char *what, const Parent &parent) {
  std::cout << what << ':';
  for (const Child *child : parent.children)
    std::cout << ' ' << child->id;
  std::cout << std::endl;
}

static void add_elsewhere(const declorm::Engine &engine) {
  declorm::Session other(engine);
  other.add(Child{.parent_id = 1});
  other.commit();
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Parent &parent = session.emplace<Parent>();
  parent.children = {&session.emplace<Child>()};
  session.commit();

  add_elsewhere(engine);
  show("made here", parent); // CHECK: made here: 1
  session.load(parent, &Parent::children);
  show("loaded", parent); // CHECK-NEXT: loaded: 1 2
  session.commit();

  add_elsewhere(engine);
  for (const Parent &met :
       session.query<Parent>().options(declorm::selectinload<&Parent::children>()))
    show("selectin", met); // CHECK-NEXT: selectin: 1 2 3
  session.commit();

  add_elsewhere(engine);
  for (const Parent &met :
       session.query<Parent>().options(declorm::joinedload<&Parent::children>()))
    show("joined", met); // CHECK-NEXT: joined: 1 2 3 4
  session.rollback();

  add_elsewhere(engine);
  parent.children.pop_back();
  session.load(parent, &Parent::children);
  show("changed", parent); // CHECK-NEXT: changed: 1 2 3
  session.commit();
  session.load(parent, &Parent::children);
  show("written", parent); // CHECK-NEXT: written: 1 2 3 5
  session.commit();

  add_elsewhere(engine);
  session.delete_(parent);
  session.commit();
  std::cout << session.query<Child>().count() << " left" << std::endl; // CHECK-NEXT: 0 left
}
