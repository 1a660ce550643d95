// engine.h: Engine, Connection, Transaction, Result.
//
// The way to a database. Usable without any mapping. SQLAlchemy's sqlalchemy.engine.
#ifndef DECLORM_ENGINE_H
#define DECLORM_ENGINE_H

#include "declorm/dialect.h"
#include "declorm/owned.h"
#include "declorm/value.h"

#include <functional>
#include <iterator>
#include <memory>
#include <source_location>
#include <tuple>

namespace declorm {

class Blob;
class Connection;
class Engine;
template <class T> class ObjectSelect;

namespace detail {
/// What Connection does with mapped objects; defined in objects.h.
template <class T> struct ObjectAccess;
/// A T from a Row; defined in objects.h.
template <class T> struct RowReader;
template <class S>
concept statement = requires(const S &s, Connection &connection) { s.execute_on(connection); };
struct EngineState;
struct ConnectionState;
struct ResultState;
} // namespace detail

/// One executed statement, for `on_statement`. Valid during the call only.
struct StatementEvent {
  std::string_view sql;                   ///< the text that was executed
  const std::vector<std::string> &params; ///< as literals; of the first execution if a batch
  std::int64_t rows;                      ///< written, or returned
  std::chrono::nanoseconds duration;      ///< of the execution and of reading the rows
};

/// A relationship was loaded for one object after the other, for `on_n_plus_one`. Valid during the
/// call only.
struct NPlusOneEvent {
  std::string_view relationship; ///< "User.addresses"
  /// Where the program ran the query that gave the objects; line 0 if get() or add() did.
  const std::source_location &query;
  std::size_t loads;     ///< SELECTs for it so far, in one session
  std::string_view text; ///< the same in words, and what to do
};

/// Receives each line of the echo log, without the line end. Called by the thread that executes.
using Logger = std::function<void(std::string_view line)>;

/// How an Engine behaves.
struct EngineOptions {
  bool echo = false;                              ///< log each statement with its parameters
  std::size_t pool_size = 5;                      ///< connections at most
  std::chrono::milliseconds pool_timeout{30'000}; ///< wait this long for one, then OperationalError
  /// Asks the database whether it is there each time a connection is taken from the pool; if it is
  /// not, or no longer the same, all connections of the pool are closed and a new one is opened.
  bool pool_pre_ping = false;
  /// Connections that are older are closed when they would be taken from the pool. Must be more
  /// than 0.
  std::optional<std::chrono::milliseconds> pool_recycle = {};
  /// How long the opening of a connection may wait for the database. Must be more than 0.
  std::optional<std::chrono::milliseconds> connect_timeout = {};
  /// How long a statement may take in the database, waiting for locks included; time between the
  /// rows of a Result does not count. Past it the statement fails with StatementTimeoutError. Must
  /// be more than 0. Connection::set_statement_timeout() sets it for one connection.
  std::optional<std::chrono::milliseconds> statement_timeout = {};
  Logger logger = {}; ///< default: standard error
  /// Called once for each new connection, outside transactions: the place for PRAGMAs, and for
  /// collations and functions that the database needs (Connection::native_handle()).
  std::function<void(Connection &)> on_connect = {};
  std::function<void(const StatementEvent &)> on_statement = {}; ///< once per execution or batch
  /// Reports a relationship that a session has loaded for more than this many objects of one query,
  /// one SELECT each, by touches of a lazy member or by Session::load(): selectinload() takes one
  /// for all. Once for each relationship and query. 0: nobody counts.
  std::size_t warn_n_plus_one = 0;
  /// Called by the thread that loads, which must not use the session in it. Default: a line to
  /// `logger`, or to standard error.
  std::function<void(const NPlusOneEvent &)> on_n_plus_one = {};
};

/// A row of a result. Owns its values and shares the column names.
class Row {
public:
  /// Makes a row of names and as many values. Rows of one result share their names.
  Row(std::shared_ptr<const std::vector<std::string>> keys, std::vector<Value> values);

