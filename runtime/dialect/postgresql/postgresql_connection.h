// postgresql_connection.h: an open PostgreSQL connection.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CONNECTION_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CONNECTION_H

#include "runtime/dialect/postgresql/postgresql_options.h"
#include "runtime/engine/driver.h"
#include "runtime/engine/wire.h"

#include <libpq-fe.h>
#include <mutex>

namespace declorm::detail {

struct PgResultDeleter {
  void operator()(PGresult *result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

/// For one thread at a time, but for cancel(). One answer is on the wire at a time: who asks
/// something else sends its user away first.
class PostgresqlConnection final : public DriverConnection {
public:
  PostgresqlConnection(const PostgresqlOptions &options, TimeLimit limit);

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
  void execute(const char *sql) override;
  const char *begin_sql() const override { return options_.begin_sql.c_str(); }
  void commit() override;

  bool is_usable() const override { return status() != ConnectionStatus::lost; }
  bool is_current() const override;
  bool ping() noexcept override;
  void reset_session() noexcept override { limit_ = {}; }
  void set_statement_timeout(TimeLimit limit) override { limit_ = limit; }
  void cancel() noexcept override;

  std::string why_no_key(const std::string &schema, const std::string &table,
                         const std::string &column) override;
  std::string why_no_row(const std::string &schema, const std::string &table) override;
  void *native_handle() const override { return handle_.get(); }
  std::unique_ptr<DriverBlob> open_blob(const BlobPlace &place, bool writable) override;
  void allocate_blob(const BlobPlace &place, std::size_t size) override;

  // For statements and batches.

  using Clock = std::chrono::steady_clock;
  PGconn *handle() const { return handle_.get(); }
  const PostgresqlOptions &options() const { return options_; }
  Wire &wire() { return wire_; }

  /// Throws if the connection is lost.
  void expect_alive(std::string_view sql) const;
  /// Makes room for a question: frees the wire, and lets go of statements that are not needed any
  /// more. Throws if the connection is lost.
  void prepare_to_ask(std::string_view sql);
  /// From here to end_execution() cancel() has something to stop, and the time limit runs.
  void begin_execution();
  void end_execution() noexcept;
  /// The next result of the question that was sent; null: there are no more of it. Throws
  /// ConnectionLostError.
  PgResult take_result(std::string_view sql);
  /// Throws what the result says, if it is an error. What is left on the wire was read by then.
  void check(const PGresult *result, std::string_view sql);
  [[noreturn]] void fail(const PGresult *result, std::string_view sql);
  /// Throws the error of a question that could not be sent.
  [[noreturn]] void fail_to_send(std::string_view sql);
  /// Reads and forgets what is left of the answer. Never throws; a lost connection is noticed.
  void drain() noexcept;
  /// Asks questions of a pipeline that ends with a sync, for a statement that is to be prepared.
  PgResult describe(const std::string &name, std::string_view sql);
  /// How many statements changed tables or types so far, over this connection: what was learned of
  /// a statement before another one did may be wrong.
  std::size_t definitions() const { return definitions_; }
  void note_definition() { ++definitions_; }
  std::string new_statement_name() { return "declorm_" + std::to_string(++statements_); }
  /// The statement of that name is not needed any more. Costs no round trip of its own.
  void forget_statement(std::string name) noexcept;
  /// What becomes of the transaction after an error.
  ConnectionStatus status_after(const PGresult *error) const;
  /// An answer that somebody will read later is an error: the transaction fails now.
  void note_error(const PGresult *result);

private:
  struct Closer {
    void operator()(PGconn *connection) const { PQfinish(connection); }
  };

  void connect(TimeLimit limit);
  void check_server();
  /// Waits until there is an answer to be read, or the time is over: then the server is asked to
  /// stop, and answers with an error.
  void wait_for_answer();
  void deallocate();
  void cancel_server() noexcept;
  /// Executes without parameters, and returns the last result.
  PgResult ask(const char *sql);

  const PostgresqlOptions options_;
  std::unique_ptr<PGconn, Closer> handle_;
  Wire wire_;
  std::size_t statements_ = 0, definitions_ = 0;
  std::vector<std::string> forgotten_; ///< statements that the server keeps still
  TimeLimit limit_;
  Clock::duration waited_{}; ///< for answers, by the execution; known only while there is a limit
  bool timed_out_ = false;
  bool error_taken_ = false; ///< by take_result(), since the execution began

  std::mutex cancel_mutex_; ///< of the following two
  bool is_running_ = false, was_cancelled_ = false;
};

/// Throws the error of a class that fits the SQLSTATE, "" : there is none. The message has the SQL
/// in it.
[[noreturn]] void throw_postgresql_error(std::string_view sqlstate, const std::string &message,
                                         std::string_view sql);
/// The error's words: the message, its detail and its hint.
std::string postgresql_message(const PGresult *result);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CONNECTION_H
