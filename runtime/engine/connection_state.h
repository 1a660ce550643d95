// connection_state.h: a pooled connection: transactions, statement cache, log.
//
// What sql/ and orm/ use to run statements; Connection is its public face.
#ifndef DECLORM_ENGINE_CONNECTION_STATE_H
#define DECLORM_ENGINE_CONNECTION_STATE_H

#include "declorm/engine.h"
#include "runtime/engine/driver.h"

#include <chrono>
#include <list>
#include <unordered_map>

namespace declorm::detail {

/// A statement's number in the whole process: the fast key of the statement cache.
/// Taken once per mapper and kind of statement.
std::size_t next_statement_id();

struct ConnectionState;
struct BlobState;

/// A prepared statement borrowed from the connection's cache; given back, reset, at its end.
class StatementLease {
public:
  StatementLease() = default;
  StatementLease(PreparedStatement *statement, bool *in_use, std::unique_ptr<PreparedStatement> own)
      : statement_(statement), in_use_(in_use), own_(std::move(own)) {}
  StatementLease(StatementLease &&other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)),
        in_use_(std::exchange(other.in_use_, nullptr)), own_(std::move(other.own_)) {}
  StatementLease &operator=(StatementLease &&other) noexcept {
    std::swap(statement_, other.statement_);
    std::swap(in_use_, other.in_use_);
    std::swap(own_, other.own_);
    return *this;
  }
  ~StatementLease() {
    if (statement_)
      statement_->reset();
    if (in_use_)
      *in_use_ = false;
  }
  PreparedStatement *operator->() const { return statement_; }
  PreparedStatement &operator*() const { return *statement_; }
  explicit operator bool() const { return statement_ != nullptr; }

private:
  PreparedStatement *statement_ = nullptr;
  bool *in_use_ = nullptr;
  std::unique_ptr<PreparedStatement> own_; ///< a second use of a statement that is busy
};

/// Told what becomes of a connection's transaction, whoever ended it. Must not throw.
class TransactionObserver {
public:
  virtual ~TransactionObserver() = default;
  virtual void committed() = 0;
  virtual void rolled_back() = 0;
  virtual void savepoint_released(const std::string &name) = 0;
  virtual void rolled_back_to(const std::string &name) = 0;
};

/// What a layer above keeps with a connection to use it again.
struct KeptWithConnection {
  virtual ~KeptWithConnection() = default;
};

struct ConnectionState {
  std::shared_ptr<EngineState> engine;
  std::unique_ptr<DriverConnection> driver;
  TransactionObserver *observer = nullptr;        ///< the session that uses it
  std::vector<BlobState *> blobs;                 ///< open ones
  int thread = 0;                                 ///< that took it from the pool,
  std::chrono::steady_clock::time_point taken{};  ///< and when
  std::chrono::steady_clock::time_point opened{}; ///< when the driver opened it

  const Dialect &dialect() const;

  /// Begins a transaction if none is open. Throws what require_usable() throws.
  void autobegin() {
    if (driver->status() != ConnectionStatus::open) [[unlikely]]
      begin_implicitly();
  }
  /// Throws PendingRollbackError with the first error's text if the transaction that was begun here
  /// failed, is gone, or was lost with the connection; ConnectionLostError if the connection was
  /// lost outside of a transaction.
  void require_usable() const {
    if (driver->status() != ConnectionStatus::open) [[unlikely]]
      throw_if_unusable();
  }
  void begin();
  void commit();
  void rollback();
  /// Savepoints; `name` is made by the caller from next_savepoint.
  void savepoint(const std::string &name);
  void release_savepoint(const std::string &name);
  void rollback_to_savepoint(const std::string &name);
  /// The same, but the savepoint stays, and the observer, who wants it, is not told. Returns false
  /// if it could not be done, because the savepoint is gone, with its transaction.
  bool restore_savepoint(const std::string &name);

