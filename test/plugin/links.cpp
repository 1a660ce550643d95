// What is registered for members that refer to other objects, and what these functions do.
//
// RUN: %declorm_clang -O0 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t
// RUN: %t | FileCheck %s
// RUN: %declorm_clang -O2 -fno-rtti -fno-exceptions %s -o %t && %t | FileCheck %s
// RUN: %declorm_clang -std=c++17 -Weverything -Wno-c++98-compat -Wno-padded -Wno-exit-time-destructors \
// RUN:   -Wno-unsafe-buffer-usage -Wno-missing-prototypes -Werror -fsyntax-only -DMODEL_ONLY %s
//
// Another compiler makes the same of the registration text.
//
// RUN: %declorm_clang -fsyntax-only -DMODEL_ONLY -fplugin-arg-declorm-print-registration %s > %t.inc
// RUN: %if gcc %{ %gxx -std=c++20 -Wall -Wno-comment -Wno-invalid-offsetof -Werror -Wno-attributes=declorm:: -fno-access-control -I%include -DSIDECAR='"%t.inc"' %s -o %t %}
// RUN: %if gcc %{ %t | FileCheck %s %}

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

class Address;
class Elsewhere; // another translation unit's

struct Plain {}; // mapped by nobody

enum class Kind : unsigned short { home = 1, work = 2 };

struct ByPointer {
  bool operator()(const Address *left, const Address *right) const { return left > right; }
};

template <class T> struct Pool {
  using value_type = T;
  Pool() = default;
  template <class U> Pool(const Pool<U> &) {}
  T *allocate(decltype(sizeof 0) count) { return std::allocator<T>().allocate(count); }
  void deallocate(T *at, decltype(sizeof 0) count) { std::allocator<T>().deallocate(at, count); }
  template <class U> bool operator==(const Pool<U> &) const { return true; }
  template <class U> bool operator!=(const Pool<U> &) const { return false; }
};

template <class T> class [[declorm::table("pages"), declorm::allow("no-join")]] Page {
  [[using declorm: column, primary_key]] int id_ = 0;
  [[declorm::relationship]] std::vector<T *> items_;
};

namespace {
struct [[declorm::table, declorm::allow("no-join")]] Hidden {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::relationship]] std::vector<Hidden *> others{};
};
} // namespace

class [[declorm::table("users"),
        declorm::allow("no-join", "relationship-options", "unresolved-target")]] User {
  struct Secret;
  [[using declorm: column, primary_key]] int id_ = 0;
  [[declorm::relationship]] Address *pointer_ = nullptr;
  [[declorm::relationship]] std::shared_ptr<Address> shared_;
  [[declorm::relationship]] std::weak_ptr<Address> weak_;
  [[declorm::relationship]] std::shared_ptr<const Address> constant_;
  [[declorm::relationship]] std::vector<Address *> vector_;
  [[declorm::relationship]] std::vector<const Address *> constants_;
  [[declorm::relationship]] std::list<std::shared_ptr<Address>> list_;
  [[declorm::relationship]] std::deque<std::weak_ptr<Address>> deque_;
  [[declorm::relationship]] std::set<Address *, ByPointer> set_;
  [[declorm::relationship]] std::set<std::weak_ptr<Address>,
                                     std::owner_less<std::weak_ptr<Address>>> weak_set_;
  [[declorm::relationship]] std::unordered_set<std::shared_ptr<Address>> unordered_set_;
  [[declorm::relationship]] std::map<std::string, Address *> map_;
  [[declorm::relationship]] std::unordered_map<Kind, std::shared_ptr<Address>> unordered_map_;
  [[declorm::relationship]] std::vector<std::shared_ptr<Address>, Pool<std::shared_ptr<Address>>>
      pool_;
  [[declorm::relationship]] std::vector<Secret *> secrets_;
  std::vector<User *> friends_;        // a backref may name it
  std::shared_ptr<Elsewhere> unknown_; // and this one
  // Not these: nobody maps the class, no order or key exists, it cannot be changed.
  std::vector<Plain *> plain_;
  std::set<std::weak_ptr<Address>> unordered_;
  std::map<double, Address *> by_number_;
  const std::vector<Address *> fixed_;
  Page<User> *page_ = nullptr;
  Hidden *hidden_ = nullptr;

public:
  void use(); // private members are used by nothing but the registration
};

struct [[declorm::table]] User::Secret {
  [[using declorm: column, primary_key]] int x = 0;
};

