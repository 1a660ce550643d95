// Classes of all shapes: private, nested, from templates, in anonymous namespaces, without a
// default constructor, with bit-fields, bases and mixins.
// RUN: split-file %s %t
// RUN: %declorm_clang -I %S/Inputs -I %S/.. %t/main.cpp %t/other.cpp %link_declorm -o %t/program
// RUN: %t/program | FileCheck %s --match-full-lines

//--- other.h
#pragma once
#include "Inputs/database.h"
#include <declorm/declorm.h>
std::string other_local(const declorm::Engine &engine);
//--- other.cpp
#include "other.h"
namespace {
struct [[declorm::table("other_locals")]] Local {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string word;
};
} // namespace
std::string other_local(const declorm::Engine &engine) {
  declorm::Session session(engine);
  session.add(Local{.word = "other's"});
  session.flush();
  return declorm::table_of<Local>().name() + " " +
         session.query<Local>().filter(declorm::col<&Local::word> == "other's").one().word;
}
//--- main.cpp
#include "Inputs/attempt.h"
#include "other.h"

namespace {
struct [[declorm::table("locals")]] Local {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] double number = 0;
};
} // namespace

class [[declorm::table("secrets")]] Secret {
  [[using declorm: column("id"), primary_key]] std::int64_t id_ = 0;
  [[declorm::column("word")]] std::string word_;
  Secret() = default;

public:
  explicit Secret(std::string word) : word_(std::move(word)) {}
  const std::string &word() const { return word_; }
  std::int64_t id() const { return id_; }
};

struct Outer {
  struct [[declorm::table("inners")]] Inner {
    [[using declorm: column, primary_key]] int id = 0;
    [[declorm::column]] int n = 0;
  };
};

template <class Self> struct HasId {
  [[using declorm: column, primary_key, sort_order(-1)]] std::int64_t id = 0;
};
struct Timestamps {
  [[declorm::column]] std::optional<int> created{};
};
struct [[declorm::abstract]] Base {
  [[declorm::column]] std::string label;
  virtual ~Base() = default;
  int plain = 5;
};
struct [[declorm::table("leaves")]] Leaf : Timestamps, Base, HasId<Leaf> {
  [[declorm::column]] int weight = 0;
};

struct [[declorm::table("strict")]] Strict {
  [[using declorm: column, primary_key]] int id;
  [[declorm::column]] std::string text;
  Strict(int number, std::string words) : id(number), text(std::move(words)) {}
};
struct [[declorm::table("bits")]] Bits {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] unsigned small : 3 = 0;
  [[declorm::column]] int rest : 5 = 0;
};
struct [[declorm::table("moveonly")]] MoveOnly {
  [[using declorm: column, primary_key]] int id = 0;
  std::unique_ptr<int> own;
};

using declorm::col, declorm::attr;

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);

  session.add(Secret("hush"));
  session.commit();
  // CHECK: secret 1 hush
  const Secret &secret = session.query<Secret>().filter(attr<Secret>("word_") == "hush").one();
  std::cout << "secret " << secret.id() << ' ' << secret.word() << std::endl;
  {
    declorm::Session fresh(engine);
    // CHECK-NEXT: private constructor hush
    std::cout << "private constructor " << fresh.get<Secret>(1)->word() << std::endl;
  }

  session.add(Outer::Inner{.n = 3});
  session.add(Local{.number = 1.5});
  session.flush();
  // CHECK-NEXT: Inner inners 3
  std::cout << declorm::mapper_of<Outer::Inner>().name() << ' '
            << declorm::table_of<Outer::Inner>().name() << ' ' << session.get<Outer::Inner>(1)->n
            << std::endl;
  // CHECK-NEXT: locals 1.5
  std::cout << declorm::table_of<Local>().name() << ' ' << session.query<Local>().one().number
            << std::endl;
  session.commit();
  // CHECK-NEXT: other_locals other's
  std::cout << other_local(engine) << std::endl;

  // CHECK-NEXT: leaves: id created label weight
  std::cout << "leaves:";
  for (const auto &column : declorm::table_of<Leaf>().columns())
    std::cout << ' ' << column->name();
  std::cout << std::endl;
  Leaf leaf;
  leaf.label = "green";
  leaf.created = 2024;
  leaf.weight = 7;
  session.add(std::move(leaf));
  session.commit();
  declorm::Session second(engine);
  const Leaf &read = second.query<Leaf>()
                         .filter(col<&Base::label> == "green" &&
                                 col<&Timestamps::created, Leaf> > 0 && col<&Leaf::id> == 1)
                         .one();
  // CHECK-NEXT: 1 green 2024 7 5
  std::cout << read.id << ' ' << read.label << ' ' << read.created.value() << ' ' << read.weight
            << ' ' << read.plain << std::endl;
  second.rollback();

  // Without a default constructor: written and refreshed, but not loaded.
  Strict &strict = session.add(Strict(4, "four"));
  session.commit();
  session.execute("UPDATE strict SET text = 'IV'");
  session.refresh(strict);
  // CHECK-NEXT: IV
  std::cout << strict.text << std::endl;
  session.commit();
  // CHECK-NEXT: InvalidRequestError: class 'Strict' ({{.*}}main.cpp:{{[0-9]+}}) cannot be loaded: it has no default constructor. Give it one, which may be private, or annotate what makes an object with {{\[\[}}declorm::constructor]]
  test::attempt([&] { second.get<Strict>(4); });
  second.rollback();
  session.commit();

  Bits &bits = session.add(Bits{.small = 7, .rest = -16});
  session.commit();
  bits.rest = 15;
  session.commit();
  second.rollback();
  // CHECK-NEXT: 7 15
  std::cout << second.get<Bits>(1)->small << ' ' << second.get<Bits>(1)->rest << std::endl;
  // CHECK-NEXT: move only 42
  std::cout << "move only " << *session.add(MoveOnly{.own = std::make_unique<int>(42)}).own
            << std::endl;
  session.rollback();
  // CHECK-NEXT: DataError: {{.*}}Bits.small{{.*}}
  session.execute("UPDATE bits SET small = 8");
  test::attempt([&] { session.refresh(bits); });
}
