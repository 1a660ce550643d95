// postgresql_ddl_writer.cpp: PostgreSQL's options of tables, and the list of its tables.
#include "runtime/dialect/postgresql/postgresql_ddl_writer.h"

#include "declorm/dialect.h"

namespace declorm::detail {
namespace {

const std::vector<std::string> table_options{"postgresql_partition_by", "postgresql_using",
                                             "postgresql_with", "postgresql_tablespace"};

} // namespace

std::string PostgresqlDdlWriter::column_type(const Column &column) const {
  check_options(column.options(), {},
                "the column " + column.table().full_name() + "." + column.name());
  return DdlWriter::column_type(column);
}

std::string PostgresqlDdlWriter::table_suffix(const Table &table) const {
  check_options(table.options(), table_options, "the table " + table.full_name());
  std::string suffix;
  const auto add = [&](const char *option, const char *front, const char *back) {
    if (const std::optional<std::string> value = table.option(option))
      suffix += front + *value + back;
  };
  add("postgresql_partition_by", " PARTITION BY ", "");
  add("postgresql_using", " USING ", "");
  add("postgresql_with", " WITH (", ")");
  add("postgresql_tablespace", " TABLESPACE ", "");
  return suffix;
}

std::string PostgresqlDdlWriter::table_names(std::string_view schema) const {
  const std::string schema_name =
      schema.empty() ? "current_schema()" : dialect_.quote_literal(schema);
  return "SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON "
         "n.oid "
         "= c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (n.nspname = " +
         schema_name + (schema.empty() ? " OR n.oid = pg_catalog.pg_my_temp_schema())" : ")");
}

} // namespace declorm::detail
