// Files: where URLs lead, and what is said of one that is no database, read-only or not there.
// RUN: rm -rf %t.d && mkdir %t.d
// RUN: %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/engine.h>
#include <filesystem>
#include <fstream>

using declorm::Connection;
using declorm::create_engine;

int main() {
  std::filesystem::create_directory("folder");
  std::ofstream("text.db") << "this is some text, and certainly no database\n";
  const auto open = [](const std::string &url) {
    test::attempt([&] { create_engine(url).connect(); });
  };
  // CHECK: OperationalError: the file of the database 'text.db' is no SQLite database, or is encrypted
  // CHECK-NEXT: {{\[}}SQL: PRAGMA schema_version]
  open("sqlite:///text.db");
  // CHECK-NEXT: OperationalError: the database 'nowhere/a.db' cannot be opened: No such file or directory; is its folder there?
  open("sqlite:///nowhere/a.db");
  // CHECK-NEXT: OperationalError: the database 'missing.db' cannot be opened: No such file or directory; is the file there?
  open("sqlite:///missing.db?mode=rw");
  // CHECK-NEXT: OperationalError: the database 'folder' cannot be opened{{.*}}
  open("sqlite:///folder");

  const auto fill = [](Connection &c) {
    c.execute("CREATE TABLE t (a)");
    c.execute("INSERT INTO t VALUES (1)");
  };
  create_engine("sqlite:///data%20file.db").begin(fill);
  const std::string absolute = std::filesystem::absolute("data file.db").string();
  // CHECK-NEXT: absolute 1
  std::cout << "absolute "
            << create_engine("sqlite:///" + absolute)
                   .connect()
                   .execute("SELECT a FROM t")
                   .scalar()
                   .as<int>()
            << std::endl;
  // CHECK-NEXT: OperationalError: the database 'data file.db' is read-only; it was opened with ?mode=ro
  // CHECK-NEXT: {{\[}}SQL: INSERT INTO t VALUES (2)]
  test::attempt([] {
    create_engine("sqlite:///data%20file.db?mode=ro").connect().execute("INSERT INTO t VALUES (2)");
  });
  // A file whose name looks like something else.
  create_engine("sqlite:///file:odd.db").begin(fill);
  // CHECK-NEXT: odd 1
  std::cout << "odd " << std::filesystem::exists("file:odd.db") << std::endl;

  const auto pragma = [](const std::string &url, const std::string &name) {
    std::cout << name << ' '
              << create_engine(url).connect().execute("PRAGMA " + name).scalar().to_string()
              << std::endl;
  };
  // CHECK-NEXT: foreign_keys 1
  pragma("sqlite:///data%20file.db", "foreign_keys");
  // CHECK-NEXT: foreign_keys 0
  pragma("sqlite:///data%20file.db?foreign_keys=off", "foreign_keys");
  // CHECK-NEXT: journal_mode 'wal'
  pragma("sqlite:///data%20file.db?journal_mode=wal", "journal_mode");
}
