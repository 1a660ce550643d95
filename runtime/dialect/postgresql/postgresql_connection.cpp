// postgresql_connection.cpp: connecting, asking and waiting.
#include "runtime/dialect/postgresql/postgresql_connection.h"

#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_statement.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <poll.h>
#include <sys/socket.h>

namespace declorm::detail {
namespace {

constexpr int oldest_server = 120000; // PQserverVersion()

/// How many statements are let go of together.
constexpr std::size_t most_forgotten = 32;

std::string with_sql(const std::string &message, std::string_view sql) {
  return sql.empty() ? message : message + "\n[SQL: " + std::string(sql) + "]";
}

/// A message of libpq's in one line, without its guesses of what a loss "probably means".
std::string trimmed(const char *message) {
  std::string_view rest = message ? message : "";
  std::string text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.starts_with('\t'))
      continue;
    text += text.empty() ? "" : "; ";
    text += line;
  }
  return text;
}

/// Waits until the socket can be read or written; false: the time is over.
bool wait_for(int socket, short events, std::optional<std::chrono::milliseconds> time) {
  pollfd file{.fd = socket, .events = events, .revents = 0};
  while (true) {
    const int count = poll(&file, 1, time ? static_cast<int>(time->count()) : -1);
    if (count > 0)
      return true;
    if (count == 0)
      return false;
    if (errno != EINTR)
      return true; // libpq says what is wrong with it
  }
}

} // namespace

PostgresqlConnection::PostgresqlConnection(const PostgresqlOptions &options, TimeLimit limit)
    : options_(options) {
  connect(limit);
  check_server();
}

void PostgresqlConnection::connect(TimeLimit limit) {
  std::vector<const char *> keywords, values;
  for (const auto &[keyword, value] : options_.keywords) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  // libpq heeds a connect_timeout of the URL, which it has for each host, only if it waits itself.
  const bool has_own_limit =
      std::ranges::find(options_.keywords, std::string("connect_timeout"),
                        &std::pair<std::string, std::string>::first) != options_.keywords.end();
  handle_.reset(has_own_limit ? PQconnectdbParams(keywords.data(), values.data(), 0)
                              : PQconnectStartParams(keywords.data(), values.data(), 0));
  if (!handle_)
    throw std::bad_alloc();
  const auto refuse = [&](const std::string &why) {
    throw OperationalError("the " + options_.shown() + " cannot be connected to: " + why);
  };
  const auto end = Clock::now() + limit.value_or(std::chrono::milliseconds(0));
  PostgresPollingStatusType now = PQstatus(handle()) == CONNECTION_BAD  ? PGRES_POLLING_FAILED
                                  : PQstatus(handle()) == CONNECTION_OK ? PGRES_POLLING_OK
                                                                        : PGRES_POLLING_WRITING;
  while (now == PGRES_POLLING_READING || now == PGRES_POLLING_WRITING) {
    std::optional<std::chrono::milliseconds> left;
    if (limit)
      left = std::max(std::chrono::milliseconds(0),
                      std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
    const short events = now == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (!wait_for(PQsocket(handle()), events, left))
      refuse("it did not answer within " + std::to_string(limit->count()) +
             " ms (EngineOptions::connect_timeout)");
    now = PQconnectPoll(handle());
  }
  if (now != PGRES_POLLING_OK) {
    const std::string why = trimmed(PQerrorMessage(handle()));
    const bool is_pooler = why.find("unsupported startup parameter") != std::string::npos;
    refuse(why + (is_pooler ? "; a pooler, such as PgBouncer, stands in front of the server: say "
                              "prepare=never in the URL"
                            : ""));
  }
  PQsetNoticeReceiver(handle(), [](void *, const PGresult *) {}, nullptr);
}

void PostgresqlConnection::check_server() {
  const int version = PQserverVersion(handle());
  if (version < oldest_server)
    throw OperationalError("the " + options_.shown() + " is PostgreSQL " +
                           std::to_string(version / 10000) + "; declorm needs 12 or newer");
  const char *const encoding = PQparameterStatus(handle(), "server_encoding");
  if (!encoding || std::string_view(encoding) != "UTF8")
    throw OperationalError("the " + options_.shown() + " keeps its texts in the encoding " +
                           (encoding ? encoding : "?") +
                           "; declorm's are UTF-8, so that it takes databases with ENCODING "
                           "'UTF8' only");
}

std::unique_ptr<PreparedStatement> PostgresqlConnection::prepare(std::string_view sql) {
  return std::make_unique<PostgresqlStatement>(*this, sql);
}

void PostgresqlConnection::expect_alive(std::string_view sql) const {
  if (status() == ConnectionStatus::lost)
    throw ConnectionLostError(with_sql("the connection to the server was lost", sql),
                              std::string(sql));
}

void PostgresqlConnection::prepare_to_ask(std::string_view sql) {
  expect_alive(sql);
  wire_.clear();
  expect_alive(sql);
  if (forgotten_.size() >= most_forgotten && status() != ConnectionStatus::failed)
    deallocate();
}

void PostgresqlConnection::forget_statement(std::string name) noexcept {
  try {
    if (status() != ConnectionStatus::lost)
      forgotten_.push_back(std::move(name));
  } catch (const std::bad_alloc &) {
    // The server keeps it until the connection ends.
  }
}

void PostgresqlConnection::deallocate() {
  std::string sql;
  for (const std::string &name : forgotten_)
    sql += "DEALLOCATE " + name + ";";
  forgotten_.clear();
  const PgResult result = ask(sql.c_str());
  check(result.get(), sql);
}

PgResult PostgresqlConnection::ask(const char *sql) {
  begin_execution();
  if (PQsendQuery(handle(), sql) == 0)
    fail_to_send(sql);
  PgResult last;
  try {
    while (PgResult next = take_result(sql)) {
      const ExecStatusType is = PQresultStatus(next.get());
      if (is == PGRES_COPY_IN || is == PGRES_COPY_OUT)
        drain();
      // Of several errors the first one counts.
      if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR)
        last = std::move(next);
    }
  } catch (...) {
    end_execution();
    throw;
  }
  end_execution();
  return last;
}

