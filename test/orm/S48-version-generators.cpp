// version_id_generator: a function of the version before, or of nothing, and the database.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

static int made = 100;
static int stamp() { return ++made; }
struct Letter {
  char letter = 'z';
};
template <> struct declorm::type_traits<Letter> {
  using column_type = std::string;
  static column_type to_column(Letter letter) { return std::string(1, letter.letter); }
  static Letter from_column(const column_type &text) { return {text.empty() ? '?' : text[0]}; }
};

// A function named on the class: it stands before it.
struct [[using declorm: table("stamped"), version_id("stamp_"),
         version_id_generator(&stamp)]] Stamped {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int stamp_ = 0;
  [[declorm::column]] int value = 0;
};

// A private function of the class, given the version before; a new row has none yet.
class [[declorm::table("named")]] Named {
  [[using declorm: column, primary_key]] std::int64_t id_ = 1;
  [[using declorm: column, version_id]] std::string version_;
  [[declorm::version_id_generator]] static std::string next(const std::string &before) {
    return before.empty() ? "a" : before + "+";
  }

public:
  [[declorm::column]] int value = 0;
  const std::string &version() const { return version_; }
};

// A type of the program's own, behind a getter and a setter.
class [[declorm::table("lettered")]] Lettered {
  Letter letter_;
  [[using declorm: column, primary_key]] std::int64_t id_ = 1;

public:
  [[declorm::column]] int value = 0;
  [[using declorm: column, version_id]] Letter letter() const { return letter_; }
  void set_letter(Letter letter) { letter_ = letter; }
  [[declorm::version_id_generator]] static Letter after(Letter before) {
    return {before.letter == 'z' ? 'a' : char(before.letter + 1)};
  }
};

// The database makes it: by a default, and by a trigger that RETURNING does not see.
struct [[using declorm: table("triggered"), version_id_generator(false)]] Triggered {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, version_id, server_default("1")]] int version = 0;
  [[declorm::column]] int value = 0;
};

// By SQL in the statement.
struct [[using declorm: table("hashed"), version_id_generator(false)]] Hashed {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, version_id, default_sql("1000"), onupdate_sql("version + 10")]]
  int version = 0;
  [[declorm::column]] int value = 0;
};

// Nobody but the program makes it, when it likes.
struct [[using declorm: table("by_hand"), version_id_generator(false)]] ByHand {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, version_id]] int version = 0;
  [[declorm::column]] int value = 0;
};

static void by_functions(const declorm::Engine &engine) {
  declorm::Session session(engine);
  // CHECK: > INSERT INTO stamped (stamp_, value) VALUES (?, ?) -- 101 0
  Stamped &stamped = session.emplace<Stamped>();
  session.commit();
  // CHECK-NEXT: > UPDATE stamped SET stamp_ = ?, value = ? WHERE stamped.id = ? AND stamped.stamp_ = ? -- 102 1 1 101
  stamped.value = 1;
  session.commit();
  // CHECK-NEXT: > INSERT INTO named (id_, version_, value) VALUES (?, ?, ?) -- 1 'a' 0
  Named &named = session.emplace<Named>();
  session.commit();
  // CHECK-NEXT: > UPDATE named SET version_ = ?, value = ? WHERE named.id_ = ? AND named.version_ = ? -- 'a+' 1 1 'a'
  named.value = 1;
  session.commit();
  // CHECK-NEXT: > UPDATE named SET version_ = ?, value = ? WHERE named.id_ = ? AND named.version_ = ? -- 'a++' 2 1 'a+'
  named.value = 2;
  session.commit();
  // CHECK-NEXT: > INSERT INTO lettered (id_, value, letter) VALUES (?, ?, ?) -- 1 0 'a'
  Lettered &lettered = session.emplace<Lettered>();
  session.commit();
  // CHECK-NEXT: > UPDATE lettered SET value = ?, letter = ? WHERE lettered.id_ = ? AND lettered.letter = ? -- 1 'b' 1 'a'
  lettered.value = 1;
  session.commit();
  test::tracing = false;
  session.execute("UPDATE lettered SET letter = 'k'");
  lettered.value = 2;
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Lettered': the row with key (1) of table 'lettered' was written by somebody else: it was read with version 'b', and has version 'k' now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::tracing = true;
}

