// Hooks.h: Functions that are called for objects, or for their class.
#ifndef DECLORM_PLUGIN_HOOKS_H
#define DECLORM_PLUGIN_HOOKS_H

#include "plugin/vocabulary/Facts.h"

namespace declorm::plugin {

/// Whether each hook among the annotations of `Method` can be called as it will be; reports. Gives
/// those that can the function as an argument.
void addHooks(clang::Sema &S, std::vector<Fact> &Facts, const clang::CXXMethodDecl *Method);

/// Whether the type is a reference to a declorm::Session that a hook is called with.
bool isSession(clang::QualType Type);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_HOOKS_H
