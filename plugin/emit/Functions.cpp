// Functions.cpp: The functions of the registration text.

#include "plugin/emit/Functions.h"
#include "plugin/scan/Constructors.h"
#include "plugin/scan/Hooks.h"
#include "plugin/scan/Validators.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace declorm::plugin {

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

/// The type as the text writes it, which stands at global scope.
static std::string spell(const ASTContext &Context, QualType Type) {
  return typeName(Context, Type.getNonReferenceType().getUnqualifiedType(), true);
}

std::string FunctionWriter::begin(llvm::StringRef Kind, llvm::StringRef Result,
                                  llvm::StringRef Parameters) {
  const std::string Name = "declorm_" + Kind.str() + "_" + Id + "_" + std::to_string(Count++);
  OS << Linkage << Result << " " << Name << "(" << Parameters << ") {\n";
  return Name;
}

std::string FunctionWriter::construct(CXXRecordDecl *Record) {
  if (Record->isAbstract())
    return "nullptr";
  const CXXMethodDecl *Maker = findConstructor(Record);
  const CXXConstructorDecl *Constructor = Maker ? nullptr : S.LookupDefaultConstructor(Record);
  if (!Maker && (!Constructor || Constructor->isDeleted()))
    return "nullptr";
  const std::string Name = begin("construct", "void *", "void *storage");
  const std::string Arguments = Maker ? made(Maker) : "";
  OS << "  return ::new (storage, ::declorm::detail::PlacementTag{}) " << Type << "(" << Arguments
     << ");\n}\n";
  return "&" + Name;
}

/// Writes what is needed and returns what the constructor of an object that is loaded is given:
/// what a function makes, which is not copied, or values that mean nothing, so that the constructor
/// is chosen.
std::string FunctionWriter::made(const CXXMethodDecl *Maker) {
  if (Maker->isStatic())
    return Type + "::" + Maker->getNameAsString() + "()";
  std::string Arguments;
  for (const ParmVarDecl *Parameter : Maker->parameters()) {
    if (Parameter->hasDefaultArg() && !Arguments.empty())
      break;
    const std::string Alias = "DeclormP" + std::to_string(Parameter->getFunctionScopeIndex());
    OS << "  using " << Alias << " = " << spell(S.Context, Parameter->getType()) << ";\n";
    Arguments += (Arguments.empty() ? "" : ", ") + Alias + "()";
  }
  return Arguments;
}

/// Whether a destructor does no more than destroy the members `Fields`, in reverse order. Its own
/// body need then not be compiled for each class.
static bool destroysOnlyMembers(Sema &S, const CXXRecordDecl *Record,
                                llvm::SmallVectorImpl<const FieldDecl *> &Fields) {
  if (Record->isUnion() || Record->isPolymorphic() || Record->getNumVBases() ||
      Record->hasUserDeclaredDestructor())
    return false;
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (!Base.getType()->getAsCXXRecordDecl()->hasTrivialDestructor())
      return false;
  for (const FieldDecl *Field : Record->fields()) {
    if (!Field->getType().isDestructedType())
      continue;
    CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
    const CXXDestructorDecl *Destructor = Class ? S.LookupDestructor(Class) : nullptr;
    // The template that destroys it obeys access checking.
    if (!Field->getDeclName() || !Destructor || Destructor->getAccess() != AS_public)
      return false;
    Fields.push_back(Field);
  }
  return true;
}

std::string FunctionWriter::destroy(CXXRecordDecl *Record) {
  const CXXDestructorDecl *Destructor = S.LookupDestructor(Record);
  if (!Destructor || Destructor->isDeleted())
    return "nullptr";
  llvm::SmallVector<const FieldDecl *, 16> Fields;
  const bool OnlyMembers = destroysOnlyMembers(S, Record, Fields);
  const std::string Name = begin("destroy", "void", "[[maybe_unused]] void *object");
  if (OnlyMembers) {
    for (const FieldDecl *Field : llvm::reverse(Fields))
      OS << "  ::declorm::detail::destroy_member(static_cast<" << Type << " *>(object)->"
         << Field->getName() << ");\n";
  } else {
    OS << "  using DeclormT = " << Type
       << ";\n  static_cast<DeclormT *>(object)->DeclormT::~DeclormT();\n";
  }
  OS << "}\n";
  return "&" + Name;
}