#ifdef MODEL_ONLY
void User::use() { (void)id_, (void)pointer_, (void)page_, (void)hidden_; }
#else

#ifdef SIDECAR
#include SIDECAR
#else
#include <declorm/registration.h>
#endif

#include <cstdio>
#include <cstring>

class Address {
public:
  const char *name;
};

using namespace declorm::detail;

static const Class *found(const Module &module, const char *name) {
  const std::string item = " " + std::to_string(std::strlen(name)) + ":" + name + " ";
  for (unsigned i = 0; i != module.count; ++i)
    if (std::strncmp(module.classes[i]->text, item.c_str(), item.size()) == 0)
      return module.classes[i];
  return nullptr;
}

// The rep of the type, for maps the key; `links` and `offset` of the member.
static int member(const Class &c, const char *name, const LinkAccess *&links, unsigned &offset) {
  const std::string item = std::to_string(std::strlen(name)) + ":" + name + " ";
  unsigned index = 0;
  for (const char *at = c.text; (at = std::strstr(at, " . ")); ++index)
    if (std::strncmp(at += 3, item.c_str(), item.size()) == 0) {
      links = link_access_of(c, index);
      offset = c.offsets[index];
      int skip[4], size, read, code, container, flags, rep = -1;
      at += item.size();
      std::sscanf(at, "%d %d %d %d %d:%n", skip, skip + 1, skip + 2, skip + 3, &size, &read);
      std::sscanf(at + read + size, "%d %d %d %d", &code, &container, &flags, &rep);
      return rep;
    }
  links = nullptr;
  return -1;
}

static long owners = 0;
static void print(void *context, void *object, const void *owner) {
  std::printf("%s%s", static_cast<const char *>(context), static_cast<Address *>(object)->name);
  if (owner) {
    const auto &shared = *static_cast<const std::shared_ptr<void> *>(owner);
    std::printf("(%s)", shared.get() == object ? "owned" : "another");
    owners = shared.use_count();
  }
}

static void show(const LinkAccess &links, const void *at, const char *what, bool owned = false) {
  std::printf("; %s:", what);
  char space[] = " ";
  links.read(at, owned, space, print);
}

static void exercise(const Class &c, void *object, const char *name, const void *first_key,
                     const void *second_key) {
  const LinkAccess *links;
  unsigned offset;
  const int rep = member(c, name, links, offset);
  std::printf("%s rep %d", name, rep);
  if (!links) {
    std::printf(", no functions\n");
    return;
  }
  void *at = static_cast<char *>(object) + offset;
  Address whole[] = {{"a"}, {"b"}};
  // A deleter that does nothing: the count tells who owns.
  std::shared_ptr<void> a(&whole[0], [](void *) {}), b(&whole[1], [](void *) {});
  show(*links, at, "before");
  links->add(at, &whole[0], &a, first_key);
  links->add(at, &whole[1], &b, second_key);
  show(*links, at, "added");
  show(*links, at, "owned", true);
  links->remove(at, &whole[0]);
  show(*links, at, "one left");
  if (links->find) // of a map
    std::printf("; found %d %d", links->find(at, first_key) == &whole[0],
                links->find(at, second_key) == &whole[1]);
  std::printf("; owners %ld %ld", a.use_count(), b.use_count());
  links->add(at, &whole[0], &a, first_key);
  links->remove(at, &whole[1]);
  show(*links, at, "the other");
  links->clear(at);
  show(*links, at, "cleared");
  std::printf("; owners %ld %ld\n", a.use_count(), b.use_count());
}

