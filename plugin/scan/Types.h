// Types.h: C++ types as the Model knows them.
#ifndef DECLORM_PLUGIN_TYPES_H
#define DECLORM_PLUGIN_TYPES_H

#include "runtime/model/model.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Sema.h"

namespace declorm::plugin {

class TypeMapper {
public:
  explicit TypeMapper(clang::Sema &S) : S(S), Context(S.Context) {}

  /// The Model's view of `Type`, the type of what stands at `Loc`.
  model::Type map(clang::QualType Type, clang::SourceLocation Loc);

  /// The class that the last mapped type holds by value; null if it holds none.
  const clang::CXXRecordDecl *object() const { return Object; }

  /// The class that the last mapped type points to or holds; null if there is none.
  const clang::CXXRecordDecl *target() const { return Target; }

  /// Template specialisations that were instantiated because a member points to them.
  unsigned completed() const { return Completed; }

private:
  void fill(model::Type &Result, clang::QualType Type);
  void fillBuiltin(model::Type &Result, clang::QualType Type);
  void fillEnum(model::Type &Result, const clang::EnumDecl *Enum);
  void fillArray(model::Type &Result, clang::QualType Element);
  void fillClass(model::Type &Result, const clang::CXXRecordDecl *Record);
  bool fillStandard(model::Type &Result, const clang::ClassTemplateSpecializationDecl *Record);
  bool fillContainer(model::Type &Result, const clang::ClassTemplateSpecializationDecl *Record);
  void fillKey(model::Type &Result, clang::QualType Key);
  bool fillChrono(model::Type &Result, const clang::CXXRecordDecl *Record);
  bool fillOurs(model::Type &Result, const clang::CXXRecordDecl *Record);
  bool fillConverted(model::Type &Result, clang::QualType Type);
  void fillStored(model::Type &Result, clang::QualType Stored);
  void fillTarget(model::Type &Result, model::TypeCode Code, clang::QualType Class);
  clang::ClassTemplateDecl *typeTraits();

  clang::Sema &S;
  clang::ASTContext &Context;
  clang::SourceLocation Loc;
  clang::ClassTemplateDecl *Traits = nullptr;
  bool TraitsKnown = false;
  unsigned Completed = 0;
  const clang::CXXRecordDecl *Object = nullptr;
  const clang::CXXRecordDecl *Target = nullptr;
};

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_TYPES_H
