// Wrong URLs: what is wrong with them, without the password.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/engine.h>

int main() {
  const auto open = [](std::string_view url) {
    test::attempt([&] { declorm::create_engine(url); });
  };
  // CHECK: ArgumentError: the database URL 'blog.db' is no URL; write for example sqlite:///file.db, or sqlite:// for a database in memory
  open("blog.db");
  // CHECK-NEXT: ArgumentError: the database URL '' is no URL; write for example sqlite:///file.db, or sqlite:// for a database in memory
  open("");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlit:///blog.db' names the database 'sqlit', which this build of declorm does not know; did you mean 'sqlite'? A driver for it would be the file libdeclorm_sqlit.so, {{.*}}
  open("sqlit:///blog.db");
  // CHECK-NEXT: ArgumentError: the database URL 'oracle://me:***@host:5432/blog' names the database 'oracle', which this build of declorm does not know; there is sqlite. A driver for it would be the file libdeclorm_oracle.so, {{.*}}
  open("oracle://me:s3cr@t@host:5432/blog");
  // CHECK-NEXT: ArgumentError: the database URL 'mysql://me:***@host:p/blog' has 'p' where a port number should be
  open("mysql://me:secret@host:p/blog");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite://blog.db' names a host, and SQLite has none; write sqlite:///relative.db (three slashes) or sqlite:////absolute.db (four)
  open("sqlite://blog.db");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a%2' has a '%' that is not followed by two hexadecimal digits; write %25 for a '%'
  open("sqlite:///a%2");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?timeout' has the query parameter 'timeout'; write name=value, and & between parameters
  open("sqlite:///a.db?timeout");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?time_out=5' has an unknown parameter 'time_out'; did you mean 'timeout'?
  open("sqlite:///a.db?time_out=5");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?colour=red' has an unknown parameter 'colour'; there is timeout, journal_mode, foreign_keys, mode, begin, isolation
  open("sqlite:///a.db?colour=red");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?timeout=soon' has timeout=soon; write a number of seconds, as in timeout=5
  open("sqlite:///a.db?timeout=soon");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?journal_mode=wla' has journal_mode=wla; did you mean 'WAL'?
  open("sqlite:///a.db?journal_mode=wla");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?foreign_keys=maybe' has foreign_keys=maybe; write on or off
  open("sqlite:///a.db?foreign_keys=maybe");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite:///a.db?mode=rx' has mode=rx; there is ro (read only), rw (the file must exist), rwc (the file is made; the default)
  open("sqlite:///a.db?mode=rx");
  // CHECK-NEXT: ArgumentError: the database URL 'sqlite://?mode=ro' has mode, which means nothing to a memory database
  open("sqlite://?mode=ro");
  // CHECK-NEXT: sqlite:///a.db?timeout=1
  std::cout << declorm::create_engine("sqlite:///a.db?timeout=1").url() << std::endl;
  // CHECK-NEXT: sqlite
  std::cout << declorm::create_engine("sqlite://").dialect().name() << std::endl;
  // CHECK-NEXT: ArgumentError: there is no dialect 'sqlit'; did you mean 'sqlite'? A driver for it would be the file libdeclorm_sqlit.so, {{.*}}
  test::attempt([] { declorm::dialect("sqlit"); });
}
