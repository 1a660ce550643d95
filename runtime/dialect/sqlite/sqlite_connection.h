// sqlite_connection.h: one open SQLite handle, and its errors in words.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_CONNECTION_H
#define DECLORM_DIALECT_SQLITE_SQLITE_CONNECTION_H

#include "runtime/dialect/sqlite/sqlite_options.h"
#include "runtime/dialect/sqlite/sqlite_watch.h"
#include "runtime/dialect/sqlite/transaction_ledger.h"

#include <sqlite3.h>

namespace declorm::detail {

struct CloseHandle {
  void operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseHandle>;

class SqliteConnection final : public DriverConnection {
public:
  /// `name` is what SQLite opens: a path, or a URI for memory. `limit`: how long it may wait for
  /// locks meanwhile. Throws OperationalError.
  SqliteConnection(const SqliteOptions &options, const std::string &name, TransactionLedger &ledger,
                   TimeLimit limit);
  ~SqliteConnection() override { ledger_.ended(this); }

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
  void execute(const char *sql) override;
  std::string why_no_key(const std::string &schema, const std::string &table,
                         const std::string &column) override;
  std::string why_no_row(const std::string &schema, const std::string &table) override;
  bool is_usable() const override { return usable_; }
  bool is_current() const override;
  bool ping() noexcept override;
  void reset_session() noexcept override { watch.set_limit(std::nullopt); }
  void set_statement_timeout(TimeLimit limit) override { watch.set_limit(limit); }
  void cancel() noexcept override { watch.cancel(); }
  void *native_handle() const override { return handle_.get(); }
  const char *begin_sql() const override { return options_.begin_sql.c_str(); }
  std::unique_ptr<DriverBlob> open_blob(const BlobPlace &place, bool writable) override;
  void allocate_blob(const BlobPlace &place, std::size_t size) override;
  sqlite3 *handle() const { return handle_.get(); }

  /// Throws what SQLite's last error is in declorm's terms. `statement`, if any, is reset.
  [[noreturn]] void fail(int code, std::string_view sql, sqlite3_stmt *statement);

  /// The transaction has the database's write lock from now on, or had it. `writer`, an address,
  /// tells statements apart, so that one that is executed again and again is noted once.
  void note_write(const void *writer, std::string_view sql) {
    if (writer != last_writer_) [[unlikely]] {
      last_writer_ = writer;
      ledger_.wrote(this, sql);
    }
  }
  /// The address may become another writer's.
  void forget_writer(const void *writer) {
    if (writer == last_writer_)
      last_writer_ = nullptr;
  }

  SqliteWatch watch;

private:
  void open(const std::string &name);
  void set_up();
  void set_up_memory();
  void set_journal_mode();
  /// Whether the last call left a transaction open; the ledger is told.
  ConnectionStatus find_status();
  /// The class and the words of an error of which SQLite knows only that it was stopped.
  [[noreturn]] void throw_stopped(SqliteWatch::Stop why, bool locked, const std::string &sql);

  SqliteOptions options_;
  TransactionLedger &ledger_;
  const void *last_writer_ = nullptr;
  SqliteHandle handle_;
  bool usable_ = true;
};

/// The collation "decimal" and the aggregate decimal_sum().
void add_decimal_functions(sqlite3 *handle);

/// The message for an error, and whether the connection can be used after it. `handle` is free to
/// run queries.
struct SqliteError {
  int code; ///< extended
  std::string message;
};
std::string explain(const SqliteError &error, std::string_view sql, sqlite3 *handle,
                    const SqliteOptions &options);
/// `message`, SQLite's, with what it does not say of a collation, function or module that is not
/// defined: where the database needs it, and where to define it.
std::string explain_missing(const std::string &message, std::string_view sql, sqlite3 *handle);
/// The message for a lock that did not become free. `holders`: what connections of this engine
/// hold, or "".
std::string locked_message(const SqliteError &error, sqlite3 *handle, const SqliteOptions &options,
                           const std::string &holders, bool has_read);
[[noreturn]] void throw_sqlite_error(int code, const std::string &message, std::string_view sql);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_CONNECTION_H
