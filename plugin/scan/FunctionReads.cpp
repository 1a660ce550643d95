// FunctionReads.cpp: The statements of a function in their order, and what it does with sessions.

#include "plugin/scan/FunctionReads.h"
#include "plugin/scan/QueryCalls.h"
#include "plugin/scan/Uses.h"
#include "plugin/vocabulary/Facts.h"

#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace declorm::plugin {

void addReads(const FunctionDecl &Function, std::vector<model::RelationshipRead> &Found) {
  FunctionReads Reads;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Initializer : Constructor->inits())
      Reads.walk(Initializer->getInit(), nullptr);
  Reads.walk(Function.getBody(), nullptr);
  Reads.log().finish(Function.getASTContext(), Found);
}

void addReads(const VarDecl &Var, std::vector<model::RelationshipRead> &Found) {
  FunctionReads Reads;
  Reads.walk(Var.getInit(), nullptr);
  Reads.log().finish(Var.getASTContext(), Found);
}

void FunctionReads::walkChildren(const Stmt *S) {
  for (const Stmt *Child : S->children())
    walk(Child, S);
}

void FunctionReads::walk(const Stmt *S, const Stmt *Parent) {
  if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
    return;
  Parents[S] = Parent;
  ++Now;
  if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declares->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        walkVar(Var, S);
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    walkRange(Range);
  } else if (isa<ForStmt, WhileStmt, DoStmt>(S)) {
    walkLoop(S);
  } else if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    walkBlock(Block);
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    walkLambda(Lambda);
  } else {
    walkChildren(S);
  }
  if (const auto *E = dyn_cast<Expr>(S))
    leave(E);
}

void FunctionReads::walkVar(const VarDecl *Var, const Stmt *Parent) {
  if (Var->getInit()) {
    InitOf[Var->getInit()] = Var;
    walk(Var->getInit(), Parent);
  }
  Log.declare(Var, Now);
}

void FunctionReads::walkLoop(const Stmt *S) {
  const auto *For = dyn_cast<ForStmt>(S);
  if (For)
    walk(For->getInit(), S);
  const unsigned Begin = Now + 1;
  for (const Stmt *Child : S->children())
    if (!For || Child != For->getInit())
      walk(Child, S);
  Log.addLoop({Begin, Now});
}

void FunctionReads::walkRange(const CXXForRangeStmt *Loop) {
  walk(Loop->getInit(), Loop);
  Log.declare(Loop->getLoopVariable(), Now);
  walk(Loop->getRangeInit(), Loop);
  const unsigned Begin = Now + 1;
  if (const auto Element = Vars.find(Loop->getLoopVariable()); Element != Vars.end())
    Element->second.ObjectAt = Begin; // another one in each turn
  walk(Loop->getBody(), Loop);
  Log.addLoop({Begin, Now});
}

void FunctionReads::walkBlock(const CompoundStmt *Block) {
  walkChildren(Block);
  for (const OpenClearing &Cleared : Open)
    if (Cleared.Block == Block)
      Log.addClearing(Cleared.Session, {Cleared.At, Now});
  llvm::erase_if(Open, [&](const OpenClearing &Cleared) { return Cleared.Block == Block; });
}

void FunctionReads::walkLambda(const LambdaExpr *Lambda) {
  for (const LambdaCapture &Capture : Lambda->captures())
    if (Lambda->isInitCapture(&Capture))
      walkVar(cast<VarDecl>(Capture.getCapturedVar()), Lambda);
  const unsigned Begin = ++Now;
  for (const ParmVarDecl *Parameter : Lambda->getCallOperator()->parameters()) {
    Log.declare(Parameter, Now);
    if (leadsToSession(Parameter->getType()))
      AnySession.insert(Parameter);
  }
  walk(Lambda->getBody(), Lambda);
  Log.addLambda({Begin, Now});
}

namespace {

/// The class of the objects that an expression of the type refers to, if it has annotations.
const CXXRecordDecl *mappedClass(QualType Type) {
  const CXXRecordDecl *Class = linkedClass(Type);
  if (!Class)
    Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && hasFacts(Class->getDefinition())
             ? Class->getDefinition()
             : nullptr;
}

/// Objects that came by other ways: what is done to them may be done to those of the query.
Traced fromElsewhere(const CXXRecordDecl *Class, TracedKind Kind) {
  Traced Elsewhere;
  Elsewhere.Kind = Kind;
  Elsewhere.Class = Class;
  return Elsewhere;
}

} // namespace

