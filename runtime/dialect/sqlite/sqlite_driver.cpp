// sqlite_driver.cpp: opening SQLite databases.
#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_blob.h"
#include "runtime/dialect/sqlite/sqlite_statement.h"
#include "runtime/dialect/sqlite/sqlite_times.h"
#include "runtime/dialect/sqlite/statement_text.h"
#include "runtime/engine/thread_number.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

namespace declorm::detail {
namespace {

class SqliteDriver final : public Driver {
public:
  explicit SqliteDriver(SqliteOptions options) : options_(std::move(options)) {
    static std::atomic<unsigned> next{1};
    if (options_.in_memory())
      memory_uri_ = "file:/declorm-" + std::to_string(next++) + "?vfs=memdb";
  }

  const Dialect &dialect() const override { return sqlite_dialect(); }

  std::unique_ptr<DriverConnection> connect(TimeLimit limit) override {
    if (!options_.in_memory())
      return std::make_unique<SqliteConnection>(options_, options_.path, ledger_, limit);
    const std::lock_guard lock(mutex_);
    if (!anchor_)
      anchor_ = std::make_unique<SqliteConnection>(options_, memory_uri_, ledger_, limit);
    return std::make_unique<SqliteConnection>(options_, memory_uri_, ledger_, limit);
  }

private:
  const SqliteOptions options_;
  TransactionLedger ledger_; ///< of the connections, which it outlives
  std::string memory_uri_;
  std::mutex mutex_;
  std::unique_ptr<SqliteConnection> anchor_; ///< keeps a memory database while no other is open
};

} // namespace

std::unique_ptr<Driver> make_sqlite_driver(const Url &url) {
  return std::make_unique<SqliteDriver>(sqlite_options(url));
}

SqliteConnection::SqliteConnection(const SqliteOptions &options, const std::string &name,
                                   TransactionLedger &ledger, TimeLimit limit)
    : options_(options), ledger_(ledger) {
  open(name);
  if (limit && limit->count() < options_.timeout_ms) {
    options_.timeout_ms = int(limit->count());
    options_.timeout_option = "EngineOptions::connect_timeout";
  }
  watch.install(handle_.get(), options_.timeout_ms);
  set_up();
  options_ = options;
  watch.set_busy_timeout(options_.timeout_ms);
}

void SqliteConnection::open(const std::string &name) {
  int flags = SQLITE_OPEN_NOMUTEX;
  if (options_.mode == "ro")
    flags |= SQLITE_OPEN_READONLY;
  else
    flags |= SQLITE_OPEN_READWRITE | (options_.mode == "rwc" ? SQLITE_OPEN_CREATE : 0);
  if (options_.in_memory())
    flags |= SQLITE_OPEN_URI;
  // A name that SQLite would take for a URI or for memory is a file here.
  const bool special =
      !options_.in_memory() && (name.starts_with(":") || name.starts_with("file:"));
  sqlite3 *handle = nullptr;
  const int code = sqlite3_open_v2((special ? "./" + name : name).c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK)
    fail(code, "", nullptr);
}

void SqliteConnection::set_up() {
  sqlite3 *handle = handle_.get();
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, options_.foreign_keys ? 1 : 0, nullptr);
  // A misspelt "name" is an error, not a string.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  add_decimal_functions(handle);
  add_time_function(handle);
  if (options_.in_memory())
    set_up_memory();
  execute("PRAGMA schema_version"); // reads the file: is it a database?
  if (!options_.journal_mode.empty())
    set_journal_mode();
}

/// The memdb VFS and not shared cache: its locks wait, and are the same as a file's. With these
/// settings it is as fast as a ":memory:" handle of one's own; without the cache, lookups are not.
void SqliteConnection::set_up_memory() {
  execute("PRAGMA cache_size = -262144; PRAGMA synchronous = OFF; "
          "PRAGMA journal_mode = MEMORY");
  sqlite3_int64 limit = std::numeric_limits<sqlite3_int64>::max() / 2; // instead of 1 GiB
  sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_SIZE_LIMIT, &limit);
}

void SqliteConnection::set_journal_mode() {
  const auto statement = prepare("PRAGMA journal_mode = " + options_.journal_mode);
  statement->step();
  const std::string mode = ascii_upper(statement->column(0).as<std::string>());
  if (mode != options_.journal_mode)
    throw OperationalError("the " + options_.shown() + " cannot have the journal mode " +
                           options_.journal_mode + "; it stays in " + mode);
}

