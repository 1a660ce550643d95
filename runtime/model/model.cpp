// model.cpp: Plain data about annotated classes.

#include "runtime/model/model.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Sorted.
constexpr std::string_view annotations_with_names[] = {
    "column_property",
    "comparison",
    "default_for",
    "exclude_properties",
    "foreign_key",
    "foreign_key_constraint",
    "foreign_keys",
    "hybrid",
    "include_properties",
    "index",
    "inherit_condition",
    "mapper_primary_key",
    "order_by",
    "polymorphic_on",
    "primary_key_constraint",
    "primaryjoin",
    "relationship",
    "remote_side",
    "secondary",
    "secondaryjoin",
    "synonym",
    "unique_constraint",
    "unique_index",
    "validates",
    "version_id",
};
static_assert(std::is_sorted(std::begin(annotations_with_names), std::end(annotations_with_names)));

} // namespace

bool has_names(std::string_view annotation) {
  return std::binary_search(std::begin(annotations_with_names), std::end(annotations_with_names),
                            annotation);
}

Location locate(const Value &text, std::size_t offset, const Location &fallback) {
  Location location = text.location.valid() ? text.location : fallback;
  const auto after =
      std::upper_bound(text.places.begin(), text.places.end(), offset,
                       [](std::size_t o, const TextPlace &place) { return o < place.offset; });
  if (after == text.places.begin())
    return location;
  const TextPlace &run = *std::prev(after);
  const auto step = run.fixed ? 0 : static_cast<std::uint32_t>(offset - run.offset);
  location.line = run.line;
  location.column = run.column + step;
  location.handle = run.handle ? run.handle + step : 0;
  return location;
}

std::string_view Class::unqualified_name() const {
  const std::string_view text = name;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    if (c == '<' || c == '(')
      ++depth;
    else if (c == '>' || c == ')')
      --depth;
    else if (c == ':' && depth == 0)
      begin = i + 1;
  }
  return text.substr(begin);
}

} // namespace declorm::model
