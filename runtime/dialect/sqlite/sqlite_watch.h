// sqlite_watch.h: ends what SQLite does before it is done: at a time limit, and when another thread
// wants it.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_WATCH_H
#define DECLORM_DIALECT_SQLITE_SQLITE_WATCH_H

#include "runtime/engine/driver.h"

#include <atomic>

#include <sqlite3.h>

namespace declorm::detail {

/// Watches the calls of one connection. SQLite asks it now and then while it computes, and before
/// it sleeps because of a lock.
///
/// sqlite3_interrupt() is not used: it stops whatever runs when the flag is seen, which may be a
/// statement that began after cancel() was called. Here each execution has a number, and cancel()
/// stops one number.
class SqliteWatch {
public:
  using Clock = std::chrono::steady_clock;
  enum class Stop : unsigned char { none, cancelled, too_slow };

  /// `busy_timeout`: how long SQLite waits for a lock, in milliseconds.
  void install(sqlite3 *handle, int busy_timeout);
  void set_busy_timeout(int milliseconds) { busy_timeout_ = milliseconds; }

  /// The connection goes on with an execution, or begins it: its number is 0 then, and is set.
  /// Returns whether begin_slowly() must be called before SQLite is.
  bool enter(std::uint64_t &execution) {
    if (execution == 0)
      execution = ++last_execution_;
    current_.store(execution, std::memory_order_relaxed);
    inside_ = true;
    return limit_ || cancelled_.load(std::memory_order_relaxed) == execution;
  }
  void leave() { inside_ = false; }
  /// Whether the execution that the connection is in was cancelled.
  bool is_cancelled() const {
    return cancelled_.load(std::memory_order_relaxed) == current_.load(std::memory_order_relaxed);
  }
  /// Sets the end of the time of the execution that the connection is in, if there is a limit;
  /// `spent`: of its time, by calls before this one.
  void start_clock(Clock::duration spent) {
    if (limit_)
      deadline_ = Clock::now() + *limit_ - spent;
  }

  void set_limit(TimeLimit limit) { limit_ = limit; }
  TimeLimit limit() const { return limit_; }
  /// Any thread.
  void cancel() noexcept {
    cancelled_.store(current_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  /// For who stops an execution that SQLite is not in.
  void stop(Stop why) { stop_ = why; }
  /// Why the last call was stopped, once.
  Stop take_stop() { return std::exchange(stop_, Stop::none); }

private:
  static int on_progress(void *self);
  static int on_busy(void *self, int count);
  /// Whether the execution has to end now.
  bool is_over();

  std::uint64_t last_execution_ = 0;
  std::atomic<std::uint64_t> current_{0};   ///< the execution that was used last
  std::atomic<std::uint64_t> cancelled_{0}; ///< the one that cancel() found
  bool inside_ = false;                     ///< between enter() and leave()
  Stop stop_ = Stop::none;
  int busy_timeout_ = 0;
  TimeLimit limit_;
  Clock::time_point deadline_{}; ///< means something only while there is a limit
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_WATCH_H
