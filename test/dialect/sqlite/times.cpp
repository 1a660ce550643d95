// Times in SQLite: one text for each instant, whatever the type of the member, and the one that
// SQLite itself writes: they compare, sort, join and are keys whoever made them.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../orm/Inputs/traced.h"
#include <chrono>

using namespace std::chrono;
using declorm::col, declorm::select;
using Millis = sys_time<milliseconds>;
using Micros = sys_time<microseconds>;

struct [[declorm::table("made")]] Made {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, server_default("CURRENT_TIMESTAMP")]] std::optional<sys_seconds> at{};
  [[using declorm: column, server_default("CURRENT_TIMESTAMP")]] std::optional<Micros> micros{};
  [[using declorm: column, server_default("strftime('%Y-%m-%d %H:%M:%f')")]]
  std::optional<Millis> millis{};
  [[using declorm: column, server_default("datetime('now', 'localtime')")]]
  std::optional<local_seconds> local{};
  [[using declorm: column, default_sql("strftime('%Y-%m-%dT%H:%M:%SZ', 'now')")]]
  std::optional<sys_seconds> by_insert{};
  [[using declorm: column, server_default("'2020-02-01'")]] std::optional<sys_seconds> literal{};
  [[using declorm: column, server_default("CURRENT_DATE")]] std::optional<sys_seconds> midnight{};
  [[using declorm: column, server_default("CURRENT_TIMESTAMP")]] std::optional<sys_days> day{};
  [[using declorm: column, server_default("datetime('now')")]] std::optional<year_month_day> date{};
  [[using declorm: column, server_default("CURRENT_TIMESTAMP")]]
  std::optional<sys_time<minutes>> minute{};
  [[using declorm: column, default_sql("datetime('now')")]] std::optional<sys_time<hours>> hour{};
};

// A key that SQLite makes.
struct [[declorm::table("stamps")]] Stamp {
  [[using declorm: column, primary_key, server_default("CURRENT_TIMESTAMP")]]
  std::optional<sys_seconds> at{};
  [[declorm::column]] std::string note;
};
class [[declorm::table("hidden")]] Hidden {
  [[using declorm: column, primary_key]] std::int64_t owner_ = 1;
  [[using declorm: column, primary_key, default_sql("CURRENT_TIMESTAMP")]]
  std::optional<Micros> at_{};
  [[declorm::column]] int n_ = 0;

public:
  void add() { ++n_; }
  const std::optional<Micros> &at() const { return at_; }
};

struct [[declorm::table("events")]] Event {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] sys_seconds seconds{};
  [[declorm::column]] Millis millis{};
  [[declorm::column]] Micros micros{};
  [[declorm::column]] sys_time<nanoseconds> nanos{};
  [[declorm::column]] sys_time<minutes> minute{};
  [[declorm::column]] std::optional<sys_time<hours>> hour{};
  [[declorm::column]] sys_days day{};
  [[declorm::column]] local_time<milliseconds> local{};
  [[declorm::column]] sys_time<duration<double>> real{};
  [[declorm::column]] std::chrono::seconds lasts{};
  [[declorm::column]] std::chrono::minutes takes{};
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("events.seconds")]] std::optional<Millis> event_at{};
  [[declorm::relationship]] Event *event = nullptr;
};

static declorm::Engine engine = test::traced_engine();

template <class Condition> static auto ids(declorm::Session &session, const Condition &condition) {
  std::string text;
  for (const Event &event : session.query<Event>().filter(condition).order_by(col<&Event::id>))
    text += std::to_string(event.id);
  return text.empty() ? "-" : text;
}

/// How many rows of Made have a value in the column that a filter finds again.
template <auto Member> static std::string found() {
  declorm::Session session(engine);
  const Made made = session.query<Made>().one();
  const auto &value = *(made.*Member);
  const auto of = [&](const auto &condition) {
    return session.query<Made>().filter(condition).count();
  };
  return std::to_string(of(col<Member> == value)) + std::to_string(of(col<Member> < value)) +
         std::to_string(of(col<Member> > value)) + std::to_string(of(col<Member>.in_({value}))) +
         std::to_string(of(col<Member>.between(value, value)));
}

