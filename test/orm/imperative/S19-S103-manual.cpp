// S19, S103: classes that are marked manual are mapped by a call, into a registry on a MetaData
// that was made before; when either ends they are unmapped.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Pet;
struct [[using declorm: manual, table("owners")]] Owner {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("owner")]] std::vector<Pet *> pets;
};
struct [[using declorm: manual, table("pets")]] Pet {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("owners.id")]] std::optional<std::int64_t> owner_id;
  [[declorm::relationship("Owner")]] Owner *owner = nullptr;
};
struct [[declorm::table("others")]] Other {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct Plain {
  std::int64_t id = 0;
};

static void use(const char *name) {
  const Engine engine = create_engine("sqlite://");
  Session session(engine);
  Owner &owner = session.add(Owner{});
  owner.name = name;
  owner.pets.push_back(&session.add(Pet{}));
}

int main() {
  // CHECK: UnmappedClassError: class 'Owner' is marked manual, and no call has mapped it; call declorm::registry().map_declaratively<Owner>() before its first use
  test::attempt([] { use("too soon"); });
  // Its table is nowhere yet.
  // CHECK-NEXT: others
  for (const Table *table : declorm::metadata().tables())
    std::cout << table->name() << std::endl;

  const Engine engine = test::traced_engine();
  for (int round = 0; round != 2; ++round) {
    MetaData metadata;
    metadata.add_table("before", Column("id", Integer, primary_key));
    Registry registry(metadata);
    registry.map_declaratively<Owner>();
    registry.map_declaratively<Pet>();
    // CHECK-NEXT: ArgumentError: {{.*}}:[[# @LINE+7]]: map_declaratively<Owner>: class 'Owner' ({{.*}}:10) is mapped already, at {{.*}}:[[# @LINE-2]]; a class is mapped once
    // CHECK-NEXT: ArgumentError: {{.*}}: map_declaratively<Pet>: class 'Pet' ({{.*}}:15) is mapped already, at {{.*}}; a class is mapped once
    // CHECK-NEXT: ArgumentError: {{.*}}: map_declaratively<Other>: class 'Other' ({{.*}}:20) is mapped without this call; mark it {{\[\[}}declorm::manual]], or take the call out
    // CHECK-NEXT: UnmappedClassError: {{.*}}: map_declaratively<Plain>: the class was never registered: it takes one that is marked {{\[\[}}declorm::manual]], in a source that was compiled with the declorm plugin; map_imperatively maps others
    if (round == 0) {
      test::attempt([&] {
        // The call below.
        registry.map_declaratively<Owner>();
      });
      test::attempt([] { declorm::registry().map_declaratively<Pet>(); });
      test::attempt([] { declorm::registry().map_declaratively<Other>(); });
      test::attempt([&] { registry.map_declaratively<Plain>(); });
    }
    // CHECK-NEXT: before owners pets
    for (const char *gap = ""; const Table *table : (mapper_of<Pet>(), metadata.tables()))
      std::cout << std::exchange(gap, " ") << table->name();
    std::cout << std::endl;
    metadata.create_all(engine);
    Session session(engine);
    test::tracing = true;
    Owner &owner = session.add(Owner{});
    owner.name = "ann";
    owner.pets.push_back(&session.add(Pet{}));
    // CHECK-NEXT: > INSERT INTO owners (name) VALUES (?) -- 'ann'
    // CHECK-NEXT: > INSERT INTO pets (owner_id) VALUES (?) -- 1
    session.commit();
    test::tracing = false;
    session.close();
    metadata.drop_all(engine);
    // The second time round another MetaData and registry take the classes.
    // CHECK-NEXT: before owners pets
    // CHECK-NEXT: > INSERT INTO owners (name) VALUES (?) -- 'ann'
    // CHECK-NEXT: > INSERT INTO pets (owner_id) VALUES (?) -- 1
  }
  // CHECK-NEXT: UnmappedClassError: class 'Owner' is marked manual, and no call has mapped it; call declorm::registry().map_declaratively<Owner>() before its first use
  test::attempt([] { use("too late"); });
}