/// The type of the member's value, without const, reference and std::optional's outside.
std::string FunctionWriter::valueType(const MemberSource &Source) {
  if (const auto *Getter = dyn_cast<CXXMethodDecl>(Source.Decl))
    return spell(S.Context, Getter->getReturnType());
  return spell(S.Context, cast<ValueDecl>(Source.Decl)->getType());
}

/// The type that the accessor of a converted member gets and sets.
static std::string storedType(const model::Member &Member) {
  if ((Member.type.flags & detail::type_optional) &&
      !(Member.type.flags & detail::type_null_inside))
    return "::std::optional<DeclormR::column_type>";
  return "DeclormR::column_type";
}

/// Statements that assign `Value`, of the type DeclormV, to *value in the form Accessor asks for.
static std::string store(const model::Member &Member, const std::string &Value, bool Array) {
  if (Array)
    return "  __builtin_memcpy(value, " + Value + ", sizeof(DeclormV));\n";
  if (!Member.type.converted())
    return "  *static_cast<DeclormV *>(value) = " + Value + ";\n";
  if (!(Member.type.flags & detail::type_optional))
    return "  using DeclormR = ::declorm::type_traits<DeclormV>;\n"
           "  *static_cast<DeclormR::column_type *>(value) = DeclormR::to_column(" +
           Value + ");\n";
  return "  using DeclormR = ::declorm::type_traits<DeclormV::value_type>;\n"
         "  const DeclormV &from = " +
         Value + ";\n  auto &to = *static_cast<" + storedType(Member) +
         " *>(value);\n  if (from)\n    to = DeclormR::to_column(*from);\n  else\n"
         "    to.reset();\n";
}

/// The object's version as the argument list of what makes the next one; a new row has none yet.
std::string FunctionWriter::versionBefore(const model::Member &Member, const MemberSource &Source) {
  const auto *Getter = dyn_cast<CXXMethodDecl>(Source.Decl);
  return "(argument ? DeclormV(" + objectOf(Source, "argument") + "->" + Member.name +
         (Getter ? "()" : "") + ") : DeclormV())";
}

/// The value that a setter takes, made from *value; `Before` gets the statements in front of it.
static std::string fetch(const model::Member &Member, std::string &Before) {
  if (!Member.type.converted())
    return "*static_cast<const DeclormV *>(value)";
  const bool Optional = Member.type.flags & detail::type_optional;
  Before = std::string("  using DeclormR = ::declorm::type_traits<DeclormV") +
           (Optional ? "::value_type" : "") + ">;\n  const auto &from = *static_cast<const " +
           storedType(Member) + " *>(value);\n";
  if (!Optional)
    return "DeclormR::from_column(from)";
  return std::string("from ? DeclormV(DeclormR::from_column(") +
         (Member.type.flags & detail::type_null_inside ? "from" : "*from") + ")) : DeclormV()";
}

/// Which of the templates of links.h the functions of a member come from.
static std::string linkAccess(const model::Member &Member, const std::string &Type) {
  const auto Of = [&] {
    switch (Member.type.code) {
    case model::TypeCode::shared_pointer:
      return "SharedLink";
    case model::TypeCode::weak_pointer:
      return "WeakLink";
    default:
      return "PlainLink";
    }
  };
  const auto Kind = [&] {
    if (Member.type.code == model::TypeCode::lazy_list)
      return "LazyLinks";
    switch (Member.type.container) {
    case model::Container::none:
      return "SingleLinks";
    case model::Container::set:
    case model::Container::unordered_set:
      return "SetLinks";
    case model::Container::map:
    case model::Container::unordered_map:
      return "MapLinks";
    default:
      return "ListLinks";
    }
  };
  return std::string("&::declorm::detail::link_access<::declorm::detail::") + Kind() +
         "<decltype(" + Type + "::" + Member.name + "), ::declorm::detail::" + Of() + ">>";
}

/// The object that `Pointer` points to, as the member is read from it.
std::string FunctionWriter::objectOf(const MemberSource &Source, const std::string &Pointer) const {
  const auto *Getter = dyn_cast<CXXMethodDecl>(Source.Decl);
  return !Getter || Getter->isConst()
             ? "static_cast<const " + Type + " *>(" + Pointer + ")"
             : "static_cast<" + Type + " *>(const_cast<void *>(" + Pointer + "))";
}

