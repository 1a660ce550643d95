// source_text.cpp: A string of an annotation as the parser gets it, and where it came from.

#include "runtime/model/expression/source_text.h"

#include <algorithm>

namespace declorm::model {

SourceText::SourceText(const Value &value, const Annotation &annotation, Placeholders *placeholders,
                       bool inherited)
    : value_(value), annotation_(annotation), text_(*value.string()) {
  if (placeholders && text_.find('{') != std::string::npos)
    text_ = placeholders->fill(*value.string(), locate(value, 0, annotation.location), inherited,
                               &pieces_);
}

Location SourceText::at(unsigned offset) const {
  std::size_t original = offset;
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::size_t o, const FilledPiece &piece) { return o < piece.filled; });
  if (after != pieces_.begin()) {
    const FilledPiece &piece = *std::prev(after);
    original = piece.original + (piece.made ? 0 : offset - piece.filled);
  }
  return locate(value_, original, annotation_.location);
}

std::optional<Fix> SourceText::fix(TextRange range, std::string text) const {
  const Location begin = at(range.begin), end = at(range.end);
  const bool is_verbatim = !value_.places.empty() && begin.line == end.line &&
                           end.column - begin.column == range.end - range.begin;
  if (!is_verbatim)
    return std::nullopt;
  return Fix{begin, range.end - range.begin, std::move(text)};
}

void set_places(ForeignKeyLink &link, const SourceText &source) {
  link.table_place = source.at(0);
  link.column_place = source.at(static_cast<unsigned>(source.text().rfind('.') + 1));
}

} // namespace declorm::model
