// S16: versions of classes that calls map: counted, made by a function, made by the database.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Counted {
  std::int64_t id = 0;
  std::string text;
  int version = 0;
};
class Made {
public:
  std::int64_t id = 0;
  std::string text;
  const std::string &edition() const { return edition_; }
  void set_edition(const std::string &edition) { edition_ = edition; }

private:
  std::string edition_;
};
struct Served {
  std::int64_t id = 0;
  std::string text;
  int version = 0;
};
static std::string next(const std::string &before) { return before + "I"; }

int main() {
  MetaData metadata;
  const auto table = [&](const char *name, Type type) -> Table & {
    return metadata.add_table(name, Column("id", Integer, primary_key), Column("text", String),
                              Column("version", type, not_null));
  };
  Registry registry(metadata);
  registry.map_imperatively<Counted>(table("counted", Integer), field<&Counted::id>("id"),
                                     field<&Counted::text>("text"),
                                     field<&Counted::version>("version", version_id));
  registry.map_imperatively<Made>(table("made", String), field<&Made::id>("id"),
                                  field<&Made::text>("text"),
                                  field<&Made::edition, &Made::set_edition>(
                                      "version", version_id, version_id_generator<&next>()));
  registry.map_imperatively<Served>(
      table("served", Integer), field<&Served::id>("id"), field<&Served::text>("text"),
      field<&Served::version>("version", version_id, version_id_generator(false), default_sql("41"),
                              onupdate_sql("version + 1")));
  const Engine engine = test::traced_engine();
  metadata.create_all(engine);
  test::tracing = true;
  Session session(engine);
  Counted &counted = session.emplace<Counted>();
  Made &made = session.emplace<Made>();
  Served &served = session.emplace<Served>();
  // CHECK: > INSERT INTO counted (text, version) VALUES (?, ?) -- '' 1
  // CHECK-NEXT: > INSERT INTO made (text, version) VALUES (?, ?) -- '' 'I'
  // CHECK-NEXT: > INSERT INTO served (text, version) VALUES (?, (41)) -- ''
  session.commit();
  counted.text = made.text = "new";
  // CHECK: > UPDATE counted SET text = ?, version = ? WHERE counted.id = ? AND counted.version = ? -- 'new' 2 1 1
  // CHECK: > UPDATE made SET text = ?, version = ? WHERE made.id = ? AND made.version = ? -- 'new' 'II' 1 'I'
  session.flush();
  test::tracing = false;
  served.text = "new"; // databases tell in different ways what they made
  session.flush();
  // CHECK: 2 II 42
  std::cout << counted.version << ' ' << made.edition() << ' ' << served.version << std::endl;
  session.commit();
  // Somebody else writes the row.
  session.query<Counted>().count();
  session.connection().execute("UPDATE counted SET version = 9");
  counted.text = "late";
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Counted': the row with key (1) of table 'counted' was written by somebody else: it was read with version 2, and has version 9 now. {{.*}}
  test::attempt([&] { session.flush(); });
}
