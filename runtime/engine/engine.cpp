// engine.cpp: Engine and its pool.
#include "declorm/engine.h"

#include "runtime/engine/driver_factory.h"
#include "runtime/engine/engine_state.h"

namespace declorm {
namespace detail {
namespace {

std::string seconds_text(std::chrono::milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (const auto rest = time.count() % 1000)
    text += "." + std::to_string(1000 + rest).substr(1);
  return text + " s";
}

} // namespace

std::unique_ptr<ConnectionState> EngineState::take(bool &fresh) {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return !idle_.empty() || open_ < options.pool_size; };
  ++waiting_;
  const bool got = available_.wait_for(lock, options.pool_timeout, ready);
  --waiting_;
  if (!got)
    throw_timeout();
  fresh = idle_.empty();
  if (fresh) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<ConnectionState> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
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
  std::unique_ptr<ConnectionState> connection = take(fresh);
  if (!fresh && !connection->driver->is_current()) {
    connection.reset();
    fresh = true;
  }
  if (fresh) {
    try {
      connection = std::make_unique<ConnectionState>();
      connection->driver = driver->connect();
    } catch (...) {
      forget_one();
      throw;
    }
  }
  // Only connections in use keep the engine alive, or none would ever end.
  connection->engine = shared_from_this();
  connection->thread = thread_number();
  connection->taken = std::chrono::steady_clock::now();
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
  bool keep = !connection->discarded;
  try {
    connection->rollback();
    keep = keep && connection->driver->is_usable() &&
           connection->driver->status() == ConnectionStatus::idle;
    connection->engine.reset();
    if (keep) {
      {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
      }
      available_.notify_one();
      return;
    }
  } catch (...) {
    // A connection that cannot roll back is closed, which does.
  }
  driver->ledger.ended(connection->driver.get());
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
  const detail::Url parsed = detail::parse_url(url);
  auto state = std::make_shared<detail::EngineState>();
  state->driver = detail::make_driver(parsed);
  state->url = parsed.shown;
  state->options = std::move(options);
  return Engine(std::move(state));
}

} // namespace declorm
