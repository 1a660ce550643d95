// What annotations do with the versions of rows.
#include "effects.h"

static int next(int before) { return before + 10; }

struct [[using declorm: table("counted"), /*class*/ version_id("version")]] Counted {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int version = 0;
};
struct [[using declorm: table("marked"), /*class*/ version_id_generator(&next)]] Marked {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, /*field!*/ version_id]] int version = 0;
};
class [[declorm::table("got")]] Got {
  int version_ = 0;
  [[using declorm: column, primary_key]] std::int64_t id_ = 0;

public:
  [[using declorm: column, /*method!*/ version_id]] int version() const { return version_; }
  void set_version(int version) { version_ = version; }
  [[declorm::/*static*/ version_id_generator]] static int make() { return 7; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.emplace<Counted>();
  session.emplace<Marked>();
  session.emplace<Got>();
  // CHECK-DAG: > INSERT INTO counted (version) VALUES (?) -- 1
  // CHECK-DAG: > INSERT INTO marked (version) VALUES (?) -- 10
  // CHECK-DAG: > INSERT INTO got (version) VALUES (?) -- 7
  session.commit();
}
