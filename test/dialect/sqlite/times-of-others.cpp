// Times in a database that other programs write: texts in forms other than declorm's, and numbers.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../orm/Inputs/traced.h"

#include <chrono>
#include <unordered_set>

using namespace std::chrono;
using declorm::col;
using Micros = sys_time<microseconds>;

struct [[declorm::table("texts")]] Text {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<Micros> at{};
  [[declorm::column]] std::optional<std::string> note{};
};
class [[declorm::table("texts2")]] Local {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] local_seconds at_{};
};
struct [[declorm::row]] Plain {
  Micros at{};
};
struct [[using declorm: table("things"), polymorphic_on("kind"),
         polymorphic_identity("thing")]] Thing {
  [[using declorm: column, primary_key]] sys_seconds at{};
  [[declorm::column]] std::string kind;
};
struct [[using declorm: table("boxes"), polymorphic_identity("box")]] Box : Thing {
  [[declorm::column]] int size = 0;
};

// A time that is kept as a number: one line a type.
using ChromeTime = declorm::CountedTime<microseconds, -11'644'473'600>; // since 1601
struct [[declorm::table("numbers")]] Number {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, sql_type("TIMESTAMP")]] declorm::UnixSeconds seconds;
  [[using declorm: column, sql_type("DATETIME")]] declorm::UnixMilliseconds millis;
  [[using declorm: column, sql_type("DATETIME")]] declorm::JulianDays julian;
  [[using declorm: column, sql_type("TIMESTAMP")]] std::optional<declorm::CoreDataTime> core{};
  [[using declorm: column, sql_type("DATETIME")]] std::optional<ChromeTime> chrome{};
  [[declorm::column]] int n = 0;
};
struct [[declorm::table("numbers2")]] Wrong {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] sys_seconds seconds{};
};

// In a table that is read from the database.
struct [[using declorm: table("files"), deferred_reflection]] File {
  [[declorm::column]] std::int64_t id = 0;
  [[using declorm: column, sql_type("TIMESTAMP")]] declorm::UnixSeconds changed;
};

static std::string text(const Micros &time) { return declorm::Value(time).as<std::string>(); }

