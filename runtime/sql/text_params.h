// text_params.h: the :name parameters in raw SQL.
#ifndef DECLORM_SQL_TEXT_PARAMS_H
#define DECLORM_SQL_TEXT_PARAMS_H

#include "declorm/value.h"

namespace declorm::detail {

/// Raw SQL in pieces: text, and the parameter behind it ("" : none).
struct TextPiece {
  std::string_view sql, parameter;
};

/// Takes the text apart; quoted names and strings, comments, and `::` are no parameters.
/// Throws ArgumentError for a `?`, which would count among the statement's own parameters, and for
/// a NUL byte.
std::vector<TextPiece> split_text(std::string_view sql);

/// Throws ArgumentError for a parameter that the text does not have.
void check_text_params(std::string_view sql, const Params &params);

} // namespace declorm::detail

#endif // DECLORM_SQL_TEXT_PARAMS_H
