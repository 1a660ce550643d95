// Facts.h: Annotations as attributes of their class.
//
// A fact is an AnnotateAttr "declorm.<name>" on the class that is annotated or whose member is: an
// attribute on the member itself would reach code generation. Its arguments:
//   1. whose it is: "" the class's, ".name" a field's, "name#n" the n-th function's of that name
//   2. the shape of the others: e an expression, k an unknown name, [ and ] around a list
//   3. the expressions and names, flat
// Template instantiation, precompiled headers and modules carry them along.
#ifndef DECLORM_PLUGIN_FACTS_H
#define DECLORM_PLUGIN_FACTS_H

#include "plugin/vocabulary/Arguments.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Sema/Sema.h"

namespace declorm::plugin {

/// An annotation read back.
struct Fact {
  const clang::AnnotateAttr *Attr = nullptr;
  std::string Owner; ///< see above
  std::string Name;  ///< "primary_key"
  std::string Kinds; ///< of the arguments, as Argument::Kind
  std::vector<model::Value> Arguments;
  std::vector<const clang::FunctionDecl *> Functions; ///< of the arguments of kind 'f', in order
  clang::SourceLocation Loc;
};

/// Adds the function that the annotation stands on to its arguments.
void addFunction(Fact &F, const clang::FunctionDecl *Function);

/// An argument as the parser gave it: an expression, a name, or a list of these.
struct RawArgument {
  clang::Expr *E = nullptr;
  clang::IdentifierInfo *Name = nullptr;
  clang::SourceLocation Loc;
};

/// Attaches an annotation. `Range` is its name and arguments.
void attachFact(clang::Sema &S, clang::CXXRecordDecl *Record, llvm::StringRef Owner,
                const clang::IdentifierInfo *Name, clang::SourceRange Range,
                llvm::ArrayRef<RawArgument> Arguments);

/// The class a member's facts go to: the member's class, outside anonymous structs and unions.
clang::CXXRecordDecl *factHolder(const clang::Decl *Member);

/// What stands for the member in Fact::Owner.
std::string ownerName(const clang::FieldDecl *Field);
std::string ownerName(const clang::CXXMethodDecl *Method);

/// Whether the class bears any annotation, or a member of it does.
bool hasFacts(const clang::CXXRecordDecl *Record);

/// The annotation of that owner and name, or null.
const clang::AnnotateAttr *findFact(const clang::CXXRecordDecl *Record, llvm::StringRef Owner,
                                    llvm::StringRef Name);

/// Whether the class or any member of it has an annotation of that name.
bool hasFact(const clang::CXXRecordDecl *Record, llvm::StringRef Name);

/// Whether the place is in a class without a name that is the type of a member of `Record`.
bool isInUnnamed(const clang::CXXRecordDecl *Record, clang::SourceLocation Loc);

/// The annotation of that name that this very declaration has so far, or null: not that of a member
/// of the same name that is in a class without a name, or around it.
const clang::AnnotateAttr *findEarlier(const clang::CXXRecordDecl *Record, const clang::Decl *D,
                                       llvm::StringRef Owner, llvm::StringRef Name);

/// The name of the member that a fact belongs to; "" : it is the class's own.
std::string memberOf(const Fact &F);

/// All facts of this very declaration of the class, in source order.
std::vector<Fact> factsOf(clang::ASTContext &Context, const clang::CXXRecordDecl *Record);

/// What is not known of a class, because annotations were refused.
struct Refused {
  bool Head = false;                ///< of the class itself
  bool Names = false;               ///< of a member, which may have named a column
  std::vector<std::string> Members; ///< that have refused annotations

  bool any() const { return Head || Names || !Members.empty(); }
};

/// Notes a refused annotation of the class or, if `Member` is not empty, of that member of it; if
/// `Names`, it may have been one that gives a column its name.
void noteRefused(clang::ASTContext &Context, clang::CXXRecordDecl *Record,
                 llvm::StringRef Member = "", bool Names = false);

/// What was noted for the class and, if it is an instantiation, for its template.
Refused refusedOf(const clang::CXXRecordDecl *Record);

/// A name whose mere presence tells that something is annotated, also in a precompiled header.
void markAnnotated(clang::ASTContext &Context);
bool isMarkedAnnotated(clang::ASTContext &Context);

/// Whether a class template, or a class in one, has been annotated so far: then any code may
/// instantiate a class that counts.
bool hasAnnotatedTemplates(clang::ASTContext &Context);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_FACTS_H
