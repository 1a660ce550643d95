// table_statements.cpp: the parts of statements for rows of a table.
#include "runtime/sql/table_statements.h"

#include "declorm/dialect.h"
#include "runtime/engine/type_rules.h"
#include "runtime/sql/select_data.h"
#include "runtime/sql/sql_writer.h"

namespace declorm::detail {
namespace {

NodePtr node_of(const ColumnSql &column, const Dialect &dialect) {
  return column.made_by.empty() ? parameter_node()
                                : made_by_sql(*column.column, column.made_by, dialect);
}

WriteData written(WriteKind kind, const Table &table, std::span<const ColumnSql> columns,
                  std::span<const Column *const> returned, const Dialect &dialect) {
  WriteData write;
  write.kind = kind;
  write.table = &table;
  std::vector<Assignment> &row = write.rows.emplace_back();
  for (const ColumnSql &column : columns)
    row.push_back({column_node(*column.column), node_of(column, dialect)});
  for (const Column *column : returned)
    write.returning.push_back({column_node(*column), {}});
  return write;
}

NodePtr is_key(std::span<const Column *const> key) {
  NodePtr condition;
  for (const Column *column : key)
    condition =
        both(condition, binary_node(Operator::equal, column_node(*column), parameter_node()));
  return condition;
}

} // namespace

NodePtr made_by_sql(const Column &column, const std::string &sql, const Dialect &dialect) {
  return std::make_shared<const Node>(
      Node{VerbatimNode{"(" + dialect.type_rules().made_value_sql(column, sql) + ")"}});
}

NodePtr parameter_node() {
  static const NodePtr node = std::make_shared<const Node>(Node{ParameterNode{}});
  return node;
}

std::string insert_sql(const Table &table, std::span<const ColumnSql> columns,
                       std::span<const Column *const> returned, const Dialect &dialect,
                       bool if_free) {
  WriteData write = written(WriteKind::insert, table, columns, returned, dialect);
  write.conflict = if_free ? Conflict::do_nothing : Conflict::none;
  return compile(write, dialect).sql;
}

std::string update_sql(const Table &table, std::span<const ColumnSql> columns,
                       std::span<const Column *const> key, std::span<const Column *const> returned,
                       const Dialect &dialect) {
  WriteData write = written(WriteKind::update, table, columns, returned, dialect);
  write.where = is_key(key);
  return compile(write, dialect).sql;
}

std::string delete_sql(const Table &table, std::span<const Column *const> key,
                       const Dialect &dialect) {
  WriteData write;
  write.kind = WriteKind::remove;
  write.table = &table;
  write.where = is_key(key);
  return compile(write, dialect).sql;
}

std::string select_sql(const Table &table, std::span<const Column *const> columns,
                       std::span<const Column *const> key, const Dialect &dialect) {
  SelectData select;
  for (const Column *column : columns)
    select.items.push_back({column_node(*column), {}});
  select.from.push_back({.table = &table});
  select.where = is_key(key);
  return compile(select, dialect).sql;
}

} // namespace declorm::detail
