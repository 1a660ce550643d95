// ddl.cpp: CREATE TABLE and CREATE INDEX, in the shape SQLAlchemy gives them.
#include "declorm/schema.h"

#include "declorm/dialect.h"
#include "runtime/engine/suggest.h"
#include "runtime/schema/ddl.h"

#include <algorithm>

namespace declorm {
namespace detail {
namespace {

std::string quoted_list(const std::vector<std::string> &names, const Dialect &dialect) {
  std::vector<std::string> quoted;
  for (const std::string &name : names)
    quoted.push_back(dialect.quote(name));
  return join(quoted);
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

/// Whether `sql` is one literal or one expression in parentheses, and nothing behind it.
bool is_enclosed(std::string_view sql) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (c == '\'' || c == '"') { // a doubled quote is the end of one text and the start of another
      i = sql.find(c, i + 1);
      if (i == std::string_view::npos)
        return false;
      if (i + 1 < sql.size() && sql[i + 1] == c)
        continue;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth) {
      --depth;
    }
    if (depth == 0)
      return i + 1 == sql.size();
  }
  return false;
}

/// Whether `sql` is one literal or name, or stands in parentheses: an expression needs them.
bool is_simple_default(std::string_view sql) {
  if (sql.starts_with('(') || sql.starts_with('\'') || sql.starts_with('"'))
    return is_enclosed(sql);
  if (sql.starts_with('-') || sql.starts_with('+'))
    sql.remove_prefix(1);
  return !sql.empty() && std::ranges::all_of(sql, is_word_char);
}

/// With a leading space, or "".
std::string constraint_name_sql(const Constraint &constraint, const Dialect &dialect) {
  return constraint.name.empty() ? "" : " CONSTRAINT " + dialect.quote(constraint.name);
}

std::string column_sql(const Column &column, const Dialect &dialect) {
  std::string sql = dialect.quote(column.name());
  if (const std::string type = dialect.column_type_sql(column); !type.empty())
    sql += " " + type;
  if (!column.collation().empty())
    sql += " COLLATE " + dialect.quote(column.collation());
  if (column.server_default()) {
    const std::string value = dialect.made_value_sql(column, *column.server_default());
    sql += " DEFAULT " + (is_simple_default(value) ? value : "(" + value + ")");
  }
  if (!column.nullable())
    sql += " " + dialect.not_null_sql(column);
  if (const std::string key = dialect.inline_key_sql(column); !key.empty())
    sql += constraint_name_sql(column.table().constraints().front(), dialect) + " " + key;
  if (const auto &expression = column.computed())
    sql += " GENERATED ALWAYS AS (" + *expression + (column.computed_stored() ? ") STORED" : ")");
  return sql;
}

std::string references_sql(const Table &table, const Constraint &constraint,
                           const Dialect &dialect) {
  const std::string target = ForeignKey(constraint.referred.front()).target_table();
  const std::size_t dot = target.rfind('.');
  std::string name = dot == std::string::npos ? target : target.substr(dot + 1);
  std::string schema = dot == std::string::npos ? "" : target.substr(0, dot);
  if (const Table *known = table.metadata().find_table(target)) { // a name may have a dot in it
    name = known->name();
    schema = known->schema();
  }
  std::vector<std::string> columns;
  for (const std::string &referred : constraint.referred)
    columns.push_back(ForeignKey(referred).target_column());
  std::string sql = " REFERENCES " +
                    dialect.quote_qualified(dialect.qualifies_references() ? schema : "", name) +
                    " (" + quoted_list(columns, dialect) + ")";
  if (!constraint.on_delete.empty())
    sql += " ON DELETE " + constraint.on_delete;
  if (!constraint.on_update.empty())
    sql += " ON UPDATE " + constraint.on_update;
  if (constraint.deferrable)
    sql += " DEFERRABLE INITIALLY DEFERRED";
  return sql;
}

std::string constraint_sql(const Table &table, const Constraint &constraint,
                           const Dialect &dialect) {
  std::string sql = constraint_name_sql(constraint, dialect);
  if (!sql.empty())
    sql = sql.substr(1) + " ";
  switch (constraint.kind) {
  case ConstraintKind::primary_key:
  case ConstraintKind::unique:
    return sql + key_sql(constraint, dialect);
  case ConstraintKind::check:
    return sql + "CHECK (" + constraint.sql + ")";
  case ConstraintKind::foreign_key:
    return sql + "FOREIGN KEY(" + quoted_list(constraint.columns, dialect) + ")" +
           references_sql(table, constraint, dialect);
  }
  return sql;
}

} // namespace

std::string key_sql(const Constraint &key, const Dialect &dialect) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i != key.columns.size(); ++i) {
    std::string &part = parts.emplace_back(dialect.quote(key.columns[i]));
    if (i >= key.order.size())
      continue;
    if (!key.order[i].collation.empty())
      part += " COLLATE " + dialect.quote(key.order[i].collation);
    if (key.order[i].descending)
      part += " DESC";
  }
  return (key.kind == ConstraintKind::primary_key ? "PRIMARY KEY (" : "UNIQUE (") + join(parts) +
         ")" + dialect.constraint_suffix_sql(key);
}

std::string drop_sql(const Table &table, const Dialect &dialect) {
  return "DROP TABLE " + dialect.quote_qualified(table.schema(), table.name());
}

} // namespace detail

std::string create_sql(const Table &table, const Dialect &dialect) {
  if (table.union_definition())
    throw ArgumentError(table.full_name() +
                        " is a union of other tables; create these, there is no table for it");
  if (table.is_view())
    throw ArgumentError(table.full_name() + " is a view, and CREATE TABLE makes none");
  std::vector<std::string> lines;
  bool inline_key = false;
  for (const Column *column : table.columns()) {
    lines.push_back(detail::column_sql(*column, dialect));
    inline_key = inline_key || !dialect.inline_key_sql(*column).empty();
  }
  for (const Constraint &constraint : table.constraints())
    if (constraint.kind != ConstraintKind::primary_key || !inline_key)
      lines.push_back(detail::constraint_sql(table, constraint, dialect));
  if (lines.empty())
    throw ArgumentError("the table " + table.full_name() + " has no columns");
  return "CREATE TABLE " + dialect.quote_qualified(table.schema(), table.name()) + " (\n\t" +
         detail::join(lines, ", \n\t") + "\n)" + dialect.table_suffix_sql(table);
}

std::string create_sql(const Table &table, const Index &wanted, const Dialect &dialect) {
  // Where a statement names the schema only once, it does so at the index.
  const bool at_table = dialect.qualifies_references();
  return std::string(wanted.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
         dialect.quote_qualified(at_table ? "" : table.schema(), wanted.name) + " ON " +
         dialect.quote_qualified(at_table ? table.schema() : "", table.name()) + " (" +
         (wanted.expressions.empty() ? detail::quoted_list(wanted.columns, dialect)
                                     : detail::join(wanted.expressions)) +
         ")" + (wanted.where.empty() ? "" : " WHERE " + wanted.where);
}

} // namespace declorm
