// The same work written by hand on the SQLite C API: each statement prepared once, strings bound
// without a copy, objects in a std::vector. What declorm is compared with.
#include "utils/bench/workload.h"

#include <sqlite3.h>

#include <iostream>

namespace bench {
namespace {

class Database {
public:
  explicit Database(const std::string &path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK)
      fail();
    execute("PRAGMA foreign_keys = ON");
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  void execute(const char *sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      fail();
  }
  sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
        SQLITE_OK)
      fail();
    return statement;
  }
  [[noreturn]] void fail() {
    std::cerr << "declorm-bench: " << sqlite3_errmsg(handle_) << '\n';
    std::exit(1);
  }

private:
  sqlite3 *handle_ = nullptr;
};

class Statement {
public:
  Statement(Database &database, const char *sql)
      : database_(database), handle_(database.prepare(sql)) {}
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;

  void bind(int index, std::int64_t value) { check(sqlite3_bind_int64(handle_, index, value)); }
  void bind(int index, double value) { check(sqlite3_bind_double(handle_, index, value)); }
  void bind(int index, const std::string &value) {
    check(sqlite3_bind_text(handle_, index, value.data(), static_cast<int>(value.size()),
                            SQLITE_STATIC));
  }
  /// True: there is a row.
  bool step() {
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
      database_.fail();
    return code == SQLITE_ROW;
  }
  void reset() { check(sqlite3_reset(handle_)); }
  void read(Record &record) {
    record.id = sqlite3_column_int64(handle_, 0);
    text(1, record.name);
    text(2, record.email);
    record.number = sqlite3_column_int(handle_, 3);
    record.score = sqlite3_column_double(handle_, 4);
  }

private:
  void text(int index, std::string &value) {
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(handle_, index));
    value.assign(data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, index)));
  }
  void check(int code) {
    if (code != SQLITE_OK)
      database_.fail();
  }
  Database &database_;
  sqlite3_stmt *handle_;
};

void insert_all(Database &database) {
  database.execute("BEGIN");
  Statement insert(database,
                   "INSERT INTO records (id, name, email, number, score) VALUES (?, ?, ?, ?, ?)");
  for (const Record &record : records()) {
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
    select.read(loaded.emplace_back());
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
        select.read(loaded.emplace_back());
      select.reset();
    }
    database.execute("COMMIT");
  });
  expect_equal(checksum_of(loaded), checksum_of_records(), "C, baseline");
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
  const std::size_t before = allocated_bytes();
  std::vector<Record> loaded;
  measure(state, [&] {
    loaded = select_all(database);
    loaded.shrink_to_fit();
  });
  state.counters["bytes"] = static_cast<double>(allocated_bytes() - before);
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
