// sqlite_dialect.cpp: SQLite's names and types.
#include "runtime/dialect/sqlite/sqlite_dialect.h"

#include "declorm/schema.h"
#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_reflection.h"
#include "runtime/dialect/sqlite/sqlite_sql_writer.h"
#include "runtime/dialect/sqlite/sqlite_times.h"
#include "runtime/engine/generation.h"
#include "runtime/engine/text_rules.h"

#include <algorithm>

namespace declorm::detail {
namespace {

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

std::string sized(std::string name, unsigned length) {
  return length ? std::move(name) + "(" + std::to_string(length) + ")" : name;
}

} // namespace

bool SqliteDialect::is_reserved(std::string_view word) const {
  return std::ranges::binary_search(reserved_words, word);
}

std::string SqliteDialect::folded_table(std::string_view name) const { return ascii_lower(name); }

std::string SqliteDialect::folded_column(std::string_view name) const { return ascii_lower(name); }

const Generation &SqliteDialect::generation() const {
  static constexpr Generation generation{.key = Generation::Key::last_id};
  return generation;
}

const TextRules &SqliteDialect::text_rules() const {
  static constexpr TextRules rules{.marks = TextRules::Placeholder::question_mark,
                                   .brackets = true,
                                   .backticks = true,
                                   .takes_names = true,
                                   .marks_of_names = ":@$"};
  return rules;
}

std::unique_ptr<SqlWriter> SqliteDialect::sql_writer() const {
  return std::make_unique<SqliteSqlWriter>(*this);
}

std::unique_ptr<SchemaReader> SqliteDialect::schema_reader(Connection &connection,
                                                           std::string_view schema) const {
  return make_sqlite_reader(connection, schema);
}

std::string SqliteTypeRules::made_value_sql(const Column &column, std::string_view sql) const {
  return sqlite_made_time_sql(sql, column.type());
}

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

const Dialect &sqlite_dialect() {
  static const SqliteDialect dialect;
  return dialect;
}

} // namespace declorm::detail
