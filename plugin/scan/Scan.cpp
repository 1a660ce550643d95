// Scan.cpp: From the AST to the Model.

#include "plugin/scan/Scan.h"
#include "plugin/Report.h"
#include "plugin/scan/Checks.h"
#include "plugin/scan/Constructors.h"
#include "plugin/scan/Hooks.h"
#include "plugin/scan/Setters.h"
#include "plugin/scan/Types.h"
#include "plugin/scan/Uses.h"
#include "plugin/scan/Validators.h"
#include "plugin/scan/Walk.h"
#include "plugin/vocabulary/Facts.h"
#include "plugin/vocabulary/Vocabulary.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace declorm::plugin {

model::Location locationOf(const ASTContext &Context, SourceLocation Loc) {
  model::Location Result;
  const PresumedLoc Place = Context.getSourceManager().getPresumedLoc(Loc);
  if (Place.isInvalid())
    return Result;
  SmallString<128> File(Place.getFilename());
  Context.getLangOpts().remapPathPrefix(File);
  Result.file = std::string(File);
  Result.line = Place.getLine();
  Result.column = Place.getColumn();
  Result.handle = Loc.getRawEncoding();
  return Result;
}

static std::string mainFile(const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  const auto Entry = SM.getFileEntryRefForID(SM.getMainFileID());
  SmallString<128> File(Entry ? Entry->getName() : "");
  Context.getLangOpts().remapPathPrefix(File);
  return std::string(File);
}

std::string keyOf(const NamedDecl *D) {
  SmallString<128> Key;
  if (index::generateUSRForDecl(D, Key))
    return {};
  std::string Result(Key);
  // Clang tells the anonymous namespaces of two files apart by their base names only.
  if (!D->isExternallyVisible())
    Result += "@" + mainFile(D->getASTContext());
  return Result;
}

namespace {

/// Makes the Model of one class after the other.
class Builder {
public:
  /// `AllSeen`: what a class does not say, it does not say.
  Builder(Sema &S, TypeMapper &Types, bool AllSeen)
      : S(S), Context(S.Context), Types(Types), AllSeen(AllSeen), Called(findCalled(Context)) {}

  /// Whether the class or any of its bases, at any depth, is annotated, or was meant to be.
  bool isRelevant(const CXXRecordDecl *Record) {
    Record = Record->getDefinition();
    if (!Record)
      return false;
    const auto [Entry, New] = Relevant.try_emplace(Record, false);
    if (!New)
      return Entry->second;
    bool Result = hasFacts(Record) || refusedOf(Record).any();
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (const auto *BaseRecord = Base.getType()->getAsCXXRecordDecl())
        Result |= isRelevant(BaseRecord);
    Relevant[Record] = Result;
    return Result;
  }

  model::Class build(CXXRecordDecl *Record, ClassSource &Source);

  /// Classes whose values the class just built is made of: all of their columns may be inherited.
  SmallVector<CXXRecordDecl *, 2> Values;

private:
  using FactMap = std::map<std::string, std::vector<Fact>>;

  void addFlags(model::Class &Class, const CXXRecordDecl *Record);
  void addBases(model::Class &Class, const CXXRecordDecl *Record);
  void addFields(model::Class &Class, ClassSource &Source, const RecordDecl *Record,
                 std::uint64_t Outer);
  void addMethods(model::Class &Class, ClassSource &Source, const CXXRecordDecl *Record);
  void addField(model::Class &Class, ClassSource &Source, const FieldDecl *Field,
                std::uint64_t Outer);
  void addMethod(model::Class &Class, ClassSource &Source, const CXXMethodDecl *Method);
  model::Annotations take(FactMap::iterator Owner, ClassSource &Source);
  bool isPlain(const CXXRecordDecl *Target) const;

