// json.h: The Model as text.
//
// One translation unit's Model as JSON and back; the only part of model/ that needs a JSON library.
// Keys come in a fixed order, what is empty or default is left out, places are "file:line:column".
#ifndef DECLORM_MODEL_JSON_H
#define DECLORM_MODEL_JSON_H

#include "runtime/model/model.h"

namespace declorm::model {

/// Indented by two spaces; what fits into 100 columns stands on one line. Ends in a newline.
std::string to_json(const TranslationUnit &unit);

/// Reads what to_json wrote; unknown keys are ignored. Empty with `error` set if `text` is no JSON
/// or holds something of the wrong kind. Function thunks are null in the result.
std::optional<TranslationUnit> from_json(std::string_view text, std::string &error);

} // namespace declorm::model

#endif // DECLORM_MODEL_JSON_H
