// compare.cpp: MetaData::compare: reads the tables that there are, schema by schema.
#include "runtime/schema/compare.h"

#include "declorm/engine.h"
#include "runtime/reflection/reflected_tables.h"
#include "runtime/schema/table_list.h"

#include <map>

namespace declorm {
namespace {

/// The tables of one schema, by folded name, and what all of its tables are called.
struct FoundTables {
  MetaData metadata;
  std::map<std::string, const Table *> by_name;
  std::vector<std::string> names;
};

} // namespace

std::vector<Difference> MetaData::compare(const Engine &engine) {
  const std::lock_guard lock(list_->mutex);
  const Dialect &dialect = engine.dialect();
  std::map<std::string, FoundTables> schemas;
  std::vector<Difference> differences;
  for (const auto &table : list_->tables) {
    if (table->is_view())
      continue;
    const auto [it, is_new] = schemas.try_emplace(table->schema());
    FoundTables &found = it->second;
    if (is_new) {
      const detail::TableFilter is_declared = detail::known_tables(*this, it->first, dialect);
      for (detail::ReflectedTable &each :
           detail::read_tables_there(engine, it->first, is_declared, found.names)) {
        const std::string name = dialect.folded_table(each.name.name);
        found.by_name[name] =
            &found.metadata.insert(detail::make_table(found.metadata, std::move(each), it->first));
      }
    }
    const auto same = found.by_name.find(dialect.folded_table(table->name()));
    for (Difference &difference : detail::compare_table(
             *table, same == found.by_name.end() ? nullptr : same->second, found.names, dialect))
      differences.push_back(std::move(difference));
  }
  return differences;
}

} // namespace declorm