void PostgresqlConnection::execute(const char *sql) {
  prepare_to_ask(sql);
  const PgResult result = ask(sql);
  check(result.get(), sql);
  const PGTransactionStatusType now = PQtransactionStatus(handle());
  set_status(now == PQTRANS_INTRANS   ? ConnectionStatus::open
             : now == PQTRANS_INERROR ? ConnectionStatus::failed
                                      : ConnectionStatus::idle);
}

void PostgresqlConnection::commit() {
  constexpr const char *sql = "COMMIT";
  prepare_to_ask(sql);
  const PgResult result = ask(sql);
  check(result.get(), sql);
  // A failed transaction takes COMMIT for ROLLBACK, and says no more than that.
  const bool was_undone = std::string_view(PQcmdStatus(result.get())) == "ROLLBACK";
  set_status(ConnectionStatus::idle);
  if (was_undone)
    throw OperationalError("the transaction had failed, so that the server rolled it back instead "
                           "of committing it",
                           sql);
}

void PostgresqlConnection::begin_execution() {
  timed_out_ = error_taken_ = false;
  waited_ = {};
  const std::lock_guard lock(cancel_mutex_);
  is_running_ = true;
  was_cancelled_ = false;
}

void PostgresqlConnection::end_execution() noexcept {
  const std::lock_guard lock(cancel_mutex_);
  is_running_ = false;
}

void PostgresqlConnection::cancel() noexcept {
  const std::lock_guard lock(cancel_mutex_);
  if (!is_running_)
    return;
  was_cancelled_ = true;
  cancel_server();
}

void PostgresqlConnection::cancel_server() noexcept {
  const std::unique_ptr<PGcancel, void (*)(PGcancel *)> request(PQgetCancel(handle()),
                                                                PQfreeCancel);
  char error[256];
  if (request)
    PQcancel(request.get(), error, sizeof error);
}

