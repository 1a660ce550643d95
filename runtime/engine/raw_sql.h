// raw_sql.h: the parameters in SQL that a program wrote.
#ifndef DECLORM_ENGINE_RAW_SQL_H
#define DECLORM_ENGINE_RAW_SQL_H

#include "declorm/value.h"
#include "runtime/engine/text_rules.h"

#include <string>
#include <string_view>
#include <vector>

namespace declorm::detail {

/// A piece of SQL: text, and the parameter behind it.
struct TextPiece {
  enum class Kind : unsigned char { end, named, positional };

  std::string_view sql = {};
  Kind kind = Kind::end;      ///< end: there is no parameter, because the text ends
  std::string_view name = {}; ///< of a named one, without its mark
  int number = 0;             ///< of a positional one that is written ?5; else 0
};

/// Takes the text apart by the rules of a dialect: `:name` and `?` are parameters, except in
/// strings, quoted names, comments and `::`.
std::vector<TextPiece> split_text(std::string_view sql, const TextRules &rules);

/// SQL as the database gets it.
struct RawSql {
  std::string sql;
  std::vector<std::string> names; ///< of its parameters, in order; "" : it has none
};
/// Puts the dialect's placeholders in the place of `:name` and `?`.
RawSql to_database(std::string_view sql, const TextRules &rules);

[[noreturn]] void throw_positional(std::string_view sql);
/// What the parameters of text() may be called, whatever the dialect. Throws ArgumentError for a
/// `?`, which would count among the statement's own parameters, and for a NUL byte.
std::vector<std::string> names_in_text(std::string_view sql);

/// Throws ArgumentError for a parameter that the text does not have in any dialect.
void check_text_params(std::string_view sql, const Params &params);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_RAW_SQL_H
