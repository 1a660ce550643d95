// postgresql_statement.h: a prepared statement of PostgreSQL, and its result.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_STATEMENT_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_STATEMENT_H

#include "runtime/dialect/postgresql/bulk_statement.h"
#include "runtime/dialect/postgresql/postgresql_cell.h"
#include "runtime/dialect/postgresql/postgresql_connection.h"
#include "runtime/engine/spilled_rows.h"

#include <optional>

namespace declorm::detail {

/// A row comes off the wire when it is asked for. Who needs the wire meanwhile makes the statement
/// take the rest of its rows into memory.
class PostgresqlStatement final : public PreparedStatement, private WireUser {
public:
  /// Must not outlive `connection`.
  PostgresqlStatement(PostgresqlConnection &connection, std::string_view sql);
  PostgresqlStatement(const PostgresqlStatement &) = delete;
  PostgresqlStatement &operator=(const PostgresqlStatement &) = delete;
  ~PostgresqlStatement() override;

  std::string_view sql() const override { return sql_; }
  StatementKind kind() const override { return kind_; }
  int parameter_count() const override { return static_cast<int>(parameters_.size()); }
  void bind(int index, const Value &value) override;
  void bind(std::span<const Field> fields, const void *object, int first) override;
  bool step() override;
  Outcome outcome() const override { return outcome_; }
  std::unique_ptr<Batch> batch(const BatchLayout &layout) override;
  int column_count() const override { return static_cast<int>(columns_.size()); }
  std::string column_name(int column) const override;
  Value column(int column) const override;
  void fetch(std::span<const Field> fields, void *object, int first) const override;
  void reset() noexcept override;
  void clear() noexcept override;

  // For the batch.

  PostgresqlConnection &connection() { return connection_; }
  /// Prepares the statement in the server, unless it is, and nothing was altered since.
  void be_prepared();
  /// Sends the question with the parameters that are bound. Throws the connection's error.
  void send();
  /// The error says that the server's plan is of no use any more: it is made anew next time.
  void note_error(const PGresult *result) noexcept;
  /// The statement for all rows at once: see bulk_statement.h. Null: there is none, or what it
  /// returns does not say which row is which.
  PostgresqlStatement *bulk();
  const PostgresqlParameters &parameters() const { return parameters_; }
  /// The types of the parameters.
  std::vector<PgType> parameter_types() const;
  /// Sends the question with arrays, in binary form, for its parameters.
  void send(std::span<PgArray> arrays);
  /// Whether the first column is an integer, as a key is that the database counts.
  bool returns_number() const;
  /// Reads columns of a row of a result into the fields of `object`.
  void fetch_from(const PGresult *result, int row, std::span<const Field> fields,
                  void *object) const;
  static std::int64_t affected_rows(const PGresult *result);

private:
  enum class State : unsigned char {
    ready,   ///< to be executed
    on_wire, ///< has a row, and more of them may be on the wire
    spilled, ///< goes on from memory
    done,    ///< until reset() it is not executed again
  };

  void leave_wire() noexcept override;
  void learn(const PGresult *described);
  void execute();
  bool next_row();
  void finish() noexcept;
  void expect(bool is_right, const char *wrong) const;
  [[noreturn]] void fail(PgResult error);

  PostgresqlConnection &connection_;
  const std::string sql_;
  std::string name_; ///< in the server; "": it is not there
  StatementKind kind_;
  std::size_t definitions_ = 0; ///< of the connection, when the statement was prepared
  PostgresqlParameters parameters_{{}};
  std::vector<unsigned> oids_; ///< of the parameters, for a server that keeps no statements
  std::vector<PgColumn> columns_;
  std::vector<std::string> names_; ///< of the columns
  bool is_learned_ = false;        ///< the types and names are known
  bool is_binary_ = true;          ///< the results come in binary form

  std::unique_ptr<PostgresqlStatement> bulk_;
  bool has_no_bulk_ = false; ///< it was looked for

  State state_ = State::ready;
  PgResult result_; ///< holds the current row
  int row_ = 0;
  std::optional<SpilledRows> spilled_;
  Outcome outcome_;
};

/// What the statement does to transactions and rows, from its first words. Throws ProgrammingError
/// if it has none.
StatementKind postgresql_statement_kind(std::string_view sql);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_STATEMENT_H
