// What cannot be mapped by a call is an error, at the call if it shows there, else at the first use
// of mapped classes, with the place of the call.
// RUN: %declorm_clang %s %link_declorm -o %t
// RUN: %t calls | FileCheck %s --match-full-lines --check-prefix=CALLS
// RUN: %t column | FileCheck %s --match-full-lines --check-prefix=COLUMN
// RUN: %t type | FileCheck %s --match-full-lines --check-prefix=TYPE
// RUN: %t key | FileCheck %s --match-full-lines --check-prefix=KEY
// RUN: %t no-key-member | FileCheck %s --match-full-lines --check-prefix=MEMBER
// RUN: %t needed | FileCheck %s --match-full-lines --check-prefix=NEEDED
// RUN: %t option | FileCheck %s --match-full-lines --check-prefix=OPTION
// RUN: %t useless | FileCheck %s --match-full-lines --check-prefix=USELESS
// RUN: %t target | FileCheck %s --match-full-lines --check-prefix=TARGET
// RUN: %t join | FileCheck %s --match-full-lines --check-prefix=JOIN
// RUN: %t disagree | FileCheck %s --match-full-lines --check-prefix=DISAGREE
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/imperative.h>

using namespace declorm;

struct Parent;
struct Thing {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::int64_t> parent_id;
  Parent *parent = nullptr;
};
struct Parent {
  std::int64_t id = 0;
  std::vector<Thing *> things;
};
struct Special : Thing {
  int extra = 0;
};
struct [[declorm::table("annotated")]] Annotated {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct Lost : Annotated {};

int main(int, char **argv) {
  const std::string_view which = argv[1];
  MetaData metadata;
  Table &things =
      metadata.add_table("things", Column("id", Integer, primary_key),
                         Column("name", String(20), not_null), Column("parent_id", Integer));
  Table &parents = metadata.add_table("parents", Column("id", Integer, primary_key));
  Registry registry(metadata);
  const auto id = field<&Thing::id>("id");
  const auto name = field<&Thing::name>("name");
  const auto use = [] { test::attempt([] { declorm::configure(); }); };

  if (which == "calls") {
    registry.map_imperatively<Parent>(parents, field<&Parent::id>("id"));
    // CALLS: ArgumentError: class 'Parent' ({{.*}}errors.cpp:{{[0-9]+}}) is mapped already, at {{.*}}errors.cpp:{{[0-9]+}}; a class is mapped once
    // CALLS-NEXT: ArgumentError: class 'Annotated' ({{.*}}:{{[0-9]+}}) bears annotations, at {{.*}}errors.cpp:{{[0-9]+}}, which say how it is mapped; take either these or the call out
    // CALLS-NEXT: ArgumentError: class 'Special' ({{.*}}:{{[0-9]+}}) inherits from class 'Thing', which is not mapped; map that one first
    // CALLS-NEXT: ArgumentError: class 'Thing' ({{.*}}:{{[0-9]+}}): member 'id' is mapped twice, to columns 'id' and 'parent_id'; a member stands for one of them
    // CALLS-NEXT: ArgumentError: class 'Thing' ({{.*}}:{{[0-9]+}}): member 'parent' is mapped twice; a member stands for one of them
    // CALLS-NEXT: ArgumentError: a member's default is made by a function that is a template argument: default_value<&make>()
    test::attempt([&] {
      registry.map_imperatively<Parent>(parents, field<&Parent::id>("id"));
      std::cout << "not reached" << std::endl;
    });
    test::attempt([&] { registry.map_imperatively<Annotated>(parents); });
    test::attempt([&] { registry.map_imperatively<Special>(things, inherits<Thing>()); });
    test::attempt([&] {
      registry.map_imperatively<Thing>(things, id, name, field<&Thing::id>("parent_id"));
    });
    test::attempt([&] {
      registry.map_imperatively<Thing>(things, id, relationship<&Thing::parent>(),
                                       relationship<&Thing::parent>());
    });
    test::attempt([&] { field<&Thing::id>("id", default_value([] { return 1; })); });
    return 0;
  }
  if (which == "column")
    // COLUMN: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+2]]), member 'name': the table 'things' has no column 'nam'; did you mean 'name'?
    // COLUMN-NEXT: ArgumentError: class 'Thing' {{.*}} has no column 'nam'; did you mean 'name'?
    registry.map_imperatively<Thing>(things, id, field<&Thing::name>("nam"));
  if (which == "type")
    // TYPE: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+1]]), member 'parent_id' of type {{.*}} cannot hold what column 'name' of table 'things' does, which is of type VARCHAR(20); give the member a type that can, or say with sql_type("…") how the column is to be read
    registry.map_imperatively<Thing>(things, id, field<&Thing::parent_id>("name"));
  if (which == "key")
    // KEY: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+1]]) maps to table 'keyless', which has no primary key; give it one, or name the columns that tell its rows apart with mapper_primary_key("column")
    registry.map_imperatively<Thing>(metadata.add_table("keyless", Column("id", Integer)), id);
  if (which == "no-key-member")
    // MEMBER: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+1]]) maps to table 'things', whose primary key has the column 'id', which no member stands for; add one of type INTEGER
    registry.map_imperatively<Thing>(things, name);
  if (which == "needed")
    // NEEDED: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+1]]): the column 'name' of table 'things' is VARCHAR(20) NOT NULL without a default, and no member stands for it, so that no object could be inserted; add a member, or say exclude_properties("name") on a class that only reads and changes rows
    registry.map_imperatively<Thing>(things, id);
  if (which == "option")
    // OPTION: ArgumentError: {{.*}}errors.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: 'cascade' of relationship 'parent' of class 'Thing': 'delet' is no cascade; did you mean 'delete'? [declorm-relationship-options]
    registry.map_imperatively<Thing>(things, id, name,
                                     relationship<&Thing::parent>(cascade("delet")));
  if (which == "useless")
    // USELESS: ArgumentError: {{.*}}errors.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: {{.*}}concrete{{.*}}
    registry.map_imperatively<Thing>(things, id, name, concrete);
  if (which == "target")
    // TARGET: ArgumentError: {{.*}}errors.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: relationship 'parent' of class 'Thing' has type 'Parent *', and nothing maps that class [declorm-unresolved-target]
    registry.map_imperatively<Thing>(things, id, name, relationship<&Thing::parent>());
  if (which == "join") {
    registry.map_imperatively<Parent>(parents, field<&Parent::id>("id"));
    // JOIN: Error: relationship 'parent' of class 'Thing' ({{.*}}:[[# @LINE+1]]): there is no foreign key between tables 'things' and 'parents'; {{.*}}
    registry.map_imperatively<Thing>(things, id, name, relationship<&Thing::parent>());
  }
  if (which == "disagree") {
    registry.map_imperatively<Thing>(things, id, field<&Thing::name>("name", String(5)));
    // DISAGREE: ArgumentError: class 'Thing' ({{.*}}), member 'name' says length(5) of column 'name' of table 'things', and class 'Other' ({{.*}}), member 'name' says length(50); both are mapped to that table, and must agree
    struct Other {
      std::int64_t id = 0;
      std::string name;
    };
    registry.map_imperatively<Other>(things, field<&Other::id>("id"),
                                     field<&Other::name>("name", String(50)));
  }
  use();
  if (which == "column")
    test::attempt([] { table_of<Thing>(); });
}
