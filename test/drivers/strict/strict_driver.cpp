// strict_driver.cpp: the strict database: SQLite behind a wire, without what no server has.
#include "declorm/error.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_sql_writer.h"
#include "runtime/engine/driver_module.h"
#include "runtime/engine/generation.h"
#include "runtime/engine/schema_reader.h"
#include "runtime/engine/text_rules.h"
#include "test/drivers/strict/strict_connection.h"

#include <charconv>

namespace declorm::strict {
namespace {

class StrictSqlWriter final : public detail::SqliteSqlWriter {
public:
  using SqliteSqlWriter::SqliteSqlWriter;

private:
  /// OFFSET stands behind a LIMIT only, which is not negative.
  void write_limit(const detail::SelectData &select) override {
    detail::SelectData limited = {};
    limited.limit = select.limit;
    limited.offset = select.offset;
    if (limited.offset && !limited.limit)
      limited.limit = std::numeric_limits<std::int64_t>::max();
    SqlWriter::write_limit(limited);
  }
};

/// SQLite's tables and types; what differs is what makes the engine show that it asks the dialect.
class StrictDialect final : public Dialect {
public:
  std::string_view name() const override { return "strict"; }
  std::string type_sql(const Type &type) const override { return sqlite_.type_sql(type); }
  bool is_reserved(std::string_view word) const override { return sqlite_.is_reserved(word); }
  DialectLimits limits() const override { return sqlite_.limits(); }
  std::string folded_table(std::string_view name) const override {
    return sqlite_.folded_table(name);
  }
  std::string folded_column(std::string_view name) const override {
    return sqlite_.folded_column(name);
  }

  const detail::Generation &generation() const override {
    static constexpr detail::Generation generation{.key = detail::Generation::Key::returning,
                                                   .update_returns = false};
    return generation;
  }
  const detail::TextRules &text_rules() const override {
    static constexpr detail::TextRules rules{.marks = detail::TextRules::Placeholder::numbered};
    return rules;
  }
  const detail::TypeRules &type_rules() const override { return sqlite_.type_rules(); }
  const detail::DdlWriter &ddl() const override { return sqlite_.ddl(); }
  std::unique_ptr<detail::SqlWriter> sql_writer() const override {
    return std::make_unique<StrictSqlWriter>(*this);
  }
  std::string plan(Connection &connection, const std::string &sql,
                   const std::vector<Value> &params) const override {
    return sqlite_.plan(connection, sql, params);
  }
  std::unique_ptr<detail::SchemaReader> schema_reader(Connection &connection,
                                                      std::string_view schema) const override {
    return sqlite_.schema_reader(connection, schema);
  }

private:
  const Dialect &sqlite_ = detail::sqlite_dialect();
};

const Dialect &strict_dialect() {
  static const StrictDialect dialect;
  return dialect;
}

class StrictDriver final : public detail::Driver {
public:
  explicit StrictDriver(detail::Url url) {
    url.dialect = "sqlite";
    std::erase_if(url.query, [&](const auto &parameter) { return take(url, parameter); });
    inner_ = detail::make_sqlite_driver(url);
  }

  const Dialect &dialect() const override { return strict_dialect(); }
  std::unique_ptr<detail::DriverConnection> connect(detail::TimeLimit limit) override {
    return std::make_unique<StrictConnection>(inner_->connect(limit), server_);
  }

private:
  /// Whether the parameter is the server's and not SQLite's.
  bool take(const detail::Url &url, const std::pair<std::string, std::string> &parameter) {
    const auto &[name, value] = parameter;
    if (name == "round_trip")
      server_.delay_us = number(url, name, value, "us", "ms");
    else if (name == "fail_at")
      server_.fail_at = number(url, name, value);
    else if (name == "lose_at")
      server_.lose_at = number(url, name, value);
    else if (name == "lose_answer_at")
      server_.lose_answer_at = number(url, name, value);
    else
      return false;
    return true;
  }

  /// A number, in front of `unit` or of `thousands` if they are not empty.
  static std::int64_t number(const detail::Url &url, const std::string &name,
                             const std::string &text, std::string_view unit = "",
                             std::string_view thousands = "") {
    std::int64_t number = 0;
    const char *const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const std::string_view rest(stop, end);
    if (error != std::errc() || number < 0 || (rest != unit && rest != thousands))
      throw ArgumentError("the database URL '" + url.shown + "' has " + name + "=" + text +
                          "; write a number" +
                          (unit.empty() ? "" : ", as in " + name + "=1" + std::string(thousands)));
    return !thousands.empty() && rest == thousands ? number * 1000 : number;
  }

  Server server_;
  std::unique_ptr<detail::Driver> inner_;
};

std::unique_ptr<detail::Driver> make_strict_driver(const detail::Url &url) {
  return std::make_unique<StrictDriver>(url);
}

} // namespace
} // namespace declorm::strict

extern "C" DECLORM_DRIVER(strict) = {.name = "strict",
                                     .dialect = &declorm::strict::strict_dialect,
                                     .make_driver = &declorm::strict::make_strict_driver};
