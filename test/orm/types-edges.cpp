// The values at the edges of each type, by all ways in and out: plain objects, Session, raw SQL,
// literals.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

#include <chrono>
#include <cmath>

using namespace std::chrono;
using declorm::Bytes;
using declorm::col;
using declorm::Value;
using Nanos = sys_time<nanoseconds>;
using Micros = sys_time<microseconds>;
using RealTime = sys_time<duration<double>>;

struct [[declorm::table("edges")]] Edge {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t i64 = 0;
  [[declorm::column]] std::uint64_t u64 = 0;
  [[declorm::column]] std::int8_t i8 = 0;
  [[declorm::column]] double d = 0;
  [[declorm::column]] float f = 0;
  [[declorm::column]] std::string text;
  [[declorm::column]] std::optional<std::string> maybe{};
  [[declorm::column]] Bytes bytes;
  [[declorm::column]] std::optional<Bytes> maybe_bytes{};
  [[declorm::column]] Nanos nanos{};
  [[declorm::column]] Micros micros{};
  [[declorm::column]] local_time<seconds> local{};
  [[declorm::column]] sys_days day{};
  [[declorm::column]] RealTime real_time{};
  [[declorm::column]] duration<double, std::milli> lasts{};
  [[declorm::column]] declorm::UUID uuid{};
  [[declorm::column]] declorm::Decimal<15, 2> decimal{};

  friend bool operator==(const Edge &, const Edge &) = default;
};