static void texts(const declorm::Engine &engine) {
  declorm::Session session(engine);
  for (const char *at :
       {"2021-03-04T05:06:07Z", "2021-03-04 05:06:07+00:00", "2021-03-04T07:06:07+02:00",
        "2021-03-03T23:36:07.250-05:30", "2021-03-04T05:06Z", "2021-03-04 05:06:07 UTC",
        "2021-03-04 05:06:07.123456 +0000", "2021-03-04 05:06:07 +0000 UTC",
        "2021-03-04t05:06:07.1z", "2021-03-04T06:06:07 +01", "2021-03-04T05:06:07.000000",
        "2021-03-04"})
    session.execute("INSERT INTO texts (at) VALUES (?)", {at});
  session.commit();
  // CHECK: 1 2021-03-04 05:06:07
  // CHECK-NEXT: 2 2021-03-04 05:06:07
  // CHECK-NEXT: 3 2021-03-04 05:06:07
  // CHECK-NEXT: 4 2021-03-04 05:06:07.250000
  // CHECK-NEXT: 5 2021-03-04 05:06:00
  // CHECK-NEXT: 6 2021-03-04 05:06:07
  // CHECK-NEXT: 7 2021-03-04 05:06:07.123456
  // CHECK-NEXT: 8 2021-03-04 05:06:07
  // CHECK-NEXT: 9 2021-03-04 05:06:07.100000
  // CHECK-NEXT: 10 2021-03-04 05:06:07
  // CHECK-NEXT: 11 2021-03-04 05:06:07
  // CHECK-NEXT: 12 2021-03-04 00:00:00
  for (const Text &each : session.query<Text>().order_by(col<&Text::id>))
    std::cout << each.id << ' ' << text(*each.at) << std::endl;

  // Nothing is written of what was only read; another member leaves the time as it is.
  test::tracing = true;
  session.commit();
  session.get<Text>(3)->note = "x";
  // CHECK-NEXT: > SELECT texts.id, texts.at, texts.note FROM texts WHERE texts.id = ? -- 3
  // CHECK-NEXT: > UPDATE texts SET note = ? WHERE texts.id = ? -- 'x' 3
  session.commit();
  test::tracing = false;
  // CHECK-NEXT: 2021-03-04T07:06:07+02:00
  std::cout << session.execute("SELECT at FROM texts WHERE id = 3").scalar().as<std::string>()
            << std::endl;

  // SQL compares texts: a filter finds declorm's form, cast_ makes it of any other.
  const Micros at = sys_days(year(2021) / 3 / 4) + 5h + 6min + 7s;
  // CHECK-NEXT: 0 7 1 1
  std::cout
      << session.query<Text>().filter(col<&Text::at> == at).count() << ' '
      << session.query<Text>().filter(declorm::cast_<Micros>(col<&Text::at>) == at).count() << ' '
      << session.query<Text>().filter(declorm::cast_<Micros>(col<&Text::at>) == at + 250ms).count()
      << ' '
      << session.query<Text>()
             .filter(declorm::cast_<Micros>(col<&Text::at>) == at + 123456us)
             .count()
      << std::endl;
  // CHECK-NEXT: plain 2021-03-04 05:06:07 2021-03-04 05:06:07 2021-03-04 05:06:07 2021-03-04 05:06:07
  const char *third = "SELECT at FROM texts WHERE id = 3";
  std::cout
      << "plain " << text(*engine.connect().get<Text>(3)->at) << ' '
      << text(session.execute(third).into<Plain>().front().at) << ' '
      << text(session.execute(third).scalar().as<Micros>()) << ' '
      << text(*session.execute(declorm::select(col<&Text::at>).where(col<&Text::id> == 3)).one())
      << std::endl;
  // As the key of a joined class.
  session.execute("INSERT INTO things VALUES ('2021-03-04T07:06:07+02:00', 'box')");
  session.execute("INSERT INTO boxes VALUES ('2021-03-04T07:06:07+02:00', 4)");
  // CHECK-NEXT: box 4
  for (Thing &thing : session.query<Thing>())
    std::cout << thing.kind << ' ' << session.as<Box>(thing)->size << std::endl;

  const auto refuse = [&](const char *table, const declorm::Value &value, const auto &read) {
    session.execute(std::string("UPDATE ") + table + " SET at = ? WHERE id = 1", {value});
    test::attempt(read);
  };
  const auto read_text = [&] { session.query<const Text>().order_by(col<&Text::id>).first(); };
  for (const char *wrong : {"2021-03-04Z", "2021-03-04T05:06:07+2", "2021-03-04 05:06:07 CET",
                            "2021-03-04T05:06:07+24:00", "0000-01-01T00:00:00+02:00", "now"})
    refuse("texts", wrong, read_text);
  // CHECK-NEXT: DataError: column texts.at holds '2021-03-04Z', which does not fit Text.at (a time, {{.*}}); it is the row with id = 1
  // CHECK-NEXT: DataError: column texts.at holds '2021-03-04T05:06:07+2', which {{.*}}
  // CHECK-NEXT: DataError: column texts.at holds '2021-03-04 05:06:07 CET', which {{.*}}
  // CHECK-NEXT: DataError: column texts.at holds '2021-03-04T05:06:07+24:00', which {{.*}}
  // CHECK-NEXT: DataError: column texts.at holds '0000-01-01T00:00:00+02:00', which {{.*}}
  // CHECK-NEXT: DataError: column texts.at holds 'now', which {{.*}}

  session.execute("INSERT INTO texts2 (id, at_) VALUES (1, '2021-03-04T05:06:07')");
  // CHECK-NEXT: local 1
  std::cout << "local " << session.query<Local>().count() << std::endl;
  session.query<Local>().all();
  session.expunge_all();
  session.execute("UPDATE texts2 SET at_ = '2021-03-04T05:06:07Z'");
  // CHECK-NEXT: DataError: column texts2.at_ holds '2021-03-04T05:06:07Z', a time with an offset from UTC, and Local.at_ is a local time, which has none; make the member a std::chrono::sys_time; it is the row with id = 1
  test::attempt([&] { session.query<Local>().all(); });
  // CHECK-NEXT: DataError: the value '2021-03-04T05:06:07+02:00' is not a local time: it has an offset from UTC, which only a sys_time can take into account
  test::attempt([&] { declorm::Value("2021-03-04T05:06:07+02:00").as<local_seconds>(); });
}

/// Rows of another form can be given declorm's, once and for all.
static void rewritten(const declorm::Engine &engine) {
  declorm::Session session(engine);
  session.execute("DELETE FROM texts");
  for (const char *at : {"2021-03-04 05:06:07.000000", "2021-03-04 05:06:07.500",
                         "2021-03-04T07:06:07+02:00", "2021-03-04 05:06:07"})
    session.execute("INSERT INTO texts (at) VALUES (?)", {at});
  const Micros at = sys_days(year(2021) / 3 / 4) + 5h + 6min + 7s;
  const auto found = [&] {
    return std::to_string(session.query<Text>().filter(col<&Text::at> == at).count()) + ' ' +
           std::to_string(session.query<Text>().filter(col<&Text::at> == at + 500ms).count());
  };
  // CHECK-NEXT: 1 0 then 3 1 (3 rows)
  std::cout << found() << " then ";
  const std::int64_t rows =
      session.execute("UPDATE texts SET at = declorm_time(at) WHERE at <> declorm_time(at)")
          .rowcount();
  std::cout << found() << " (" << rows << " rows)" << std::endl;
}

