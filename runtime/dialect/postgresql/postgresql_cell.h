// postgresql_cell.h: one value of a result.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CELL_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CELL_H

#include "runtime/dialect/postgresql/postgresql_oids.h"
#include "runtime/engine/field_io.h"

#include <libpq-fe.h>

namespace declorm::detail {

/// How one column of a result comes.
struct PgColumn {
  PgType type = PgType::none;
  bool has_digits = false; ///< a numeric whose scale the column's type names
};

/// A cell, as field_io.h wants one: read in place. A value that declorm has as a text, and
/// PostgreSQL as something else, is made where it is asked for, and lives as long as the cell.
class PostgresqlCell {
public:
  PostgresqlCell(const PGresult *result, int row, int column, PgColumn of)
      : bytes_(PQgetvalue(result, row, column),
               static_cast<std::size_t>(PQgetlength(result, row, column))),
        column_(of), is_null_(bytes_.empty() && PQgetisnull(result, row, column) != 0),
        is_binary_(PQfformat(result, column) != 0) {}

  CellKind kind() const;
  std::int64_t integer() const;
  double real() const;
  std::string_view text() const;
  std::span<const std::byte> blob() const;
  Value value() const;

  bool boolean(const Field &field) const;
  void time(const Field &field, void *place) const;
  void date(const Field &field, void *place) const;
  void uuid(const Field &field, UUID &to) const;
  void json(const Field &field, std::string &to) const;
  Int128 decimal(const Field &field) const;

private:
  const char *bytes() const { return bytes_.data(); }
  CellKind numeric_kind() const;
  /// The microseconds of a timestamp or a date in binary form.
  std::int64_t micros() const;
  std::string_view made(std::string text) const { return made_ = std::move(text); }

  std::string_view bytes_;
  PgColumn column_;
  bool is_null_, is_binary_;
  mutable std::string made_;
};

/// Whether the cell can read the binary form of a type. A result with a column of any other type
/// comes as texts.
bool has_binary_form(PgType type);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_CELL_H
