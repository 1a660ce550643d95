// Hooks and relationships: keys of rows that are there are in the foreign keys, an object whose
// relationship changed is in the work, and rows of one table that refer to each other are one
// group.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col;

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
  [[declorm::before_update]] void before_update() const {
    std::cout << "parent " << id << " has " << children.size() << std::endl;
  }
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int number = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<std::int64_t> parent_id;
  [[declorm::relationship]] Parent *parent = nullptr;
  [[declorm::before_insert]] void before_insert(declorm::Session &session) {
    number = int(session.query<Child>().filter(col<&Child::parent_id> == parent_id).count()) + 10;
    std::cout << "child of " << parent_id.value_or(0) << std::endl;
  }
  [[declorm::after_update]] void after_update() {
    std::cout << "child " << id << " of " << parent_id.value_or(0) << std::endl;
  }
};
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> parent_id;
  [[declorm::relationship]] Node *parent = nullptr;
  [[declorm::before_insert]] void before_insert() { name += "!"; }
  [[declorm::after_insert]] void after_insert() {
    std::cout << name << ' ' << id << ' ' << parent_id.value_or(0) << std::endl;
  }
  [[declorm::before_delete]] void before_delete() { std::cout << "goes " << name << std::endl; }
  [[declorm::after_delete]] void after_delete() { std::cout << "gone " << name << std::endl; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Parent &parent = session.emplace<Parent>(), &other = session.emplace<Parent>();
  Child &child = session.emplace<Child>();
  child.parent = &parent;
  // CHECK: > INSERT INTO parents {{.*}}
  // CHECK: child of 1
  // CHECK-NEXT: > INSERT INTO children (number, parent_id) VALUES (?, ?) -- 10 1
  session.commit();
  child.parent = &other;
  // CHECK: parent 1 has 0
  // CHECK-NEXT: parent 2 has 1
  // CHECK-NEXT: > UPDATE children SET parent_id = ? WHERE children.id = ? -- 2 1
  // CHECK-NEXT: child 1 of 2
  session.flush();
  other.children.clear();
  // CHECK: parent 2 has 0
  // CHECK-NEXT: > UPDATE children SET parent_id = ? WHERE children.id = ? -- NULL 1
  // CHECK-NEXT: child 1 of 0
  session.commit();

  Node &leaf = session.emplace<Node>(), &root = session.emplace<Node>();
  leaf.name = "leaf", root.name = "root";
  leaf.parent = &root;
  // CHECK: > INSERT INTO nodes (name, parent_id) VALUES (?, ?) -- 'root!' NULL
  // CHECK-NEXT: leaf! 2 1
  // CHECK-NEXT: root! 1 0
  session.commit();
  session.get<Node>(1), session.get<Node>(2);
  session.delete_(root), session.delete_(leaf);
  // CHECK: goes leaf!
  // CHECK-NEXT: goes root!
  // CHECK-NEXT: > DELETE FROM nodes WHERE nodes.id = ? -- 2
  // CHECK-NEXT: gone leaf!
  // CHECK-NEXT: gone root!
  session.commit();
}
