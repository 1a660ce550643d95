// postgresql_options.cpp: a URL to libpq's keywords.
#include "runtime/dialect/postgresql/postgresql_options.h"

#include "declorm/error.h"
#include "runtime/ascii.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <libpq-fe.h>
#include <memory>

namespace declorm::detail {
namespace {

[[noreturn]] void fail(const Url &url, const std::string &what) {
  throw ArgumentError("the database URL '" + url.shown + "' " + what);
}

/// What `options` says to every session: times are read and written in UTC, whatever the server's
/// own zone is.
constexpr const char *session_settings =
    "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres";

/// The words in a URL, and libpq's keywords, that declorm says by itself.
const std::vector<std::string> own_keywords{"client_encoding",
                                            "fallback_application_name",
                                            "replication",
                                            "dbname",
                                            "user",
                                            "password",
                                            "port"};

std::vector<std::string> libpq_keywords() {
  std::vector<std::string> names;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> known(PQconndefaults(),
                                                                              PQconninfoFree);
  for (const PQconninfoOption *option = known.get(); option && option->keyword; ++option)
    if (std::ranges::find(own_keywords, option->keyword) == own_keywords.end())
      names.emplace_back(option->keyword);
  return names;
}

std::string begin_sql(const Url &url, const std::string &isolation) {
  const std::vector<std::string> levels{"read_committed", "repeatable_read", "serializable"};
  std::string level = ascii_lower(isolation);
  std::ranges::replace(level, ' ', '_');
  if (std::ranges::find(levels, level) == levels.end())
    fail(url, "has isolation=" + isolation + suggestion(level, levels));
  std::ranges::replace(level, '_', ' ');
  return "BEGIN ISOLATION LEVEL " + ascii_upper(level);
}

void apply(const Url &url, const std::string &name, const std::string &value,
           PostgresqlOptions &options) {
  if (name == "isolation") {
    options.begin_sql = begin_sql(url, value);
    return;
  }
  if (name == "prepare") {
    if (value != "always" && value != "never")
      fail(url, "has prepare=" + value +
                    "; write always (statements stay prepared in the server, the default) or never "
                    "(behind a pooler that gives each transaction another server)");
    options.keeps_statements = value == "always";
    return;
  }
  if (std::ranges::find(own_keywords, name) != own_keywords.end())
    fail(url, "has the parameter '" + name +
                  "', which declorm sets by itself; user, password, host, port and database stand "
                  "in front of the '?'");
  std::vector<std::string> known = libpq_keywords();
  known.insert(known.end(), {"isolation", "prepare"});
  if (std::ranges::find(known, name) == known.end())
    fail(url, "has an unknown parameter '" + name + "'" + suggestion(name, known));
  options.keywords.emplace_back(name, value);
}

} // namespace

PostgresqlOptions postgresql_options(const Url &url) {
  PostgresqlOptions options;
  options.url = url.shown;
  const auto add = [&](const char *keyword, const std::string &value) {
    if (!value.empty())
      options.keywords.emplace_back(keyword, value);
  };
  add("user", url.user);
  add("password", url.password);
  std::string hosts = url.host; // libpq has IPv6 addresses without brackets here
  std::erase_if(hosts, [](char c) { return c == '[' || c == ']'; });
  add("host", hosts);
  add("port", url.port);
  add("dbname", url.database);
  for (const auto &[name, value] : url.query)
    apply(url, name, value, options);
  add("client_encoding", "UTF8");
  add("fallback_application_name", "declorm");
  const auto given = std::ranges::find(options.keywords, std::string("options"),
                                       &std::pair<std::string, std::string>::first);
  // PgBouncer takes no `options`: there the settings are the server's.
  if (given != options.keywords.end())
    given->second = std::string(session_settings) + " " + given->second;
  else if (options.keeps_statements)
    add("options", session_settings);
  return options;
}

} // namespace declorm::detail
