// Text.cpp: The registration text.
//
// Per class: an alias, the functions, the tables of what only the compiler knows, and detail::Class
// with the rest as text (its form is described there); then one object that registers them all.
// Everything stands at global scope, where the names of the program's types are found as they were
// meant, and carries the digest of its class in its name.

#include "plugin/emit/Emit.h"
#include "plugin/emit/Functions.h"
#include "plugin/scan/Checks.h"
#include "plugin/scan/Types.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
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

/// A string literal.
std::string quoted(llvm::StringRef Text) {
  std::string Result = "\"";
  for (unsigned char C : Text) {
    if (C == '"' || C == '\\' || C == '?' || !llvm::isPrint(char(C))) {
      Result += '\\';
      for (int Shift = 6; Shift >= 0; Shift -= 3)
        Result += char('0' + ((C >> Shift) & 7));
    } else {
      Result += char(C);
    }
  }
  return Result + '"';
}

/// Appends items in the form that detail::Class describes.
class ItemWriter {
public:
  explicit ItemWriter(std::string &Text) : Text(Text) {}

  ItemWriter &mark(char C) {
    Text += ' ';
    Text += C;
    return *this;
  }
  ItemWriter &number(std::int64_t Value) {
    Text += ' ';
    Text += std::to_string(Value);
    return *this;
  }
  ItemWriter &string(llvm::StringRef Value) {
    Text += ' ';
    Text += std::to_string(Value.size());
    Text += ':';
    Text += Value;
    return *this;
  }

private:
  std::string &Text;
};

void addType(std::string &Text, const model::Type &Type) {
  ItemWriter Items(Text);
  Items.number(unsigned(Type.code)).number(unsigned(Type.container)).number(Type.flags);
  Items.number(unsigned(Type.rep)).number(Type.size).number(Type.num).number(Type.den);
  Items.string(Type.spelling);
  if (!Type.target.empty())
    Items.mark('>').string(Type.target);
  for (const model::Enumerator &Enumerator : Type.enumerators)
    Items.mark('=').string(Enumerator.name).number(Enumerator.value);
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
  void writeText();
  std::string offsetOf(const model::Member &Member) const;
  void addAnnotations(std::string &Text, const model::Annotations &Annotations,
                      const model::Member *Member, const MemberSource *Place);
  void addArgument(std::string &Text, const model::Value &Value, llvm::StringRef Annotation,
                   const model::Member *Member, const MemberSource *Place);
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
  std::vector<std::string> Lines; ///< of the text: the class, then each member
  std::vector<std::string> Thunks;
  bool AnyAccessor = false;
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

void ClassWriter::addArgument(std::string &Text, const model::Value &Value,
                              llvm::StringRef Annotation, const model::Member *Member,
                              const MemberSource *Place) {
  ItemWriter Items(Text);
  if (const auto *Boolean = Value.boolean()) {
    Items.mark(*Boolean ? 't' : 'f');
  } else if (const auto *Whole = Value.integer()) {
    Items.mark('i').number(*Whole);
  } else if (const auto *Real = std::get_if<double>(&Value.data)) {
    std::string Literal;
    llvm::raw_string_ostream(Literal) << llvm::format("%a", *Real);
    Items.mark('r').string(Literal);
  } else if (const auto *String = Value.string()) {
    Items.mark('s').string(*String);
    for (const model::TextPlace &Run : Value.places)
      Items.mark(Run.fixed ? '!' : '^').number(Run.offset).number(Run.line).number(Run.column);
  } else if (const auto *Function = std::get_if<model::Function>(&Value.data)) {
    Items.mark('p').string(Function->name);
    Thunks.push_back(Functions.thunk(Source.Functions[Thunks.size()], Function->name, Annotation,
                                     Member, Place));
  } else if (const auto *Enumerator = std::get_if<model::EnumValue>(&Value.data)) {
    Items.mark('e').string(Enumerator->name).number(Enumerator->value);
  } else if (const auto *Keyword = std::get_if<model::Keyword>(&Value.data)) {
    Items.mark('k').string(Keyword->name);
  } else if (const auto *List = Value.list()) {
    Items.mark('l').number(std::int64_t(List->size()));
    for (const model::Value &Element : *List)
      addArgument(Text, Element, Annotation, Member, Place);
  } else {
    Items.mark('n');
  }
}

void ClassWriter::addAnnotations(std::string &Text, const model::Annotations &List,
                                 const model::Member *Member, const MemberSource *Place) {
  for (const model::Annotation &Annotation : List) {
    ItemWriter(Text)
        .mark('@')
        .string(Annotation.name)
        .number(Annotation.location.line)
        .number(Annotation.location.column);
    // What it makes has the type of the attribute that it names.
    model::Member Named;
    MemberSource NamedSource;
    if (Annotation.name == "default_for")
      NamedSource.Decl = findAttribute(Source.Record, Annotation.string());
    if (const auto *Attribute = dyn_cast_or_null<ValueDecl>(NamedSource.Decl)) {
      const auto *Getter = dyn_cast<CXXMethodDecl>(Attribute);
      const QualType Given = Getter ? Getter->getReturnType() : Attribute->getType();
      Named.type = TypeMapper(S).map(Given.getNonReferenceType(), Attribute->getLocation());
    }
    for (const model::Value &Value : Annotation.arguments)
      addArgument(Text, Value, Annotation.name, NamedSource.Decl ? &Named : Member,
                  NamedSource.Decl ? &NamedSource : Place);
  }
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
    std::string &Line = Lines.emplace_back();
    ItemWriter Items(Line);
    Items.mark('.').string(Member.name).number(unsigned(Member.kind)).number(Member.flags);
    Items.number(Member.location.line).number(Member.location.column);
    addType(Line, Member.type);
    addAnnotations(Line, Member.annotations, &Member, &Source.Members[I]);
    Offsets.push_back(offsetOf(Member));
    const std::string Accessor = Functions.accessor(Member, Source.Members[I]);
    AnyAccessor |= !Accessor.empty();
    Accessors.push_back("{" + Accessor + "}");
  }
  writeTable("unsigned", "offsets", Offsets);
  if (AnyAccessor)
    writeTable("::declorm::detail::Accessor", "accessors", Accessors);
}

