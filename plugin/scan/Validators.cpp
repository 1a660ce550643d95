// Validators.cpp: Functions that check the values of members, or make others of them.

#include "plugin/scan/Validators.h"
#include "plugin/Report.h"
#include "plugin/scan/Checks.h"
#include "plugin/scan/Conversions.h"
#include "plugin/scan/Setters.h"

#include "runtime/model/diagnostic.h"

using namespace clang;

namespace declorm::plugin {

namespace {

/// The names of what is mapped in the class and its bases.
void addMappedNames(const CXXRecordDecl *Record, std::vector<std::string> &Names) {
  for (const Fact &F : factsOf(Record->getASTContext(), Record))
    if (F.Name == "column" || F.Name == "relationship" || F.Name == "composite")
      Names.push_back(memberOf(F));
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (const auto *BaseRecord = Base.getType()->getAsCXXRecordDecl();
        BaseRecord && BaseRecord->hasDefinition())
      addMappedNames(BaseRecord->getDefinition(), Names);
}

/// Whether a parameter of type `Taken` takes the value of a member of type `Value`, and cannot
/// change it.
bool takesValue(Sema &S, SourceLocation Loc, QualType Taken, QualType Value) {
  if (Taken->isReferenceType() &&
      !(Taken->isLValueReferenceType() && Taken->getPointeeType().isConstQualified()))
    return false;
  return converts(S, Loc, S.Context.getLValueReferenceType(Value.withConst()),
                  Taken.getNonReferenceType().getUnqualifiedType());
}

/// Checks one annotation of a function; reports.
class ValidatorCheck {
public:
  ValidatorCheck(Sema &S, const Fact &F, const CXXMethodDecl *Method)
      : S(S), F(F), Method(Method) {}

  bool run() {
    if (isa<CXXConstructorDecl>(Method) || isa<CXXDestructorDecl>(Method) || Method->isDeleted() ||
        Method->getRefQualifier() == RQ_RValue) {
      report("%0 cannot be called with a value; put it on a function of its own") << Method;
      return false;
    }
    if (Method->getNumParams() == 0 || Method->getMinRequiredArguments() > 2) {
      report("%0 has %1 parameters; a validator takes the value and, before it, if it wants that, "
             "the member's name, a 'std::string_view'")
          << Method << Method->getNumParams();
      return false;
    }
    return llvm::all_of(F.Arguments, [&](const model::Value &Name) {
      return !Name.string() || checkAttribute(*Name.string());
    });
  }

private:
  DiagnosticBuilder report(llvm::StringRef Text) {
    return error(S.Diags, F.Loc, "'declorm::validates': " + Text.str());
  }

  bool checkAttribute(const std::string &Name) {
    std::vector<std::string> Known;
    addMappedNames(Method->getParent(), Known);
    const NamedDecl *Attribute = findAttribute(Method->getParent(), Name);
    if (!Attribute || !llvm::is_contained(Known, Name)) {
      const std::string Near = model::nearest(Name, Known);
      report("%0 has no column, composite or relationship '%1'%2")
          << Method->getParent() << Name
          << (Near.empty() ? "; it names members of the class and of its bases"
                           : "; did you mean '" + Near + "'?");
      return false;
    }
    return checkValue(Attribute, Name);
  }

  bool checkValue(const NamedDecl *Attribute, const std::string &Name) {
    const QualType Type = valueTypeOf(Attribute);
    const auto Spell = [&](QualType T) { return T.getAsString(S.getPrintingPolicy()); };
    if (const auto *Member = dyn_cast<FieldDecl>(Attribute);
        Member && (Member->getType().isConstQualified() || Member->getType()->isReferenceType())) {
      report("'%0' is const or a reference, and no validator can set it") << Name;
      return false;
    }
    const unsigned Last = Method->getMinRequiredArguments() == 2 ? 1 : 0;
    const QualType Parameter = Method->getParamDecl(Last)->getType();
    if (!takesValue(S, F.Loc, Parameter, Type)) {
      report("%0 takes a '%1', which the value of '%2', a 'const %3', does not convert to")
          << Method << Spell(Parameter) << Name << Spell(Type);
      return false;
    }
    if (Last == 1 && !takesName()) {
      report("%0 takes a '%1' before the value; the member's name is a 'std::string_view'")
          << Method << Spell(Method->getParamDecl(0)->getType());
      return false;
    }
    if (!converts(S, F.Loc, Method->getReturnType(), Type)) {
      report("%0 returns '%1', which does not convert to '%2', the type of '%3'; return the value "
             "that the member is to have")
          << Method << Spell(Method->getReturnType()) << Spell(Type) << Name;
      return false;
    }
    return true;
  }

  bool takesName() {
    const QualType Text = S.Context.getPointerType(S.Context.CharTy.withConst());
    const QualType Parameter = Method->getParamDecl(0)->getType();
    return converts(S, F.Loc, Text, Parameter.getNonReferenceType().getUnqualifiedType());
  }

  Sema &S;
  const Fact &F;
  const CXXMethodDecl *Method;
};

} // namespace

void addValidators(Sema &S, std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  for (Fact &F : Facts) {
    if (F.Name != "validates" || (!Method->isFromASTFile() && !ValidatorCheck(S, F, Method).run()))
      continue;
    const std::size_t Count = F.Arguments.size();
    for (std::size_t I = 0; I != Count; ++I)
      addFunction(F, Method);
  }
}

} // namespace declorm::plugin
