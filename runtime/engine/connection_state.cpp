// connection_state.cpp: transactions, the statement cache and the log of a pooled connection.
#include "runtime/engine/connection_state.h"

#include "runtime/engine/blob_state.h"
#include "runtime/engine/engine_state.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <typeinfo>

namespace declorm::detail {
namespace {

constexpr std::size_t logged_of_batch = 10; // executions shown of a batch

std::string batch_text(const std::vector<std::vector<std::string>> &params) {
  if (params.empty())
    return "()";
  if (params.size() == 1)
    return params_text(params.front());
  std::string text = "[";
  for (std::size_t i = 0; i != std::min(params.size(), logged_of_batch); ++i)
    text += (i ? ", " : "") + params_text(params[i]);
  if (params.size() > logged_of_batch)
    text += ", …";
  return text + "] (" + std::to_string(params.size()) + " in all)";
}

} // namespace

std::string params_text(const std::vector<std::string> &params) { return "(" + join(params) + ")"; }

/// Throws the error again with the parameters in it, if it is an E and of no class below.
template <class E>
static void rethrow_if_is(const DatabaseError &error, std::vector<std::string> &params) {
  if (typeid(error) != typeid(E))
    return;
  const std::string message =
      std::string(error.what()) + "\n[parameters: " + params_text(params) + "]";
  if constexpr (std::is_same_v<E, IntegrityError>)
    throw IntegrityError(message, error.statement(), std::move(params),
                         static_cast<const IntegrityError &>(error).kind());
  else
    throw E(message, error.statement(), std::move(params));
}

void rethrow_with_params(std::vector<std::string> params) {
  const auto rethrow = [&]<class... E>(const DatabaseError &error) {
    (rethrow_if_is<E>(error, params), ...);
  };
  try {
    throw;
  } catch (const DatabaseError &error) {
    if (!params.empty() && error.params().empty())
      rethrow.operator()<IntegrityError, OperationalError, ProgrammingError, DataError,
                         InterfaceError, TransactionRollbackError, ConnectionLostError,
                         CommitUnknownError, StatementTimeoutError, QueryCancelledError>(error);
    throw;
  }
}

std::size_t next_statement_id() {
  static std::atomic<std::size_t> next{0};
  return next++;
}

const Dialect &ConnectionState::dialect() const { return engine->driver->dialect(); }

// Transactions.

void ConnectionState::throw_if_unusable() const {
  const auto with_why = [this](const char *what) {
    return std::string(what) + ". The error was: " + driver->failure();
  };
  switch (driver->status()) {
  case ConnectionStatus::open:
    return;
  case ConnectionStatus::idle:
    if (transaction_open)
      throw PendingRollbackError(with_why(
          "the database rolled this transaction back after an error; call rollback() to go on"));
    return;
  case ConnectionStatus::failed:
    throw PendingRollbackError(
        with_why("a statement of this transaction failed, and the database takes no other one in "
                 "it; roll back, or roll back to the savepoint"));
  case ConnectionStatus::lost:
    if (transaction_open)
      throw PendingRollbackError(
          with_why("the connection to the database was lost, and what this transaction wrote with "
                   "it; call rollback() to go on"));
    throw ConnectionLostError(
        with_why("the connection to the database was lost; take another one with "
                 "Engine::connect(), or call rollback() on the Session"));
  }
}

void ConnectionState::begin_implicitly() {
  if (transaction_open || autobegins)
    begin();
}

void ConnectionState::begin() {
  throw_if_unusable();
  log_line(std::string(driver->begin_sql()) + " (implicit)");
  driver->begin();
  transaction_open = true;
  ++transaction_number;
}

void ConnectionState::close_blobs() noexcept {
  for (BlobState *blob : blobs)
    blob->close();
}

void ConnectionState::throw_if_lent(const char *call) const {
  if (is_lent)
    throw InvalidRequestError(std::string(call) +
                              " was called by a hook on its session's connection, whose "
                              "transaction is the session's; a savepoint, begin_nested(), may "
                              "begin and end in a hook");
}

void ConnectionState::commit() {
  throw_if_lent("commit()");
  if (!transaction_open)
    return;
  require_usable();
  close_blobs();
  log_line("COMMIT");
  try {
    driver->commit();
  } catch (const ConnectionLostError &error) {
    throw CommitUnknownError("the connection to the database was lost while the transaction was "
                             "committed, so it is not known whether it was; look in the database "
                             "before you do it again. The error was: " +
                                 std::string(error.what()),
                             "COMMIT");
  }
  transaction_open = false;
  savepoints_.clear();
  if (observer)
    observer->committed();
}

void ConnectionState::rollback() {
  throw_if_lent("rollback()");
  if (!transaction_open)
    return;
  log_line("ROLLBACK");
  close_blobs();
  if (can_roll_back()) {
    try {
      driver->rollback();
    } catch (const DatabaseError &) {
      discarded = true;
      if (can_roll_back())
        throw;
      // The connection is lost, or the database ended the transaction by itself, which is all that
      // was asked for.
    }
  }
  transaction_open = false;
  savepoints_.clear();
  if (observer)
    observer->rolled_back();
}

void ConnectionState::savepoint(const std::string &name) {
  autobegin();
  log_line("SAVEPOINT " + name);
  driver->savepoint(name);
  savepoints_.push_back(name);
}

bool ConnectionState::has_savepoint(std::string_view name) const {
  return std::ranges::find(savepoints_, name) != savepoints_.end();
}

void ConnectionState::release_savepoint(const std::string &name) {
  require_usable();
  log_line("RELEASE SAVEPOINT " + name);
  driver->release(name);
  savepoints_.erase(std::ranges::find(savepoints_, name), savepoints_.end());
  if (observer)
    observer->savepoint_released(name);
}

/// Returns false if the transaction is gone, and the savepoint with it.
bool ConnectionState::roll_driver_back_to(const std::string &savepoint) {
  if (!can_roll_back())
    return false;
  log_line("ROLLBACK TO SAVEPOINT " + savepoint);
  try {
    driver->rollback_to(savepoint);
  } catch (const DatabaseError &) {
    if (can_roll_back())
      throw;
    return false;
  }
  return true;
}

bool ConnectionState::restore_savepoint(const std::string &name) {
  try {
    return roll_driver_back_to(name);
  } catch (const DatabaseError &) {
    return false;
  }
}

void ConnectionState::rollback_to_savepoint(const std::string &name) {
  close_blobs();
  roll_driver_back_to(name); // where the transaction is gone, so is what the savepoint held
  savepoints_.erase(std::ranges::find(savepoints_, name), savepoints_.end());
  if (observer)
    observer->rolled_back_to(name);
}

// Statements.

StatementLease ConnectionState::prepare(std::string_view sql) {
  if (const auto found = texts_by_sql_.find(sql); found != texts_by_sql_.end()) {
    CachedText &cached = *found->second;
    if (cached.in_use) {
      auto own = driver->prepare(sql);
      PreparedStatement *statement = own.get();
      return StatementLease(statement, nullptr, std::move(own));
    }
    texts_.splice(texts_.begin(), texts_, found->second);
    cached.in_use = true;
    return StatementLease(cached.statement.get(), &cached.in_use, nullptr);
  }
  CachedText cached;
  cached.statement = driver->prepare(sql);
  cached.sql = sql;
  cached.in_use = true;
  texts_.push_front(std::move(cached));
  texts_by_sql_.emplace(texts_.front().sql, texts_.begin());
  StatementLease lease(texts_.front().statement.get(), &texts_.front().in_use, nullptr);
  drop_old_texts();
  return lease;
}

void ConnectionState::drop_old_texts() {
  for (auto it = texts_.end(); texts_.size() > most_texts && it != texts_.begin();) {
    --it;
    if (it->in_use)
      continue;
    texts_by_sql_.erase(it->sql);
    it = texts_.erase(it);
  }
}

StatementLease ConnectionState::prepare_by_id(std::size_t id, std::string_view sql) {
  auto statement = driver->prepare(sql);
  PreparedStatement *prepared = statement.get();
  if (id >= by_id_.size())
    by_id_.resize(id + 1);
  if (by_id_[id]) // busy
    return StatementLease(prepared, nullptr, std::move(statement));
  by_id_[id] = std::make_unique<Cached>();
  by_id_[id]->statement = std::move(statement);
  by_id_[id]->in_use = true;
  StatementLease lease(prepared, &by_id_[id]->in_use, nullptr);
  if (++numbered_ > most_numbered)
    drop_old_numbers();
  return lease;
}

/// Drops one numbered statement that was not used lately. A hand goes round over all of them, as in
/// a clock, and takes the first that was not used since it passed: that is nearly the least
/// recently used one, and a use costs no more than to set a flag.
void ConnectionState::drop_old_numbers() {
  for (std::size_t looked_at = 0; looked_at != 2 * by_id_.size(); ++looked_at) {
    std::unique_ptr<Cached> &at = by_id_[hand_];
    hand_ = (hand_ + 1) % by_id_.size();
    if (!at || at->in_use || std::exchange(at->recently_used, false))
      continue;
    at.reset();
    --numbered_;
    return;
  }
}

// The log.

void write_to_log(std::string_view line, const EngineOptions &options) {
  if (options.logger)
    return options.logger(line);
  std::string text(line);
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool ConnectionState::watched() const {
  return engine->options.echo || engine->options.on_statement;
}

void ConnectionState::log_line(std::string_view line) {
  if (!engine->options.echo)
    return;
  write_to_log(line, engine->options);
}

void ConnectionState::log(std::string_view sql,
                          const std::vector<std::vector<std::string>> &params) {
  if (!engine->options.echo)
    return;
  while (true) {
    const std::size_t end = sql.find('\n');
    log_line(sql.substr(0, end));
    if (end == std::string_view::npos)
      break;
    sql.remove_prefix(end + 1);
  }
  log_line(batch_text(params));
}

void ConnectionState::notify(std::string_view sql, const std::vector<std::string> &params,
                             std::int64_t rows, std::chrono::nanoseconds duration) {
  if (engine->options.on_statement)
    engine->options.on_statement({sql, params, rows, duration});
}

void ConnectionState::report(std::string_view sql,
                             const std::vector<std::vector<std::string>> &params, std::int64_t rows,
                             std::chrono::nanoseconds duration) {
  log(sql, params);
  notify(sql, params.empty() ? std::vector<std::string>{} : params.front(), rows, duration);
}

} // namespace declorm::detail
