// engine.cpp: Engine and its pool.
#include "declorm/engine.h"

#include "runtime/engine/driver_factory.h"
#include "runtime/engine/engine_state.h"
#include "runtime/engine/thread_number.h"

namespace declorm {
namespace detail {

void check_limit(TimeLimit limit, const char *name) {
  if (limit && *limit <= std::chrono::milliseconds(0))
    throw ArgumentError(std::string(name) + " is " + std::to_string(limit->count()) +
                        " ms; it must be more than 0. Without a limit it is std::nullopt");
}

std::unique_ptr<ConnectionState> EngineState::take() {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return !idle_.empty() || open_ < options.pool_size; };
  ++waiting_;
  const bool got = available_.wait_for(lock, options.pool_timeout, ready);
  --waiting_;
  if (!got)
    throw_timeout();
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<ConnectionState> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

bool EngineState::is_good(const ConnectionState &connection) {
  if (options.pool_recycle &&
      std::chrono::steady_clock::now() - connection.opened > *options.pool_recycle)
    return false;
  if (connection.driver->is_current() && (!options.pool_pre_ping || connection.driver->ping()))
    return true;
  drop_all();
  return false;
}

std::unique_ptr<ConnectionState> EngineState::open() {
  try {
    auto connection = std::make_unique<ConnectionState>();
    connection->driver = driver->connect(options.connect_timeout);
    connection->opened = std::chrono::steady_clock::now();
    return connection;
  } catch (...) {
    forget_one();
    throw;
  }
}

void EngineState::drop_all() noexcept {
  std::vector<std::unique_ptr<ConnectionState>> dropped;
  {
    const std::lock_guard lock(mutex_);
    dead_before_ = std::chrono::steady_clock::now();
    dropped.swap(idle_);
    open_ -= dropped.size();
  }
  available_.notify_all();
}

/// With the mutex held.
void EngineState::throw_timeout() const {
  std::string users;
  for (const ConnectionState *connection : in_use_)
    users += (users.empty() ? ", by thread " : ", thread ") + std::to_string(connection->thread) +
             (connection->thread == thread_number() ? " (this one)" : "") + " for " +
             age_text(connection->taken);
  throw OperationalError("no connection to " + url + " became free within " +
                         seconds_text(options.pool_timeout) + ": all " +
                         std::to_string(options.pool_size) + " of the pool are in use" + users +
                         "; " + std::to_string(waiting_) +
                         " other threads wait. End the scope of connections and sessions that are "
                         "done, or raise EngineOptions::pool_size");
}

void EngineState::forget_one() noexcept {
  {
    const std::lock_guard lock(mutex_);
    --open_;
  }
  available_.notify_one();
}

std::shared_ptr<ConnectionState> EngineState::acquire(bool &fresh) {
  std::unique_ptr<ConnectionState> connection = take();
  fresh = !connection || !is_good(*connection);
  if (fresh) {
    connection.reset();
    connection = open();
  }
  // Only connections in use keep the engine alive, or none would ever end.
  connection->engine = shared_from_this();
  connection->thread = thread_number();
  connection->taken = std::chrono::steady_clock::now();
  if (options.statement_timeout)
    connection->driver->set_statement_timeout(options.statement_timeout);
  {
    const std::lock_guard lock(mutex_);
    in_use_.push_back(connection.get());
  }
  return {connection.release(), [](ConnectionState *state) {
            const std::shared_ptr<EngineState> engine = state->engine; // outlives give_back
            engine->give_back(std::unique_ptr<ConnectionState>(state));
          }};
}

void EngineState::give_back(std::unique_ptr<ConnectionState> connection) noexcept {
  {
    const std::lock_guard lock(mutex_);
    std::erase(in_use_, connection.get());
  }
  try {
    connection->rollback();
    connection->driver->reset_session();
  } catch (...) {
    connection->discarded = true; // closing it rolls back
  }
  if (connection->driver->status() == ConnectionStatus::lost)
    drop_all();
  connection->engine.reset();
  if (!connection->discarded && connection->driver->is_usable() &&
      connection->driver->status() == ConnectionStatus::idle) {
    const std::lock_guard lock(mutex_);
    if (connection->opened > dead_before_)
      idle_.push_back(std::move(connection));
  }
  if (!connection)
    return available_.notify_one();
  connection.reset();
  forget_one();
}

} // namespace detail

Connection Engine::connect() const {
  bool fresh = false;
  Connection connection(state_->acquire(fresh));
  if (fresh && state_->options.on_connect) {
    detail::ConnectionState &state = connection.state();
    state.autobegins = false;
    try {
      state_->options.on_connect(connection);
      state.rollback();
    } catch (...) {
      state.discarded = true;
      throw;
    }
    state.autobegins = true;
  }
  return connection;
}

const Dialect &Engine::dialect() const { return state_->driver->dialect(); }

std::string Engine::url() const { return state_->url; }

Engine create_engine(std::string_view url, EngineOptions options) {
  if (options.pool_size == 0)
    throw ArgumentError("EngineOptions::pool_size is 0; an engine needs at least one connection");
  detail::check_limit(options.pool_recycle, "EngineOptions::pool_recycle");
  detail::check_limit(options.connect_timeout, "EngineOptions::connect_timeout");
  detail::check_limit(options.statement_timeout, "EngineOptions::statement_timeout");
  const detail::Url parsed = detail::parse_url(url);
  auto state = std::make_shared<detail::EngineState>();
  state->driver = detail::make_driver(parsed);
  state->url = parsed.shown;
  state->options = std::move(options);
  return Engine(std::move(state));
}

} // namespace declorm
