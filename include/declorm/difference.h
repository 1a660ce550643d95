// difference.h: what MetaData::compare finds: where a database has drifted from the tables.
#ifndef DECLORM_DIFFERENCE_H
#define DECLORM_DIFFERENCE_H

#include <string>
#include <string_view>
#include <vector>

namespace declorm {

/// What differs, each named by declorm-check as here, with `-` for `_`.
enum class DifferenceKind : unsigned char {
  missing_table,  ///< The database has no such table.
  missing_column, ///< The database's table has no such column.
  /// A column that only the database has, and that an INSERT would need: it is NOT NULL, without a
  /// default. Others do no harm and are no difference.
  extra_column,
  /// The database's type cannot hold what the declared one does.
  type,
  nullability, ///< NULL is allowed in one of them only.
  /// Generated in one of them only.
  computed,
  primary_key, ///< The keys have other columns, or another order of them.
  unique,      ///< A unique constraint is in one of them only.
  foreign_key, ///< A foreign key is in one of them only, or does something else.
  check,       ///< A CHECK is in one of them only.
  index,       ///< An index is in one of them only, or has other columns.
};

/// One difference between a declared table and the database.
struct Difference {
  DifferenceKind kind = DifferenceKind::missing_table; ///< what differs
  std::string table;                                   ///< "schema.name", or "name"
  std::string name;     ///< of the column, constraint or index; "" : the table itself, or no name
  std::string declared; ///< as in DDL; "" : nothing
  std::string found;    ///< the same of the database
  std::string message;  ///< a sentence, without a full stop
};

/// Returns the name of the kind as declorm-check prints it, "missing-column". The text lives
/// forever.
std::string_view to_string(DifferenceKind kind);
/// Returns the difference's message, a sentence without a full stop.
std::string to_string(const Difference &difference);

} // namespace declorm

#endif // DECLORM_DIFFERENCE_H