  Sema &S;
  ASTContext &Context;
  TypeMapper &Types;
  const bool AllSeen;
  const llvm::DenseSet<const CXXRecordDecl *> Called; ///< mapped by calls
  llvm::DenseMap<const CXXRecordDecl *, bool> Relevant;
  FactMap Facts; ///< of the class being built, by owner
};

/// From handles to lines.
void place(const ASTContext &Context, model::Value &Value) {
  Value.location = locationOf(Context, SourceLocation::getFromRawEncoding(Value.location.handle));
  for (model::TextPlace &Run : Value.places) {
    const auto Loc = locationOf(Context, SourceLocation::getFromRawEncoding(Run.handle));
    Run.line = Loc.line;
    Run.column = Loc.column;
  }
  if (auto *List = std::get_if<std::vector<model::Value>>(&Value.data))
    for (model::Value &Element : *List)
      place(Context, Element);
}

model::Annotation annotationOf(const ASTContext &Context, Fact &From) {
  model::Annotation Result;
  Result.name = From.Name;
  Result.arguments = std::move(From.Arguments);
  Result.location = locationOf(Context, From.Loc);
  for (model::Value &Value : Result.arguments)
    place(Context, Value);
  return Result;
}

model::Annotations Builder::take(FactMap::iterator Owner, ClassSource &Source) {
  model::Annotations Result;
  if (Owner == Facts.end())
    return Result;
  for (Fact &From : Owner->second) {
    llvm::append_range(Source.Functions, From.Functions);
    Result.push_back(annotationOf(Context, From));
  }
  Facts.erase(Owner);
  return Result;
}

model::Class Builder::build(CXXRecordDecl *Record, ClassSource &Source) {
  Source.Record = Record;
  Values.clear();
  Facts.clear();
  const std::vector<Fact> All = factsOf(Context, Record);
  for (const Fact &New : All) {
    // Its member may have the name of one of the class's own.
    const bool InUnnamed = isInUnnamed(Record, New.Loc);
    if (InUnnamed || counts(All, New))
      Facts[InUnnamed ? "unnamed" + New.Owner : New.Owner].push_back(New);
  }
  model::Class Class;
  Class.key = keyOf(Record);
  Class.name = typeName(Context, Context.getRecordType(Record));
  Class.location = locationOf(Context, Record->getLocation());
  addFlags(Class, Record);
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  Class.size = Layout.getSize().getQuantity();
  Class.alignment = Layout.getAlignment().getQuantity();
  if (const auto Head = Facts.find(""); Head != Facts.end()) {
    checkGenerators(S, Head->second, Record);
    checkMakers(S, Head->second);
  }
  Class.annotations = take(Facts.find(""), Source);
  addBases(Class, Record);
  addFields(Class, Source, Record, 0);
  addMethods(Class, Source, Record);
  for (const DeclContext *DC = Record->getDeclContext(); !DC->isFileContext(); DC = DC->getParent())
    if (const auto *Outer = dyn_cast<CXXRecordDecl>(DC))
      Class.enclosing.push_back(keyOf(Outer));
  for (const auto &[Owner, Left] : Facts)
    error(S.Diags, Left.front().Loc,
          "'declorm::%0' stands on a member of an unnamed class; name the class to map it")
        << Left.front().Name;
  Refused Unknown = refusedOf(Record);
  Class.incomplete = Unknown.Head || Unknown.Names || !Facts.empty();
  Class.doubtful = std::move(Unknown.Members);
  return Class;
}

void Builder::addFlags(model::Class &Class, const CXXRecordDecl *Record) {
  if (!Record->isExternallyVisible())
    Class.flags |= detail::class_internal;
  if (Record->getTemplateInstantiationPattern())
    Class.flags |= detail::class_instantiation;
  if (Record->isPolymorphic())
    Class.flags |= detail::class_polymorphic;
  if (Record->isAbstract())
    Class.flags |= detail::class_abstract;
  if (Record->isAggregate())
    Class.flags |= detail::class_aggregate;
  if (!findConstructor(Record) && isUnmakeable(S, Record))
    Class.flags |= detail::class_unmakeable;
}

void Builder::addBases(model::Class &Class, const CXXRecordDecl *Record) {
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  for (const CXXBaseSpecifier &Specifier : Record->bases()) {
    const auto *BaseRecord = Specifier.getType()->getAsCXXRecordDecl();
    if (!BaseRecord)
      continue;
    // A call may map one that bears no annotation, as here, or in another translation unit.
    const bool Plain = !isRelevant(BaseRecord);
    if (Plain && Called.contains(BaseRecord->getCanonicalDecl()))
      error(S.Diags, Specifier.getBaseTypeLoc(),
            "%0 bears annotations, and its base %1 is mapped by a call; map it by a call too, with "
            "inherits<%2>()")
          << Record << BaseRecord << typeName(Context, Specifier.getType());
    if (Plain && (Specifier.isVirtual() ||
                  Context.getSourceManager().isInSystemHeader(BaseRecord->getLocation())))
      continue;
    model::Base &Base = Class.bases.emplace_back();
    Base.key = keyOf(BaseRecord->getDefinition());
    Base.name = typeName(Context, Specifier.getType());
    Base.is_virtual = Specifier.isVirtual();
    Base.offset = Base.is_virtual
                      ? detail::no_offset
                      : std::uint64_t(Layout.getBaseClassOffset(BaseRecord).getQuantity());
    Base.location = locationOf(Context, Specifier.getBaseTypeLoc());
    Base.plain = Plain && isPlain(BaseRecord);
  }
  for (const CXXBaseSpecifier &Specifier : Record->vbases()) {
    const CXXRecordDecl *BaseRecord = Specifier.getType()->getAsCXXRecordDecl();
    if (isRelevant(BaseRecord))
      Class.virtual_bases.push_back(
          {keyOf(BaseRecord->getDefinition()),
           std::uint64_t(Layout.getVBaseClassOffset(BaseRecord).getQuantity())});
  }
}

void Builder::addFields(model::Class &Class, ClassSource &Source, const RecordDecl *Record,
                        std::uint64_t Outer) {
  for (const FieldDecl *Field : Record->fields()) {
    const std::uint64_t Bits = Context.getFieldOffset(Field);
    if (Field->isAnonymousStructOrUnion())
      addFields(Class, Source, Field->getType()->getAsRecordDecl(), Outer + Bits / 8);
    else if (Field->getDeclName())
      addField(Class, Source, Field, Outer + Bits / 8);
  }
}

/// Whether a member without annotations may still be named by a `backref`.
static bool isLink(const model::Type &Type) {
  return !Type.target.empty() && Type.code != model::TypeCode::object &&
         Type.code != model::TypeCode::unique_pointer;
}

/// Whether a set of weak pointers has an order or a hash at all: the standard's own have none.
static bool hasComparison(const FieldDecl *Field) {
  const auto *Set =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Field->getType()->getAsCXXRecordDecl());
  const TemplateArgument *Compare =
      Set && Set->getTemplateArgs().size() > 1 ? &Set->getTemplateArgs()[1] : nullptr;
  if (!Compare || Compare->getKind() != TemplateArgument::Type)
    return true;
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Compare->getAsType()->getAsCXXRecordDecl());
  return !Special || !Special->isInStdNamespace() ||
         (Special->getName() != "less" && Special->getName() != "hash");
}

