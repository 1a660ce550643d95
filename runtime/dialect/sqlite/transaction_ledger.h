// transaction_ledger.h: who has a transaction open, for the messages of those that must wait.
#ifndef DECLORM_DIALECT_SQLITE_TRANSACTION_LEDGER_H
#define DECLORM_DIALECT_SQLITE_TRANSACTION_LEDGER_H

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace declorm::detail {

/// The open transactions of an engine's connections to one SQLite database, of which one at a time
/// can write. Safe to share between threads.
class TransactionLedger {
public:
  /// A transaction was begun. `connection` only tells entries apart.
  void began(const void *connection);
  /// A statement was executed that holds the database's write lock.
  void wrote(const void *connection, std::string_view statement);
  void ended(const void *connection) noexcept;

  /// What other connections hold: the one that writes, else those with a transaction open, as a
  /// clause; "" if there are none.
  std::string others(const void *connection) const;

private:
  struct Entry {
    const void *connection;
    int thread;
    std::chrono::steady_clock::time_point begin, write_begin{};
    std::string statement; ///< the last that wrote; "" : none
  };
  Entry *find(const void *connection);

  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_TRANSACTION_LEDGER_H
