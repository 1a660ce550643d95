// driver.h: what the engine needs from a database driver.
#ifndef DECLORM_ENGINE_DRIVER_H
#define DECLORM_ENGINE_DRIVER_H

#include "declorm/dialect.h"
#include "runtime/engine/batch.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace declorm::detail {

/// How long something may take; nullopt: as long as it wants.
using TimeLimit = std::optional<std::chrono::milliseconds>;

/// What a statement does to transactions and rows.
enum class StatementKind : unsigned char {
  query,      ///< only reads
  write,      ///< INSERT, UPDATE, DELETE
  definition, ///< CREATE, DROP, …
  standalone, ///< opens no transaction, because it may not run in one or means nothing there:
              ///< PRAGMA
  control,    ///< BEGIN, COMMIT, SAVEPOINT, …: the connection's own business
};

/// What a connection can do next.
enum class ConnectionStatus : unsigned char {
  idle,   ///< no transaction is open: none was begun, or the database rolled it back by itself
  open,   ///< in a transaction that takes statements
  failed, ///< in a transaction that takes nothing but ROLLBACK and ROLLBACK TO SAVEPOINT
  lost,   ///< the connection is of no use any more, and its transaction is gone
};

/// A prepared statement of one connection. Errors are DatabaseErrors with the SQL, without
/// parameters (the caller, who has them, adds them).
class PreparedStatement {
public:
  virtual ~PreparedStatement() = default;

  virtual std::string_view sql() const = 0;
  virtual StatementKind kind() const = 0;
  virtual int parameter_count() const = 0;
  virtual void bind(int index, const Value &value) = 0;
  /// Binds the fields of `object` to parameters `first`, `first + 1`, …. Text and bytes are not
  /// copied: the object must live, unchanged, until the statement is reset or bound anew.
  virtual void bind(std::span<const Field> fields, const void *object, int first) = 0;
  /// Executes until the next row; false at the end. Results of other statements may be open: a
  /// driver whose database has room for one keeps the rest of the open one itself.
  virtual bool step() = 0;
  /// What the execution did whose end step() has told.
  virtual Outcome outcome() const = 0;
  /// Executions of this statement for many rows. The statement must outlive the batch, and is not
  /// used otherwise meanwhile.
  virtual std::unique_ptr<Batch> batch(const BatchLayout &layout) {
    return std::make_unique<Batch>(*this, layout);
  }
  virtual int column_count() const = 0;
  virtual std::string column_name(int column) const = 0;
  /// The current row's value; columns count from 0.
  virtual Value column(int column) const = 0;
  /// Reads columns `first`, `first + 1`, … of the current row into the fields of `object`.
  virtual void fetch(std::span<const Field> fields, void *object, int first) const = 0;
  /// Ready to be executed again; bindings are kept. Never throws.
  virtual void reset() noexcept = 0;
  /// Resets, and lets go of the values that were bound: they may be large.
  virtual void clear() noexcept = 0;
  /// How often the database compiled the statement anew by itself, because its tables had changed.
  virtual int recompilations() const { return 0; }

  /// For who runs SQL that a program wrote, and whose database takes `:name`: what the parameters
  /// are called, in order, "" : nothing. nullopt: it was not read yet.
  std::optional<std::vector<std::string>> parameter_names;
  /// For who inserts rows: the recompilations() for which it is known that the database makes their
  /// key; -1: it is not known.
  int key_known_for = -1;
};

/// The value of one column in one row.
struct BlobPlace {
  std::string schema, table, column;
  std::vector<std::string> key_columns;
  std::vector<Value> key;
};

/// A large value that is open. Offsets and sizes are within its size, which the caller checks.
class DriverBlob {
public:
  virtual ~DriverBlob() = default;
  virtual std::size_t size() const = 0;
  virtual void read(std::size_t offset, std::span<std::byte> to) = 0;
  virtual void write(std::size_t offset, std::span<const std::byte> from) = 0;
};

/// One open connection. Belongs to one thread at a time, but for cancel(). Each call that throws
/// leaves status() true: after an error the driver has found out what became of the transaction. A
/// call on a lost connection throws ConnectionLostError again, and destructors of a lost
/// connection's statements do nothing.
class DriverConnection {
public:
  virtual ~DriverConnection() = default;

