// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Classes as C++ lets people write them: templates that derive from themselves with less, concepts,
// lambdas in initialisers, names from macros, dependent arguments, members of types that are
// complete later.
#include "../Inputs/database.h"
#include <concepts>
#include <declorm/declorm.h>
#include <iostream>

// A recursive template: each depth adds a column.
template <int N> struct Depth : Depth<N - 1> {
  [[using declorm: column("at_{class:lower}_" /* one for each class */), length(N + 1)]]
  std::string text;
};
template <> struct Depth<0> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("shallow")]] Shallow : Depth<1> {};

template <class T>
concept Keyed = std::integral<T> && sizeof(T) >= 4;
template <Keyed Id, int First>
  requires(sizeof(Id) == 8)
struct HasId {
  [[using declorm: column, primary_key]] Id id = [] { return Id{0}; }();
  [[using declorm: column, length(sizeof(Id))]] std::string code = [](auto n) {
    return std::string(n, 'x');
  }(3);
  [[using declorm: column, default_value(First + 1)]] std::optional<int> start{};
};
#define NAMED(type, name)                                                                          \
  [[using declorm: column(#name "_of_macro"), comment(__FILE_NAME__)]] type name {}
struct [[declorm::table("things")]] Thing : HasId<std::int64_t, 41> {
  NAMED(int, size);
  [[declorm::column]] int made = [this] { return static_cast<int>(code.size()); }();
  struct Part;
  [[using declorm: relationship, cascade("all, delete-orphan")]] std::vector<Part *> parts;
};
struct [[declorm::table("parts")]] Thing::Part {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("things.id")]] std::int64_t thing_id = 0;
  [[declorm::column]] decltype([] { return 1.5; }()) weight = 0;
};
int main() {
  for (const char *name : {"shallow", "things", "parts"}) {
    std::cout << name << ':';
    for (const declorm::Column *column : declorm::metadata().table(name).columns())
      std::cout << ' ' << column->name() << ' ' << column->type().sql(declorm::dialect("sqlite"));
    std::cout << std::endl;
  }
  // CHECK: shallow: id INTEGER at_shallow_ VARCHAR(2)
  // CHECK-NEXT: things: id INTEGER code VARCHAR(8) start INTEGER size_of_macro INTEGER made INTEGER
  // CHECK-NEXT: parts: id INTEGER thing_id INTEGER weight DOUBLE
  std::cout << declorm::metadata().table("things").column("size_of_macro").comment() << std::endl;
  // CHECK-NEXT: odd-classes.cpp
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Thing &thing = session.add(Thing{});
  thing.parts.push_back(&session.add(Thing::Part{.weight = 2.5}));
  session.commit();
  session.close();
  for (Thing &each : session.query<Thing>().options(declorm::selectinload<&Thing::parts>()))
    std::cout << each.code << ' ' << *each.start << ' ' << each.made << ' '
              << each.parts.front()->weight << std::endl;
  // CHECK-NEXT: xxx 42 3 2.5
}
