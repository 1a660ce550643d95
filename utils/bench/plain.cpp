// The workloads through plain objects: declorm without a session.
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

std::uint64_t checksum_of(const std::vector<Record> &loaded) {
  std::uint64_t sum = 0;
  for (const Record &record : loaded)
    sum = checksum(sum, record);
  return sum;
}

void run_insert(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = declorm::create_engine(location.url());
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  records();
  measure(state, [&] {
    connection.insert(records());
    connection.commit();
  });
  expect_equal(checksum_of(connection.select<Record>().all()), checksum_of_records(),
               "A, plain objects");
}

void run_select(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  declorm::Connection connection = engine.connect();
  std::vector<Record> loaded;
  measure(state, [&] {
    loaded = connection.select<Record>().all();
    connection.commit();
  });
  expect_equal(checksum_of(loaded), checksum_of_records(), "B, plain objects");
}

void run_lookup(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  declorm::Connection connection = engine.connect();
  std::vector<Record> loaded;
  const std::vector<std::int64_t> &keys = shuffled_keys();
  measure(state, [&] {
    for (const std::int64_t key : keys)
      loaded.push_back(*connection.get<Record>(key));
    connection.commit();
  });
  expect_equal(checksum_of(loaded), checksum_of_records(), "C, plain objects");
}

void run_change(benchmark::State &state, Store store) {
  Location location(store);
  declorm::Engine engine = filled(location);
  declorm::Connection connection = engine.connect();
  measure(state, [&] {
    std::vector<Record> loaded = connection.select<Record>().all();
    for (Record &record : loaded)
      record.number += 1;
    connection.update(loaded);
    connection.commit();
  });
  expect_equal(checksum_of(connection.select<Record>().all()),
               checksum_of_records() + records().size(), "D, plain objects");
}

} // namespace

void add_plain() {
  add_workload("A", "plain", run_insert);
  add_workload("B", "plain", run_select);
  add_workload("C", "plain", run_lookup);
  add_workload("D", "plain", run_change);
}

} // namespace bench
