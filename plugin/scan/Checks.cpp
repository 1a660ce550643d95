// Checks.cpp: What single annotations of a complete class may not say.

#include "plugin/scan/Checks.h"
#include "plugin/Report.h"
#include "plugin/scan/Conversions.h"
#include "plugin/scan/Setters.h"
#include "plugin/vocabulary/Vocabulary.h"

#include "runtime/model/rule.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Overload.h"

using namespace clang;

namespace declorm::plugin {

static bool has(const std::vector<Fact> &Facts, llvm::StringRef Owner, std::string_view Name) {
  return llvm::any_of(Facts, [&](const Fact &F) { return F.Owner == Owner && F.Name == Name; });
}

static const AnnotationSpec *specOf(const Fact &F) {
  if (F.Owner.empty())
    return findSpec(F.Name, Class);
  if (F.Owner.front() == '.')
    return findSpec(F.Name, Field);
  const AnnotationSpec *Spec = findSpec(F.Name, Method);
  return Spec ? Spec : findSpec(F.Name, StaticMethod);
}

/// `allow` names checks that exist.
static void checkAllowed(Sema &S, const Fact &F) {
  std::vector<std::string> Ids;
  for (const model::Rule &Rule : model::rules())
    Ids.push_back(Rule.id);
  for (const model::Value &Id : F.Arguments)
    if (const std::string *Text = Id.string();
        Text && !llvm::is_contained(Ids, model::without_prefix(*Text))) {
      const std::string Near = model::nearest(model::without_prefix(*Text), Ids);
      error(S.Diags, F.Loc, "'declorm::allow': no check is named '%0'; %1")
          << *Text
          << (Near.empty() ? "declorm-check --list-checks lists them"
                           : "did you mean '" + Near + "'?");
    }
}

/// Whether the construct that an option belongs to stands beside it.
static bool hasNeeded(const std::vector<Fact> &Facts, const Fact &F, const AnnotationSpec &Spec) {
  return Spec.Needs.empty() || llvm::any_of(alternatives(Spec.Needs), [&](std::string_view Name) {
           return has(Facts, F.Owner, Name);
         });
}

bool counts(const std::vector<Fact> &Facts, const Fact &F) {
  const AnnotationSpec *Spec = specOf(F);
  return !Spec || (hasNeeded(Facts, F, *Spec) && !isNotYet(*Spec, F.Kinds));
}

/// The same, or whether it may stand among what was refused; reports.
static bool checkNeeded(Sema &S, CXXRecordDecl *Record, const std::vector<Fact> &Facts,
                        const Refused &Unknown, const Fact &F, const AnnotationSpec &Spec) {
  if (hasNeeded(Facts, F, Spec))
    return true;
  const std::string Member = memberOf(F);
  if (Member.empty() ? Unknown.Head : llvm::is_contained(Unknown.Members, Member))
    return true;
  std::string Names;
  for (std::string_view Name : alternatives(Spec.Needs))
    Names += (Names.empty() ? "'declorm::" : " or 'declorm::") + std::string(Name) + "'";
  error(S.Diags, F.Loc, "'declorm::%0' needs %1 beside it") << F.Name << Names;
  noteRefused(S.Context, Record, Member);
  return false;
}

/// What nothing at run time heeds is not accepted in silence.
static void checkImplemented(Sema &S, const Fact &F, const AnnotationSpec &Spec) {
  if (!isNotYet(Spec, F.Kinds))
    return;
  const std::string Form = Spec.Status == Status::NotYet ? "" : " with " + describeKinds(F.Kinds);
  error(S.Diags, F.Loc, "'declorm::%0'%1 is not implemented yet: it has no effect, remove it")
      << F.Name << Form;
}

void checkFacts(Sema &S, CXXRecordDecl *Record) {
  if (Record->isFromASTFile())
    return;
  const std::vector<Fact> Facts = factsOf(S.Context, Record);
  const Refused Unknown = refusedOf(Record);
  for (const Fact &F : Facts) {
    if (F.Name == "allow")
      checkAllowed(S, F);
    const AnnotationSpec *Spec = specOf(F);
    if (Spec && checkNeeded(S, Record, Facts, Unknown, F, *Spec))
      checkImplemented(S, F, *Spec);
  }
}

/// The kinds of the arguments of `F` as the template writes it.
static std::string kindsIn(ASTContext &Context, const CXXRecordDecl *Pattern, const Fact &F) {
  for (Fact &Written : factsOf(Context, Pattern))
    if (Written.Loc == F.Loc)
      return std::move(Written.Kinds);
  return F.Kinds;
}

/// Arguments that depended on a template parameter when they were first checked.
static void checkInstantiated(Sema &S, const CXXRecordDecl *Record,
                              const std::vector<Fact> &Facts) {
  const CXXRecordDecl *Pattern = Record->getTemplateInstantiationPattern();
  if (!Pattern)
    return;
  for (const Fact &F : Facts) {
    const AnnotationSpec *Spec = specOf(F);
    if (!Spec)
      continue;
    if (argumentsFit(Spec->Arguments, F.Kinds)) {
      if (!isNotYet(*Spec, kindsIn(S.Context, Pattern, F)))
        checkImplemented(S, F, *Spec);
      continue;
    }
    error(S.Diags, F.Loc, "'declorm::%0' takes %1; in %2 it got %3")
        << F.Name << describeShape(Spec->Arguments) << Record << describeKinds(F.Kinds);
    noteRefused(S.Context, const_cast<CXXRecordDecl *>(Record), memberOf(F),
                F.Name == "column" || F.Name == "composite");
  }
}

bool checkClass(Sema &S, const CXXRecordDecl *Record) {
  const std::vector<Fact> Facts = factsOf(S.Context, Record);
  if (!Record->getDeclName() && !Record->getTypedefNameForAnonDecl()) {
    error(S.Diags, Facts.empty() ? Record->getLocation() : Facts.front().Loc,
          "an unnamed class cannot be mapped: give it a name");
    return false;
  }
  checkInstantiated(S, Record, Facts);
  return true;
}

bool isOurs(const CXXRecordDecl *Record, llvm::StringRef Name) {
  const auto *Space = Record ? dyn_cast<NamespaceDecl>(Record->getDeclContext()) : nullptr;
  return Space && Record->getName() == Name && Space->getName() == "declorm" &&
         Space->getParent()->isTranslationUnit();
}

void checkLazy(Sema &S, const FieldDecl *Field) {
  const CXXRecordDecl *Type = Field->getType()->getAsCXXRecordDecl();
  if ((isOurs(Type, "lazy") || isOurs(Type, "lazy_list")) && !Type->hasDefinition())
    error(S.Diags, Field->getLocation(), "'declorm::%0' is only declared here: include %1")
        << Type->getName() << "<declorm/lazy.h>";
}

bool isUnmakeable(Sema &S, const CXXRecordDecl *Record) {
  if (S.Diags.hasUncompilableErrorOccurred())
    return false;
  const CXXConstructorDecl *Constructor =
      S.LookupDefaultConstructor(const_cast<CXXRecordDecl *>(Record));
  return !Constructor || Constructor->isDeleted();
}

static bool hasLength(const model::Type &Type) {
  using model::TypeCode;
  if (Type.container != model::Container::none)
    return false;
  return Type.code == TypeCode::text || Type.code == TypeCode::text_array ||
         Type.code == TypeCode::bytes || Type.code == TypeCode::byte_array;
}

static void checkLength(Sema &S, const std::vector<Fact> &Facts, const Fact &F,
                        const NamedDecl *Member, const model::Type &Type) {
  if (hasLength(Type) || Type.code == model::TypeCode::none || has(Facts, F.Owner, "enum_names"))
    return;
  error(S.Diags, F.Loc, "'declorm::length' needs a string or bytes; %0 is '%1'")
      << Member << Type.spelling;
}

/// What a function returns must go into the member, and what it takes must be the old value.
/// `Parameters`: how many it may have.
static void checkFunction(Sema &S, const Fact &F, const FunctionDecl *Function,
                          const NamedDecl *Member, unsigned Parameters = 0) {
  if (Function->getMinRequiredArguments() > Parameters) {
    error(S.Diags, F.Loc, "'declorm::%0' needs a function %1; %2 has %3")
        << F.Name
        << (Parameters == 0 ? "without parameters" : "of the version before, or of nothing")
        << Function << unsigned(Function->getNumParams());
    return;
  }
  const QualType Wanted = valueTypeOf(Member), Given = Function->getReturnType();
  if (Wanted->isArrayType() || !converts(S, F.Loc, Given, Wanted))
    error(S.Diags, F.Loc,
          "'declorm::%0': %1 returns %2, which does not convert to %3, the type of %4")
        << F.Name << Function << Given << Wanted << Member;
  if (Parameters == 0 || Function->getNumParams() == 0)
    return;
  const QualType Taken = Function->getParamDecl(0)->getType();
  const bool Changes =
      Taken->isLValueReferenceType() && !Taken->getPointeeType().isConstQualified();
  if (Changes || !converts(S, F.Loc, Wanted, Taken.getNonReferenceType().getUnqualifiedType()))
    error(S.Diags, F.Loc, "'declorm::%0': %1 takes %2, and is given a %3, the type of %4")
        << F.Name << Function << Taken << Wanted << Member;
}

void checkMember(Sema &S, const std::vector<Fact> &Facts, const NamedDecl *Member,
                 const model::Type &Type) {
  // Of options without a column nothing more is said than that.
  if (!has(Facts, Facts.front().Owner, "column"))
    return;
  for (const Fact &F : Facts) {
    if (F.Name == "length" && !Member->isFromASTFile())
      checkLength(S, Facts, F, Member, Type);
    if (F.Name == "enum_names" && Type.is_column() && Type.enumerators.empty() &&
        !Member->isFromASTFile())
      error(S.Diags, F.Loc, "'declorm::enum_names' needs an enum with enumerators; %0 is '%1'")
          << Member << Type.spelling;
    if (F.Name == "numeric" && Type.code == model::TypeCode::decimal && !Member->isFromASTFile())
      error(S.Diags, F.Loc,
            "'declorm::numeric' is said already by '%0', the type of %1; leave it out")
          << Type.spelling << Member;
    if (const auto *Bits = dyn_cast<FieldDecl>(Member);
        F.Name == "column" && Bits && Bits->isBitField() && Bits->getType().isConstQualified() &&
        !Member->isFromASTFile())
      error(S.Diags, F.Loc, "%0 is a const bit-field, which nothing can set when it is loaded")
          << Member;
    if (F.Name == "default_value" || F.Name == "onupdate")
      for (const FunctionDecl *Function : F.Functions)
        checkFunction(S, F, Function, Member);
  }
}

const NamedDecl *findAttribute(const CXXRecordDecl *Record, llvm::StringRef Name) {
  const DeclarationName Wanted(&Record->getASTContext().Idents.get(Name));
  for (const NamedDecl *Found : Record->lookup(Wanted)) {
    if (const auto *Indirect = dyn_cast<IndirectFieldDecl>(Found))
      Found = Indirect->getAnonField();
    const auto *Getter = dyn_cast<CXXMethodDecl>(Found);
    if (isa<FieldDecl>(Found) || (Getter && !Getter->isStatic() && isGetter(Getter)))
      return Found;
  }
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (const auto *BaseRecord = Base.getType()->getAsCXXRecordDecl())
      if (const NamedDecl *Found = findAttribute(BaseRecord, Name))
        return Found;
  return nullptr;
}

const NamedDecl *findVersion(ASTContext &Context, const CXXRecordDecl *Record) {
  for (const Fact &F : factsOf(Context, Record))
    if (F.Name == "version_id") {
      const std::string *Named = F.Arguments.empty() ? nullptr : F.Arguments.front().string();
      return findAttribute(Record, Named ? *Named : memberOf(F));
    }
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (const auto *BaseRecord = Base.getType()->getAsCXXRecordDecl())
      if (const NamedDecl *Found = findVersion(Context, BaseRecord->getDefinition()))
        return Found;
  return nullptr;
}

void checkGenerators(Sema &S, const std::vector<Fact> &Facts, const CXXRecordDecl *Record) {
  for (const Fact &F : Facts)
    if (F.Name == "version_id_generator")
      if (const NamedDecl *Version = findVersion(S.Context, Record)) // else the rules report it
        for (const FunctionDecl *Function : F.Functions)
          checkFunction(S, F, Function, Version, 1);
}

void checkDefaults(Sema &S, const std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  const CXXRecordDecl *Record = Method->getParent();
  for (const Fact &F : Facts) {
    const std::string *Name =
        F.Name == "default_for" && !F.Arguments.empty() ? F.Arguments.front().string() : nullptr;
    if (!Name)
      continue;
    if (const NamedDecl *Attribute = findAttribute(Record, *Name))
      checkFunction(S, F, Method, Attribute);
    else if (!findFact(Record, "", "table") && !findFact(Record, "", "mapped") &&
             !findFact(Record, "", "table_from")) // of a mapped class the rules say it better
      error(S.Diags, F.Loc,
            "'declorm::default_for' names '%0', which is no member of %1 or of its bases; move the "
            "function into the class that has the member")
          << *Name << Record;
  }
}

/// The first argument of the class template that the type is made from; null if it is from none.
static QualType firstArgument(QualType Type) {
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
  const bool HasType = Special && Special->getTemplateArgs().size() != 0 &&
                       Special->getTemplateArgs()[0].getKind() == TemplateArgument::Type;
  return HasType ? Special->getTemplateArgs()[0].getAsType() : QualType();
}

static bool isCondition(QualType Type) {
  const QualType Value = firstArgument(Type);
  return !Value.isNull() && isOurs(Type->getAsCXXRecordDecl(), "Expression") &&
         Value->isBooleanType();
}

static bool isOrder(QualType Type) {
  const QualType Value = firstArgument(Type);
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return !Value.isNull() && Record->isInStdNamespace() && Record->getName() == "vector" &&
         isOurs(Value->getAsCXXRecordDecl(), "Ordering");
}

void checkMakers(Sema &S, const std::vector<Fact> &Facts) {
  for (const Fact &F : Facts) {
    const bool Order = F.Name == "order_by";
    if (!Order && F.Name != "inherit_condition" && F.Name != "primaryjoin" &&
        F.Name != "secondaryjoin")
      continue;
    for (const FunctionDecl *Function : F.Functions) {
      const QualType Given = Function->getReturnType();
      if (Function->getNumParams() != 0)
        error(S.Diags, F.Loc, "'declorm::%0' needs a function without parameters; %1 has %2")
            << F.Name << Function << unsigned(Function->getNumParams());
      else if (!(Order ? isOrder(Given) : isCondition(Given)))
        error(S.Diags, F.Loc, "'declorm::%0': %1 returns %2, and is to return a '%3'")
            << F.Name << Function << Given
            << (Order ? "std::vector<declorm::Ordering>" : "declorm::Expression<bool>");
    }
  }
}

void addStaticFunction(std::vector<Fact> &Facts, const CXXMethodDecl *Method) {
  if (!Method->isStatic())
    return;
  for (Fact &F : Facts)
    if (F.Name == "default_for" || F.Name == "version_id_generator")
      addFunction(F, Method);
}

} // namespace declorm::plugin
