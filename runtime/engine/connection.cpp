// connection.cpp: Connection and Transaction.
#include "runtime/engine/engine_state.h"
#include "runtime/engine/raw_sql.h"
#include "runtime/engine/result_state.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm {
namespace {

using detail::PreparedStatement;

/// A statement whose parameters are to be bound.
struct Unbound {
  PreparedStatement &statement;
  std::string_view sql;                  ///< as it was given
  const std::vector<std::string> &names; ///< of its parameters; "" : it has none
};

[[noreturn]] void wrong_params(const Unbound &unbound, const std::string &what) {
  throw ProgrammingError(what + "\n[SQL: " + std::string(unbound.sql) + "]",
                         std::string(unbound.sql));
}

std::vector<std::string> names_of(const Unbound &unbound) {
  std::vector<std::string> names;
  for (const std::string &name : unbound.names)
    if (!name.empty() && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  return names;
}

/// "2 parameters", "1 parameter (:name)"
std::string wanted(const Unbound &unbound) {
  const std::vector<std::string> names = names_of(unbound);
  const bool all_have_names = std::ranges::find(unbound.names, "") == unbound.names.end();
  const std::size_t count = all_have_names && !names.empty()
                                ? names.size()
                                : std::size_t(unbound.statement.parameter_count());
  if (count == 0)
    return "no parameters";
  std::string text = std::to_string(count) + (count == 1 ? " parameter" : " parameters");
  if (!names.empty())
    text += " (:" + detail::join(names, ", :") + ")";
  return text;
}

void bind_positional(const Unbound &unbound, std::span<const Value> values) {
  if (const auto names = names_of(unbound); !names.empty() && !values.empty())
    wrong_params(unbound, "the statement takes " + wanted(unbound) +
                              " by name, and got values by position; write {{\"" + names.front() +
                              "\", value}, …}");
  if (values.size() != static_cast<std::size_t>(unbound.statement.parameter_count()))
    wrong_params(unbound, "the statement takes " + wanted(unbound) + " and got " +
                              std::to_string(values.size()));
  for (std::size_t i = 0; i != values.size(); ++i)
    unbound.statement.bind(static_cast<int>(i) + 1, values[i]);
}

void bind_named(const Unbound &unbound, const std::vector<Params::Named> &values) {
  const std::vector<std::string> &names = unbound.names;
  if (names.size() != std::size_t(unbound.statement.parameter_count()) ||
      std::ranges::find(names, "") != names.end())
    wrong_params(unbound, "the statement takes " + wanted(unbound) +
                              " by position (?), and got names; write {value, …}");
  std::vector<bool> given(names.size());
  for (const auto &[name, value] : values) {
    const std::size_t first = std::size_t(std::ranges::find(names, name) - names.begin());
    if (first == names.size())
      wrong_params(unbound,
                   "the statement has no parameter :" + name + "; it takes " + wanted(unbound));
    if (given[first])
      wrong_params(unbound, "the parameter :" + name + " is given twice");
    for (std::size_t i = first; i != names.size(); ++i)
      if (names[i] == name) {
        given[i] = true;
        unbound.statement.bind(static_cast<int>(i) + 1, value);
      }
  }
  if (const auto missing = std::ranges::find(given, false); missing != given.end())
    wrong_params(unbound,
                 "the parameter :" + names[static_cast<std::size_t>(missing - given.begin())] +
                     " is not given; the statement takes " + wanted(unbound));
}

void bind_params(const Unbound &unbound, const Params &params) {
  if (params.named().empty())
    bind_positional(unbound, params.positional());
  else
    bind_named(unbound, params.named());
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

namespace {

/// Runs a statement. `sql` is its text as it was given, `bind` gives it its parameters, and
/// `literals` says them in logs and errors.
template <class Bind, class Literals>
Result run(const std::shared_ptr<detail::ConnectionState> &state, detail::StatementLease statement,
           std::string_view sql, Bind bind, Literals literals) {
  auto result = std::make_unique<detail::ResultState>();
  result->connection = state;
  if (statement->kind() == detail::StatementKind::control)
    throw InvalidRequestError("transactions are begun, committed and rolled back with begin(), "
                              "begin_nested(), commit() and rollback(), not with '" +
                              std::string(sql) + "'");
  bind(*statement);
  if (statement->kind() != detail::StatementKind::standalone)
    state->autobegin();
  if (state->watched()) {
    result->sql = sql;
    result->params = literals();
    state->log(sql, {result->params});
  }
  result->statement = std::move(statement);
  try {
    result->execute();
  } catch (const DatabaseError &) {
    result->reported = true; // an execution that failed is no event
    detail::rethrow_with_params(literals());
  }
  return Result(std::move(result));
}

} // namespace

Result Connection::execute(std::string_view sql, const Params &params) {
  state_->require_usable();
  const detail::TextRules &rules = dialect().text_rules();
  std::optional<detail::RawSql> rewritten;
  if (!rules.takes_names)
    rewritten = detail::to_database(sql, rules);
  return run(
      state_, state_->prepare(rewritten ? rewritten->sql : sql), sql,
      [&](PreparedStatement &statement) {
        if (!rewritten && !statement.parameter_names)
          statement.parameter_names = detail::to_database(sql, rules).names;
        bind_params({statement, sql, rewritten ? rewritten->names : *statement.parameter_names},
                    params);
      },
      [&] { return literals(params); });
}

Result detail::execute_written(Connection &connection, std::string_view sql,
                               const std::vector<Value> &params) {
  const std::shared_ptr<ConnectionState> &state = connection.shared_state();
  state->require_usable();
  const std::vector<std::string> no_names;
  return run(
      state, state->prepare(sql), sql,
      [&](PreparedStatement &statement) { bind_positional({statement, sql, no_names}, params); },
      [&] {
        std::vector<std::string> texts;
        for (const Value &value : params)
          texts.push_back(value.to_string());
        return texts;
      });
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
void Connection::set_statement_timeout(std::optional<std::chrono::milliseconds> limit) {
  detail::check_limit(limit, "set_statement_timeout()");
  state_->driver->set_statement_timeout(limit);
}
void Connection::cancel() const { state_->driver->cancel(); }
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
