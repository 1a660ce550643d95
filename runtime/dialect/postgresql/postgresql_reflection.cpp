// postgresql_reflection.cpp: one statement each for the tables, their columns, constraints and
// indexes, whatever their number; the catalog's own functions print expressions.
#include "runtime/dialect/postgresql/postgresql_reflection.h"

#include "declorm/engine.h"
#include "runtime/dialect/postgresql/catalog_text.h"
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/dialect/postgresql/postgresql_types.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace declorm::detail {
namespace {

std::string text(const Row &row, std::size_t column) {
  return row[column].is_null() ? "" : row[column].as<std::string>();
}
std::int64_t number(const Row &row, std::size_t column) {
  return row[column].is_null() ? 0 : row[column].as<std::int64_t>();
}
bool flag(const Row &row, std::size_t column) { return number(row, column) != 0; }
/// A list, which the statement gives as JSON.
template <class T> std::vector<T> list(const Row &row, std::size_t column) {
  if (row[column].is_null())
    return {};
  return nlohmann::json::parse(row[column].as<std::string>()).get<std::vector<T>>();
}

constexpr const char *tables_sql = R"(
SELECT c.oid, c.relname, n.nspname, c.relkind::text, c.relpersistence = 't',
  pg_get_partkeydef(c.oid)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND (n.nspname = ? OR (?::boolean AND c.relpersistence = 't' AND n.oid = pg_my_temp_schema()))
ORDER BY c.relname)";

constexpr const char *columns_sql = R"(
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), t.typtype::text,
  CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END,
  CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END,
  a.attnotnull, a.attidentity::text, a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid),
  CASE WHEN a.attcollation <> t.typcollation THEN co.collname END,
  pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname),
  CASE WHEN t.typtype = 'e' THEN (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
    FROM pg_enum AS e WHERE e.enumtypid = t.oid)::text END,
  tn.nspname, t.typname
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_type AS t ON t.oid = a.atttypid JOIN pg_namespace AS tn ON tn.oid = t.typnamespace
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation AS co ON co.oid = a.attcollation
WHERE a.attrelid = ANY(?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum)";

constexpr const char *constraints_sql = R"(
SELECT con.conrelid, con.contype::text, con.conname, con.condeferrable AND con.condeferred,
  (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(con.conkey) WITH ORDINALITY AS k(num, n)
     JOIN pg_attribute AS a ON a.attrelid = con.conrelid AND a.attnum = k.num)::text,
  fn.nspname, fc.relname,
  (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(con.confkey) WITH ORDINALITY AS k(num, n)
     JOIN pg_attribute AS a ON a.attrelid = con.confrelid AND a.attnum = k.num)::text,
  con.confupdtype::text, con.confdeltype::text,
  CASE WHEN con.contype IN ('c', 'x') THEN pg_get_constraintdef(con.oid) END
FROM pg_constraint AS con LEFT JOIN pg_class AS fc ON fc.oid = con.confrelid
  LEFT JOIN pg_namespace AS fn ON fn.oid = fc.relnamespace
WHERE con.conrelid = ANY(?::oid[]) AND con.contype IN ('p', 'u', 'f', 'c', 'x')
  AND con.conparentid = 0
ORDER BY con.conrelid, con.oid)";

constexpr const char *indexes_sql = R"(
SELECT i.indrelid, ic.relname, am.amname, i.indisunique,
  (SELECT json_agg(pg_get_indexdef(i.indexrelid, k.n::int, true) ORDER BY k.n)
     FROM generate_series(1, i.indnkeyatts) AS k(n))::text,
  (SELECT json_agg(coalesce(a.attname, '') ORDER BY k.n)
     FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(num, n)
     LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.num)::text,
  array_to_json(i.indoption::int2[])::text, pg_get_expr(i.indpred, i.indrelid)
FROM pg_index AS i JOIN pg_class AS ic ON ic.oid = i.indexrelid JOIN pg_am AS am ON am.oid = ic.relam
WHERE i.indrelid = ANY(?::oid[]) AND NOT i.indisprimary AND NOT EXISTS
  (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, ic.relname)";

constexpr const char *references_sql = R"(
SELECT DISTINCT c.relname, fc.relname
FROM pg_constraint AS con JOIN pg_class AS c ON c.oid = con.conrelid
  JOIN pg_class AS fc ON fc.oid = con.confrelid
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_namespace AS fn ON fn.oid = fc.relnamespace
WHERE con.contype = 'f' AND n.nspname = ? AND fn.nspname = ? AND con.conparentid = 0
ORDER BY 1, 2)";

