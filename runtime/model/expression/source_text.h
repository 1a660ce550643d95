// source_text.h: A string of an annotation as the parser gets it, and where it came from.
#ifndef DECLORM_MODEL_EXPRESSION_SOURCE_TEXT_H
#define DECLORM_MODEL_EXPRESSION_SOURCE_TEXT_H

#include "runtime/model/mapping.h"
#include "runtime/model/placeholders.h"

namespace declorm::model {

/// The string with its placeholders filled. Points at `value` and `annotation`.
class SourceText {
public:
  /// A null `placeholders` leaves the string as it is.
  SourceText(const Value &value, const Annotation &annotation, Placeholders *placeholders,
             bool inherited);

  const std::string &text() const { return text_; }
  /// Where a byte of the text stands in the source; that of a placeholder's is its brace.
  Location at(unsigned offset) const;
  /// A replacement, if the range stands in the source as it is.
  std::optional<Fix> fix(TextRange range, std::string text) const;

private:
  const Value &value_;
  const Annotation &annotation_;
  std::string text_;
  std::vector<FilledPiece> pieces_; ///< empty: nothing was filled
};

/// The places of the names in "table.column".
void set_places(ForeignKeyLink &link, const SourceText &source);

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_SOURCE_TEXT_H
