// TracedUses.cpp: What a function does with the objects of its queries.

#include "plugin/scan/FunctionReads.h"
#include "plugin/scan/QueryCalls.h"
#include "plugin/vocabulary/Facts.h"

#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace declorm::plugin {

namespace {

/// The class of the object that an expression is or refers to.
const CXXRecordDecl *classOf(const Expr *E) {
  const QualType Type = E->getType().getNonReferenceType();
  if (const CXXRecordDecl *Linked = linkedClass(Type))
    return Linked;
  return Type->getAsCXXRecordDecl();
}

/// Whether whoever gets the value cannot change the object by it: a const reference or a copy.
bool isConst(const Expr *E) {
  const QualType Type = E->getType();
  if (Type->isPointerType())
    return Type->getPointeeType().isConstQualified();
  if (Type->getAsCXXRecordDecl() && linkedClass(Type) && isHandle(Type))
    return false; // a smart pointer
  return E->isPRValue() || Type.isConstQualified();
}

bool isMethodOfStd(const CXXMethodDecl *Method) { return Method->getParent()->isInStdNamespace(); }

/// Whether a function of std of that name changes what a container holds.
bool isChanging(llvm::StringRef Name) {
  return Name.starts_with("erase") || Name == "swap" || Name == "exchange" || Name == "move";
}

/// Whether an algorithm that is given the expression calls no function but one that is visited.
bool isQuietArgument(const Expr *E) {
  if (isa<CXXDefaultArgExpr>(E))
    return true;
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return !Lambda->isGenericLambda();
  const QualType Type = E->getType().getNonReferenceType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return Type->isArithmeticType() || Type->isEnumeralType() || Type->isNullPtrType() ||
           Type->isMemberDataPointerType();
  if (Record->hasDefinition() && Record->isEmpty() && isInStd(Record))
    return true; // std::less
  return llvm::StringSwitch<bool>(nameOf(Record))
      .Cases("vector", "basic_string", "__normal_iterator", "reverse_iterator", true)
      .Cases("iterator", "_Rb_tree_iterator", "_Rb_tree_const_iterator", true)
      .Default(false);
}

} // namespace

void FunctionReads::read(const Traced &Value) {
  const QualType Type = Value.Path.back().Field->getType();
  if (isLazy(Type)) // which loads what it refers to
    Log.add({.Kind = Filling::Holding,
             .At = Now,
             .Session = Value.Session,
             .Class = linkedClass(Type)});
  if (Value.Origin)
    Log.addRead(Value, Now);
}

void FunctionReads::escape(const Expr *E, const Traced &Value) {
  const CXXRecordDecl *Class = Value.Class;
  if (Value.Kind == TracedKind::Object)
    Class = classOf(E);
  else if (!Value.Path.empty())
    Class = linkedClass(Value.Path.back().Field->getType());
  Log.add({.Kind = Filling::OfClass, .At = Now, .Session = Value.Session, .Class = Class});
}

void FunctionReads::follow(const Expr *E, Traced Value) {
  while (E)
    E = step(E, Value);
}

