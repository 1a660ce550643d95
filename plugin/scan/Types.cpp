// Types.cpp: C++ types as the Model knows them.

#include "plugin/scan/Types.h"
#include "plugin/scan/Scan.h"
#include "plugin/vocabulary/Facts.h"

using namespace clang;

namespace declorm::plugin {

using model::Container;
using model::TypeCode;

/// Whether `Record` stands in the namespace `Outer`, or in `Inner` within it; inline namespaces
/// between do not count.
static bool isIn(const CXXRecordDecl *Record, llvm::StringRef Outer, llvm::StringRef Inner = "") {
  const DeclContext *Context = Record->getDeclContext()->getRedeclContext();
  const auto Step = [&](llvm::StringRef Name) {
    while (Context->isInlineNamespace())
      Context = Context->getParent()->getRedeclContext();
    const auto *Namespace = dyn_cast<NamespaceDecl>(Context);
    if (!Namespace || Namespace->getName() != Name)
      return false;
    Context = Namespace->getParent()->getRedeclContext();
    return true;
  };
  return (Inner.empty() || Step(Inner)) && Step(Outer) && Context->isTranslationUnit();
}

static bool isJson(const CXXRecordDecl *Record) {
  return Record->getIdentifier() && Record->getName() == "basic_json" && isIn(Record, "nlohmann");
}

static QualType typeArgument(const ClassTemplateSpecializationDecl *Record, unsigned Index) {
  const TemplateArgumentList &List = Record->getTemplateArgs();
  if (Index >= List.size() || List[Index].getKind() != TemplateArgument::Type)
    return {};
  return List[Index].getAsType();
}

static std::int64_t integerArgument(const ClassTemplateSpecializationDecl *Record, unsigned Index) {
  const TemplateArgumentList &List = Record->getTemplateArgs();
  if (Index >= List.size() || List[Index].getKind() != TemplateArgument::Integral)
    return 0;
  return List[Index].getAsIntegral().getExtValue();
}

static const ClassTemplateSpecializationDecl *specialization(QualType Type) {
  return dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
}

/// Whether the argument at `Index` is std::allocator: others change the container's layout.
static bool hasStandardAllocator(const ClassTemplateSpecializationDecl *Record, unsigned Index) {
  const QualType Type = typeArgument(Record, Index);
  const auto *Allocator = Type.isNull() ? nullptr : specialization(Type);
  return Allocator && Allocator->getName() == "allocator" && isIn(Allocator, "std");
}

static bool isByte(QualType Type) {
  if (Type->isSpecificBuiltinType(BuiltinType::UChar))
    return true;
  return Type->isStdByteType();
}

static bool isPlainChar(QualType Type) {
  return Type->isSpecificBuiltinType(BuiltinType::Char_S) ||
         Type->isSpecificBuiltinType(BuiltinType::Char_U);
}

/// Characters that are no bytes of text.
static bool isWideCharacter(QualType Type) {
  return Type->isWideCharType() || Type->isChar8Type() || Type->isChar16Type() ||
         Type->isChar32Type();
}

static bool isPointer(TypeCode Code) {
  return Code == TypeCode::pointer || Code == TypeCode::shared_pointer ||
         Code == TypeCode::weak_pointer;
}

std::string typeName(const ASTContext &Context, QualType Type, bool TagKeywords) {
  PrintingPolicy Policy(Context.getLangOpts());
  Policy.SuppressUnwrittenScope = true;
  Policy.SuppressTagKeyword = !TagKeywords;
  Policy.PrintCanonicalTypes = true;
  Policy.UseEnumerators = true;
  Policy.AnonymousTagLocations = false;
  return Type.getCanonicalType().getAsString(Policy);
}

model::Type TypeMapper::map(QualType Type, SourceLocation Where) {
  Loc = Where;
  Object = Target = nullptr;
  model::Type Result;
  PrintingPolicy Policy(Context.getLangOpts());
  Policy.SuppressTagKeyword = true;
  Policy.AnonymousTagLocations = false;
  Result.spelling = Type.getUnqualifiedType().getAsString(Policy);
  if (Type->isReferenceType()) {
    // Only an object can be referred to: a column needs a place of its own.
    const QualType Pointee = Type->getPointeeType();
    if (Pointee->isRecordType())
      fillTarget(Result, TypeCode::pointer, Pointee);
    else
      Result.target_name = typeName(Context, Pointee.getUnqualifiedType());
    return Result;
  }
  fill(Result, Context.getCanonicalType(Type).getUnqualifiedType());
  if (!Result.size && !Type->isIncompleteType() && !Type->isDependentType())
    Result.size = unsigned(Context.getTypeSizeInChars(Type).getQuantity());
  return Result;
}

void TypeMapper::fill(model::Type &Result, QualType Type) {
  if (Type->isBuiltinType())
    return fillBuiltin(Result, Type);
  if (const auto *Array = Context.getAsConstantArrayType(Type))
    return fillArray(Result, Array->getElementType().getUnqualifiedType());
  if (Type->isPointerType())
    return fillTarget(Result, TypeCode::pointer, Type->getPointeeType());
  const auto *Class = Type->getAsCXXRecordDecl();
  if (Class && fillOurs(Result, Class))
    return;
  if ((Type->isRecordType() || Type->isEnumeralType()) && fillConverted(Result, Type))
    return;
  if (const auto *Enum = Type->getAs<EnumType>())
    return fillEnum(Result, Enum->getDecl());
  if (Class)
    fillClass(Result, Class);
}

void TypeMapper::fillBuiltin(model::Type &Result, QualType Type) {
  const std::uint64_t Bits = Context.getTypeSize(Type);
  if (Type->isBooleanType())
    Result.code = TypeCode::boolean;
  else if (Type->isSpecificBuiltinType(BuiltinType::Float))
    Result.code = TypeCode::float32;
  else if (Type->isSpecificBuiltinType(BuiltinType::Double))
    Result.code = TypeCode::float64;
  else if (Type->isIntegerType() && !isWideCharacter(Type) && Bits <= 64) {
    const bool Signed = Type->isSignedIntegerType();
    const auto First = unsigned(Signed ? TypeCode::int8 : TypeCode::uint8);
    Result.code = TypeCode(First + llvm::Log2_64(Bits / 8));
  }
}

void TypeMapper::fillEnum(model::Type &Result, const EnumDecl *Enum) {
  if (Enum->getIntegerType().isNull())
    return;
  fillBuiltin(Result, Enum->getIntegerType().getCanonicalType());
  Result.flags |= detail::type_enumeration;
  for (const EnumConstantDecl *Constant : Enum->enumerators()) {
    const llvm::APSInt &Value = Constant->getInitVal();
    Result.enumerators.push_back(
        {Constant->getNameAsString(),
         Value.isSigned() ? Value.getSExtValue() : std::int64_t(Value.getZExtValue())});
  }
}

void TypeMapper::fillArray(model::Type &Result, QualType Element) {
  if (isPlainChar(Element))
    Result.code = TypeCode::text_array;
  else if (isByte(Element))
    Result.code = TypeCode::byte_array;
}

void TypeMapper::fillTarget(model::Type &Result, TypeCode Code, QualType Class) {
  const CXXRecordDecl *Record = Class->getAsCXXRecordDecl();
  const bool Held = Code == TypeCode::object;
  if (!Record || (!Held && (isIn(Record, "std") || isIn(Record, "std", "chrono")))) {
    // For messages: a pointer to a value is nothing that a database can hold.
    Result.code = Code;
    Result.target_name = typeName(Context, Class.getUnqualifiedType());
    return;
  }
  // Completed, because an annotated class template may be named nowhere else.
  if (isa<ClassTemplateSpecializationDecl>(Record) || Record->getInstantiatedFromMemberClass()) {
    const bool Before = Record->hasDefinition();
    if (!Before && S.isCompleteType(Loc, Class))
      ++Completed;
  }
  if (Code == TypeCode::object)
    Object = Record;
  Target = Record;
  Result.code = Code;
  Result.target = keyOf(Record);
  Result.target_name = typeName(Context, Class.getUnqualifiedType());
}

void TypeMapper::fillClass(model::Type &Result, const CXXRecordDecl *Record) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (Special && isIn(Record, "std") && fillStandard(Result, Special))
    return;
  if (fillChrono(Result, Record))
    return;
  fillTarget(Result, TypeCode::object, Context.getRecordType(Record));
}