void ClassWriter::writeText() {
  for (const std::string &Line : Lines)
    OS << "\n    " << quoted(Line);
}

std::string ClassWriter::write() {
  writeAlias();
  if (Internal)
    OS << "namespace {\n";
  writeBases();
  std::string &Line = Lines.emplace_back();
  ItemWriter(Line)
      .string(Class.name)
      .string(Class.location.file)
      .number(Class.location.line)
      .number(Class.location.column);
  addAnnotations(Line, Class.annotations, nullptr, nullptr);
  for (const model::VirtualBase &Base : Class.virtual_bases)
    ItemWriter(Line).mark('%').string(Base.key).number(std::int64_t(Base.offset));
  writeMembers();
  writeTable("::declorm::detail::Thunk", "thunks", Thunks);
  const std::string Construct = Functions.construct(Source.Record);
  const std::string Destroy = Functions.destroy(Source.Record);
  const std::string Name = "declorm_class_" + Id;
  OS << Linkage << "constexpr ::declorm::detail::Class " << Name << "{" << quoted(Class.key) << ", "
     << quoted(Id) << ",";
  writeText();
  OS << ",\n    &::declorm::detail::type_id<" << Type << ">, sizeof(" << Type << "), alignof("
     << Type << "), " << Class.flags << ", " << table("offsets", !Class.members.empty()) << ", "
     << Construct << ", " << Destroy;
  if (!Class.bases.empty() || AnyAccessor || !Thunks.empty())
    OS << ", " << table("bases", !Class.bases.empty()) << ", " << Class.bases.size() << ", "
       << table("accessors", AnyAccessor) << ", " << table("thunks", !Thunks.empty());
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
