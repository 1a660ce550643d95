// Setters.cpp: What sets the value that a getter reads.

#include "plugin/scan/Setters.h"
#include "plugin/Report.h"

#include "runtime/model/diagnostic.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/Overload.h"

using namespace clang;

namespace declorm::plugin {

namespace {

/// The names that are tried, in this order.
std::vector<std::string> setterNames(llvm::StringRef Own) {
  std::vector<std::string> Names = {Own.str()};
  const auto Add = [&](llvm::StringRef Base) {
    if (Base.empty())
      return;
    Names.push_back("set_" + Base.str());
    Names.push_back("set" + std::string(1, llvm::toUpper(Base[0])) + Base.drop_front().str());
  };
  llvm::StringRef Base = Own;
  const auto IsPrefixed = [&](llvm::StringRef Prefix) {
    if (Base.size() > Prefix.size() && Base.starts_with(Prefix) &&
        llvm::isUpper(Base[Prefix.size()]))
      return Base.consume_front(Prefix);
    return Base.consume_front(Prefix.str() + "_");
  };
  const bool Prefixed = IsPrefixed("get") || IsPrefixed("is");
  Add(Base);
  if (Prefixed)
    Add(Own);
  return Names;
}

/// Looks for functions that take what a getter returns.
class SetterSearch {
public:
  SetterSearch(Sema &S, const CXXMethodDecl *Getter)
      : S(S), Getter(Getter), Record(const_cast<CXXRecordDecl *>(Getter->getParent())),
        Value(S.Context.getUnqualifiedArrayType(Getter->getReturnType().getNonReferenceType())) {}

  /// The best function of that name, of the class or a base of it; null if none takes the value.
  const CXXMethodDecl *find(llvm::StringRef Name) {
    LookupResult Found(S, &S.Context.Idents.get(Name), Getter->getLocation(),
                       Sema::LookupMemberName);
    Found.suppressDiagnostics();
    S.LookupQualifiedName(Found, Record);
    if (Found.isAmbiguous())
      return nullptr;
    for (const NamedDecl *D : Found)
      if (const auto *Function = D->getUnderlyingDecl()->getAsFunction();
          Function && Function != Getter)
        Unfit.push_back(Function);
    if (const CXXMethodDecl *Method = resolve(Found))
      return Method;
    for (const NamedDecl *D : Found)
      if (const auto *Method = dyn_cast<CXXMethodDecl>(D->getUnderlyingDecl());
          Method && returnsReference(Method))
        return Method;
    return nullptr;
  }

  /// Says why the functions that were found do not do.
  void explain() {
    for (const FunctionDecl *Function : Unfit) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Function);
      const bool Static = Method && Method->isStatic();
      note(S.Diags, Function->getLocation(),
           Static                     ? "%0 is static, and sets nothing of an object"
           : Alike.contains(Function) ? "%0 takes a '%1' no better than another one does"
                                      : "%0 does not take every '%1' as it is")
          << Function << valueName();
    }
  }

  std::string valueName() const { return Value.getAsString(S.getPrintingPolicy()); }

private:
  bool returnsReference(const CXXMethodDecl *Method) const {
    const QualType Result = Method->getReturnType();
    return !Method->isStatic() && Method->getNumParams() == 0 && Result->isLValueReferenceType() &&
           !Value->isArrayType() && S.Context.hasSameType(Result.getNonReferenceType(), Value);
  }

  /// What a call with the value would call.
  const CXXMethodDecl *resolve(const LookupResult &Found) {
    const SourceLocation Loc = Getter->getLocation();
    const QualType ObjectType = S.Context.getRecordType(Record);
    OpaqueValueExpr Object(Loc, ObjectType, VK_LValue);
    OpaqueValueExpr Given(Loc, Value.withConst(), VK_LValue);
    Expr *Arguments[] = {&Given};
    OverloadCandidateSet Candidates(Loc, OverloadCandidateSet::CSK_Normal);
    for (NamedDecl *D : Found) {
      NamedDecl *Function = D->getUnderlyingDecl();
      const auto Access = DeclAccessPair::make(D, AS_public);
      if (auto *Template = dyn_cast<FunctionTemplateDecl>(Function))
        S.AddMethodTemplateCandidate(Template, Access, Record, nullptr, ObjectType,
                                     Object.Classify(S.Context), Arguments, Candidates);
      else if (auto *Method = dyn_cast<CXXMethodDecl>(Function); Method && Method != Getter)
        S.AddMethodCandidate(Method, Access, Record, ObjectType, Object.Classify(S.Context),
                             Arguments, Candidates);
    }
    OverloadCandidateSet::iterator Best;
    const OverloadingResult Outcome = Candidates.BestViableFunction(S, Loc, Best);
    if (Outcome == OR_Ambiguous)
      for (const OverloadCandidate &Candidate : Candidates)
        if (Candidate.Viable)
          Alike.insert(Candidate.Function);
    if (Outcome != OR_Success)
      return nullptr;
    const auto *Method = cast<CXXMethodDecl>(Best->Function);
    return Method->isStatic() || cuts(Best->Conversions.back(), &Given) ? nullptr : Method;
  }

  /// Whether a value would come back as another one.
  bool cuts(const ImplicitConversionSequence &Conversion, const Expr *Given) const {
    APValue Constant;
    QualType ConstantType;
    return Conversion.isStandard() &&
           Conversion.Standard.getNarrowingKind(S.Context, Given, Constant, ConstantType) !=
               NK_Not_Narrowing;
  }