  /// The value of that column. Throws ArgumentError, with the names there are, if there is none of
  /// that name, and if there are several, which only their numbers tell apart. Names that differ in
  /// nothing but the case of letters a to z are one name.
  const Value &operator[](std::string_view column) const;
  /// Returns the value of the column at that position, counted from 0. Throws ArgumentError if
  /// there are not that many.
  const Value &operator[](std::size_t column) const;
  /// Returns the number of columns.
  std::size_t size() const { return values_.size(); }
  /// Returns the names of the columns, in order, as long as a row of the result lives.
  const std::vector<std::string> &keys() const { return *keys_; }
  /// Returns the values in the order of the columns, as long as the row lives.
  const std::vector<Value> &values() const { return values_; }

private:
  std::shared_ptr<const std::vector<std::string>> keys_;
  std::vector<Value> values_;
};

/// The rows of an executed statement, fetched as they are asked for. Holds its connection busy
/// until it is read to the end or destroyed; belongs to the connection's thread.
class Result {
public:
  explicit Result(std::unique_ptr<detail::ResultState> state);
  Result(Result &&) noexcept;
  Result &operator=(Result &&) noexcept;
  ~Result();

  /// Returns the next row, or nullopt at the end. Throws what execute() throws, because some
  /// databases find an error only while they read.
  std::optional<Row> next();
  /// Returns all rows that are left.
  std::vector<Row> all();
  /// Returns the only row that is left. Throws NoResultFound if there is none, and
  /// MultipleResultsFound if there are several.
  Row one();
  /// Returns the first row that is left, or nullopt; drops the others, which frees the connection.
  std::optional<Row> first();
  /// Returns the first value of the first row, NULL if there is none; drops the other rows.
  Value scalar();
  /// Returns the number of rows that INSERT, UPDATE or DELETE wrote; -1 for other statements.
  std::int64_t rowcount() const;
  /// Returns the names of the columns, in order; empty for a statement that returns no rows.
  std::vector<std::string> keys() const;
  /// All rows that are left, as T: a value (of the first column), a tuple of values, or an object
  /// of a [[declorm::row]] struct or mapped class, its members by the names of their columns
  /// (others keep what the constructor gives them), as row["name"] finds them. Throws DataError for
  /// a value that does not fit, ArgumentError if T is a tuple of more values than a row has, a
  /// class that has no column of the result, or one with a column whose name stands there twice.
  template <class T> std::vector<T> into() {
    std::vector<T> objects;
    while (const std::optional<Row> row = next())
      objects.push_back(detail::RowReader<T>::read(*row));
    return objects;
  }

  /// An input range of Row.
  class iterator {
  public:
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(Result *result);
    const Row &operator*() const;
    const Row *operator->() const { return &**this; }
    iterator &operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) { return it.at_end(); }

  private:
    bool at_end() const;

    Result *result_ = nullptr;
    std::optional<Row> row_;
  };
  /// Fetches the first row that is left and begins to iterate, once; `end` tells when no row is
  /// left. The Result must outlive its iterators and stay where it is.
  iterator begin() { return iterator(this); }
  std::default_sentinel_t end() const { return {}; }

private:
  detail::Owned<detail::ResultState> state_;
};

/// A transaction or savepoint as a scope: rolled back at its end unless commit() was called.
/// Must not outlive its Connection.
class Transaction {
public:
  Transaction(Transaction &&other) noexcept;
  Transaction &operator=(Transaction &&) = delete;
  /// Rolls back if neither commit() nor rollback() was called; never throws.
  ~Transaction();
  /// Makes what was written permanent, or what was written since the savepoint a part of the
  /// transaction. Throws InvalidRequestError if it is over already: committed or rolled back, also
  /// by its Connection or by an outer Transaction; PendingRollbackError if the database rolled it
  /// back after an error; and what Connection::commit() does.
  void commit();
  /// Undoes what was written since begin() or begin_nested(). Throws InvalidRequestError if it is
  /// over already.
  void rollback();

private:
  friend class Connection;
  Transaction(std::shared_ptr<detail::ConnectionState> connection, std::string savepoint);
  bool is_open() const;

