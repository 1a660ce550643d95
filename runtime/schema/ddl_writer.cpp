// ddl_writer.cpp: CREATE TABLE and CREATE INDEX, in the shape SQLAlchemy gives them.
#include "runtime/schema/ddl_writer.h"

#include "declorm/dialect.h"
#include "runtime/engine/suggest.h"
#include "runtime/engine/type_rules.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace declorm {
namespace detail {
namespace {

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

/// A hash (FNV-1a) that is the same in every program.
std::string hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (int shift = 28; shift >= 0; shift -= 4)
    result += digits[hash >> shift & 15];
  return result;
}

/// The constraint with a name: one that is to be dropped by itself needs one.
Constraint named(const Table &table, Constraint constraint) {
  if (!constraint.name.empty())
    return constraint;
  constraint.name = "fk_" + table.name();
  for (const std::string &column : constraint.columns)
    constraint.name += "_" + column;
  return constraint;
}

/// The foreign keys of a table that refer to one of the others.
std::vector<const Constraint *> keys_to(const Table &table, std::span<Table *const> others) {
  std::vector<const Constraint *> keys;
  for (const Constraint &constraint : table.constraints()) {
    if (constraint.kind != ConstraintKind::foreign_key)
      continue;
    const std::string target = ForeignKey(constraint.referred.front()).target_table();
    if (std::ranges::any_of(others,
                            [&](const Table *other) { return other->full_name() == target; }))
      keys.push_back(&constraint);
  }
  return keys;
}

} // namespace

void DdlWriter::check_option(const std::string &name, const std::vector<std::string> &known,
                             const std::string &subject) const {
  const bool is_own = name.starts_with(std::string(dialect_.name()) + "_");
  if (is_own && std::ranges::find(known, name) == known.end())
    throw ArgumentError(subject + " has an unknown option '" + name + "'" +
                        suggestion(name, known));
}

/// Throws ArgumentError for a name of a table or column that the database would cut: two names that
/// differ behind that would become one.
void DdlWriter::check_length(const char *kind, const std::string &name) const {
  const std::size_t limit = dialect_.limits().name_length;
  if (limit != 0 && name.size() > limit)
    throw ArgumentError(std::string(kind) + " '" + name + "' has a name of " +
                        std::to_string(name.size()) + " bytes, and " +
                        std::string(dialect_.name()) + " takes " + std::to_string(limit) +
                        "; give it a shorter one");
}

std::string DdlWriter::quoted_list(const std::vector<std::string> &names) const {
  std::vector<std::string> quoted;
  for (const std::string &name : names)
    quoted.push_back(dialect_.quote(name));
  return join(quoted);
}

std::string DdlWriter::limited_name(std::string_view name) const {
  const std::size_t limit = dialect_.limits().name_length;
  if (limit == 0 || name.size() <= limit)
    return dialect_.quote(name);
  std::size_t kept = limit - 9; // of the hash with its underscore
  while (kept > 0 && (static_cast<unsigned char>(name[kept]) & 0xC0) == 0x80)
    --kept; // not inside of a character
  return dialect_.quote(std::string(name.substr(0, kept)) + "_" + hash_of(name));
}

/// With a leading space, or "".
std::string DdlWriter::constraint_name(const Constraint &constraint) const {
  return constraint.name.empty() ? "" : " CONSTRAINT " + limited_name(constraint.name);
}

std::string DdlWriter::column_type(const Column &column) const {
  if (column.type().kind == TypeKind::null)
    throw ArgumentError("the column " + column.table().full_name() + "." + column.name() +
                        " has no type; give it one, such as Integer or String(50)");
  return dialect_.type_sql(column.type());
}

std::string DdlWriter::identity(const Column &column) const {
  return makes_key(column) ? "GENERATED BY DEFAULT AS IDENTITY" : "";
}

std::string DdlWriter::computed(const Column &column) const {
  // What is not stored is no column of a table to every database.
  return "GENERATED ALWAYS AS (" + *column.computed() + ") STORED";
}

std::string DdlWriter::column_sql(const Column &column) const {
  check_length("the column", column.name());
  std::string sql = dialect_.quote(column.name());
  if (const std::string type = column_type(column); !type.empty())
    sql += " " + type;
  if (!column.collation().empty())
    sql += " COLLATE " + dialect_.quote(column.collation());
  if (const std::string counted = identity(column); !counted.empty())
    sql += " " + counted;
  if (column.server_default()) {
    const std::string value =
        dialect_.type_rules().made_value_sql(column, *column.server_default());
    sql += " DEFAULT " + (is_simple_default(value) ? value : "(" + value + ")");
  }
  if (!column.nullable())
    sql += " " + not_null(column);
  if (const std::string key = inline_key(column); !key.empty())
    sql += constraint_name(column.table().constraints().front()) + " " + key;
  if (column.computed())
    sql += " " + computed(column);
  return sql;
}

std::string DdlWriter::references(const Table &table, const Constraint &constraint) const {
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
                    dialect_.quote_qualified(qualifies_references() ? schema : "", name) + " (" +
                    quoted_list(columns) + ")";
  if (!constraint.on_delete.empty())
    sql += " ON DELETE " + constraint.on_delete;
  if (!constraint.on_update.empty())
    sql += " ON UPDATE " + constraint.on_update;
  if (constraint.deferrable)
    sql += " DEFERRABLE INITIALLY DEFERRED";
  return sql;
}

