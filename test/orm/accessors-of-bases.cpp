// Members that only functions reach, in bases that do not lie at the object's beginning: a
// bit-field, and one whose default value a function makes.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

static unsigned make_level() { return 5; }

struct Numbered {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] unsigned revision : 4 = 1;
  [[using declorm: column, unset(0), default_value(&make_level)]] unsigned level : 4 = 0;
};
struct Virtual {
  virtual ~Virtual() = default;
};
struct Padding {
  char padding[40]{};
};

struct [[declorm::table("first")]] First : Numbered {
  [[declorm::column]] int x = 0;
};
struct [[declorm::table("second")]] Second : Virtual, Padding, Numbered {
  [[declorm::column]] int x = 0;
};
struct Middle : Padding, Numbered {};
struct [[declorm::table("third")]] Third : Virtual, Middle {
  [[declorm::column]] int x = 0;
};

template <class T> static void check(const char *name) {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    T object;
    object.x = 7;
    object.revision = 9;
    session.add(std::move(object));
    session.commit();
    T &again = session.query<T>().one();
    again.revision = 10;
    session.commit();
  }
  declorm::Session session(engine);
  const T &object = session.query<T>().one();
  std::cout << name << " id " << object.id << " revision " << object.revision << " level "
            << object.level << " x " << object.x << std::endl;
}

int main() {
  // CHECK: first id 1 revision 10 level 5 x 7
  check<First>("first");
  // CHECK-NEXT: second id 1 revision 10 level 5 x 7
  check<Second>("second");
  // CHECK-NEXT: third id 1 revision 10 level 5 x 7
  check<Third>("third");
}