void PostgresqlConnection::wait_for_answer() {
  // Past the limit the server is asked to stop; it is believed dead if it does not.
  constexpr std::chrono::seconds patience(10);
  const Clock::time_point start = Clock::now();
  Clock::time_point end = start + *limit_ - waited_;
  while (PQisBusy(handle()) != 0) {
    const auto left = std::max(std::chrono::milliseconds(0),
                               std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
    if (wait_for(PQsocket(handle()), POLLIN, left)) {
      if (PQconsumeInput(handle()) == 0)
        break; // PQgetResult() tells why
      continue;
    }
    if (timed_out_) {
      shutdown(PQsocket(handle()), SHUT_RDWR);
      break;
    }
    timed_out_ = true;
    end = Clock::now() + patience;
    cancel_server();
  }
  waited_ += Clock::now() - start;
}

PgResult PostgresqlConnection::take_result(std::string_view sql) {
  if (limit_)
    wait_for_answer();
  PgResult result(PQgetResult(handle()));
  if (!result && PQstatus(handle()) == CONNECTION_BAD && !error_taken_)
    fail(nullptr, sql);
  if (result && PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
    error_taken_ = true;
  return result;
}

void PostgresqlConnection::drain() noexcept {
  while (const PgResult result{PQgetResult(handle())}) {
    const ExecStatusType is = PQresultStatus(result.get());
    if (is == PGRES_COPY_IN || is == PGRES_COPY_BOTH)
      PQputCopyEnd(handle(), "the statement was given up");
    char *row = nullptr;
    while (is == PGRES_COPY_OUT && PQgetCopyData(handle(), &row, 0) > 0)
      PQfreemem(row);
    if (PQstatus(handle()) == CONNECTION_BAD)
      break;
  }
}

bool PostgresqlConnection::is_current() const {
  // Twice: the first call may read a notice only. A server that has gone was heard of then.
  for (int i = 0; i != 2; ++i)
    if (PQconsumeInput(handle()) == 0)
      return false;
  return PQstatus(handle()) == CONNECTION_OK;
}

bool PostgresqlConnection::ping() noexcept {
  try {
    prepare_to_ask("");
    const PgResult result = ask("");
    return result && PQresultStatus(result.get()) == PGRES_EMPTY_QUERY;
  } catch (const DatabaseError &) {
    return false;
  }
}

void PostgresqlConnection::check(const PGresult *result, std::string_view sql) {
  if (result && PQresultStatus(result) != PGRES_FATAL_ERROR &&
      PQresultStatus(result) != PGRES_BAD_RESPONSE)
    return;
  fail(result, sql);
}

void PostgresqlConnection::fail_to_send(std::string_view sql) {
  end_execution();
  fail(nullptr, sql);
}

ConnectionStatus PostgresqlConnection::status_after(const PGresult *error) const {
  // After FATAL the server hangs up.
  const char *const severity =
      error ? PQresultErrorField(error, PG_DIAG_SEVERITY_NONLOCALIZED) : nullptr;
  const std::string_view is = severity ? severity : "";
  if (PQstatus(handle()) == CONNECTION_BAD || is == "FATAL" || is == "PANIC")
    return ConnectionStatus::lost;
  return PQtransactionStatus(handle()) == PQTRANS_IDLE ? ConnectionStatus::idle
                                                       : ConnectionStatus::failed;
}

void PostgresqlConnection::note_error(const PGresult *result) {
  set_status_after_error(status_after(result), postgresql_message(result));
}

void PostgresqlConnection::fail(const PGresult *result, std::string_view sql) {
  const char *const code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string sqlstate = code ? code : "";
  std::string message =
      result && code ? postgresql_message(result) : trimmed(PQerrorMessage(handle()));
  if (message.empty() && result)
    message = trimmed(PQresultErrorMessage(result));
  const ConnectionStatus now = status_after(result);
  bool was_cancelled = false;
  {
    const std::lock_guard lock(cancel_mutex_);
    was_cancelled = std::exchange(was_cancelled_, false);
  }
  const std::string text(sql);
  try {
    if (now == ConnectionStatus::lost)
      throw ConnectionLostError(with_sql("the connection to the server was lost" +
                                             (message.empty() ? "" : ": " + message),
                                         text),
                                text);
    if (sqlstate == "57014" && timed_out_)
      throw StatementTimeoutError(
          with_sql("the statement took longer than " + std::to_string(limit_->count()) +
                       " ms (EngineOptions::statement_timeout), and was stopped",
                   text),
          text);
    if (sqlstate == "57014" && was_cancelled)
      throw QueryCancelledError(with_sql("the statement was stopped by cancel()", text), text);
    throw_postgresql_error(sqlstate, message, text);
  } catch (const std::exception &described) {
    set_status_after_error(now, described.what());
    throw;
  }
}

PgResult PostgresqlConnection::describe(const std::string &name, std::string_view sql) {
  const std::string text(sql);
  prepare_to_ask(sql);
  begin_execution();
  if (PQenterPipelineMode(handle()) == 0 ||
      PQsendPrepare(handle(), name.c_str(), text.c_str(), 0, nullptr) == 0 ||
      PQsendDescribePrepared(handle(), name.c_str()) == 0 || PQpipelineSync(handle()) == 0)
    fail_to_send(sql);
  PgResult described, error;
  bool is_synced = false;
  while (!is_synced) {
    PgResult result = take_result(sql);
    if (!result)
      continue; // the end of one of the two answers
    const ExecStatusType status = PQresultStatus(result.get());
    is_synced = status == PGRES_PIPELINE_SYNC;
    if (status == PGRES_FATAL_ERROR && !error)
      error = std::move(result);
    else if (status == PGRES_COMMAND_OK)
      described = std::move(result); // the second one
    if (PQstatus(handle()) == CONNECTION_BAD)
      break;
  }
  PQexitPipelineMode(handle());
  end_execution();
  if (error || !is_synced)
    fail(error.get(), sql);
  return described;
}

} // namespace declorm::detail