const Expr *FunctionReads::step(const Expr *E, Traced &Value) {
  const Stmt *Parent = climb(E);
  const bool IsRelationship = Value.Kind == TracedKind::Relationship;
  if (const VarDecl *Var = InitOf.lookup(E)) {
    bind(Var, E, Value);
    return nullptr;
  }
  if (const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(Parent);
      Range && Range->getRangeInit() == E) {
    bindElement(Range->getLoopVariable(), Value);
    return nullptr;
  }
  if (!Parent || !isa<Expr>(Parent)) { // a statement, a condition, or what is returned
    if (Parent && isa<ReturnStmt, CoreturnStmt>(Parent))
      IsRelationship ? change(Value.Session) : escape(E, Value);
    return nullptr;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(Parent))
    return stepCast(Cast, Value);
  if (const auto *Member = dyn_cast<MemberExpr>(Parent))
    return stepMember(Member, E, Value);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Parent))
    return stepOperator(Operator, E, Value);
  if (const auto *Call = dyn_cast<CallExpr>(Parent))
    return stepArgument(Call, E, Value);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Parent)) {
    if (IsRelationship && isConst(E)) {
      read(Value);
      return nullptr;
    }
    const CXXConstructorDecl *Constructor = Made->getConstructor();
    if (!IsRelationship &&
        (Constructor->isCopyOrMoveConstructor() ||
         (Value.Kind == TracedKind::Iterator && isInStd(Constructor)))) // to a const_iterator
      return Made;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(Parent); Unary && !IsRelationship) {
    if (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf)
      return Unary;
    if (Unary->getOpcode() == UO_LNot)
      return nullptr;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(Parent); Binary && !IsRelationship) {
    if (Binary->isComparisonOp() || Binary->isLogicalOp())
      return nullptr;
    if (Binary->isAssignmentOp() && Binary->getLHS() == E && !Value.Path.empty())
      change(Value.Session); // an element of a list
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(Parent);
      Binary && IsRelationship && Binary->isAssignmentOp() && Binary->getLHS() == E)
    // A pointer may have been looked at to see whether it is to be set.
    Log.add({.Kind = Filling::OfMember,
             .At = Now,
             .Session = Value.Session,
             .Field = Value.Path.back().Field,
             .IsAnywhere = true});
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Parent); Choice && Choice->getCond() == E)
    return nullptr;
  IsRelationship ? change(Value.Session) : escape(E, Value);
  return nullptr;
}

const Expr *FunctionReads::stepCast(const CastExpr *Cast, Traced &Value) {
  switch (Cast->getCastKind()) {
  case CK_LValueToRValue:
    return toElement(Cast, Value, TracedKind::Object);
  case CK_NoOp:
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_BaseToDerived:
  case CK_Dynamic:
  case CK_ConstructorConversion:
    return Cast;
  case CK_PointerToBoolean:
  case CK_ToVoid:
    return nullptr;
  case CK_BitCast: // to const void *, say
    if (isConst(Cast))
      return nullptr;
    [[fallthrough]];
  default:
    Value.Kind == TracedKind::Relationship ? change(Value.Session) : escape(Cast, Value);
    return nullptr;
  }
}

/// The expression is what the value leads to; if that was a relationship, it is read here.
const Expr *FunctionReads::toElement(const Expr *E, Traced &Value, TracedKind Kind) {
  if (Value.Kind == TracedKind::Relationship) {
    read(Value);
    Value.Kind = Kind;
  } else if (!isa<CastExpr>(E)) {
    Value.Kind = Kind;
  }
  return E;
}

const Expr *FunctionReads::stepMember(const MemberExpr *Member, const Expr *E, Traced &Value) {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Parents.lookup(Member));
  if (isa<CXXMethodDecl>(Member->getMemberDecl()) && Call &&
      Call->getCallee()->IgnoreParens() == Member)
    return stepMethod(Call, E, Value);
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (Field && Value.Kind == TracedKind::Object && Field->getDeclName())
    return stepField(Member, Field, Member->getMemberLoc(), E->IgnoreParenImpCasts(), Value);
  if (Field)
    escape(E, Value);
  return nullptr;
}

const Expr *FunctionReads::stepField(const Expr *Access, const FieldDecl *Field, SourceLocation Loc,
                                     const Expr *Object, Traced &Value) {
  Followed.insert(Access);
  const CXXRecordDecl *Class = classOf(Object);
  if (!linkedClass(Field->getType()) || !Class) {
    if (mayLink(Field) && !isReadOnly(Access))
      change(Value.Session);
    return nullptr;
  }
  if (!hasFacts(factHolder(Field))) {
    escape(Object, Value);
    return nullptr;
  }
  Value.Path.push_back({Class, Field});
  Value.MemberLoc = Loc;
  Value.Kind = TracedKind::Relationship;
  return Access->isPRValue() && isHandle(Access->getType())
             ? toElement(Access, Value, TracedKind::Object)
             : Access;
}

