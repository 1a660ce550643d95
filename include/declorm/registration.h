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
inline constexpr unsigned registration_version = 7;

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
  uuid = 21,       ///< declorm::UUID
  json = 22,       ///< nlohmann::json; Accessor makes text of it
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
  type_null_inside = 8, ///< the column_type of its type_traits is a std::optional of `code`
};

/// What can be done with a member that refers to other objects: a pointer or a container of
/// pointers, at its offset. `object` is a T of the `T *` or the smart pointer to T. A plain `T *`
/// needs none of this.
struct LinkAccess {
  /// Calls `visit` for each object that the member refers to, in its order; null and expired
  /// pointers are left out. `owner` is a std::shared_ptr<void> that shares the object's ownership,
  /// if `owned` and the pointers are smart; else null.
  void (*read)(const void *member, bool owned, void *context,
               void (*visit)(void *context, void *object, const void *owner));
  /// Appends an object, or puts it in place of the one a single pointer holds. `owner`: a
  /// std::shared_ptr<void>, for smart pointers; `key`: of a map, a value of its key type.
  void (*add)(void *member, void *object, const void *owner, const void *key);
  /// Takes out every occurrence of the object.
  void (*remove)(void *member, const void *object);
  /// Takes out all objects.
  void (*clear)(void *member);
  /// Returns the object that a map has under a key, or null. A null function: it is no map.
  void *(*find)(const void *member, const void *key);
};

/// How to reach a member that has no plain offset. Null functions: not needed.
/// A value is a constructed object of the type that `Type` says (std::optional of it if optional).
/// Of a composite in a std::optional it is a bool: whether there is one; set(true) makes one if
/// there is none.
struct Accessor {
  void (*get)(const void *object, void *value); ///< assigns to *value
  void (*set)(void *object, const void *value); ///< null beside a `get`: read-only
  const LinkAccess *links = nullptr;            ///< of a member that refers to other objects
};

/// A function given to an annotation: assigns to *result what it returns. One that is called for an
/// object gets that as `result`, and the Session as `argument`.
using Thunk = void (*)(void *result, const void *argument);

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

/// A direct base class.
struct Base {
  const char *key;
  unsigned offset; ///< bytes; no_offset for a virtual base
  unsigned line, column;
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
  class_unmakeable = 32, ///< has no default constructor, or it is deleted
  class_part = 64,       ///< some members of a class that a call maps; not found by its type
};

/// One class. What only the compiler knows stands in tables; the rest is text, which costs it
/// almost nothing to compile. The text is read once, when the class is first used:
///
///     class      := name file line column enclosing* annotation* virtual* member*
///     annotation := '@' name line column argument*
///     argument   := 'n' (null) | 't' | 'f' (boolean) | 'i' number | 'r' string (a real, as a
///                   hexadecimal floating literal) | 's' string place* | 'l' number (a list: that
///                   many arguments follow) | 'p' string (a function; the next one of `thunks`) |
///                   'e' string number (an enumerator) | 'k' string (a keyword: a lone identifier)
///     place      := ('^' | '!') offset line column
///     virtual    := '%' key offset;  enclosing := '(' key (of a class around it, innermost first)
///     member     := '.' name line column kind flags type annotation*
///     type       := spelling code container flags rep size num den target? enumerator*
///     target     := '>' string
///     enumerator := '=' string number
///
/// Names, keys, files and spellings are strings. A string is its length in bytes, ':' and the
/// bytes; numbers are decimal; spaces may stand before each item; the text ends in NUL. A string
/// that holds names says where its bytes stand: from the one at `offset` on side by side or, with
/// '!', all at one place. `virtual` says where a virtual base, of the class or of one above it,
/// lies in a complete object. `kind` is a MemberKind, `flags` of a member MemberFlag; members are
/// those with annotations, and pointers and lists of pointers without (`backref` may name one). Of
/// a type, in this order: the type as in the source, TypeCode, Container, TypeFlag, a further
/// TypeCode (for chrono that of the representation, for a map of its key; else 0), sizeof the
/// member or of what a method returns (0: a method without a value; of an array that type_traits
/// make, of that array, and one for the flag of a std::optional), for chrono the period and for
/// Decimal precision and scale (else 0), the key of the class pointed to or held, the enumerators
/// of an enum.
///
/// runtime/model/fields.h lists what stands in the text, in this order.
struct Class {
  const char *key;    ///< identifies the class in the whole program (Clang's USR)
  const char *digest; ///< of everything but places; two for one key are a definition-mismatch
  const char *text;
  const TypeId *type;
  unsigned size, alignment; ///< bytes
  unsigned flags;           ///< ClassFlag
  const unsigned *offsets;  ///< of each member in the class it stands in, bytes, or no_offset
  void *(*construct)(void *storage); ///< null: no default constructor
  void (*destroy)(void *object);
  // Most classes leave out what follows.
  const Base *bases;
  unsigned base_count;
  const Accessor *accessors; ///< one a member, empty where the offset is enough; null: all are
  const Thunk *thunks;       ///< in the order of the text
};

/// How to reach the member at `index`; null: the offset is enough.
constexpr const Accessor *accessor_of(const Class &class_, unsigned index) noexcept {
  if (!class_.accessors || !class_.accessors[index].get)
    return nullptr;
  return &class_.accessors[index];
}

/// What can be done with the links of the member at `index`; null: it has none, or is a `T *`.
constexpr const LinkAccess *link_access_of(const Class &class_, unsigned index) noexcept {
  return class_.accessors ? class_.accessors[index].links : nullptr;
}

/// What one translation unit registers.
struct Module {
  unsigned version; ///< registration_version
  const Class *const *classes;
  unsigned count;
  const char *source; ///< its main file, as the compiler was given it; for messages
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

/// Ends the life of a member. Out of line: one copy for all members of a type compiles faster than
/// one in each class, and runs as fast.
template <class T> [[gnu::noinline, gnu::visibility("hidden")]] void destroy_member(T &member) {
  member.~T();
}

} // namespace declorm::detail

/// Placement without <new>.
inline void *operator new(decltype(sizeof 0), void *storage,
                          declorm::detail::PlacementTag) noexcept {
  return storage;
}
inline void operator delete(void *, void *, declorm::detail::PlacementTag) noexcept {}
}

#endif // DECLORM_REGISTRATION_H