/// Whether the runtime reads and changes the member through functions: it refers to objects that
/// are mapped, or may be, since their class is only declared here; a `T *` and a lazy need none.
static bool needsLinkAccess(const FieldDecl *Field, const model::Type &Type, bool Annotated,
                            const CXXRecordDecl *Target) {
  const bool Smart =
      Type.code == model::TypeCode::shared_pointer || Type.code == model::TypeCode::weak_pointer;
  const bool List = Type.container != model::Container::none;
  const bool Map =
      Type.container == model::Container::map || Type.container == model::Container::unordered_map;
  const bool Set =
      Type.container == model::Container::set || Type.container == model::Container::unordered_set;
  if (!Target || Type.optional() || Type.converted() ||
      !(Smart || (List && Type.code == model::TypeCode::pointer) ||
        Type.code == model::TypeCode::lazy_list))
    return false;
  // Neither can be changed.
  if (Field->getType().getQualifiers() || Field->getType()->isReferenceType())
    return false;
  if (Map && Type.rep == model::TypeCode::none)
    return false;
  if (Set && Type.code == model::TypeCode::weak_pointer && !hasComparison(Field))
    return false;
  return Annotated || !Target->hasDefinition() || hasFacts(Target->getDefinition());
}

static unsigned char memberFlags(const FieldDecl *Field) {
  unsigned char Flags = 0;
  if (Field->isBitField())
    Flags |= detail::member_bit_field;
  if (Field->getType()->isReferenceType())
    Flags |= detail::member_reference;
  if (Field->getType().isConstQualified())
    Flags |= detail::member_const;
  if (Field->hasInClassInitializer())
    Flags |= detail::member_initialised;
  if (Field->getAccess() == AS_private || Field->getAccess() == AS_protected)
    Flags |= detail::member_private;
  return Flags;
}

/// Whether nothing that is seen maps the class: it is complete and bears no annotation.
bool Builder::isPlain(const CXXRecordDecl *Target) const {
  const CXXRecordDecl *Definition = Target ? Target->getDefinition() : nullptr;
  if (!Definition || Definition->isInvalidDecl() || hasFacts(Definition) || !AllSeen ||
      Called.contains(Definition->getCanonicalDecl()))
    return false;
  return !refusedOf(Definition).any();
}

void Builder::addField(model::Class &Class, ClassSource &Source, const FieldDecl *Field,
                       std::uint64_t Offset) {
  const auto Owner = Facts.find(ownerName(Field));
  const bool Annotated = Owner != Facts.end();
  const bool InRow = model::find(Class.annotations, "row");
  // Most members are neither annotated nor links; their types are not worth a look.
  if (!Annotated && !InRow && !Field->getType()->isPointerType() &&
      !Field->getType()->isRecordType())
    return;
  model::Member Member;
  Member.type = Types.map(Field->getType(), Field->getLocation());
  const bool Implied = InRow && Member.type.is_column();
  if (!Annotated && !Implied && !isLink(Member.type))
    return;
  Member.name = Field->getNameAsString();
  Member.flags = memberFlags(Field);
  Member.location = locationOf(Context, Field->getLocation());
  Member.offset = Field->isBitField() ? std::uint64_t(detail::no_offset) : Offset;
  if (Annotated) {
    checkMember(S, Owner->second, Field, Member.type);
    checkMakers(S, Owner->second);
  }
  Member.type.plain_target = isPlain(Types.target());
  const bool Links = needsLinkAccess(Field, Member.type, Annotated, Types.target());
  Member.annotations = take(Owner, Source);
  if (Implied && !model::find(Member.annotations, "column"))
    Member.annotations.push_back({"column", {}, Member.location});
  if (const CXXRecordDecl *Value = Types.object();
      Value && Value->hasDefinition() && model::find(Member.annotations, "composite"))
    Values.push_back(Value->getDefinition());
  Class.members.push_back(std::move(Member));
  Source.Members.push_back({Field, nullptr, Links});
}