/// An expression of the table's, as it was written rather than as the catalog prints it.
std::string plain(const std::string &sql, const ReflectedTable &table) {
  const auto is_text = [&](std::string_view name) {
    const auto column = std::ranges::find(table.columns, name, &ReflectedColumn::name);
    return column != table.columns.end() &&
           (column->type.kind == TypeKind::string || column->type.kind == TypeKind::text);
  };
  return without_added_casts(sql, is_text);
}

std::string action(const std::string &letter) {
  return letter == "r"   ? "RESTRICT"
         : letter == "c" ? "CASCADE"
         : letter == "n" ? "SET NULL"
         : letter == "d" ? "SET DEFAULT"
                         : "";
}

/// While it lives, the catalog's functions write every name with its schema.
class QualifiedNames {
public:
  explicit QualifiedNames(Connection &connection) : connection_(connection) {
    before_ = text(connection.execute("SELECT current_setting('search_path')").one(), 0);
    set("pg_catalog");
  }
  /// Puts the search path back. In a failed transaction, which ends with a rollback, that is done
  /// by the server.
  void restore() { set(before_); }

private:
  void set(const std::string &path) {
    connection_.execute("SELECT set_config('search_path', ?, true)", {path}).all();
  }

  Connection &connection_;
  std::string before_;
};

class PostgresqlReader final : public SchemaReader {
public:
  PostgresqlReader(Connection &connection, std::string_view schema)
      : connection_(connection), schema_(schema), is_default_(schema.empty()) {}

  std::vector<TableName> names() override;
  std::vector<TableReference> references() override;
  std::vector<ReflectedTable> read(const std::vector<TableName> &names) override;

private:
  using Tables = std::map<std::int64_t, ReflectedTable *>; ///< by oid

  struct Listed {
    std::int64_t oid;
    std::string partition_key;
  };

  std::vector<Row> query(const char *sql, const Tables &tables);
  void read_columns(const Tables &tables);
  void read_constraints(const Tables &tables);
  void read_indexes(const Tables &tables);
  declorm::Type type_of(const Row &row) const;
  [[noreturn]] void no_such_schema();

  Connection &connection_;
  std::string schema_;
  std::string default_schema_;
  const bool is_default_;
  std::map<std::pair<std::string, std::string>, Listed> listed_; ///< by schema and name
};

void PostgresqlReader::no_such_schema() {
  std::vector<std::string> names;
  for (const Row &row :
       connection_.execute("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE "
                           "'pg\\_%' ORDER BY nspname"))
    names.push_back(text(row, 0));
  throw ArgumentError("the database has no schema '" + schema_ + "'" + suggestion(schema_, names));
}

std::vector<TableName> PostgresqlReader::names() {
  default_schema_ = text(connection_.execute("SELECT current_schema()").one(), 0);
  if (is_default_)
    schema_ = default_schema_;
  else if (connection_.execute("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", {schema_})
               .all()
               .empty())
    no_such_schema();
  std::vector<TableName> names;
  listed_.clear();
  for (const Row &row : connection_.execute(tables_sql, {schema_, is_default_ ? 1 : 0})) {
    const std::string kind = text(row, 3);
    TableName &name = names.emplace_back();
    name.name = text(row, 1);
    name.schema = text(row, 2);
    name.temporary = flag(row, 4);
    name.kind = kind == "v" || kind == "m" ? TableKind::view
                : kind == "f"              ? TableKind::virtual_table
                                           : TableKind::table;
    listed_.emplace(std::pair(name.schema, name.name), Listed{number(row, 0), text(row, 5)});
  }
  return names;
}

std::vector<TableReference> PostgresqlReader::references() {
  std::vector<TableReference> references;
  for (const Row &row : connection_.execute(references_sql, {schema_, schema_}))
    references.push_back({text(row, 0), text(row, 1)});
  return references;
}

std::vector<Row> PostgresqlReader::query(const char *sql, const Tables &tables) {
  std::string oids;
  for (const auto &[oid, table] : tables)
    oids += (oids.empty() ? "{" : ",") + std::to_string(oid);
  return connection_.execute(sql, {oids + "}"}).all();
}

declorm::Type PostgresqlReader::type_of(const Row &row) const {
  const std::string kind = text(row, 3);
  std::string name = text(row, 2);
  if (kind == "e" || kind == "d") {
    const std::string schema = text(row, 13);
    name = postgresql_dialect().quote_qualified(schema == default_schema_ ? "" : schema,
                                                text(row, 14));
  }
  if (kind == "e") {
    declorm::Type type = Enum(list<std::string>(row, 12));
    type.name = name;
    return type;
  }
  return postgresql_type(static_cast<PgType>(number(row, 4)), static_cast<int>(number(row, 5)),
                         name);
}

