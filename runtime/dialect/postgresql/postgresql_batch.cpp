// postgresql_batch.cpp: arrays, and libpq's pipeline mode.
#include "runtime/dialect/postgresql/postgresql_batch.h"

#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_wire_values.h"

namespace declorm::detail {
namespace {

/// With fewer rows a pipeline costs less.
constexpr std::size_t fewest_together = 8;

bool send_text(PGconn *handle, const char *sql) {
  return PQsendQueryParams(handle, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 0;
}

/// The integer in the first column, in binary form.
std::int64_t number_at(const PGresult *result, int row) {
  const char *const bytes = PQgetvalue(result, row, 0);
  switch (PQgetlength(result, row, 0)) {
  case 2:
    return static_cast<std::int16_t>(get_network<std::uint16_t>(bytes));
  case 4:
    return static_cast<std::int32_t>(get_network<std::uint32_t>(bytes));
  default:
    return static_cast<std::int64_t>(get_network<std::uint64_t>(bytes));
  }
}

/// Whether each of the rows was written, and the answer says which is which: the keys of an INSERT
/// are drawn in the order of the rows, so that they grow.
bool is_of_each(const PGresult *answer, std::size_t count) {
  if (!answer)
    return false;
  if (PQnfields(answer) == 0)
    return PostgresqlStatement::affected_rows(answer) == static_cast<std::int64_t>(count);
  if (static_cast<std::size_t>(PQntuples(answer)) != count)
    return false;
  for (int row = 0; row != PQntuples(answer); ++row)
    if (PQgetisnull(answer, row, 0) != 0 ||
        (row != 0 && number_at(answer, row) <= number_at(answer, row - 1)))
      return false;
  return true;
}

} // namespace

PostgresqlBatch::~PostgresqlBatch() { finish(); }

void PostgresqlBatch::send() {
  const std::span<const BatchRow> unsent =
      rows().subspan(rows_together_ + on_wire_ + in_memory_.size());
  if (unsent.empty() || unsendable_ || reading_)
    return;
  own_.reset();
  own_.be_prepared();
  const bool is_behind_others = unsent.size() != size();
  if (is_behind_others || unsent.size() < fewest_together || !send_together(unsent))
    send_each(unsent);
}

bool PostgresqlBatch::send_together(std::span<const BatchRow> unsent) {
  PostgresqlStatement *const bulk = own_.bulk();
  if (!bulk || own_.connection().status() != ConnectionStatus::open)
    return false;
  std::vector<PgArray> arrays;
  for (const PgType type : own_.parameter_types())
    arrays.emplace_back(type);
  const PostgresqlParameters &parameters = own_.parameters();
  try {
    for (const BatchRow &row : unsent) {
      bind(row);
      for (std::size_t i = 0; i != arrays.size(); ++i)
        if (!arrays[i].add(parameters.values()[i], parameters.lengths()[i],
                           parameters.formats()[i]))
          return false;
    }
  } catch (const DataError &) {
    return false; // the rows in front of that one are sent first
  }
  return ask_together(*bulk, arrays, unsent.size());
}

bool PostgresqlBatch::ask_together(PostgresqlStatement &bulk, std::span<PgArray> arrays,
                                   std::size_t count) {
  PostgresqlConnection &connection = own_.connection();
  bulk.be_prepared();
  connection.prepare_to_ask(own_.sql());
  connection.begin_execution();
  PGconn *const handle = connection.handle();
  if (PQenterPipelineMode(handle) == 0 || !send_text(handle, "SAVEPOINT declorm_batch"))
    connection.fail_to_send(own_.sql());
  bulk.send(arrays);
  if (PQpipelineSync(handle) == 0)
    connection.fail_to_send(own_.sql());
  PgResult answer;
  bool has_failed = false;
  try {
    for (int answers = 0; answers != 2; ++answers) // with a null behind each
      while (PgResult result = connection.take_result(own_.sql())) {
        answer = std::move(result);
        has_failed = has_failed || PQresultStatus(answer.get()) == PGRES_FATAL_ERROR;
        if (has_failed)
          break;
      }
  } catch (const DatabaseError &) {
    finish();
    throw;
  }
  finish();
  if (has_failed && connection.status_after(answer.get()) == ConnectionStatus::lost)
    connection.fail(answer.get(), own_.sql());
  if (has_failed)
    bulk.note_error(answer.get());
  if (has_failed || !is_of_each(answer.get(), count)) {
    connection.execute("ROLLBACK TO SAVEPOINT declorm_batch; RELEASE SAVEPOINT declorm_batch");
    return false;
  }
  connection.execute("RELEASE SAVEPOINT declorm_batch");
  together_ = std::move(answer);
  rows_together_ = count;
  row_together_ = 0;
  return true;
}

void PostgresqlBatch::send_each(std::span<const BatchRow> unsent) {
  PostgresqlConnection &connection = own_.connection();
  connection.prepare_to_ask(own_.sql());
  connection.begin_execution();
  // A SELECT in front may have left libpq in single-row mode, which the first command of a pipeline
  // would inherit: the answer to the sync ends it.
  if (PQenterPipelineMode(connection.handle()) == 0 || PQpipelineSync(connection.handle()) == 0)
    connection.fail_to_send(own_.sql());
  connection.wire().take(*this);
  for (const BatchRow &row : unsent) {
    try {
      bind(row);
    } catch (const DataError &) {
      unsendable_ = std::current_exception();
      break;
    }
    own_.send();
    ++on_wire_;
  }
  if (PQpipelineSync(connection.handle()) == 0)
    connection.fail_to_send(own_.sql());
  if (on_wire_ == 0)
    finish();
}

PgResult PostgresqlBatch::take_answer() {
  PostgresqlConnection &connection = own_.connection();
  PgResult answer = connection.take_result(own_.sql());
  if (answer && PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC)
    answer = connection.take_result(own_.sql());
  --on_wire_;
  if (answer && PQresultStatus(answer.get()) == PGRES_FATAL_ERROR)
    finish();
  else
    while (PgResult more = connection.take_result(own_.sql()))
      ; // each answer ends with a null
  if (on_wire_ == 0)
    finish();
  return answer;
}

void PostgresqlBatch::finish() noexcept {
  PostgresqlConnection &connection = own_.connection();
  PGconn *const handle = connection.handle();
  on_wire_ = 0;
  if (PQpipelineStatus(handle) == PQ_PIPELINE_OFF)
    return;
  int ends = 0; // two in a row: nothing is left
  while (PQstatus(handle) != CONNECTION_BAD && ends != 2) {
    const PgResult result(PQgetResult(handle));
    ends = result ? 0 : ends + 1;
  }
  PQexitPipelineMode(handle);
  connection.wire().leave(*this);
  connection.end_execution();
}

Outcome PostgresqlBatch::outcome_of(const PGresult *answer, int row, const BatchRow &of) {
  Outcome outcome{.affected_rows = PostgresqlStatement::affected_rows(answer)};
  outcome.returned_row = row < PQntuples(answer);
  if (outcome.returned_row)
    own_.fetch_from(answer, row, layout_.returned, of.object);
  return outcome;
}

Outcome PostgresqlBatch::next_result() {
  if (rows_together_ != 0) {
    const BatchRow row = take_row();
    Outcome outcome = outcome_of(together_.get(), row_together_++, row);
    outcome.affected_rows = 1;
    if (--rows_together_ == 0)
      together_.reset();
    return outcome;
  }
  if (on_wire_ == 0 && in_memory_.empty()) {
    if (const std::exception_ptr error =
            reading_ ? std::exchange(reading_, {}) : std::exchange(unsendable_, {})) {
      forget_rows();
      std::rethrow_exception(error);
    }
    throw InterfaceError("the result of a row is asked for that was not sent\n[SQL: " +
                             std::string(own_.sql()) + "]",
                         std::string(own_.sql()));
  }
  PgResult answer;
  if (in_memory_.empty()) {
    answer = take_answer();
  } else {
    answer = std::move(in_memory_.front());
    in_memory_.pop_front();
  }
  const BatchRow row = take_row();
  const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    finish();
    forget_rows();
    unsendable_ = {};
    in_memory_.clear();
    own_.note_error(answer.get());
    own_.connection().fail(answer.get(), own_.sql());
  }
  return outcome_of(answer.get(), 0, row);
}

void PostgresqlBatch::leave_wire() noexcept {
  try {
    while (on_wire_ != 0)
      in_memory_.push_back(take_answer());
  } catch (...) {
    reading_ = std::current_exception();
    on_wire_ = 0;
  }
  finish();
  // Whoever comes next must know that the transaction has failed.
  if (!in_memory_.empty() && PQresultStatus(in_memory_.back().get()) == PGRES_FATAL_ERROR)
    own_.connection().note_error(in_memory_.back().get());
}

} // namespace declorm::detail