static std::vector<Edge> edges() {
  std::vector<Edge> all(4);
  Edge &low = all[0], &high = all[1], &small = all[2];
  low.i64 = INT64_MIN;
  low.i8 = -128;
  low.d = -std::numeric_limits<double>::infinity();
  low.f = std::numeric_limits<float>::lowest();
  low.text = std::string("\0", 1);
  low.maybe = "";
  low.bytes = Bytes(1);
  low.maybe_bytes = Bytes();
  low.nanos = Nanos::min();
  low.micros = sys_days(year(1) / 1 / 1) + 1us;
  low.local = local_days(year(0) / 1 / 1);
  low.day = sys_days(year(1) / 1 / 1);
  low.real_time = RealTime(duration<double>(-0.1));
  low.lasts = -std::chrono::duration<double, std::milli>(std::numeric_limits<double>::infinity());
  low.decimal = declorm::Decimal<15, 2>("-9999999999999.99");
  high.i64 = INT64_MAX;
  high.u64 = INT64_MAX;
  high.i8 = 127;
  high.d = std::numeric_limits<double>::max();
  high.f = std::numeric_limits<float>::infinity();
  high.text = std::string("a\0b'\"; DROP TABLE edges; --\n\xF0\x9F\x98\x80", 33);
  high.maybe = high.text;
  high.bytes = Bytes(256);
  for (int i = 0; i != 256; ++i)
    high.bytes[std::size_t(i)] = std::byte(i);
  high.nanos = Nanos::max();
  high.micros = sys_days(year(9999) / 12 / 31) + 24h - 1us;
  high.local = local_days(year(9999) / 12 / 31) + 24h - 1s;
  high.day = sys_days(year(9999) / 12 / 31);
  high.real_time = RealTime(duration<double>(1'700'000'000.1));
  high.lasts = duration<double, std::milli>(0.1);
  high.uuid = declorm::UUID("ffffffff-ffff-ffff-ffff-ffffffffffff");
  high.decimal = declorm::Decimal<15, 2>("9999999999999.99");
  small.d = 1e-9;
  small.f = std::numeric_limits<float>::denorm_min();
  small.nanos = Nanos(-1ns);
  small.micros = Micros(-1us);
  small.real_time = RealTime(duration<double>(-1e9 + 0.25));
  all[3].d = std::numeric_limits<double>::denorm_min();
  all[3].nanos = Nanos(1'700'000'000'123'456'789ns);
  for (std::size_t i = 0; i != all.size(); ++i)
    all[i].id = std::int64_t(i) + 1;
  return all;
}

/// How many of the rows are found by the value of that member.
template <auto Member> static int found(declorm::Session &session, const std::vector<Edge> &all) {
  int count = 0;
  for (const Edge &edge : all)
    count += session.query<Edge>()
                 .filter(col<Member> == edge.*Member && col<&Edge::id> == edge.id)
                 .count() == 1;
  return count;
}

/// The same by a raw parameter, and read as a raw value.
template <class T>
static int raw(declorm::Connection &connection, const std::vector<Edge> &all, T Edge::*member,
               const std::string &column) {
  int count = 0;
  for (const Edge &edge : all) {
    const Value value =
        connection
            .execute("SELECT " + column + " FROM edges WHERE " + column + " = :v AND id = :id",
                     {{"v", Value(edge.*member)}, {"id", edge.id}})
            .scalar();
    count += !value.is_null() && value.as<T>() == edge.*member;
  }
  return count;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  const std::vector<Edge> all = edges();
  {
    declorm::Connection connection = engine.connect();
    connection.insert(all);
    // CHECK: plain 1
    std::cout << "plain " << (connection.select<Edge>().order_by(col<&Edge::id>).all() == all)
              << std::endl;
    // CHECK-NEXT: raw 4444444444444
    std::cout << "raw " << raw(connection, all, &Edge::i64, "i64")
              << raw(connection, all, &Edge::u64, "u64") << raw(connection, all, &Edge::d, "d")
              << raw(connection, all, &Edge::f, "f") << raw(connection, all, &Edge::text, "text")
              << raw(connection, all, &Edge::bytes, "bytes")
              << raw(connection, all, &Edge::nanos, "nanos")
              << raw(connection, all, &Edge::micros, "micros")
              << raw(connection, all, &Edge::local, "local")
              << raw(connection, all, &Edge::day, "day")
              << raw(connection, all, &Edge::real_time, "real_time")
              << raw(connection, all, &Edge::uuid, "uuid")
              << raw(connection, all, &Edge::decimal, "decimal") << std::endl;
    connection.rollback();
  }
  declorm::Session session(engine);
  for (const Edge &edge : all)
    session.add(Edge(edge));
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: session 1111 modified 0000
  std::cout << "session ";
  for (const Edge &edge : all)
    std::cout << (*session.get<Edge>(edge.id) == edge);
  std::cout << " modified ";
  for (const Edge &edge : all)
    std::cout << session.is_modified(*session.get<Edge>(edge.id));
  // CHECK-NEXT: found 44444444444444
  std::cout << "\nfound " << found<&Edge::i64>(session, all) << found<&Edge::u64>(session, all)
            << found<&Edge::i8>(session, all) << found<&Edge::d>(session, all)
            << found<&Edge::f>(session, all) << found<&Edge::text>(session, all)
            << found<&Edge::bytes>(session, all) << found<&Edge::nanos>(session, all)
            << found<&Edge::micros>(session, all) << found<&Edge::local>(session, all)
            << found<&Edge::day>(session, all) << found<&Edge::real_time>(session, all)
            << found<&Edge::uuid>(session, all) << found<&Edge::decimal>(session, all) << std::endl;
  // Empty is not NULL.
  // CHECK-NEXT: '' NULL x'' NULL
  for (const char *column : {"maybe", "maybe_bytes"})
    for (const int id : {1, 3})
      std::cout << session
                       .execute(std::string("SELECT ") + column + " FROM edges WHERE id = ?", {id})
                       .scalar()
                       .to_string()
                << (id == 3 && column[5] == '_' ? "\n" : " ");
  // Times sort as text.
  // CHECK-NEXT: 1677-09-21 00:12:43.145224192 0001-01-01 00:00:00.000001
  // CHECK-NEXT: 1969-12-31 23:59:59.999999999 1969-12-31 23:59:59.999999
  // CHECK-NEXT: 2023-11-14 22:13:20.123456789 1970-01-01 00:00:00
  // CHECK-NEXT: 2262-04-11 23:47:16.854775807 9999-12-31 23:59:59.999999
  for (const declorm::Row &row : session.execute("SELECT nanos, micros FROM edges ORDER BY nanos"))
    std::cout << row[0].as<std::string>() << ' ' << row[1].as<std::string>() << '\n';

  // A hundred megabytes, and back.
  Edge large{.id = 9};
  large.bytes = Bytes(100'000'000);
  for (std::size_t i = 0; i < large.bytes.size(); i += 4096)
    large.bytes[i] = std::byte(i >> 12);
  large.text = std::string(10'000'000, '\0');
  session.add(Edge(large));
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: large 1 1 100000000
  std::cout
      << "large " << (*session.get<Edge>(9) == large) << ' '
      << session.query<Edge>().filter(col<&Edge::bytes> == large.bytes).count() << ' '
      << session.execute("SELECT length(bytes) FROM edges WHERE id = 9").scalar().as<std::size_t>()
      << std::endl;
  session.rollback();

  // What no column holds.
  declorm::Connection connection = engine.connect();
  const auto refuse = [&](const auto &change) {
    Edge edge{.id = 10};
    change(edge);
    test::attempt([&] { connection.insert(edge); });
  };
  // CHECK-NEXT: DataError: Edge.u64 is 9223372036854775808, which column edges.u64 cannot hold
  refuse([](Edge &edge) { edge.u64 = std::uint64_t(INT64_MAX) + 1; });
  // CHECK: DataError: Edge.d is NaN, which column edges.d cannot hold
  refuse([](Edge &edge) { edge.d = std::nan(""); });
  // CHECK: DataError: Edge.f is NaN, which column edges.f cannot hold
  refuse([](Edge &edge) { edge.f = std::nanf(""); });
  // CHECK: DataError: Edge.lasts is NaN, which column edges.lasts cannot hold
  refuse([](Edge &edge) { edge.lasts = duration<double, std::milli>(std::nan("")); });
  // CHECK: DataError: Edge.micros, column edges.micros: the time 253402300800 s from 1970-01-01 lies outside the years 0 to 9999 and cannot be stored
  refuse([](Edge &edge) { edge.micros = sys_days(year(10000) / 1 / 1); });
  // CHECK: DataError: Edge.real_time is NaN ticks of 1/1 s, which column edges.real_time cannot hold
  refuse([](Edge &edge) { edge.real_time = RealTime(duration<double>(std::nan(""))); });
  // CHECK: DataError: Edge.real_time is 1e-12 ticks of 1/1 s, which column edges.real_time cannot hold
  refuse([](Edge &edge) { edge.real_time = RealTime(duration<double>(1e-12)); });
  // CHECK: DataError: {{.*}}NaN{{.*}}
  test::attempt([&] { connection.execute("SELECT ?", {std::nan("")}); });
  // CHECK: DataError: {{.*}}NaN{{.*}}
  test::attempt([&] {
    connection.execute(declorm::select(col<&Edge::id>).where(col<&Edge::d> == std::nan(""))).all();
  });
  // CHECK: DataError: the value 9223372036854775808 is above 9223372036854775807, the largest integer of a database
  test::attempt([&] { (void)(col<&Edge::u64> == std::uint64_t(1) << 63); });
  const auto spoil = [&](const char *assignment) {
    connection.execute(std::string("UPDATE edges SET ") + assignment + " WHERE id = 1");
    test::attempt([&] { connection.get<Edge>(1); });
    connection.rollback();
  };
  // CHECK-NEXT: DataError: column edges.i8 holds 300, which does not fit Edge.i8 (an integer from -128 to 127); it is the row with id = 1
  spoil("i8 = 300");
  // CHECK-NEXT: DataError: column edges.f holds 1e+300, which does not fit Edge.f (a float); it is the row with id = 1
  spoil("f = 1e300");
  // CHECK-NEXT: DataError: column edges.nanos holds '9999-01-01', which does not fit Edge.nanos ({{.*}}); it is the row with id = 1
  spoil("nanos = '9999-01-01'");
  // CHECK-NEXT: DataError: column edges.micros holds '2000-01-01 00:00:00.000000001', which does not fit Edge.micros ({{.*}}); it is the row with id = 1
  spoil("micros = '2000-01-01 00:00:00.000000001'");
  // CHECK-NEXT: DataError: column edges.day holds '2000-02-30', which does not fit Edge.day (a date, YYYY-MM-DD); it is the row with id = 1
  spoil("day = '2000-02-30'");
}
