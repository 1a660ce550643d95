// Hooks.cpp: Functions that are called for objects, or for their class.

#include "plugin/scan/Hooks.h"
#include "plugin/Report.h"
#include "plugin/scan/Checks.h"

#include "runtime/model/hooks.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace declorm::plugin {

bool isSession(QualType Type) {
  if (!Type->isLValueReferenceType() || Type->getPointeeType().getQualifiers())
    return false;
  return isOurs(Type->getPointeeType()->getAsCXXRecordDecl(), "Session");
}

namespace {

/// What a class is in relation to the one that a hook stands in.
bool isTemplateArgumentOf(const CXXRecordDecl *Record, const CXXRecordDecl *Object) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  return Special && llvm::any_of(Special->getTemplateArgs().asArray(), [&](const auto &Argument) {
           return Argument.getKind() == TemplateArgument::Type &&
                  declaresSameEntity(Argument.getAsType()->getAsCXXRecordDecl(), Object);
         });
}

/// Whether a reference of that type can refer to the object for which a hook of the class is
/// called: to the class, a base of it, or, in a mixin `template <class Self>`, to Self.
bool takesObject(QualType Type, const CXXRecordDecl *Record) {
  if (!Type->isLValueReferenceType() || Type->getPointeeType().isVolatileQualified())
    return false;
  const CXXRecordDecl *Object = Type->getPointeeType()->getAsCXXRecordDecl();
  if (!Object)
    return false;
  Object = Object->getCanonicalDecl();
  const auto DerivesFrom = [](const CXXRecordDecl *From, const CXXRecordDecl *To) {
    return From->hasDefinition() && From->isDerivedFrom(To);
  };
  return Object == Record->getCanonicalDecl() || DerivesFrom(Record, Object) ||
         (DerivesFrom(Object, Record) && isTemplateArgumentOf(Record, Object));
}

/// Checks one annotation of a function; reports.
class HookCheck {
public:
  HookCheck(Sema &S, const Fact &F, const CXXMethodDecl *Method, model::HookKind Kind)
      : S(S), F(F), Method(Method), ForClass(model::is_for_class(Kind)) {}

  bool run() {
    return checkKind() && checkResult() && checkCallable() && checkParameters() &&
           checkOverridden();
  }

private:
  auto report(llvm::StringRef Text) {
    return error(S.Diags, F.Loc, "'declorm::" + F.Name + "': " + Text.str());
  }

  bool checkKind() {
    const char *What = isa<CXXConstructorDecl>(Method)  ? "a constructor"
                       : isa<CXXDestructorDecl>(Method) ? "a destructor"
                       : isa<CXXConversionDecl>(Method) ? "a conversion"
                                                        : nullptr;
    if (What)
      report("%0 is called by the language when it likes; put it on a function of its own") << What;
    return !What;
  }

  bool checkResult() {
    if (Method->getReturnType()->isVoidType())
      return true;
    report("%0 returns '%1', which nothing would use; let it return void")
        << Method << Method->getReturnType().getAsString(S.getPrintingPolicy());
    return false;
  }

  bool checkCallable() {
    const char *Why = Method->isDeleted()     ? "is deleted"
                      : Method->isConsteval() ? "is consteval"
                      : Method->getRefQualifier() == RQ_RValue
                          ? "is called for temporary objects only ('&&')"
                          : nullptr;
    if (Why)
      report("%0 %1, and cannot be called") << Method << Why;
    return !Why;
  }

  bool checkParameters() {
    unsigned First = 0;
    const CXXRecordDecl *Record = Method->getParent();
    const bool WantsObject = Method->isStatic() && !ForClass;
    if (WantsObject) {
      if (Method->getNumParams() == 0 || !takesObject(Method->getParamDecl(0)->getType(), Record)) {
        report("static function %0 must take the object, '%1 &', as its first parameter; or leave "
               "out 'static'")
            << Method << Record->getNameAsString();
        return false;
      }
      First = 1;
    }
    if (!ForClass && Method->getNumParams() > First &&
        isSession(Method->getParamDecl(First)->getType()))
      ++First;
    if (Method->getMinRequiredArguments() <= First)
      return true;
    const std::string Type =
        Method->getParamDecl(First)->getType().getAsString(S.getPrintingPolicy());
    if (ForClass)
      report("%0 takes a '%1', but it is called without arguments; take nothing") << Method << Type;
    else
      report("%0 takes a '%1', but %2; take no more")
          << Method << Type
          << (WantsObject
                  ? "it is called with the object and, if it wants that, a 'declorm::Session &'"
                  : "it is called with nothing or, if it wants that, a 'declorm::Session &'");
    return false;
  }

  /// A virtual function is called once, as the object's class has it.
  bool checkOverridden() {
    for (const CXXMethodDecl *Above : Method->overridden_methods()) {
      const AnnotateAttr *Given = findFact(Above->getParent(), ownerName(Above), F.Name);
      if (!Given)
        continue;
      report("%0 overrides a function that is annotated with it, and is called in its place; leave "
             "it out here")
          << Method;
      note(S.Diags, Given->getLocation(), "the annotation is here");
      return false;
    }
    return true;
  }

  Sema &S;
  const Fact &F;
  const CXXMethodDecl *Method;
  const bool ForClass;
};

} // namespace

void addHooks(Sema &S, std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  for (Fact &F : Facts) {
    const std::optional<model::HookKind> Kind = model::hook_kind(F.Name);
    if (!Kind || !counts(Facts, F))
      continue;
    if (!Method->isFromASTFile() && !HookCheck(S, F, Method, *Kind).run())
      continue;
    addFunction(F, Method);
  }
}

} // namespace declorm::plugin
