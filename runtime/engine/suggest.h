// suggest.h: the way out in messages about unknown names.
#ifndef DECLORM_ENGINE_SUGGEST_H
#define DECLORM_ENGINE_SUGGEST_H

#include "runtime/model/diagnostic.h"

namespace declorm::detail {

/// "a, b, c"
inline std::string join(const std::vector<std::string> &parts, std::string_view separator = ", ") {
  std::string result;
  for (const std::string &part : parts) {
    if (!result.empty())
      result += separator;
    result += part;
  }
  return result;
}

/// "; did you mean 'x'?", or "; there is a, b, c" (the first 20), or "" if there is nothing to
/// offer.
inline std::string suggestion(std::string_view name, const std::vector<std::string> &candidates) {
  const std::string near = model::nearest(name, candidates);
  if (!near.empty())
    return "; did you mean '" + near + "'?";
  constexpr std::size_t most = 20;
  if (candidates.size() > most)
    return "; there is " + join({candidates.begin(), candidates.begin() + most}) + ", … (" +
           std::to_string(candidates.size()) + " in all)";
  return candidates.empty() ? "" : "; there is " + join(candidates);
}

} // namespace declorm::detail

#endif // DECLORM_ENGINE_SUGGEST_H
