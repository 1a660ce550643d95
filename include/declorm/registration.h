// registration.h: What the plugin tells the runtime about a class.
//
// The form in which a compiled class reaches the runtime: constant tables and a few functions. The
// plugin pastes this header in front of the registration text it parses at the end of a translation
// unit, so it includes nothing, is guarded, and is C++17. User code never needs it.
//
#ifndef DECLORM_REGISTRATION_H
#define DECLORM_REGISTRATION_H

extern "C++" {
namespace declorm::detail {

/// Changes whenever the layout of any table below does; the runtime refuses another one.
inline constexpr unsigned registration_version = 1;

/// How a value lies in memory, as the compiled runtime understands it. The numbers are part of the
/// object file: append, never renumber.
enum class TypeCode : unsigned char {
  none = 0, ///< no column type: a method, or a class type that nothing maps
  boolean = 1,
  int8 = 2,
  int16 = 3,
  int32 = 4,
  int64 = 5,
  uint8 = 6,
  uint16 = 7,
  uint32 = 8,
  uint64 = 9,
  float32 = 10,
  float64 = 11,
  text = 12,       ///< std::string
  text_array = 13, ///< char[N], ends at the first NUL or at N
  bytes = 14,      ///< std::vector of std::byte or unsigned char
  byte_array = 15, ///< std::array or C array of std::byte or unsigned char; `size` bytes
  sys_time = 16,   ///< std::chrono::sys_time<std::chrono::duration<rep, num/den>>: UTC
  local_time = 17, ///< std::chrono::local_time: no time zone
  duration = 18,   ///< std::chrono::duration: a count of num/den seconds
  date = 19,       ///< std::chrono::year_month_day
  decimal = 20,    ///< declorm::Decimal<num, den>: precision, scale
  uuid = 21,       ///< declorm::Uuid
  json = 22,       ///< nlohmann::json
  // Below: not columns by themselves.
  pointer = 32,        ///< T*
  shared_pointer = 33, ///< std::shared_ptr<T>
  weak_pointer = 34,   ///< std::weak_ptr<T>
  unique_pointer = 35, ///< std::unique_ptr<T>: known so that it can be refused in words
  lazy = 36,           ///< declorm::lazy<T>
  lazy_list = 37,      ///< declorm::lazy_list<T>
  object = 38,         ///< a class held by value: composite, elements
};

/// What holds the values of a list member; `none` for a single value.
enum class Container : unsigned char {
  none = 0,
  vector = 1,
  list = 2,
  deque = 3,
  set = 4,
  unordered_set = 5,
  map = 6,
  unordered_map = 7,
};

/// Bits of Type::flags.
enum TypeFlag : unsigned char {
  type_optional = 1,    ///< wrapped in std::optional
  type_enumeration = 2, ///< an enum; `code` is its underlying type
  type_converted =
      4, ///< through declorm::type_traits; `code` is the stored type, Accessor converts
};

/// One enumerator of an enum member.
struct Enumerator {
  const char *name;
  long long value;
};

/// The type of a member.
struct Type {
  TypeCode code;
  Container container;
  unsigned char flags;  ///< TypeFlag
  TypeCode rep;         ///< chrono: the representation; otherwise none
  unsigned size;        ///< sizeof the whole member, bytes (0: a method or a bit-field)
  long long num, den;   ///< chrono: the period; Decimal: precision and scale; else 0
  const char *spelling; ///< as in the source: "std::optional<std::string>"
  const char *target;   ///< key of the class that is pointed to or held; null: none
  const Enumerator *enumerators;
  unsigned enumerator_count;
};

/// How to reach a member that has no plain offset. Null functions: not needed.
/// A value is a constructed object of the type that `Type` says (std::optional of it if optional).
struct Accessor {
  void *(*address)(void *object);               ///< members of virtual bases
  void (*get)(const void *object, void *value); ///< assigns to *value
  void (*set)(void *object, const void *value); ///< null beside a `get`: read-only
};

/// The kind of an annotation's argument.
enum class ArgumentKind : unsigned char {
  null = 0,
  boolean = 1,    ///< `integer`
  integer = 2,    ///< `integer`
  real = 3,       ///< `text`, as a hexadecimal floating literal
  string = 4,     ///< `text`, `integer` bytes
  list = 5,       ///< the next `integer` arguments of the array are its elements
  function = 6,   ///< `function`; `text` is its name
  enumerator = 7, ///< `integer`; `text` is its qualified name
  keyword = 8,    ///< a lone identifier that names nothing: `text`
};

/// An argument of an annotation; lists are laid out flat.
struct Argument {
  ArgumentKind kind;
  const char *text;
  long long integer;
  void (*function)(void *result,
                   const void *argument); ///< assigns to *result what the function returns
};

/// An annotation: where it stands and where its arguments lie in Class::arguments.
struct Annotation {
  const char *name;                        ///< "primary_key"
  unsigned first_argument, argument_count; ///< argument_count counts flat entries
  unsigned line, column;
};

enum class MemberKind : unsigned char { field = 0, method = 1, static_method = 2 };

/// Bits of Member::flags.
enum MemberFlag : unsigned char {
  member_bit_field = 1,
  member_reference = 2,
  member_const = 4,
  member_initialised = 8, ///< has a default member initialiser
  member_private = 16,    ///< private or protected
};

/// Offset of a member that only functions reach.
inline constexpr unsigned no_offset = ~0u;

/// A member: those with annotations, and pointers and lists of pointers without (`backref` may name
/// one).
struct Member {
  const char *name;
  MemberKind kind;
  unsigned char flags; ///< MemberFlag
  unsigned offset;     ///< in the class it stands in, bytes; or no_offset
  Type type;
  const Accessor *accessor; ///< null: the offset is enough
  unsigned line, column;
  unsigned first_annotation, annotation_count;
};

/// A direct base class.
struct Base {
  const char *key;
  unsigned offset; ///< bytes; no_offset for a virtual base
  unsigned line, column;
  void *(*upcast)(void *object); ///< virtual bases only, otherwise null
};

/// A class as the compiler knows it, without its name being printed: equal for equal types in all
/// modules of a program, different for classes of one name with internal linkage.
struct TypeId {
  const char *name; ///< made by the compiler from the type; compare as text
  const void *tag;  ///< its address tells internal-linkage types apart
};

template <class T> constexpr const char *type_name() noexcept { return __PRETTY_FUNCTION__; }
template <class T> inline constexpr char type_tag = 0;
template <class T> inline constexpr TypeId type_id{type_name<T>(), &type_tag<T>};

/// Bits of Class::flags.
enum ClassFlag : unsigned {
  class_internal = 1,      ///< internal linkage: its key ends in its translation unit
  class_instantiation = 2, ///< of a class template
  class_polymorphic = 4,   ///< has virtual functions
  class_abstract = 8,      ///< has pure virtual functions
  class_aggregate = 16,
};

/// One class. All arrays belong to it; annotations of the class itself come first.
struct Class {
  const char *key;  ///< identifies the class in the whole program (Clang's USR)
  const char *name; ///< qualified, "app::User"
  const char
      *digest; ///< of everything but places; two digests for one key are a definition-mismatch
  TypeId type;
  unsigned size, alignment; ///< bytes
  unsigned flags;           ///< ClassFlag
  const char *file;
  unsigned line, column;
  const Base *bases;
  unsigned base_count;
  const Member *members;
  unsigned member_count;
  const Annotation *annotations;
  unsigned annotation_count;       ///< of the whole array
  unsigned class_annotation_count; ///< those of the class itself
  const Argument *arguments;
  void *(*construct)(void *storage); ///< null: no default constructor
  void (*destroy)(void *object);
};

/// What one translation unit registers.
struct Module {
  unsigned version; ///< registration_version
  const Class *const *classes;
  unsigned count;
};

/// Registers a translation unit's classes for as long as its module is loaded. Never throws;
/// equal copies of a class are counted, and twice is a no-op.
class Registration {
public:
  explicit Registration(const Module &module) noexcept;
  ~Registration();
  Registration(const Registration &) = delete;
  Registration &operator=(const Registration &) = delete;

private:
  const Module &module_;
};

struct PlacementTag {};

} // namespace declorm::detail

/// Placement without <new>.
inline void *operator new(decltype(sizeof 0), void *storage,
                          declorm::detail::PlacementTag) noexcept {
  return storage;
}
inline void operator delete(void *, void *, declorm::detail::PlacementTag) noexcept {}
}

#endif // DECLORM_REGISTRATION_H
