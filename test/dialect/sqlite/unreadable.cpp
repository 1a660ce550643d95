// Files that the user may not read or write.
// UNSUPPORTED: root
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>
#include <filesystem>

using declorm::create_engine;
using std::filesystem::perms;

int main() {
  create_engine("sqlite:///a.db").begin([](declorm::Connection &c) {
    c.execute("CREATE TABLE t (a)");
  });
  std::filesystem::permissions("a.db", perms::owner_read);
  // CHECK: OperationalError: the database 'a.db' is read-only; look at the permissions of the file and of its folder
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (1)]
  test::attempt(
      [] { create_engine("sqlite:///a.db").connect().execute("INSERT INTO t VALUES (1)"); });
  std::filesystem::permissions("a.db", perms::none);
  // CHECK-NEXT: OperationalError: the database 'a.db' cannot be opened: Permission denied
  test::attempt([] { create_engine("sqlite:///a.db").connect(); });
}
