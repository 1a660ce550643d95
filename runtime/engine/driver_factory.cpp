// driver_factory.cpp: dialects and drivers by name.
#include "runtime/engine/driver_factory.h"

#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/engine/suggest.h"

namespace declorm {
namespace {

struct Entry {
  const char *name;
  const Dialect &(*dialect)();
  std::unique_ptr<detail::Driver> (*make)(const detail::Url &url);
};

constexpr Entry entries[] = {
    {"sqlite", &detail::sqlite_dialect, &detail::make_sqlite_driver},
};

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const Entry &entry : entries)
    names.emplace_back(entry.name);
  return names;
}

} // namespace

const Dialect &dialect(std::string_view name) {
  for (const Entry &entry : entries)
    if (name == entry.name)
      return entry.dialect();
  throw ArgumentError("there is no dialect '" + std::string(name) + "'" +
                      detail::suggestion(name, known_names()));
}

std::unique_ptr<detail::Driver> detail::make_driver(const Url &url) {
  for (const Entry &entry : entries)
    if (url.dialect == entry.name)
      return entry.make(url);
  throw ArgumentError("the database URL '" + url.shown + "' names the database '" + url.dialect +
                      "', which this build of declorm does not know" +
                      suggestion(url.dialect, known_names()));
}

} // namespace declorm
