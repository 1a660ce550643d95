// connection_state.cpp: transactions, the statement cache and the log of a pooled connection.
#include "runtime/engine/connection_state.h"

#include "runtime/engine/blob_state.h"
#include "runtime/engine/engine_state.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace declorm::detail {
namespace {

constexpr std::size_t most_texts = 200;     // statements cached by text
constexpr std::size_t logged_of_batch = 10; // executions shown of a batch

void write_to_stderr(std::string_view line) {
  std::string text(line);
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

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

void rethrow_with_params(std::vector<std::string> params) {
  const auto again = [&]<class E>(const E &error, auto... kind) {
    if (params.empty() || !error.params().empty())
      throw;
    const std::string message =
        std::string(error.what()) + "\n[parameters: " + params_text(params) + "]";
    throw E(message, error.statement(), std::move(params), kind...);
  };
  try {
    throw;
  } catch (const IntegrityError &error) {
    again(error, error.kind());
  } catch (const OperationalError &error) {
    again(error);
  } catch (const ProgrammingError &error) {
    again(error);
  } catch (const DataError &error) {
    again(error);
  } catch (const InterfaceError &error) {
    again(error);
  }
  throw;
}

std::size_t next_statement_id() {
  static std::atomic<std::size_t> next{0};
  return next++;
}

const Dialect &ConnectionState::dialect() const { return engine->driver->dialect(); }

// Transactions.

void ConnectionState::execute_control(const std::string &sql) {
  log_line(sql);
  driver->execute(sql.c_str());
}

void ConnectionState::begin_implicitly() {
  if (transaction_open || autobegins)
    begin();
}

void ConnectionState::begin() {
  if (transaction_failed())
    throw PendingRollbackError(
        "the database rolled this transaction back after an error; call rollback() to go on");
  const std::string sql = driver->begin_sql();
  log_line(sql + " (implicit)");
  driver->execute(sql.c_str());
  transaction_open = true;
  ++transaction_number;
  engine->driver->ledger.began(driver.get());
  if (driver->begins_writing())
    note_write(sql);
}

void ConnectionState::note_write(std::string_view sql) {
  engine->driver->ledger.wrote(driver.get(), sql);
}

void ConnectionState::close_blobs() noexcept {
  for (BlobState *blob : blobs)
    blob->close();
}

void ConnectionState::end_transaction() noexcept {
  transaction_open = false;
  savepoints_.clear();
  engine->driver->ledger.ended(driver.get());
}

void ConnectionState::commit() {
  if (!transaction_open)
    return;
  if (transaction_failed())
    throw PendingRollbackError("the database rolled this transaction back after an error, so there "
                               "is nothing to commit; call rollback() to go on");
  close_blobs();
  execute_control("COMMIT");
  end_transaction();
  if (observer)
    observer->committed();
}

void ConnectionState::rollback() {
  if (!transaction_open)
    return;
  log_line("ROLLBACK");
  close_blobs();
  if (driver->status() == ConnectionStatus::open || driver->status() == ConnectionStatus::failed)
    driver->execute("ROLLBACK");
  end_transaction();
  if (observer)
    observer->rolled_back();
}

void ConnectionState::savepoint(const std::string &name) {
  autobegin();
  execute_control("SAVEPOINT " + name);
  savepoints_.push_back(name);
}

bool ConnectionState::has_savepoint(std::string_view name) const {
  return std::ranges::find(savepoints_, name) != savepoints_.end();
}

void ConnectionState::release_savepoint(const std::string &name) {
  if (transaction_failed())
    throw PendingRollbackError("the database rolled the transaction of this savepoint back after "
                               "an error; call rollback() on the connection to go on");
  execute_control("RELEASE SAVEPOINT " + name);
  savepoints_.erase(std::ranges::find(savepoints_, name), savepoints_.end());
  if (observer)
    observer->savepoint_released(name);
}

void ConnectionState::rollback_to_savepoint(const std::string &name) {
  close_blobs();
  // Where the transaction is gone, the savepoint is, and what it held.
  if (driver->status() == ConnectionStatus::open || driver->status() == ConnectionStatus::failed)
    execute_control("ROLLBACK TO SAVEPOINT " + name);
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
  if (id >= by_id.size())
    by_id.resize(id + 1);
  if (by_id[id]) // busy
    return StatementLease(prepared, nullptr, std::move(statement));
  by_id[id] = std::make_unique<Cached>();
  by_id[id]->statement = std::move(statement);
  by_id[id]->in_use = true;
  return StatementLease(prepared, &by_id[id]->in_use, nullptr);
}

// The log.

bool ConnectionState::watched() const {
  return engine->options.echo || engine->options.on_statement;
}

void ConnectionState::log_line(std::string_view line) {
  if (!engine->options.echo)
    return;
  if (engine->options.logger)
    engine->options.logger(line);
  else
    write_to_stderr(line);
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