  std::shared_ptr<detail::ConnectionState> connection_;
  std::string savepoint_; ///< "" : the transaction itself
  std::uint64_t number_;  ///< of the connection's transaction
};

/// A connection from the pool, given back at its end; what was not committed is rolled back then.
/// Belongs to one thread at a time, but for cancel(). SQLAlchemy's Connection, with its autobegin.
///
/// After an error a transaction can be open still, so that its other statements may go on; failed,
/// so that the database takes nothing but a rollback, of all or to a savepoint; or gone. In the
/// last two cases every statement is a PendingRollbackError with the first error's text, until
/// rollback(). Of which kind an error is depends on the database: SQLite goes on after most errors,
/// others after none.
class Connection {
public:
  Connection(Connection &&) noexcept;
  Connection &operator=(Connection &&) noexcept;
  ~Connection();

  /// Executes one statement, in a transaction, which begins first if none is open. `params` are
  /// copied. Throws ProgrammingError for wrong SQL or a wrong number or name of parameters, what
  /// the database says as IntegrityError, OperationalError or DataError, PendingRollbackError in a
  /// transaction that failed, and ConnectionLostError.
  Result execute(std::string_view sql, const Params &params = {});
  /// Executes a select(), insert(), update() or delete_() statement, and returns a range of tuples
  /// (Rows), or a Result. Throws ArgumentError for a statement that cannot be written, and what the
  /// database says.
  template <detail::statement S> auto execute(const S &statement) {
    return statement.execute_on(*this);
  }

  // Mapped objects without a session: nothing is tracked. See objects.h.

  /// Inserts an object, or every object of a range with one prepared statement, in the order of the
  /// range: rows that others refer to must come first. Keys that the database makes are written
  /// into objects that are not const.
  template <class T> void insert(T &&object_or_range) {
    detail::ObjectAccess<std::remove_cvref_t<T>>::insert(*this, object_or_range);
  }
  /// Writes the row with the object's key (or that of each object of a range): the columns given,
  /// `update(users, col<&User::age>)`, or all of them. Of a class with a version_id the row must
  /// have the object's version, and both get the next one; a const object keeps its own. Throws
  /// StaleDataError if there is no such row.
  template <class T, class... Columns> void update(T &&object_or_range, const Columns &...columns) {
    detail::ObjectAccess<std::remove_cvref_t<T>>::update(*this, object_or_range, columns...);
  }
  /// Deletes the row with the object's key, and its version if the class has a version_id. Throws
  /// StaleDataError if there is none.
  template <class T> void delete_(const T &object_or_range) {
    detail::ObjectAccess<T>::delete_(*this, object_or_range);
  }
  /// Returns the row with that key as an object, or nullopt.
  template <class T, class... Key> std::optional<T> get(const Key &...key) {
    return detail::ObjectAccess<T>::get(*this, key...);
  }
  /// Streams rows as objects: `for (User u : connection.select<User>().where(…))`.
  template <class T> ObjectSelect<T> select() { return ObjectSelect<T>(*this); }

  /// Opens the value of a member, or of a Table's column, in the row with that key, to be read and
  /// written in pieces: `connection.open_blob(col<&Film::data>, id)`. See blob.h. Throws
  /// NoResultFound if there is no such row, and ArgumentError for what is no column or a wrong
  /// number of key parts.
  template <class Operand, class... Key>
  Blob open_blob(const Operand &column, const Key &...key_parts);

