// Text.cpp: The registration text.
//
// Per class: an alias, the functions, the tables of what only the compiler knows, and detail::Class
// with the rest as text (its form is described there); then one object that registers them all.
// Everything stands at global scope, where the names of the program's types are found as they were
// meant, and carries the digest of its class in its name.

#include "plugin/emit/Emit.h"
#include "plugin/emit/Functions.h"
#include "plugin/scan/Checks.h"
#include "plugin/scan/Setters.h"
#include "plugin/scan/Types.h"

#include "runtime/model/class_text.h"
#include "runtime/model/hooks.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace declorm::plugin {

namespace {

struct NamedText {
  const char *Name;
  const char *Text;
};

/// registration.h, links.h.
constexpr NamedText Prelude[] = {
#include "prelude.inc"
};
static_assert(std::size(Prelude) == 2);

/// Most translation units have no need of the second.
std::string preludeFor(const ScanResult &Scanned) {
  std::string Result = Prelude[0].Text;
  const auto HasLinks = [](const ClassSource &Source) {
    return llvm::any_of(Source.Members, [](const MemberSource &Member) { return Member.Links; });
  };
  if (llvm::any_of(Scanned.Sources, HasLinks))
    Result += Prelude[1].Text;
  return Result;
}

/// Writes the tables of one class.
class ClassWriter {
public:
  ClassWriter(Sema &S, const model::Class &Class, const ClassSource &Source, llvm::raw_ostream &OS)
      : S(S), Class(Class), Source(Source), OS(OS), Id(model::digest(Class)),
        Internal(Class.flags & detail::class_internal),
        Linkage(Internal ? "inline " : "[[gnu::visibility(\"hidden\")]] inline "),
        Type("declorm_type_" + Id), Functions(S, OS, Type, Id, Linkage) {}

  /// Returns the name of the detail::Class.
  std::string write();

private:
  void writeAlias();
  void writeBases();
  void writeMembers();
  void writeThunks();
  std::string validator(const model::Function &Function, const model::Annotation &Annotation,
                        std::size_t Place);
  std::string offsetOf(const model::Member &Member) const;
  void writeTable(llvm::StringRef Element, llvm::StringRef Kind,
                  const std::vector<std::string> &Rows);
  std::string table(llvm::StringRef Kind, bool Any) const {
    return Any ? "declorm_" + Kind.str() + "_" + Id : "nullptr";
  }