const Expr *FunctionReads::stepMethod(const CXXMemberCallExpr *Call, const Expr *Object,
                                      Traced &Value) {
  const CXXMethodDecl *Method = Call->getMethodDecl();
  enum { Element, Iterator, Asks, Other };
  const auto Kind = llvm::StringSwitch<int>(nameOf(Method))
                        .Cases("front", "back", "at", "get", Element)
                        .Cases("begin", "end", "cbegin", "cend", "rbegin", "rend", Iterator)
                        .Cases("find", "lower_bound", "upper_bound", Iterator)
                        .Cases("size", "empty", "count", "contains", Asks)
                        .Default(Method->isConst() ? Asks : Other);
  switch (Value.Kind) {
  case TracedKind::Query:
    return stepQuery(Call, Value);
  case TracedKind::Iterator:
    if (nameOf(Method) == "as")
      return toElement(Call, Value, TracedKind::Object);
    escape(Object, Value);
    return nullptr;
  case TracedKind::List:
  case TracedKind::Relationship:
    if (Kind == Element)
      return toElement(Call, Value, TracedKind::Object);
    if (Kind == Iterator)
      return toElement(Call, Value, TracedKind::Iterator);
    if (Value.Kind == TracedKind::List) {
      if (Kind != Asks && Value.Origin)
        escape(Object, Value);
    } else {
      Kind == Asks ? read(Value) : change(Value.Session);
    }
    return nullptr;
  case TracedKind::Object:
    if (isMethodOfStd(Method)) // a smart pointer's
      return Kind == Element ? Call : nullptr;
    if (const FieldDecl *Field = memberOfGetter(Method))
      return stepField(Call, Field, Call->getExprLoc(), Object->IgnoreParenImpCasts(), Value);
    if (!Method->isConst() && !Method->isStatic())
      escape(Object, Value);
    return nullptr;
  }
  return nullptr;
}

const Expr *FunctionReads::stepQuery(const CXXMemberCallExpr *Call, Traced &Value) {
  enum { Builds, Options, All, One, Begin, Stream, Asks, Unknown };
  switch (llvm::StringSwitch<int>(nameOf(Call->getMethodDecl()))
              .Cases("filter", "where", "order_by", "join", "outer_join", "limit", Builds)
              .Cases("offset", "distinct", "with_for_update", "page_after", Builds)
              .Case("populate_existing", Builds)
              .Case("options", Options)
              .Case("all", All)
              .Cases("first", "one", "one_or_none", One)
              .Case("begin", Begin)
              .Case("yield_per", Stream)
              .Cases("end", "count", "exists", "sql", "update", Asks)
              .Default(Unknown)) {
  case Stream:
    Value.Source = model::ObjectSource::stream;
    return Call;
  case Options:
    addOptions(Call, Value);
    return Call;
  case Builds:
    return Call;
  case All:
    Value.Kind = TracedKind::List;
    return Call;
  case One:
    Value.Kind = TracedKind::Object;
    return Call;
  case Begin:
    Value.Kind = TracedKind::Iterator;
    return Call;
  case Asks:
    return nullptr;
  default:
    change(Value.Session);
    return nullptr;
  }
}

void FunctionReads::addOptions(const CXXMemberCallExpr *Call, Traced &Value) {
  llvm::SmallVector<const FieldDecl *, 4> Members;
  for (const Expr *Option : Call->arguments())
    if (!optionMembers(Option, Members)) {
      change(Value.Session); // it may load anything
      return;
    }
  for (const FieldDecl *Member : Members) {
    Value.Loaded.push_back(Member);
    Log.add({.Kind = Filling::OfMember, .At = Now, .Session = Value.Session, .Field = Member});
    Log.add({.Kind = Filling::Holding,
             .At = Now,
             .Session = Value.Session,
             .Class = linkedClass(Member->getType())});
  }
}

const Expr *FunctionReads::stepOperator(const CXXOperatorCallExpr *Call, const Expr *E,
                                        Traced &Value) {
  const bool IsFirst = Call->getArg(0) == E;
  const bool IsRelationship = Value.Kind == TracedKind::Relationship;
  switch (Call->getOperator()) {
  case OO_Arrow:
  case OO_Star:
  case OO_Subscript:
    if (IsFirst && Value.Kind != TracedKind::Query)
      return toElement(Call, Value, TracedKind::Object);
    break;
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Greater:
  case OO_Spaceship:
  case OO_Exclaim:
    if (IsRelationship)
      read(Value);
    return nullptr;
  case OO_PlusPlus:
  case OO_MinusMinus:
    if (Value.Kind == TracedKind::Iterator)
      return nullptr;
    break;
  case OO_Plus:
  case OO_Minus:
    if (Value.Kind == TracedKind::Iterator)
      return Call;
    break;
  case OO_Equal:
    if (IsRelationship && IsFirst) {
      change(Value.Session);
      return nullptr;
    }
    break;
  default:
    break;
  }
  return stepArgument(Call, E, Value);
}

