// fake_driver.h: a database that does nothing but remember what it was asked, and fail when told
// to.
#ifndef DECLORM_TEST_UNIT_FAKE_DRIVER_H
#define DECLORM_TEST_UNIT_FAKE_DRIVER_H

#include "runtime/engine/engine_state.h"

#include <functional>

namespace declorm::detail {

class FakeConnection;

/// What the connections of one fake database share. Outlives them.
struct FakeServer {
  std::vector<std::string> asked; ///< what was executed, in order
  std::vector<FakeConnection *> connections;
  int opened = 0;
  bool answers_ping = true;
  /// Called before something is executed: throws if that fails.
  std::function<void(FakeConnection &, std::string_view sql)> fate;
};

class FakeStatement final : public PreparedStatement {
public:
  FakeStatement(FakeConnection &connection, std::string_view sql)
      : connection_(connection), sql_(sql) {}
  std::string_view sql() const override { return sql_; }
  StatementKind kind() const override { return StatementKind::write; }
  int parameter_count() const override { return 0; }
  void bind(int, const Value &) override {}
  void bind(std::span<const Field>, const void *, int) override {}
  bool step() override;
  Outcome outcome() const override { return {}; }
  int column_count() const override { return 0; }
  std::string column_name(int) const override { return ""; }
  Value column(int) const override { return {}; }
  void fetch(std::span<const Field>, void *, int) const override {}
  void reset() noexcept override {}
  void clear() noexcept override {}

private:
  FakeConnection &connection_;
  std::string sql_;
};

class FakeConnection final : public DriverConnection {
public:
  explicit FakeConnection(FakeServer &server) : server_(server) {
    ++server.opened;
    server.connections.push_back(this);
  }
  ~FakeConnection() override { std::erase(server_.connections, this); }

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override {
    return std::make_unique<FakeStatement>(*this, sql);
  }
  void execute(const char *sql) override {
    ask(sql);
    const bool ends = sql == std::string_view("COMMIT") || sql == std::string_view("ROLLBACK");
    set_status(ends ? ConnectionStatus::idle : ConnectionStatus::open);
  }
  void ask(std::string_view sql) {
    server_.asked.emplace_back(sql);
    if (server_.fate)
      server_.fate(*this, sql);
  }
  /// Fails what is executed.
  template <class E> [[noreturn]] void fail(ConnectionStatus status, const char *what) {
    set_status_after_error(status, what);
    throw E(what);
  }
  bool is_usable() const override { return true; }
  bool is_current() const override { return current; }
  bool ping() noexcept override { return server_.answers_ping; }
  void reset_session() noexcept override { limit.reset(); }
  void set_statement_timeout(TimeLimit to) override { limit = to; }
  void cancel() noexcept override {}
  std::string why_no_key(const std::string &, const std::string &, const std::string &) override {
    return "";
  }
  std::string why_no_row(const std::string &, const std::string &) override { return ""; }
  void *native_handle() const override { return nullptr; }
  std::unique_ptr<DriverBlob> open_blob(const BlobPlace &, bool) override { return nullptr; }
  void allocate_blob(const BlobPlace &, std::size_t) override {}

  bool current = true;
  TimeLimit limit;

private:
  FakeServer &server_;
};

inline bool FakeStatement::step() {
  connection_.ask(sql_);
  return false;
}

class FakeDriver final : public Driver {
public:
  explicit FakeDriver(FakeServer &server) : server_(server) {}
  const Dialect &dialect() const override { return declorm::dialect("sqlite"); }
  std::unique_ptr<DriverConnection> connect(TimeLimit) override {
    return std::make_unique<FakeConnection>(server_);
  }

private:
  FakeServer &server_;
};

/// An engine of the fake database.
struct FakeEngine {
  FakeServer server;
  std::shared_ptr<EngineState> engine = std::make_shared<EngineState>();

  explicit FakeEngine(EngineOptions options = {}) {
    engine->driver = std::make_unique<FakeDriver>(server);
    engine->options = std::move(options);
  }
  std::shared_ptr<ConnectionState> connect() {
    bool fresh = false;
    return engine->acquire(fresh);
  }
};

/// The text of the E that `function` throws; "no error", or "another error" with its text.
template <class E, class Function> std::string error_of(Function function) {
  try {
    function();
  } catch (const Error &error) {
    return (typeid(error) == typeid(E) ? "" : "another error: ") + std::string(error.what());
  }
  return "no error";
}

} // namespace declorm::detail

#endif // DECLORM_TEST_UNIT_FAKE_DRIVER_H
