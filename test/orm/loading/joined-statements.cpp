// joinedload() in one statement: of a list beside LIMIT and OFFSET, which count objects, and of
// hierarchies.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <set>

using declorm::col, declorm::joinedload;

struct Pet;
struct Owner;
struct [[declorm::table("cities")]] City {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, order_by("desc(Owner.name)")]] std::vector<Owner *> owners;
};
struct [[declorm::table("owners")]] Owner {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("cities.id")]] std::optional<std::int64_t> city_id;
  [[using declorm: relationship, back_populates("owners")]] City *city = nullptr;
  [[declorm::relationship]] std::vector<Pet *> pets;
};
struct [[using declorm: table("pets"), polymorphic_on("kind"), polymorphic_identity("pet")]] Pet {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  [[using declorm: column, foreign_key("owners.id")]] std::optional<std::int64_t> owner_id;
};
struct [[declorm::table("toys")]] Toy {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("dogs.id")]] std::optional<std::int64_t> dog_id;
};
struct [[using declorm: table("dogs"), polymorphic_identity("dog")]] Dog : Pet {
  [[declorm::column]] std::string breed;
  [[declorm::column_property("breed || '!'")]] std::string loud;
  [[declorm::relationship]] std::vector<Toy *> toys;
};
struct [[using declorm: mapped, polymorphic_identity("cat")]] Cat : Pet {
  [[declorm::column]] std::optional<int> lives;
};

