// statement_text.h: what can be read off the text of a statement.
#ifndef DECLORM_DIALECT_SQLITE_STATEMENT_TEXT_H
#define DECLORM_DIALECT_SQLITE_STATEMENT_TEXT_H

#include "runtime/engine/driver.h"

namespace declorm::detail {

/// `read_only`: as SQLite says of the prepared statement.
StatementKind statement_kind(std::string_view sql, bool read_only);

/// What an INSERT, UPDATE or DELETE writes to.
struct WriteTarget {
  enum class Verb : unsigned char { none, insert, update, delete_ } verb = Verb::none;
  std::string schema, table;
};
WriteTarget write_target(std::string_view sql);

/// Whether there is nothing but blanks, comments and semicolons.
bool is_blank(std::string_view sql);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_STATEMENT_TEXT_H