  Sema &S;
  const model::Class &Class;
  const ClassSource &Source;
  llvm::raw_ostream &OS;
  const std::string Id;
  const bool Internal;
  const std::string Linkage, Type;
  FunctionWriter Functions;
  bool AnyAccessor = false, AnyThunk = false;
};

void ClassWriter::writeAlias() {
  const ASTContext &Context = Source.Record->getASTContext();
  OS << "using " << Type << " = " << typeName(Context, Context.getRecordType(Source.Record), true)
     << ";\n";
  OS << "static_assert(sizeof(" << Type << ") == " << Class.size << " && alignof(" << Type
     << ") == " << Class.alignment << ", " << quoted("declorm: another layout of " + Class.name)
     << ");\n";
}

void ClassWriter::writeTable(llvm::StringRef Element, llvm::StringRef Kind,
                             const std::vector<std::string> &Rows) {
  if (Rows.empty())
    return;
  OS << Linkage << "constexpr " << Element << " " << table(Kind, true) << "[] = {";
  for (const std::string &Row : Rows)
    OS << (&Row == &Rows.front() ? "" : ", ") << Row;
  OS << "};\n";
}

void ClassWriter::writeBases() {
  std::vector<std::string> Rows;
  for (const model::Base &Base : Class.bases)
    Rows.push_back(llvm::formatv("{{{0}, {1}u, {2}, {3}}", quoted(Base.key),
                                 std::uint32_t(Base.offset), Base.location.line,
                                 Base.location.column));
  writeTable("::declorm::detail::Base", "bases", Rows);
}

std::string ClassWriter::offsetOf(const model::Member &Member) const {
  if (Member.kind != model::MemberKind::field || Member.offset == detail::no_offset)
    return "::declorm::detail::no_offset";
  return "__builtin_offsetof(" + Type + ", " + Member.name + ")";
}

void ClassWriter::writeMembers() {
  std::vector<std::string> Offsets, Accessors;
  for (std::size_t I = 0; I != Class.members.size(); ++I) {
    const model::Member &Member = Class.members[I];
    Offsets.push_back(offsetOf(Member));
    const std::string Accessor = Functions.accessor(Member, Source.Members[I]);
    AnyAccessor |= !Accessor.empty();
    Accessors.push_back("{" + Accessor + "}");
  }
  writeTable("unsigned", "offsets", Offsets);
  if (AnyAccessor)
    writeTable("::declorm::detail::Accessor", "accessors", Accessors);
}

/// The functions of `validates` stand behind as many names of members.
std::string ClassWriter::validator(const model::Function &Function,
                                   const model::Annotation &Annotation, std::size_t Place) {
  const std::vector<model::Value> &Arguments = Annotation.arguments;
  std::size_t At = 0;
  while (std::get_if<model::Function>(&Arguments[At].data) != &Function)
    ++At;
  const NamedDecl *Attribute =
      findAttribute(Source.Record, *Arguments[At - Arguments.size() / 2].string());
  const auto *Getter = dyn_cast<CXXMethodDecl>(Attribute);
  const CXXMethodDecl *Setter = nullptr;
  if (Getter) {
    std::vector<Fact> Facts = factsOf(S.Context, Getter->getParent());
    llvm::erase_if(Facts, [&](const Fact &F) { return F.Owner != ownerName(Getter); });
    Setter = findSetter(S, Facts, Getter);
  }
  return Functions.validator(cast<CXXMethodDecl>(Source.Functions[Place]), Attribute, Setter);
}

/// What a function given to `default_for` makes has the type of the attribute that it names, and
/// what one makes that is a `version_id_generator` that of the version.
void ClassWriter::writeThunks() {
  std::vector<std::string> Thunks;
  model::for_each_function(Class, [&](const model::Function &Function,
                                      const model::Annotation &Annotation,
                                      const model::Member *Member) {
    if (Annotation.name == "validates") {
      Thunks.push_back(validator(Function, Annotation, Thunks.size()));
      return;
    }
    if (const auto Kind = model::hook_kind(Annotation.name)) {
      const auto *Method = cast<CXXMethodDecl>(Source.Functions[Thunks.size()]);
      Thunks.push_back(Functions.hook(Method, model::is_for_class(*Kind)));
      return;
    }
    const MemberSource *Place = Member ? &Source.Members[Member - Class.members.data()] : nullptr;
    model::Member Named;
    MemberSource NamedSource;
    if (Annotation.name == "default_for")
      NamedSource.Decl = findAttribute(Source.Record, Annotation.string());
    else if (Annotation.name == "version_id_generator")
      NamedSource.Decl = findVersion(S.Context, Source.Record);
    if (const auto *Attribute = dyn_cast_or_null<ValueDecl>(NamedSource.Decl)) {
      const auto *Getter = dyn_cast<CXXMethodDecl>(Attribute);
      const QualType Given = Getter ? Getter->getReturnType() : Attribute->getType();
      Named.name = Attribute->getNameAsString();
      Named.type = TypeMapper(S).map(Given.getNonReferenceType(), Attribute->getLocation());
      Member = &Named;
      Place = &NamedSource;
    }
    Thunks.push_back(Functions.thunk(Source.Functions[Thunks.size()], Function.name,
                                     Annotation.name, Member, Place));
  });
  AnyThunk = !Thunks.empty();
  writeTable("::declorm::detail::Thunk", "thunks", Thunks);
}

std::string ClassWriter::write() {
  writeAlias();
  if (Internal)
    OS << "namespace {\n";
  writeBases();
  writeMembers();
  writeThunks();
  const std::string Construct = Functions.construct(Source.Record);
  const std::string Destroy = Functions.destroy(Source.Record);
  const std::string Name = "declorm_class_" + Id;
  OS << Linkage << "constexpr ::declorm::detail::Class " << Name << "{" << quoted(Class.key) << ", "
     << quoted(Id) << ",";
  for (const std::string &Line : model::class_text(Class))
    OS << "\n    " << quoted(Line);
  OS << ",\n    &::declorm::detail::type_id<" << Type << ">, sizeof(" << Type << "), alignof("
     << Type << "), " << Class.flags << ", " << table("offsets", !Class.members.empty()) << ", "
     << Construct << ", " << Destroy;
  if (!Class.bases.empty() || AnyAccessor || AnyThunk)
    OS << ", " << table("bases", !Class.bases.empty()) << ", " << Class.bases.size() << ", "
       << table("accessors", AnyAccessor) << ", " << table("thunks", AnyThunk);
  OS << "};\n";
  if (Internal)
    OS << "} // namespace\n";
  return Name;
}

/// A named module's own object file registers its classes, those of its global fragment too; a
/// precompiled header, a header unit and a module map have none.
bool isRegisteredElsewhere(const CXXRecordDecl *Record) {
  const Module *Owner = Record->isFromASTFile() ? Record->getOwningModule() : nullptr;
  return Owner && Owner->getTopLevelModule()->isNamedModule();
}

/// Who imports a module would run the initialiser of an internal variable of its interface again;
/// an external one belongs to the interface's own object file.
void writeRegistration(Sema &S, const std::string &File, llvm::raw_ostream &OS) {
  const Module *Current = S.Context.getCurrentNamedModule();
  if (Current && Current->isInterfaceOrPartition())
    OS << "[[gnu::visibility(\"hidden\")]] ::declorm::detail::Registration declorm_registration_"
       << llvm::utohexstr(llvm::xxh3_64bits(File), /*LowerCase=*/true) << "{declorm_module};\n";
  else
    OS << "namespace {\nconst ::declorm::detail::Registration "
       << "declorm_registration{declorm_module};\n} // namespace\n";
}

} // namespace

