// Arguments.cpp: Constant expressions as arguments of annotations.

#include "plugin/vocabulary/Arguments.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/PrettyPrinter.h"

using namespace clang;

namespace declorm::plugin {

std::string qualifiedName(const NamedDecl *D) {
  PrintingPolicy Policy(D->getASTContext().getLangOpts());
  Policy.SuppressUnwrittenScope = true;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  D->printQualifiedName(OS, Policy);
  return Text;
}

/// The expression under parentheses, casts nobody wrote, folded constants and substituted
/// template parameters.
static const Expr *core(const Expr *E) {
  while (true) {
    const Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *Constant = dyn_cast<ConstantExpr>(Inner))
      Inner = Constant->getSubExpr();
    else if (const auto *Substituted = dyn_cast<SubstNonTypeTemplateParmExpr>(Inner))
      Inner = Substituted->getReplacement();
    if (Inner == E)
      return E;
    E = Inner;
  }
}

const clang::StringLiteral *literalOf(const Expr *E) {
  return dyn_cast<clang::StringLiteral>(core(E));
}

static const FunctionDecl *functionOf(const Expr *E) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_AddrOf)
    E = core(Unary->getSubExpr());
  const auto *Reference = dyn_cast<DeclRefExpr>(E);
  const auto *Function = Reference ? dyn_cast<FunctionDecl>(Reference->getDecl()) : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  return Method && !Method->isStatic() ? nullptr : Function;
}

/// The text of a constant array or pointer of char, up to its first NUL.
static std::optional<std::string> stringOf(ASTContext &Context, const Expr *E) {
  QualType Type = E->getType();
  if (!Type->isArrayType() && !Type->isPointerType())
    return std::nullopt;
  const QualType Element = Type->isPointerType() ? Type->getPointeeType()
                                                 : Context.getAsArrayType(Type)->getElementType();
  if (!Element->isAnyCharacterType() || Context.getTypeSize(Element) != Context.getCharWidth())
    return std::nullopt;
  // Only a pointer's value can be followed, and a lone name comes without the cast to one.
  if (E->isGLValue())
    E = ImplicitCastExpr::Create(Context, Context.getPointerType(Element),
                                 Type->isArrayType() ? CK_ArrayToPointerDecay : CK_LValueToRValue,
                                 const_cast<Expr *>(E), nullptr, VK_PRValue, FPOptionsOverride());
  return E->tryEvaluateString(Context);
}

static std::string enumeratorName(const EnumDecl *Enum, const llvm::APSInt &Value) {
  for (const EnumConstantDecl *Constant : Enum->enumerators())
    if (llvm::APSInt::isSameValue(Constant->getInitVal(), Value))
      return qualifiedName(Constant);
  return qualifiedName(Enum);
}

static Argument scalarArgument(ASTContext &Context, const Expr *E) {
  Argument Result;
  Expr::EvalResult Evaluated;
  const QualType Type = E->getType();
  if (Type->isIntegralOrEnumerationType()) {
    if (!E->EvaluateAsInt(Evaluated, Context)) {
      Result.Kind = 'c';
      return Result;
    }
    const llvm::APSInt &Integer = Evaluated.Val.getInt();
    if (Type->isBooleanType()) {
      Result.Kind = 'b';
      Result.Value.data = Integer.getBoolValue();
    } else if (!Integer.isRepresentableByInt64()) {
      Result.Kind = 'o';
    } else if (const auto *Enum = Type->getAs<EnumType>()) {
      Result.Kind = 'e';
      Result.Value.data =
          model::EnumValue{enumeratorName(Enum->getDecl(), Integer), Integer.getExtValue()};
    } else {
      Result.Kind = 'i';
      Result.Value.data = std::int64_t(Integer.getExtValue());
    }
  } else if (Type->isRealFloatingType()) {
    llvm::APFloat Real(0.0);
    if (!E->EvaluateAsFloat(Real, Context)) {
      Result.Kind = 'c';
      return Result;
    }
    bool Inexact = false;
    Real.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &Inexact);
    Result.Kind = 'r';
    Result.Value.data = Real.convertToDouble();
  } else if (!E->isCXX11ConstantExpr(Context)) {
    Result.Kind = 'c';
  }
  return Result;
}

Argument evaluateArgument(ASTContext &Context, const Expr *E) {
  Argument Result;
  if (E->isValueDependent() || E->isTypeDependent() || E->isInstantiationDependent()) {
    Result.Kind = '?';
    return Result;
  }
  const Expr *Core = core(E);
  if (const auto *Literal = dyn_cast<clang::StringLiteral>(Core); Literal) {
    if (Literal->getCharByteWidth() != 1)
      return Result;
    Result.Kind = 's';
    Result.Value.data = Literal->getString().str();
  } else if (isa<CXXNullPtrLiteralExpr>(Core)) {
    Result.Kind = 'n';
  } else if (const FunctionDecl *Function = functionOf(Core)) {
    Result.Kind = 'f';
    Result.Function = Function;
    Result.Value.data = model::Function{"&::" + qualifiedName(Function), nullptr};
  } else if (auto Text = stringOf(Context, Core)) {
    Result.Kind = 's';
    Result.Value.data = std::move(*Text);
  } else {
    // An enumerator given through a template parameter is an integer under its substitution.
    const Expr *Whole = E->IgnoreParens();
    if (const auto *Constant = dyn_cast<ConstantExpr>(Whole))
      Whole = Constant->getSubExpr();
    Result = scalarArgument(Context, Whole->getType()->isArrayType() ? Core : Whole);
  }
  return Result;
}

} // namespace declorm::plugin
