// What only configure finds in unions of concrete tables; the rest is the rule
// concrete-inheritance's.
// RUN: %declorm_clang -DTYPE=int %s %link_declorm -o %t && %t | FileCheck %s --check-prefix=TYPES --match-full-lines
// RUN: %declorm_clang -DTYPE=std::string -DOTHER %s %link_declorm -o %t && %t | FileCheck %s --check-prefix=METADATA --match-full-lines
// RUN: not %declorm_clang -DTYPE=std::string -DTYPE_COLUMN='"id"' -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=CLASH
#include "../Inputs/attempt.h"
#include <declorm/declorm.h>

#ifdef OTHER
#define ENGINEER declorm::table("engineers"), declorm::metadata("other")
#else
#define ENGINEER declorm::table("engineers")
#endif
#ifndef TYPE_COLUMN
#define TYPE_COLUMN "type"
#endif

// CLASH: concrete-errors.cpp:[[@LINE+1]]:{{[0-9]+}}: error: the type column 'id' of the union of class 'Employee' would hide the column 'managers.id'; give the type column another name with {{\[\[}}declorm::concrete_discriminator("…")]] [declorm-concrete-inheritance]
struct [[using declorm: abstract_concrete_base, concrete_discriminator(TYPE_COLUMN)]] Employee {
  // CLASH: concrete-errors.cpp:[[@LINE+1]]:{{[0-9]+}}: note: the column is here
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[using declorm: table("managers"), polymorphic_identity("manager")]] Manager : Employee {
  [[declorm::column]] std::string rank;
};
struct [[ENGINEER, declorm::polymorphic_identity("engineer")]] Engineer : Employee {
  [[declorm::column]] TYPE rank{};
};

int main() {
  // TYPES: ArgumentError: class 'Employee' is read from the tables of the classes below it: polymorphic_union 'pjoin': the columns managers.rank and engineers.rank would be one column, and their types String and Integer do not go together; rename one of them
  // METADATA: ArgumentError: class 'Employee' is read from the tables of the classes below it: polymorphic_union 'pjoin': the tables managers and engineers belong to different MetaData
  test::attempt([] { declorm::configure(); });
}