static void made_by_sqlite() {
  declorm::Session session(engine);
  session.add(Made{});
  session.commit();
  // CHECK: made 10011 10011 10011 10011 10011 10011 10011 10011 10011 10011 10011
  std::cout << "made " << found<&Made::at>() << ' ' << found<&Made::micros>() << ' '
            << found<&Made::millis>() << ' ' << found<&Made::local>() << ' '
            << found<&Made::by_insert>() << ' ' << found<&Made::literal>() << ' '
            << found<&Made::midnight>() << ' ' << found<&Made::day>() << ' ' << found<&Made::date>()
            << ' ' << found<&Made::minute>() << ' ' << found<&Made::hour>() << std::endl;
  // CHECK-NEXT: literal '2020-02-01 00:00:00'
  std::cout << "literal " << session.execute("SELECT literal FROM made").scalar().to_string()
            << std::endl;

  Stamp &stamp = session.add(Stamp{.note = "a"});
  session.commit();
  const sys_seconds at = *stamp.at;
  stamp.note = "b";
  session.commit();
  session.expunge_all();
  Stamp &again = *session.get<Stamp>(at);
  // By another precision, and by a date.
  // CHECK-NEXT: stamp b 1 1 1 0
  std::cout << "stamp " << again.note << ' ' << (session.get<Stamp>(Micros(at)) == &again) << ' '
            << (session.query<Stamp>().filter(col<&Stamp::at> == Millis(at)).one().note == "b")
            << ' ' << (engine.connect().get<Stamp>(at)->note == "b") << ' '
            << (session.get<Stamp>(at + 1s) != nullptr) << std::endl;
  session.delete_(again);
  session.commit();
  session.add(Stamp{.at = sys_days(year(2021) / 3 / 4), .note = "midnight"});
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: midnight 1
  std::cout << session.get<Stamp>(sys_days(year(2021) / 3 / 4))->note << ' '
            << (session.get<Stamp>(sys_days(year(2021) / 3 / 4)) == &session.query<Stamp>().one())
            << std::endl;

  Hidden &hidden = session.emplace<Hidden>();
  session.commit();
  hidden.add();
  session.commit();
  // CHECK-NEXT: hidden 1
  std::cout << "hidden " << (session.get<Hidden>(1, *hidden.at()) == &hidden) << std::endl;
}