std::string DdlWriter::constraint_sql(const Table &table, const Constraint &constraint) const {
  std::string sql = constraint_name(constraint);
  if (!sql.empty())
    sql = sql.substr(1) + " ";
  switch (constraint.kind) {
  case ConstraintKind::primary_key:
  case ConstraintKind::unique:
    return sql + key(constraint);
  case ConstraintKind::check:
    return sql + "CHECK (" + constraint.sql + ")";
  case ConstraintKind::foreign_key:
    return sql + "FOREIGN KEY(" + quoted_list(constraint.columns) + ")" +
           references(table, constraint);
  }
  return sql;
}

std::string DdlWriter::key(const Constraint &key) const {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i != key.columns.size(); ++i) {
    std::string &part = parts.emplace_back(dialect_.quote(key.columns[i]));
    if (i >= key.order.size())
      continue;
    if (!key.order[i].collation.empty())
      part += " COLLATE " + dialect_.quote(key.order[i].collation);
    if (key.order[i].descending)
      part += " DESC";
  }
  return (key.kind == ConstraintKind::primary_key ? "PRIMARY KEY (" : "UNIQUE (") + join(parts) +
         ")" + constraint_suffix(key);
}

std::string DdlWriter::create_table(const Table &table,
                                    const std::vector<const Constraint *> &left_out) const {
  if (table.union_definition())
    throw ArgumentError(table.full_name() +
                        " is a union of other tables; create these, there is no table for it");
  if (table.is_view())
    throw ArgumentError(table.full_name() + " is a view, and CREATE TABLE makes none");
  check_length("the table", table.name());
  std::vector<std::string> lines;
  bool has_inline_key = false;
  for (const Column *column : table.columns()) {
    lines.push_back(column_sql(*column));
    has_inline_key = has_inline_key || !inline_key(*column).empty();
  }
  for (const Constraint &constraint : table.constraints())
    if ((constraint.kind != ConstraintKind::primary_key || !has_inline_key) &&
        std::ranges::find(left_out, &constraint) == left_out.end())
      lines.push_back(constraint_sql(table, constraint));
  if (lines.empty())
    throw ArgumentError("the table " + table.full_name() + " has no columns");
  return "CREATE TABLE " + name_of(table) + " (\n\t" + join(lines, ", \n\t") + "\n)" +
         table_suffix(table);
}

std::string DdlWriter::create_index(const Table &table, const Index &wanted) const {
  std::vector<std::string> parts = wanted.expressions;
  for (std::string &part : parts)
    if (std::ranges::find(wanted.columns, part) != wanted.columns.end())
      part = dialect_.quote(part);
  return std::string(wanted.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
         limited_name(wanted.name) + " ON " + name_of(table) + " (" +
         (parts.empty() ? quoted_list(wanted.columns) : join(parts)) + ")" +
         (wanted.where.empty() ? "" : " WHERE " + wanted.where);
}

std::string DdlWriter::add_constraint(const Table &table, const Constraint &constraint) const {
  return "ALTER TABLE " + name_of(table) + " ADD " +
         constraint_sql(table, named(table, constraint));
}

std::string DdlWriter::drop_constraint(const Table &table, const Constraint &constraint) const {
  return "ALTER TABLE " + name_of(table) + " DROP CONSTRAINT " +
         limited_name(named(table, constraint).name);
}

std::string DdlWriter::drop_table(const Table &table) const {
  return "DROP TABLE " + name_of(table);
}

std::vector<std::string> DdlWriter::comments(const Table &table) const {
  std::vector<std::string> statements;
  if (!table.comment().empty())
    statements.push_back("COMMENT ON TABLE " + name_of(table) + " IS " +
                         dialect_.quote_literal(table.comment()));
  for (const Column *column : table.columns())
    if (!column->comment().empty())
      statements.push_back("COMMENT ON COLUMN " + name_of(table) + "." +
                           dialect_.quote(column->name()) + " IS " +
                           dialect_.quote_literal(column->comment()));
  return statements;
}

std::vector<std::string> DdlWriter::create_all(const std::vector<Table *> &tables) const {
  std::vector<std::string> statements, at_end;
  const auto add = [&](std::vector<std::string> more) {
    std::ranges::move(more, std::back_inserter(statements));
  };
  for (std::size_t i = 0; i != tables.size(); ++i) {
    const Table &table = *tables[i];
    std::vector<const Constraint *> later;
    if (alters_constraints()) // tables that are not behind it in the order are there already
      later = keys_to(table, std::span(tables).subspan(i + 1));
    add(create_types(table, {tables.begin(), tables.begin() + std::ptrdiff_t(i)}));
    statements.push_back(create_table(table, later));
    for (const Index &wanted : table.indexes())
      statements.push_back(create_index(table, wanted));
    add(comments(table));
    for (const Constraint *key : later)
      at_end.push_back(add_constraint(table, *key));
  }
  add(std::move(at_end));
  return statements;
}

std::vector<std::string> DdlWriter::drop_all(const std::vector<Table *> &tables,
                                             const std::vector<Table *> &circular) const {
  std::vector<std::string> statements;
  if (!circular.empty() && !alters_constraints())
    statements = empty_all(circular);
  for (std::size_t i = 0; alters_constraints() && i != tables.size(); ++i)
    // A table that goes before another one must not be referred to by that.
    for (const Constraint *key : keys_to(*tables[i], std::span(tables).first(i)))
      statements.push_back(drop_constraint(*tables[i], *key));
  for (const Table *table : tables)
    statements.push_back(drop_table(*table));
  return statements;
}

} // namespace detail

std::string create_sql(const Table &table, const Dialect &dialect) {
  return dialect.ddl().create_table(table);
}

std::string create_sql(const Table &table, const Index &wanted, const Dialect &dialect) {
  return dialect.ddl().create_index(table, wanted);
}

} // namespace declorm
