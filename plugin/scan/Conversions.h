// Conversions.h: Whether the values of members and functions go into each other.
#ifndef DECLORM_PLUGIN_CONVERSIONS_H
#define DECLORM_PLUGIN_CONVERSIONS_H

#include "clang/AST/Decl.h"
#include "clang/Sema/Sema.h"

namespace declorm::plugin {

/// The type of the value of a data member or getter.
clang::QualType valueTypeOf(const clang::NamedDecl *Member);

/// Whether what a function of result type `From` returns becomes a `To`.
bool converts(clang::Sema &S, clang::SourceLocation Loc, clang::QualType From, clang::QualType To);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_CONVERSIONS_H
