// What a proxy cannot make, or is no list of objects, is one error of the compiler, in words.
// RUN: not %declorm_clang -DNOBODY_OWNS -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=NOBODY_OWNS
// RUN: not %declorm_clang -DNO_CONSTRUCTOR -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=NO_CONSTRUCTOR
// RUN: not %declorm_clang -DOF_CONST -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=OF_CONST
// RUN: not %declorm_clang -DMAP -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=MAP
// RUN: not %declorm_clang -DOTHER_TYPE -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=OTHER_TYPE
// RUN: not %declorm_clang -DONE -fsyntax-only %s 2>&1 | grep 'error:' | FileCheck %s --check-prefix=ONE
// RUN: %declorm_clang -fsyntax-only %s
#include <declorm/declorm.h>
#include <map>

struct Child {
  std::int64_t id = 0;
  std::string text;
  std::string upper() const { return text; }
};
struct Parent {
  std::vector<Child *> children;
  std::vector<std::shared_ptr<Child>> shared;
  std::map<std::string, Child *> by_text;
  Child *one = nullptr;
};

void use(Parent &parent, const Parent &constant) {
  const auto shared = declorm::proxy(parent.shared, &Child::text);
  shared.push_back("x");
  const auto plain = declorm::proxy(parent.children, &Child::text);
  const auto upper = declorm::proxy(parent.shared, &Child::upper);
  static_cast<void>(plain.size() + upper.size() + constant.shared.size());
#ifdef NOBODY_OWNS
  // NOBODY_OWNS: declorm: the list holds plain pointers, and does not own what they point to: give proxy() the Session that gets new objects, or a function that makes them: proxy(list, &T::value, session)
  // NOBODY_OWNS-NOT: error:
  plain.push_back("x");
#endif
#ifdef NO_CONSTRUCTOR
  // NO_CONSTRUCTOR: declorm: a proxy makes an object by its constructor from the value, or by the default constructor and the data member that the proxy reads; this class has neither: give proxy() a function that makes one, proxy(list, &T::value, [&](const V &value) -> T & { … })
  // NO_CONSTRUCTOR-NOT: error:
  upper.push_back("x");
#endif
#ifdef OF_CONST
  // OF_CONST: error: invalid reference to function 'push_back': constraints not satisfied
  // OF_CONST: note: because 'const std::vector<std::shared_ptr<Child>>' does not satisfy 'changeable_list'
  declorm::proxy(constant.shared, &Child::text).push_back("x");
#endif
#ifdef MAP
  // MAP: error: no matching function for call to 'proxy'
  // MAP: note: candidate template ignored: constraints not satisfied
  declorm::proxy(parent.by_text, &Child::text);
#endif
  declorm::Expression<bool> condition =
      declorm::proxy<&Parent::shared, &Child::text>().contains("x");
#ifdef OTHER_TYPE
  // OTHER_TYPE: declorm: {{.*}}
  condition = declorm::proxy<&Parent::shared, &Child::text>().contains(1);
#endif
#ifdef ONE
  // ONE: declorm: any() is for a relationship to a list of objects; of a single one it is has()
  condition = declorm::proxy<&Parent::one, &Child::text>().contains("x");
#endif
}
