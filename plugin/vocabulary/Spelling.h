// Spelling.h: Annotations that no handler ever sees.
//
// Clang hands over only attributes whose names it knows, and skips the arguments of those that take
// none. The loaded files are lexed again for both.
#ifndef DECLORM_PLUGIN_SPELLING_H
#define DECLORM_PLUGIN_SPELLING_H

#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"

#include <memory>

namespace declorm::plugin {

/// What the preprocessor skipped.
struct SpellingWatch {
  std::vector<clang::SourceRange> Skipped;
};

/// Begins to watch; before the preprocessor enters the main file.
std::shared_ptr<SpellingWatch> watchSpelling(clang::Preprocessor &PP);

/// An annotation of which nobody knows what it should be.
struct Misspelt {
  clang::SourceLocation Loc;
  bool HasArguments = false;
};

/// Reports unknown names in the declorm namespace, and arguments of annotations that take none.
/// Returns the unknown names.
std::vector<Misspelt> checkSpelling(clang::Sema &S, const SpellingWatch &Watch);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_SPELLING_H