  /// The prepared statement of that text, from the cache (least recently used ones are dropped past
  /// a limit). A busy one is prepared again.
  StatementLease prepare(std::string_view sql);
  /// The same by number: no text is hashed. `sql` is asked for only the first time.
  template <class MakeSql> StatementLease prepare(std::size_t id, MakeSql make_sql) {
    if (id < by_id_.size() && by_id_[id] && !by_id_[id]->in_use) {
      by_id_[id]->in_use = true;
      by_id_[id]->recently_used = true;
      return StatementLease(by_id_[id]->statement.get(), &by_id_[id]->in_use, nullptr);
    }
    return prepare_by_id(id, make_sql());
  }

  /// Whether statements are watched (echo or on_statement), so that a caller can skip making texts.
  bool watched() const;
  /// Reports an execution to the echo log and on_statement. `params`: a list of literals per
  /// execution; long batches are shortened in the log.
  void report(std::string_view sql, const std::vector<std::vector<std::string>> &params,
              std::int64_t rows, std::chrono::nanoseconds duration);
  /// The halves of report(): the log is written before a statement runs, so that it shows those
  /// that fail; the event comes after.
  void log(std::string_view sql, const std::vector<std::vector<std::string>> &params);
  void notify(std::string_view sql, const std::vector<std::string> &params, std::int64_t rows,
              std::chrono::nanoseconds duration);
  /// Whether the savepoint is still there: neither released nor gone with its transaction.
  bool has_savepoint(std::string_view name) const;
  const std::string &innermost_savepoint() const { return savepoints_.back(); }

  bool transaction_open = false; ///< was begun here, and neither committed nor rolled back here
  bool autobegins = true;        ///< false in on_connect: PRAGMAs mean nothing inside a transaction
  bool is_lent = false;          ///< to a hook, which must not end the transaction
  bool discarded = false;        ///< closed instead of going back to the pool
  unsigned next_savepoint = 1;
  std::uint64_t transaction_number = 0; ///< counts, to tell a transaction from the next one

  /// By the address of what it is for, which lives as long as the program. Holds no statement.
  std::unordered_map<const void *, std::unique_ptr<KeptWithConnection>> kept;

  static constexpr std::size_t most_texts = 200;     ///< statements cached by text
  static constexpr std::size_t most_numbered = 1000; ///< and by number

private:
  struct Cached {
    std::unique_ptr<PreparedStatement> statement;
    bool in_use = false;
    bool recently_used = false; ///< again, since the hand passed it: see drop_old_numbers()
  };

  struct CachedText : Cached {
    std::string sql;
  };
  using CachedTexts = std::list<CachedText>;

  void begin_implicitly();
  void throw_if_lent(const char *call) const;
  void throw_if_unusable() const;
  /// Whether the database has a transaction, in whatever state, that can be rolled back.
  bool can_roll_back() const {
    return driver->status() == ConnectionStatus::open ||
           driver->status() == ConnectionStatus::failed;
  }
  bool roll_driver_back_to(const std::string &savepoint);
  void close_blobs() noexcept;
  void log_line(std::string_view line);
  StatementLease prepare_by_id(std::size_t id, std::string_view sql);
  void drop_old_texts();
  void drop_old_numbers();

  CachedTexts texts_; ///< the last used first
  std::unordered_map<std::string_view, CachedTexts::iterator> texts_by_sql_;
  std::vector<std::unique_ptr<Cached>> by_id_; ///< null: no statement of that number
  std::size_t numbered_ = 0;                   ///< how many of them are not null
  std::size_t hand_ = 0;                       ///< where drop_old_numbers() goes on
  std::vector<std::string> savepoints_;        ///< the innermost last
};

/// Gives a line to the logger of the options, or writes it to standard error.
void write_to_log(std::string_view line, const EngineOptions &options);

/// In a catch block of DatabaseError: throws the same error again with the parameters in it.
[[noreturn]] void rethrow_with_params(std::vector<std::string> params);

/// ('ed', 1)
std::string params_text(const std::vector<std::string> &params);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_CONNECTION_STATE_H
