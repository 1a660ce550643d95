// Functions that declorm calls.
#include "effects.h"

#include <stdexcept>

static void say(const char *what) { std::cout << what << std::endl; }

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::/*method*/ before_insert]] void f1() { say("before_insert"); }
  [[declorm::/*static*/ after_insert]] static void f2(Item &) { say("after_insert"); }
  [[declorm::/*static*/ before_update]] static void f3(const Item &) { say("before_update"); }
  [[declorm::/*method*/ after_update]] void f4() const { say("after_update"); }
  [[declorm::/*method*/ before_delete]] void f5() { say("before_delete"); }
  [[declorm::/*method*/ after_delete]] void f6() { say("after_delete"); }
  [[declorm::/*method*/ after_load]] void f7() { say("after_load"); }
  [[declorm::/*method*/ validates("name")]] std::string f8(const std::string &given) {
    return given + "!";
  }
  [[declorm::/*static*/ declare_first]] static void f9() { say("declare_first"); }
  [[declorm::/*static*/ declare_last]] static void f10() { say("declare_last"); }
};
// The other forms.
struct [[declorm::table("others")]] Other {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::/*static*/ before_insert]] static void f1(Other &) { say("static before_insert"); }
  [[declorm::/*method*/ after_insert]] void f2() { say("member after_insert"); }
  [[declorm::/*method*/ before_update]] void f3() { say("member before_update"); }
  [[declorm::/*static*/ after_update]] static void f4(Other &) { say("static after_update"); }
  [[declorm::/*static*/ before_delete]] static void f5(Other &) { say("static before_delete"); }
  [[declorm::/*static*/ after_delete]] static void f6(Other &) { say("static after_delete"); }
  [[declorm::/*static*/ after_load]] static void f7(Other &) { say("static after_load"); }
  [[declorm::/*static*/ validates("name")]] static std::string f8(const std::string &given) {
    return given + "?";
  }
};
struct [[declorm::table("made")]] Made {
  explicit Made(int number) : number(number) {}
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int number = 0;
  int unmapped = 0;
  [[declorm::/*static!*/ constructor]] static Made make() {
    Made made(0);
    made.unmapped = 7;
    return made;
  }
};
struct [[declorm::table("built")]] Built {
  Built() = default;
  [[declorm::/*method*/ constructor]] explicit Built(int given) : unmapped(given + 5) {}
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  int unmapped = 0;
};

template <class T> static void run(const declorm::Engine &engine) {
  declorm::Session session(engine);
  session.emplace<T>().name = "a";
  session.commit();
  session.expunge_all();
  session.template get<T>(1)->name = "b";
  session.commit();
  std::cout << session.template get<T>(1)->name << std::endl;
  session.delete_(*session.template get<T>(1));
  session.commit();
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  run<Item>(engine);
  run<Other>(engine);
  declorm::Session session(engine);
  session.add(Made(3));
  session.emplace<Built>();
  session.commit();
  session.expunge_all();
  std::cout << "made " << session.get<Made>(1)->unmapped << " built "
            << session.get<Built>(1)->unmapped << std::endl;
}
// CHECK: declare_first
// CHECK-NEXT: declare_last
// CHECK-NEXT: before_insert
// CHECK-NEXT: after_insert
// CHECK-NEXT: after_load
// CHECK-NEXT: before_update
// CHECK-NEXT: after_update
// CHECK-NEXT: b!
// CHECK-NEXT: before_delete
// CHECK-NEXT: after_delete
// CHECK-NEXT: static before_insert
// CHECK-NEXT: member after_insert
// CHECK-NEXT: static after_load
// CHECK-NEXT: member before_update
// CHECK-NEXT: static after_update
// CHECK-NEXT: b?
// CHECK-NEXT: static before_delete
// CHECK-NEXT: static after_delete
// CHECK-NEXT: made 7 built 5
