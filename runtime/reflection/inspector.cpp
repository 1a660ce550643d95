// inspector.cpp: Inspector: one table at a time.
#include "declorm/reflection.h"

#include "runtime/reflection/reflected_tables.h"

#include <algorithm>

namespace declorm {
namespace {

using detail::ReflectedTable;
using detail::TableKind;
using detail::TableName;

ReflectedTable read(const Engine &engine, std::string_view table, std::string_view schema) {
  const ReflectOptions options{
      .only = {std::string(table)}, .schema = std::string(schema), .resolve_foreign_keys = false};
  return std::move(
      detail::read_tables(engine, options, [](const TableName &) { return false; }).front());
}

std::vector<std::string> names(const Engine &engine, std::string_view schema, TableKind kind) {
  std::vector<std::string> result;
  for (TableName &name : detail::read_names(engine, schema))
    if (name.kind == kind && (!name.temporary || !schema.empty()))
      result.push_back(std::move(name.name));
  return result;
}

} // namespace

std::vector<std::string> Inspector::table_names(std::string_view schema) const {
  return names(engine_, schema, TableKind::table);
}

std::vector<std::string> Inspector::view_names(std::string_view schema) const {
  return names(engine_, schema, TableKind::view);
}

bool Inspector::has_table(std::string_view name, std::string_view schema) const {
  const Dialect &dialect = engine_.dialect();
  return std::ranges::any_of(detail::read_names(engine_, schema), [&](const TableName &each) {
    return dialect.folded_table(each.name) == dialect.folded_table(name);
  });
}

std::vector<ReflectedColumn> Inspector::columns(std::string_view table,
                                                std::string_view schema) const {
  return read(engine_, table, schema).columns;
}

ReflectedKey Inspector::primary_key(std::string_view table, std::string_view schema) const {
  return read(engine_, table, schema).primary_key;
}

std::vector<ReflectedForeignKey> Inspector::foreign_keys(std::string_view table,
                                                         std::string_view schema) const {
  return read(engine_, table, schema).foreign_keys;
}

std::vector<ReflectedIndex> Inspector::indexes(std::string_view table,
                                               std::string_view schema) const {
  return read(engine_, table, schema).indexes;
}

std::vector<ReflectedKey> Inspector::unique_constraints(std::string_view table,
                                                        std::string_view schema) const {
  return read(engine_, table, schema).unique_constraints;
}

std::vector<ReflectedCheck> Inspector::check_constraints(std::string_view table,
                                                         std::string_view schema) const {
  return read(engine_, table, schema).check_constraints;
}

} // namespace declorm
