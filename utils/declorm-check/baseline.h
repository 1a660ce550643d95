// baseline.h: Findings that are known and not to be shown again.
//
// A baseline lets a program with old findings be checked for new ones. A finding is known by its
// rule, file and message, not by its line, which changes with every edit above.
#ifndef DECLORM_CHECK_BASELINE_H
#define DECLORM_CHECK_BASELINE_H

#include "runtime/model/diagnostic.h"

#include <map>
#include <optional>
#include <tuple>

namespace declorm::check {

class Baseline {
public:
  /// Null if the file cannot be read or is no baseline; says why on stderr.
  static std::optional<Baseline> read(const std::string &file);

  /// Takes out the findings that are in the baseline, each entry for one finding. Returns how many
  /// entries were left over.
  std::size_t drop_known(model::Diagnostics &findings) const;

private:
  using Entry = std::tuple<std::string, std::string, std::string>; ///< rule, file, message
  static Entry entry_of(const model::Diagnostic &finding);

  std::map<Entry, std::size_t> entries_; ///< how many there are of each
};

/// Writes a baseline of `findings`, which are sorted. False if that failed; says why on stderr.
bool write_baseline(const std::string &file, const model::Diagnostics &findings);

} // namespace declorm::check

#endif // DECLORM_CHECK_BASELINE_H
