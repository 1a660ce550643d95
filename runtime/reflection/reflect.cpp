// reflect.cpp: MetaData::reflect: which tables are read, and all of them or none.
#include "declorm/engine.h"
#include "runtime/engine/suggest.h"
#include "runtime/reflection/reflected_tables.h"
#include "runtime/schema/table_list.h"

#include <algorithm>
#include <map>
#include <set>

namespace declorm {
namespace detail {
namespace {

/// Which of the tables that there are to read.
class Choice {
public:
  Choice(const Dialect &dialect, const std::vector<TableName> &names) : dialect_(dialect) {
    for (const TableName &name : names) {
      const TableName *&entry = by_name_[dialect.folded_table(name.name)];
      if (!entry || name.temporary) // it hides others of its name, as in statements
        entry = &name;
    }
  }

  bool contains(const TableName &name) const { return chosen_.contains(&name); }
  bool empty() const { return chosen_.empty(); }
  void add(const TableName &name) { chosen_.insert(&name); }
  const TableName *find(std::string_view name) const {
    const auto found = by_name_.find(dialect_.folded_table(name));
    return found == by_name_.end() ? nullptr : found->second;
  }

  /// Adds what chosen tables refer to, and so on, but nothing that `is_known`.
  void follow(const std::vector<TableReference> &references, const TableFilter &is_known) {
    std::multimap<const TableName *, const TableName *> targets;
    for (const TableReference &reference : references)
      if (!reference.referred.empty()) // a table without a name cannot be read
        targets.emplace(find(reference.table), find(reference.referred));
    std::vector<const TableName *> open(chosen_.begin(), chosen_.end());
    while (!open.empty()) {
      const auto [first, last] = targets.equal_range(open.back());
      open.pop_back();
      for (auto it = first; it != last; ++it)
        if (!is_known(*it->second) && chosen_.insert(it->second).second)
          open.push_back(it->second);
    }
  }

private:
  const Dialect &dialect_;
  std::map<std::string, const TableName *> by_name_; ///< folded
  std::set<const TableName *> chosen_;
};

[[noreturn]] void no_such_tables(const std::vector<std::string> &missing,
                                 const std::vector<TableName> &names, const Engine &engine,
                                 const std::string &schema) {
  std::vector<std::string> candidates, parts;
  for (const TableName &name : names)
    candidates.push_back(name.name);
  for (const std::string &name : missing)
    parts.push_back("no table '" + name + "' in " + engine.url() +
                    (schema.empty() ? "" : ", schema " + schema) + suggestion(name, candidates));
  throw NoSuchTableError("there is " + join(parts, "\nthere is "));
}

} // namespace

std::vector<TableName> read_names(const Engine &engine, std::string_view schema) {
  Connection connection = engine.connect();
  return connection.dialect().schema_reader(connection, schema)->names();
}

std::vector<ReflectedTable> read_tables(const Engine &engine, const ReflectOptions &options,
                                        const TableFilter &is_known) {
  Connection connection = engine.connect();
  const std::unique_ptr<SchemaReader> reader =
      connection.dialect().schema_reader(connection, options.schema);
  const std::vector<TableName> names = reader->names();
  Choice choice(connection.dialect(), names);
  for (const TableName &name : names) {
    const bool is_wanted = !name.name.empty() && (name.kind == TableKind::table ||
                                                  (options.views && name.kind == TableKind::view));
    const bool is_here = !name.temporary || !options.schema.empty();
    if (options.only.empty() && is_wanted && is_here && !is_known(name))
      choice.add(name);
  }
  std::vector<std::string> missing;
  for (const std::string &wanted : options.only) {
    const TableName *name = choice.find(wanted);
    if (!name)
      missing.push_back(wanted);
    else if (!is_known(*name))
      choice.add(*name);
  }
  if (!missing.empty())
    no_such_tables(missing, names, engine, options.schema);
  if (choice.empty())
    return {};
  if (!options.only.empty() && options.resolve_foreign_keys)
    choice.follow(reader->references(), is_known);
  std::vector<TableName> chosen;
  for (const TableName &name : names)
    if (choice.contains(name))
      chosen.push_back(name);
  return reader->read(chosen);
}

std::vector<ReflectedTable> read_tables_there(const Engine &engine, const std::string &schema,
                                              const TableFilter &is_wanted,
                                              std::vector<std::string> &names) {
  Connection connection = engine.connect();
  const std::unique_ptr<SchemaReader> reader =
      connection.dialect().schema_reader(connection, schema);
  const std::vector<TableName> all = reader->names();
  const Choice choice(connection.dialect(), all);
  std::vector<TableName> chosen;
  for (const TableName &name : all) {
    names.push_back(name.name);
    if (is_wanted(name) && choice.find(name.name) == &name)
      chosen.push_back(name);
  }
  return chosen.empty() ? std::vector<ReflectedTable>() : reader->read(chosen);
}

TableFilter known_tables(MetaData &metadata, const std::string &schema, const Dialect &dialect) {
  std::set<std::string> known;
  for (const Table *table : metadata.tables())
    if (table->schema() == schema)
      known.insert(dialect.folded_table(table->name()));
  return [known = std::move(known), &dialect](const TableName &name) {
    return known.contains(dialect.folded_table(name.name));
  };
}

} // namespace detail

void MetaData::reflect(const Engine &engine, const ReflectOptions &options) {
  const std::lock_guard lock(list_->mutex);
  const detail::TableFilter is_known =
      detail::known_tables(*this, options.schema, engine.dialect());
  std::vector<std::unique_ptr<Table>> tables;
  for (detail::ReflectedTable &table : detail::read_tables(engine, options, is_known))
    tables.push_back(detail::make_table(*this, std::move(table), options.schema));
  for (std::unique_ptr<Table> &table : tables)
    insert(std::move(table));
}

} // namespace declorm
