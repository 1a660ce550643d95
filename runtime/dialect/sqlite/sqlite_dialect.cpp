// sqlite_dialect.cpp: how SQLite spells types, names and tables.
#include "runtime/dialect/sqlite/sqlite.h"

#include "declorm/schema.h"
#include "runtime/dialect/sqlite/sqlite_reflection.h"
#include "runtime/dialect/sqlite/sqlite_times.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {
namespace {

using declorm::Type; // not the registration's

/// The words that SQLAlchemy quotes for SQLite, and those that SQLite itself needs quoted.
constexpr std::string_view reserved_words[] = {
    "add",          "after",
    "all",          "alter",
    "analyze",      "and",
    "as",           "asc",
    "attach",       "autoincrement",
    "before",       "begin",
    "between",      "by",
    "cascade",      "case",
    "cast",         "check",
    "collate",      "column",
    "commit",       "conflict",
    "constraint",   "create",
    "cross",        "current_date",
    "current_time", "current_timestamp",
    "database",     "default",
    "deferrable",   "deferred",
    "delete",       "desc",
    "detach",       "distinct",
    "drop",         "each",
    "else",         "end",
    "escape",       "except",
    "exclusive",    "exists",
    "explain",      "fail",
    "false",        "for",
    "foreign",      "from",
    "full",         "glob",
    "group",        "having",
    "if",           "ignore",
    "immediate",    "in",
    "index",        "indexed",
    "initially",    "inner",
    "insert",       "instead",
    "intersect",    "into",
    "is",           "isnull",
    "join",         "key",
    "left",         "like",
    "limit",        "match",
    "natural",      "not",
    "nothing",      "notnull",
    "null",         "of",
    "offset",       "on",
    "or",           "order",
    "outer",        "plan",
    "pragma",       "primary",
    "query",        "raise",
    "references",   "regexp",
    "reindex",      "rename",
    "replace",      "restrict",
    "returning",    "right",
    "rollback",     "row",
    "select",       "set",
    "table",        "temp",
    "temporary",    "then",
    "to",           "transaction",
    "trigger",      "true",
    "union",        "unique",
    "update",       "using",
    "vacuum",       "values",
    "view",         "virtual",
    "when",         "where",
};

static_assert(std::ranges::is_sorted(reserved_words));

const std::vector<std::string> table_options{"sqlite_autoincrement", "sqlite_with_rowid",
                                             "sqlite_strict"};
const std::vector<std::string> constraint_options{"sqlite_on_conflict"};
const std::vector<std::string> column_options{"sqlite_on_conflict_not_null"};

/// Throws ArgumentError for an option that has the dialect's prefix and is none of the `known`.
template <class Option>
void check_options(const std::vector<Option> &options, const std::vector<std::string> &known,
                   const std::string &subject) {
  for (const Option &option : options)
    if (option.name.starts_with("sqlite_") && std::ranges::find(known, option.name) == known.end())
      throw ArgumentError(subject + " has an unknown option '" + option.name + "'" +
                          suggestion(option.name, known));
}

/// " ON CONFLICT IGNORE"; "" for ABORT, which is what happens if nothing is said.
std::string conflict_sql(const std::optional<std::string> &option, const std::string &subject) {
  if (!option)
    return "";
  std::string upper = *option;
  for (char &c : upper)
    c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
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
  std::string lower = *value;
  for (char &c : lower)
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  for (const char *yes : {"true", "on", "1", "yes"})
    if (lower == yes)
      return true;
  for (const char *no : {"false", "off", "0", "no"})
    if (lower == no)
      return false;
  throw ArgumentError("the option " + std::string(name) + " of table " + table.full_name() +
                      " is '" + *value + "'; write \"true\" or \"false\"");
}

std::string sized(std::string name, unsigned length) {
  return length ? std::move(name) + "(" + std::to_string(length) + ")" : name;
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

class SqliteDialect final : public Dialect {
public:
  std::string_view name() const override { return "sqlite"; }
  std::string type_sql(const Type &type) const override;
  std::string column_type_sql(const Column &column) const override;
  std::string cast_sql(std::string_view operand, const Type &type) const override {
    const std::string time = sqlite_time_cast_sql(operand, type.kind);
    return time.empty() ? Dialect::cast_sql(operand, type) : time;
  }
  std::string made_value_sql(const Column &column, std::string_view sql) const override {
    return sqlite_made_time_sql(sql, column.type());
  }
  std::string inline_key_sql(const Column &column) const override;
  std::string table_suffix_sql(const Table &table) const override;
  bool makes_key(const Column &column) const override {
    return column.autoincrement() && is_on(column.table(), "sqlite_with_rowid", true);
  }
  std::string not_null_sql(const Column &column) const override;
  std::string constraint_suffix_sql(const Constraint &constraint) const override;
  /// Whatever a type is called, a number has what bytes it needs, up to eight.
  unsigned integer_size(const Type &) const override { return 8; }
  bool is_reserved(std::string_view word) const override {
    return std::ranges::binary_search(reserved_words, word);
  }
  std::string placeholder(int) const override { return "?"; }
  bool qualifies_references() const override { return false; }
  std::string table_names_sql(std::string_view schema) const override;
  std::unique_ptr<SchemaReader> schema_reader(Connection &connection,
                                              std::string_view schema) const override {
    return make_sqlite_reader(connection, schema);
  }
  std::string folded(std::string_view table_name) const override;
  std::string defer_foreign_keys_sql() const override { return "PRAGMA defer_foreign_keys = ON"; }
};

std::string SqliteDialect::type_sql(const Type &type) const {
  if (!type.name.empty()) // as it was reflected
    return type.name;
  switch (type.kind) {
  case TypeKind::integer:
  case TypeKind::big_integer: // only INTEGER makes a key the row's own number
  case TypeKind::interval:
    return "INTEGER";
  case TypeKind::small_integer:
    return "SMALLINT";
  case TypeKind::boolean:
    return "BOOLEAN";
  case TypeKind::float_:
    return "FLOAT";
  case TypeKind::double_:
    return "DOUBLE";
  case TypeKind::numeric:
    if (type.exact) // TEXT in the name keeps SQLite from making a floating point number of it
      return "DECIMAL_TEXT(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) +
             ")";
    if (type.precision && type.scale)
      return "NUMERIC(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")";
    return sized("NUMERIC", type.precision);
  case TypeKind::string:
  case TypeKind::enum_:
    return sized("VARCHAR", type.length);
  case TypeKind::text:
    return "TEXT";
  case TypeKind::large_binary:
    return "BLOB";
  case TypeKind::date:
    return "DATE";
  case TypeKind::time:
    return "TIME";
  case TypeKind::date_time:
    return "DATETIME";
  case TypeKind::uuid:
    return "CHAR(32)";
  case TypeKind::json:
    return "JSON";
  case TypeKind::raw:
    return type.name;
  case TypeKind::null:
    break;
  }
  throw ArgumentError("a column has no type; give it one, such as Integer or String(50)");
}

std::string SqliteDialect::column_type_sql(const Column &column) const {
  if (column.type().kind == TypeKind::null)
    throw ArgumentError("the column " + column.table().full_name() + "." + column.name() +
                        " has no type; give it one, such as Integer or String(50)");
  const std::string subject = "the column " + column.table().full_name() + "." + column.name();
  check_options(column.options(), column_options, subject);
  if (column.autoincrement())
    return "INTEGER"; // SMALLINT would not make the key
  const bool strict = column.type().name.empty() && is_on(column.table(), "sqlite_strict", false);
  const std::string type = strict ? strict_type(column.type()) : type_sql(column.type());
  const bool compares_digits = column.type().exact && column.collation().empty();
  return compares_digits ? type + " COLLATE decimal" : type;
}

/// Only there AUTOINCREMENT may stand, and only there DESC keeps an INTEGER from being the number
/// of the row.
std::string SqliteDialect::inline_key_sql(const Column &column) const {
  if (!column.primary_key() || column.table().primary_key().size() != 1)
    return "";
  const bool counts =
      column.autoincrement() && is_on(column.table(), "sqlite_autoincrement", false);
  const Constraint &key = column.table().constraints().front();
  const bool descends = !key.order.empty() && key.order.front().descending &&
                        key.order.front().collation.empty() && !column.autoincrement() &&
                        folded(column_type_sql(column)) == "integer";
  if (!counts && !descends)
    return "";
  return std::string("PRIMARY KEY") + (descends ? " DESC" : "") + constraint_suffix_sql(key) +
         (counts ? " AUTOINCREMENT" : "");
}

std::string SqliteDialect::not_null_sql(const Column &column) const {
  return "NOT NULL" +
         conflict_sql(column.option("sqlite_on_conflict_not_null"),
                      "the column " + column.table().full_name() + "." + column.name());
}

std::string SqliteDialect::constraint_suffix_sql(const Constraint &constraint) const {
  const std::string subject =
      (constraint.kind == ConstraintKind::primary_key ? "the primary key (" : "the constraint (") +
      join(constraint.columns) + ")";
  check_options(constraint.options, constraint_options, subject);
  return conflict_sql(constraint.option("sqlite_on_conflict"), subject);
}

std::string SqliteDialect::table_suffix_sql(const Table &table) const {
  check_options(table.options(), table_options, "the table " + table.full_name());
  std::string suffix;
  if (!is_on(table, "sqlite_with_rowid", true))
    suffix += " WITHOUT ROWID";
  if (is_on(table, "sqlite_strict", false))
    suffix += suffix.empty() ? " STRICT" : ", STRICT";
  return suffix;
}

std::string SqliteDialect::table_names_sql(std::string_view schema) const {
  if (!schema.empty())
    return "SELECT lower(name) FROM " + quote(schema) +
           ".sqlite_master WHERE type IN ('table', 'view')";
  return "SELECT lower(name) FROM (SELECT name, type FROM sqlite_master UNION ALL SELECT name, "
         "type FROM sqlite_temp_master) WHERE type IN ('table', 'view')";
}

std::string SqliteDialect::folded(std::string_view table_name) const {
  std::string lower(table_name);
  for (char &c : lower) // as SQLite: ASCII only
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

} // namespace

const Dialect &sqlite_dialect() {
  static const SqliteDialect dialect;
  return dialect;
}

} // namespace declorm::detail
