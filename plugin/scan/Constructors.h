// Constructors.h: What makes an object of a class when it is loaded.
#ifndef DECLORM_PLUGIN_CONSTRUCTORS_H
#define DECLORM_PLUGIN_CONSTRUCTORS_H

#include "plugin/vocabulary/Facts.h"

namespace declorm::plugin {

/// Whether a function with `constructor` can make an object of its class without being told
/// anything; reports.
void checkConstructor(clang::Sema &S, const std::vector<Fact> &Facts,
                      const clang::CXXMethodDecl *Method);

/// The function of the class that has the annotation; null if there is none.
const clang::CXXMethodDecl *findConstructor(const clang::CXXRecordDecl *Record);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_CONSTRUCTORS_H
