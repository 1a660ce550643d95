// sqlite_sql_writer.h: what SQLite spells in another way than standard SQL.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_SQL_WRITER_H
#define DECLORM_DIALECT_SQLITE_SQLITE_SQL_WRITER_H

#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

class SqliteSqlWriter : public SqlWriter {
public:
  using SqlWriter::SqlWriter;

protected:
  void write_limit(const SelectData &select) override;

private:
  Spelling spelling(Operator op) const override;
  void write_in_list(const ListNode &list, const ListNode *row, const Field *field) override;
  void write_cast(const NodePtr &operand, const Type &type) override;
  void write_extract(const ExtractNode &node) override;
  void write_whole_part(const SelectData &part, const Scope *outer, const Names *names) override;
  void write_for_update(const RowLocks &locks) override;
  void write_insert_source(const WriteData &write) override;
  void write_delete_using(const WriteData &write, const Source &target) override;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_SQL_WRITER_H