std::unique_ptr<PreparedStatement> SqliteConnection::prepare(std::string_view sql) {
  const auto refuse = [&](const std::string &what) {
    throw ProgrammingError(what + "\n[SQL: " + std::string(sql) + "]", std::string(sql));
  };
  if (sql.find('\0') != std::string_view::npos)
    refuse("the statement has a NUL byte in it; bind it as a parameter");
  sqlite3_stmt *statement = nullptr;
  const char *rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, &rest);
  if (code != SQLITE_OK)
    fail(code, sql, nullptr);
  if (!statement)
    refuse("the statement is empty");
  auto prepared = std::make_unique<SqliteStatement>(*this, statement);
  const std::string_view tail = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  if (!is_blank(tail))
    refuse("there is more than one statement; execute them one at a time");
  return prepared;
}

bool SqliteConnection::is_current() const {
  if (options_.in_memory())
    return true;
  int moved = 0;
  const int code = sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return code != SQLITE_OK || moved == 0;
}

/// Reads the file: a damaged or truncated one is no database any more. One that is locked is alive.
bool SqliteConnection::ping() noexcept {
  watch.set_busy_timeout(0);
  const int code =
      sqlite3_exec(handle_.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr) & 0xff;
  watch.set_busy_timeout(options_.timeout_ms);
  return code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

std::unique_ptr<DriverBlob> SqliteConnection::open_blob(const BlobPlace &place, bool writable) {
  return std::make_unique<SqliteBlob>(*this, place, writable);
}

void SqliteConnection::allocate_blob(const BlobPlace &place, std::size_t size) {
  allocate_sqlite_blob(*this, place, size);
}

void SqliteConnection::execute(const char *sql) {
  std::uint64_t execution = 0;
  if (watch.enter(execution))
    watch.start_clock({});
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  watch.leave();
  if (code != SQLITE_OK)
    fail(code, sql, nullptr);
  set_status(find_status());
}

ConnectionStatus SqliteConnection::find_status() {
  if (!handle_ || sqlite3_get_autocommit(handle_.get()) != 0) {
    if (status() == ConnectionStatus::open)
      ledger_.ended(this);
    return ConnectionStatus::idle;
  }
  if (status() != ConnectionStatus::open) {
    ledger_.began(this);
    last_writer_ = nullptr;
    if (options_.begin_sql != "BEGIN") // IMMEDIATE or EXCLUSIVE
      note_write(this, options_.begin_sql);
  }
  return ConnectionStatus::open;
}

void SqliteConnection::fail(int code, std::string_view sql, sqlite3_stmt *statement) {
  SqliteWatch::Stop stopped = watch.take_stop();
  const SqliteError error{handle_ ? sqlite3_extended_errcode(handle_.get()) : code,
                          handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code)};
  const std::string text(sql); // may belong to what is reset
  const int primary = error.code & 0xff;
  const bool locked = primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
  if ((code & 0xff) != SQLITE_INTERRUPT && !locked)
    stopped = SqliteWatch::Stop::none;
  const bool has_read = locked && sqlite3_txn_state(handle_.get(), "main") == SQLITE_TXN_READ;
  if (statement)
    sqlite3_reset(statement);
  if (error.code == SQLITE_READONLY_DBMOVED || primary == SQLITE_NOTADB ||
      primary == SQLITE_CORRUPT || primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR ||
      primary == SQLITE_NOMEM)
    usable_ = false;
  const ConnectionStatus now =
      error.code == SQLITE_READONLY_DBMOVED ? ConnectionStatus::lost : find_status();
  try {
    if (stopped != SqliteWatch::Stop::none)
      throw_stopped(stopped, locked, text);
    const std::string message =
        locked ? locked_message(error, handle_.get(), options_, ledger_.others(this), has_read)
               : explain(error, text, handle_.get(), options_);
    throw_sqlite_error(error.code, message, text);
  } catch (const std::exception &described) {
    set_status_after_error(now, described.what());
    throw;
  }
}

void SqliteConnection::throw_stopped(SqliteWatch::Stop why, bool locked, const std::string &sql) {
  std::string more;
  if (locked) {
    const std::string holders = ledger_.others(this);
    more = "; it was waiting for a lock of the " + options_.shown() +
           (holders.empty() ? "" : ": " + holders);
  }
  if (!sql.empty())
    more += "\n[SQL: " + sql + "]";
  if (why == SqliteWatch::Stop::cancelled)
    throw QueryCancelledError("the statement was stopped by cancel()" + more, sql);
  throw StatementTimeoutError("the statement was stopped after " + seconds_text(*watch.limit()) +
                                  ", the time that statement_timeout gives it" + more,
                              sql);
}

} // namespace declorm::detail
