// sqlite_ddl_writer.cpp: SQLite's CREATE TABLE, with its options.
#include "runtime/dialect/sqlite/sqlite_ddl_writer.h"

#include "declorm/dialect.h"
#include "runtime/ascii.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {
namespace {

using declorm::Type; // not the registration's

const std::vector<std::string> table_options{"sqlite_autoincrement", "sqlite_with_rowid",
                                             "sqlite_strict"};
const std::vector<std::string> constraint_options{"sqlite_on_conflict"};
const std::vector<std::string> column_options{"sqlite_on_conflict_not_null"};

/// " ON CONFLICT IGNORE"; "" for ABORT, which is what happens if nothing is said.
std::string conflict_sql(const std::optional<std::string> &option, const std::string &subject) {
  if (!option)
    return "";
  const std::string upper = ascii_upper(*option);
  for (const char *known : {"ROLLBACK", "FAIL", "IGNORE", "REPLACE"})
    if (upper == known)
      return " ON CONFLICT " + upper;
  if (upper == "ABORT")
    return "";
  throw ArgumentError(subject + " has ON CONFLICT '" + *option +
                      "'; write ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
}

bool is_on(const Table &table, std::string_view name, bool by_default) {
  const std::optional<std::string> value = table.option(name);
  if (!value)
    return by_default;
  const std::string lower = ascii_lower(*value);
  for (const char *yes : {"true", "on", "1", "yes"})
    if (lower == yes)
      return true;
  for (const char *no : {"false", "off", "0", "no"})
    if (lower == no)
      return false;
  throw ArgumentError("the option " + std::string(name) + " of table " + table.full_name() +
                      " is '" + *value + "'; write \"true\" or \"false\"");
}

/// STRICT tables know five types only.
std::string strict_type(const Type &type) {
  switch (type.kind) {
  case TypeKind::integer:
  case TypeKind::small_integer:
  case TypeKind::big_integer:
  case TypeKind::boolean:
  case TypeKind::interval:
    return "INTEGER";
  case TypeKind::float_:
  case TypeKind::double_:
    return "REAL";
  case TypeKind::large_binary:
    return "BLOB";
  case TypeKind::numeric:
    return type.exact ? "TEXT" : "ANY";
  default:
    return "TEXT";
  }
}

} // namespace

std::string SqliteDdlWriter::column_type(const Column &column) const {
  const std::string own = DdlWriter::column_type(column); // refuses what has none
  const std::string subject = "the column " + column.table().full_name() + "." + column.name();
  check_options(column.options(), column_options, subject);
  if (column.autoincrement())
    return "INTEGER"; // SMALLINT would not make the key
  const bool strict = column.type().name.empty() && is_on(column.table(), "sqlite_strict", false);
  const std::string type = strict ? strict_type(column.type()) : own;
  const bool compares_digits = column.type().exact && column.collation().empty();
  return compares_digits ? type + " COLLATE decimal" : type;
}

/// Only there AUTOINCREMENT may stand, and only there DESC keeps an INTEGER from being the number
/// of the row.
std::string SqliteDdlWriter::inline_key(const Column &column) const {
  if (!column.primary_key() || column.table().primary_key().size() != 1)
    return "";
  const bool counts =
      column.autoincrement() && is_on(column.table(), "sqlite_autoincrement", false);
  const Constraint &key = column.table().constraints().front();
  const bool descends = !key.order.empty() && key.order.front().descending &&
                        key.order.front().collation.empty() && !column.autoincrement() &&
                        ascii_lower(column_type(column)) == "integer";
  if (!counts && !descends)
    return "";
  return std::string("PRIMARY KEY") + (descends ? " DESC" : "") + constraint_suffix(key) +
         (counts ? " AUTOINCREMENT" : "");
}

std::string SqliteDdlWriter::not_null(const Column &column) const {
  return "NOT NULL" +
         conflict_sql(column.option("sqlite_on_conflict_not_null"),
                      "the column " + column.table().full_name() + "." + column.name());
}

std::string SqliteDdlWriter::constraint_suffix(const Constraint &constraint) const {
  const std::string subject =
      (constraint.kind == ConstraintKind::primary_key ? "the primary key (" : "the constraint (") +
      join(constraint.columns) + ")";
  check_options(constraint.options, constraint_options, subject);
  return conflict_sql(constraint.option("sqlite_on_conflict"), subject);
}

std::string SqliteDdlWriter::table_suffix(const Table &table) const {
  check_options(table.options(), table_options, "the table " + table.full_name());
  std::string suffix;
  if (!is_on(table, "sqlite_with_rowid", true))
    suffix += " WITHOUT ROWID";
  if (is_on(table, "sqlite_strict", false))
    suffix += suffix.empty() ? " STRICT" : ", STRICT";
  return suffix;
}

bool SqliteDdlWriter::makes_key(const Column &column) const {
  return column.autoincrement() && is_on(column.table(), "sqlite_with_rowid", true);
}

std::string SqliteDdlWriter::computed(const Column &column) const {
  return "GENERATED ALWAYS AS (" + *column.computed() +
         (column.computed_stored() ? ") STORED" : ")");
}

/// The schema stands at the index, because its table cannot be in another one.
std::string SqliteDdlWriter::create_index(const Table &table, const Index &wanted) const {
  return std::string(wanted.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
         dialect_.quote_qualified(table.schema(), wanted.name) + " ON " +
         dialect_.quote(table.name()) + " (" +
         (wanted.expressions.empty() ? quoted_list(wanted.columns) : join(wanted.expressions)) +
         ")" + (wanted.where.empty() ? "" : " WHERE " + wanted.where);
}

std::string SqliteDdlWriter::table_names(std::string_view schema) const {
  if (!schema.empty())
    return "SELECT lower(name) FROM " + dialect_.quote(schema) +
           ".sqlite_master WHERE type IN ('table', 'view')";
  return "SELECT lower(name) FROM (SELECT name, type FROM sqlite_master UNION ALL SELECT name, "
         "type FROM sqlite_temp_master) WHERE type IN ('table', 'view')";
}

/// Rows that refer to each other in a circle have to go together, before their tables.
std::vector<std::string> SqliteDdlWriter::empty_all(const std::vector<Table *> &tables) const {
  std::vector<std::string> statements{"PRAGMA defer_foreign_keys = ON"};
  for (const Table *table : tables)
    statements.push_back("DELETE FROM " + name_of(*table));
  return statements;
}

} // namespace declorm::detail