std::string FunctionWriter::accessor(const model::Member &Member, const MemberSource &Source) {
  if (Source.Links)
    return "nullptr, nullptr, " + linkAccess(Member, Type);
  if (Member.type.is_composite() && Member.type.optional() &&
      model::find(Member.annotations, "composite"))
    return gate(Member, Source);
  const auto *Getter = dyn_cast<CXXMethodDecl>(Source.Decl);
  const bool Bits = Member.flags & detail::member_bit_field;
  if (Member.kind == model::MemberKind::static_method || !Member.type.is_column() ||
      (!Getter && !Bits && !Member.type.converted()))
    return {};
  const std::string From = objectOf(Source, "object");
  const std::string Name = Member.name + (Getter ? "()" : "");
  const std::string Get = begin("get", "void", "const void *object, void *value");
  const std::string Alias = "  using DeclormV = " + valueType(Source) + ";\n";
  const bool Array = Getter && Getter->getReturnType().getNonReferenceType()->isArrayType();
  OS << Alias << store(Member, From + "->" + Name, Array) << "}\n";
  if (Getter ? !Source.Setter : Bits && (Member.flags & detail::member_const))
    return "&" + Get + ", nullptr";
  const std::string Set = begin("set", "void", "void *object, const void *value");
  OS << Alias << set(Member, Source) << "}\n";
  return "&" + Get + ", &" + Set;
}

/// Statements that set what the accessor reads.
std::string FunctionWriter::set(const model::Member &Member, const MemberSource &Source) {
  std::string Before;
  const std::string Value = fetch(Member, Before);
  const std::string Object = "static_cast<" + Type + " *>(object)->";
  if (!isa<CXXMethodDecl>(Source.Decl)) {
    // Like a member of another type, a const one is set when it is loaded.
    const std::string Place = Member.flags & detail::member_const
                                  ? "const_cast<DeclormV &>(" + Object + Member.name + ")"
                                  : Object + Member.name;
    return Before + "  " + Place + " = " + Value + ";\n";
  }
  const std::string Setter = Object + Source.Setter->getName().str();
  if (Source.Setter->getNumParams() == 0)
    return Before + "  " + Setter + "() = " + Value + ";\n";
  // A const lvalue, as the scan has tried it.
  if (Member.type.converted())
    Before += "  const DeclormV made = " + Value + ";\n";
  const std::string Call = Setter + "(" + (Member.type.converted() ? "made" : Value) + ")";
  if (Source.Setter->getReturnType()->isVoidType())
    return Before + "  " + Call + ";\n";
  return Before + "  static_cast<void>(" + Call + ");\n";
}

/// Whether the std::optional around a composite holds one.
std::string FunctionWriter::gate(const model::Member &Member, const MemberSource &Source) {
  const QualType Optional = cast<FieldDecl>(Source.Decl)->getType();
  const auto *Special =
      cast<ClassTemplateSpecializationDecl>(Optional.getCanonicalType()->getAsCXXRecordDecl());
  CXXRecordDecl *Value = Special->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  const CXXConstructorDecl *Constructor =
      Value->hasDefinition() ? S.LookupDefaultConstructor(Value->getDefinition()) : nullptr;
  const std::string Get = begin("get", "void", "const void *object, void *value");
  OS << "  *static_cast<bool *>(value) = static_cast<const " << Type << " *>(object)->"
     << Member.name << ".has_value();\n}\n";
  if (!Constructor || Constructor->isDeleted() || Value->isAbstract())
    return "&" + Get + ", nullptr";
  const std::string Set = begin("set", "void", "void *object, const void *value");
  // The standard library obeys access checking.
  const char *Made = Constructor->getAccess() == AS_public ? "" : "DeclormV::value_type()";
  OS << "  using DeclormV = " << valueType(Source)
     << ";\n  auto &member = const_cast<DeclormV &>(static_cast<" << Type << " *>(object)->"
     << Member.name
     << ");\n  if (!*static_cast<const bool *>(value))\n    member.reset();\n"
        "  else if (!member)\n    member.emplace("
     << Made << ");\n}\n";
  return "&" + Get + ", &" + Set;
}