static void by_the_database(const declorm::Engine &engine) {
  test::tracing = false;
  engine.begin([](declorm::Connection &connection) {
    const std::string body = "BEGIN UPDATE triggered SET version = version + 5 WHERE id = new.id; ",
                      trigger = "CREATE TRIGGER counts AFTER UPDATE OF value ON triggered ";
    if (!test::is_postgresql()) {
      connection.execute(trigger + body + "END");
      return;
    }
    connection.execute("CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$ " + body +
                       "RETURN NULL; END $$");
    connection.execute(trigger + "FOR EACH ROW EXECUTE FUNCTION count_up()");
  });
  test::tracing = true;
  declorm::Session session(engine);
  // CHECK-NEXT: > INSERT INTO triggered (value) VALUES (?) -- 0
  Triggered &triggered = session.emplace<Triggered>();
  session.flush();
  // CHECK-NEXT: version 1
  std::cout << "version " << triggered.version << std::endl;
  // The log has the UPDATE when it is done with, behind the SELECT for its rows.
  // CHECK-NEXT: > SELECT triggered.version FROM triggered WHERE triggered.id = ? -- 1
  // CHECK-NEXT: > UPDATE triggered SET value = ? WHERE triggered.id = ? AND triggered.version = ? -- 1 1 1
  triggered.value = 1;
  session.flush();
  // CHECK-NEXT: version 6
  std::cout << "version " << triggered.version << std::endl;
  // CHECK-NEXT: > SELECT {{.*}}
  // CHECK-NEXT: > UPDATE triggered SET value = ? WHERE triggered.id = ? AND triggered.version = ? -- 2 1 6
  triggered.value = 2;
  session.commit();
  test::tracing = false;
  session.execute("UPDATE triggered SET version = 50");
  triggered.value = 3;
  // CHECK-NEXT: StaleDataError: {{.*}} it was read with version 11, and has version 50 now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::tracing = true;

  // CHECK-NEXT: > INSERT INTO hashed (version, value) VALUES ((1000), ?) -- 0
  Hashed &hashed = session.emplace<Hashed>();
  session.flush();
  test::tracing = false; // some databases return the version with the UPDATE, others do not
  hashed.value = 1;
  session.flush();
  hashed.value = 2;
  session.flush();
  // CHECK-NEXT: version 1020
  std::cout << "version " << hashed.version << std::endl;
  session.execute("UPDATE hashed SET version = 2");
  hashed.value = 3;
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Hashed': the row with key (1) of table 'hashed' was written by somebody else: it was read with version 1020, and has version 2 now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::tracing = true;

  // CHECK-NEXT: > INSERT INTO by_hand (version, value) VALUES (?, ?) -- 7 0
  ByHand &by_hand = session.emplace<ByHand>();
  by_hand.version = 7;
  session.flush();
  // CHECK-NEXT: > SELECT by_hand.version FROM by_hand WHERE by_hand.id = ? -- 1
  // CHECK-NEXT: > UPDATE by_hand SET version = ?, value = ? WHERE by_hand.id = ? AND by_hand.version = ? -- 8 1 1 7
  by_hand.version = 8;
  by_hand.value = 1;
  session.flush();
  // CHECK: > UPDATE by_hand SET value = ? WHERE by_hand.id = ? AND by_hand.version = ? -- 2 1 8
  by_hand.value = 2;
  session.flush();
  test::tracing = false;
  session.execute("UPDATE by_hand SET version = 9");
  by_hand.value = 3;
  // CHECK: StaleDataError: {{.*}} it was read with version 8, and has version 9 now. {{.*}}
  test::attempt([&] { session.flush(); });
}

int main() {
  const declorm::Engine engine = test::traced_database();
  by_functions(engine);
  by_the_database(engine);
}
