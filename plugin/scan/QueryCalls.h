// QueryCalls.h: The calls of Session, Query and loading options, recognised in expressions.
#ifndef DECLORM_PLUGIN_QUERYCALLS_H
#define DECLORM_PLUGIN_QUERYCALLS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace declorm::plugin {

/// Whether the declaration is a member, or a function of namespace declorm, of that class or "".
bool isOfDeclorm(const clang::FunctionDecl *Function, llvm::StringRef Class);

/// Whether it is a member of namespace std, or of anything inside it.
bool isInStd(const clang::Decl *D);

/// The name of a function, "" of an operator or constructor.
llvm::StringRef nameOf(const clang::NamedDecl *D);

/// Whether the type is a Session, or what leads to one: a pointer, a reference, a scoped_session.
bool leadsToSession(clang::QualType Type);

/// Whether the type is a declorm::lazy or a declorm::lazy_list.
bool isLazy(clang::QualType Type);

/// The class of which a link's type refers to objects, or null: `T *`, std::vector<T *>, lazy<T>.
const clang::CXXRecordDecl *linkedClass(clang::QualType Type);

/// Whether the type is `T *`, `T &`, T or a smart pointer to T, T a class that is none of std.
bool isHandle(clang::QualType Type);

/// The members that a loading option fills, `selectinload<&A::b>().joinedload<&B::c>()`. False: it
/// is no literal call of one.
bool optionMembers(const clang::Expr *Option,
                   llvm::SmallVectorImpl<const clang::FieldDecl *> &Members);

/// The class that is the first template argument of the function, without const, or null:
/// session.query<T>().
const clang::CXXRecordDecl *classArgument(const clang::FunctionDecl *Function);

/// The data member that the function returns and does nothing else, or null.
const clang::FieldDecl *memberOfGetter(const clang::CXXMethodDecl *Method);

/// The member of `&T::member`, or null.
const clang::FieldDecl *pointedMember(const clang::Expr *E);

/// Whether a change of the member, which is no relationship, can change what relationships show, or
/// make a flush load them: it is a foreign key, or what one may refer to.
bool mayLink(const clang::FieldDecl *Field);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_QUERYCALLS_H
