// What a registry on a MetaData has mapped is unmapped when either of them ends, and with it the
// classes that derive from such a class or have a relationship to it. Others go on.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Inner {
  std::int64_t id = 0;
  std::optional<std::int64_t> parent;
};
struct Below : Inner {
  int extra = 0;
};
struct Outer {
  std::int64_t id = 0;
  std::optional<std::int64_t> inner_id;
  Inner *inner = nullptr;
};
struct [[declorm::table("others")]] Other {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int number = 0;
};

static Table &inner_table(MetaData &metadata) {
  return metadata.add_table("inner", Column("id", Integer, primary_key), Column("parent", Integer),
                            Column("extra", Integer));
}

int main() {
  const Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  const auto use_other = [&] {
    Session session(engine);
    session.emplace<Other>().number = 1;
    session.commit();
    std::cout << session.query<Other>().count() << std::endl;
  };
  // The registry ends, in which the class is; another registry's class leads there.
  MetaData all;
  Table &inner = inner_table(all);
  Table &outer = all.add_table("outer", Column("id", Integer, primary_key),
                               Column("inner_id", Integer, ForeignKey("inner.id")));
  Registry keeps(all);
  {
    Registry ends(all);
    ends.map_imperatively<Inner>(inner, field<&Inner::id>("id"), field<&Inner::parent>("parent"));
    keeps.map_imperatively<Outer>(outer, field<&Outer::id>("id"),
                                  field<&Outer::inner_id>("inner_id"),
                                  relationship<&Outer::inner>());
    all.create_all(engine);
    Session session(engine);
    session.emplace<Outer>().inner = &session.emplace<Inner>();
    session.commit();
    // CHECK: 1
    std::cout << session.query<Outer>().join<&Outer::inner>().count() << std::endl;
  }
  // CHECK-NEXT: UnmappedClassError: class 'Inner' was never registered: {{.*}}
  // CHECK-NEXT: UnmappedClassError: class 'Outer' is unmapped: it derives from class 'Inner', or has a relationship to it, whose registry or MetaData has ended
  // CHECK-NEXT: 1
  test::attempt([&] { Session(engine).emplace<Inner>(); });
  test::attempt([&] { Session(engine).query<Outer>().all(); });
  use_other();

  // It may be mapped again.
  keeps.map_imperatively<Inner>(inner, field<&Inner::id>("id"));
  // CHECK-NEXT: 1
  std::cout << Session(engine).query<Inner>().count() << std::endl;

  // The MetaData ends before the registry.
  auto metadata = std::make_unique<MetaData>();
  Registry registry(*metadata);
  Table &table =
      metadata->add_table("below", Column("id", Integer, primary_key, ForeignKey("inner.id")),
                          Column("extra", Integer, not_null));
  registry.map_imperatively<Below>(table, field<&Below::id>("id"), field<&Below::extra>("extra"));
  metadata->add_table("inner", Column("id", Integer, primary_key));
  metadata->create_all(engine);
  {
    Session session(engine);
    session.emplace<Below>().id = 1;
    session.commit();
  }
  metadata.reset();
  // CHECK-NEXT: UnmappedClassError: class 'Below' was never registered: {{.*}}
  // CHECK-NEXT: 2
  test::attempt([&] { Session(engine).query<Below>().all(); });
  use_other();
}
