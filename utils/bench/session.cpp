// The workloads through a Session: identity map and change tracking. The Session's whole life is
// measured, with that of its objects.
#include "utils/bench/filled.h"

#include <optional>

namespace bench {
namespace {

void expect_loaded(const std::vector<Record *> &loaded, const char *what) {
  std::uint64_t sum = 0;
  for (const Record *record : loaded)
    sum = checksum(sum, *record);
  expect_equal(sum, checksum_of_records(), what);
}

void run_insert(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = created(location);
  records();
  measure(state, [&] {
    declorm::Session session(engine);
    for (const Record &source : records()) {
      Record record = source;
      session.add(std::move(record));
    }
    session.commit();
  });
  expect_equal(checksum_of(engine), checksum_of_records(), "A, Session");
}

void run_select(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  std::optional<declorm::Session> session;
  std::vector<Record *> loaded;
  measure(state, [&] { loaded = session.emplace(engine).query<Record>().all(); });
  expect_loaded(loaded, "B, Session");
  measure(state, [&] { session.reset(), destroy(loaded); });
}

void run_lookup(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  std::optional<declorm::Session> session;
  std::vector<Record *> loaded;
  const std::vector<std::int64_t> &keys = shuffled_keys();
  measure(state, [&] {
    session.emplace(engine);
    for (const std::int64_t key : keys)
      loaded.push_back(session->get<Record>(key));
  });
  expect_loaded(loaded, "C, Session");
  measure(state, [&] { session.reset(), destroy(loaded); });
}

void run_change(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  measure(state, [&] {
    declorm::Session session(engine);
    for (Record &record : session.query<Record>())
      record.number += 1;
    session.commit();
  });
  expect_equal(checksum_of(engine), checksum_of_records() + records().size(), "D, Session");
}

/// What a Session takes that has loaded all objects; compare "objects/…/baseline".
void run_memory(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  checksum_of(engine); // fills SQLite's page cache
  const std::size_t before = resident_bytes();
  declorm::Session session(engine);
  measure(state, [&] {
    for ([[maybe_unused]] Record &record : session.query<Record>()) {
    }
  });
  state.counters["bytes"] = static_cast<double>(resident_bytes() - before);
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
