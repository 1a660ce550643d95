// Both sides of a link, and the foreign key beside them, changed in all combinations, loaded or
// not: a changed side beats an unchanged one, a relationship beats a key member, a new parent beats
// the old list, two different changes are an error; and after the flush all of them say the same.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <algorithm>
#include <iostream>

using declorm::col;

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<int> parent_id;
  [[declorm::relationship]] Parent *parent = nullptr;
};

// The child's parent is 1 at first. What is changed: the pointer ('-': not, '0': to null, '2': to
// parent 2), the list of 1 ('r': taken out), the list of 2 ('a': put in), the key.
struct Case {
  char pointer, list1, list2, key;
  const char *expected; // the parent then; "E": FlushError
};
constexpr Case cases[] = {
    {'-', '-', '-', '-', "1"}, {'-', '-', '-', '2', "2"}, {'-', '-', '-', '0', "0"},
    {'-', '-', 'a', '-', "2"}, {'-', '-', 'a', '2', "2"}, {'-', '-', 'a', '0', "2"},
    {'-', 'r', '-', '-', "0"}, {'-', 'r', '-', '2', "2"}, {'-', 'r', '-', '0', "0"},
    {'-', 'r', 'a', '-', "2"}, {'-', 'r', 'a', '2', "2"}, {'-', 'r', 'a', '0', "2"},
    {'0', '-', '-', '-', "0"}, {'0', '-', '-', '2', "0"}, {'0', '-', '-', '0', "0"},
    {'0', '-', 'a', '-', "E"}, {'0', '-', 'a', '2', "E"}, {'0', '-', 'a', '0', "E"},
    {'0', 'r', '-', '-', "0"}, {'0', 'r', '-', '2', "0"}, {'0', 'r', '-', '0', "0"},
    {'0', 'r', 'a', '-', "E"}, {'0', 'r', 'a', '2', "E"}, {'0', 'r', 'a', '0', "E"},
    {'2', '-', '-', '-', "2"}, {'2', '-', '-', '2', "2"}, {'2', '-', '-', '0', "2"},
    {'2', '-', 'a', '-', "2"}, {'2', '-', 'a', '2', "2"}, {'2', '-', 'a', '0', "2"},
    {'2', 'r', '-', '-', "2"}, {'2', 'r', '-', '2', "2"}, {'2', 'r', '-', '0', "2"},
    {'2', 'r', 'a', '-', "2"}, {'2', 'r', 'a', '2', "2"}, {'2', 'r', 'a', '0', "2"},
};

// In a member that is not loaded null and a missing element mean nothing.
const char *expected(Case wanted, bool pointer_loaded, bool list1_loaded) {
  if (wanted.pointer == '0' && !pointer_loaded)
    wanted.pointer = '-';
  if (wanted.list1 == 'r' && !list1_loaded)
    wanted.list1 = '-';
  for (const Case &known : cases)
    if (known.pointer == wanted.pointer && known.list1 == wanted.list1 &&
        known.list2 == wanted.list2 && known.key == wanted.key)
      return known.expected;
  return "?";
}

bool has(const Parent &parent, const Child &child) {
  return std::find(parent.children.begin(), parent.children.end(), &child) != parent.children.end();
}

std::string run(const declorm::Engine &engine, const Case &wanted, unsigned loaded,
                std::string *message) {
  declorm::Session session(engine);
  // The child first: its pointer is filled only if its parent is here already.
  Child &child = *session.get<Child>(1);
  Parent &one = *session.get<Parent>(1), &two = *session.get<Parent>(2);
  if (loaded & 1)
    session.load(child, &Child::parent);
  if (loaded & 2)
    session.load(one, &Parent::children);
  if (loaded & 4)
    session.load(two, &Parent::children);
  if (!(loaded & 1) && (loaded & 2) && !session.is_loaded(child, &Child::parent))
    return "the loaded list did not fill the pointer";
  if (wanted.pointer != '-')
    child.parent = wanted.pointer == '2' ? &two : nullptr;
  if (wanted.list1 == 'r')
    std::erase(one.children, &child);
  if (wanted.list2 == 'a')
    two.children.push_back(&child);
  if (wanted.key != '-')
    child.parent_id = wanted.key == '2' ? std::optional(2) : std::nullopt;
  try {
    session.flush();
  } catch (const declorm::FlushError &error) {
    *message = error.what();
    const int key = child.parent_id.value_or(0), given = wanted.key == '-' ? 1 : wanted.key - '0';
    if (key != given)
      return "the failed flush changed the key to " + std::to_string(key);
    return "E";
  }
  const int row = session.execute("SELECT coalesce(parent_id, 0) FROM children").scalar().as<int>();
  // The other members say the same, as far as they say anything.
  if (child.parent_id.value_or(0) != row)
    return "the key member says another than the row";
  if (session.is_loaded(child, &Child::parent) && (child.parent ? child.parent->id : 0) != row)
    return "the pointer says another than the row";
  if (has(one, child) != (row == 1) && session.is_loaded(one, &Parent::children))
    return "the list of 1 says another than the row";
  if (has(two, child) != (row == 2) && session.is_loaded(two, &Parent::children))
    return "the list of 2 says another than the row";
  session.flush();
  if (session.is_modified(child) || session.is_modified(one) || session.is_modified(two))
    return "something is left to be written";
  session.rollback();
  if (child.parent_id != 1)
    return "the rollback left another key";
  if ((loaded & 2) && !has(one, child))
    return "the rollback left the list of 1 without the child";
  if (has(two, child))
    return "the rollback left the child in the list of 2";
  return std::to_string(row);
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session setup(engine);
  Parent &one = setup.emplace<Parent>();
  setup.emplace<Parent>();
  setup.add(Child{.parent = &one});
  setup.commit();

  int right = 0, wrong = 0;
  std::string messages[3];
  for (unsigned loaded = 0; loaded != 8; ++loaded)
    for (const Case &wanted : cases) {
      // A loaded list of 1 loads the pointer with it.
      const bool pointer_loaded = loaded & 3, list1_loaded = loaded & 2;
      std::string message;
      const std::string result = run(engine, wanted, loaded, &message);
      const std::string should = expected(wanted, pointer_loaded, list1_loaded);
      if (result == "E" && loaded == 7 && wanted.list1 == '-' && wanted.key == '-')
        messages[0] = message;
      ++(result == should ? right : wrong);
      if (result != should)
        std::cout << "loaded " << loaded << ", pointer " << wanted.pointer << ", list of 1 "
                  << wanted.list1 << ", list of 2 " << wanted.list2 << ", key " << wanted.key
                  << ": " << result << ", not " << should << std::endl;
    }
  std::cout << right << " right, " << wrong << " wrong" << std::endl << messages[0] << std::endl;

  // Two parents at once.
  declorm::Session session(engine);
  Child &child = *session.get<Child>(1);
  Parent &three = session.emplace<Parent>(), &two = *session.get<Parent>(2);
  two.children.push_back(&child);
  three.children.push_back(&child);
  try {
    session.flush();
  } catch (const declorm::FlushError &error) {
    std::cout << error.what() << std::endl;
  }
}

// The output:
// CHECK: 288 right, 0 wrong
// CHECK-NEXT: 'Child.parent' of the Child with key (1) was set to nothing, and it was put into 'Parent.children' of the Parent with key (2); make both say the same, or change one
// CHECK-NEXT: the Child with key (1) was put into 'Parent.children' of a new Parent and of the Parent with key (2); it can be in one of them only, take it out of the other
