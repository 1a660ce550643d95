// Reads.cpp: The functions whose reads are looked at.

#include "plugin/scan/Reads.h"
#include "plugin/scan/FunctionReads.h"
#include "plugin/scan/Uses.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace declorm::plugin {

namespace {

/// Finds the functions, and the variables outside functions, of the program.
class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  explicit Visitor(std::vector<model::RelationshipRead> &Found) : Found(Found) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool TraverseDecl(Decl *D) {
    if (D && D->getDeclContext() && D->getDeclContext()->isFileContext() && !mayHoldProgram(D))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }
  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (Function->doesThisDeclarationHaveABody() && !Function->isDependentContext())
      addReads(*Function, Found);
    return true;
  }
  bool VisitVarDecl(VarDecl *Var) {
    if (!Var->isLocalVarDeclOrParm() && Var->hasInit() &&
        !Var->getDeclContext()->isDependentContext())
      addReads(*Var, Found);
    return true;
  }

private:
  std::vector<model::RelationshipRead> &Found;
};

} // namespace

std::vector<model::RelationshipRead> findReads(ASTContext &Context) {
  std::vector<model::RelationshipRead> Found;
  const auto *Session = dyn_cast_or_null<CXXRecordDecl>(findInDeclorm(Context, "Session"));
  if (Session && Session->hasDefinition())
    Visitor(Found).TraverseDecl(Context.getTranslationUnitDecl());
  return Found;
}

} // namespace declorm::plugin
