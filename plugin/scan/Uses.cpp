// Uses.cpp: What functions name of mapped classes.

#include "plugin/scan/Uses.h"
#include "plugin/scan/Scan.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace declorm::plugin {

NamedDecl *findInDeclorm(ASTContext &Context, llvm::StringRef Name) {
  const TranslationUnitDecl *Unit = Context.getTranslationUnitDecl();
  for (NamedDecl *Found : Unit->lookup(&Context.Idents.get("declorm")))
    if (const auto *Space = dyn_cast<NamespaceDecl>(Found))
      for (NamedDecl *Inner : Space->lookup(&Context.Idents.get(Name)))
        return Inner;
  return nullptr;
}

bool isOfProgram(const Decl *D) {
  if (D->isFromASTFile() ||
      D->getASTContext().getSourceManager().isInSystemHeader(D->getLocation()))
    return false;
  for (const DeclContext *DC = D->getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Space = dyn_cast<NamespaceDecl>(DC);
        Space && Space->getName() == "declorm" && Space->getParent()->isTranslationUnit())
      return false;
  return true;
}

bool mayHoldProgram(const Decl *D) {
  if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
    const auto *Space = dyn_cast<NamespaceDecl>(D);
    return !D->isFromASTFile() && !(Space && Space->getDeclContext()->isTranslationUnit() &&
                                    (Space->getName() == "std" || Space->getName() == "declorm"));
  }
  return isOfProgram(D);
}

namespace {

/// The class that a template argument is.
const CXXRecordDecl *classOf(const TemplateArgument &Argument) {
  return Argument.getKind() == TemplateArgument::Type ? Argument.getAsType()->getAsCXXRecordDecl()
                                                      : nullptr;
}

/// Whether the class, or a base of it, has a data member of that name.
bool hasDataMember(const CXXRecordDecl &Class, llvm::StringRef Name) {
  const CXXRecordDecl *Definition = Class.getDefinition();
  if (!Definition)
    return false;
  for (const FieldDecl *Field : Definition->fields())
    if (Field->getDeclName().isIdentifier() && Field->getName() == Name)
      return true;
  return llvm::any_of(Definition->bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl();
    return Record && hasDataMember(*Record, Name);
  });
}

class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  Visitor(ASTContext &Context, std::vector<model::AttributeUse> &Uses)
      : Context(Context), Uses(Uses) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (D && D->getDeclContext() && D->getDeclContext()->isFileContext() && !mayHoldProgram(D))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || !Callee->getDeclName().isIdentifier() || Callee->getName() != "attr" ||
        Call->getNumArgs() != 1)
      return true;
    const CXXRecordDecl *Class = nullptr;
    if (const auto *Alias = dyn_cast<ClassTemplateSpecializationDecl>(Callee->getDeclContext())) {
      if (isNamed(Alias, "NamedAlias"))
        Class = classOf(Alias->getTemplateArgs()[0]);
    } else if (isNamed(Callee, "attr")) {
      if (const TemplateArgumentList *Arguments = Callee->getTemplateSpecializationArgs())
        Class = classOf(Arguments->get(0));
    }
    const auto *Name = dyn_cast<StringLiteral>(Call->getArg(0)->IgnoreUnlessSpelledInSource());
    if (!Class || !Name || Name->getCharByteWidth() != 1)
      return true;
    const SourceLocation Place = Name->getLocationOfByte(
        0, Context.getSourceManager(), Context.getLangOpts(), Context.getTargetInfo());
    Uses.push_back({keyOf(Class), Name->getString().str(), false,
                    hasDataMember(*Class, Name->getString()), locationOf(Context, Place)});
    return true;
  }

private:
  static bool isNamed(const NamedDecl *D, llvm::StringRef Name) {
    const auto *Space = dyn_cast<NamespaceDecl>(D->getDeclContext());
    return D->getName() == Name && Space && Space->getName() == "declorm";
  }

  ASTContext &Context;
  std::vector<model::AttributeUse> &Uses;
};

/// The functions that are arguments of `col`.
void addFunctions(ASTContext &Context, std::vector<model::AttributeUse> &Uses) {
  const auto *Template = dyn_cast_or_null<VarTemplateDecl>(findInDeclorm(Context, "col"));
  if (!Template)
    return;
  for (const VarTemplateSpecializationDecl *Special : Template->specializations()) {
    const TemplateArgument &Member = Special->getTemplateArgs()[0];
    const auto *Function = Member.getKind() == TemplateArgument::Declaration
                               ? dyn_cast<CXXMethodDecl>(Member.getAsDecl())
                               : nullptr;
    if (!Function || Special->isFromASTFile() || !Function->getDeclName().isIdentifier())
      continue;
    const CXXRecordDecl *Given = classOf(Special->getTemplateArgs()[1]);
    const CXXRecordDecl *Class = Given ? Given : Function->getParent();
    Uses.push_back({keyOf(Class), Function->getNameAsString(), true, false,
                    locationOf(Context, Special->getPointOfInstantiation())});
  }
}

/// Whether any attr<T> was called, or that of an alias.
bool namesByLiteral(ASTContext &Context) {
  const auto *Attr = dyn_cast_or_null<FunctionTemplateDecl>(findInDeclorm(Context, "attr"));
  if (Attr && Attr->spec_begin() != Attr->spec_end())
    return true;
  const auto *Alias = dyn_cast_or_null<ClassTemplateDecl>(findInDeclorm(Context, "NamedAlias"));
  return Alias && Alias->spec_begin() != Alias->spec_end();
}

} // namespace

llvm::DenseSet<const CXXRecordDecl *> findCalled(ASTContext &Context) {
  llvm::DenseSet<const CXXRecordDecl *> Called;
  const auto *Registry = dyn_cast_or_null<CXXRecordDecl>(findInDeclorm(Context, "Registry"));
  if (!Registry || !(Registry = Registry->getDefinition()))
    return Called;
  for (const NamedDecl *Found : Registry->lookup(&Context.Idents.get("map_imperatively")))
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found))
      for (const FunctionDecl *Special : Template->specializations())
        if (const CXXRecordDecl *Class = classOf(Special->getTemplateSpecializationArgs()->get(0)))
          Called.insert(Class->getCanonicalDecl());
  return Called;
}

std::vector<model::AttributeUse> findUses(ASTContext &Context) {
  std::vector<model::AttributeUse> Uses;
  addFunctions(Context, Uses);
  if (namesByLiteral(Context))
    Visitor(Context, Uses).TraverseDecl(Context.getTranslationUnitDecl());
  return Uses;
}

} // namespace declorm::plugin
