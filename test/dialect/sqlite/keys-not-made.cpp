// A key that the classes leave to the database, and the database does not make: no object ever has
// a key that its row has not, and whoever asks beforehand is told.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <declorm/difference.h>
#include <sstream>

using namespace declorm;

struct [[declorm::table("an_int")]] AnInt {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("descending")]] Descending {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("a_bigint")]] ABigint {
  [[using declorm: column, primary_key]] std::optional<std::int64_t> id;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("numberless")]] Numberless {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("no_key")]] NoKey {
  [[using declorm: column, primary_key]] std::int32_t id = 0;
  [[declorm::column]] std::string name;
};
class [[declorm::table("hidden")]] Hidden {
public:
  explicit Hidden(std::string text = {}) : name(std::move(text)) {}
  std::string key() const { return std::to_string(id_); }
  [[declorm::column]] std::string name;

private:
  [[using declorm: column("id"), primary_key, unset(-1)]] std::int64_t id_ = -1;
};
struct [[using declorm: table("animals"), polymorphic_on("kind"),
         polymorphic_identity("animal")]] Animal {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[using declorm: table("cats"), polymorphic_identity("cat")]] Cat : Animal {
  [[declorm::column]] std::string name;
};
static Table &hand_made(MetaData &metadata) {
  return metadata.add_table("by_hand", Column("id", SmallInteger, primary_key),
                            Column("name", String));
}
struct [[declorm::table_from(&hand_made)]] ByHand {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
// Keys that objects have, or have not.
struct [[declorm::table("words")]] Word {
  [[using declorm: column, primary_key]] std::optional<std::string> id;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("pairs")]] Pair {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, primary_key]] std::optional<std::int64_t> second;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("own_keys")]] OwnKey {
  [[using declorm: column, primary_key, autoincrement(false)]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
// The database makes them, and refuses some rows in silence.
struct [[declorm::table("made")]] Made {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("a_view")]] View {
  [[using declorm: column, primary_key, autoincrement(false)]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::deferred_reflection("silent")]] Silent {};
struct [[declorm::table("unsaid")]] Unsaid : Silent {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::deferred_reflection("int")]] SaidInt {};
struct [[declorm::metadata("said"), declorm::table("an_int")]] Said : SaidInt {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::deferred_reflection("descending")]] SaidDescending {};
struct [[declorm::metadata("said"), declorm::table("descending")]] AlsoSaid : SaidDescending {
  [[using declorm: column, autoincrement(true)]] std::int64_t id = 0;
};

static const char *const tables[] = {
    "CREATE TABLE an_int (id INT PRIMARY KEY, name TEXT)",
    "CREATE TABLE unsaid (id INT PRIMARY KEY, name TEXT)",
    "CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, name TEXT)",
    "CREATE TABLE a_bigint (id BIGINT PRIMARY KEY DEFAULT 7, name TEXT)",
    "CREATE TABLE numberless (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID",
    "CREATE TABLE no_key (id INTEGER, name TEXT)",
    "CREATE TABLE hidden (id INTEGER(10) PRIMARY KEY, name TEXT)",
    "CREATE TABLE animals (id INT PRIMARY KEY, kind TEXT)",
    "CREATE TABLE cats (id INT PRIMARY KEY REFERENCES animals (id), name TEXT)",
    "CREATE TABLE by_hand (id SMALLINT PRIMARY KEY, name TEXT)",
    "CREATE TABLE words (id TEXT PRIMARY KEY, name TEXT)",
    "CREATE TABLE pairs (id INT, second INT, name TEXT, PRIMARY KEY (id, second))",
    "CREATE TABLE own_keys (id INT PRIMARY KEY, name TEXT)",
    "CREATE TABLE made (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, name TEXT UNIQUE ON CONFLICT "
    "IGNORE)",
    "CREATE TRIGGER no_x BEFORE INSERT ON made WHEN new.name = 'x' BEGIN SELECT RAISE (IGNORE); "
    "END",
    "CREATE VIEW a_view AS SELECT id, name FROM own_keys",
    "CREATE TRIGGER written INSTEAD OF INSERT ON a_view BEGIN INSERT INTO own_keys VALUES (new.id, "
    "new.name); END",
};

static std::string key(const auto &object) {
  if constexpr (requires { object.key(); })
    return object.key();
  else if constexpr (requires { object.id.has_value(); })
    return object.id ? Value(*object.id).to_string() : "none";
  else
    return std::to_string(object.id);
}

static std::int64_t rows(const Engine &engine, const std::string &table) {
  Connection connection = engine.connect();
  return connection.execute("SELECT count(*) FROM " + table).scalar().as<std::int64_t>();
}

template <class T> static T named(const char *name) {
  T object;
  object.name = name;
  return object;
}

