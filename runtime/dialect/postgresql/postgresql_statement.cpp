// postgresql_statement.cpp: preparing, executing, and reading rows.
#include "runtime/dialect/postgresql/postgresql_statement.h"

#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_batch.h"

#include <algorithm>
#include <charconv>

namespace declorm::detail {
namespace {

struct PostgresqlSource {
  const PGresult *result;
  int row;
  std::span<const PgColumn> columns;
  PostgresqlCell cell(int column) const {
    return {result, row, column, columns[static_cast<std::size_t>(column)]};
  }
};

} // namespace

PostgresqlStatement::PostgresqlStatement(PostgresqlConnection &connection, std::string_view sql)
    : connection_(connection), sql_(sql), kind_(postgresql_statement_kind(sql)) {
  if (sql_.find('\0') != std::string::npos)
    throw ProgrammingError(
        "the statement has a NUL byte in it; bind it as a parameter\n[SQL: " + sql_ + "]", sql_);
  be_prepared();
}

PostgresqlStatement::~PostgresqlStatement() {
  reset();
  if (!name_.empty())
    connection_.forget_statement(std::move(name_));
}

void PostgresqlStatement::be_prepared() {
  const bool is_known = is_learned_ && definitions_ == connection_.definitions();
  if (is_known && (!name_.empty() || !connection_.options().keeps_statements))
    return;
  if (!name_.empty())
    connection_.forget_statement(std::move(name_));
  name_.clear();
  definitions_ = connection_.definitions();
  bulk_.reset();
  has_no_bulk_ = false;
  const std::string name =
      connection_.options().keeps_statements ? connection_.new_statement_name() : "";
  learn(connection_.describe(name, sql_).get());
  name_ = name;
}

void PostgresqlStatement::learn(const PGresult *described) {
  std::vector<PgType> types;
  oids_.clear();
  for (int i = 0; i != PQnparams(described); ++i) {
    oids_.push_back(PQparamtype(described, i));
    types.push_back(static_cast<PgType>(oids_.back()));
  }
  if (!is_learned_ || types != parameters_.types())
    parameters_ = PostgresqlParameters(std::move(types));
  is_learned_ = true;
  columns_.clear();
  names_.clear();
  is_binary_ = true;
  for (int i = 0; i != PQnfields(described); ++i) {
    const auto type = static_cast<PgType>(PQftype(described, i));
    columns_.push_back({.type = type, .has_digits = PQfmod(described, i) >= 0});
    names_.emplace_back(PQfname(described, i));
    is_binary_ = is_binary_ && has_binary_form(type);
  }
}

void PostgresqlStatement::expect(bool is_right, const char *wrong) const {
  if (!is_right)
    throw InterfaceError(std::string(wrong) + "\n[SQL: " + sql_ + "]", sql_);
}

void PostgresqlStatement::bind(int index, const Value &value) {
  expect(state_ == State::ready, "a statement is bound that was not reset");
  be_prepared();
  expect(index >= 1 && index <= parameter_count(), "there is no parameter of that number");
  parameters_.value(index, value);
}

void PostgresqlStatement::bind(std::span<const Field> fields, const void *object, int first) {
  expect(state_ == State::ready, "a statement is bound that was not reset");
  be_prepared();
  expect(first >= 1 && first - 1 + static_cast<int>(fields.size()) <= parameter_count(),
         "there are no parameters of these numbers");
  store(fields, object, first, PostgresqlSink{&parameters_});
}

void PostgresqlStatement::send() {
  PGconn *const handle = connection_.handle();
  const int count = parameter_count(), format = is_binary_ ? 1 : 0;
  const int sent =
      name_.empty()
          ? PQsendQueryParams(handle, sql_.c_str(), count, oids_.data(), parameters_.values(),
                              parameters_.lengths(), parameters_.formats(), format)
          : PQsendQueryPrepared(handle, name_.c_str(), count, parameters_.values(),
                                parameters_.lengths(), parameters_.formats(), format);
  if (sent == 0)
    connection_.fail_to_send(sql_);
}

std::vector<PgType> PostgresqlStatement::parameter_types() const {
  std::vector<PgType> types;
  for (const unsigned oid : oids_)
    types.push_back(static_cast<PgType>(oid));
  return types;
}

bool PostgresqlStatement::returns_number() const {
  if (columns_.empty())
    return false;
  const PgType type = columns_.front().type;
  return type == PgType::int2 || type == PgType::int4 || type == PgType::int8;
}

PostgresqlStatement *PostgresqlStatement::bulk() {
  if (bulk_ || has_no_bulk_)
    return bulk_.get();
  const bool tells_rows = columns_.empty() || (is_binary_ && returns_number());
  const std::optional<std::string> sql =
      tells_rows ? bulk_sql(sql_, parameter_types()) : std::nullopt;
  if (sql)
    bulk_ = std::make_unique<PostgresqlStatement>(connection_, *sql);
  has_no_bulk_ = !sql;
  return bulk_.get();
}

void PostgresqlStatement::send(std::span<PgArray> arrays) {
  std::vector<const char *> values;
  std::vector<int> lengths, formats(arrays.size(), 1);
  for (PgArray &array : arrays) {
    const std::string_view bytes = array.bytes();
    values.push_back(bytes.data());
    lengths.push_back(static_cast<int>(bytes.size()));
  }
  const int count = static_cast<int>(arrays.size()), format = is_binary_ ? 1 : 0;
  const int sent = name_.empty()
                       ? PQsendQueryParams(connection_.handle(), sql_.c_str(), count, oids_.data(),
                                           values.data(), lengths.data(), formats.data(), format)
                       : PQsendQueryPrepared(connection_.handle(), name_.c_str(), count,
                                             values.data(), lengths.data(), formats.data(), format);
  if (sent == 0)
    connection_.fail_to_send(sql_);
}

void PostgresqlStatement::execute() {
  outcome_ = {};
  be_prepared();
  connection_.prepare_to_ask(sql_);
  connection_.begin_execution();
  send();
  if (kind_ == StatementKind::query)
    PQsetSingleRowMode(connection_.handle());
  connection_.wire().take(*this);
  state_ = State::on_wire;
  row_ = -1;
  result_.reset();
}

bool PostgresqlStatement::step() {
  switch (state_) {
  case State::done:
    expect(false, "a statement is executed again that was not reset");
    break;
  case State::spilled:
    if (spilled_->next())
      return true;
    state_ = State::done;
    return false;
  case State::on_wire:
    break;
  case State::ready:
    execute();
  }
  return next_row();
}

bool PostgresqlStatement::next_row() {
  if (result_ && ++row_ < PQntuples(result_.get()))
    return true;
  const bool is_whole = result_ && PQresultStatus(result_.get()) == PGRES_TUPLES_OK;
  if (is_whole) {
    finish();
    return false;
  }
  connection_.expect_alive(sql_);
  PgResult next = connection_.take_result(sql_);
  switch (next ? PQresultStatus(next.get()) : PGRES_EMPTY_QUERY) {
  case PGRES_SINGLE_TUPLE:
    result_ = std::move(next);
    row_ = 0;
    return true;
  case PGRES_TUPLES_OK:
    outcome_.affected_rows = affected_rows(next.get());
    result_ = std::move(next);
    row_ = 0;
    if (PQntuples(result_.get()) != 0)
      return true;
    break;
  case PGRES_COMMAND_OK:
    outcome_.affected_rows = affected_rows(next.get());
    break;
  case PGRES_EMPTY_QUERY:
    break;
  case PGRES_COPY_IN:
  case PGRES_COPY_OUT:
  case PGRES_COPY_BOTH:
    finish();
    throw ProgrammingError("COPY moves rows beside the statement's results, which execute() does "
                           "not read; use bulk_insert(), or a file on the server\n[SQL: " +
                               sql_ + "]",
                           sql_);
  default:
    fail(std::move(next));
  }
  finish();
  return false;
}

/// Reads the answer to its end; the statement is done.
void PostgresqlStatement::finish() noexcept {
  connection_.drain();
  connection_.wire().leave(*this);
  connection_.end_execution();
  result_.reset();
  state_ = State::done;
  if (kind_ == StatementKind::definition)
    connection_.note_definition();
}

void PostgresqlStatement::fail(PgResult error) {
  note_error(error.get());
  finish();
  connection_.fail(error.get(), sql_);
}

void PostgresqlStatement::note_error(const PGresult *result) noexcept {
  const char *const code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view sqlstate = code ? code : "";
  // "cached plan must not change result type", and a statement that the server does not have.
  if (name_.empty() || (sqlstate != "0A000" && sqlstate != "26000"))
    return;
  if (sqlstate == "0A000")
    connection_.forget_statement(std::move(name_));
  name_.clear();
}

void PostgresqlStatement::leave_wire() noexcept {
  spilled_.emplace(
      column_count(), [&] { return next_row(); },
      [&](int column) {
        return PostgresqlSource{result_.get(), row_, columns_}.cell(column).value();
      });
  if (state_ == State::on_wire)
    finish();
  state_ = State::spilled;
}

Value PostgresqlStatement::column(int column) const {
  if (spilled_)
    return spilled_->column(column);
  return PostgresqlSource{result_.get(), row_, columns_}.cell(column).value();
}

std::string PostgresqlStatement::column_name(int column) const {
  return names_[static_cast<std::size_t>(column)];
}

void PostgresqlStatement::fetch(std::span<const Field> fields, void *object, int first) const {
  if (spilled_)
    return spilled_->fetch(fields, object, first);
  load(fields, object, first, PostgresqlSource{result_.get(), row_, columns_});
}

void PostgresqlStatement::fetch_from(const PGresult *result, int row, std::span<const Field> fields,
                                     void *object) const {
  load(fields, object, 0, PostgresqlSource{result, row, columns_});
}

std::int64_t PostgresqlStatement::affected_rows(const PGresult *result) {
  const std::string_view text = PQcmdTuples(const_cast<PGresult *>(result));
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

void PostgresqlStatement::reset() noexcept {
  if (state_ == State::on_wire)
    finish();
  spilled_.reset();
  result_.reset();
  state_ = State::ready;
}

void PostgresqlStatement::clear() noexcept {
  reset();
  parameters_.clear();
}

std::unique_ptr<Batch> PostgresqlStatement::batch(const BatchLayout &layout) {
  return std::make_unique<PostgresqlBatch>(*this, layout);
}

} // namespace declorm::detail