  /// Begins a transaction. Throws InvalidRequestError if one is open, and OperationalError if the
  /// database cannot begin one.
  Transaction begin();
  /// Sets a savepoint, and begins a transaction before it if none is open.
  Transaction begin_nested();
  /// Makes permanent what was written in the transaction, and ends it; does nothing if none is
  /// open. Throws PendingRollbackError if the transaction failed, or the database has rolled it
  /// back after an error, IntegrityError for constraints that are checked at the end,
  /// CommitUnknownError if the connection is lost meanwhile, and OperationalError; the transaction
  /// is open then, until rollback().
  void commit();
  /// Undoes what was written in the transaction, with all its savepoints, and ends it; does nothing
  /// if none is open. After an error this is the way to go on.
  void rollback();
  /// Whether a transaction is open; the first statement begins one.
  bool in_transaction() const;
  /// Sets how long each statement may take from now on, until the connection goes back to the pool
  /// (of a Session's connection: until its transaction ends); nullopt: as long as it wants. See
  /// EngineOptions::statement_timeout. Throws ArgumentError for a time that is not more than 0.
  void set_statement_timeout(std::optional<std::chrono::milliseconds> limit);
  /// Stops the statement that runs, which fails with QueryCancelledError; begin, commit and waiting
  /// for locks count, and a query whose rows are not all read. May be called by any thread, while
  /// the Connection is neither moved nor destroyed, and does not wait. Does nothing if no statement
  /// runs, or if it ends before it notices: the next one is never stopped instead. A statement that
  /// writes may take its transaction with it (PendingRollbackError tells); the connection can be
  /// used after rollback().
  void cancel() const;
  /// Returns the database's dialect, which lives forever.
  const Dialect &dialect() const;
  /// The connection of the database's own library, for what declorm has no function for: on SQLite
  /// a `sqlite3 *`, of the SQLite library that declorm is linked with. It stays the property of the
  /// connection, which must outlive its use; statements that write or end a transaction behind
  /// declorm's back are the caller's to answer for. In EngineOptions::on_connect it is the place to
  /// define collations and functions. SQLAlchemy's driver_connection.
  void *native_handle() const;

  /// For the layers above.
  detail::ConnectionState &state() const { return *state_; }
  const std::shared_ptr<detail::ConnectionState> &shared_state() const { return state_; }

private:
  friend class Engine;
  explicit Connection(std::shared_ptr<detail::ConnectionState> state);
  std::shared_ptr<detail::ConnectionState> state_;
};

/// A database and a pool of connections to it. Cheap to copy (copies share the pool), safe to share
/// between threads.
class Engine {
public:
  /// Returns a connection of the pool; waits up to pool_timeout for a free one. Throws
  /// OperationalError if there is none by then, or the database cannot be opened.
  Connection connect() const;
  /// Returns the database's dialect, which lives forever.
  const Dialect &dialect() const;
  /// Returns the URL, without the password.
  std::string url() const;
  /// Calls `function(Connection &)` in a transaction and returns what it does: commit on return,
  /// rollback on exception.
  template <class Function> auto begin(Function function) const {
    Connection connection = connect();
    Transaction transaction = connection.begin();
    if constexpr (std::is_void_v<std::invoke_result_t<Function, Connection &>>) {
      function(connection);
      transaction.commit();
    } else {
      auto result = function(connection);
      transaction.commit();
      return result;
    }
  }

  detail::EngineState &state() const { return *state_; }

private:
  friend Engine create_engine(std::string_view, EngineOptions);
  explicit Engine(std::shared_ptr<detail::EngineState> state) : state_(std::move(state)) {}
  std::shared_ptr<detail::EngineState> state_;
};

/// Opens a database lazily: the first connect() does. URLs: `sqlite://` (a memory database of this
/// engine's own, shared by its connections), `sqlite:///relative.db`, `sqlite:////absolute.db`,
/// with query parameters, as in `?timeout=30&journal_mode=WAL`:
///   timeout=SECONDS         how long a statement waits for another connection's lock (5)
///   begin=immediate         transactions take the write lock as they begin, so that none fails
///                           halfway because another one wrote first; `exclusive` keeps readers out
///                           too (`deferred`: the first statement locks)
///   journal_mode=WAL        readers and one writer do not wait for each other (as the file has it)
///   foreign_keys=off        foreign keys are not enforced (on)
///   mode=ro                 read only; `rw`: the file must exist (rwc)
///   isolation=serializable  what SQLite's transactions always are
/// Throws ArgumentError for anything else, naming what is wrong.
Engine create_engine(std::string_view url, EngineOptions options = {});

} // namespace declorm

#endif // DECLORM_ENGINE_H
