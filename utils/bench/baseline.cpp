// The same work written by hand on the SQLite C API: each statement prepared once, strings bound
// without a copy, objects in a std::vector. What declorm is compared with.
#include "utils/bench/sqlite.h"

namespace bench {
namespace {

void read(const Statement &row, Record &record) {
  record.id = row.integer(0);
  row.text(1, record.name);
  row.text(2, record.email);
  record.number = static_cast<std::int32_t>(row.integer(3));
  record.score = row.real(4);
}

void insert_all(Database &database) {
  database.execute("BEGIN");
  Statement insert(database,
                   "INSERT INTO records (id, name, email, number, score) VALUES (?, ?, ?, ?, ?)");
  for (const Record &source : records()) {
    const Record record = source;
    insert.bind(1, record.id);
    insert.bind(2, record.name);
    insert.bind(3, record.email);
    insert.bind(4, std::int64_t{record.number});
    insert.bind(5, record.score);
    insert.step();
    insert.reset();
  }
  database.execute("COMMIT");
}

std::vector<Record> select_all(Database &database) {
  std::vector<Record> loaded;
  Statement select(database, "SELECT id, name, email, number, score FROM records");
  while (select.step())
    read(select, loaded.emplace_back());
  return loaded;
}

std::uint64_t checksum_of(const std::vector<Record> &loaded) {
  std::uint64_t sum = 0;
  for (const Record &record : loaded)
    sum = checksum(sum, record);
  return sum;
}

void run_insert(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  database.execute(create_table);
  records();
  measure(state, [&] { insert_all(database); });
  expect_equal(checksum_of(select_all(database)), checksum_of_records(), "A, baseline");
}

void run_select(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  database.execute(create_table);
  insert_all(database);
  std::vector<Record> loaded;
  measure(state, [&] {
    database.execute("BEGIN");
    loaded = select_all(database);
    database.execute("COMMIT");
  });
  expect_equal(checksum_of(loaded), checksum_of_records(), "B, baseline");
  measure(state, [&] { destroy(loaded); });
}

void run_lookup(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  database.execute(create_table);
  insert_all(database);
  std::vector<Record> loaded;
  const std::vector<std::int64_t> &keys = shuffled_keys();
  measure(state, [&] {
    database.execute("BEGIN");
    Statement select(database, "SELECT id, name, email, number, score FROM records WHERE id = ?");
    for (const std::int64_t key : keys) {
      select.bind(1, key);
      if (select.step())
        read(select, loaded.emplace_back());
      select.reset();
    }
    database.execute("COMMIT");
  });
  expect_equal(checksum_of(loaded), checksum_of_records(), "C, baseline");
  measure(state, [&] { destroy(loaded); });
}

void run_change(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  database.execute(create_table);
  insert_all(database);
  measure(state, [&] {
    database.execute("BEGIN");
    std::vector<Record> loaded = select_all(database);
    Statement update(database, "UPDATE records SET number = ? WHERE id = ?");
    for (Record &record : loaded) {
      record.number += 1;
      update.bind(1, std::int64_t{record.number});
      update.bind(2, record.id);
      update.step();
      update.reset();
    }
    database.execute("COMMIT");
  });
  expect_equal(checksum_of(select_all(database)), checksum_of_records() + records().size(),
               "D, baseline");
}

/// What the objects themselves take, in the place that a Session is compared with.
void run_memory(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  database.execute(create_table);
  insert_all(database);
  select_all(database); // fills SQLite's page cache
  const std::size_t before = resident_bytes();
  std::vector<Record> loaded;
  measure(state, [&] {
    loaded = select_all(database);
    loaded.shrink_to_fit();
  });
  state.counters["bytes"] = static_cast<double>(resident_bytes() - before);
}

} // namespace

void add_baseline() {
  add_workload("A", "baseline", run_insert);
  add_workload("B", "baseline", run_select);
  add_workload("C", "baseline", run_lookup);
  add_workload("D", "baseline", run_change);
  add_workload("objects", "baseline", run_memory);
}

} // namespace bench
