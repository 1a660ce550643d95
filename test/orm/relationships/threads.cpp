// Sessions of four threads on one engine; the first of them configures. Meant for
// -fsanitize=thread too.
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %database %t | FileCheck %s --match-full-lines
// CHECK: 240
#include "../../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>
#include <thread>

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<std::int64_t> parent_id;
  [[declorm::relationship]] Parent *parent = nullptr;
};

int main() {
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  std::vector<std::thread> threads;
  for (int t = 0; t != 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i != 20; ++i) {
        declorm::Session s(engine);
        Parent &p = s.emplace<Parent>();
        for (int j = 0; j != 3; ++j)
          p.children.push_back(&s.emplace<Child>());
        s.commit();
        for (Parent &q : s.query<Parent>().options(declorm::selectinload<&Parent::children>()))
          if (q.children.size() != 3)
            std::cout << "?";
        for (Child &c : s.query<Child>().options(declorm::joinedload<&Child::parent>()))
          if (!c.parent)
            std::cout << "?";
      }
    });
  for (auto &t : threads)
    t.join();
  std::cout << declorm::Session(engine).query<Child>().count() << "\n";
}
