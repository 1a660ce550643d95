// Walk.h: The annotated classes of a translation unit.
#ifndef DECLORM_PLUGIN_WALK_H
#define DECLORM_PLUGIN_WALK_H

#include "plugin/vocabulary/Spelling.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace declorm::plugin {

/// Finds the annotated classes of a translation unit: declaration contexts only, no statement.
/// Reports annotations that stand on a declaration instead of the definition.
class Walk {
public:
  /// `Unknown`: annotations of unknown names, which are noted at the class they stand on.
  Walk(clang::Sema &S, llvm::ArrayRef<Misspelt> Unknown) : S(S), Unknown(Unknown) {}

  void run();

  llvm::SetVector<clang::CXXRecordDecl *> Classes; ///< definitions that are not templates
  llvm::SetVector<clang::CXXRecordDecl *> Written; ///< templates too, but no instantiations
  unsigned Placed = 0; ///< how many of the unknown annotations stand on a class or a member

private:
  void visitContext(clang::DeclContext *DC);
  void visitTemplate(clang::ClassTemplateDecl *Template);
  void visitRecord(clang::CXXRecordDecl *Record);
  void checkDeclaration(const clang::CXXRecordDecl *Record);
  void placeUnknown(clang::CXXRecordDecl *Record);
  bool isBefore(clang::SourceLocation A, clang::SourceLocation B) const;
  bool isIn(const Misspelt &Name, const clang::CXXRecordDecl *Record) const;

  clang::Sema &S;
  const llvm::ArrayRef<Misspelt> Unknown;
  llvm::DenseSet<const clang::CXXRecordDecl *> Visited;
};

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_WALK_H
