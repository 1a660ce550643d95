// reflected_tables.cpp: one table of the database as a Table.
#include "runtime/reflection/reflected_tables.h"

namespace declorm::detail {
namespace {

Column make_column(const ReflectedColumn &reflected) {
  Column column(reflected.name, reflected.type);
  if (!reflected.nullable)
    column.apply(ColumnFlag::not_null);
  if (reflected.default_value)
    column.apply(server_default(*reflected.default_value));
  if (reflected.computed)
    column.apply(computed(*reflected.computed, reflected.stored));
  if (!reflected.collation.empty())
    column.apply(collation(reflected.collation));
  return column;
}

ForeignKeyOptions options_of(const ReflectedForeignKey &key) {
  return {.on_delete = key.on_delete,
          .on_update = key.on_update,
          .deferrable = key.deferrable,
          .name = key.name.value_or("")};
}

/// "table.column" for each column. Where none are named and the table has no such key, the names of
/// the columns that refer are as good as any: using it says that there is no such column.
std::vector<std::string> targets_of(const ReflectedForeignKey &key) {
  const std::string table = key.referred_schema.empty()
                                ? key.referred_table
                                : key.referred_schema + "." + key.referred_table;
  std::vector<std::string> targets;
  for (const std::string &column :
       key.referred_columns.empty() ? key.columns : key.referred_columns)
    targets.push_back(table + "." + column);
  return targets;
}

} // namespace

std::unique_ptr<Table> make_table(MetaData &metadata, const ReflectedTable &reflected,
                                  const std::string &schema) {
  std::unique_ptr<Table> table = metadata.new_table(reflected.name.name, schema);
  if (reflected.name.kind != TableKind::table)
    table->append(view);
  for (const ReflectedColumn &each : reflected.columns) {
    Column column = make_column(each);
    if (reflected.primary_key.columns == std::vector{each.name}) {
      if (!reflected.makes_key)
        column.apply(autoincrement(false));
      else if (reflected.always_makes_key) // though it refers to another one
        column.apply(autoincrement(true));
    }
    table->append(std::move(column));
  }
  if (!reflected.primary_key.columns.empty())
    table->append(PrimaryKeyConstraint(reflected.primary_key.columns,
                                       reflected.primary_key.name.value_or("")));
  for (const ReflectedKey &key : reflected.unique_constraints)
    table->append(UniqueConstraint(key.columns, key.name.value_or("")));
  for (const ReflectedForeignKey &key : reflected.foreign_keys)
    table->append(ForeignKeyConstraint(key.columns, targets_of(key), options_of(key)));
  for (const ReflectedCheck &check : reflected.check_constraints)
    table->append(CheckConstraint(check.sql, check.name.value_or("")));
  for (const Index &each : reflected.indexes)
    table->append(each);
  for (const TableOption &option : reflected.options)
    table->append(option);
  return table;
}

} // namespace declorm::detail