static void use(const Module &module) {
  const Class &c = *found(module, "User");
  void *storage = ::operator new(c.size);
  void *object = c.construct(storage);
  const auto run = [&](const char *name, const void *first = nullptr,
                       const void *second = nullptr) { exercise(c, object, name, first, second); };
  run("pointer_");
  // CHECK: pointer_ rep 0, no functions
  run("shared_");
  // CHECK-NEXT: shared_ rep 0; before:; added: b; owned: b(owned); one left: b; owners 1 2; the other: a; cleared:; owners 1 1
  run("weak_");
  // CHECK-NEXT: weak_ rep 0; before:; added: b; owned: b(owned); one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("constant_");
  // CHECK-NEXT: constant_ rep 0; before:; added: b; owned: b(owned); one left: b; owners 1 2; the other: a; cleared:; owners 1 1
  run("vector_");
  // CHECK-NEXT: vector_ rep 0; before:; added: a b; owned: a b; one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("constants_");
  // CHECK-NEXT: constants_ rep 0; before:; added: a b; owned: a b; one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("list_");
  // CHECK-NEXT: list_ rep 0; before:; added: a b; owned: a(owned) b(owned); one left: b; owners 1 2; the other: a; cleared:; owners 1 1
  run("deque_");
  // CHECK-NEXT: deque_ rep 0; before:; added: a b; owned: a(owned) b(owned); one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("set_");
  // CHECK-NEXT: set_ rep 0; before:; added: b a; owned: b a; one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("weak_set_");
  // CHECK-NEXT: weak_set_ rep 0; before:; added: {{a b|b a}}; owned: {{.*}}; one left: b; owners 1 1; the other: a; cleared:; owners 1 1
  run("unordered_set_");
  // CHECK-NEXT: unordered_set_ rep 0; before:; added: {{a b|b a}}; owned: {{.*}}(owned); one left: b; owners 1 2; the other: a; cleared:; owners 1 1
  const std::string z = "z", y = "y";
  run("map_", &z, &y);
  // CHECK-NEXT: map_ rep 12; before:; added: b a; owned: b a; one left: b; found 0 1; owners 1 1; the other: a; cleared:; owners 1 1
  const unsigned short home = 1, work = 2;
  run("unordered_map_", &home, &work);
  // CHECK-NEXT: unordered_map_ rep 7; before:; added: {{a b|b a}}; owned: {{.*}}(owned); one left: b; found 0 1; owners 1 2; the other: a; cleared:; owners 1 1
  run("pool_");
  // CHECK-NEXT: pool_ rep 0; before:; added: a b; owned: a(owned) b(owned); one left: b; owners 1 2; the other: a; cleared:; owners 1 1

  const LinkAccess *links;
  unsigned offset;
  for (const char *name : {"secrets_", "friends_", "unknown_", "plain_", "unordered_", "by_number_",
                           "fixed_", "page_", "hidden_"}) {
    const int rep = member(c, name, links, offset);
    std::printf("%s rep %d %s\n", name, rep, links ? "functions" : "none");
  }
  // CHECK-NEXT: secrets_ rep 0 functions
  // CHECK-NEXT: friends_ rep 0 functions
  // CHECK-NEXT: unknown_ rep 0 functions
  // CHECK-NEXT: plain_ rep 0 none
  // CHECK-NEXT: unordered_ rep 0 none
  // CHECK-NEXT: by_number_ rep 0 none
  // CHECK-NEXT: fixed_ rep 0 none
  // CHECK-NEXT: page_ rep 0 none
  // CHECK-NEXT: hidden_ rep 0 none

  // A list with nulls and twice the same keeps its order; all of an object are taken out.
  member(c, "vector_", links, offset);
  void *at = static_cast<char *>(object) + offset;
  Address a{"a"}, b{"b"}, d{"d"};
  for (Address *each : {&a, static_cast<Address *>(nullptr), &b, &a, &d})
    links->add(at, each, nullptr, nullptr);
  show(*links, at, "all");
  links->remove(at, &a);
  show(*links, at, "without a");
  links->clear(at);
  std::printf("\n");
  // CHECK-NEXT: all: a b a d; without a: b d

  // An expired pointer is left out, and a weak one shares what the others own.
  member(c, "deque_", links, offset);
  at = static_cast<char *>(object) + offset;
  auto kept = std::make_shared<Address>(b), lost = std::make_shared<Address>(a);
  const std::shared_ptr<void> keeps = kept, loses = lost;
  links->add(at, lost.get(), &loses, nullptr);
  links->add(at, kept.get(), &keeps, nullptr);
  show(*links, at, "alive", true);
  std::printf("; owners %ld", owners);
  const_cast<std::shared_ptr<void> &>(loses).reset();
  lost.reset();
  show(*links, at, "expired");
  std::printf("\n");
  // CHECK-NEXT: alive: a(owned) b(owned); owners 4; expired: b

  c.destroy(object);
  ::operator delete(storage);

  // Instances of a template, classes of an unnamed namespace.
  for (const char *name : {"Page<User>", "Hidden"}) {
    const Class *other = found(module, name);
    if (other)
      member(*other, name[0] == 'P' ? "items_" : "others", links, offset);
    std::printf("%s %s\n", name, !other ? "missing" : links ? "functions" : "none");
  }
  // CHECK-NEXT: Page<User> functions
  // CHECK-NEXT: Hidden functions
}

Registration::Registration(const Module &module) noexcept : module_(module) { use(module); }
Registration::~Registration() { (void)module_; }

int main() {}
#endif
