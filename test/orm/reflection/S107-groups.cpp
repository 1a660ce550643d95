// S107, S108: two bases and a group, prepared from several engines; each waits for its own.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/database.h"

using declorm::col;

struct [[declorm::deferred_reflection]] ReflectedOne {};
struct [[declorm::deferred_reflection]] ReflectedTwo {};
struct [[declorm::deferred_reflection("archive")]] Archived {};

struct [[declorm::table("mytable")]] MyClass : ReflectedOne {
  [[declorm::column]] int id = 0;
};
struct [[declorm::table("myothertable")]] MyOtherClass : ReflectedOne {
  [[declorm::column]] int id = 0;
  [[declorm::column]] std::optional<int> one;
};
struct [[declorm::table("yetanothertable")]] YetAnotherClass : ReflectedTwo {
  [[declorm::column]] int id = 0;
  [[declorm::column]] std::optional<int> two;
};
struct [[declorm::table("old")]] Old : Archived {
  [[declorm::column]] int id = 0;
};
// Leads to a class of another group.
struct [[using declorm: table("newer"), deferred_reflection("archive")]] Newer {
  [[declorm::column]] int id = 0;
  [[declorm::column]] std::optional<int> next_id;
  [[declorm::relationship]] struct Last *next = nullptr;
};
struct [[using declorm: table("last"), deferred_reflection("last")]] Last {
  [[declorm::column]] int id = 0;
};
struct NotMapped {};

template <class T> void use(const char *name, declorm::Engine &engine) {
  std::cout << name << ": ";
  test::attempt([&] {
    declorm::Session session(engine);
    session.emplace<T>();
    session.flush();
    std::cout << session.query<T>().count() << ' ';
  });
}

int main() {
  declorm::Engine one = test::database({"create table mytable (id integer primary key)",
                                        "create table myothertable (id integer primary key, one "
                                        "integer)"}),
                  two = test::database(
                      {"create table yetanothertable (id integer primary key, two integer)"}),
                  archive = test::database(
                      {"create table old (id integer primary key)",
                       "create table last (id integer primary key)",
                       "create table newer (id integer primary key, next_id integer references "
                       "last(id))"});
  declorm::prepare<ReflectedOne>(one);
  // CHECK: MyClass: 1 no error
  // CHECK-NEXT: MyOtherClass: 1 no error
  // CHECK-NEXT: YetAnotherClass: UnmappedClassError: class 'YetAnotherClass' is mapped to table 'yetanothertable' by deferred reflection, which was not done yet; call declorm::prepare(engine) before its first use
  // CHECK-NEXT: Old: UnmappedClassError: class 'Old' is mapped to table 'old' by deferred reflection, which was not done yet; call declorm::prepare("archive", engine) before its first use
  use<MyClass>("MyClass", one);
  use<MyOtherClass>("MyOtherClass", one);
  use<YetAnotherClass>("YetAnotherClass", two);
  use<Old>("Old", archive);
  declorm::prepare<YetAnotherClass>(two);
  // CHECK-NEXT: YetAnotherClass: 1 no error
  use<YetAnotherClass>("YetAnotherClass", two);

  // CHECK-NEXT: ArgumentError: prepare("archives", engine): no class is in that group of deferred_reflection; did you mean 'archive'?
  // CHECK-NEXT: ArgumentError: prepare<NotMapped>: no class with deferred_reflection is or derives from it
  test::attempt([&] { declorm::prepare("archives", archive); });
  test::attempt([&] { declorm::prepare<NotMapped>(archive); });
  declorm::prepare("archive", archive);
  // CHECK-NEXT: Old: InvalidRequestError: relationship 'next' of class 'Newer' leads to class 'Last', which is mapped to table 'last' by deferred reflection, which was not done yet; call declorm::prepare("last", engine) before its first use
  use<Old>("Old", archive);
  declorm::prepare("last", archive);
  // CHECK-NEXT: Old: 1 no error
  // CHECK-NEXT: Newer: 1 no error
  use<Old>("Old", archive);
  use<Newer>("Newer", archive);
}
