// sqlite_ddl_writer.h: how SQLite spells CREATE TABLE and what belongs to it.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_DDL_WRITER_H
#define DECLORM_DIALECT_SQLITE_SQLITE_DDL_WRITER_H

#include "runtime/schema/ddl_writer.h"

namespace declorm::detail {

class SqliteDdlWriter final : public DdlWriter {
public:
  using DdlWriter::DdlWriter;

  std::string create_index(const Table &table, const Index &wanted) const override;
  std::string table_names(std::string_view schema) const override;
  std::string column_type(const Column &column) const override;
  std::string not_null(const Column &column) const override;
  std::string constraint_suffix(const Constraint &constraint) const override;
  std::string table_suffix(const Table &table) const override;
  bool makes_key(const Column &column) const override;

private:
  std::string inline_key(const Column &column) const override;
  /// The type INTEGER makes the key.
  std::string identity(const Column &) const override { return ""; }
  std::string computed(const Column &column) const override;
  /// The statement itself is all that the database keeps, with the comments of its text.
  std::vector<std::string> comments(const Table &) const override { return {}; }
  bool alters_constraints() const override { return false; }
  bool qualifies_references() const override { return false; }
  std::vector<std::string> empty_all(const std::vector<Table *> &tables) const override;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_DDL_WRITER_H
