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
// RUN: not %declorm_clang -DHOOK -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=HOOK
// RUN: not %declorm_clang -DHOOK_OF_OTHERS -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=HOOK_OF_OTHERS
// RUN: not %declorm_clang -DMAKES_OTHERS -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=MAKES_OTHERS
// RUN: not %declorm_clang -DTWO_MAKERS -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=TWO_MAKERS
// RUN: not %declorm_clang -DVALIDATOR -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=VALIDATOR
// RUN: not %declorm_clang -DCONST_VALIDATOR -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=CONST_VALIDATOR
// RUN: not %declorm_clang -DGENERATOR -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=GENERATOR
// RUN: not %declorm_clang -DBACKREF -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=BACKREF
// RUN: not %declorm_clang -DJOIN -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=JOIN
// RUN: not %declorm_clang -DINHERIT_CONDITION -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=INHERIT_CONDITION
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
  const int fixed = 0;
};
[[maybe_unused]] static void two(Other &, int) {}
[[maybe_unused]] static void of_thing(Thing &) {}
[[maybe_unused]] static Thing *make_pointer() { return nullptr; }
[[maybe_unused]] static Other make_other() { return {}; }
[[maybe_unused]] static std::string to_text(int) { return ""; }
[[maybe_unused]] static int same(int value) { return value; }

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
#elif defined HOOK
  // HOOK: error: {{.*}}declorm: before_insert<&f>(), after_load<&f>() and the like take a member function, or another one that takes the object, 'T &'; behind that it may take a 'declorm::Session &', and no more
  // HOOK-NOT: error:
  before_insert<&two>();
#elif defined HOOK_OF_OTHERS
  // HOOK_OF_OTHERS: error: {{.*}}declorm: map_imperatively<T>(table, …) takes {{.*}} the class of a function's objects (before_insert<&f>(), …) is T or a base of it
  // HOOK_OF_OTHERS-NOT: error:
  registry.map_imperatively<Other>(table, after_load<&of_thing>());
#elif defined MAKES_OTHERS
  // MAKES_OTHERS: error: {{.*}}and one function constructor<&f>() returns a T
  // MAKES_OTHERS-NOT: error:
  registry.map_imperatively<Other>(table, constructor<&make_pointer>());
#elif defined TWO_MAKERS
  // TWO_MAKERS: error: {{.*}}and one function constructor<&f>() returns a T
  // TWO_MAKERS-NOT: error:
  registry.map_imperatively<Other>(table, constructor<&make_other>(), constructor<&make_other>());
#elif defined VALIDATOR
  // VALIDATOR: error: {{.*}}declorm: validates<&f>() takes a function of the value and, before it, if it wants that, the member's name, a std::string_view; it returns the value that the member is to have
  // VALIDATOR-NOT: error:
  field<&Other::id>("id", validates<&to_text>());
#elif defined CONST_VALIDATOR
  // CONST_VALIDATOR: error: {{.*}}declorm: validates<&f>() stands at a member that can be set: one that is const, or a getter without a setter, cannot
  // CONST_VALIDATOR-NOT: error:
  field<&Other::fixed>("fixed", validates<&same>());
#elif defined GENERATOR
  // GENERATOR: error: {{.*}}declorm: version_id_generator<&f>() takes a function of the version before, or of nothing, which returns the next one
  // GENERATOR-NOT: error:
  field<&Other::id>("id", version_id, version_id_generator<&to_text>());
#elif defined BACKREF
  // BACKREF: error: {{.*}}declorm: backref<&Target::m>() takes a member that refers to objects
  // BACKREF-NOT: error:
  backref<&Other::id>();
#elif defined JOIN
  // JOIN: error: {{.*}}declorm: primaryjoin<&f>(), secondaryjoin<&f>() and inherit_condition<&f>() take a function Expression<bool> f(), order_by<&f>() one that returns a std::vector<Ordering>
  // JOIN-NOT: error:
  primaryjoin<&make_other>();
#elif defined INHERIT_CONDITION
  // INHERIT_CONDITION: error: {{.*}}declorm: primaryjoin<&f>(), secondaryjoin<&f>() and inherit_condition<&f>() take a function Expression<bool> f()
  // INHERIT_CONDITION-NOT: error:
  inherit_condition<&to_text>();
#endif
}
