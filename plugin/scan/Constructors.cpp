// Constructors.cpp: What makes an object of a class when it is loaded.

#include "plugin/scan/Constructors.h"
#include "plugin/Report.h"

using namespace clang;

namespace declorm::plugin {

const CXXMethodDecl *findConstructor(const CXXRecordDecl *Record) {
  if (!hasFact(Record, "constructor"))
    return nullptr;
  for (const Decl *D : Record->decls())
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D);
        Method && !Method->isImplicit() && findFact(Record, ownerName(Method), "constructor"))
      return Method;
  return nullptr;
}

namespace {

/// Whether `T()` makes a value that a parameter of that type takes.
bool isMade(Sema &S, QualType Type) {
  if (Type->isLValueReferenceType() && !Type->getPointeeType().isConstQualified())
    return false;
  Type = Type.getNonReferenceType();
  CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return !Type->isArrayType() && !Type->isFunctionType();
  if (!Record->hasDefinition() || Record->isAbstract())
    return false;
  const CXXConstructorDecl *Constructor = S.LookupDefaultConstructor(Record->getDefinition());
  return Constructor && !Constructor->isDeleted();
}

class ConstructorCheck {
public:
  ConstructorCheck(Sema &S, const Fact &F, const CXXMethodDecl *Method)
      : S(S), F(F), Method(Method), Record(Method->getParent()) {}

  void run() {
    if (const CXXMethodDecl *First = findConstructor(Record); First != Method)
      return reportSecond(First);
    if (Method->isDeleted()) {
      report("%0 is deleted, and makes no objects") << Method;
    } else if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method)) {
      checkOwn(Constructor);
    } else if (!Method->isStatic()) {
      report("it goes on a constructor, or on a static function that returns a '%0'; a function "
             "that is called for an object that was loaded is a [[declorm::after_load]]")
          << Record->getNameAsString();
    } else if (!S.Context.hasSameUnqualifiedType(Method->getReturnType(),
                                                 S.Context.getRecordType(Record))) {
      report("static function %0 returns '%1'; let it return a '%2'")
          << Method << Method->getReturnType().getAsString(S.getPrintingPolicy())
          << Record->getNameAsString();
    } else if (Method->getMinRequiredArguments() != 0) {
      report("static function %0 has parameters, but it is called without arguments; take nothing")
          << Method;
    }
  }

private:
  DiagnosticBuilder report(llvm::StringRef Text) {
    return error(S.Diags, F.Loc, "'declorm::constructor': " + Text.str());
  }

  void reportSecond(const CXXMethodDecl *First) {
    report("%0 has two of them, and one makes its objects; leave one") << Record;
    note(S.Diags, First->getLocation(), "the first one is here");
  }

  void checkOwn(const CXXConstructorDecl *Constructor) {
    if (Constructor->isCopyOrMoveConstructor()) {
      report("a constructor that copies or moves needs an object first; annotate another one");
      return;
    }
    if (S.LookupDefaultConstructor(const_cast<CXXRecordDecl *>(Record)) == Constructor) {
      report("the default constructor makes the objects that are loaded anyway; leave it out");
      return;
    }
    for (const ParmVarDecl *Parameter : Constructor->parameters())
      if (!Parameter->hasDefaultArg() && !isMade(S, Parameter->getType())) {
        report("nothing is known to give the parameter %0, a '%1', which has no default "
               "constructor; annotate a static function that returns a '%2'")
            << Parameter << Parameter->getType().getAsString(S.getPrintingPolicy())
            << Record->getNameAsString();
        return;
      }
  }

  Sema &S;
  const Fact &F;
  const CXXMethodDecl *Method;
  const CXXRecordDecl *Record;
};

} // namespace

void checkConstructor(Sema &S, const std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  for (const Fact &F : Facts)
    if (F.Name == "constructor" && !Method->isFromASTFile())
      ConstructorCheck(S, F, Method).run();
}

} // namespace declorm::plugin
