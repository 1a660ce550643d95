// error.h: the exceptions declorm throws.
#ifndef DECLORM_ERROR_H
#define DECLORM_ERROR_H

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace declorm {

/// The root of all of declorm's exceptions. `what()` is the whole message. The names are
/// SQLAlchemy's (sqlalchemy.exc, sqlalchemy.orm.exc).
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

#define DECLORM_ERROR(name, base)                                                                  \
  class name : public base {                                                                       \
  public:                                                                                          \
    using base::base;                                                                              \
  }

/// A wrong argument: a misconfigured mapping, a malformed URL, an unknown column.
DECLORM_ERROR(ArgumentError, Error);
/// A correct call at the wrong time or on the wrong object.
DECLORM_ERROR(InvalidRequestError, Error);
/// A class is used that was never registered or mapped.
DECLORM_ERROR(UnmappedClassError, InvalidRequestError);
/// `one()` found no row.
DECLORM_ERROR(NoResultFound, InvalidRequestError);
/// `one()` or `one_or_none()` found several rows.
DECLORM_ERROR(MultipleResultsFound, InvalidRequestError);
/// A lazy member was touched outside a session.
DECLORM_ERROR(DetachedInstanceError, InvalidRequestError);
/// The transaction failed and waits for rollback(), or for the rollback of a savepoint. `what()`
/// has the text of the error that it failed with, the first one.
DECLORM_ERROR(PendingRollbackError, InvalidRequestError);
/// A Table that neither the MetaData nor the database has.
DECLORM_ERROR(NoSuchTableError, Error);
/// A foreign key names a table the MetaData does not have.
DECLORM_ERROR(NoReferencedTableError, Error);
/// A foreign key names a column its target table does not have.
DECLORM_ERROR(NoReferencedColumnError, Error);
/// Two tables are to be joined and no foreign key joins them.
DECLORM_ERROR(NoForeignKeysError, Error);
/// Two tables are to be joined and several foreign keys join them.
DECLORM_ERROR(AmbiguousForeignKeysError, Error);
/// Tables or rows depend on each other in a circle.
DECLORM_ERROR(CircularDependencyError, Error);
/// An UPDATE or DELETE met another number of rows than it expected, or a version (version_id).
DECLORM_ERROR(StaleDataError, Error);
/// The session's objects cannot be written as they stand.
DECLORM_ERROR(FlushError, Error);
/// Something needs an engine and has none.
DECLORM_ERROR(UnboundExecutionError, Error);

/// The database, or the way to it, refused. Carries the statement and its parameters as shown in
/// logs.
class DatabaseError : public Error {
public:
  /// Makes an error with a message, and what was executed: the SQL text and its parameters as
  /// literals.
  explicit DatabaseError(const std::string &message, std::string statement = {},
                         std::vector<std::string> params = {})
      : Error(message), statement_(std::move(statement)), params_(std::move(params)) {}

  /// The SQL text, or "" if no statement was running.
  const std::string &statement() const { return statement_; }
  /// The bound values, as literals.
  const std::vector<std::string> &params() const { return params_; }

private:
  std::string statement_;
  std::vector<std::string> params_;
};

/// A constraint was violated. Where a Session's flush knows more of the row than the database does,
/// `what()` begins with that; the database's words and the statement follow.
class IntegrityError : public DatabaseError {
public:
  /// Of what kind the constraint is, as far as the database says.
  enum class Kind : unsigned char {
    other,       ///< a trigger's, or the database did not say
    unique,      ///< a primary key, UNIQUE, or a unique index
    foreign_key, ///< a row refers to nothing, or is referred to
    not_null,    ///< NULL, or nothing, was given to a column that is NOT NULL
    check,       ///< a CHECK
  };

  /// Makes an error as DatabaseError does, with the kind of the constraint.
  explicit IntegrityError(const std::string &message, std::string statement = {},
                          std::vector<std::string> params = {}, Kind kind = Kind::other)
      : DatabaseError(message, std::move(statement), std::move(params)), kind_(kind) {}

  /// Returns of what kind the constraint is.
  Kind kind() const { return kind_; }

private:
  Kind kind_;
};
/// The database cannot do it now: locked, full, unreadable, gone.
DECLORM_ERROR(OperationalError, DatabaseError);
/// The transaction met another one, in a deadlock or because both would not have been possible one
/// behind the other (SERIALIZABLE), and the database gave it up: run the whole of it again. The
/// name is psycopg's.
DECLORM_ERROR(TransactionRollbackError, OperationalError);
/// The connection to the database is lost, and with it what its transaction wrote. A Session goes
/// on after rollback(), with another connection; in place of a Connection take another one with
/// Engine::connect(). SQLAlchemy's DBAPIError.connection_invalidated.
DECLORM_ERROR(ConnectionLostError, OperationalError);
/// The connection was lost while a transaction was committed, and the database did not say whether
/// it was: either all of it is there, or nothing.
DECLORM_ERROR(CommitUnknownError, ConnectionLostError);
/// A statement took longer than it may: EngineOptions::statement_timeout.
DECLORM_ERROR(StatementTimeoutError, OperationalError);
/// A statement was stopped by Connection::cancel() or Session::cancel().
DECLORM_ERROR(QueryCancelledError, OperationalError);
/// Wrong SQL, a wrong number of parameters, a missing table.
DECLORM_ERROR(ProgrammingError, DatabaseError);
/// A value does not fit: NULL into a plain member, a number out of range, text that is no number.
DECLORM_ERROR(DataError, DatabaseError);
/// The driver itself failed.
DECLORM_ERROR(InterfaceError, DatabaseError);

#undef DECLORM_ERROR

} // namespace declorm

#endif // DECLORM_ERROR_H