  virtual std::unique_ptr<PreparedStatement> prepare(std::string_view sql) = 0;
  /// Executes statements that give no rows and take no parameters.
  virtual void execute(const char *sql) = 0;

  // Transactions. The engine begins only what is idle, sends a failed transaction nothing but
  // rollback() and rollback_to(), and a lost connection nothing. A driver may keep begin() and
  // savepoint() back and send them together with the next statement.

  /// What begin() executes, for the log.
  virtual const char *begin_sql() const { return "BEGIN"; }
  virtual void begin() { execute(begin_sql()); }
  /// Throws ConnectionLostError only if it is not known whether the transaction was committed.
  virtual void commit() { execute("COMMIT"); }
  virtual void rollback() { execute("ROLLBACK"); }
  virtual void savepoint(const std::string &name) { execute(("SAVEPOINT " + name).c_str()); }
  virtual void release(const std::string &name) { execute(("RELEASE SAVEPOINT " + name).c_str()); }
  virtual void rollback_to(const std::string &name) {
    execute(("ROLLBACK TO SAVEPOINT " + name).c_str());
  }

  /// What the connection can do next; costs no round trip.
  ConnectionStatus status() const { return status_; }
  /// The text of the error after which the transaction was failed or gone, or the connection lost:
  /// the first one since the last begin(), rollback() or rollback_to(). "" : there was none.
  const std::string &failure() const { return failure_; }
  /// Whether it may go back to the pool: false after an error that it may not get over.
  virtual bool is_usable() const = 0;
  /// Whether it still leads to the database that its URL names: false if a file was replaced. Asked
  /// each time it leaves the pool, so it must cost no round trip.
  virtual bool is_current() const { return true; }
  /// Asks the database whether the connection works. Called when no transaction is open.
  virtual bool ping() noexcept = 0;
  /// Takes back what was set for one use of the connection, such as the time limit, before it goes
  /// back to the pool.
  virtual void reset_session() noexcept = 0;
  /// How long each execution of a statement may take from now on. Past it step() throws
  /// StatementTimeoutError.
  virtual void set_statement_timeout(TimeLimit limit) = 0;
  /// Any thread: the call that runs, or the query whose rows are being read, throws
  /// QueryCancelledError. Does nothing to calls that begin later, and does not wait.
  virtual void cancel() noexcept = 0;

  /// Why a new row of the table that is given nothing for the column has no Outcome::generated_id,
  /// in words such as "its type there is INT"; "" : it has. `schema`: "" is the default one.
  virtual std::string why_no_key(const std::string &schema, const std::string &table,
                                 const std::string &column) = 0;
  /// What may have kept the table from getting the row of an INSERT that did not fail, in words
  /// that "left it out" goes on; "" : nothing, it only does not count.
  virtual std::string why_no_row(const std::string &schema, const std::string &table) = 0;
  /// What the database's own library calls a connection.
  virtual void *native_handle() const = 0;
  /// Throws NoResultFound if there is no such row.
  virtual std::unique_ptr<DriverBlob> open_blob(const BlobPlace &place, bool writable) = 0;
  /// Makes the value that many zero bytes. Throws NoResultFound if there is no such row.
  virtual void allocate_blob(const BlobPlace &place, std::size_t size) = 0;

protected:
  /// For the driver, after a transaction was begun or ended as it was asked for.
  void set_status(ConnectionStatus status) {
    status_ = status;
    failure_.clear();
  }
  /// For the driver, after an error. Of several errors the first one's text is kept.
  void set_status_after_error(ConnectionStatus status, std::string_view error) {
    if (status != ConnectionStatus::open && status != status_ && failure_.empty())
      failure_ = error;
    status_ = status;
  }

private:
  ConnectionStatus status_ = ConnectionStatus::idle;
  std::string failure_;
};

/// A kind of database: opens connections for one URL.
class Driver {
public:
  virtual ~Driver() = default;
  virtual const Dialect &dialect() const = 0;
  /// Opens a connection, for which it may wait that long. May be called by several threads at once.
  virtual std::unique_ptr<DriverConnection> connect(TimeLimit limit) = 0;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_DRIVER_H