template <class T> static void insert_in_all_ways(const Engine &engine, const std::string &table) {
  std::cout << "-- " << table << std::endl;
  std::string last;
  const auto attempt = [&](auto function) { // what all of them say is printed once
    std::ostringstream out;
    std::streambuf *const before = std::cout.rdbuf(out.rdbuf());
    test::attempt(function);
    std::cout.rdbuf(before);
    if (out.str() != last)
      std::cout << out.str() << std::flush;
    last = out.str();
  };
  T kept = named<T>("a");
  attempt([&] {
    Session session(engine);
    session.add(named<T>("b"));
    session.commit();
  });
  attempt([&] {
    Session session(engine);
    std::vector<T> objects{named<T>("c"), named<T>("d")};
    session.bulk_insert(objects);
    session.commit();
  });
  attempt([&] { engine.begin([&](Connection &connection) { connection.insert(kept); }); });
  attempt([&] {
    engine.begin([&](Connection &connection) { connection.insert(std::as_const(kept)); });
  });
  std::cout << "key " << key(kept) << ", rows " << rows(engine, table) << std::endl;
}

static void print(const std::vector<Difference> &differences) {
  for (const Difference &difference : differences)
    if (difference.kind == DifferenceKind::primary_key)
      std::cout << to_string(difference) << std::endl;
}

/// The database changes below a statement that is prepared.
static void change_below(const Engine &engine) {
  std::cout << "-- made, until it is not" << std::endl;
  Connection connection = engine.connect();
  Made object = named<Made>("first");
  connection.insert(object);
  std::cout << object.id << std::endl;
  connection.execute("DROP TABLE made");
  connection.execute("CREATE TABLE made (id INT PRIMARY KEY, name TEXT)");
  object = named<Made>("second");
  test::attempt([&] { connection.insert(object); });
  std::cout << object.id << std::endl;
  test::attempt([&] { connection.insert(object); });
  connection.execute("DROP TABLE made");
  connection.execute("CREATE TABLE made (name TEXT, id INTEGER NOT NULL PRIMARY KEY)");
  connection.insert(object);
  std::cout << object.id << std::endl;
  connection.rollback();
}

int main() {
  const Engine engine = create_engine("sqlite://");
  engine.begin([](Connection &connection) {
    for (const char *statement : tables)
      connection.execute(statement);
  });
  metadata().create_all(engine); // they are there
  print(metadata().compare(engine));
  prepare("silent", engine);
  test::attempt([&] { prepare("int", engine); });
  test::attempt([&] { prepare("descending", engine); });

  insert_in_all_ways<AnInt>(engine, "an_int");
  insert_in_all_ways<Descending>(engine, "descending");
  insert_in_all_ways<ABigint>(engine, "a_bigint");
  insert_in_all_ways<Numberless>(engine, "numberless");
  insert_in_all_ways<NoKey>(engine, "no_key");
  insert_in_all_ways<Hidden>(engine, "hidden");
  insert_in_all_ways<Cat>(engine, "cats");
  insert_in_all_ways<ByHand>(engine, "by_hand");
  insert_in_all_ways<Word>(engine, "words");
  insert_in_all_ways<Pair>(engine, "pairs");

  std::cout << "-- keys of one's own" << std::endl;
  Session session(engine);
  OwnKey &zero = session.add(named<OwnKey>("zero"));
  Unsaid &unsaid = session.add(named<Unsaid>("zero too"));
  AnInt &five = session.add(AnInt{.id = 5, .name = "five"});
  session.commit();
  std::cout << zero.id << ' ' << unsaid.id << ' ' << five.id << std::endl;
  for (const Row &row :
       session.execute("SELECT id, name FROM own_keys UNION ALL SELECT id, name "
                       "FROM an_int UNION ALL SELECT id, name FROM unsaid ORDER BY name"))
    std::cout << row["id"].to_string() << ' ' << row["name"].to_string() << std::endl;
  session.connection().insert(View{.id = 9, .name = "through a view"});
  session.commit();
  std::cout << rows(engine, "own_keys") << std::endl;
  session.close();

  std::cout << "-- rows that the database leaves out in silence" << std::endl;
  Made first = named<Made>("taken");
  engine.begin([&](Connection &connection) { connection.insert(first); });
  for (Made made : {named<Made>("taken"), named<Made>("x"), Made{.id = first.id, .name = "y"}}) {
    const std::int64_t before = made.id;
    test::attempt([&] { engine.begin([&](Connection &connection) { connection.insert(made); }); });
    std::cout << "key " << (made.id == before ? "as it was" : "changed") << std::endl;
  }
  test::attempt([&] {
    Session other(engine);
    other.add(named<Made>("taken"));
    other.commit();
  });
  change_below(engine);
}

