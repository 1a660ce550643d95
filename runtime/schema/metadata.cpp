// metadata.cpp: MetaData: a set of tables, and creating and dropping them.
#include "declorm/schema.h"

#include "declorm/engine.h"
#include "runtime/engine/suggest.h"
#include "runtime/schema/ddl_writer.h"
#include "runtime/schema/table_list.h"

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
      for (const Row &row : connection_.execute(dialect.ddl().table_names(table.schema())))
        it->second.insert(row[std::size_t{0}].as<std::string>());
    return it->second.contains(dialect.folded_table(table.name()));
  }

private:
  Connection &connection_;
  std::map<std::string, std::set<std::string>> by_schema_;
};

} // namespace

MetaData::MetaData() : list_(new detail::TableList) {}
MetaData::~MetaData() {
  if (list_->at_end)
    list_->at_end(*this);
}

void MetaData::at_end(void (*function)(const MetaData &ended)) {
  const std::lock_guard lock(list_->mutex);
  list_->at_end = function;
}

std::unique_ptr<Table> MetaData::new_table(std::string name, std::string schema_name) {
  return std::unique_ptr<Table>(new Table(*this, std::move(name), std::move(schema_name)));
}

Table *MetaData::find_table(std::string_view name) {
  const std::lock_guard lock(list_->mutex);
  const auto found = list_->by_name.find(name);
  return found == list_->by_name.end() ? nullptr : found->second;
}

Table &MetaData::table(std::string_view name) {
  const std::lock_guard lock(list_->mutex);
  if (Table *table = find_table(name))
    return *table;
  std::vector<std::string> names;
  for (const auto &table : list_->tables)
    names.push_back(table->full_name());
  throw NoSuchTableError("there is no table '" + std::string(name) + "' in the MetaData" +
                         detail::suggestion(name, names));
}

std::vector<Table *> MetaData::tables() {
  const std::lock_guard lock(list_->mutex);
  std::vector<Table *> result;
  for (const auto &table : list_->tables)
    result.push_back(table.get());
  return result;
}

Table &MetaData::insert(std::unique_ptr<Table> table) {
  const std::lock_guard lock(list_->mutex);
  if (find_table(table->full_name()))
    throw InvalidRequestError("the MetaData has a table '" + table->full_name() +
                              "' already; table(\"" + table->full_name() + "\") gives it");
  list_->tables.push_back(std::move(table));
  list_->by_name.emplace(list_->tables.back()->full_name(), list_->tables.back().get());
  return *list_->tables.back();
}

void MetaData::remove(const Table &table) {
  const std::lock_guard lock(list_->mutex);
  list_->by_name.erase(table.full_name());
  std::erase_if(list_->tables, [&](const auto &known) { return known.get() == &table; });
}

void MetaData::clear() {
  const std::lock_guard lock(list_->mutex);
  list_->by_name.clear();
  list_->unions.clear();
  list_->tables.clear();
}

std::vector<Table *> MetaData::sorted_tables() {
  const std::lock_guard lock(list_->mutex);
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
  const std::lock_guard lock(list_->mutex);
  const std::vector<Table *> order = detail::order_by_dependency(tables()).sorted;
  if (order.empty())
    return;
  engine.begin([&](Connection &connection) {
    ExistingTables existing(connection);
    std::vector<Table *> missing;
    for (Table *table : order)
      if (!table->is_view() && !existing.has(*table))
        missing.push_back(table);
    for (const std::string &sql : connection.dialect().ddl().create_all(missing))
      connection.execute(sql);
  });
}

void MetaData::drop_all(const Engine &engine) {
  const std::lock_guard lock(list_->mutex);
  const detail::TableOrder order = detail::order_by_dependency(tables());
  if (order.sorted.empty())
    return;
  engine.begin([&](Connection &connection) {
    ExistingTables existing(connection);
    std::vector<Table *> present;
    for (auto it = order.sorted.rbegin(); it != order.sorted.rend(); ++it)
      if (!(*it)->is_view() && existing.has(**it))
        present.push_back(*it);
    std::vector<Table *> circular;
    for (Table *table : present)
      if (std::ranges::find(order.circular, table) != order.circular.end())
        circular.push_back(table);
    for (const std::string &sql : connection.dialect().ddl().drop_all(present, circular))
      connection.execute(sql);
  });
}

std::string create_all_sql(MetaData &metadata, const Dialect &dialect) {
  std::vector<Table *> tables = detail::order_by_dependency(metadata.tables()).sorted;
  std::erase_if(tables, [](const Table *table) { return table->is_view(); });
  std::string sql;
  for (const std::string &statement : dialect.ddl().create_all(tables))
    sql += statement + ";\n";
  return sql;
}

} // namespace declorm
