// sqlite.h: the SQLite C API as a careful person writes it by hand.
#ifndef DECLORM_BENCH_SQLITE_H
#define DECLORM_BENCH_SQLITE_H

#include "utils/bench/workload.h"

#include <sqlite3.h>

#include <iostream>

namespace bench {

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
  std::int64_t integer(int index) const { return sqlite3_column_int64(handle_, index); }
  double real(int index) const { return sqlite3_column_double(handle_, index); }
  void text(int index, std::string &value) const {
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(handle_, index));
    value.assign(data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, index)));
  }

private:
  void check(int code) {
    if (code != SQLITE_OK)
      database_.fail();
  }
  Database &database_;
  sqlite3_stmt *handle_;
};

} // namespace bench

#endif // DECLORM_BENCH_SQLITE_H
