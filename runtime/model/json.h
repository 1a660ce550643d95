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

/// A part of a Model in the section of an object file.
struct Record {
  std::string id;   ///< of the text: 16 hexadecimal digits
  std::string text; ///< JSON in one line
};

/// The name of that section. Its records end in NUL; more NULs may lie between them. Of C's
/// letters alone, so that address sanitizers leave what lies there unpadded.
inline constexpr char section_name[] = "declorm_model";

/// One record for each class, which linkers keep once however many translation units have it, and
/// one last for the unit, which names them.
std::vector<Record> to_records(const TranslationUnit &unit);

/// Puts the units in the records of one file together again. Empty with `error` set if something
/// is damaged, missing or of another version.
std::optional<std::vector<TranslationUnit>>
from_records(const std::vector<std::string_view> &records, std::string &error);

} // namespace declorm::model

#endif // DECLORM_MODEL_JSON_H
