// The workloads through plain objects, without a session: all objects in one call (the variant
// "plain"), and one object a call ("single").
#include "utils/bench/filled.h"

namespace bench {
namespace {

using declorm::col;

std::vector<Record> select_all(declorm::Connection &connection) {
  std::vector<Record> loaded;
  for (Record &&record : connection.select<Record>())
    loaded.push_back(std::move(record));
  return loaded;
}

void expect_loaded(const std::vector<Record> &loaded, const char *what) {
  std::uint64_t sum = 0;
  for (const Record &record : loaded)
    sum = checksum(sum, record);
  expect_equal(sum, checksum_of_records(), what);
}

template <bool one_by_one> void run_insert(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = created(location);
  records();
  measure(state, [&] {
    declorm::Connection connection = engine.connect();
    if constexpr (one_by_one) {
      for (const Record &source : records()) {
        const Record record = source;
        connection.insert(record);
      }
    } else {
      connection.insert(records());
    }
    connection.commit();
  });
  expect_equal(checksum_of(engine), checksum_of_records(), "A, plain objects");
}

void run_select(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  std::vector<Record> loaded;
  measure(state, [&] {
    declorm::Connection connection = engine.connect();
    loaded = select_all(connection);
    connection.commit();
  });
  expect_loaded(loaded, "B, plain objects");
  measure(state, [&] { destroy(loaded); });
}

void run_lookup(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  std::vector<Record> loaded;
  const std::vector<std::int64_t> &keys = shuffled_keys();
  measure(state, [&] {
    declorm::Connection connection = engine.connect();
    for (const std::int64_t key : keys)
      loaded.push_back(*connection.get<Record>(key));
    connection.commit();
  });
  expect_loaded(loaded, "C, plain objects");
  measure(state, [&] { destroy(loaded); });
}

template <bool one_by_one> void run_change(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = filled(location);
  measure(state, [&] {
    declorm::Connection connection = engine.connect();
    std::vector<Record> loaded = select_all(connection);
    for (Record &record : loaded) {
      record.number += 1;
      if constexpr (one_by_one)
        connection.update(record, col<&Record::number>);
    }
    if constexpr (!one_by_one)
      connection.update(loaded, col<&Record::number>);
    connection.commit();
  });
  expect_equal(checksum_of(engine), checksum_of_records() + records().size(), "D, plain objects");
}

} // namespace

void add_plain() {
  add_workload("A", "plain", run_insert<false>);
  add_workload("A", "single", run_insert<true>);
  add_workload("B", "plain", run_select);
  add_workload("C", "single", run_lookup);
  add_workload("D", "plain", run_change<false>);
  add_workload("D", "single", run_change<true>);
}

} // namespace bench
