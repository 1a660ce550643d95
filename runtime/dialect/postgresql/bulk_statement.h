// bulk_statement.h: one statement for the rows of a batch.
//
// The server executes a statement with arrays, which unnest() makes rows of, several times as fast
// as the statement for each row in a pipeline.
#ifndef DECLORM_DIALECT_POSTGRESQL_BULK_STATEMENT_H
#define DECLORM_DIALECT_POSTGRESQL_BULK_STATEMENT_H

#include "runtime/dialect/postgresql/postgresql_parameters.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace declorm::detail {

/// The statement with an array in the place of each parameter, if it is an INSERT … VALUES, UPDATE
/// or DELETE of the form that SqlWriter gives them, and all types are known here. An INSERT gives
/// what it returns in the order of the rows.
std::optional<std::string> bulk_sql(std::string_view sql, std::span<const PgType> types);

/// One column of the rows, as an array in binary form.
class PgArray {
public:
  explicit PgArray(PgType type);

  /// Appends a parameter's value, null for NULL; false: it is in another form than the array's.
  bool add(const char *value, int length, int format);
  /// The array; the bytes live until it is changed.
  std::string_view bytes();
  void clear();

private:
  void begin();

  PgType element_;
  int format_; ///< of the values: those without a binary form of declorm's are texts
  std::string bytes_;
  std::uint32_t count_ = 0;
  bool has_null_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_BULK_STATEMENT_H
