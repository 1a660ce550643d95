// strict_connection.h: a connection to the server: one wire, and transactions that fail as a whole.
#ifndef DECLORM_TEST_STRICT_CONNECTION_H
#define DECLORM_TEST_STRICT_CONNECTION_H

#include "runtime/engine/driver.h"
#include "runtime/engine/wire.h"
#include "test/drivers/strict/strict_server.h"

namespace declorm::strict {

using detail::ConnectionStatus;
using detail::WireUser;

/// Wraps a connection of SQLite's driver. For one thread at a time.
class StrictConnection final : public detail::DriverConnection {
public:
  StrictConnection(std::unique_ptr<detail::DriverConnection> inner, Server &server);

  std::unique_ptr<detail::PreparedStatement> prepare(std::string_view sql) override;
  void execute(const char *sql) override;
  std::string why_no_key(const std::string &schema, const std::string &table,
                         const std::string &column) override;
  std::string why_no_row(const std::string &schema, const std::string &table) override;
  bool is_usable() const override;
  bool is_current() const override { return inner_->is_current(); }
  bool ping() noexcept override;
  void reset_session() noexcept override { inner_->reset_session(); }
  void set_statement_timeout(detail::TimeLimit limit) override {
    inner_->set_statement_timeout(limit);
  }
  void cancel() noexcept override { inner_->cancel(); }
  void *native_handle() const override { return inner_->native_handle(); }
  const char *begin_sql() const override { return inner_->begin_sql(); }
  std::unique_ptr<detail::DriverBlob> open_blob(const detail::BlobPlace &place,
                                                bool writable) override;
  void allocate_blob(const detail::BlobPlace &place, std::size_t size) override;

  /// One round trip, in which `question()` is executed. Throws without it where the server would
  /// refuse. An error leaves the transaction failed. `sql` is for messages. `ends_failure`: a
  /// failed transaction takes the question.
  template <class Question>
  void ask(std::string_view sql, Question question, bool ends_failure = false) {
    expect_ready(sql, ends_failure);
    const bool is_answered = meet_fate(sql);
    try {
      question();
    } catch (const DatabaseError &error) {
      note_error(error.what());
      throw;
    }
    if (!is_answered)
      lose(sql);
  }
  /// The answer to a question was an error: the transaction fails.
  void note_error(std::string_view error);
  /// Throws if the connection is lost.
  void expect_alive(std::string_view sql) const;

  detail::Wire &wire() { return wire_; }

private:
  /// Takes the wire from its user, and throws if the server would refuse whatever comes.
  void expect_ready(std::string_view sql, bool ends_failure);
  /// Counts the round trip. Throws if the question does not arrive or is refused; false: the answer
  /// will be lost.
  bool meet_fate(std::string_view sql);
  [[noreturn]] void lose(std::string_view sql);
  /// Ends the transaction of the database below, without a word.
  void roll_back_below() noexcept;

  std::unique_ptr<detail::DriverConnection> inner_;
  Server &server_;
  detail::Wire wire_;
};

} // namespace declorm::strict

#endif // DECLORM_TEST_STRICT_CONNECTION_H