  Sema &S;
  const CXXMethodDecl *Getter;
  CXXRecordDecl *Record;
  QualType Value;
  llvm::SmallVector<const FunctionDecl *, 4> Unfit;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Alike; ///< between which a call cannot choose
};

const Fact *findNamed(const std::vector<Fact> &Facts, llvm::StringRef Name) {
  const auto Found = llvm::find_if(Facts, [&](const Fact &F) { return F.Name == Name; });
  return Found == Facts.end() ? nullptr : &*Found;
}

/// "'a', 'b' and 'c'".
std::string listOf(llvm::ArrayRef<std::string> Names) {
  std::string Result;
  for (std::size_t I = 0; I != Names.size(); ++I) {
    if (I != 0)
      Result += I + 1 == Names.size() ? " and " : ", ";
    Result += "'" + Names[I] + "'";
  }
  return Result;
}

std::vector<std::string> namesToTry(const std::vector<Fact> &Facts, const CXXMethodDecl *Getter) {
  if (const Fact *Given = findNamed(Facts, "setter"))
    if (const std::string *Name = Given->Arguments.front().string())
      return {*Name};
  if (!Getter->getDeclName().isIdentifier())
    return {};
  return setterNames(Getter->getName());
}

const CXXMethodDecl *search(SetterSearch &Search, llvm::ArrayRef<std::string> Names) {
  for (const std::string &Name : Names)
    if (const CXXMethodDecl *Setter = Search.find(Name))
      return Setter;
  return nullptr;
}

/// `setter` names nothing that can be called.
void reportNamed(Sema &S, const Fact &Given, const std::string &Name, const CXXRecordDecl *Record,
                 SetterSearch &Search) {
  std::vector<std::string> Known;
  for (const CXXMethodDecl *Method : Record->methods())
    if (Method->getDeclName().isIdentifier() && Method->getNumParams() != 0)
      Known.push_back(Method->getName().str());
  if (llvm::is_contained(Known, Name)) {
    error(S.Diags, Given.Loc, "'declorm::setter': no '%0' of %1 takes a '%2'")
        << Name << Record << Search.valueName();
    Search.explain();
    return;
  }
  const std::string Near = model::nearest(Name, Known);
  error(S.Diags, Given.Loc, "'declorm::setter': %0 has no member function '%1' that takes a '%2'%3")
      << Record << Name << Search.valueName()
      << (Near.empty() ? "" : "; did you mean '" + Near + "'?");
  Search.explain();
}

void reportMissing(Sema &S, const Fact &Column, const CXXMethodDecl *Getter,
                   llvm::ArrayRef<std::string> Names, SetterSearch &Search) {
  const std::string Tried =
      Names.empty()       ? ""
      : Names.size() == 1 ? "; " + listOf(Names) + " does not take a '" + Search.valueName() + "'"
                          : "; none of " + listOf(Names) + " takes a '" + Search.valueName() + "'";
  error(S.Diags, Column.Loc,
        "getter %0 has no setter, so that its column would be written and never read back%1")
      << Getter << Tried;
  Search.explain();
  note(S.Diags, Getter->getLocation(),
       "name the setter with setter(\"…\") beside 'column', annotate the data member instead (it "
       "may be private), or say computed(\"…\") if the database makes the value; a value that no "
       "column holds is a [[declorm::hybrid]], or a [[declorm::column_property]] of a data member");
}

} // namespace

bool isGetter(const CXXMethodDecl *Method) {
  return Method->getMinRequiredArguments() == 0 && !Method->getReturnType()->isVoidType();
}

bool checkGetter(Sema &S, const std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  if (isGetter(Method))
    return true;
  for (const auto *Other : Method->getParent()->methods()) {
    if (!isGetter(Other) || !findFact(Method->getParent(), ownerName(Other), "column"))
      continue;
    std::vector<Fact> Own = factsOf(S.Context, Method->getParent());
    llvm::erase_if(Own, [&](const Fact &F) { return F.Owner != ownerName(Other); });
    SetterSearch Search(S, Other);
    if (search(Search, namesToTry(Own, Other)) == Method)
      return false;
  }
  error(S.Diags, Facts.front().Loc,
        "'declorm::column' on a function needs a getter: no parameters, and a value returned");
  noteRefused(S.Context, const_cast<CXXRecordDecl *>(Method->getParent()),
              Method->getNameAsString());
  return false;
}

const CXXMethodDecl *findSetter(Sema &S, const std::vector<Fact> &Facts,
                                const CXXMethodDecl *Getter) {
  SetterSearch Search(S, Getter);
  const std::vector<std::string> Names = namesToTry(Facts, Getter);
  if (const CXXMethodDecl *Setter = search(Search, Names))
    return Setter;
  const Fact *Given = findNamed(Facts, "setter");
  if (Getter->isFromASTFile()) // It was reported where the file was made.
    return nullptr;
  if (Given)
    reportNamed(S, *Given, Names.front(), Getter->getParent(), Search);
  else if (!findNamed(Facts, "computed"))
    reportMissing(S, *findNamed(Facts, "column"), Getter, Names, Search);
  return nullptr;
}

} // namespace declorm::plugin
