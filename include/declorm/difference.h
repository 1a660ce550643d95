// difference.h: what MetaData::compare finds: where a database has drifted from the tables.
#ifndef DECLORM_DIFFERENCE_H
#define DECLORM_DIFFERENCE_H

#include <string>
#include <string_view>
#include <vector>

namespace declorm {

enum class DifferenceKind : unsigned char {
  missing_table,
  missing_column,
  /// A column that only the database has, and that an INSERT would need: it is NOT NULL, without a
  /// default. Others do no harm and are no difference.
  extra_column,
  /// The database's type cannot hold what the declared one does.
  type,
  nullability,
  /// Generated in one of them only.
  computed,
  primary_key,
  unique,
  foreign_key,
  check,
  index,
};

/// One difference between a declared table and the database.
struct Difference {
  DifferenceKind kind = DifferenceKind::missing_table;
  std::string table;    ///< "schema.name", or "name"
  std::string name;     ///< of the column, constraint or index; "" : the table itself, or no name
  std::string declared; ///< as in DDL; "" : nothing
  std::string found;    ///< the same of the database
  std::string message;  ///< a sentence, without a full stop
};

/// "missing-column"
std::string_view to_string(DifferenceKind kind);
/// The message.
std::string to_string(const Difference &difference);

} // namespace declorm

#endif // DECLORM_DIFFERENCE_H
