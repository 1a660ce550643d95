// strict_connection.cpp: what the server does with each question.
#include "test/drivers/strict/strict_connection.h"

#include "declorm/error.h"
#include "test/drivers/strict/strict_sql.h"
#include "test/drivers/strict/strict_statement.h"

namespace declorm::strict {
namespace {

std::string with_sql(const std::string &message, std::string_view sql) {
  return sql.empty() ? message : message + "\n[SQL: " + std::string(sql) + "]";
}

/// A large value that is read and written over the wire.
class StrictBlob final : public detail::DriverBlob {
public:
  StrictBlob(StrictConnection &connection, std::unique_ptr<detail::DriverBlob> inner)
      : connection_(connection), inner_(std::move(inner)) {}

  std::size_t size() const override { return inner_->size(); }
  void read(std::size_t offset, std::span<std::byte> to) override {
    connection_.ask("", [&] { inner_->read(offset, to); });
  }
  void write(std::size_t offset, std::span<const std::byte> from) override {
    connection_.ask("", [&] { inner_->write(offset, from); });
  }

private:
  StrictConnection &connection_;
  std::unique_ptr<detail::DriverBlob> inner_;
};

} // namespace

StrictConnection::StrictConnection(std::unique_ptr<detail::DriverConnection> inner, Server &server)
    : inner_(std::move(inner)), server_(server) {
  add_functions(static_cast<sqlite3 *>(inner_->native_handle()), server_);
}

std::unique_ptr<detail::PreparedStatement> StrictConnection::prepare(std::string_view sql) {
  std::unique_ptr<detail::PreparedStatement> inner;
  const auto prepare_below = [&] { inner = inner_->prepare(sql); };
  const bool is_aside = speaks_to_server(sql);
  if (is_aside) {
    prepare_below();
  } else {
    ask(sql, [&] {
      if (const std::string why = why_refused(sql); !why.empty())
        throw ProgrammingError(with_sql("the strict server refuses the statement: " + why, sql),
                               std::string(sql));
      prepare_below();
    });
  }
  return std::make_unique<StrictStatement>(*this, std::move(inner), is_aside);
}

void StrictConnection::execute(const char *sql) {
  const Control control = control_of(sql);
  const bool ends_failure = control == Control::rollback || control == Control::rollback_to;
  const auto execute_below = [&] {
    try {
      inner_->execute(sql);
    } catch (const DatabaseError &) {
      if (control == Control::commit)
        roll_back_below();
      throw;
    }
  };
  ask(sql, execute_below, ends_failure);
  set_status(inner_->status());
}

bool StrictConnection::ping() noexcept {
  try {
    bool answered = false;
    ask("", [&] { answered = inner_->ping(); });
    return answered;
  } catch (const DatabaseError &) {
    return false;
  }
}

std::string StrictConnection::why_no_key(const std::string &schema, const std::string &table,
                                         const std::string &column) {
  std::string why;
  ask("", [&] { why = inner_->why_no_key(schema, table, column); });
  return why;
}

std::string StrictConnection::why_no_row(const std::string &schema, const std::string &table) {
  std::string why;
  ask("", [&] { why = inner_->why_no_row(schema, table); });
  return why;
}

bool StrictConnection::is_usable() const {
  return status() != ConnectionStatus::lost && inner_->is_usable();
}

std::unique_ptr<detail::DriverBlob> StrictConnection::open_blob(const detail::BlobPlace &place,
                                                                bool writable) {
  std::unique_ptr<detail::DriverBlob> blob;
  ask("", [&] { blob = inner_->open_blob(place, writable); });
  return std::make_unique<StrictBlob>(*this, std::move(blob));
}

void StrictConnection::allocate_blob(const detail::BlobPlace &place, std::size_t size) {
  ask("", [&] { inner_->allocate_blob(place, size); });
}

void StrictConnection::expect_alive(std::string_view sql) const {
  if (status() == ConnectionStatus::lost)
    throw ConnectionLostError(with_sql("the connection to the server was lost", sql),
                              std::string(sql));
}

void StrictConnection::expect_ready(std::string_view sql, bool ends_failure) {
  expect_alive(sql);
  wire_.clear();
  if (status() == ConnectionStatus::failed && !ends_failure)
    throw OperationalError(with_sql("current transaction is aborted, commands ignored until end of "
                                    "transaction block",
                                    sql),
                           std::string(sql));
}

bool StrictConnection::meet_fate(std::string_view sql) {
  switch (server_.ask()) {
  case Fate::answered:
    return true;
  case Fate::answer_lost:
    return false;
  case Fate::lost:
    lose(sql);
  case Fate::refused:
    break;
  }
  const std::string error = with_sql("the server fails, as it was told to", sql);
  note_error(error);
  throw OperationalError(error, std::string(sql));
}

void StrictConnection::lose(std::string_view sql) {
  roll_back_below();
  set_status_after_error(ConnectionStatus::lost,
                         with_sql("the connection to the server was lost", sql));
  expect_alive(sql);
  std::abort();
}

void StrictConnection::note_error(std::string_view error) {
  if (status() == ConnectionStatus::lost)
    return; // it was in an answer that came before
  // SQLite rolls back by itself after some errors, as MariaDB does after a deadlock.
  set_status_after_error(inner_->status() == ConnectionStatus::open ? ConnectionStatus::failed
                                                                    : ConnectionStatus::idle,
                         error);
}

void StrictConnection::roll_back_below() noexcept {
  try {
    if (inner_->status() == ConnectionStatus::open)
      inner_->execute("ROLLBACK");
  } catch (const DatabaseError &) {
    // What cannot roll back ends with the handle.
  }
}

} // namespace declorm::strict
