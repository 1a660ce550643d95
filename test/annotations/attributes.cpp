// Attributes that are no columns, and what the compiler is told not to report.
#include "effects.h"

struct Point {
  [[declorm::column]] int x = 0, y = 0;
};
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string first, last;
  [[declorm::/*field*/ composite("at_")]] Point at;
  [[declorm::/*field*/ column_property("first || ' ' || last")]] std::string full;
  [[declorm::/*method*/ synonym("first")]] const std::string &given() const { return first; }
  [[declorm::/*method*/ hybrid("id + 1")]] std::int64_t next() const { return id + 1; }
  [[declorm::/*static*/ hybrid("id + 2")]] static std::int64_t after_next(const User &user) {
    return user.id + 2;
  }
};

// Each is silenced once, and refused otherwise.
struct [[using declorm: table("log"), /*class!*/ allow("no-primary-key")]] Log {
  [[declorm::column]] int line = 0;
};
struct [[declorm::/*class!*/ abstract]] Unused {
  [[declorm::column]] int unused = 0;
};
class [[declorm::table("allowed")]] Allowed {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, nullable(true), /*field!*/ allow("nullability-mismatch")]] int number =
      0;
  [[using declorm: column, nullable(true), /*method!*/ allow("nullability-mismatch")]]
  int digit() const {
    return number;
  }
  void set_digit(int value) { number = value; }
  [[using declorm: default_for("number"), /*static!*/ allow("default-on-plain-member")]]
  static int make() {
    return 1;
  }
};

int main() {
  const declorm::Engine engine = test::create_traced();
  declorm::Session session(engine);
  User &made = session.emplace<User>();
  made.first = "Ed";
  made.last = "Jones";
  made.at = {3, 4};
  session.commit();
  session.expunge_all();
  for (const User &user : session.query<User>())
    std::cout << user.full << ", " << user.at.x << user.at.y << std::endl;
  for (const char *name : {"given", "next", "after_next"})
    test::attempt([&] { session.query<User>().filter(attr<User>(name).is_null()).count(); });
}

// CHECK: > CREATE TABLE log ( line INTEGER NOT NULL ) --
// CHECK: > INSERT INTO users (first, last, at_x, at_y) VALUES (?, ?, ?, ?) -- 'Ed' 'Jones' 3 4
// CHECK: Ed Jones, 34
// CHECK-NEXT: > SELECT count(*) FROM users WHERE users.first IS NULL --
// CHECK: > SELECT count(*) FROM users WHERE users.id + 1 IS NULL --
// CHECK: > SELECT count(*) FROM users WHERE users.id + 2 IS NULL --