void Builder::addMethods(model::Class &Class, ClassSource &Source, const CXXRecordDecl *Record) {
  if (Facts.empty())
    return;
  for (const Decl *D : Record->decls())
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D); Method && !Method->isImplicit())
      addMethod(Class, Source, Method);
}

void Builder::addMethod(model::Class &Class, ClassSource &Source, const CXXMethodDecl *Method) {
  const auto Owner = Facts.find(ownerName(Method));
  if (Owner == Facts.end())
    return;
  MemberSource Place{Method};
  model::Member Member;
  Member.name = Method->getNameAsString();
  Member.kind = Method->isStatic() ? model::MemberKind::static_method : model::MemberKind::method;
  Member.location = locationOf(Context, Method->getLocation());
  if (Method->getAccess() == AS_private || Method->getAccess() == AS_protected)
    Member.flags |= detail::member_private;
  const bool Column = llvm::any_of(Owner->second, [](const Fact &F) { return F.Name == "column"; });
  if (Column) {
    if (!checkGetter(S, Owner->second, Method)) {
      Facts.erase(Owner);
      return;
    }
    Member.type = Types.map(Method->getReturnType().getNonReferenceType(), Method->getLocation());
    if (Member.type.is_column())
      Place.Setter = findSetter(S, Owner->second, Method);
  }
  checkMember(S, Owner->second, Method, Member.type);
  checkDefaults(S, Owner->second, Method);
  addStaticFunction(Owner->second, Method);
  checkGenerators(S, Owner->second, Method->getParent());
  addHooks(S, Owner->second, Method);
  addValidators(S, Owner->second, Method);
  checkConstructor(S, Owner->second, Method);
  Member.annotations = take(Owner, Source);
  Class.members.push_back(std::move(Member));
  Source.Members.push_back(Place);
}

/// Scans what a walk found, bases before the classes that need them.
void addClasses(Sema &S, Builder &Build, ArrayRef<CXXRecordDecl *> Found,
                llvm::SetVector<CXXRecordDecl *> &Done, ScanResult &Result) {
  SmallVector<CXXRecordDecl *, 16> Queue(Found.rbegin(), Found.rend());
  while (!Queue.empty()) {
    CXXRecordDecl *Record = Queue.pop_back_val();
    if (!Done.insert(Record))
      continue;
    if (!checkClass(S, Record))
      continue;
    ClassSource Source;
    model::Class Class = Build.build(Record, Source);
    Result.Unit.classes.push_back(std::move(Class));
    Result.Sources.push_back(std::move(Source));
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (CXXRecordDecl *BaseRecord = Base.getType()->getAsCXXRecordDecl())
        if (Build.isRelevant(BaseRecord))
          Queue.push_back(BaseRecord->getDefinition());
    for (CXXRecordDecl *Value : Build.Values)
      if (Build.isRelevant(Value))
        Queue.push_back(Value);
  }
}

} // namespace

ScanResult scan(Sema &S, llvm::ArrayRef<Misspelt> Unknown) {
  ScanResult Result;
  Result.Unit.file = mainFile(S.Context);
  Result.Unit.incomplete = S.Diags.hasUncompilableErrorOccurred();
  if (!isMarkedAnnotated(S.Context))
    return Result;
  TypeMapper Types(S);
  std::optional<Builder> Build;
  llvm::SetVector<CXXRecordDecl *> Done;
  // A member may point to an instantiation that exists only because it was looked at.
  for (unsigned Before = ~0U; Before != Types.completed();) {
    const bool First = Before == ~0U;
    Before = Types.completed();
    Walk Walker(S, First ? Unknown : ArrayRef<Misspelt>());
    Walker.run();
    if (First) {
      // A macro's annotation may stand on any class.
      Result.Unit.incomplete |= Walker.Placed != Unknown.size();
      Build.emplace(S, Types, !Result.Unit.incomplete);
      for (CXXRecordDecl *Record : Walker.Written)
        checkFacts(S, Record);
    }
    addClasses(S, *Build, Walker.Classes.getArrayRef(), Done, Result);
  }
  if (!Result.Unit.classes.empty())
    Result.Uses = findUses(S.Context);
  return Result;
}

} // namespace declorm::plugin