// The output:
// CHECK: the database does not make the key a_bigint.id (its type there is BIGINT), and it is declared so
// CHECK-NEXT: the database does not make the key an_int.id (its type there is INT), and it is declared so
// CHECK-NEXT: the database does not make the key animals.id (its type there is INT), and it is declared so
// CHECK-NEXT: the database does not make the key descending.id (it is INTEGER there, with PRIMARY KEY (id DESC)), and it is declared so
// CHECK-NEXT: the database does not make the key hidden.id (its type there is INTEGER(10)), and it is declared so
// CHECK-NEXT: the primary key of made is PRIMARY KEY (id) ON CONFLICT IGNORE in the database, and declared as PRIMARY KEY (id)
// CHECK-NEXT: the table no_key has no primary key in the database, and is declared with (id)
// CHECK-NEXT: the database does not make the key numberless.id (it is INTEGER there, with PRIMARY KEY (id) WITHOUT ROWID), and it is declared so
// CHECK-NEXT: the database does not make the key by_hand.id (its type there is SMALLINT), and it is declared so
// CHECK-NEXT: ArgumentError: class 'Said' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key an_int.id (its type there is INT), and it is declared so; give each object its key and say autoincrement(false)
// CHECK-NEXT: ArgumentError: class 'AlsoSaid' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key descending.id (it is INTEGER there, with PRIMARY KEY (id DESC)), and it is declared so; give each object its key and say autoincrement(false)
// CHECK-NEXT: -- an_int
// CHECK-NEXT: InvalidRequestError: class 'AnInt' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'an_int.id' (its type there is INT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- descending
// CHECK-NEXT: InvalidRequestError: class 'Descending' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'descending.id' (it is PRIMARY KEY DESC there), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- a_bigint
// CHECK-NEXT: InvalidRequestError: class 'ABigint' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'a_bigint.id' (its type there is BIGINT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key none, rows 0
// CHECK-NEXT: -- numberless
// CHECK-NEXT: InvalidRequestError: class 'Numberless' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'numberless.id' (its table there is WITHOUT ROWID), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- no_key
// CHECK-NEXT: InvalidRequestError: class 'NoKey' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'no_key.id' (it is no key there), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- hidden
// CHECK-NEXT: InvalidRequestError: class 'Hidden' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id_': the database does not make the key 'hidden.id' (its type there is INTEGER(10)), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key -1, rows 0
// CHECK-NEXT: -- cats
// CHECK-NEXT: InvalidRequestError: class 'Cat' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'animals.id' (its type there is INT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- by_hand
// CHECK-NEXT: InvalidRequestError: class 'ByHand' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'by_hand.id' (its type there is SMALLINT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- words
// CHECK-NEXT: InvalidRequestError: class 'Word' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the object has no value for the key 'words.id', and nothing makes one; give it one before it is written
// CHECK-NEXT: key none, rows 0
// CHECK-NEXT: -- pairs
// CHECK-NEXT: InvalidRequestError: class 'Pair' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'second': the object has no value for the key 'pairs.second', and nothing makes one; give it one before it is written
// CHECK-NEXT: key 0, rows 0
// CHECK-NEXT: -- keys of one's own
// CHECK-NEXT: 0 0 5
// CHECK-NEXT: 5 'five'
// CHECK-NEXT: 0 'zero'
// CHECK-NEXT: 0 'zero too'
// CHECK-NEXT: 2
// CHECK-NEXT: -- rows that the database leaves out in silence
// CHECK-NEXT: IntegrityError: INSERT of class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}): the table 'made' did not take the row: a trigger, or ON CONFLICT IGNORE of a constraint, left it out
// CHECK-NEXT: [SQL: INSERT INTO made (name)
// CHECK-NEXT: VALUES (?)]
// CHECK-NEXT: [parameters: ('taken')]
// CHECK-NEXT: key as it was
// CHECK-NEXT: IntegrityError: INSERT of class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}): the table 'made' did not take the row: a trigger, or ON CONFLICT IGNORE of a constraint, left it out
// CHECK-NEXT: [SQL: INSERT INTO made (name)
// CHECK-NEXT: VALUES (?)]
// CHECK-NEXT: [parameters: ('x')]
// CHECK-NEXT: key as it was
// CHECK-NEXT: IntegrityError: INSERT of class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}): the table 'made' did not take the row: a trigger, or ON CONFLICT IGNORE of a constraint, left it out
// CHECK-NEXT: [SQL: INSERT INTO made (id, name)
// CHECK-NEXT: VALUES (?, ?)]
// CHECK-NEXT: [parameters: (1, 'y')]
// CHECK-NEXT: key as it was
// CHECK-NEXT: IntegrityError: INSERT of class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}): the table 'made' did not take the row: a trigger, or ON CONFLICT IGNORE of a constraint, left it out
// CHECK-NEXT: [SQL: INSERT INTO made (name)
// CHECK-NEXT: VALUES (?)]
// CHECK-NEXT: [parameters: ('taken')]
// CHECK-NEXT: -- made, until it is not
// CHECK-NEXT: 2
// CHECK-NEXT: InvalidRequestError: class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'made.id' (its type there is INT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: 0
// CHECK-NEXT: InvalidRequestError: class 'Made' ({{.*}}keys-not-made.cpp:{{[0-9]+}}), member 'id': the database does not make the key 'made.id' (its type there is INT), so that the row would have none; give each object its key and say autoincrement(false), or make the table as it is declared
// CHECK-NEXT: 1
