// Mapper::relationships(): names and targets, those of the base first.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include <declorm/declorm.h>
#include <iostream>

struct Dog;
struct Owner;
struct [[using declorm: table("animals"), polymorphic_on("kind"), polymorphic_identity(0)]] Animal {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int kind = 0;
  [[using declorm: column, foreign_key("owners.id")]] std::optional<std::int64_t> owner_id;
  [[declorm::relationship]] Owner *owner = nullptr;
};
struct [[using declorm: mapped, polymorphic_identity(1)]] Dog : Animal {
  [[using declorm: column, foreign_key("animals.id")]] std::optional<std::int64_t> friend_id;
  [[using declorm: relationship, foreign_keys("friend_id"), remote_side("Animal.id")]]
  Animal *friend_ = nullptr;
};
struct [[declorm::table("owners")]] Owner {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, back_populates("owner")]] std::vector<Animal *> animals;
};

int main() {
  for (const declorm::Mapper *mapper : {&declorm::mapper_of<Dog>(), &declorm::mapper_of<Owner>()}) {
    std::cout << mapper->name() << ':';
    for (const declorm::RelationshipProperty &one : mapper->relationships())
      std::cout << ' ' << one.name() << " to " << one.target().name();
    std::cout << std::endl;
  }
}
// CHECK: Dog: owner to Owner friend_ to Animal
// CHECK-NEXT: Owner: animals to Animal
