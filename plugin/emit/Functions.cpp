// Functions.cpp: The functions of the registration text.

#include "plugin/emit/Functions.h"

#include "clang/AST/ASTContext.h"

using namespace clang;

namespace declorm::plugin {

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
  const CXXConstructorDecl *Constructor = S.LookupDefaultConstructor(Record);
  if (!Constructor || Constructor->isDeleted())
    return "nullptr";
  const std::string Name = begin("construct", "void *", "void *storage");
  OS << "  return ::new (storage, ::declorm::detail::PlacementTag{}) " << Type << "();\n}\n";
  return "&" + Name;
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

/// Statements that assign `Value`, of the type `Plain`, to *value in the form Accessor asks for.
std::string FunctionWriter::store(const model::Member &Member, const std::string &Value,
                                  const std::string &Plain) {
  if (!Member.type.converted())
    return "  *static_cast<" + Plain + " *>(value) = " + Value + ";\n";
  if (!Member.type.optional())
    return "  using DeclormR = ::declorm::type_traits<" + Plain +
           ">;\n  *static_cast<DeclormR::column_type *>(value) = DeclormR::to_column(" + Value +
           ");\n";
  return "  using DeclormV = " + Plain +
         ";\n  using DeclormR = ::declorm::type_traits<DeclormV::value_type>;\n" +
         "  const DeclormV &from = " + Value + ";\n" +
         "  auto &to = *static_cast<::std::optional<DeclormR::column_type> *>(value);\n" +
         "  if (from)\n    to = DeclormR::to_column(*from);\n  else\n    to.reset();\n";
}

/// The value that a setter takes, made from *value.
static std::string fetch(const model::Member &Member, const std::string &Plain,
                         std::string &Before) {
  if (!Member.type.converted())
    return "*static_cast<const " + Plain + " *>(value)";
  if (!Member.type.optional()) {
    Before = "  using DeclormR = ::declorm::type_traits<" + Plain + ">;\n";
    return "DeclormR::from_column(*static_cast<const DeclormR::column_type *>(value))";
  }
  Before =
      "  using DeclormV = " + Plain +
      ";\n  using DeclormR = ::declorm::type_traits<DeclormV::value_type>;\n" +
      "  const auto &from = *static_cast<const ::std::optional<DeclormR::column_type> *>(value);\n";
  return "from ? DeclormV(DeclormR::from_column(*from)) : DeclormV()";
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

std::string FunctionWriter::accessor(const model::Member &Member, const MemberSource &Source) {
  if (Source.Links)
    return "nullptr, nullptr, " + linkAccess(Member, Type);
  const auto *Getter = dyn_cast<CXXMethodDecl>(Source.Decl);
  const bool Bits = Member.flags & detail::member_bit_field;
  if (Member.kind == model::MemberKind::static_method || !Member.type.is_column() ||
      (!Getter && !Bits && !Member.type.converted()))
    return {};
  const std::string Plain = valueType(Source);
  const bool Const = !Getter || Getter->isConst();
  const std::string From = Const ? "static_cast<const " + Type + " *>(object)"
                                 : "static_cast<" + Type + " *>(const_cast<void *>(object))";
  const std::string Name = Member.name + (Getter ? "()" : "");
  const std::string Get = begin("get", "void", "const void *object, void *value");
  OS << store(Member, From + "->" + Name, Plain) << "}\n";
  std::string Set = "nullptr";
  if (Getter ? Source.Setter != nullptr : !(Member.flags & detail::member_const)) {
    Set = "&" + begin("set", "void", "void *object, const void *value");
    std::string Before;
    const std::string Value = fetch(Member, Plain, Before);
    OS << Before << "  static_cast<" << Type << " *>(object)->";
    if (Getter)
      OS << Source.Setter->getName() << "(" << Value << ");\n}\n";
    else
      OS << Member.name << " = " << Value << ";\n}\n";
  }
  return "&" + Get + ", " + Set;
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
  const bool Value =
      Annotation == "default_value" || Annotation == "onupdate" || Annotation == "default_for";
  const std::string Callee = Name.substr(1);
  const QualType Result = Function->getReturnType();
  const std::string Thunk =
      begin("call", "void", "[[maybe_unused]] void *value, [[maybe_unused]] const void *argument");
  if (Value && Member && Source)
    OS << "  const " << valueType(*Source) << " &made = " << Callee << "();\n"
       << store(*Member, "made", valueType(*Source));
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

} // namespace declorm::plugin
