// QueryCalls.cpp: The calls of Session, Query and loading options, recognised in expressions.

#include "plugin/scan/QueryCalls.h"
#include "plugin/vocabulary/Facts.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace declorm::plugin {

namespace {

bool isNamespace(const DeclContext *DC, llvm::StringRef Name) {
  const auto *Space = dyn_cast<NamespaceDecl>(DC);
  return Space && Space->getName() == Name &&
         Space->getParent()->getRedeclContext()->isTranslationUnit();
}

bool isRecordOf(const CXXRecordDecl *Record, llvm::StringRef Space) {
  return isNamespace(Record->getDeclContext()->getEnclosingNamespaceContext(), Space) ||
         (Space == "std" && Record->isInStdNamespace());
}

bool isSmartPointer(const CXXRecordDecl *Record) {
  const llvm::StringRef Name = nameOf(Record);
  return Record->isInStdNamespace() &&
         (Name == "shared_ptr" || Name == "unique_ptr" || Name == "weak_ptr");
}

const CXXRecordDecl *firstClass(const TemplateArgumentList &Arguments) {
  return Arguments.size() != 0 && Arguments[0].getKind() == TemplateArgument::Type
             ? Arguments[0].getAsType()->getAsCXXRecordDecl()
             : nullptr;
}

/// The member that is the first template argument.
const FieldDecl *memberArgument(const FunctionDecl *Function) {
  const TemplateArgumentList *Arguments = Function->getTemplateSpecializationArgs();
  if (!Arguments || Arguments->size() == 0)
    return nullptr;
  const TemplateArgument &Member = (*Arguments)[0];
  if (Member.getKind() == TemplateArgument::Declaration)
    return dyn_cast<FieldDecl>(Member.getAsDecl());
  if (Member.getKind() == TemplateArgument::StructuralValue &&
      Member.getAsStructuralValue().isMemberPointer())
    return dyn_cast_or_null<FieldDecl>(Member.getAsStructuralValue().getMemberPointerDecl());
  return nullptr;
}

/// Without what the compiler adds around an expression, copies included.
const Expr *withoutCopies(const Expr *E) {
  while (true) {
    E = E->IgnoreUnlessSpelledInSource();
    const auto *Made = dyn_cast<CXXConstructExpr>(E);
    if (!Made || Made->getNumArgs() != 1 || !Made->getConstructor()->isCopyOrMoveConstructor())
      return E;
    E = Made->getArg(0);
  }
}

} // namespace

llvm::StringRef nameOf(const NamedDecl *D) {
  return D->getDeclName().isIdentifier() ? D->getName() : llvm::StringRef();
}

bool isOfDeclorm(const FunctionDecl *Function, llvm::StringRef Class) {
  const auto *Record = dyn_cast<CXXRecordDecl>(Function->getDeclContext());
  if (Class.empty())
    return !Record && isNamespace(Function->getDeclContext()->getRedeclContext(), "declorm");
  return Record && nameOf(Record) == Class && isRecordOf(Record, "declorm");
}

bool isInStd(const Decl *D) {
  for (const DeclContext *DC = D->getDeclContext(); DC; DC = DC->getParent())
    if (DC->isStdNamespace() || isNamespace(DC, "__gnu_cxx")) // iterators of libstdc++
      return true;
  return false;
}

bool leadsToSession(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return false;
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record)) {
    const CXXRecordDecl *Held =
        isSmartPointer(Record) ? firstClass(Special->getTemplateArgs()) : nullptr;
    return Held ? nameOf(Held) == "Session" && isRecordOf(Held, "declorm")
                : nameOf(Record) == "scoped_session" && isRecordOf(Record, "declorm");
  }
  return nameOf(Record) == "Session" && isRecordOf(Record, "declorm");
}

bool isLazy(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && isRecordOf(Record, "declorm") &&
         (nameOf(Record) == "lazy" || nameOf(Record) == "lazy_list");
}

