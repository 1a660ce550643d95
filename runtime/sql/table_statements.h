// table_statements.h: INSERT, UPDATE and DELETE of rows of a table, whose values come later.
//
// Who writes many rows by one statement makes its text here once. The texts are those that
// insert<T>(), update<T>() and delete_<T>() have, because SqlWriter writes all of them.
#ifndef DECLORM_SQL_TABLE_STATEMENTS_H
#define DECLORM_SQL_TABLE_STATEMENTS_H

#include "declorm/schema.h"
#include "runtime/sql/node.h"

#include <span>

namespace declorm::detail {

/// A column and what a statement writes into it, or compares it with.
struct ColumnSql {
  const Column *column = nullptr;
  /// SQL that the database computes the value of, as a `default_sql` says it; "" : a parameter.
  std::string made_by = {};
};

/// What the database computes the value of a column by, as a `default_sql` says it.
NodePtr made_by_sql(const Column &column, const std::string &sql, const Dialect &dialect);

/// A node for a parameter whose value is bound when the statement is executed.
NodePtr parameter_node();

/// The statements have their parameters in the order of `columns`, then of `key`. Columns that are
/// `returned` come back from the row in that order, by RETURNING. An INSERT without columns makes a
/// row of defaults. `if_free`: it inserts nothing where a row has one of its unique values.
std::string insert_sql(const Table &table, std::span<const ColumnSql> columns,
                       std::span<const Column *const> returned, const Dialect &dialect,
                       bool if_free = false);
std::string update_sql(const Table &table, std::span<const ColumnSql> columns,
                       std::span<const Column *const> key, std::span<const Column *const> returned,
                       const Dialect &dialect);
std::string delete_sql(const Table &table, std::span<const Column *const> key,
                       const Dialect &dialect);
std::string select_sql(const Table &table, std::span<const Column *const> columns,
                       std::span<const Column *const> key, const Dialect &dialect);

} // namespace declorm::detail

#endif // DECLORM_SQL_TABLE_STATEMENTS_H
