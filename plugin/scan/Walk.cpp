// Walk.cpp: The annotated classes of a translation unit.

#include "plugin/scan/Walk.h"
#include "plugin/Report.h"
#include "plugin/scan/Checks.h"
#include "plugin/vocabulary/Facts.h"

using namespace clang;

namespace declorm::plugin {

void Walk::run() { visitContext(S.Context.getTranslationUnitDecl()); }

void Walk::visitContext(DeclContext *DC) {
  for (Decl *D : DC->decls()) {
    if (auto *Template = dyn_cast<ClassTemplateDecl>(D))
      visitTemplate(Template);
    else if (auto *Record = dyn_cast<CXXRecordDecl>(D))
      visitRecord(Record);
    else if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D))
      visitContext(cast<DeclContext>(D));
  }
}

void Walk::visitTemplate(ClassTemplateDecl *Template) {
  visitRecord(Template->getTemplatedDecl());
  if (Template->isCanonicalDecl())
    for (ClassTemplateSpecializationDecl *Special : Template->specializations())
      if (!Special->isExplicitSpecialization())
        visitRecord(Special);
}

void Walk::visitRecord(CXXRecordDecl *Record) {
  if (Record->isImplicit() || Record->isLambda())
    return;
  CXXRecordDecl *Definition = Record->getDefinition();
  if (Record != Definition) {
    checkDeclaration(Record);
    // Instantiations are listed by their first declaration.
    if (!Definition || !isa<ClassTemplateSpecializationDecl>(Record))
      return;
  }
  if (Definition->isInvalidDecl() && hasFacts(Definition))
    for (const FieldDecl *Field : Definition->fields())
      checkLazy(S, Field);
  if (Definition->isInvalidDecl() || Definition->isBeingDefined())
    return;
  if (!Unknown.empty() && !Visited.contains(Definition))
    placeUnknown(Definition);
  if (hasFacts(Definition)) {
    if (!Definition->getTemplateInstantiationPattern())
      Written.insert(Definition);
    if (!Definition->isDependentContext())
      Classes.insert(Definition);
  }
  if (Visited.insert(Definition).second)
    visitContext(Definition);
}

/// One place tells what a class is mapped to: its definition.
void Walk::checkDeclaration(const CXXRecordDecl *Record) {
  if (Record->isFromASTFile() || isa<ClassTemplateSpecializationDecl>(Record) ||
      Record->getInstantiatedFromMemberClass())
    return;
  for (const Fact &F : factsOf(S.Context, Record))
    error(S.Diags, F.Loc, "'declorm::%0' must stand on the definition of %1") << F.Name << Record;
}

/// Notes the annotations with unknown names of the class and its members.
void Walk::placeUnknown(CXXRecordDecl *Record) {
  if (Record->getTemplateInstantiationPattern())
    return;
  for (const Misspelt &Name : Unknown) {
    if (!isIn(Name, Record))
      continue;
    const NamedDecl *Member = nullptr;
    bool IsNested = false;
    for (const Decl *D : Record->decls()) {
      const auto *Named = dyn_cast<NamedDecl>(D);
      if (!Named || D->isImplicit())
        continue;
      const auto *Inner = dyn_cast<CXXRecordDecl>(D);
      IsNested |= Inner && isIn(Name, Inner);
      if (!Member && isBefore(Name.Loc, D->getLocation()))
        Member = Named;
    }
    if (IsNested)
      continue;
    ++Placed;
    if (!Member || isBefore(Name.Loc, Record->getBraceRange().getBegin()))
      noteRefused(S.Context, Record);
    else
      noteRefused(S.Context, Record, Member->getNameAsString(), Name.HasArguments);
  }
}

bool Walk::isBefore(SourceLocation A, SourceLocation B) const {
  return S.getSourceManager().isBeforeInTranslationUnit(A, B);
}

bool Walk::isIn(const Misspelt &Name, const CXXRecordDecl *Record) const {
  return !isBefore(Name.Loc, Record->getBeginLoc()) && isBefore(Name.Loc, Record->getEndLoc());
}

} // namespace declorm::plugin