bool TypeMapper::fillStandard(model::Type &Result, const ClassTemplateSpecializationDecl *Record) {
  const llvm::StringRef Name = Record->getName();
  const QualType First = typeArgument(Record, 0);
  if (First.isNull())
    return false;
  if (Name == "optional" && !Result.optional()) {
    Result.flags |= detail::type_optional;
    fill(Result, First.getCanonicalType().getUnqualifiedType());
  } else if (Name == "basic_string" && isPlainChar(First) && hasStandardAllocator(Record, 2)) {
    Result.code = TypeCode::text;
  } else if (Name == "vector" && isByte(First.getCanonicalType()) &&
             hasStandardAllocator(Record, 1)) {
    Result.code = TypeCode::bytes;
  } else if (Name == "array") {
    fillArray(Result, First.getCanonicalType().getUnqualifiedType());
  } else if (Name == "shared_ptr") {
    fillTarget(Result, TypeCode::shared_pointer, First);
  } else if (Name == "weak_ptr") {
    fillTarget(Result, TypeCode::weak_pointer, First);
  } else if (Name == "unique_ptr") {
    fillTarget(Result, TypeCode::unique_pointer, First);
  } else {
    return fillContainer(Result, Record);
  }
  return true;
}

bool TypeMapper::fillContainer(model::Type &Result, const ClassTemplateSpecializationDecl *Record) {
  const auto Kind = llvm::StringSwitch<Container>(Record->getName())
                        .Case("vector", Container::vector)
                        .Case("list", Container::list)
                        .Case("deque", Container::deque)
                        .Case("set", Container::set)
                        .Case("unordered_set", Container::unordered_set)
                        .Case("map", Container::map)
                        .Case("unordered_map", Container::unordered_map)
                        .Default(Container::none);
  if (Kind == Container::none || Result.container != Container::none)
    return false;
  const bool Map = Kind == Container::map || Kind == Container::unordered_map;
  const QualType Element = typeArgument(Record, Map ? 1 : 0);
  if (Element.isNull())
    return false;
  Result.container = Kind;
  fill(Result, Element.getCanonicalType().getUnqualifiedType());
  if (Map && isPointer(Result.code))
    fillKey(Result, typeArgument(Record, 0).getCanonicalType().getUnqualifiedType());
  return true;
}

