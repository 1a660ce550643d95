// What the types tell of a wrong call is one error of the compiler, in words.
// RUN: not %declorm_clang -DPRIVATE_OPTION -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=PRIVATE_OPTION
// RUN: not %declorm_clang -DTWO_HOMES -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=TWO_HOMES
// RUN: not %declorm_clang -DTYPE -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=TYPE
// RUN: not %declorm_clang -DLINK -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=LINK
// RUN: not %declorm_clang -DHELD -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=HELD
// RUN: not %declorm_clang -DCLASS_IN_FIELD -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=CLASS_IN_FIELD
// RUN: not %declorm_clang -DFIELD_IN_LINK -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=FIELD_IN_LINK
// RUN: not %declorm_clang -DOTHERS -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=OTHERS
// RUN: not %declorm_clang -DVIRTUAL -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=VIRTUAL
// RUN: %declorm_clang -fsyntax-only %s
#include <declorm/declorm.h>
#include <declorm/imperative.h>

using namespace declorm;

struct Held {
  int x = 0;
};
struct Base {
  std::int64_t id = 0;
};
struct Thing : virtual Base {
  std::string name;
  Held held;
  Thing *next = nullptr;
};
struct Other {
  std::int64_t id = 0;
};

void wrong([[maybe_unused]] Registry &registry, [[maybe_unused]] Table &table) {
#ifdef PRIVATE_OPTION
  // PRIVATE_OPTION: error: {{.*}}declorm: map_imperatively<T>(table, …) takes field<&T::m>(…), composite, column_property, synonym, hybrid and relationship<&T::m>(…) of members of T or its (not virtual) bases, and options of a class
  // PRIVATE_OPTION-NOT: error:
  registry.map_imperatively<Other>(table, unset(1));
#elif defined TWO_HOMES
  // TWO_HOMES: error: {{.*}}declorm: map_imperatively<T>(table, …) takes
  // TWO_HOMES-NOT: error:
  registry.map_imperatively<Other>(table, back_populates("x"));
#elif defined TYPE
  // TYPE: error: {{.*}}declorm: field<&T::m>(…) takes a member that a column can hold; a class held by value is composite<&T::m>(…)
  // TYPE-NOT: error:
  field<&Thing::held>("held");
#elif defined LINK
  // LINK: error: {{.*}}declorm: relationship<&T::m>(…) takes a member that refers to objects
  // LINK-NOT: error:
  relationship<&Thing::name>();
#elif defined HELD
  // HELD: error: {{.*}}declorm: composite<&T::m>(…) takes field<&Value::x>("column"), …
  // HELD-NOT: error:
  composite<&Thing::held>(field<&Other::id>("id"));
#elif defined CLASS_IN_FIELD
  // CLASS_IN_FIELD: error: {{.*}}declorm: behind its name a column takes the arguments of Column
  // CLASS_IN_FIELD-NOT: error:
  field<&Thing::name>("name", polymorphic_identity(1));
#elif defined FIELD_IN_LINK
  // FIELD_IN_LINK: error: {{.*}}declorm: relationship<&T::m>(…) takes options of a relationship
  // FIELD_IN_LINK-NOT: error:
  relationship<&Thing::next>(null_value(1));
#elif defined OTHERS
  // OTHERS: error: {{.*}}declorm: map_imperatively<T>(table, …) takes
  // OTHERS-NOT: error:
  registry.map_imperatively<Thing>(table, field<&Other::id>("id"));
#elif defined VIRTUAL
  // VIRTUAL: error: {{.*}}of members of T or its (not virtual) bases
  // VIRTUAL-NOT: error:
  registry.map_imperatively<Thing>(table, field<&Base::id>("id"));
#endif
}
