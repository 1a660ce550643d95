// Validators.h: Functions that check the values of members, or make others of them.
#ifndef DECLORM_PLUGIN_VALIDATORS_H
#define DECLORM_PLUGIN_VALIDATORS_H

#include "plugin/vocabulary/Facts.h"

namespace declorm::plugin {

/// Whether a function with `validates` can be called with the value of each member that it names,
/// and returns what can be assigned to it; reports. Gives the annotation the function as an
/// argument, once for each name.
void addValidators(clang::Sema &S, std::vector<Fact> &Facts, const clang::CXXMethodDecl *Method);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_VALIDATORS_H
