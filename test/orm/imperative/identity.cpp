// A class that a call maps into a hierarchy needs an identity, as an annotated one does, and so
// does one whose table is reflected: what its columns are has nothing to do with that.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/imperative.h>

using namespace declorm;

struct Person {
  std::int64_t id = 0;
  std::string kind;
};
struct Engineer : Person {
  std::string language;
};

int main() {
  MetaData metadata;
  Table &people = metadata.add_table("people", Column("id", Integer, primary_key),
                                     Column("kind", String, not_null));
  Table &engineers =
      metadata.add_table("engineers", Column("id", Integer, primary_key, ForeignKey("people.id")),
                         Column("language", String));
  Registry registry(metadata);
  registry.map_imperatively<Person>(people, field<&Person::id>("id"), field<&Person::kind>("kind"),
                                    polymorphic_on("kind"), polymorphic_identity("person"));
  registry.map_imperatively<Engineer>(engineers, inherits<Person>(),
                                      field<&Engineer::language>("language"));
  test::attempt([] { configure(); });
  // CHECK: ArgumentError: {{.*}}identity.cpp:[[# @LINE-3]]:{{.*}}class 'Engineer' has no polymorphic_identity, by which its rows in table 'people' are known; {{.*}}
}
