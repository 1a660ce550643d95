// postgresql_dialect.cpp: reserved words and the names of types.
#include "runtime/dialect/postgresql/postgresql_dialect.h"

#include "declorm/error.h"
#include "declorm/schema.h"
#include "runtime/ascii.h"
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/dialect/postgresql/postgresql_reflection.h"
#include "runtime/dialect/postgresql/postgresql_sql_writer.h"
#include "runtime/engine/generation.h"
#include "runtime/engine/schema_reader.h"
#include "runtime/engine/text_rules.h"

#include <algorithm>

namespace declorm::detail {
namespace {

// What is no name without quotes: the words that pg_get_keywords() gives the categories R, T and C.
constexpr std::string_view reserved_words[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
};

static_assert(std::ranges::is_sorted(reserved_words));

std::string sized(std::string name, unsigned length) {
  return length ? std::move(name) + "(" + std::to_string(length) + ")" : name;
}

} // namespace

bool PostgresqlDialect::is_reserved(std::string_view word) const {
  return std::ranges::binary_search(reserved_words, word);
}

const Generation &PostgresqlDialect::generation() const {
  static constexpr Generation generation{.key = Generation::Key::returning, .update_returns = true};
  return generation;
}

const TextRules &PostgresqlDialect::text_rules() const {
  static constexpr TextRules rules{.marks = TextRules::Placeholder::numbered,
                                   .escape_strings = true,
                                   .dollar_strings = true,
                                   .nested_comments = true};
  return rules;
}

std::unique_ptr<SqlWriter> PostgresqlDialect::sql_writer() const {
  return std::make_unique<PostgresqlSqlWriter>(*this);
}

std::unique_ptr<SchemaReader> PostgresqlDialect::schema_reader(Connection &connection,
                                                               std::string_view schema) const {
  return make_postgresql_reader(connection, schema);
}

/// Durations are counted, in the ticks of their member.
StoredForm PostgresqlTypeRules::form_of(const declorm::Type &type) const {
  const StoredForm form = TypeRules::form_of(type);
  return form == StoredForm::interval ? StoredForm::integer : form;
}

/// 1 and 0 are no booleans to PostgreSQL.
std::string PostgresqlTypeRules::made_value_sql(const Column &column, std::string_view sql) const {
  if (column.type().kind == TypeKind::boolean && (sql == "1" || sql == "0"))
    return sql == "1" ? "true" : "false";
  return std::string(sql);
}

std::string PostgresqlDialect::type_sql(const Type &type) const {
  if (!type.name.empty()) // as it was reflected
    return type.name;
  switch (type.kind) {
  case TypeKind::integer:
    return "INTEGER";
  case TypeKind::big_integer:
  case TypeKind::interval:
    return "BIGINT";
  case TypeKind::small_integer:
    return "SMALLINT";
  case TypeKind::boolean:
    return "BOOLEAN";
  case TypeKind::float_:
    return "REAL";
  case TypeKind::double_:
    return "DOUBLE PRECISION";
  case TypeKind::numeric:
    if (type.precision == 0)
      return "NUMERIC";
    return "NUMERIC(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")";
  case TypeKind::string:
  case TypeKind::enum_:
    return sized("VARCHAR", type.length);
  case TypeKind::text:
    return "TEXT";
  case TypeKind::large_binary:
    return "BYTEA";
  case TypeKind::date:
    return "DATE";
  case TypeKind::time:
    return "TIME WITHOUT TIME ZONE";
  case TypeKind::date_time:
    return type.timezone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP WITHOUT TIME ZONE";
  case TypeKind::uuid:
    return "UUID";
  case TypeKind::json:
    return "JSONB";
  case TypeKind::raw:
    return type.name;
  case TypeKind::null:
    break;
  }
  throw ArgumentError("a column has no type; give it one, such as Integer or String(50)");
}

const Dialect &postgresql_dialect() {
  static const PostgresqlDialect dialect;
  return dialect;
}

} // namespace declorm::detail
