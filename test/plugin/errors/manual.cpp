// What a class that a call maps cannot say, and where it must say that a call maps it.
// RUN: not %declorm_clang -fsyntax-only %s 2>&1 | FileCheck %s
// CHECK: manual.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: 'metadata' and 'manual' on class 'Elsewhere' contradict each other: the call that maps the class says which MetaData has its table; leave one of the two out [declorm-contradictory-mapping]
struct [[using declorm: manual, table, metadata("m")]] Elsewhere {
  [[using declorm: column, primary_key]] int id = 0;
};
// CHECK: manual.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: 'registry' and 'manual' on class 'Named' contradict each other: the call that maps the class says in which registry it is; leave one of the two out
struct [[using declorm: manual, table, registry("r")]] Named {
  [[using declorm: column, primary_key]] int id = 0;
};
// CHECK: manual.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: 'manual' and 'abstract' on class 'Base' contradict each other: an abstract class is not mapped
struct [[using declorm: manual, abstract]] Base {};
// CHECK: manual.cpp:[[# @LINE+1]]:{{[0-9]+}}: error: 'manual' on class 'Nothing', which is not mapped; add 'mapped', or 'table' if it has one
struct [[declorm::manual]] Nothing {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[using declorm: manual, table]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
};
// CHECK: manual.cpp:[[# @LINE+2]]:{{[0-9]+}}: error: class 'Child' is mapped without a call, and derives from class 'Parent', which a call maps; mark it {{\[\[}}declorm::manual]] too
// CHECK: manual.cpp:[[# @LINE-4]]:{{[0-9]+}}: note: 'manual' is here
struct [[declorm::table]] Child : Parent {
  [[declorm::column]] int more = 0;
};
