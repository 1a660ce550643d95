// Facts.cpp: Annotations as attributes of their class.

#include "plugin/vocabulary/Facts.h"
#include "plugin/vocabulary/Places.h"

using namespace clang;

namespace declorm::plugin {

void addFunction(Fact &F, const FunctionDecl *Function) {
  model::Value Value;
  Value.data = model::Function{"&::" + qualifiedName(Function), nullptr};
  F.Arguments.push_back(std::move(Value));
  F.Functions.push_back(Function);
}

static constexpr llvm::StringLiteral Prefix = "declorm.";
static constexpr llvm::StringLiteral Marker = "__declorm_annotated";
static constexpr llvm::StringLiteral TemplateMarker = "__declorm_annotated_template";

static Expr *literal(ASTContext &Context, llvm::StringRef Text, SourceLocation Loc) {
  const QualType Type = Context.getStringLiteralArrayType(Context.CharTy, Text.size());
  return clang::StringLiteral::Create(Context, Text, StringLiteralKind::Ordinary, false, Type, Loc);
}

/// Lays `Arguments` out flat behind `Flat` and describes them in `Shape`.
static void flatten(ASTContext &Context, llvm::ArrayRef<RawArgument> Arguments,
                    SmallVectorImpl<Expr *> &Flat, std::string &Shape) {
  for (const RawArgument &Argument : Arguments) {
    if (Argument.Name) {
      Shape += 'k';
      Flat.push_back(literal(Context, Argument.Name->getName(), Argument.Loc));
    } else if (auto *List = dyn_cast<InitListExpr>(Argument.E)) {
      Shape += '[';
      for (Expr *Element : List->inits())
        flatten(Context, RawArgument{Element, nullptr, Element->getBeginLoc()}, Flat, Shape);
      Shape += ']';
    } else {
      Shape += 'e';
      Flat.push_back(Argument.E);
    }
  }
}

static bool isMarked(ASTContext &Context, llvm::StringRef Name) {
  return !Context.getTranslationUnitDecl()
              ->lookup(DeclarationName(&Context.Idents.get(Name)))
              .empty();
}

static void mark(ASTContext &Context, llvm::StringRef Name) {
  if (!isMarked(Context, Name))
    Context.getTranslationUnitDecl()->addDecl(Context.buildImplicitTypedef(Context.IntTy, Name));
}

void attachFact(Sema &S, CXXRecordDecl *Record, llvm::StringRef Owner, const IdentifierInfo *Name,
                SourceRange Range, llvm::ArrayRef<RawArgument> Arguments) {
  SmallVector<Expr *, 8> Flat;
  std::string Shape;
  flatten(S.Context, Arguments, Flat, Shape);
  Flat.insert(Flat.begin(), {literal(S.Context, Owner, Range.getBegin()),
                             literal(S.Context, Shape, Range.getBegin())});
  AttributeCommonInfo Info(Range, AttributeCommonInfo::AT_Annotate,
                           AttributeCommonInfo::Form::Implicit());
  S.AddAnnotationAttr(Record, Info, (Prefix + Name->getName()).str(), Flat);
  markAnnotated(S.Context);
  if (Record->isDependentContext())
    mark(S.Context, TemplateMarker);
}

CXXRecordDecl *factHolder(const Decl *Member) {
  const DeclContext *Context = Member->getDeclContext();
  auto *Record = dyn_cast<CXXRecordDecl>(const_cast<DeclContext *>(Context));
  while (Record && !Record->getDeclName()) {
    auto *Outer = dyn_cast<CXXRecordDecl>(Record->getDeclContext());
    if (!Outer)
      break;
    Record = Outer;
  }
  return Record;
}

std::string ownerName(const FieldDecl *Field) { return "." + Field->getName().str(); }

std::string ownerName(const CXXMethodDecl *Method) {
  unsigned Index = 0;
  // The function itself may not have been added to its class yet.
  for (const Decl *D : Method->getDeclContext()->decls()) {
    if (D == Method)
      break;
    if (const auto *Other = dyn_cast<CXXMethodDecl>(D))
      Index += Other->getDeclName() == Method->getDeclName() && !Other->isImplicit();
  }
  return Method->getNameAsString() + "#" + std::to_string(Index);
}

/// Those inherited from an earlier declaration are reported there.
static bool isFact(const AnnotateAttr *Attr) {
  return Attr->getAnnotation().starts_with(Prefix) && !Attr->isInherited() &&
         Attr->args_size() >= 2;
}

bool hasFacts(const CXXRecordDecl *Record) {
  return Record->hasAttrs() && llvm::any_of(Record->specific_attrs<AnnotateAttr>(), isFact);
}

static std::string textOf(const Expr *E) {
  const auto *Literal = dyn_cast<clang::StringLiteral>(E->IgnoreParenImpCasts());
  return Literal ? Literal->getString().str() : std::string();
}

static bool isFactOf(const AnnotateAttr *Attr, llvm::StringRef Owner, llvm::StringRef Name) {
  return isFact(Attr) && Attr->getAnnotation().substr(Prefix.size()) == Name &&
         textOf(*Attr->args_begin()) == Owner;
}

const AnnotateAttr *findFact(const CXXRecordDecl *Record, llvm::StringRef Owner,
                             llvm::StringRef Name) {
  for (const auto *Attr : Record->specific_attrs<AnnotateAttr>())
    if (isFactOf(Attr, Owner, Name))
      return Attr;
  return nullptr;
}

bool hasFact(const CXXRecordDecl *Record, llvm::StringRef Name) {
  return Record->hasAttrs() &&
         llvm::any_of(Record->specific_attrs<AnnotateAttr>(), [&](const AnnotateAttr *Attr) {
           return isFact(Attr) && Attr->getAnnotation().substr(Prefix.size()) == Name;
         });
}

bool isInUnnamed(const CXXRecordDecl *Record, SourceLocation Loc) {
  const SourceManager &SM = Record->getASTContext().getSourceManager();
  return llvm::any_of(Record->decls(), [&](const Decl *D) {
    const auto *Inner = dyn_cast<CXXRecordDecl>(D);
    return Inner && !Inner->getDeclName() && !Inner->isAnonymousStructOrUnion() &&
           SM.isPointWithin(SM.getFileLoc(Loc), SM.getFileLoc(Inner->getBeginLoc()),
                            SM.getFileLoc(Inner->getEndLoc()));
  });
}

const AnnotateAttr *findEarlier(const CXXRecordDecl *Record, const Decl *D, llvm::StringRef Owner,
                                llvm::StringRef Name) {
  const SourceManager &SM = Record->getASTContext().getSourceManager();
  const auto *Around = D == Record ? Record : dyn_cast<CXXRecordDecl>(D->getDeclContext());
  for (const auto *Attr : Record->specific_attrs<AnnotateAttr>())
    if (isFactOf(Attr, Owner, Name) && Around && !isInUnnamed(Around, Attr->getLocation()) &&
        (Around == Record ||
         !SM.isBeforeInTranslationUnit(Attr->getLocation(), Around->getBeginLoc())))
      return Attr;
  return nullptr;
}

namespace {
/// Reads the flat arguments of an attribute back into values.
class Reader {
public:
  Reader(ASTContext &Context, const AnnotateAttr *Attr, Fact &Result)
      : Context(Context), Attr(Attr), Result(Result), Shape(textOf(*std::next(Attr->args_begin()))),
        HasNames(model::has_names(Result.Name)) {}

