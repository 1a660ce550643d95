// Attributes.cpp: Clang asks about an annotation.
//
// Registers the vocabulary as Clang attributes; checks where each stands and what it is given, and
// attaches it to its class.

#include "plugin/Report.h"
#include "plugin/vocabulary/Facts.h"
#include "plugin/vocabulary/Vocabulary.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/SemaDiagnostic.h"

#include <deque>

using namespace clang;

namespace declorm::plugin {
namespace {

using Spelling = ParsedAttrInfo::Spelling;

std::string nameOf(const ParsedAttr &Attr) { return Attr.getAttrName()->getName().str(); }

/// Where the annotation's own name stands: with `[[using declorm: a, b]]` Clang's range begins at
/// the namespace.
SourceLocation nameLoc(Sema &S, const ParsedAttr &Attr) {
  const SourceRange Range = Attr.getRange();
  if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID() || Range.getBegin().isInvalid())
    return Range.getBegin();
  SourceManager &SM = S.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(Range.getBegin());
  const llvm::StringRef Buffer = SM.getBufferData(File);
  Lexer Lex(SM.getLocForStartOfFile(File), S.getLangOpts(), Buffer.begin(), Buffer.begin() + Offset,
            Buffer.end());
  SourceLocation Found = Range.getBegin();
  int Depth = 0;
  for (Token Tok; !Lex.LexFromRawLexer(Tok) && !(Range.getEnd() < Tok.getLocation());) {
    if (Tok.is(tok::l_paren))
      ++Depth;
    else if (Tok.is(tok::r_paren))
      --Depth;
    else if (Depth == 0 && Tok.is(tok::raw_identifier) &&
             Tok.getRawIdentifier() == Attr.getAttrName()->getName())
      Found = Tok.getLocation();
  }
  return Found;
}

std::optional<Subject> subjectOf(const Decl *D) {
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
    return Record->isUnion() ? std::nullopt : std::optional(Class);
  if (const auto *Member = dyn_cast<FieldDecl>(D))
    return isa<CXXRecordDecl>(Member->getDeclContext()) ? std::optional(Field) : std::nullopt;
  if (const auto *Function = dyn_cast<CXXMethodDecl>(D);
      Function && !Function->getDescribedFunctionTemplate())
    return Function->isStatic() ? StaticMethod : Method;
  return std::nullopt;
}

const char *describe(const Decl *D) {
  if (const auto *Tag = dyn_cast<TagDecl>(D))
    return Tag->isUnion() ? "a union" : Tag->isEnum() ? "an enum" : "a class";
  if (const auto *Variable = dyn_cast<VarDecl>(D))
    return isa<ParmVarDecl>(D)              ? "a parameter"
           : Variable->isStaticDataMember() ? "a static data member"
                                            : "a variable";
  if (const auto *Function = dyn_cast<CXXMethodDecl>(D))
    return Function->getDescribedFunctionTemplate() ? "a member function template"
           : Function->isStatic()                   ? "a static member function"
                                                    : "a member function";
  if (isa<FieldDecl>(D))
    return "a data member";
  if (isa<FunctionDecl>(D))
    return "a function outside a class";
  if (isa<EnumConstantDecl>(D))
    return "an enumerator";
  if (isa<TypedefNameDecl>(D))
    return "a type alias";
  if (isa<NamespaceDecl>(D))
    return "a namespace";
  return "this declaration";
}

/// The type that a function given as an argument should return, if the member tells it.
QualType wantedResult(ASTContext &Context, const Decl *D) {
  const auto *Member = dyn_cast<FieldDecl>(D);
  return Member ? Context.getCanonicalType(Member->getType()).getUnqualifiedType() : QualType();
}

/// The overload of `Set` that takes nothing, or at most the old value; with several, the one that
/// returns the member's type.
FunctionDecl *chooseOverload(ASTContext &Context, const OverloadExpr *Set, QualType Wanted) {
  SmallVector<FunctionDecl *, 4> Best;
  unsigned Fewest = 2;
  for (NamedDecl *Candidate : Set->decls()) {
    auto *Function = dyn_cast<FunctionDecl>(Candidate->getUnderlyingDecl());
    if (!Function || Function->getMinRequiredArguments() > 1 ||
        Function->getMinRequiredArguments() > Fewest)
      continue;
    if (Function->getMinRequiredArguments() < Fewest)
      Best.clear();
    Fewest = Function->getMinRequiredArguments();
    Best.push_back(Function);
  }
  if (Best.size() > 1 && !Wanted.isNull())
    llvm::erase_if(Best, [&](FunctionDecl *Function) {
      return !Context.hasSameUnqualifiedType(Function->getReturnType(), Wanted);
    });
  return Best.size() == 1 ? Best.front() : nullptr;
}

/// Makes one function of `&f` where `f` is overloaded; null if that cannot be told (reported).
Expr *resolveOverload(Sema &S, const Decl *D, Expr *E) {
  const auto Found = OverloadExpr::find(E);
  FunctionDecl *Function = chooseOverload(S.Context, Found.Expression, wantedResult(S.Context, D));
  if (!Function) {
    error(S.Diags, E->getBeginLoc(), "'%0' is overloaded, and no single overload fits here")
        << Found.Expression->getName().getAsString() << E->getSourceRange();
    return nullptr;
  }
  const auto Access = DeclAccessPair::make(Function, Function->getAccess());
  const ExprResult Fixed = S.FixOverloadedFunctionReference(E, Access, Function);
  return Fixed.isInvalid() ? nullptr : Fixed.get();
}

/// A lone identifier: what it names, or null.
Expr *lookUp(Sema &S, IdentifierLoc *Identifier) {
  LookupResult Result(S, Identifier->Ident, Identifier->Loc, Sema::LookupOrdinaryName);
  Result.suppressDiagnostics();
  if (!S.getCurScope() || !S.LookupName(Result, S.getCurScope()) || Result.empty())
    return nullptr;
  if (Result.isSingleResult() && !isa<ValueDecl>(Result.getFoundDecl()))
    return nullptr;
  CXXScopeSpec None;
  const ExprResult E = S.BuildDeclarationNameExpr(None, Result, /*NeedsADL=*/false);
  return E.isInvalid() ? nullptr : E.get();
}

/// The parser's arguments, with names looked up and overloads resolved; nullopt if reported.
std::optional<SmallVector<RawArgument, 4>> argumentsOf(Sema &S, const Decl *D,
                                                       const ParsedAttr &Attr) {
  SmallVector<RawArgument, 4> Result;
  for (unsigned I = 0; I != Attr.getNumArgs(); ++I) {
    RawArgument Argument;
    if (Attr.isArgIdent(I)) {
      Argument.E = lookUp(S, Attr.getArgAsIdent(I));
      Argument.Loc = Attr.getArgAsIdent(I)->Loc;
      if (!Argument.E)
        Argument.Name = Attr.getArgAsIdent(I)->Ident;
    } else if (Attr.isArgExpr(I)) {
      Argument.E = Attr.getArgAsExpr(I);
      Argument.Loc = Argument.E->getBeginLoc();
    }
    if (Argument.E && Argument.E->getType()->isSpecificPlaceholderType(BuiltinType::Overload))
      Argument.E = resolveOverload(S, D, Argument.E);
    if (!Argument.E && !Argument.Name)
      return std::nullopt;
    Result.push_back(Argument);
  }
  return Result;
}

/// The kind of one argument as the vocabulary writes it.
char kindOf(ASTContext &Context, const RawArgument &Argument) {
  if (Argument.Name)
    return 'k';
  const auto *List = dyn_cast<InitListExpr>(Argument.E);
  if (!List)
    return evaluateArgument(Context, Argument.E).Kind;
  return llvm::all_of(List->inits(),
                      [&](const Expr *E) {
                        const char Kind = evaluateArgument(Context, E).Kind;
                        return Kind == 's' || Kind == '?';
                      })
             ? 'l'
             : 'x';
}

bool checkArguments(Sema &S, const AnnotationSpec &Spec, SourceLocation Loc,
                    ArrayRef<RawArgument> Arguments) {
  std::string Kinds;
  for (const RawArgument &Argument : Arguments) {
    Kinds += kindOf(S.Context, Argument);
    if (Kinds.back() == 'k') {
      error(S.Diags, Argument.Loc, "'%0' in 'declorm::%1' is not declared before this place")
          << Argument.Name->getName() << Spec.Name;
      return false;
    }
    if (Kinds.back() == 'c') {
      error(S.Diags, Argument.Loc, "argument %0 of 'declorm::%1' is not a constant expression")
          << unsigned(Kinds.size()) << Spec.Name << Argument.E->getSourceRange();
      return false;
    }
  }
  if (argumentsFit(Spec.Arguments, Kinds))
    return true;
  error(S.Diags, Arguments.empty() ? Loc : Arguments.front().Loc, "'declorm::%0' takes %1; got %2")
      << Spec.Name << describeShape(Spec.Arguments) << describeKinds(Kinds);
  return false;
}

/// A class that cannot be mapped at all is reported once.
void checkHolder(Sema &S, const CXXRecordDecl *Record, SourceLocation Loc) {
  const FunctionDecl *Function = Record->isLocalClass();
  if (!Function || hasFacts(Record))
    return;
  error(S.Diags, Loc,
        "local class %0 cannot be mapped: nothing outside the function '%1' can name it; move it "
        "to a namespace or a class")
      << Record << Function->getNameAsString();
  note(S.Diags, Record->getLocation(), "the class is declared here");
}

/// Notes that the annotation of that name on `D` does not count: what it would have said of the
/// class is not known.
void refuse(const Decl *D, const ParsedAttr &Attr) {
  const auto *Record = dyn_cast<CXXRecordDecl>(D);
  const auto *Named = dyn_cast<NamedDecl>(D);
  if (Record) {
    const CXXRecordDecl *Definition = Record->getDefinition();
    noteRefused(D->getASTContext(), const_cast<CXXRecordDecl *>(Definition ? Definition : Record));
  } else if (CXXRecordDecl *Holder = Named ? factHolder(D) : nullptr) {
    const std::string Name = nameOf(Attr);
    noteRefused(D->getASTContext(), Holder, Named->getNameAsString(),
                Attr.getNumArgs() != 0 && (Name == "column" || Name == "composite"));
  }
}

/// Every annotation of the vocabulary, under `declorm::name` and, where it takes arguments, also
/// without the namespace: Clang's parser asks for that spelling before it keeps arguments.
struct AnnotationInfo : public ParsedAttrInfo {
  AnnotationInfo() {
    OptArgs = 15;
    static const std::vector<Spelling> All = [] {
      static std::deque<std::string> Names;
      std::vector<Spelling> Result;
      for (const std::string &Name : annotationNames()) {
        Result.push_back({ParsedAttr::AS_CXX11, Names.emplace_back("declorm::" + Name).c_str()});
        if (takesArguments(Name))
          Result.push_back({ParsedAttr::AS_CXX11, Names.emplace_back(Name).c_str()});
      }
      return Result;
    }();
    Spellings = All;
  }

  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &Attr, const Decl *D) const override {
    if (!Attr.getScopeName()) {
      S.Diag(Attr.getLoc(), diag::warn_unknown_attribute_ignored) << Attr << Attr.getRange();
      return false;
    }
    const auto Place = subjectOf(D);
    if (Place && findSpec(nameOf(Attr), *Place))
      return true;
    error(S.Diags, nameLoc(S, Attr), "'declorm::%0' goes on %1, not on %2")
        << nameOf(Attr) << describeSubjects(nameOf(Attr)) << describe(D);
    refuse(D, Attr);
    return false;
  }

