//===- Text.cpp - The registration text
//------------------------------------------------------------===//
//
// Per class: an alias, constant tables, the functions they point to, and detail::Class; then one
// object that registers them all. Everything stands at global scope, where the names of the
// program's types are found as they were meant, and carries the digest of its class in its name.
//
//===----------------------------------------------------------------------------------------------===//

#include "plugin/emit/Emit.h"
#include "plugin/emit/Functions.h"

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

constexpr NamedText Prelude[] = {
#include "prelude.inc"
};

/// A string literal, or nullptr for an empty one where `Null` says so.
std::string quoted(llvm::StringRef Text, bool Null = false) {
  if (Null && Text.empty())
    return "nullptr";
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

std::string code(model::TypeCode Code) {
  return "::declorm::detail::TypeCode(" + std::to_string(unsigned(Code)) + ")";
}

/// Writes the tables of one class.
class ClassWriter {
public:
  ClassWriter(Sema &S, const model::Class &Class, const ClassSource &Source, llvm::raw_ostream &OS)
      : Class(Class), Source(Source), OS(OS), Id(model::digest(Class)),
        Internal(Class.flags & detail::class_internal),
        Linkage(Internal ? "inline " : "[[gnu::visibility(\"hidden\")]] inline "),
        Type("declorm_type_" + Id), Functions(S, OS, Type, Id, Linkage) {}

  /// Returns the name of the detail::Class.
  std::string write();

private:
  void writeAlias();
  void writeBases();
  void writeEnumerators();
  void writeMembers();
  std::string offsetOf(const model::Member &Member) const;
  void addAnnotations(const model::Annotations &Annotations, const model::Member *Member,
                      const MemberSource *Place);
  void addArgument(const model::Value &Value, llvm::StringRef Annotation,
                   const model::Member *Member, const MemberSource *Place);
  void writeList(llvm::StringRef Kind, const std::vector<std::string> &Rows);
  std::string table(llvm::StringRef Kind, std::size_t Size) const {
    return Size ? "declorm_" + Kind.str() + "_" + Id : "nullptr";
  }

  const model::Class &Class;
  const ClassSource &Source;
  llvm::raw_ostream &OS;
  const std::string Id;
  const bool Internal;
  const std::string Linkage, Type;
  FunctionWriter Functions;
  std::vector<std::string> Annotations, Arguments; ///< rows of the tables
  std::size_t NextFunction = 0;
};

void ClassWriter::writeAlias() {
  const ASTContext &Context = Source.Record->getASTContext();
  OS << "using " << Type << " = " << typeName(Context, Context.getRecordType(Source.Record), true)
     << ";\n";
  OS << "static_assert(sizeof(" << Type << ") == " << Class.size << " && alignof(" << Type
     << ") == " << Class.alignment << ", " << quoted("declorm: another layout of " + Class.name)
     << ");\n";
}

void ClassWriter::writeList(llvm::StringRef Kind, const std::vector<std::string> &Rows) {
  if (Rows.empty())
    return;
  const std::string Element = llvm::StringSwitch<std::string>(Kind)
                                  .Case("bases", "Base")
                                  .Case("members", "Member")
                                  .Case("annotations", "Annotation")
                                  .Default("Argument");
  OS << Linkage << "constexpr ::declorm::detail::" << Element << " " << table(Kind, Rows.size())
     << "[] = {\n";
  for (const std::string &Row : Rows)
    OS << "  {" << Row << "},\n";
  OS << "};\n";
}

void ClassWriter::writeBases() {
  std::vector<std::string> Rows;
  for (const model::Base &Base : Class.bases) {
    std::string Upcast = "nullptr";
    if (Base.is_virtual)
      for (const CXXBaseSpecifier &Specifier : Source.Record->bases())
        if (keyOf(Specifier.getType()->getAsCXXRecordDecl()) == Base.key)
          Upcast = Functions.upcast(Specifier.getType());
    Rows.push_back(llvm::formatv("{0}, {1}u, {2}, {3}, {4}", quoted(Base.key),
                                 std::uint32_t(Base.offset), Base.location.line,
                                 Base.location.column, Upcast));
  }
  writeList("bases", Rows);
}

void ClassWriter::addArgument(const model::Value &Value, llvm::StringRef Annotation,
                              const model::Member *Member, const MemberSource *Place) {
  std::string Kind = "null", Text = "nullptr", Integer = "0", Function = "nullptr";
  const auto Number = [](std::int64_t From) {
    // The literal 9223372036854775808 does not exist.
    return From == INT64_MIN ? std::string("-9223372036854775807 - 1") : std::to_string(From);
  };
  if (const auto *Boolean = Value.boolean()) {
    Kind = "boolean";
    Integer = *Boolean ? "1" : "0";
  } else if (const auto *Whole = Value.integer()) {
    Kind = "integer";
    Integer = Number(*Whole);
  } else if (const auto *Real = std::get_if<double>(&Value.data)) {
    Kind = "real";
    llvm::raw_string_ostream(Text = "") << '"' << llvm::format("%a", *Real) << '"';
  } else if (const auto *String = Value.string()) {
    Kind = "string";
    Text = quoted(*String);
    Integer = std::to_string(String->size());
  } else if (const auto *Thunk = std::get_if<model::Function>(&Value.data)) {
    Kind = "function";
    Text = quoted(Thunk->name);
    Function =
        Functions.thunk(Source.Functions[NextFunction++], Thunk->name, Annotation, Member, Place);
  } else if (const auto *Enumerator = std::get_if<model::EnumValue>(&Value.data)) {
    Kind = "enumerator";
    Text = quoted(Enumerator->name);
    Integer = Number(Enumerator->value);
  } else if (const auto *Keyword = std::get_if<model::Keyword>(&Value.data)) {
    Kind = "keyword";
    Text = quoted(Keyword->name);
  } else if (const auto *List = Value.list()) {
    Kind = "list";
    Integer = std::to_string(List->size());
  }
  Arguments.push_back("::declorm::detail::ArgumentKind::" + Kind + ", " + Text + ", " + Integer +
                      ", " + Function);
  if (const auto *List = Value.list())
    for (const model::Value &Element : *List)
      addArgument(Element, Annotation, Member, Place);
}

void ClassWriter::addAnnotations(const model::Annotations &List, const model::Member *Member,
                                 const MemberSource *Place) {
  for (const model::Annotation &Annotation : List) {
    const std::size_t First = Arguments.size();
    for (const model::Value &Value : Annotation.arguments)
      addArgument(Value, Annotation.name, Member, Place);
    Annotations.push_back(llvm::formatv("{0}, {1}, {2}, {3}, {4}", quoted(Annotation.name), First,
                                        Arguments.size() - First, Annotation.location.line,
                                        Annotation.location.column));
  }
}

void ClassWriter::writeEnumerators() {
  for (std::size_t I = 0; I != Class.members.size(); ++I) {
    const auto &List = Class.members[I].type.enumerators;
    if (List.empty())
      continue;
    OS << Linkage << "constexpr ::declorm::detail::Enumerator declorm_enumerators_" << Id << "_"
       << I << "[] = {";
    for (const model::Enumerator &Enumerator : List)
      OS << "{" << quoted(Enumerator.name) << ", static_cast<long long>("
         << std::uint64_t(Enumerator.value) << "ull)}, ";
    OS << "};\n";
  }
}

std::string ClassWriter::offsetOf(const model::Member &Member) const {
  if (Member.kind != model::MemberKind::field || Member.offset == detail::no_offset)
    return "::declorm::detail::no_offset";
  return "__builtin_offsetof(" + Type + ", " + Member.name + ")";
}

void ClassWriter::writeMembers() {
  std::vector<std::string> Rows;
  for (std::size_t I = 0; I != Class.members.size(); ++I) {
    const model::Member &Member = Class.members[I];
    const model::Type &MemberType = Member.type;
    const std::size_t First = Annotations.size();
    addAnnotations(Member.annotations, &Member, &Source.Members[I]);
    std::string Row;
    llvm::raw_string_ostream Out(Row);
    Out << quoted(Member.name) << ", ::declorm::detail::MemberKind(" << unsigned(Member.kind)
        << "), " << unsigned(Member.flags) << ", " << offsetOf(Member) << ", {"
        << code(MemberType.code) << ", ::declorm::detail::Container("
        << unsigned(MemberType.container) << "), " << unsigned(MemberType.flags) << ", "
        << code(MemberType.rep) << ", " << MemberType.size << ", " << MemberType.num << ", "
        << MemberType.den << ", " << quoted(MemberType.spelling) << ", "
        << quoted(MemberType.target, true) << ", ";
    if (MemberType.enumerators.empty())
      Out << "nullptr";
    else
      Out << "declorm_enumerators_" << Id << "_" << I;
    Out << ", " << MemberType.enumerators.size() << "}, "
        << Functions.accessor(Member, Source.Members[I]) << ", " << Member.location.line << ", "
        << Member.location.column << ", " << First << ", " << Annotations.size() - First;
    Rows.push_back(std::move(Row));
  }
  writeList("members", Rows);
}

std::string ClassWriter::write() {
  writeAlias();
  if (Internal)
    OS << "namespace {\n";
  writeBases();
  addAnnotations(Class.annotations, nullptr, nullptr);
  const std::size_t OfClass = Annotations.size();
  writeEnumerators();
  writeMembers();
  writeList("arguments", Arguments);
  writeList("annotations", Annotations);
  const std::string Construct = Functions.construct(Source.Record);
  const std::string Destroy = Functions.destroy(Source.Record);
  const std::string Name = "declorm_class_" + Id;
  OS << Linkage << "constexpr ::declorm::detail::Class " << Name << "{" << quoted(Class.key) << ", "
     << quoted(Class.name) << ", " << quoted(Id) << ", ::declorm::detail::type_id<" << Type
     << ">, sizeof(" << Type << "), alignof(" << Type << "), " << Class.flags << ", "
     << quoted(Class.location.file) << ", " << Class.location.line << ", " << Class.location.column
     << ",\n    " << table("bases", Class.bases.size()) << ", " << Class.bases.size() << ", "
     << table("members", Class.members.size()) << ", " << Class.members.size() << ", "
     << table("annotations", Annotations.size()) << ", " << Annotations.size() << ", " << OfClass
     << ", " << table("arguments", Arguments.size()) << ", " << Construct << ", " << Destroy
     << "};\n";
  if (Internal)
    OS << "} // namespace\n";
  return Name;
}

/// A named module's own object file registers its classes; a precompiled header, a header unit and
/// a module map have none.
bool isRegisteredElsewhere(const CXXRecordDecl *Record) {
  const Module *Owner = Record->isFromASTFile() ? Record->getOwningModule() : nullptr;
  return Owner && Owner->isNamedModule();
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

std::string registrationText(Sema &S, const ScanResult &Scanned) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  std::vector<std::string> Names;
  for (std::size_t I = 0; I != Scanned.Sources.size(); ++I)
    if (!isRegisteredElsewhere(Scanned.Sources[I].Record))
      Names.push_back(ClassWriter(S, Scanned.Unit.classes[I], Scanned.Sources[I], OS).write());
  if (Names.empty())
    return {};
  OS << "namespace {\nconstexpr const ::declorm::detail::Class *declorm_classes[] = {\n";
  for (const std::string &Name : Names)
    OS << "  &" << Name << ",\n";
  OS << "};\nconstexpr ::declorm::detail::Module declorm_module{"
     << "::declorm::detail::registration_version, declorm_classes, " << Names.size()
     << "};\n} // namespace\n";
  writeRegistration(S, Scanned.Unit.file, OS);
  return Prelude[0].Text + Text;
}

} // namespace declorm::plugin
