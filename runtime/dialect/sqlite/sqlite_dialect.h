// sqlite_dialect.h: SQLite's names and types.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_DIALECT_H
#define DECLORM_DIALECT_SQLITE_SQLITE_DIALECT_H

#include "declorm/dialect.h"
#include "runtime/dialect/sqlite/sqlite_ddl_writer.h"
#include "runtime/engine/type_rules.h"

namespace declorm::detail {

class SqliteTypeRules final : public TextStorageRules {
public:
  /// Whatever a type is called, a number has what bytes it needs, up to eight.
  unsigned integer_size(const declorm::Type &) const override { return 8; }
  std::string made_value_sql(const Column &column, std::string_view sql) const override;
};

/// A dialect that is spelled as SQLite's in most things derives from it.
class SqliteDialect : public Dialect {
public:
  using Type = declorm::Type; // not the registration's

  std::string_view name() const override { return "sqlite"; }
  std::string type_sql(const Type &type) const override;
  bool is_reserved(std::string_view word) const override;
  DialectLimits limits() const override { return {.parameters = 32766}; }
  std::string folded_table(std::string_view name) const override;
  std::string folded_column(std::string_view name) const override;

  const Generation &generation() const override;
  const TypeRules &type_rules() const override { return type_rules_; }
  const TextRules &text_rules() const override;
  const DdlWriter &ddl() const override { return ddl_; }
  std::unique_ptr<SqlWriter> sql_writer() const override;
  std::string plan(Connection &connection, const std::string &sql,
                   const std::vector<Value> &params) const override;
  std::unique_ptr<SchemaReader> schema_reader(Connection &connection,
                                              std::string_view schema) const override;

private:
  SqliteTypeRules type_rules_;
  SqliteDdlWriter ddl_{*this};
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_DIALECT_H
