// driver_factory.cpp: dialects and drivers by name.
#include "runtime/engine/driver_factory.h"

#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/engine/dialect_names.h"
#include "runtime/engine/driver_module.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <iterator>

namespace declorm {
namespace {

constexpr detail::DriverModule built_in[] = {
    {.name = "sqlite",
     .dialect = &detail::sqlite_dialect,
     .make_driver = &detail::make_sqlite_driver,
     .url_of_existing = &detail::sqlite_url_of_existing},
};

const detail::DriverModule *find(std::string_view name, std::string &looked) {
  for (const detail::DriverModule &module : built_in)
    if (name == module.name)
      return &module;
  return detail::find_driver(name, looked);
}

std::vector<std::string> known_names() {
  std::vector<std::string> names = detail::found_drivers();
  std::ranges::copy(detail::dialect_names(), std::back_inserter(names));
  return names;
}

/// What stands behind the complaint that there is no such database: which there are, and where a
/// driver was looked for.
std::string ways_out(std::string_view name, const std::string &looked) {
  const std::string suggestion = detail::suggestion(name, known_names());
  return suggestion + (looked.empty() ? "" : suggestion.ends_with('?') ? " " : ". ") + looked;
}

} // namespace

const Dialect &dialect(std::string_view name) {
  std::string looked;
  if (const detail::DriverModule *const module = find(name, looked))
    return module->dialect();
  throw ArgumentError("there is no dialect '" + std::string(name) + "'" + ways_out(name, looked));
}

std::unique_ptr<detail::Driver> detail::make_driver(const Url &url) {
  std::string looked;
  if (const DriverModule *const module = find(url.dialect, looked))
    return module->make_driver(url);
  throw ArgumentError("the database URL '" + url.shown + "' names the database '" + url.dialect +
                      "', which this build of declorm does not know" +
                      ways_out(url.dialect, looked));
}

std::vector<std::string> detail::dialect_names() {
  std::vector<std::string> names;
  for (const DriverModule &module : built_in)
    names.emplace_back(module.name);
  return names;
}

std::string detail::url_of_existing(const std::string &url, bool read_only) {
  std::string looked;
  const DriverModule *const module = find(url.substr(0, url.find("://")), looked);
  return module && module->url_of_existing ? module->url_of_existing(url, read_only) : url;
}

} // namespace declorm
