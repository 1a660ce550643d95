// What a function makes for inherit_condition that does not join the class's table to those of its
// parent's, and a function that throws.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t
// RUN: %t other-table | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t own-table | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t parents-table | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t unequal | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t either | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t constant | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t computed | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t part | FileCheck %s --match-full-lines --check-prefix=PART
// RUN: %t throws | FileCheck %s --match-full-lines --check-prefix=THROWS
// RUN: %t right | FileCheck %s --match-full-lines --check-prefix=RIGHT
#include <declorm/declorm.h>

#include <iostream>
#include <stdexcept>

using declorm::col;

static std::string_view which;

namespace lib {
declorm::Expression<bool> join();
struct [[using declorm: table("items"), polymorphic_on("kind"), polymorphic_identity(1)]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, primary_key]] std::int64_t part = 0;
  [[declorm::column]] int kind = 0;
};
struct [[using declorm: table("books"), polymorphic_identity(2), inherit_condition(&join)]] Book
    : Item {
  [[using declorm: column, primary_key]] std::int64_t book_id = 0;
  [[using declorm: column, primary_key]] std::int64_t book_part = 0;
  [[declorm::column]] std::int64_t number = 0;
};
struct [[declorm::table("others")]] Other {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

declorm::Expression<bool> join() {
  std::cout << "called" << std::endl;
  const declorm::Expression<bool> id = col<&Book::book_id> == col<&Item::id>;
  if (which == "other-table")
    return id && col<&Book::book_part> == col<&Other::id>;
  if (which == "own-table")
    return id && col<&Book::book_part> == col<&Book::number>;
  if (which == "parents-table")
    return id && col<&Item::id> == col<&Item::part>;
  if (which == "unequal")
    return id && col<&Book::book_part> != col<&Item::part>;
  if (which == "either")
    return id || col<&Book::book_part> == col<&Item::part>;
  if (which == "constant")
    return id && col<&Book::book_part> == 2;
  if (which == "computed")
    return id && col<&Book::book_part> == col<&Item::part> + 1;
  if (which == "part")
    return id;
  if (which == "throws")
    throw std::runtime_error("not today");
  return id && col<&Item::part> == col<&Book::book_part>;
}
} // namespace lib

// JOIN: called
// JOIN-NEXT: class 'lib::Book' ({{.*}}.cpp:[[#]]): the inherit_condition that '&::lib::join' makes is not made of equalities, joined by &&, between a column of table 'books' and one of class 'lib::Item' each; name them by these classes, as in col<&Book::a> == col<&Item::b>
// JOIN-NEXT: the same again
// PART: called
// PART-NEXT: class 'lib::Book' ({{.*}}.cpp:[[#]]): the join of table 'books' with that of class 'lib::Item' does not cover the primary key, so that it does not say which rows belong together; name all its columns in the foreign key or in inherit_condition
// PART-NEXT: the same again
// THROWS: called
// THROWS-NEXT: not today
// THROWS-NEXT: the same again
// RIGHT: called
// RIGHT-NEXT: fine
// RIGHT-NEXT: fine
int main(int, char **argv) {
  which = argv[1];
  std::string before;
  for (int i = 0; i != 2; ++i)
    try {
      declorm::configure();
      std::cout << "fine" << std::endl;
    } catch (const std::exception &error) {
      std::cout << (before == error.what() ? "the same again" : error.what()) << std::endl;
      before = error.what();
    }
}
