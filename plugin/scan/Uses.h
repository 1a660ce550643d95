// Uses.h: What functions name of mapped classes: attr<T>("name"), col<&T::function>.
#ifndef DECLORM_PLUGIN_USES_H
#define DECLORM_PLUGIN_USES_H

#include "runtime/model/attribute_uses.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace declorm::plugin {

/// The declaration of that name in namespace declorm, or null.
clang::NamedDecl *findInDeclorm(clang::ASTContext &Context, llvm::StringRef Name);

/// Whether the declaration is the program's own: neither declorm's nor a system header's, and not
/// of a precompiled header or module, whose own compile looks at it.
bool isOfProgram(const clang::Decl *D);

/// Whether a declaration of a namespace, or of the translation unit, is the program's own or may
/// hold what is.
bool mayHoldProgram(const clang::Decl *D);

/// The classes that the translation unit maps by Registry::map_imperatively.
llvm::DenseSet<const clang::CXXRecordDecl *> findCalled(clang::ASTContext &Context);

/// The uses in the functions and variables of the program. Statements are visited only where some
/// attr<T> is instantiated.
std::vector<model::AttributeUse> findUses(clang::ASTContext &Context);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_USES_H