  void read() {
    while (Position != Shape.size())
      Result.Arguments.push_back(next(Result.Kinds));
  }

private:
  model::Value next(std::string &Kinds) {
    const char Form = Shape[Position++];
    if (Form == '[')
      return list(Kinds);
    const Expr *E = *(Attr->args_begin() + Next++);
    model::Value Value;
    if (Form == 'k') {
      Kinds += 'k';
      Value.data = model::Keyword{textOf(E)};
    } else {
      Argument Evaluated = evaluateArgument(Context, E);
      Kinds += Evaluated.Kind;
      if (Evaluated.Function)
        Result.Functions.push_back(Evaluated.Function);
      Value = std::move(Evaluated.Value);
    }
    Value.location.handle = E->getBeginLoc().getRawEncoding();
    if (HasNames && Value.string())
      addPlaces(Value, E);
    return Value;
  }

  void addPlaces(model::Value &Value, const Expr *E) const {
    if (const auto *Literal = literalOf(E))
      Value.places = placesOf(Context, Literal);
    else
      Value.places = {{0, 0, 0, Value.location.handle, true}};
  }

  model::Value list(std::string &Kinds) {
    std::vector<model::Value> Elements;
    std::string Inner;
    while (Position != Shape.size() && Shape[Position] != ']')
      Elements.push_back(next(Inner));
    ++Position;
    Kinds += Inner.find_first_not_of("s?") == std::string::npos ? 'l' : 'x';
    model::Value Value;
    if (!Elements.empty())
      Value.location = Elements.front().location;
    Value.data = std::move(Elements);
    return Value;
  }

  ASTContext &Context;
  const AnnotateAttr *Attr;
  Fact &Result;
  std::string Shape;
  const bool HasNames;
  std::size_t Position = 0;
  unsigned Next = 2;
};
} // namespace

std::vector<Fact> factsOf(ASTContext &Context, const CXXRecordDecl *Record) {
  std::vector<Fact> Result;
  for (const auto *Attr : Record->specific_attrs<AnnotateAttr>()) {
    if (!isFact(Attr))
      continue;
    Fact &New = Result.emplace_back();
    New.Attr = Attr;
    New.Owner = textOf(*Attr->args_begin());
    New.Name = Attr->getAnnotation().substr(Prefix.size()).str();
    New.Loc = Attr->getLocation();
    Reader(Context, Attr, New).read();
  }
  return Result;
}

std::string memberOf(const Fact &F) {
  llvm::StringRef Owner = F.Owner;
  Owner.consume_front(".");
  return Owner.split('#').first.str();
}

static constexpr llvm::StringLiteral RefusedPrefix = "declorm-refused";

void noteRefused(ASTContext &Context, CXXRecordDecl *Record, llvm::StringRef Member, bool Names) {
  const std::string Note = (RefusedPrefix + (Names ? "!" : ":") + Member).str();
  Record->addAttr(AnnotateAttr::CreateImplicit(Context, Note, nullptr, 0));
}

Refused refusedOf(const CXXRecordDecl *Record) {
  Refused Result;
  for (const CXXRecordDecl *From : {Record, Record->getTemplateInstantiationPattern()}) {
    if (!From)
      continue;
    for (const auto *Attr : From->specific_attrs<AnnotateAttr>()) {
      llvm::StringRef Note = Attr->getAnnotation();
      if (!Note.consume_front(RefusedPrefix))
        continue;
      Result.Names |= Note.consume_front("!");
      Note.consume_front(":");
      if (Note.empty())
        Result.Head = true;
      else if (!llvm::is_contained(Result.Members, Note))
        Result.Members.push_back(Note.str());
    }
  }
  return Result;
}

void markAnnotated(ASTContext &Context) { mark(Context, Marker); }

bool isMarkedAnnotated(ASTContext &Context) { return isMarked(Context, Marker); }

bool hasAnnotatedTemplates(ASTContext &Context) { return isMarked(Context, TemplateMarker); }

} // namespace declorm::plugin
