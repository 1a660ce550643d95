// connection.cpp: Connection and Transaction.
#include "runtime/engine/engine_state.h"
#include "runtime/engine/result_state.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm {
namespace {

using detail::PreparedStatement;

[[noreturn]] void wrong_params(const PreparedStatement &statement, const std::string &what) {
  throw ProgrammingError(what + "\n[SQL: " + std::string(statement.sql()) + "]",
                         std::string(statement.sql()));
}

std::vector<std::string> names_of(const PreparedStatement &statement) {
  std::vector<std::string> names;
  for (int i = 1; i <= statement.parameter_count(); ++i)
    if (std::string name = statement.parameter_name(i); !name.empty())
      names.push_back(std::move(name));
  return names;
}

/// "2 parameters", "1 parameter (:name)"
std::string wanted(const PreparedStatement &statement) {
  const int count = statement.parameter_count();
  if (count == 0)
    return "no parameters";
  std::string text = std::to_string(count) + (count == 1 ? " parameter" : " parameters");
  const std::vector<std::string> names = names_of(statement);
  if (!names.empty())
    text += " (:" + detail::join(names, ", :") + ")";
  return text;
}

void bind_positional(PreparedStatement &statement, const std::vector<Value> &values) {
  if (const auto names = names_of(statement); !names.empty() && !values.empty())
    wrong_params(statement, "the statement takes " + wanted(statement) +
                                " by name, and got values by position; write {{\"" + names.front() +
                                "\", value}, …}");
  if (values.size() != static_cast<std::size_t>(statement.parameter_count()))
    wrong_params(statement, "the statement takes " + wanted(statement) + " and got " +
                                std::to_string(values.size()));
  for (std::size_t i = 0; i != values.size(); ++i)
    statement.bind(static_cast<int>(i) + 1, values[i]);
}

void bind_named(PreparedStatement &statement, const std::vector<Params::Named> &values) {
  const std::vector<std::string> names = names_of(statement);
  if (names.size() != static_cast<std::size_t>(statement.parameter_count()))
    wrong_params(statement, "the statement takes " + wanted(statement) +
                                " by position (?), and got names; write {value, …}");
  std::vector<bool> given(names.size());
  for (const auto &[name, value] : values) {
    const int index = statement.parameter_index(name);
    if (index == 0)
      wrong_params(statement,
                   "the statement has no parameter :" + name + "; it takes " + wanted(statement));
    if (given[static_cast<std::size_t>(index) - 1])
      wrong_params(statement, "the parameter :" + name + " is given twice");
    given[static_cast<std::size_t>(index) - 1] = true;
    statement.bind(index, value);
  }
  if (const auto missing = std::ranges::find(given, false); missing != given.end())
    wrong_params(statement,
                 "the parameter :" + names[static_cast<std::size_t>(missing - given.begin())] +
                     " is not given; the statement takes " + wanted(statement));
}

void bind_params(PreparedStatement &statement, const Params &params) {
  if (params.named().empty())
    bind_positional(statement, params.positional());
  else
    bind_named(statement, params.named());
}

std::vector<std::string> literals(const Params &params) {
  std::vector<std::string> texts;
  for (const Value &value : params.positional())
    texts.push_back(value.to_string());
  for (const auto &[name, value] : params.named())
    texts.push_back(name + "=" + value.to_string());
  return texts;
}

} // namespace

Connection::Connection(std::shared_ptr<detail::ConnectionState> state) : state_(std::move(state)) {}
Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;
Connection::~Connection() = default;

Result Connection::execute(std::string_view sql, const Params &params) {
  auto result = std::make_unique<detail::ResultState>();
  result->connection = state_;
  if (state_->transaction_failed())
    state_->autobegin(); // throws
  detail::StatementLease statement = state_->prepare(sql);
  if (statement->kind() == detail::StatementKind::control)
    throw InvalidRequestError("transactions are begun, committed and rolled back with begin(), "
                              "begin_nested(), commit() and rollback(), not with '" +
                              std::string(sql) + "'");
  bind_params(*statement, params);
  if (statement->kind() != detail::StatementKind::standalone)
    state_->autobegin();
  if (state_->watched()) {
    result->sql = sql;
    result->params = literals(params);
    state_->log(sql, {result->params});
  }
  result->statement = std::move(statement);
  try {
    result->execute();
  } catch (const DatabaseError &) {
    result->reported = true; // an execution that failed is no event
    detail::rethrow_with_params(literals(params));
  }
  return Result(std::move(result));
}

Transaction Connection::begin() {
  if (state_->transaction_open)
    throw InvalidRequestError("this connection is in a transaction already; commit() or rollback() "
                              "it first, or use begin_nested() for a savepoint");
  state_->begin();
  return Transaction(state_, "");
}

Transaction Connection::begin_nested() {
  const std::string name = "sp_" + std::to_string(state_->next_savepoint++);
  state_->savepoint(name);
  return Transaction(state_, name);
}

void Connection::commit() { state_->commit(); }
void Connection::rollback() { state_->rollback(); }
bool Connection::in_transaction() const { return state_->transaction_open; }
void *Connection::native_handle() const { return state_->driver->native_handle(); }
const Dialect &Connection::dialect() const { return state_->engine->driver->dialect(); }

Transaction::Transaction(std::shared_ptr<detail::ConnectionState> connection, std::string savepoint)
    : connection_(std::move(connection)), savepoint_(std::move(savepoint)),
      number_(connection_->transaction_number) {}

Transaction::Transaction(Transaction &&other) noexcept
    : connection_(std::move(other.connection_)), savepoint_(std::move(other.savepoint_)),
      number_(other.number_) {}

bool Transaction::is_open() const {
  return connection_ && connection_->transaction_open &&
         connection_->transaction_number == number_ &&
         (savepoint_.empty() || connection_->has_savepoint(savepoint_));
}

Transaction::~Transaction() {
  if (!is_open())
    return;
  try {
    rollback();
  } catch (...) {
    // The connection is beyond use, and the pool will find out.
    connection_->discarded = true;
  }
}

void Transaction::commit() {
  if (!is_open())
    throw InvalidRequestError("this transaction is over: it was committed or rolled back before");
  if (savepoint_.empty())
    connection_->commit();
  else
    connection_->release_savepoint(savepoint_);
}

void Transaction::rollback() {
  if (!is_open())
    throw InvalidRequestError("this transaction is over: it was committed or rolled back before");
  if (savepoint_.empty())
    connection_->rollback();
  else
    connection_->rollback_to_savepoint(savepoint_);
}

} // namespace declorm