/// What is named is traced when all below it is visited.
void FunctionReads::leave(const Expr *E) {
  if (isa<CallExpr, CXXConstructExpr>(E))
    return callProgram(E);
  if (const auto *Named = dyn_cast<DeclRefExpr>(E)) {
    if (const auto Known = Vars.find(Named->getDecl()); Known != Vars.end())
      return follow(E, Known->second);
    if (!isa<VarDecl>(Named->getDecl()))
      return;
    if (leadsToSession(E->getType()))
      return nameSession(E, sessionOf(Named->getDecl()));
    const CXXRecordDecl *Class = mappedClass(E->getType());
    return Class ? follow(E, fromElsewhere(Class, isHandle(E->getType()) ? TracedKind::Object
                                                                         : TracedKind::List))
                 : void();
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Field = Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || Followed.contains(Member))
    return;
  if (leadsToSession(Field->getType())) {
    if (!isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()))
      Log.share(Field); // whoever gets the object has the session
    return nameSession(E, Field);
  }
  if (!Field->getDeclName() || !hasFacts(factHolder(Field)))
    return;
  Traced Elsewhere = fromElsewhere(factHolder(Field), TracedKind::Object);
  if (const Expr *Next = stepField(Member, Field, Member->getMemberLoc(),
                                   Member->getBase()->IgnoreParenImpCasts(), Elsewhere))
    follow(Next, Elsewhere);
}

/// A function that is not given a session may use one that others can reach.
void FunctionReads::callProgram(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const auto *Made = dyn_cast<CXXConstructExpr>(E);
  const FunctionDecl *Callee = Made ? Made->getConstructor() : Call->getDirectCallee();
  const llvm::ArrayRef<const Expr *> Arguments =
      Made ? llvm::ArrayRef(Made->getArgs(), Made->getNumArgs())
           : llvm::ArrayRef(Call->getArgs(), Call->getNumArgs());
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const bool Unknown =
      !Callee || (Method && isInStd(Method) && Method->getOverloadedOperator() == OO_Call &&
                  nameOf(Method->getParent()) == "function");
  if (!Unknown && (!isOfProgram(Callee) || Callee->isDefaulted() || Callee->isImplicit()))
    return;
  if (Method && (memberOfGetter(Method) || Method->getParent()->isLambda()))
    return;
  const bool IsOfObject =
      Unknown || isa<CXXMemberCallExpr>(E) || llvm::any_of(Arguments, [](const Expr *Argument) {
        Argument = Argument->IgnoreParenImpCasts();
        const auto *Unary = dyn_cast<UnaryOperator>(Argument);
        return isa<CXXThisExpr>(Unary ? Unary->getSubExpr()->IgnoreParenImpCasts() : Argument);
      });
  Log.add({.Kind = Filling::Everything,
           .At = Now,
           .Reach = IsOfObject ? Filling::OfObjects : Filling::Shared});
}

const Stmt *FunctionReads::climb(const Expr *&E) const {
  const Stmt *Parent = Parents.lookup(E);
  while (Parent && isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                       SubstNonTypeTemplateParmExpr>(Parent)) {
    E = cast<Expr>(Parent);
    Parent = Parents.lookup(E);
  }
  return Parent;
}

/// Whether the member, or a part of it, is only read by what stands around it.
bool FunctionReads::isReadOnly(const Expr *Access) const {
  const Stmt *Parent = climb(Access);
  if (Access->getType().isConstQualified() || isa_and_nonnull<CXXForRangeStmt>(Parent))
    return true;
  if (const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent))
    return Cast->getCastKind() == CK_LValueToRValue || Cast->getType().isConstQualified();
  const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
  if (!Member)
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
  return Method ? Method->isConst() : isReadOnly(Member);
}

const ValueDecl *FunctionReads::sessionOf(const ValueDecl *Named) const {
  if (AnySession.contains(Named))
    return nullptr;
  const auto Alias = SessionAliases.find(Named);
  return Alias == SessionAliases.end() ? Named : Alias->second;
}

