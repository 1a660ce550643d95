// What a call says that contradicts itself, or has no effect, is an error that says so: at the
// call, or at the first use of mapped classes.
// RUN: %declorm_clang %s %link_declorm -o %t
// RUN: %t calls | FileCheck %s --match-full-lines --check-prefix=CALLS
// RUN: %t makers | FileCheck %s --match-full-lines --check-prefix=MAKERS
// RUN: %t text | FileCheck %s --match-full-lines --check-prefix=TEXT
// RUN: %t discriminator | FileCheck %s --match-full-lines --check-prefix=DISCRIMINATOR
// RUN: %t properties | FileCheck %s --match-full-lines --check-prefix=PROPERTIES
// RUN: %t mapped-side | FileCheck %s --match-full-lines --check-prefix=SIDE
// RUN: %t other-class | FileCheck %s --match-full-lines --check-prefix=OTHER
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/imperative.h>

using namespace declorm;

struct Parent;
struct Stranger {
  Parent *parent = nullptr;
};
struct Thing {
  std::int64_t id = 0;
  std::string name;
  int version = 0;
  std::optional<std::int64_t> parent_id;
  Parent *parent = nullptr;
  void touch() {}
};
struct Parent {
  std::int64_t id = 0;
  std::vector<Thing *> things;
};
struct Special : Thing {
  int extra = 0;
};
static int next(int before) { return before + 2; }

int main(int, char **argv) {
  const std::string_view which = argv[1];
  MetaData metadata;
  Table &things = metadata.add_table(
      "things", Column("id", Integer, primary_key), Column("name", String(20)),
      Column("version", Integer, not_null), Column("parent_id", Integer, ForeignKey("parents.id")));
  Table &parents = metadata.add_table("parents", Column("id", Integer, primary_key));
  Table &specials = metadata.add_table("specials", Column("id", Integer, primary_key),
                                       Column("name", String(20)), Column("extra", Integer));
  Registry registry(metadata);
  const auto id = field<&Thing::id>("id");
  const auto name = field<&Thing::name>("name");
  const auto version = field<&Thing::version>("version");
  const auto parent_id = field<&Thing::parent_id>("parent_id");

  if (which == "calls") {
    // CALLS: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+8]]): before_insert<&touch>() is said twice; a function is called once
    // CALLS-NEXT: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+12]]): member 'version': 'version_id' is said twice; say it once
    // CALLS-NEXT: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+16]]): 'polymorphic_identity' is said twice; say it once
    // CALLS-NEXT: ArgumentError: class 'Thing' ({{.*}}:[[# @LINE+20]]): member 'version': 'version_id_generator' makes the next version, and nothing says that the member is one; say version_id beside it, or leave it out
    // CALLS-NEXT: no error
    test::attempt([&] {
      registry.map_imperatively<Thing>(
          // The call begins on the next line.
          things, before_insert<&Thing::touch>(), before_insert<&Thing::touch>());
    });
    test::attempt([&] {
      registry.map_imperatively<Thing>(
          // The table's place is the call's.
          things, field<&Thing::version>("version", version_id, version_id));
    });
    test::attempt([&] {
      registry.map_imperatively<Thing>(
          // The same.
          things, polymorphic_identity(1), polymorphic_identity(2));
    });
    test::attempt([&] {
      registry.map_imperatively<Thing>(
          // And so here.
          things, id, field<&Thing::version>("version", version_id_generator<&next>()));
    });
    test::attempt([&] {
      registry.map_imperatively<Thing>(things, id, before_insert<&Thing::touch>(),
                                       after_insert<&Thing::touch>(), allow("no-join"),
                                       allow("no-primary-key"));
    });
    return 0;
  }
  if (which == "makers")
    // MAKERS: ArgumentError: {{.*}}: error: 'onupdate' of member 'version' of class 'Thing' has no effect: each INSERT and UPDATE gives it the next version; leave it out, or say what makes the next one with version_id_generator {{.*}}
    registry.map_imperatively<Thing>(things, id, name,
                                     field<&Thing::version>("version", version_id, onupdate(2)));
  if (which == "text")
    // TEXT: ArgumentError: {{.*}}: error: member 'name' counts the versions of class 'Thing' and is of type {{.*}}, which cannot be counted; say what makes the next one with version_id_generator, a function, or false if the database does {{.*}}
    registry.map_imperatively<Thing>(things, id, field<&Thing::name>("name", version_id, not_null),
                                     version);
  if (which == "discriminator")
    // DISCRIMINATOR: ArgumentError: {{.*}}: error: concrete_discriminator names the type column of a union, and class 'Thing' has none: it is neither concrete_base nor abstract_concrete_base [declorm-concrete-inheritance]
    registry.map_imperatively<Thing>(things, id, name, version, concrete_discriminator("kind"));
  if (which == "properties") {
    registry.map_imperatively<Thing>(things, id, name, version, concrete_base,
                                     polymorphic_identity("thing"));
    // PROPERTIES: ArgumentError: {{.*}}: error: include_properties names 'nam', which is neither a member with a column nor a column; did you mean 'name'? {{.*}}
    registry.map_imperatively<Special>(
        specials, inherits<Thing>(), concrete, polymorphic_identity("special"),
        include_properties("id", "nam"), field<&Special::extra>("extra"));
  }
  if (which == "mapped-side") {
    registry.map_imperatively<Thing>(things, id, name, version, parent_id,
                                     relationship<&Thing::parent>());
    // SIDE: ArgumentError: {{.*}}: error: relationship 'things' of class 'Parent' names 'parent' as its other side, but 'parent' of class 'Thing' is a relationship of its own; write back_populates("parent") [declorm-back-populates-mismatch]
    registry.map_imperatively<Parent>(parents, field<&Parent::id>("id"),
                                      relationship<&Parent::things>(backref<&Thing::parent>()));
  }
  if (which == "other-class") {
    registry.map_imperatively<Thing>(things, id, name, version, parent_id);
    // OTHER: ArgumentError: {{.*}}: error: relationship 'things' of class 'Parent' names 'parent' as its other side, but class 'Thing' has no pointer or container of pointers of that name [declorm-back-populates-mismatch]
    registry.map_imperatively<Parent>(parents, field<&Parent::id>("id"),
                                      relationship<&Parent::things>(backref<&Stranger::parent>()));
  }
  test::attempt([] { declorm::configure(); });
}
