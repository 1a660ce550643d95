// model.h: Plain data about annotated classes.
//
// The Model: what the scan found in one translation unit. It knows no Clang and no database; the
// registration tables (registration.h) and the JSON (json.h) are the same facts in other forms.
#ifndef DECLORM_MODEL_MODEL_H
#define DECLORM_MODEL_MODEL_H

#include "declorm/registration.h" // TypeCode, Container and the flags; includes nothing itself

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace declorm::model {

using detail::ClassFlag;
using detail::Container;
using detail::MemberFlag;
using detail::MemberKind;
using detail::TypeCode;
using detail::TypeFlag;

/// A place in a source file. Lines and columns count from 1; line 0 is no place.
struct Location {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  /// The front end's own handle of the place (Clang's raw SourceLocation), 0 elsewhere. Never
  /// stored.
  std::uint32_t handle = 0;

  bool valid() const { return line != 0; }
};

struct Value;

/// A function given as an argument, `default_value(&now)`.
struct Function {
  std::string name; ///< as the registration text names it: "&::app::now"
  /// The registered thunk; null where there is no compiled program (plugin, declorm-check).
  void (*thunk)(void *result, const void *argument) = nullptr;
};

/// An enumerator given as an argument.
struct EnumValue {
  std::string name; ///< qualified
  std::int64_t value = 0;
};

/// A lone identifier that names nothing.
struct Keyword {
  std::string name;
};

/// Where a run of a string's bytes stands in the source: byte for byte on one line.
struct TextPlace {
  std::uint32_t offset = 0; ///< of the run's first byte in the string; the run ends at the next's
  unsigned line = 0, column = 0;
  std::uint32_t handle = 0; ///< as Location::handle
  bool fixed = false;       ///< all its bytes stand at this one place: an escape, a macro
};

/// An argument of an annotation.
struct Value {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<Value>,
               Function, EnumValue, Keyword>
      data;
  Location location; ///< of the argument itself; may be missing (registered models)
  /// Of a string that holds names (has_names), by offset, its end included; else empty.
  std::vector<TextPlace> places = {};

  const std::string *string() const { return std::get_if<std::string>(&data); }
  const std::int64_t *integer() const { return std::get_if<std::int64_t>(&data); }
  const bool *boolean() const { return std::get_if<bool>(&data); }
  const std::vector<Value> *list() const { return std::get_if<std::vector<Value>>(&data); }
};

/// `[[declorm::name(arguments)]]`.
struct Annotation {
  std::string name;
  std::vector<Value> arguments;
  Location location;

  /// The string at `index`, or "" if there is none.
  std::string_view string(std::size_t index = 0) const {
    const auto *text = index < arguments.size() ? arguments[index].string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
  }
};

using Annotations = std::vector<Annotation>;

/// Whether the annotation's strings hold names or expressions, so that the places of their bytes
/// are worth keeping.
bool has_names(std::string_view annotation);

/// Where byte `offset` of the string stands; `fallback`, its annotation's place, if that is not
/// known.
Location locate(const Value &text, std::size_t offset, const Location &fallback);

/// The first annotation of that name, or null.
inline const Annotation *find(const Annotations &annotations, std::string_view name) {
  for (const Annotation &annotation : annotations)
    if (annotation.name == name)
      return &annotation;
  return nullptr;
}

struct Enumerator {
  std::string name;
  std::int64_t value = 0;
};

/// See detail::Type, field by field.
struct Type {
  TypeCode code = TypeCode::none;
  Container container = Container::none;
  unsigned char flags = 0;       ///< TypeFlag
  TypeCode rep = TypeCode::none; ///< chrono: of the representation; a map: of its key
  unsigned size = 0;
  std::int64_t num = 0, den = 0;
  std::string spelling;
  std::string target; ///< key of the class pointed to or held
  /// Its qualified name, or the type pointed or referred to that is no class; for messages, not
  /// stored in the registration.
  std::string target_name;
  /// The target is a complete class without any annotation, which nothing can map. Never stored.
  bool plain_target = false;
  std::vector<Enumerator> enumerators;

  /// Whether it can be empty: NULL in a column.
  bool optional() const { return flags & (detail::type_optional | detail::type_null_inside); }
  bool enumeration() const { return flags & detail::type_enumeration; }
  bool converted() const { return flags & detail::type_converted; }
  /// Whether it refers to objects of a class, so that it can be a relationship.
  bool is_link() const {
    return code >= TypeCode::pointer && code <= TypeCode::lazy_list &&
           code != TypeCode::unique_pointer && !target.empty() && !optional() &&
           (container == Container::none || !is_lazy());
  }
  /// Whether it is loaded when it is touched, or holds what is.
  bool is_lazy() const { return code == TypeCode::lazy || code == TypeCode::lazy_list; }
  bool is_map() const {
    return container == Container::map || container == Container::unordered_map;
  }
  /// Of an array type: without the flag of the std::optional around it.
  unsigned array_size() const { return size - (optional() ? 1 : 0); }
  /// Whether it is a value object, or a std::optional of one.
  bool is_composite() const {
    return code == TypeCode::object && container == Container::none && !target.empty();
  }
  /// Whether a single column can hold it.
  bool is_column() const {
    return container == Container::none && code != TypeCode::none && code < TypeCode::pointer;
  }
};

/// A member with annotations, or a pointer or list of pointers without.
struct Member {
  std::string name;
  MemberKind kind = MemberKind::field;
  unsigned char flags = 0; ///< MemberFlag
  std::uint64_t offset = detail::no_offset;
  Type type;
  Location location;
  Annotations annotations;
};

/// A direct base class, annotated or not; of those that (with their own bases) bear no annotation,
/// virtual ones and those of system headers are left out.
struct Base {
  std::string key;
  std::string name;         ///< qualified; for messages
  std::uint64_t offset = 0; ///< no_offset for a virtual base: see Class::virtual_bases
  bool is_virtual = false;
  Location location;
  /// Neither it nor a base of it bears an annotation, and no call that is seen maps it: a class
  /// that is not there adds nothing.
  bool plain = false;
};

/// Where a virtual base, direct or not, lies in a complete object of the class.
struct VirtualBase {
  std::string key;
  std::uint64_t offset = 0;
};

/// A class that bears an annotation, has an annotated member, or is a base of one that does.
struct Class {
  std::string key;         ///< USR; with the translation unit's path if the linkage is internal
  std::string name;        ///< qualified: "shop::Order", "Page<shop::Order>"
  std::uint32_t flags = 0; ///< ClassFlag
  std::uint64_t size = 0, alignment = 0;
  Location location;
  std::vector<Base> bases;
  std::vector<VirtualBase> virtual_bases; ///< those that `bases`, here or above, name
  std::vector<Member> members;
  Annotations annotations;
  std::vector<std::string> enclosing; ///< keys of the classes it is nested in, innermost first
  /// Something of it could not be read: what is missing may only be unseen. Never stored.
  bool incomplete = false;
  /// Members of which an annotation could not be read, so that they may be columns, keys, anything;
  /// their names are known. Never stored.
  std::vector<std::string> doubtful;

  /// The name after the last "::" outside template arguments.
  std::string_view unqualified_name() const;
};

/// What the scan of one translation unit found.
struct TranslationUnit {
  std::string file;        ///< the main file
  bool incomplete = false; ///< it did not compile: what is missing may only be unseen
  std::vector<Class> classes;
  // Of one that was read from a file the compiler or the linker made:
  std::string image;   ///< the program or shared library it is part of
  std::string library; ///< the static library it stands in
  std::string object;  ///< its file in that library
};

/// FNV-1a, 64 bits, of bytes: 16 hexadecimal digits.
std::string digest_of(std::string_view bytes);

/// A digest of everything in the class but places: 16 hexadecimal digits. Equal classes have equal
/// digests.
std::string digest(const Class &class_);

} // namespace declorm::model

#endif // DECLORM_MODEL_MODEL_H
