// S92 S93 declare_first and declare_last: before and after configure, parents' and mixins' own too.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_clang -DFIRST_FAILS %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines --check-prefix=FIRST
// RUN: %declorm_clang -DLAST_FAILS %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines --check-prefix=LAST
#include "../Inputs/traced.h"

#include <stdexcept>

template <class Self> struct Announced {
private:
  [[declorm::declare_first]] static void announce() {
    std::cout << "announces " << declorm::mapper_of<Self>().name() << std::endl;
  }
};
struct [[using declorm: table("animals"), polymorphic_on("kind"), polymorphic_identity(0)]] Animal
    : Announced<Animal> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int kind = 0;
  [[declorm::declare_first]] static void first() {
    std::cout << "Animal first" << std::endl;
#ifdef FIRST_FAILS
    throw std::runtime_error("not now");
#endif
    declorm::metadata().add_table("animal_tags", declorm::Column("animal_id", declorm::BigInteger),
                                  declorm::Column("tag_id", declorm::BigInteger));
    try {
      declorm::configure();
    } catch (const declorm::InvalidRequestError &error) {
      std::cout << error.what() << std::endl;
    }
  }
  [[declorm::declare_last]] static void last();
};
struct [[using declorm: mapped, polymorphic_identity(1)]] Dog : Animal, Announced<Dog> {};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  // The table is made by declare_first.
  [[using declorm: relationship, secondary("animal_tags"),
    primaryjoin("tags.id = animal_tags.tag_id"),
    secondaryjoin("animals.id = animal_tags.animal_id")]]
  std::vector<Animal *> animals;
};
static declorm::Engine &engine() {
  static declorm::Engine engine = test::open_database();
  return engine;
}
void Animal::last() {
  std::cout << "Animal last, " << declorm::mapper_of<Tag>().relationships().front().name()
            << std::endl;
#ifdef LAST_FAILS
  throw std::runtime_error("not yet");
#endif
  declorm::metadata().create_all(engine());
  declorm::Session session(engine());
  session.emplace<Dog>();
  session.commit();
}

int main() {
  try {
    declorm::Session session(engine());
    std::cout << "animals " << session.query<Animal>().count() << std::endl;
  } catch (const std::runtime_error &error) {
    std::cout << error.what() << std::endl;
  }
  try {
    declorm::configure();
  } catch (const std::runtime_error &error) {
    std::cout << "again: " << error.what() << std::endl;
  }
}
// CHECK: announces Animal
// CHECK-NEXT: Animal first
// CHECK-NEXT: a session or a query was used in a declare_first function, before the mappers that it needs are configured; do that in declare_last
// CHECK-NEXT: announces Dog
// CHECK-NEXT: Animal last, animals
// CHECK-NEXT: animals 1
// CHECK-NOT: {{.}}

// FIRST: announces Animal
// FIRST-NEXT: Animal first
// FIRST-NEXT: not now
// FIRST-NEXT: again: not now
// FIRST-NOT: {{.}}

// LAST: announces Animal
// LAST: Animal last, animals
// LAST-NEXT: not yet
// LAST-NEXT: again: not yet
// LAST-NOT: {{.}}
