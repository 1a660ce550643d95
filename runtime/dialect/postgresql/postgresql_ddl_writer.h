// postgresql_ddl_writer.h: what PostgreSQL has in CREATE TABLE beyond the standard.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DDL_WRITER_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DDL_WRITER_H

#include "runtime/schema/ddl_writer.h"

namespace declorm::detail {

class PostgresqlDdlWriter final : public DdlWriter {
public:
  using DdlWriter::DdlWriter;

  std::string table_names(std::string_view schema) const override;
  std::string table_suffix(const Table &table) const override;
  std::string column_type(const Column &column) const override;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_DDL_WRITER_H