void FunctionReads::nameSession(const Expr *E, const ValueDecl *Session) {
  while (true) {
    const Stmt *Parent = climb(E);
    if (const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent)) {
      E = Cast;
    } else if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Parent);
               Unary && (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf)) {
      E = Unary;
    } else if (const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(Parent);
               Call &&
               (Call->getOperator() == OO_Arrow || Call->getOperator() == OO_Star ||
                Call->getOperator() == OO_Call) &&
               Call->getArg(0) == E) {
      E = Call;
    } else if (const auto *Member = dyn_cast_or_null<MemberExpr>(Parent)) {
      const auto *Called = dyn_cast_or_null<CXXMemberCallExpr>(Parents.lookup(Member));
      if (!Called || Called->getCallee()->IgnoreParens() != Member)
        return change(Session);
      if (nameOf(Member->getMemberDecl()) == "get" &&
          !isOfDeclorm(Called->getMethodDecl(), "Session")) {
        E = Called;
        continue;
      }
      return callSession(Called, Session);
    } else if (const VarDecl *Var = InitOf.lookup(E);
               Var && (Var->getType()->isReferenceType() || Var->getType()->isPointerType())) {
      SessionAliases[Var] = Session;
      if (!Session)
        AnySession.insert(Var);
      return;
    } else {
      if (Session)
        Log.share(Session);
      return change(Session);
    }
  }
}

void FunctionReads::callSession(const CXXMemberCallExpr *Call, const ValueDecl *Session) {
  const CXXMethodDecl *Method = Call->getMethodDecl();
  if (!Method || !isOfDeclorm(Method, "Session"))
    return change(Session);
  enum { Query, Get, Scalars, Executes, Clears, Asks, Loads, Changes };
  switch (llvm::StringSwitch<int>(nameOf(Method))
              .Case("query", Query)
              .Case("get", Get)
              .Case("scalars", Scalars)
              .Cases("close", "expunge_all", Clears)
              .Case("execute", Executes)
              .Cases("flush", "commit", "rollback", "begin_nested", "transaction", Asks)
              .Cases("expire", "expire_all", "contains", "is_modified", "connection", Asks)
              .Cases("no_autoflush", "cancel", "bulk_insert", "as", "shared", "expunge", Asks)
              .Cases("load", "is_loaded", "set", Loads)
              .Default(Changes)) {
  case Query:
    return begin(Call, Session, TracedKind::Query, model::ObjectSource::query,
                 classArgument(Method));
  case Get:
    return begin(Call, Session, TracedKind::Object, model::ObjectSource::get,
                 classArgument(Method));
  case Scalars:
    return begin(Call, Session, TracedKind::List, model::ObjectSource::scalars,
                 linkedClass(Call->getType()));
  case Executes:
    return Log.add({.Kind = Filling::Holding, .At = Now, .Session = Session});
  case Clears:
    return clear(Call, Session);
  case Asks:
    return;
  case Loads: {
    const FieldDecl *Field = Call->getNumArgs() > 1 ? pointedMember(Call->getArg(1)) : nullptr;
    if (!Field)
      return change(Session);
    Log.add({.Kind = Filling::OfMember, .At = Now, .Field = Field, .IsAnywhere = true});
    Log.add({.Kind = Filling::Holding, .At = Now, .Session = Session});
    return;
  }
  default:
    return change(Session);
  }
}

void FunctionReads::begin(const CXXMemberCallExpr *Call, const ValueDecl *Session, TracedKind Kind,
                          model::ObjectSource Source, const CXXRecordDecl *Class) {
  Log.add({.Kind = Filling::Holding, .At = Now, .Session = Session, .Class = Class});
  if (!Class)
    return;
  Traced Value;
  Value.Kind = Kind;
  Value.Source = Source;
  Value.Origin = Call;
  Value.OriginAt = Value.ObjectAt = Now;
  Value.Session = Session;
  Value.Class = Class;
  follow(Call, std::move(Value));
}

/// A call that is a statement of a block by itself is executed before what follows in the block.
void FunctionReads::clear(const CXXMemberCallExpr *Call, const ValueDecl *Session) {
  const Expr *E = Call;
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(climb(E)); Block && Session)
    Open.push_back({Block, Session, Now});
}

void FunctionReads::change(const ValueDecl *Session) {
  Log.add({.Kind = Filling::Everything, .At = Now, .Session = Session});
}

} // namespace declorm::plugin
