// ddl_reader.h: what SQLite's pragmas do not tell of a table stands in the text that created it.
#ifndef DECLORM_DIALECT_SQLITE_DDL_READER_H
#define DECLORM_DIALECT_SQLITE_DDL_READER_H

#include "declorm/reflection.h"

namespace declorm::detail {

/// What a CREATE TABLE says, with names as they stand there. What SQLite takes and does nothing
/// with is not among it: names of NOT NULL, DEFAULT and COLLATE, MATCH, ON CONFLICT of a check, a
/// foreign key that is DEFERRABLE without INITIALLY DEFERRED.
struct TableText {
  struct Column {
    std::string name;
    std::string collation;   ///< "" : none
    std::string computed;    ///< the expression; "" : it is not generated
    std::string on_conflict; ///< of NOT NULL: "IGNORE"; "" : ABORT, which is the same as none
  };
  /// A primary key or a unique constraint; `options` are empty, `order` has each column.
  struct Key : ReflectedKey {
    std::string on_conflict; ///< as that of a column
  };
  std::vector<Column> columns;
  Key primary_key;
  bool autoincrement = false;
  // In order, those of columns too.
  std::vector<Key> unique_constraints;
  std::vector<ReflectedForeignKey> foreign_keys; ///< without actions
  std::vector<ReflectedCheck> check_constraints;
};

/// What a CREATE INDEX says.
struct IndexText {
  struct Part {
    std::string sql;
    bool is_name = false; ///< nothing but a name, in ascending order
  };
  std::vector<Part> parts;
  std::string where; ///< "" : it has all rows
};

/// Reads the statements that SQLite accepted and keeps in sqlite_master, in any layout. Whatever
/// else the text is, they take from it what they can. Expressions come without comments, blanks as
/// one space.
TableText read_create_table(std::string_view sql);
IndexText read_create_index(std::string_view sql);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_DDL_READER_H
