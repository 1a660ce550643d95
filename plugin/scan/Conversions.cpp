// Conversions.cpp: Whether the values of members and functions go into each other.

#include "plugin/scan/Conversions.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Sema/Overload.h"

using namespace clang;

namespace declorm::plugin {

QualType valueTypeOf(const NamedDecl *Member) {
  const auto *Getter = dyn_cast<CXXMethodDecl>(Member);
  const QualType Type = Getter ? Getter->getReturnType() : cast<ValueDecl>(Member)->getType();
  return Type.getNonReferenceType().getUnqualifiedType();
}

bool converts(Sema &S, SourceLocation Loc, QualType From, QualType To) {
  if (From->isVoidType())
    return false;
  OpaqueValueExpr Value(Loc, From.getNonReferenceType(),
                        From->isReferenceType() ? VK_LValue : VK_PRValue);
  const ImplicitConversionSequence Conversion =
      S.TryImplicitConversion(&Value, To, false, Sema::AllowedExplicit::None, false, false, false);
  return !Conversion.isBad() && !Conversion.isAmbiguous();
}

} // namespace declorm::plugin