void PostgresqlReader::read_columns(const Tables &tables) {
  std::vector<std::pair<ReflectedTable *, std::size_t>> computed;
  for (const Row &row : query(columns_sql, tables)) {
    ReflectedTable &table = *tables.at(number(row, 0));
    ReflectedColumn &column = table.columns.emplace_back();
    column.name = text(row, 1);
    column.type = type_of(row);
    column.nullable = !flag(row, 6);
    column.collation = text(row, 10);
    const bool is_counted = !text(row, 7).empty() || !row[11].is_null();
    if (!text(row, 8).empty()) {
      column.computed = without_parentheses(text(row, 9));
      column.stored = true;
    } else if (!row[9].is_null() && !is_counted) {
      column.default_value = without_cast(text(row, 9));
    }
    if (column.computed)
      computed.emplace_back(&table, table.columns.size() - 1);
    if (is_counted)
      table.makes_key = table.always_makes_key = true;
    if (text(row, 7) == "a")
      table.left_out.push_back("that values of " + column.name + " are GENERATED ALWAYS");
  }
  for (const auto &[table, at] : computed) // when the types of all columns are known
    table->columns[at].computed = plain(*table->columns[at].computed, *table);
}

void PostgresqlReader::read_constraints(const Tables &tables) {
  for (const Row &row : query(constraints_sql, tables)) {
    ReflectedTable &table = *tables.at(number(row, 0));
    const std::string kind = text(row, 1);
    const std::string name = text(row, 2);
    if (kind == "p") {
      table.primary_key = {.name = name, .columns = list<std::string>(row, 4)};
    } else if (kind == "u") {
      table.unique_constraints.push_back({.name = name, .columns = list<std::string>(row, 4)});
    } else if (kind == "c") {
      table.check_constraints.push_back(
          {.name = name, .sql = plain(check_condition(text(row, 10)), table)});
    } else if (kind == "f") {
      ReflectedForeignKey &key = table.foreign_keys.emplace_back();
      key.name = name;
      key.columns = list<std::string>(row, 4);
      key.referred_table = text(row, 6);
      key.referred_columns = list<std::string>(row, 7);
      key.on_update = action(text(row, 8));
      key.on_delete = action(text(row, 9));
      key.deferrable = flag(row, 3);
      key.referred_schema = text(row, 5) == default_schema_ ? "" : text(row, 5);
    } else {
      table.left_out.push_back("the exclusion constraint " + name + " (" + text(row, 10) +
                               ") of the table " + table.name.name);
    }
  }
}

void PostgresqlReader::read_indexes(const Tables &tables) {
  for (const Row &row : query(indexes_sql, tables)) {
    ReflectedTable &table = *tables.at(number(row, 0));
    ReflectedIndex index{.name = text(row, 1), .unique = flag(row, 3)};
    const auto parts = list<std::string>(row, 4), names = list<std::string>(row, 5);
    const auto options = list<int>(row, 6);
    bool is_plain = true;
    for (std::size_t i = 0; i != parts.size(); ++i) {
      if (!names[i].empty())
        index.columns.push_back(names[i]);
      const bool descends = (options[i] & 1) != 0, nulls_first = (options[i] & 2) != 0;
      const bool is_default_order = !descends && !nulls_first;
      std::string part = names[i].empty()   ? plain(parts[i], table)
                         : is_default_order ? names[i]
                                            : parts[i]; // quoted if it must be
      part += descends ? " DESC" : "";
      if (descends != nulls_first)
        part += nulls_first ? " NULLS FIRST" : " NULLS LAST";
      is_plain = is_plain && part == names[i];
      index.expressions.push_back(std::move(part));
    }
    if (is_plain)
      index.expressions.clear();
    if (!row[7].is_null())
      index.where = plain(without_parentheses(text(row, 7)), table);
    if (text(row, 2) != "btree")
      table.left_out.push_back("the method " + text(row, 2) + " of the index " + index.name);
    if (names.size() > parts.size())
      table.left_out.push_back("the columns that the index " + index.name + " includes");
    table.indexes.push_back(std::move(index));
  }
}

std::vector<ReflectedTable> PostgresqlReader::read(const std::vector<TableName> &names) {
  std::vector<ReflectedTable> result(names.size());
  Tables tables;
  for (std::size_t i = 0; i != names.size(); ++i) {
    const Listed &listed = listed_.at({names[i].schema, names[i].name});
    result[i].name = names[i];
    if (!listed.partition_key.empty())
      result[i].options.push_back({"postgresql_partition_by", listed.partition_key});
    tables.emplace(listed.oid, &result[i]);
  }
  if (tables.empty())
    return result;
  QualifiedNames qualified(connection_);
  read_columns(tables);
  read_constraints(tables);
  read_indexes(tables);
  qualified.restore();
  return result;
}

} // namespace

std::unique_ptr<SchemaReader> make_postgresql_reader(Connection &connection,
                                                     std::string_view schema) {
  return std::make_unique<PostgresqlReader>(connection, schema);
}

} // namespace declorm::detail
