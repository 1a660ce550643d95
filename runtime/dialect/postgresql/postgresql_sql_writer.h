// postgresql_sql_writer.h: what PostgreSQL's statements have beyond those of SqlWriter, which are
// its own where the standard has nothing.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_SQL_WRITER_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_SQL_WRITER_H

#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

class PostgresqlSqlWriter final : public SqlWriter {
public:
  using SqlWriter::SqlWriter;

private:
  void write_literal(const LiteralNode &literal, const Field *field) override;
  void write_text_parameter(const Value &value) override;
  void write_like(const LikeNode &node) override;
  void write_extract(const ExtractNode &node) override;
  void write_custom(const CustomNode &custom) override;
  void write_function(const FunctionNode &node, const NodePtr &self, const Field *field) override;
  void write_case(const CaseNode &node, const NodePtr &self, const Field *field) override;
  void write_insert_source(const WriteData &write) override;

  std::vector<const LiteralNode *> of_columns_; ///< literals whose type the server knows
  /// The arguments and results of the coalesce() or CASE that is being written, and of those
  /// around it, as far as they are literals; and nulls.
  std::vector<const LiteralNode *> parts_;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_SQL_WRITER_H