static void show(declorm::Session &session, const std::vector<Owner *> &owners) {
  for (const Owner *owner : owners) {
    std::cout << owner->name << (owner->city ? " of " + owner->city->name : "") << ':';
    std::set<std::string> pets; // their list has no order
    for (Pet *pet : owner->pets)
      if (const Dog *dog = session.as<Dog>(*pet))
        pets.insert(" dog " + dog->breed);
      else if (const Cat *cat = session.as<Cat>(*pet))
        pets.insert(" cat " + std::to_string(cat->lives.value()));
      else
        pets.insert(" pet");
    for (const std::string &pet : pets)
      std::cout << pet;
    std::cout << std::endl;
  }
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  City &city = session.emplace<City>();
  city.name = "paris";
  for (const char *name : {"ann", "bob", "cid"}) {
    Owner &owner = session.emplace<Owner>();
    owner.name = name;
    owner.city = &city;
    session.flush();
    owner.pets.push_back(&session.emplace<Pet>());
    session.flush();
    Dog &dog = session.emplace<Dog>();
    dog.breed = std::string(name) + "'s";
    owner.pets.push_back(&dog);
    session.flush();
    Cat &cat = session.emplace<Cat>();
    cat.lives = 7;
    owner.pets.push_back(&cat);
    session.flush();
  }
  session.commit();
  session.expunge_all();
  test::tracing = true;

  const auto owners = session.query<Owner>().order_by(declorm::desc(col<&Owner::name>));
  show(session, owners.options(joinedload<&Owner::pets>()).all());
  // CHECK: > SELECT owners.id, owners.name, owners.city_id, pets_1.id, pets_1.kind, pets_1.owner_id, {{.*}} FROM owners LEFT OUTER JOIN (pets AS pets_1 LEFT OUTER JOIN dogs AS pets_1_dogs ON pets_1_dogs.id = pets_1.id) ON owners.id = pets_1.owner_id ORDER BY owners.name DESC --
  // CHECK-NEXT: cid: cat 7 dog cid's pet
  // CHECK-NEXT: bob: cat 7 dog bob's pet
  // CHECK-NEXT: ann: cat 7 dog ann's pet
  session.expunge_all();
  show(session, owners.limit(1)
                    .offset(1)
                    .options(joinedload<&Owner::pets>(), joinedload<&Owner::city>())
                    .all());
  // CHECK-NEXT: > SELECT anon_1.id, anon_1.name, anon_1.city_id, pets_1.id, pets_1.kind, pets_1.owner_id, {{.*}}, cities_1.id, cities_1.name FROM (SELECT owners.id, owners.name, owners.city_id FROM owners ORDER BY owners.name DESC LIMIT ? OFFSET ?) AS anon_1 LEFT OUTER JOIN (pets AS pets_1 LEFT OUTER JOIN dogs AS pets_1_dogs ON pets_1_dogs.id = pets_1.id) ON anon_1.id = pets_1.owner_id LEFT OUTER JOIN cities AS cities_1 ON anon_1.city_id = cities_1.id ORDER BY anon_1.name DESC -- 1 1
  // CHECK-NEXT: bob of paris: cat 7 dog bob's pet
  session.expunge_all();
  std::cout << "an order that is no column of the class; first()" << std::endl;
  const Owner *first = session.query<Owner>()
                           .join<&Owner::city>()
                           .order_by(col<&City::name>)
                           .order_by(col<&Owner::id> + 1)
                           .options(joinedload<&Owner::pets>())
                           .first();
  std::cout << first->name << ' ' << first->pets.size() << std::endl;
  // CHECK-NEXT: an order that is no column of the class; first()
  // CHECK-NEXT: > SELECT anon_1.id, anon_1.name, anon_1.city_id, anon_1.name_1, anon_1.column_5, pets_1.id, {{.*}} FROM (SELECT owners.id, owners.name, owners.city_id, cities.name AS name_1, owners.id + ? AS column_5 FROM owners JOIN cities ON owners.city_id = cities.id ORDER BY cities.name, owners.id + ? LIMIT ?) AS anon_1 LEFT OUTER JOIN {{.*}} ORDER BY anon_1.name_1, anon_1.column_5 -- 1 1 1
  // CHECK-NEXT: ann 3
  session.expunge_all();
  for (const City &each : session.query<City>().limit(1).options(joinedload<&City::owners>()))
    for (const Owner *owner : each.owners)
      std::cout << owner->name << std::endl;
  // CHECK-NEXT: > SELECT anon_1.id, anon_1.name, owners_1.id, owners_1.name, owners_1.city_id FROM (SELECT cities.id, cities.name FROM cities LIMIT ?) AS anon_1 LEFT OUTER JOIN owners AS owners_1 ON owners_1.city_id = anon_1.id ORDER BY owners_1.name DESC -- 1
  // CHECK-NEXT: cid
  // CHECK-NEXT: bob
  // CHECK-NEXT: ann
  session.expunge_all();
  std::cout << "a joined class, ordered by a member of its base" << std::endl;
  for (const Dog &dog : session.query<Dog>()
                            .order_by(col<&Pet::owner_id> + 1)
                            .order_by(col<&Pet::kind>)
                            .limit(2)
                            .options(joinedload<&Dog::toys>()))
    std::cout << dog.loud << ' ' << dog.toys.size() << std::endl;
  // CHECK-NEXT: a joined class, ordered by a member of its base
  // CHECK-NEXT: > SELECT {{.*}} FROM (SELECT dogs.id, pets.kind, pets.owner_id, dogs.breed, dogs.breed || '!' AS loud, pets.owner_id + ? AS column_6 FROM pets JOIN dogs ON dogs.id = pets.id ORDER BY pets.owner_id + ?, pets.kind LIMIT ?) AS anon_1 LEFT OUTER JOIN toys AS toys_1 ON anon_1.id = toys_1.dog_id ORDER BY anon_1.column_6, anon_1.kind -- 1 1 2
  // CHECK-NEXT: ann's! 0
  // CHECK-NEXT: bob's! 0
  session.expunge_all();
  std::cout << "a hierarchy whose own rows are limited" << std::endl;
  const auto pets = session.query<Pet>().order_by(col<&Pet::id>).limit(2);
  for (Pet &pet : pets)
    std::cout << pet.id << ' ' << (session.as<Dog>(pet) ? "dog" : "pet") << std::endl;
  // CHECK-NEXT: a hierarchy whose own rows are limited
  // CHECK-NEXT: > SELECT {{.*}}
  // CHECK-NEXT: > SELECT dogs.id, {{.*}}
  // CHECK-NEXT: 1 pet
  // CHECK-NEXT: 2 dog
}
