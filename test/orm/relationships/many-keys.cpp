// Relationships of more objects than a SELECT asks for at once are loaded in several, which are one
// prepared statement: lists, and pointers.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <iostream>

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] int parent_id = 0;
  [[declorm::relationship]] Parent *parent = nullptr;
};

constexpr int parents = 1100;

int main() {
  std::vector<std::size_t> asked; // parameters of each SELECT
  const declorm::Engine engine = declorm::create_engine(
      test::database_url(), {.on_statement = [&](const declorm::StatementEvent &event) {
        if (event.sql.starts_with("SELECT"))
          asked.push_back(event.params.size());
      }});
  const auto show = [&] {
    for (const std::size_t count : std::exchange(asked, {}))
      std::cout << "SELECT with " << count << std::endl;
  };
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    for (int i = 0; i != parents; ++i)
      for (Parent &parent = session.emplace<Parent>(); parent.children.size() != 3;)
        parent.children.push_back(&session.emplace<Child>());
    session.commit();
  }
  asked.clear();
  {
    declorm::Session session(engine);
    int right = 0;
    for (const Parent *parent :
         session.query<Parent>().options(declorm::selectinload<&Parent::children>()).all())
      for (const Child *child : parent->children)
        right += child->parent == parent && child->parent_id == parent->id;
    show();
    std::cout << right << " children" << std::endl;
  }
  declorm::Session session(engine);
  int right = 0;
  for (const Child *child :
       session.query<Child>().options(declorm::selectinload<&Child::parent>()).all())
    right += child->parent && child->parent_id == child->parent->id;
  show();
  std::cout << right << " parents" << std::endl;
}
// CHECK:      SELECT with 0
// CHECK-NEXT: SELECT with 512
// CHECK-NEXT: SELECT with 512
// CHECK-NEXT: SELECT with 128
// CHECK-NEXT: 3300 children
// CHECK-NEXT: SELECT with 0
// CHECK-NEXT: SELECT with 512
// CHECK-NEXT: SELECT with 512
// CHECK-NEXT: SELECT with 128
// CHECK-NEXT: 3300 parents
