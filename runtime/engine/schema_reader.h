// schema_reader.h: what reflection needs from a dialect: the tables of a database as plain data.
#ifndef DECLORM_ENGINE_SCHEMA_READER_H
#define DECLORM_ENGINE_SCHEMA_READER_H

#include "declorm/reflection.h"

namespace declorm::detail {

/// Virtual tables are those that another module keeps, such as a full text index.
enum class TableKind : unsigned char { table, view, virtual_table };

struct TableName {
  std::string name;
  std::string schema; ///< where it is; not "", but what the database calls its default
  TableKind kind = TableKind::table;
  bool temporary = false;
};

/// One table of the database.
struct ReflectedTable {
  TableName name;
  std::vector<ReflectedColumn> columns;
  ReflectedKey primary_key;
  std::vector<ReflectedForeignKey> foreign_keys; ///< in the order of the DDL, as all others
  std::vector<ReflectedKey> unique_constraints;
  std::vector<ReflectedCheck> check_constraints;
  std::vector<ReflectedIndex> indexes;
  std::vector<TableOption> options;
  /// What a Table cannot hold: a sentence each, without a full stop.
  std::vector<std::string> left_out = {};
  /// Whether the database makes the key of a new row.
  bool makes_key = false;
  /// Whether the table says so, and does not only let it.
  bool always_makes_key = false;
};

/// A table and one that it refers to, spelled as where each is defined.
struct TableReference {
  std::string table, referred;
};

/// Reads the tables of one schema, each function with a number of statements that does not grow
/// with the tables. The caller holds a transaction, so that all of it is of one state.
class SchemaReader {
public:
  virtual ~SchemaReader() = default;

  /// Tables and views, by name; in the default schema temporary ones too. First of all: it begins
  /// the transaction.
  virtual std::vector<TableName> names() = 0;
  /// The foreign keys of all tables.
  virtual std::vector<TableReference> references() = 0;
  /// Those tables, in that order. `names` are some of names().
  virtual std::vector<ReflectedTable> read(const std::vector<TableName> &names) = 0;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_SCHEMA_READER_H