/// The key of a map is found by an attribute of the objects it holds: none other serves.
void TypeMapper::fillKey(model::Type &Result, QualType Key) {
  const CXXRecordDecl *const Before = Target;
  model::Type Inner;
  fill(Inner, Key);
  Object = nullptr;
  Target = Before;
  const bool Whole = Inner.code >= TypeCode::boolean && Inner.code <= TypeCode::uint64;
  const bool Named = Inner.code == TypeCode::text || Inner.code == TypeCode::uuid;
  if ((Whole || Named) && !Inner.optional() && !Inner.converted() &&
      Inner.container == Container::none)
    Result.rep = Inner.code;
}

bool TypeMapper::fillChrono(model::Type &Result, const CXXRecordDecl *Record) {
  if (!isIn(Record, "std", "chrono"))
    return false;
  if (Record->getName() == "year_month_day") {
    Result.code = TypeCode::date;
    return true;
  }
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (!Special)
    return false;
  TypeCode Code = TypeCode::duration;
  const ClassTemplateSpecializationDecl *Duration = Special;
  if (Record->getName() == "time_point") {
    const auto *Clock = typeArgument(Special, 0)->getAsCXXRecordDecl();
    if (!Clock || !isIn(Clock, "std", "chrono"))
      return false;
    Code = Clock->getName() == "system_clock" ? TypeCode::sys_time
           : Clock->getName() == "local_t"    ? TypeCode::local_time
                                              : TypeCode::none;
    Duration = specialization(typeArgument(Special, 1));
  }
  if (Code == TypeCode::none || !Duration || Duration->getName() != "duration")
    return false;
  const QualType Rep = typeArgument(Duration, 0);
  const auto *Period = specialization(typeArgument(Duration, 1));
  model::Type Inner;
  if (!Rep.isNull() && Rep->isBuiltinType())
    fillBuiltin(Inner, Rep.getCanonicalType());
  if (Inner.code == TypeCode::none || !Period)
    return false;
  Result.code = Code;
  Result.rep = Inner.code;
  Result.num = integerArgument(Period, 0);
  Result.den = integerArgument(Period, 1);
  return true;
}

