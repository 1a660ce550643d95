// metadata.cpp: MetaData: a set of tables, and creating and dropping them.
#include "declorm/schema.h"

#include "declorm/engine.h"
#include "runtime/engine/suggest.h"
#include "runtime/schema/ddl.h"

#include <algorithm>
#include <map>
#include <set>

namespace declorm {
namespace {

/// Which tables a database has.
class ExistingTables {
public:
  explicit ExistingTables(Connection &connection) : connection_(connection) {}

  /// One query per schema.
  bool has(const Table &table) {
    const auto [it, fresh] = by_schema_.try_emplace(table.schema());
    const Dialect &dialect = connection_.dialect();
    if (fresh)
      for (const Row &row : connection_.execute(dialect.table_names_sql(table.schema())))
        it->second.insert(row[std::size_t{0}].as<std::string>());
    return it->second.contains(dialect.folded(table.name()));
  }

private:
  Connection &connection_;
  std::map<std::string, std::set<std::string>> by_schema_;
};

} // namespace

MetaData::MetaData() = default;
MetaData::~MetaData() = default;

Table *MetaData::find_table(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

Table &MetaData::table(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (Table *table = find_table(name))
    return *table;
  std::vector<std::string> names;
  for (const auto &table : tables_)
    names.push_back(table->full_name());
  throw NoSuchTableError("there is no table '" + std::string(name) + "' in the MetaData" +
                         detail::suggestion(name, names));
}

std::vector<Table *> MetaData::tables() {
  const std::lock_guard lock(mutex_);
  std::vector<Table *> result;
  for (const auto &table : tables_)
    result.push_back(table.get());
  return result;
}

Table &MetaData::insert(std::unique_ptr<Table> table) {
  const std::lock_guard lock(mutex_);
  if (find_table(table->full_name()))
    throw InvalidRequestError("the MetaData has a table '" + table->full_name() +
                              "' already; table(\"" + table->full_name() + "\") gives it");
  tables_.push_back(std::move(table));
  by_name_.emplace(tables_.back()->full_name(), tables_.back().get());
  return *tables_.back();
}

void MetaData::remove(const Table &table) {
  const std::lock_guard lock(mutex_);
  by_name_.erase(table.full_name());
  std::erase_if(tables_, [&](const auto &known) { return known.get() == &table; });
}

void MetaData::clear() {
  const std::lock_guard lock(mutex_);
  by_name_.clear();
  unions_.clear();
  tables_.clear();
}

std::vector<Table *> MetaData::sorted_tables() {
  const std::lock_guard lock(mutex_);
  detail::TableOrder order = detail::order_by_dependency(tables());
  if (order.circle.empty())
    return std::move(order.sorted);
  std::vector<std::string> names;
  for (const Table *table : order.circle)
    names.push_back(table->full_name());
  names.push_back(names.front());
  throw CircularDependencyError("tables refer to each other in a circle: " +
                                detail::join(names, " -> "));
}

void MetaData::create_all(const Engine &engine) {
  const std::lock_guard lock(mutex_);
  const std::vector<Table *> order = detail::order_by_dependency(tables()).sorted;
  if (order.empty())
    return;
  engine.begin([&](Connection &connection) {
    ExistingTables existing(connection);
    std::vector<Table *> missing;
    for (Table *table : order)
      if (!table->is_view() && !existing.has(*table))
        missing.push_back(table);
    for (const Table *table : missing) {
      connection.execute(create_sql(*table, connection.dialect()));
      for (const Index &wanted : table->indexes())
        connection.execute(create_sql(*table, wanted, connection.dialect()));
    }
  });
}

void MetaData::drop_all(const Engine &engine) {
  const std::lock_guard lock(mutex_);
  const detail::TableOrder order = detail::order_by_dependency(tables());
  if (order.sorted.empty())
    return;
  engine.begin([&](Connection &connection) {
    const Dialect &dialect = connection.dialect();
    ExistingTables existing(connection);
    std::vector<Table *> present;
    for (auto it = order.sorted.rbegin(); it != order.sorted.rend(); ++it)
      if (!(*it)->is_view() && existing.has(**it))
        present.push_back(*it);
    // Rows that refer to each other in a circle have to go together, before their tables.
    std::vector<Table *> circular;
    for (Table *table : present)
      if (std::ranges::find(order.circular, table) != order.circular.end())
        circular.push_back(table);
    if (!circular.empty()) {
      if (const std::string defer = dialect.defer_foreign_keys_sql(); !defer.empty())
        connection.execute(defer);
      for (const Table *table : circular)
        connection.execute("DELETE FROM " +
                           dialect.quote_qualified(table->schema(), table->name()));
    }
    for (const Table *table : present)
      connection.execute(detail::drop_sql(*table, dialect));
  });
}

std::string create_all_sql(MetaData &metadata, const Dialect &dialect) {
  std::string sql;
  for (const Table *table : detail::order_by_dependency(metadata.tables()).sorted) {
    if (table->is_view())
      continue;
    sql += create_sql(*table, dialect) + ";\n";
    for (const Index &wanted : table->indexes())
      sql += create_sql(*table, wanted, dialect) + ";\n";
  }
  return sql;
}

} // namespace declorm
