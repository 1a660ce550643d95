// engine_state.h: what the copies of an Engine share: the driver and the pool.
#ifndef DECLORM_ENGINE_ENGINE_STATE_H
#define DECLORM_ENGINE_ENGINE_STATE_H

#include "runtime/engine/block_pool.h"
#include "runtime/engine/connection_state.h"

#include <condition_variable>
#include <mutex>

namespace declorm::detail {

/// Throws ArgumentError for a time limit that is not more than 0. `name`: the option's.
void check_limit(TimeLimit limit, const char *name);

/// The driver, and the pool of its connections. A connection that is found dead takes those that
/// are as old with it: what ended it, such as a restart of the server, has mostly ended all of
/// them.
struct EngineState : std::enable_shared_from_this<EngineState> {
  std::unique_ptr<Driver> driver;
  std::string url; ///< without the password
  EngineOptions options;
  /// Memory that the objects of one session leave to those of the next.
  std::shared_ptr<BlockPool> blocks = std::make_shared<BlockPool>();

  /// A connection that goes back to the pool when its last owner drops it; `fresh`: newly opened.
  std::shared_ptr<ConnectionState> acquire(bool &fresh);

private:
  /// Waits for an idle connection, or for room to open one, and then returns null.
  std::unique_ptr<ConnectionState> take();
  std::unique_ptr<ConnectionState> open();
  /// Whether the connection, which was idle, can be used.
  bool is_good(const ConnectionState &connection);
  void give_back(std::unique_ptr<ConnectionState> connection) noexcept;
  void forget_one() noexcept;
  /// Closes all idle connections, and those in use when they come back.
  void drop_all() noexcept;
  [[noreturn]] void throw_timeout() const;

  std::mutex mutex_;
  std::condition_variable available_;
  std::vector<std::unique_ptr<ConnectionState>> idle_;
  std::vector<const ConnectionState *> in_use_;
  std::chrono::steady_clock::time_point dead_before_{}; ///< connections opened by then are dropped
  std::size_t open_ = 0;    ///< idle ones, those in use, and those being opened
  std::size_t waiting_ = 0; ///< threads in take()
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_ENGINE_STATE_H
