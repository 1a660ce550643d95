// sqlite_statement.h: a prepared statement of SQLite.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_STATEMENT_H
#define DECLORM_DIALECT_SQLITE_SQLITE_STATEMENT_H

#include "runtime/dialect/sqlite/sqlite_connection.h"

namespace declorm::detail {

class SqliteStatement final : public PreparedStatement {
public:
  /// Takes `statement`; must not outlive `connection`.
  SqliteStatement(SqliteConnection &connection, sqlite3_stmt *statement);
  SqliteStatement(const SqliteStatement &) = delete;
  SqliteStatement &operator=(const SqliteStatement &) = delete;
  ~SqliteStatement() override;

  std::string_view sql() const override;
  StatementKind kind() const override { return kind_; }
  int parameter_count() const override;
  void bind(int index, const Value &value) override;
  void bind(std::span<const Field> fields, const void *object, int first) override;
  bool step() override;
  Outcome outcome() const override {
    return {sqlite3_changes64(connection_.handle()),
            sqlite3_last_insert_rowid(connection_.handle())};
  }
  int column_count() const override;
  std::string column_name(int column) const override;
  Value column(int column) const override;
  void fetch(std::span<const Field> fields, void *object, int first) const override;
  void reset() noexcept override {
    if (std::exchange(execution_, 0) != 0) // else it was reset and not executed since
      sqlite3_reset(statement_);
  }
  void clear() noexcept override {
    reset();
    sqlite3_clear_bindings(statement_);
  }
  int recompilations() const override {
    return sqlite3_stmt_status(statement_, SQLITE_STMTSTATUS_REPREPARE, 0);
  }

private:
  int step_watched();

  SqliteConnection &connection_;
  sqlite3_stmt *statement_;
  StatementKind kind_;
  std::uint64_t execution_ = 0;          ///< SqliteWatch's number; 0: step() begins a new one
  SqliteWatch::Clock::duration spent_{}; ///< by the execution; known only while there is a limit
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_STATEMENT_H