static void compared() {
  declorm::Session session(engine);
  const sys_days day = year(2021) / 3 / 4;
  const auto add = [&](std::int64_t id, const Micros &at) {
    session.add(Event{.id = id,
                      .seconds = floor<seconds>(at),
                      .millis = floor<milliseconds>(at),
                      .micros = at,
                      .nanos = at,
                      .minute = floor<minutes>(at),
                      .hour = floor<hours>(at),
                      .day = floor<days>(at),
                      .local = local_days(year(2021) / 3 / 4) + milliseconds(id),
                      .real = at,
                      .lasts = seconds(60 * id),
                      .takes = minutes(id)});
  };
  add(1, day);
  add(2, day + 5h + 6min + 7s);
  add(3, day + 5h + 6min + 8s + 500ms);
  add(4, day + 5h + 6min + 9s + 500ms + 1us);
  add(5, day + 24h);
  session.add(Note{.id = 1, .event = &*session.query<Event>().order_by(col<&Event::id>).first()});
  session.commit();
  session.expunge_all();
  // A foreign key of another precision.
  // CHECK-NEXT: note 1
  std::cout << "note "
            << session.query<Note>()
                   .options(declorm::selectinload<&Note::event>())
                   .filter(col<&Note::event>.has(col<&Event::day> == day))
                   .one()
                   .event->id
            << std::endl;
  // CHECK-NEXT: 1: 2021-03-04 00:00:00 2021-03-04 00:00:00 2021-03-04 00:00:00 2021-03-04 00:00:00 2021-03-04 00:00:00 2021-03-04 00:00:00 2021-03-04 2021-03-04 00:00:00.001000 2021-03-04 00:00:00
  // CHECK-NEXT: 2: 2021-03-04 05:06:07 2021-03-04 05:06:07 2021-03-04 05:06:07 2021-03-04 05:06:07 2021-03-04 05:06:00 2021-03-04 05:00:00 2021-03-04 2021-03-04 00:00:00.002000 2021-03-04 05:06:07
  // CHECK-NEXT: 3: 2021-03-04 05:06:08 2021-03-04 05:06:08.500000 2021-03-04 05:06:08.500000 2021-03-04 05:06:08.500000 2021-03-04 05:06:00 2021-03-04 05:00:00 2021-03-04 2021-03-04 00:00:00.003000 2021-03-04 05:06:08.500000
  // CHECK-NEXT: 4: 2021-03-04 05:06:09 2021-03-04 05:06:09.500000 2021-03-04 05:06:09.500001 2021-03-04 05:06:09.500001 2021-03-04 05:06:00 2021-03-04 05:00:00 2021-03-04 2021-03-04 00:00:00.004000 2021-03-04 05:06:09.500000954
  // CHECK-NEXT: 5: 2021-03-05 00:00:00 2021-03-05 00:00:00 2021-03-05 00:00:00 2021-03-05 00:00:00 2021-03-05 00:00:00 2021-03-05 00:00:00 2021-03-05 2021-03-04 00:00:00.005000 2021-03-05 00:00:00
  for (const declorm::Row &row : session.execute("SELECT * FROM events ORDER BY id")) {
    std::cout << row["id"].as<int>() << ':';
    for (std::size_t i = 1; i != 10; ++i)
      std::cout << ' ' << row[i].as<std::string>();
    std::cout << std::endl;
  }

  const Micros second = day + 5h + 6min + 7s, half = day + 5h + 6min + 8s + 500ms;
  // With values of another precision, each way.
  // CHECK-NEXT: 2 3 345 12 123 25 2 - 15
  std::cout << ids(session, col<&Event::micros> == floor<seconds>(second)) << ' '
            << ids(session, col<&Event::millis> == half) << ' '
            << ids(session, col<&Event::nanos> >= half) << ' '
            << ids(session, col<&Event::real> <= floor<seconds>(second)) << ' '
            << ids(session, col<&Event::micros>.between(day, half)) << ' '
            << ids(session, col<&Event::seconds>.in_({second, Micros(day + 24h)})) << ' '
            << ids(session, col<&Event::seconds> == second) << ' '
            << ids(session, col<&Event::seconds> == half) << ' '
            << ids(session, col<&Event::micros>.in_({day, day + days(1)})) << std::endl;
  // Dates with times: a date is its midnight.
  // CHECK-NEXT: 1 2345 15 1 1234 1234 5 - 5 15
  std::cout << ids(session, col<&Event::micros> == day) << ' '
            << ids(session, col<&Event::micros> > day) << ' '
            << ids(session, col<&Event::seconds> == day || col<&Event::millis> >= day + days(1))
            << ' ' << ids(session, col<&Event::seconds> <= day) << ' '
            << ids(session, col<&Event::day> == Micros(day)) << ' '
            << ids(session, col<&Event::day> < second) << ' '
            << ids(session, col<&Event::day> >= second) << ' '
            << ids(session, col<&Event::day> == second) << ' '
            << ids(session, col<&Event::day> > Micros(day)) << ' '
            << ids(session, col<&Event::day> == col<&Event::micros>) << std::endl;
  // Columns with columns.
  // CHECK-NEXT: 1235 125 1235 234 1235
  std::cout << ids(session, col<&Event::millis> == col<&Event::micros>) << ' '
            << ids(session, col<&Event::seconds> == col<&Event::nanos>) << ' '
            << ids(session, col<&Event::millis> >= col<&Event::real>) << ' '
            << ids(session, col<&Event::day> < col<&Event::hour>) << ' '
            << ids(session, col<&Event::micros>.between(col<&Event::day>, col<&Event::real>))
            << std::endl;
  // By name, in CASE, coalesce() and rows.
  // CHECK-NEXT: 1 2 12 15
  using declorm::attr;
  std::cout << ids(session, attr<Event>("micros") == day) << ' '
            << ids(session, attr<Event>("micros") == "2021-03-04T05:06:07.000Z") << ' '
            << ids(session, declorm::coalesce(col<&Event::hour>, day) <= sys_time<hours>(day) ||
                                col<&Event::micros> == second)
            << ' '
            << ids(session, declorm::tuple_(col<&Event::seconds>, col<&Event::id>) ==
                                    declorm::tuple_(day, 1) ||
                                declorm::tuple_(col<&Event::takes>, col<&Event::id>)
                                    .in_(std::vector{std::tuple(300s, 5)}))
            << std::endl;
  // Raw SQL with bound times; what SQL computes.
  // CHECK-NEXT: 2 2021-03-04 05:06:07 3 2021-03-05 18368500
  std::cout
      << session.execute("SELECT id FROM events WHERE micros = ?", {second}).scalar().as<int>()
      << ' '
      << session
             .execute("SELECT max(micros) FROM events WHERE micros <= :at",
                      {{"at", floor<seconds>(half - 1s)}})
             .scalar()
             .as<std::string>()
      << ' '
      << session
             .execute(select(declorm::count())
                          .from<Event>()
                          .where(declorm::cast_<Micros>("2021-03-04T07:06:07+02:00") <=
                                 col<&Event::millis>)
                          .where(col<&Event::id> < 5))
             .one()
      << ' '
      << session
             .execute(select(declorm::cast_<std::string>(
                                 declorm::cast_<year_month_day>(col<&Event::micros>)))
                          .where(col<&Event::id> == 5))
             .one()
      << ' '
      << session.execute(select(declorm::max(declorm::cast_<Millis>(col<&Event::real>)))
                             .where(col<&Event::id> < 4))
                 .one()
                 .value()
                 .time_since_epoch() /
             1ms % 86'400'000
      << std::endl;
}