void keepOwnClasses(ScanResult &Scanned) {
  std::size_t Kept = 0;
  for (std::size_t I = 0; I != Scanned.Sources.size(); ++I) {
    if (isRegisteredElsewhere(Scanned.Sources[I].Record))
      continue;
    if (Kept != I) {
      Scanned.Sources[Kept] = std::move(Scanned.Sources[I]);
      Scanned.Unit.classes[Kept] = std::move(Scanned.Unit.classes[I]);
    }
    ++Kept;
  }
  Scanned.Sources.resize(Kept);
  Scanned.Unit.classes.resize(Kept);
}

std::string registrationText(Sema &S, const ScanResult &Scanned) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  std::vector<std::string> Names;
  for (std::size_t I = 0; I != Scanned.Sources.size(); ++I)
    Names.push_back(ClassWriter(S, Scanned.Unit.classes[I], Scanned.Sources[I], OS).write());
  if (Names.empty())
    return {};
  OS << "namespace {\nconstexpr const ::declorm::detail::Class *declorm_classes[] = {\n";
  for (const std::string &Name : Names)
    OS << "  &" << Name << ",\n";
  OS << "};\nconstexpr ::declorm::detail::Module declorm_module{"
     << "::declorm::detail::registration_version, declorm_classes, " << Names.size() << ", "
     << quoted(Scanned.Unit.file) << "};\n} // namespace\n";
  writeRegistration(S, Scanned.Unit.file, OS);
  return preludeFor(Scanned) + Text;
}

} // namespace declorm::plugin