const Expr *FunctionReads::stepArgument(const CallExpr *Call, const Expr *E, Traced &Value) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const bool IsRelationship = Value.Kind == TracedKind::Relationship;
  const llvm::StringRef Name = Callee ? nameOf(Callee) : llvm::StringRef();
  if (Callee && isOfDeclorm(Callee, "Session")) {
    if (!IsRelationship && (Name == "as" || Name == "shared"))
      return Call;
    return nullptr; // what it does is told where the session is named
  }
  if (Callee && isInStd(Callee)) {
    if (Name == "as_const" || Name == "addressof" || Name == "forward")
      return Call;
    if (isQuiet(Call) && !(IsRelationship && !isConst(E) && isChanging(Name))) {
      if (IsRelationship)
        read(Value);
      bindParameters(Call, Value);
      return nullptr;
    }
  }
  if (IsRelationship && !isConst(E)) {
    change(Value.Session);
    return nullptr;
  }
  if (IsRelationship)
    read(Value);
  if (Value.Kind != TracedKind::Object || !isConst(E))
    escape(E, Value);
  return nullptr;
}

/// Whether an algorithm of std keeps nothing of what it is given, and calls what is visited.
bool FunctionReads::isQuiet(const CallExpr *Call) const {
  const QualType Type = Call->getType();
  const Expr *E = Call;
  const Stmt *Parent = climb(E);
  const bool IsDropped =
      Parent && !isa<Expr, ReturnStmt, CoreturnStmt>(Parent) && !InitOf.contains(E);
  return (IsDropped || Type->isVoidType() || Type->isArithmeticType()) &&
         llvm::all_of(llvm::drop_begin(Call->arguments(), isa<CXXOperatorCallExpr>(Call)),
                      isQuietArgument);
}

/// The parameters of lambdas that an algorithm calls for the objects.
void FunctionReads::bindParameters(const CallExpr *Call, const Traced &Value) {
  if (Value.Kind == TracedKind::Object || Value.Kind == TracedKind::Query)
    return;
  const CXXRecordDecl *Class =
      Value.Path.empty() ? Value.Class : linkedClass(Value.Path.back().Field->getType());
  for (const Expr *Argument : Call->arguments())
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Argument->IgnoreUnlessSpelledInSource()))
      for (const ParmVarDecl *Parameter : Lambda->getCallOperator()->parameters()) {
        QualType Type = Parameter->getType().getNonReferenceType();
        if (Type->isPointerType())
          Type = Type->getPointeeType();
        const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
        if (!Record || !Class || Record->getCanonicalDecl() != Class->getCanonicalDecl())
          continue;
        Traced &Bound = Vars[Parameter] = Value;
        Bound.Kind = TracedKind::Object;
      }
}

void FunctionReads::bind(const VarDecl *Var, const Expr *Init, Traced &Value) {
  const QualType Type = Var->getType();
  const bool Fits = Value.Kind == TracedKind::Relationship ? Type->isReferenceType()
                    : Value.Kind == TracedKind::Object     ? isHandle(Type)
                                                           : true;
  if (Fits && Var->hasLocalStorage())
    Vars[Var] = Value;
  else if (Value.Kind == TracedKind::Relationship)
    change(Value.Session);
  else
    escape(Init, Value);
}

/// The variable of a loop over the value.
void FunctionReads::bindElement(const VarDecl *Var, Traced &Value) {
  if (Value.Kind == TracedKind::Relationship)
    read(Value);
  Value.Kind = TracedKind::Object;
  if (isHandle(Var->getType()))
    Vars[Var] = Value;
  else
    Log.add({.Kind = Filling::OfClass, .At = Now, .Session = Value.Session});
}

} // namespace declorm::plugin