bool TypeMapper::fillOurs(model::Type &Result, const CXXRecordDecl *Record) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (!Record->getIdentifier() || !isIn(Record, "declorm"))
    return false;
  if (Record->getName() == "UUID") {
    Result.code = TypeCode::uuid;
  } else if (Special && Record->getName() == "Decimal") {
    Result.code = TypeCode::decimal;
    Result.num = integerArgument(Special, 0);
    Result.den = integerArgument(Special, 1);
  } else if (Special && Record->getName() == "lazy") {
    fillTarget(Result, TypeCode::lazy, typeArgument(Special, 0));
  } else if (Special && Record->getName() == "lazy_list") {
    fillTarget(Result, TypeCode::lazy_list, typeArgument(Special, 0));
  } else {
    return false;
  }
  return true;
}

ClassTemplateDecl *TypeMapper::typeTraits() {
  if (TraitsKnown)
    return Traits;
  TraitsKnown = true;
  const auto Find = [&](DeclContext *In, llvm::StringRef Name) -> NamedDecl * {
    const auto Found = In->lookup(&Context.Idents.get(Name));
    return Found.empty() ? nullptr : Found.front();
  };
  auto *Namespace =
      dyn_cast_or_null<NamespaceDecl>(Find(Context.getTranslationUnitDecl(), "declorm"));
  if (Namespace)
    Traits = dyn_cast_or_null<ClassTemplateDecl>(Find(Namespace, "type_traits"));
  return Traits;
}

bool TypeMapper::fillConverted(model::Type &Result, QualType Type) {
  ClassTemplateDecl *Template = Result.converted() ? nullptr : typeTraits();
  if (!Template)
    return false;
  TemplateArgumentListInfo Arguments(Loc, Loc);
  Arguments.addArgument(S.getTrivialTemplateArgumentLoc(TemplateArgument(Type), QualType(), Loc));
  const QualType Special = S.CheckTemplateIdType(TemplateName(Template), Loc, Arguments);
  if (Special.isNull() || !S.isCompleteType(Loc, Special))
    return false;
  CXXRecordDecl *Record = Special->getAsCXXRecordDecl();
  for (const NamedDecl *Found : Record->lookup(&Context.Idents.get("column_type"))) {
    const auto *Alias = dyn_cast<TypedefNameDecl>(Found);
    if (!Alias)
      continue;
    fillStored(Result, Context.getCanonicalType(Alias->getUnderlyingType()).getUnqualifiedType());
    // Its type_traits, of <declorm/json.h>, make text of it.
    const auto *Source = Type->getAsCXXRecordDecl();
    if (Source && isJson(Source) && Result.code == TypeCode::text)
      Result.code = TypeCode::json;
    return true;
  }
  return false;
}

/// From the column_type of a type_traits.
void TypeMapper::fillStored(model::Type &Result, QualType Stored) {
  model::Type Inner;
  Inner.flags = detail::type_converted; // which is converted once
  fill(Inner, Stored);
  Result.flags |= detail::type_converted;
  if (Inner.optional())
    Result.flags |= detail::type_null_inside;
  // A container of containers, which no column can hold.
  const bool Nested = Inner.container != Container::none && Result.container != Container::none;
  Result.code = Nested ? TypeCode::none : Inner.code;
  if (Result.container == Container::none)
    Result.container = Inner.container;
  Result.rep = Inner.rep;
  Result.num = Inner.num;
  Result.den = Inner.den;
  Result.target = Inner.target;
  Result.target_name = Inner.target_name;
  const bool Array = Inner.code == TypeCode::text_array || Inner.code == TypeCode::byte_array;
  // declorm-check passes over bodies, one of which may have been the first to need the type.
  if (Array && Inner.container == Container::none && S.isCompleteType(Loc, Stored)) {
    const auto Size = unsigned(Context.getTypeSizeInChars(Stored).getQuantity());
    Result.size = Size - Inner.optional() + Result.optional();
  }
}

} // namespace declorm::plugin