/// Durations are numbers of their column's ticks, whatever they are compared with.
static void durations() {
  declorm::Session session(engine);
  // CHECK-NEXT: 2 2 345 12345 12 4 3 23
  std::cout << ids(session, col<&Event::lasts> == 2min) << ' '
            << ids(session, col<&Event::takes> == 120s) << ' '
            << ids(session, col<&Event::takes> > 150s) << ' '
            << ids(session, col<&Event::lasts> == col<&Event::takes>) << ' '
            << ids(session, col<&Event::lasts> + 1min < 200s) << ' '
            << ids(session,
                   declorm::attr<Event>("lasts") == duration<double, std::ratio<3600>>(4. / 60))
            << ' ' << ids(session, col<&Event::lasts>.in_({3min})) << ' '
            << ids(session, col<&Event::takes>.between(90s, 200s)) << std::endl;
  session.execute(declorm::update<Event>()
                      .set(col<&Event::lasts> = 1h,
                           col<&Event::seconds> = sys_days(year(2022) / 1 / 1),
                           col<&Event::day> = sys_seconds(sys_days(year(2022) / 1 / 2)))
                      .where(col<&Event::id> == 2));
  // CHECK-NEXT: 3600 2022-01-01 00:00:00 2022-01-02
  for (const declorm::Row &row :
       session.execute("SELECT lasts, seconds, day FROM events WHERE id = 2"))
    std::cout << row[0].as<int>() << ' ' << row[1].as<std::string>() << ' '
              << row[2].as<std::string>() << std::endl;
  // CHECK-NEXT: DataError: Event.takes is 1.5 ticks, which column events.takes cannot hold
  test::attempt([&] { session.execute(declorm::update<Event>().set(col<&Event::takes> = 90s)); });
  // CHECK-NEXT: DataError: Event.day is '2022-01-01 00:00:01', which column events.day cannot hold
  test::attempt([&] {
    session.execute(
        declorm::update<Event>().set(col<&Event::day> = sys_days(year(2022) / 1 / 1) + 1s));
  });
}

int main() {
  declorm::metadata().create_all(engine);
  made_by_sqlite();
  compared();
  durations();
}
