// clang-format off: the comments are checked line by line.
// Unknown names in the declorm namespace, whatever the spelling, with what was meant.
//
// RUN: not %declorm_clang -fsyntax-only -Wno-unknown-attributes -fno-color-diagnostics \
// RUN:   -fdiagnostics-parseable-fixits -ferror-limit=0 %s 2>&1 | FileCheck %s --match-full-lines

// CHECK: {{.*}}:[[@LINE+3]]:19: error: unknown annotation 'tabel'; did you mean 'table'?
// CHECK: {{.*}}^~~~~
// CHECK: fix-it:"{{.*}}":{[[@LINE+1]]:19-[[@LINE+1]]:24}:"table"
struct [[declorm::tabel("a")]] A {
  // CHECK: {{.*}}:[[@LINE+1]]:20: error: unknown annotation 'colunm'; did you mean 'column'?
  [[using declorm: colunm, primary_key]] int id;
  // CHECK: {{.*}}:[[@LINE+1]]:36: error: unknown annotation 'lengt'; did you mean 'length'?
  [[declorm::column(")"), declorm::lengt(3)]] char a[3];
  // CHECK: {{.*}}:[[@LINE+1]]:14: error: unknown annotation 'xyzzyplugh'
  [[declorm::xyzzyplugh]] int c;
  // Others' names, comments and strings are not ours: [[declorm::comment_only]]
  [[other::tabel, gnu::unused]] const char *d = "[[declorm::text]]";
};
// CHECK: {{.*}}:[[@LINE+1]]:38: error: unknown annotation 'tabl'; did you mean 'table'?
#define PERSISTENT struct [[declorm::tabl]]
PERSISTENT B {};
// The name is an argument of the macro.
#define ANNOTATED(name) [[declorm::name]]
#if 0
struct [[declorm::skipped]] C {};
#elif 1
// CHECK: {{.*}}:[[@LINE+1]]:19: error: unknown annotation 'maped'; did you mean 'mapped'?
struct [[declorm::maped]] D {};
#else
struct [[declorm::skipped]] E {};
#endif
// Only in attributes.
namespace declorm { struct Session; }
declorm::Session *session;
// CHECK-NOT: {{.*}}: error: {{.*}}
// CHECK: 6 errors generated.
