// paths.h: Paths as a person in the current folder would write them.
#ifndef DECLORM_CHECK_PATHS_H
#define DECLORM_CHECK_PATHS_H

#include "runtime/model/model.h"

#include "llvm/ADT/StringRef.h"

#include <functional>

namespace declorm::check {

/// Makes paths of one compile, which may be relative to its own folder, readable in the current
/// one.
class Paths {
public:
  explicit Paths(llvm::StringRef current) : current_(current) {}

  std::string shorten(llvm::StringRef file, llvm::StringRef folder) const;

private:
  std::string current_;
};

/// Applies `shorten` to every path of the unit.
void shorten_paths(model::TranslationUnit &unit, const std::function<void(std::string &)> &shorten);

} // namespace declorm::check

#endif // DECLORM_CHECK_PATHS_H
