// sqlite_options.cpp: what an SQLite URL says.
#include "runtime/dialect/sqlite/sqlite_options.h"

#include "declorm/error.h"
#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <charconv>
#include <climits>

namespace declorm::detail {
namespace {

[[noreturn]] void fail(const Url &url, const std::string &what) {
  throw ArgumentError("the database URL '" + url.shown + "' " + what);
}

const std::vector<std::string> parameter_names{"timeout", "journal_mode", "foreign_keys",
                                               "mode",    "begin",        "isolation"};
const std::vector<std::string> journal_modes{"DELETE", "TRUNCATE", "PERSIST",
                                             "MEMORY", "WAL",      "OFF"};

const std::vector<std::string> begin_modes{"deferred", "immediate", "exclusive"};

int milliseconds(const Url &url, const std::string &text) {
  double seconds = 0;
  const char *end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || stop != end || !(seconds >= 0) || seconds * 1000 > INT_MAX)
    fail(url, "has timeout=" + text + "; write a number of seconds, as in timeout=5");
  return static_cast<int>(seconds * 1000);
}

bool boolean(const Url &url, const std::string &name, const std::string &text) {
  const std::string value = ascii_upper(text);
  for (const char *yes : {"ON", "1", "TRUE", "YES"})
    if (value == yes)
      return true;
  for (const char *no : {"OFF", "0", "FALSE", "NO"})
    if (value == no)
      return false;
  fail(url, "has " + name + "=" + text + "; write on or off");
}

void apply(const Url &url, const std::string &name, const std::string &value,
           SqliteOptions &options) {
  if (name == "timeout") {
    options.timeout_ms = milliseconds(url, value);
  } else if (name == "foreign_keys") {
    options.foreign_keys = boolean(url, name, value);
  } else if (name == "journal_mode") {
    options.journal_mode = ascii_upper(value);
    if (std::ranges::find(journal_modes, options.journal_mode) == journal_modes.end())
      fail(url, "has journal_mode=" + value + suggestion(options.journal_mode, journal_modes));
    if (options.in_memory())
      fail(url, "has journal_mode, which means nothing to a memory database");
  } else if (name == "mode") {
    options.mode = value;
    if (value != "ro" && value != "rw" && value != "rwc")
      fail(url, "has mode=" + value +
                    "; there is ro (read only), rw (the file must exist), rwc "
                    "(the file is made; the default)");
    if (options.in_memory())
      fail(url, "has mode, which means nothing to a memory database");
  } else if (name == "begin") {
    if (std::ranges::find(begin_modes, value) == begin_modes.end())
      fail(url, "has begin=" + value + suggestion(value, begin_modes));
    options.begin_sql = value == "deferred" ? "BEGIN" : "BEGIN " + ascii_upper(value);
  } else if (name == "isolation") {
    if (ascii_upper(value) != "SERIALIZABLE")
      fail(url, "has isolation=" + value +
                    "; SQLite's transactions are always serializable. So that a writer and readers "
                    "do not wait for each other, write journal_mode=WAL");
  } else {
    fail(url, "has an unknown parameter '" + name + "'" + suggestion(name, parameter_names));
  }
}

} // namespace

SqliteOptions sqlite_options(const Url &url) {
  if (!url.host.empty() || !url.user.empty() || !url.port.empty())
    fail(url, "names a host, and SQLite has none; write sqlite:///relative.db (three slashes) or "
              "sqlite:////absolute.db (four)");
  SqliteOptions options;
  if (url.database != ":memory:")
    options.path = url.database;
  for (const auto &[name, value] : url.query)
    apply(url, name, value, options);
  if (options.mode == "ro" && options.begin_sql != "BEGIN")
    fail(url, "has begin and mode=ro; what only reads takes no write lock");
  return options;
}

std::string sqlite_url_of_existing(const std::string &url, bool read_only) {
  const bool has_mode = url.find("?mode=") != url.npos || url.find("&mode=") != url.npos;
  if (has_mode || !url.starts_with("sqlite:///"))
    return url;
  return url + (url.find('?') == url.npos ? "?mode=" : "&mode=") + (read_only ? "ro" : "rw");
}

} // namespace declorm::detail
