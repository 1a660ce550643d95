// S31: many-to-many through a Table that a function gives. 100,000 objects with their parents are
// written by two statements. Rows that somebody else deletes: errors that name them.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

declorm::Table &links(declorm::MetaData &metadata) {
  if (declorm::Table *known = metadata.find_table("links"))
    return *known;
  return metadata.add_table("links",
                            declorm::Column("child_id", declorm::Integer, declorm::primary_key,
                                            declorm::ForeignKey("children.id")),
                            declorm::Column("label_id", declorm::Integer, declorm::primary_key,
                                            declorm::ForeignKey("labels.id")));
}

struct Child;
struct [[declorm::table("labels")]] Label {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<int> parent_id;
  [[declorm::relationship]] Parent *parent = nullptr;
  [[using declorm: relationship, secondary(&links)]] std::vector<Label *> labels;
};

int main() {
  declorm::configure(); // makes the table in between
  const declorm::Engine engine = test::traced_database();
  {
    declorm::Session session(engine);
    for (int i = 0; i != 10'000; ++i)
      for (Parent &parent = session.emplace<Parent>(); parent.children.size() != 10;)
        parent.children.push_back(&session.emplace<Child>());
    session.commit();
  }
  declorm::Session session(engine);
  std::cout << session.execute("SELECT count(*) FROM children WHERE parent_id = (id + 9) / 10")
                   .scalar()
                   .as<int>()
            << " with the right parent" << std::endl;

  Child &child = *session.get<Child>(1);
  Label &label = session.emplace<Label>();
  child.labels = {&label};
  session.commit();
  session.load(child, &Child::labels);
  session.execute("DELETE FROM links");
  child.labels.clear();
  test::attempt([&] { session.flush(); });
  session.rollback();
  std::cout << child.labels.size() << std::endl;

  Parent &parent = *session.get<Parent>(2);
  session.load(parent, &Parent::children);
  session.execute("DELETE FROM children WHERE id = 11");
  parent.children.clear();
  test::attempt([&] { session.flush(); });
  session.rollback();
  std::cout << parent.children.size() << std::endl;
}

// The output:
// CHECK: > INSERT INTO parents DEFAULT VALUES --
// CHECK-NEXT: > INSERT INTO children (parent_id) VALUES (?) -- 1
// CHECK-NEXT: > SELECT count(*) FROM children WHERE parent_id = (id + 9) / 10 --
// CHECK-NEXT: 100000 with the right parent
// CHECK-NEXT: > SELECT children.id, children.parent_id FROM children WHERE children.id = ? -- 1
// CHECK-NEXT: > INSERT INTO labels DEFAULT VALUES --
// CHECK-NEXT: > INSERT INTO links (child_id, label_id) VALUES (?, ?) -- 1 1
// CHECK-NEXT: > SELECT labels.id, between_1.child_id FROM labels JOIN links AS between_1 ON labels.id = between_1.label_id WHERE between_1.child_id IN (?) -- 1
// CHECK-NEXT: > DELETE FROM links --
// CHECK-NEXT: StaleDataError: 'Child.labels': DELETE of the link of the Child with key (1) with the Label with key (1) matched no row: table 'links' has none where child_id = 1 and label_id = 1. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. rollback(), and load both again
// CHECK-NEXT: 1
// CHECK-NEXT: > SELECT parents.id FROM parents WHERE parents.id = ? -- 2
// CHECK-NEXT: > SELECT children.id, children.parent_id FROM children WHERE children.parent_id IN (?) -- 2
// CHECK-NEXT: > DELETE FROM children WHERE id = 11 --
// CHECK-NEXT: > UPDATE children SET parent_id = ? WHERE children.id = ? -- NULL 11
// CHECK-NEXT: StaleDataError: UPDATE of class 'Child' matched no row: table 'children' has none where id = 11. The row was deleted or has another key by now, or the database holds the key in another form than it is written in. Load the object again, in a session after rollback()
// CHECK-NEXT: 10
