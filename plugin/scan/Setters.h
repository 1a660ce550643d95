// Setters.h: What sets the value that a getter reads.
#ifndef DECLORM_PLUGIN_SETTERS_H
#define DECLORM_PLUGIN_SETTERS_H

#include "plugin/vocabulary/Facts.h"

namespace declorm::plugin {

/// Whether it can be called without arguments and returns something.
bool isGetter(const clang::CXXMethodDecl *Method);

/// Whether a method with `column` reads a value; false without a word for a setter whose getter is
/// annotated too.
bool checkGetter(clang::Sema &S, const std::vector<Fact> &Facts,
                 const clang::CXXMethodDecl *Method);

/// The function that `setter` among `Facts` names, or one of the usual names: for x, get_x, getX,
/// is_x and isX an overload, set_x or setX. One without parameters returns a reference to assign
/// to. Null if there is none, which is reported unless the database makes the value.
const clang::CXXMethodDecl *findSetter(clang::Sema &S, const std::vector<Fact> &Facts,
                                       const clang::CXXMethodDecl *Getter);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_SETTERS_H
