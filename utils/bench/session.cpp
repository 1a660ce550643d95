// The workloads through a Session: identity map and change tracking.
#include "utils/bench/workload.h"

#include <declorm/declorm.h>

namespace bench {
namespace {

declorm::Engine filled(const Location &location) {
  declorm::Engine engine = declorm::create_engine(location.url());
  declorm::metadata().create_all(engine);
  engine.begin([](declorm::Connection &connection) { connection.insert(records()); });
  return engine;
}

std::uint64_t checksum_of(const declorm::Engine &engine) {
  std::uint64_t sum = 0;
  declorm::Connection connection = engine.connect();
  for (const Record &record : connection.select<Record>())
    sum = checksum(sum, record);
  return sum;
}

void run_insert(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = declorm::create_engine(location.url());
  declorm::metadata().create_all(engine);
  std::vector<Record> made = records();
  {
    declorm::Session session(engine);
    measure(state, [&] {
      for (Record &record : made)
        session.add(std::move(record));
      session.commit();
    });
  }
  expect_equal(checksum_of(engine), checksum_of_records(), "A, Session");
}

void run_select(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  declorm::Session session(engine);
  std::vector<Record *> loaded;
  measure(state, [&] { loaded = session.query<Record>().all(); });
  std::uint64_t sum = 0;
  for (const Record *record : loaded)
    sum = checksum(sum, *record);
  expect_equal(sum, checksum_of_records(), "B, Session");
}

void run_lookup(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  declorm::Session session(engine);
  std::vector<Record *> loaded;
  const std::vector<std::int64_t> &keys = shuffled_keys();
  measure(state, [&] {
    for (const std::int64_t key : keys)
      loaded.push_back(session.get<Record>(key));
  });
  std::uint64_t sum = 0;
  for (const Record *record : loaded)
    sum = checksum(sum, *record);
  expect_equal(sum, checksum_of_records(), "C, Session");
}

void run_change(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  {
    declorm::Session session(engine);
    measure(state, [&] {
      for (Record &record : session.query<Record>())
        record.number += 1;
      session.commit();
    });
  }
  expect_equal(checksum_of(engine), checksum_of_records() + records().size(), "D, Session");
}

/// What a Session takes that has loaded all objects; compare "objects/…/baseline".
void run_memory(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  checksum_of(engine); // fills SQLite's page cache
  const std::size_t before = allocated_bytes();
  declorm::Session session(engine);
  measure(state, [&] {
    for ([[maybe_unused]] Record &record : session.query<Record>()) {
    }
  });
  state.counters["bytes"] = static_cast<double>(allocated_bytes() - before);
}

} // namespace

void add_session() {
  add_workload("A", "session", run_insert);
  add_workload("B", "session", run_select);
  add_workload("C", "session", run_lookup);
  add_workload("D", "session", run_change);
  add_workload("objects", "session", run_memory);
}

} // namespace bench
