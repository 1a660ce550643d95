// declorm-bench-postgresql: the workloads A to D on a PostgreSQL server, beside libpq by hand in
// the best known way: COPY in binary form, rows one at a time in binary form, a prepared statement
// for each key, and one UPDATE with arrays. Run it by
//
//     utils/with-postgresql build/bin/declorm-bench-postgresql --benchmark_repetitions=7
//
// Wall times, which the server and the program share, are what it prints; compare medians.
#include "utils/bench/record.h"

#include <benchmark/benchmark.h>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <declorm/declorm.h>
#include <libpq-fe.h>
#include <memory>

namespace bench {
namespace {

constexpr std::int64_t row_count = 100'000, key_count = 5'000;

std::string folder() {
  const char *const name = std::getenv("DECLORM_TEST_POSTGRESQL");
  if (!name) {
    std::fputs("declorm-bench-postgresql: start it by utils/with-postgresql\n", stderr);
    std::exit(2);
  }
  return name;
}

const declorm::Engine &engine() {
  static const declorm::Engine made =
      declorm::create_engine("postgresql://declorm@/postgres?host=" + folder());
  return made;
}

PGconn *by_hand() {
  static PGconn *const made =
      PQconnectdb(("host=" + folder() + " user=declorm dbname=postgres").c_str());
  return made;
}

void expect(bool is_right, const char *what) {
  if (is_right)
    return;
  std::fprintf(stderr, "declorm-bench-postgresql: %s: %s\n", what, PQerrorMessage(by_hand()));
  std::exit(1);
}

struct Clear {
  void operator()(PGresult *result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

void execute(const char *sql) {
  const Result result(PQexec(by_hand(), sql));
  expect(PQresultStatus(result.get()) == PGRES_COMMAND_OK ||
             PQresultStatus(result.get()) == PGRES_TUPLES_OK,
         sql);
}

Record record(std::int64_t i) {
  return {.id = 0,
          .name = "name " + std::to_string(100'000'000'000 + i),
          .email = "someone" + std::to_string(1'000'000 + i) + "@mail.org",
          .number = std::int32_t(i),
          .score = double(i) / 2};
}

void create() {
  declorm::metadata().drop_all(engine());
  declorm::metadata().create_all(engine());
}
/// The table with all rows.
void fill() {
  create();
  execute("INSERT INTO records (name, email, number, score) SELECT 'name ' || (100000000000 + i), "
          "'someone' || "
          "(1000000 + i) || '@mail.org', i, i / 2.0 FROM generate_series(0, 99999) AS i; ANALYZE "
          "records");
}

template <class T> void append(std::string &to, T value) {
  for (int shift = int(sizeof(T) - 1) * 8; shift >= 0; shift -= 8)
    to += static_cast<char>(value >> shift);
}
void append(std::string &to, const std::string &value) {
  append(to, std::uint32_t(value.size()));
  to += value;
}
template <class T> T number(const char *from) {
  std::make_unsigned_t<T> value = 0;
  for (std::size_t i = 0; i != sizeof(T); ++i)
    value = static_cast<std::make_unsigned_t<T>>(value << 8 | static_cast<unsigned char>(from[i]));
  return static_cast<T>(value);
}
Record read(const PGresult *result) {
  const auto text = [&](int column) {
    return std::string(PQgetvalue(result, 0, column), std::size_t(PQgetlength(result, 0, column)));
  };
  return {.id = number<std::int64_t>(PQgetvalue(result, 0, 0)),
          .name = text(1),
          .email = text(2),
          .number = number<std::int32_t>(PQgetvalue(result, 0, 3)),
          .score = std::bit_cast<double>(number<std::int64_t>(PQgetvalue(result, 0, 4)))};
}

/// The loop of a benchmark: what `prepare` does is not measured.
template <class Prepare, class Work> void run(benchmark::State &state, Prepare prepare, Work work) {
  for (auto _ : state) {
    state.PauseTiming();
    prepare();
    state.ResumeTiming();
    work();
  }
}

void insert_by_hand(benchmark::State &state) {
  run(state, create, [] {
    const Result begun(
        PQexec(by_hand(), "COPY records (name, email, number, score) FROM STDIN (FORMAT binary)"));
    expect(PQresultStatus(begun.get()) == PGRES_COPY_IN, "COPY");
    std::string rows("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (std::int64_t i = 0; i != row_count; ++i) {
      const Record row = record(i);
      append(rows, std::uint16_t(4));
      append(rows, row.name);
      append(rows, row.email);
      append(rows, std::uint32_t(4));
      append(rows, std::uint32_t(row.number));
      append(rows, std::uint32_t(8));
      append(rows, std::bit_cast<std::uint64_t>(row.score));
      if (rows.size() > 60'000) {
        expect(PQputCopyData(by_hand(), rows.data(), int(rows.size())) == 1, "COPY");
        rows.clear();
      }
    }
    append(rows, std::uint16_t(0xffff));
    expect(PQputCopyData(by_hand(), rows.data(), int(rows.size())) == 1, "COPY");
    expect(PQputCopyEnd(by_hand(), nullptr) == 1, "COPY");
    while (const Result result{PQgetResult(by_hand())})
      expect(PQresultStatus(result.get()) == PGRES_COMMAND_OK, "COPY");
  });
}

void insert_plain(benchmark::State &state) {
  run(state, create, [] {
    std::vector<Record> rows;
    for (std::int64_t i = 0; i != row_count; ++i)
      rows.push_back(record(i));
    declorm::Connection connection = engine().connect();
    connection.insert(rows);
    connection.commit();
  });
}

void insert_session(benchmark::State &state) {
  run(state, create, [] {
    declorm::Session session(engine());
    for (std::int64_t i = 0; i != row_count; ++i)
      session.add(record(i));
    session.commit();
  });
}

constexpr const char *select_all = "SELECT id, name, email, number, score FROM records";

void select_by_hand(benchmark::State &state) {
  fill();
  run(
      state, [] {},
      [] {
        std::vector<Record> rows;
        expect(PQsendQueryParams(by_hand(), select_all, 0, nullptr, nullptr, nullptr, nullptr, 1) ==
                   1,
               "SELECT");
        PQsetSingleRowMode(by_hand());
        while (const Result result{PQgetResult(by_hand())})
          if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE)
            rows.push_back(read(result.get()));
        expect(rows.size() == row_count, "rows");
      });
}

void select_plain(benchmark::State &state) {
  fill();
  run(
      state, [] {},
      [] {
        std::vector<Record> rows;
        declorm::Connection connection = engine().connect();
        for (Record &&row : connection.select<Record>())
          rows.push_back(std::move(row));
        expect(rows.size() == row_count, "rows");
      });
}

void select_session(benchmark::State &state) {
  fill();
  run(
      state, [] {},
      [] {
        declorm::Session session(engine());
        expect(session.query<Record>().all().size() == row_count, "rows");
      });
}

void get_by_hand(benchmark::State &state) {
  fill();
  const Result prepared(
      PQprepare(by_hand(), "get",
                "SELECT id, name, email, number, score FROM records WHERE id = $1", 1, nullptr));
  run(
      state, [] {},
      [] {
        execute("BEGIN");
        for (std::int64_t i = 0; i != key_count; ++i) {
          std::string key;
          append(key, std::uint64_t(i * 7919 % row_count + 1));
          const char *const value = key.data();
          const int length = 8, format = 1;
          const Result result(PQexecPrepared(by_hand(), "get", 1, &value, &length, &format, 1));
          expect(PQntuples(result.get()) == 1, "a row");
          benchmark::DoNotOptimize(read(result.get()));
        }
        execute("COMMIT");
      });
  execute("DEALLOCATE get");
}

void get_plain(benchmark::State &state) {
  fill();
  run(
      state, [] {},
      [] {
        declorm::Connection connection = engine().connect();
        for (std::int64_t i = 0; i != key_count; ++i)
          benchmark::DoNotOptimize(connection.get<Record>(i * 7919 % row_count + 1));
      });
}

void get_session(benchmark::State &state) {
  fill();
  run(
      state, [] {},
      [] {
        declorm::Session session(engine());
        for (std::int64_t i = 0; i != key_count; ++i)
          benchmark::DoNotOptimize(session.get<Record>(i * 7919 % row_count + 1));
      });
}

void change_by_hand(benchmark::State &state) {
  run(state, fill, [] {
    std::vector<Record> rows;
    expect(PQsendQueryParams(by_hand(), select_all, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1,
           "SELECT");
    PQsetSingleRowMode(by_hand());
    while (const Result result{PQgetResult(by_hand())})
      if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE)
        rows.push_back(read(result.get()));
    // Arrays: their dimensions, no NULLs, the type, the length and the lower bound.
    const auto array = [&](unsigned type) {
      std::string bytes;
      for (const unsigned head : {1U, 0U, type, unsigned(rows.size()), 1U})
        append(bytes, head);
      return bytes;
    };
    std::string keys = array(20), numbers = array(23);
    for (Record &row : rows) {
      row.number += 1;
      append(keys, std::uint32_t(8));
      append(keys, std::uint64_t(row.id));
      append(numbers, std::uint32_t(4));
      append(numbers, std::uint32_t(row.number));
    }
    const char *const values[] = {keys.data(), numbers.data()};
    const int lengths[] = {int(keys.size()), int(numbers.size())}, formats[] = {1, 1};
    const Result result(
        PQexecParams(by_hand(),
                     "UPDATE records SET number = u.n FROM unnest($1::bigint[], $2::integer[]) AS "
                     "u(id, n) WHERE records.id = u.id",
                     2, nullptr, values, lengths, formats, 1));
    expect(std::string(PQcmdTuples(result.get())) == std::to_string(row_count), "UPDATE");
  });
}

void change_session(benchmark::State &state) {
  run(state, fill, [] {
    declorm::Session session(engine());
    for (Record *row : session.query<Record>().all())
      row->number += 1;
    session.commit();
  });
}

} // namespace
} // namespace bench

int main(int count, char **arguments) {
  using namespace bench;
  const auto add = [](const char *name, void (*work)(benchmark::State &)) {
    benchmark::RegisterBenchmark(name, work)->UseRealTime()->Unit(benchmark::kMillisecond);
  };
  add("A insert/by hand", insert_by_hand);
  add("A insert/plain", insert_plain);
  add("A insert/session", insert_session);
  add("B select all/by hand", select_by_hand);
  add("B select all/plain", select_plain);
  add("B select all/session", select_session);
  add("C by key/by hand", get_by_hand);
  add("C by key/plain", get_plain);
  add("C by key/session", get_session);
  add("D change all/by hand", change_by_hand);
  add("D change all/session", change_session);
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments))
    return 2;
  benchmark::RunSpecifiedBenchmarks();
}
