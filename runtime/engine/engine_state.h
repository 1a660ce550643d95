// engine_state.h: what the copies of an Engine share: the driver and the pool.
#ifndef DECLORM_ENGINE_ENGINE_STATE_H
#define DECLORM_ENGINE_ENGINE_STATE_H

#include "runtime/engine/connection_state.h"

#include <condition_variable>
#include <mutex>

namespace declorm::detail {

struct EngineState : std::enable_shared_from_this<EngineState> {
  std::unique_ptr<Driver> driver;
  std::string url; ///< without the password
  EngineOptions options;

  /// A connection that goes back to the pool when its last owner drops it; `fresh`: newly opened.
  std::shared_ptr<ConnectionState> acquire(bool &fresh);

private:
  std::unique_ptr<ConnectionState> take(bool &fresh);
  void give_back(std::unique_ptr<ConnectionState> connection) noexcept;
  void forget_one() noexcept;
  [[noreturn]] void throw_timeout() const;

  std::mutex mutex_;
  std::condition_variable available_;
  std::vector<std::unique_ptr<ConnectionState>> idle_;
  std::vector<const ConnectionState *> in_use_;
  std::size_t open_ = 0;    ///< idle ones, those in use, and those being opened
  std::size_t waiting_ = 0; ///< threads in take()
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_ENGINE_STATE_H