  bool diagAppertainsToStmt(Sema &S, const ParsedAttr &Attr, const Stmt *) const override {
    if (!Attr.getScopeName())
      S.Diag(Attr.getLoc(), diag::warn_unknown_attribute_ignored) << Attr << Attr.getRange();
    else
      error(S.Diags, nameLoc(S, Attr), "'declorm::%0' goes on %1, not on a statement")
          << nameOf(Attr) << describeSubjects(nameOf(Attr));
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D, const ParsedAttr &Attr) const override {
    const Subject Place = *subjectOf(D);
    const AnnotationSpec &Spec = *findSpec(nameOf(Attr), Place);
    const SourceLocation Loc = nameLoc(S, Attr);
    const auto Arguments = argumentsOf(S, D, Attr);
    if (!Arguments || !checkArguments(S, Spec, Loc, *Arguments)) {
      refuse(D, Attr);
      return AttributeNotApplied;
    }
    CXXRecordDecl *Record = Place == Class ? cast<CXXRecordDecl>(D) : factHolder(D);
    if (!Record)
      return AttributeNotApplied;
    const CXXRecordDecl *Definition = Record->getDefinition();
    if (Place == Class && Definition && Definition != Record) {
      error(S.Diags, Loc, "'declorm::%0' must stand on the definition of %1")
          << Spec.Name << Record;
      note(S.Diags, Definition->getLocation(), "the definition is here");
      refuse(D, Attr);
      return AttributeNotApplied;
    }
    checkHolder(S, Record, Loc);
    std::string Owner;
    if (Place == Field)
      Owner = ownerName(cast<FieldDecl>(D));
    else if (Place != Class)
      Owner = ownerName(cast<CXXMethodDecl>(D));
    if (Spec.Repeat == Count::Once && !checkFirst(S, Record, D, Owner, Spec, Loc))
      return AttributeNotApplied;
    if (Place == Field) // Only the database reads many a member: that is use enough.
      D->addAttr(UnusedAttr::CreateImplicit(S.Context, Loc));
    attachFact(S, Record, Owner, Attr.getAttrName(), SourceRange(Loc, Attr.getRange().getEnd()),
               *Arguments);
    return AttributeApplied;
  }

  static bool checkFirst(Sema &S, const CXXRecordDecl *Record, const Decl *D,
                         const std::string &Owner, const AnnotationSpec &Spec, SourceLocation Loc) {
    const AnnotateAttr *Earlier = findEarlier(Record, D, Owner, Spec.Name);
    if (!Earlier)
      return true;
    error(S.Diags, Loc, "'declorm::%0' is given twice") << Spec.Name;
    note(S.Diags, Earlier->getLocation(), "the first one is here");
    return false;
  }
};

} // namespace
} // namespace declorm::plugin

static ParsedAttrInfoRegistry::Add<declorm::plugin::AnnotationInfo> Annotations("declorm", "");
