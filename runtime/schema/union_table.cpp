// union_table.cpp: the SELECTs of a union.
#include "runtime/schema/union_table.h"

#include "declorm/dialect.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {

namespace {

std::string literal_sql(const Value &identity, const Dialect &dialect) {
  if (const auto *text = std::get_if<std::string>(&identity.data()))
    return dialect.quote_literal(*text);
  return std::to_string(identity.as<std::int64_t>());
}

std::string part_sql(const Table &table, const UnionPart &part, const Dialect &dialect) {
  const UnionDefinition &definition = *table.union_definition();
  const std::string name = dialect.quote_qualified(part.table->schema(), part.table->name());
  std::vector<std::string> items;
  for (const auto &column : table.owned_columns()) {
    const std::string column_name = dialect.quote(column->name());
    if (column->name() == definition.type_column && !part.identity.is_null())
      items.push_back(literal_sql(part.identity, dialect) + " AS " + column_name);
    else if (part.table->find_column(column->name()))
      items.push_back(name + "." + column_name);
    else if (definition.options.cast_nulls && column->type().kind != TypeKind::null)
      items.push_back("CAST(NULL AS " + column->type().sql(dialect) + ") AS " + column_name);
    else
      items.push_back("NULL AS " + column_name);
  }
  return "SELECT " + join(items) + " FROM " + from_sql(*part.table, dialect);
}

} // namespace

std::string from_sql(const Table &table, const Dialect &dialect, std::string_view alias) {
  const std::string name = dialect.quote_qualified(table.schema(), table.name());
  const UnionDefinition *definition = table.union_definition();
  if (!definition)
    return alias.empty() ? name : name + " AS " + dialect.quote(alias);
  std::vector<std::string> parts;
  for (const UnionPart &part : definition->parts)
    parts.push_back(part_sql(table, part, dialect));
  return "(" + join(parts, " UNION ALL ") + ") AS " + (alias.empty() ? name : dialect.quote(alias));
}

void add_tables_of(const Table &table, std::vector<const Table *> &tables) {
  const UnionDefinition *definition = table.union_definition();
  if (!definition)
    return tables.push_back(&table);
  for (const UnionPart &part : definition->parts)
    add_tables_of(*part.table, tables);
}

const Column *column_in_union(const Table &table, const Column &column) {
  if (!table.union_definition())
    return nullptr;
  std::vector<const Table *> parts, wanted;
  add_tables_of(table, parts);
  add_tables_of(column.table(), wanted);
  const bool has_all = std::ranges::all_of(
      wanted, [&](const Table *part) { return std::ranges::find(parts, part) != parts.end(); });
  return has_all ? table.find_column(column.name()) : nullptr;
}

} // namespace declorm::detail