const CXXRecordDecl *linkedClass(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    return Type->getPointeeType()->getAsCXXRecordDecl();
  const auto *Record =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
  if (!Record)
    return nullptr;
  if (isSmartPointer(Record) || isLazy(Type))
    return firstClass(Record->getTemplateArgs());
  for (const TemplateArgument &Argument : Record->getTemplateArgs().asArray())
    if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Linked = linkedClass(Argument.getAsType()))
        return Linked;
  return nullptr;
}

bool isHandle(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && (!Record->isInStdNamespace() || isSmartPointer(Record));
}

bool optionMembers(const Expr *Option, llvm::SmallVectorImpl<const FieldDecl *> &Members) {
  Option = withoutCopies(Option);
  if (const auto *Named = dyn_cast<DeclRefExpr>(Option)) {
    const auto *Var = dyn_cast<VarDecl>(Named->getDecl());
    return Var && Var->getType().isConstQualified() && Var->getAnyInitializer() &&
           optionMembers(Var->getAnyInitializer(), Members);
  }
  const auto *Call = dyn_cast<CallExpr>(Option);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !(isOfDeclorm(Callee, "") || isOfDeclorm(Callee, "LoadPath")))
    return false;
  if (const auto *Further = dyn_cast<CXXMemberCallExpr>(Call);
      Further && !optionMembers(Further->getImplicitObjectArgument(), Members))
    return false;
  enum { Fills, FillsNothing, Unknown };
  switch (llvm::StringSwitch<int>(nameOf(Callee))
              .Cases("selectinload", "joinedload", "contains_eager", Fills)
              .Cases("undefer", "undefer_group", "lazyload", "raiseload", "noload", FillsNothing)
              .Cases("with_polymorphic", "selectin_polymorphic", FillsNothing)
              .Default(Unknown)) {
  case Fills:
    if (const FieldDecl *Member = memberArgument(Callee)) {
      Members.push_back(Member);
      return true;
    }
    return false;
  case FillsNothing:
    return true;
  default:
    return false;
  }
}

const CXXRecordDecl *classArgument(const FunctionDecl *Function) {
  const TemplateArgumentList *Arguments = Function->getTemplateSpecializationArgs();
  return Arguments ? firstClass(*Arguments) : nullptr;
}

const FieldDecl *memberOfGetter(const CXXMethodDecl *Method) {
  const FunctionDecl *Definition = nullptr;
  if (Method->isVirtual() || Method->isStatic() || !Method->hasBody(Definition))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  const auto *Return =
      Body && Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  const auto *Member = Return && Return->getRetValue()
                           ? dyn_cast<MemberExpr>(withoutCopies(Return->getRetValue()))
                           : nullptr;
  return Member && isa<CXXThisExpr>(Member->getBase()->IgnoreUnlessSpelledInSource())
             ? dyn_cast<FieldDecl>(Member->getMemberDecl())
             : nullptr;
}

const FieldDecl *pointedMember(const Expr *E) {
  const auto *Address = dyn_cast<UnaryOperator>(E->IgnoreUnlessSpelledInSource());
  const auto *Named = Address && Address->getOpcode() == UO_AddrOf
                          ? dyn_cast<DeclRefExpr>(Address->getSubExpr()->IgnoreParens())
                          : nullptr;
  return Named ? dyn_cast<FieldDecl>(Named->getDecl()) : nullptr;
}

bool mayLink(const FieldDecl *Field) {
  const CXXRecordDecl *Holder = factHolder(Field);
  const CXXRecordDecl *Value = Field->getType()->getAsCXXRecordDecl();
  const std::string Owner = ownerName(Field);
  return llvm::any_of(
             std::initializer_list<llvm::StringRef>{"foreign_key", "primary_key", "unique"},
             [&](llvm::StringRef Name) {
               return findFact(Holder, Owner, Name) || (Value && hasFact(Value, Name));
             }) ||
         findFact(Holder, "", "foreign_key_constraint") ||
         findFact(Holder, "", "unique_constraint") || findFact(Holder, "", "unique_index") ||
         findFact(Holder, "", "primary_key_constraint");
}

} // namespace declorm::plugin