/// The argument list of a call: what `argument` points to, if the function wants anything.
static std::string callArguments(const ASTContext &Context, const FunctionDecl *Function) {
  if (Function->getNumParams() == 0 || Function->getMinRequiredArguments() > 1)
    return "()";
  const QualType Parameter = Function->getParamDecl(0)->getType();
  const std::string Name = spell(Context, Parameter);
  if (Parameter->isLValueReferenceType() && !Parameter->getPointeeType().isConstQualified())
    return "(*static_cast<" + Name + " *>(const_cast<void *>(argument)))";
  return "(*static_cast<const " + Name + " *>(argument))";
}

std::string FunctionWriter::thunk(const FunctionDecl *Function, const std::string &Name,
                                  llvm::StringRef Annotation, const model::Member *Member,
                                  const MemberSource *Source) {
  const bool Version = Annotation == "version_id_generator";
  const bool Value = Version || Annotation == "default_value" || Annotation == "onupdate" ||
                     Annotation == "default_for";
  const std::string Callee = Name.substr(1);
  const QualType Result = Function->getReturnType();
  const std::string Thunk =
      begin("call", "void", "[[maybe_unused]] void *value, [[maybe_unused]] const void *argument");
  if (Value && Member && Source)
    OS << "  using DeclormV = " << valueType(*Source) << ";\n  const DeclormV &made = " << Callee
       << (Version && Function->getNumParams() != 0 ? versionBefore(*Member, *Source) : "()")
       << ";\n"
       << store(*Member, "made", /*Array=*/false);
  else if (const std::string Call = Callee + callArguments(S.Context, Function);
           Result->isVoidType())
    OS << "  " << Call << ";\n";
  else if (Result->isReferenceType())
    OS << "  *static_cast<" << spell(S.Context, Result) << " const **>(value) = &" << Call << ";\n";
  else
    OS << "  *static_cast<" << spell(S.Context, Result) << " *>(value) = " << Call << ";\n";
  OS << "}\n";
  return "&" + Thunk;
}

std::string FunctionWriter::hook(const CXXMethodDecl *Method, bool ForClass) {
  const ASTContext &Context = S.Context;
  const std::string Object = "static_cast<" + Type + " *>(value)";
  std::string Arguments;
  unsigned First = 0;
  if (Method->isStatic() && !ForClass) {
    const QualType Parameter = Method->getParamDecl(First++)->getType()->getPointeeType();
    Arguments = std::string("static_cast<") + (Parameter.isConstQualified() ? "const " : "") +
                spell(Context, Parameter) + " &>(*" + Object + ")";
  }
  if (Method->getNumParams() > First && isSession(Method->getParamDecl(First)->getType()))
    Arguments += (Arguments.empty() ? "" : ", ") + std::string("*static_cast<") +
                 spell(Context, Method->getParamDecl(First)->getType()) +
                 " *>(const_cast<void *>(argument))";
  const std::string Thunk =
      begin("call", "void", "[[maybe_unused]] void *value, [[maybe_unused]] const void *argument");
  OS << "  " << (Method->isStatic() ? Type + "::" : Object + "->") << Method->getNameAsString()
     << "(" << Arguments << ");\n}\n";
  return "&" + Thunk;
}

std::string FunctionWriter::validator(const CXXMethodDecl *Method, const NamedDecl *Attribute,
                                      const CXXMethodDecl *Setter) {
  const bool IsGetter = isa<CXXMethodDecl>(Attribute);
  const std::string Name = Attribute->getNameAsString();
  const std::string Thunk = begin("call", "void", "void *value, const void *");
  OS << "  " << Type << " &object = *static_cast<" << Type
     << " *>(value);\n  const auto &given = object." << Name << (IsGetter ? "()" : "") << ";\n";
  const std::string Text = Method->getMinRequiredArguments() == 2 ? quoted(Name) + ", " : "";
  const std::string Call = (Method->isStatic() ? Type + "::" : "object.") +
                           Method->getNameAsString() + "(" + Text + "given)";
  const std::string Target = "object." + (Setter ? Setter->getNameAsString() : Name);
  if (!IsGetter)
    OS << "  " << Target << " = " << Call << ";\n}\n";
  else if (Setter && Setter->getNumParams() == 0)
    OS << "  " << Target << "() = " << Call << ";\n}\n";
  else
    OS << "  static_cast<void>(" << Target << "(" << Call << "));\n}\n";
  return "&" + Thunk;
}

} // namespace declorm::plugin
