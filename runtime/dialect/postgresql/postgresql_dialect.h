// postgresql_dialect.h: PostgreSQL's names and types.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DIALECT_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DIALECT_H

#include "declorm/dialect.h"
#include "runtime/dialect/postgresql/postgresql_ddl_writer.h"
#include "runtime/engine/type_rules.h"

namespace declorm::detail {

class PostgresqlTypeRules final : public TypeRules {
public:
  StoredForm form_of(const declorm::Type &type) const override;
  std::string made_value_sql(const Column &column, std::string_view sql) const override;
};

class PostgresqlDialect final : public Dialect {
public:
  using Type = declorm::Type; // not the registration's

  std::string_view name() const override { return "postgresql"; }
  std::string type_sql(const Type &type) const override;
  bool is_reserved(std::string_view word) const override;
  DialectLimits limits() const override { return {.name_length = 63, .parameters = 65535}; }

  const Generation &generation() const override;
  const TypeRules &type_rules() const override { return type_rules_; }
  const TextRules &text_rules() const override;
  const DdlWriter &ddl() const override { return ddl_; }
  std::unique_ptr<SqlWriter> sql_writer() const override;
  std::unique_ptr<SchemaReader> schema_reader(Connection &connection,
                                              std::string_view schema) const override;

private:
  PostgresqlTypeRules type_rules_;
  PostgresqlDdlWriter ddl_{*this};
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DIALECT_H
