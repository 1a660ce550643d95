// Checks.h: What single annotations of a complete class may not say.
//
// Checks that need the class to be complete, and nothing beyond it. Conflicts between classes are
// the rules' (runtime/model/rules).
#ifndef DECLORM_PLUGIN_CHECKS_H
#define DECLORM_PLUGIN_CHECKS_H

#include "plugin/vocabulary/Facts.h"

namespace declorm::plugin {

/// Whether the class can be mapped at all; reports.
bool checkClass(clang::Sema &S, const clang::CXXRecordDecl *Record);

/// Whether each option stands beside the construct it belongs to, each annotation is implemented,
/// and `allow` names checks. What was refused may be the construct; what lacks one is noted as
/// refused too.
void checkFacts(clang::Sema &S, clang::CXXRecordDecl *Record);

/// Whether the annotation means anything: its construct stands beside it, and it is implemented.
/// What does not is reported by checkFacts, and nothing more is to be said of it.
bool counts(const std::vector<Fact> &Facts, const Fact &F);

/// Whether the class, which may be null, is the one of that name in namespace declorm.
bool isOurs(const clang::CXXRecordDecl *Record, llvm::StringRef Name);

/// Members that would load at first touch do not yet; reports.
void checkLazy(clang::Sema &S, const clang::FieldDecl *Field);

/// Whether no object can be made without arguments, even if access is not checked. Of what did not
/// compile that is not known.
bool isUnmakeable(clang::Sema &S, const clang::CXXRecordDecl *Record);

/// Options and types of one member: `Member` has the type `Type`.
void checkMember(clang::Sema &S, const std::vector<Fact> &Facts, const clang::NamedDecl *Member,
                 const model::Type &Type);

/// The data member or function of that name in the class, or in a base of it; null if there is
/// none.
const clang::NamedDecl *findAttribute(const clang::CXXRecordDecl *Record, llvm::StringRef Name);

/// What a static member function with `default_for` returns must go into the attribute that it
/// names.
void checkDefaults(clang::Sema &S, const std::vector<Fact> &Facts,
                   const clang::CXXMethodDecl *Method);

/// The member that counts the versions of the class's rows, its own or that of a base; null if none
/// is marked.
const clang::NamedDecl *findVersion(clang::ASTContext &Context, const clang::CXXRecordDecl *Record);

/// What makes the next version must take the one before, or nothing, and return the next.
void checkGenerators(clang::Sema &S, const std::vector<Fact> &Facts,
                     const clang::CXXRecordDecl *Record);

/// What makes a condition or an order must take nothing and return just that.
void checkMakers(clang::Sema &S, const std::vector<Fact> &Facts);

/// Gives the annotations of static member functions that make values the function as an argument.
void addStaticFunction(std::vector<Fact> &Facts, const clang::CXXMethodDecl *Method);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_CHECKS_H
