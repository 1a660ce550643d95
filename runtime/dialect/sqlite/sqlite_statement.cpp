// sqlite_statement.cpp: binding and fetching, with SQLite's calls inlined into the field loops.
#include "runtime/dialect/sqlite/sqlite_statement.h"

#include "runtime/dialect/sqlite/statement_text.h"
#include "runtime/engine/text_storage.h"

namespace declorm::detail {
namespace {

/// Binds parameters. What it is given must outlive the execution, except `value`.
struct SqliteSink : TextStorageSink<SqliteSink> {
  static constexpr bool stores_nan = false; // SQLite makes NULL of it

  SqliteSink(SqliteConnection &to, sqlite3_stmt *of) : connection(to), statement(of) {}
  SqliteConnection &connection;
  sqlite3_stmt *statement;

  void check(int code) const {
    if (code != SQLITE_OK) [[unlikely]]
      connection.fail(code, sqlite3_sql(statement), nullptr);
  }
  void null(int index) const { check(sqlite3_bind_null(statement, index)); }
  void integer(int index, std::int64_t value) const {
    check(sqlite3_bind_int64(statement, index, value));
  }
  void real(int index, double value) const { check(sqlite3_bind_double(statement, index, value)); }
  void text(int index, std::string_view value) const {
    check(sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_STATIC,
                              SQLITE_UTF8));
  }
  void copied_text(int index, std::string_view value) const {
    check(sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
  }
  void blob(int index, std::span<const std::byte> value) const {
    // A null address would be a NULL.
    const void *data = value.empty() ? static_cast<const void *>("") : value.data();
    check(sqlite3_bind_blob64(statement, index, data, value.size(), SQLITE_STATIC));
  }
  void value(int index, const Value &value) const {
    switch (value.data().index()) {
    case 0:
      return null(index);
    case 1:
      return integer(index, std::get<std::int64_t>(value.data()));
    case 2:
      if (std::isnan(std::get<double>(value.data())))
        throw DataError("parameter " + std::to_string(index) +
                            " is NaN, which SQLite cannot hold (it would become NULL)\n[SQL: " +
                            sqlite3_sql(statement) + "]",
                        sqlite3_sql(statement));
      return real(index, std::get<double>(value.data()));
    case 3:
      return copied_text(index, std::get<std::string>(value.data()));
    default: {
      const auto &bytes = std::get<Bytes>(value.data());
      const void *data = bytes.empty() ? static_cast<const void *>("") : bytes.data();
      return check(sqlite3_bind_blob64(statement, index, data, bytes.size(), SQLITE_TRANSIENT));
    }
    }
  }
};

/// A column of the current row. sqlite3_value_* may be used on it because the handle has no mutex
/// (SQLITE_OPEN_NOMUTEX), and costs less than sqlite3_column_*.
struct SqliteCell : TextStorageCell<SqliteCell> {
  explicit SqliteCell(sqlite3_value *of) : cell(of) {}
  sqlite3_value *cell;

  /// SQLite numbers its types as CellKind does.
  CellKind kind() const { return static_cast<CellKind>(sqlite3_value_type(cell)); }
  std::int64_t integer() const { return sqlite3_value_int64(cell); }
  double real() const { return sqlite3_value_double(cell); }
  std::string_view text() const {
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(cell));
    if (!text) [[unlikely]]
      throw std::bad_alloc();
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(cell))};
  }
  std::span<const std::byte> blob() const {
    const auto *bytes = static_cast<const std::byte *>(sqlite3_value_blob(cell));
    return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(cell))};
  }
  Value value() const { return value_of_cell(*this); }
};

struct SqliteSource {
  sqlite3_stmt *statement;
  SqliteCell cell(int column) const { return SqliteCell(sqlite3_column_value(statement, column)); }
};

} // namespace

SqliteStatement::SqliteStatement(SqliteConnection &connection, sqlite3_stmt *statement)
    : connection_(connection), statement_(statement),
      kind_(statement_kind(sqlite3_sql(statement), sqlite3_stmt_readonly(statement) != 0)) {}

SqliteStatement::~SqliteStatement() {
  connection_.forget_writer(this);
  sqlite3_finalize(statement_);
}

std::string_view SqliteStatement::sql() const { return sqlite3_sql(statement_); }

int SqliteStatement::parameter_count() const { return sqlite3_bind_parameter_count(statement_); }

void SqliteStatement::bind(int index, const Value &value) {
  SqliteSink{connection_, statement_}.value(index, value);
}

void SqliteStatement::bind(std::span<const Field> fields, const void *object, int first) {
  store(fields, object, first, SqliteSink{connection_, statement_});
}

bool SqliteStatement::step() {
  SqliteWatch &watch = connection_.watch;
  const int code = watch.enter(execution_) ? step_watched() : sqlite3_step(statement_);
  watch.leave();
  if (code != SQLITE_ROW && code != SQLITE_DONE) [[unlikely]]
    connection_.fail(code, sqlite3_sql(statement_), statement_);
  if (kind_ == StatementKind::write || kind_ == StatementKind::definition)
    connection_.note_write(this, sql());
  return code == SQLITE_ROW;
}

/// A step of an execution that was cancelled or has a time limit.
int SqliteStatement::step_watched() {
  SqliteWatch &watch = connection_.watch;
  if (watch.is_cancelled() && kind_ == StatementKind::query) {
    watch.stop(SqliteWatch::Stop::cancelled);
    return SQLITE_INTERRUPT;
  }
  if (!sqlite3_stmt_busy(statement_))
    spent_ = {};
  watch.start_clock(spent_);
  const auto begin = SqliteWatch::Clock::now();
  const int code = sqlite3_step(statement_);
  spent_ += SqliteWatch::Clock::now() - begin;
  return code;
}

int SqliteStatement::column_count() const { return sqlite3_column_count(statement_); }

std::string SqliteStatement::column_name(int column) const {
  return sqlite3_column_name(statement_, column);
}

Value SqliteStatement::column(int column) const {
  return SqliteSource{statement_}.cell(column).value();
}

void SqliteStatement::fetch(std::span<const Field> fields, void *object, int first) const {
  load(fields, object, first, SqliteSource{statement_});
}

} // namespace declorm::detail