static void numbers(const declorm::Engine &engine) {
  declorm::Session session(engine);
  session.execute("INSERT INTO numbers SELECT 1, strftime('%s', t) + 0, 1614834367250, "
                  "julianday(t), 636527167.25, 13259307967000001, 0 "
                  "FROM (SELECT '2021-03-04 05:06:07' AS t)");
  session.commit();
  Number &number = session.query<Number>().one();
  // CHECK-NEXT: 2021-03-04 05:06:07 2021-03-04 05:06:07.250000 2021-03-04 05:06:07 2021-03-04 05:06:07.250000 2021-03-04 05:06:07.000001
  std::cout << text(number.seconds) << ' ' << text(number.millis) << ' '
            << text(number.julian.time()) << ' ' << text(number.core->time()) << ' '
            << text(*number.chrome) << std::endl;
  const Micros at = sys_days(year(2021) / 3 / 4) + 5h + 6min + 7s + 250ms;
  // Found by time, ordered, hashed.
  // CHECK-NEXT: 11 01 1 1 1
  std::cout
      << session.query<Number>().filter(col<&Number::seconds> == declorm::UnixSeconds(at)).count()
      << session.query<Number>()
             .filter(col<&Number::millis> == declorm::UnixMilliseconds(at))
             .count()
      << ' ' << session.query<Number>().filter(col<&Number::millis> > 1614834367250).count()
      << session.query<Number>().filter(col<&Number::core> == declorm::CoreDataTime(at)).count()
      << ' ' << (number.seconds < declorm::UnixSeconds(at + 1s)) << ' '
      << std::unordered_set<ChromeTime>{*number.chrome}.size() << ' ' << (number.millis == at)
      << std::endl;
  // From the clock's nanoseconds, and before the epoch.
  const auto now = system_clock::now();
  // CHECK-NEXT: 1 1 1 -1 -1
  std::cout << (abs(declorm::JulianDays(now).time() - now) < 10ms) << ' '
            << (ChromeTime(now).time() == floor<microseconds>(now)) << ' '
            << (declorm::CoreDataTime(sys_days(year(2001) / 1 / 1) + 500ms).count() == 0.5) << ' '
            << declorm::UnixSeconds(sys_time<milliseconds>(-1ms)).count() << ' '
            << declorm::UnixMilliseconds(sys_time<microseconds>(-1us)).count() << std::endl;
  // Only what was changed is written, as a number.
  test::tracing = true;
  number.n = 1;
  // CHECK-NEXT: > UPDATE numbers SET n = ? WHERE numbers.id = ? -- 1 1
  session.commit();
  number.seconds = at; // the same
  number.core = at + 500ms;
  number.chrome.reset();
  // CHECK-NEXT: > UPDATE numbers SET core = ?, chrome = ? WHERE numbers.id = ? -- 636527167.75 NULL 1
  session.commit();
  test::tracing = false;
  session.execute("INSERT INTO files VALUES (1, 1614834367)");
  // CHECK-NEXT: file 2021-03-04 05:06:07
  std::cout << "file " << text(session.query<File>().one().changed) << std::endl;
  session.execute("INSERT INTO numbers2 VALUES (1, 1614834367)");
  // CHECK-NEXT: DataError: column numbers2.seconds holds 1614834367, which does not fit Wrong.seconds (a time, YYYY-MM-DD HH:MM:SS.ffffff, of ticks of 1/1 s); it is a number: a member of the type declorm::UnixSeconds, UnixMilliseconds, JulianDays or another CountedTime reads a time that is kept as one; it is the row with id = 1
  test::attempt([&] { session.query<Wrong>().all(); });
  // CHECK-NEXT: DataError: the value 2459277.75 is not a time (YYYY-MM-DD HH:MM:SS.ffffff); it is a number: a member of the type declorm::UnixSeconds, {{.*}}
  test::attempt([&] { declorm::Value(2459277.75).as<sys_seconds>(); });
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  engine.begin([](declorm::Connection &connection) {
    connection.execute("CREATE TABLE files (id INTEGER PRIMARY KEY, changed TIMESTAMP NOT NULL)");
  });
  declorm::prepare(engine);
  texts(engine);
  rewritten(engine);
  numbers(engine);
}
