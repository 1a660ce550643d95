// mapped_type.h: what the runtime must know of a member's type, found by templates.
//
// The plugin finds the same in the syntax tree (plugin/scan/Types.cpp) for annotated members. This
// is for members that a call maps: <declorm/imperative.h>. User code never needs it.
#ifndef DECLORM_MAPPED_TYPE_H
#define DECLORM_MAPPED_TYPE_H

#include "declorm/decimal.h"
#include "declorm/links.h"
#include "declorm/relationship.h"

#include <memory>

namespace declorm {

class UUID;
template <class T> class lazy;
template <class T> class lazy_list;

namespace detail {

/// What model::Type says of a type, but for what only the plugin knows.
struct MappedType {
  TypeCode code = TypeCode::none;
  Container container = Container::none;
  unsigned char flags = 0; ///< TypeFlag
  TypeCode rep = TypeCode::none;
  unsigned size = 0;
  std::int64_t num = 0, den = 0;
  const TypeId *target = nullptr; ///< of the class that it refers to or holds

  constexpr bool optional() const { return flags & (type_optional | type_null_inside); }
  constexpr bool is_column() const {
    return container == Container::none && code != TypeCode::none && code < TypeCode::pointer;
  }
  constexpr bool is_link() const {
    return code >= TypeCode::pointer && code <= TypeCode::lazy_list &&
           code != TypeCode::unique_pointer && target && !optional() &&
           (container == Container::none || code < TypeCode::lazy);
  }
  constexpr bool is_composite() const {
    return code == TypeCode::object && container == Container::none && target;
  }
};

template <class T> constexpr MappedType mapped_type();

template <class T> struct is_decimal : std::false_type {};
template <unsigned P, unsigned S> struct is_decimal<Decimal<P, S>> : std::true_type {
  static constexpr unsigned precision = P, scale = S;
};
/// The pointers and the class that they lead to.
template <class T> struct pointer_kind {
  static constexpr TypeCode code = TypeCode::none;
};
template <class T, TypeCode Code> struct pointer_to {
  static constexpr TypeCode code = Code;
  using target = std::remove_cv_t<T>;
};
template <class T> struct pointer_kind<T *> : pointer_to<T, TypeCode::pointer> {};
template <class T>
struct pointer_kind<std::shared_ptr<T>> : pointer_to<T, TypeCode::shared_pointer> {};
template <class T> struct pointer_kind<std::weak_ptr<T>> : pointer_to<T, TypeCode::weak_pointer> {};
template <class T, class D>
struct pointer_kind<std::unique_ptr<T, D>> : pointer_to<T, TypeCode::unique_pointer> {};
template <class T> struct pointer_kind<lazy<T>> : pointer_to<T, TypeCode::lazy> {};
template <class T> struct pointer_kind<lazy_list<T>> : pointer_to<T, TypeCode::lazy_list> {};

/// What holds values: a standard container, or one that behaves like it.
template <class T> constexpr Container container_of() {
  if constexpr (!requires { typename T::allocator_type; })
    return Container::none;
  else if constexpr (requires { typename T::mapped_type; })
    return requires { typename T::key_compare; } ? Container::map : Container::unordered_map;
  else if constexpr (requires { typename T::key_type; })
    return requires { typename T::key_compare; } ? Container::set : Container::unordered_set;
  else if constexpr (requires(T &list) { list.splice(list.begin(), list); })
    return Container::list;
  else if constexpr (requires(T &list) { list.capacity(); })
    return Container::vector;
  else
    return Container::deque;
}

template <class T> constexpr TypeCode number_code() {
  constexpr unsigned log = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
  constexpr bool is_text = std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
                           std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;
  if (std::is_same_v<T, bool>)
    return TypeCode::boolean;
  if (std::is_same_v<T, float>)
    return TypeCode::float32;
  if (std::is_same_v<T, double>)
    return TypeCode::float64;
  if (!std::is_integral_v<T> || is_text || sizeof(T) > 8)
    return TypeCode::none;
  return TypeCode(unsigned(std::is_signed_v<T> ? TypeCode::int8 : TypeCode::uint8) + log);
}

template <class Duration> constexpr MappedType ticks(TypeCode code) {
  MappedType type{.code = code, .rep = number_code<typename Duration::rep>()};
  type.num = Duration::period::num;
  type.den = Duration::period::den;
  if (type.rep == TypeCode::none)
    type.code = TypeCode::none;
  return type;
}

/// From the column_type of a type_traits; nlohmann::json, whose traits make text, is a type of its
/// own.
template <class T> constexpr MappedType converted_type() {
  using Stored = typename type_traits<T>::column_type;
  MappedType type = mapped_type<Stored>();
  const bool is_array = type.code == TypeCode::text_array || type.code == TypeCode::byte_array;
  type.flags =
      static_cast<unsigned char>((type.optional() ? type_null_inside : 0) | type_converted);
  if (!is_array)
    type.size = sizeof(T);
  if constexpr (requires { typename T::json_pointer; })
    if (type.code == TypeCode::text)
      type.code = TypeCode::json;
  return type;
}

/// The key of a map is found by an attribute of the objects it holds: none other serves.
template <class Key> constexpr TypeCode key_code() {
  const MappedType key = mapped_type<Key>();
  const bool is_whole = key.code >= TypeCode::boolean && key.code <= TypeCode::uint64;
  const bool serves = is_whole || key.code == TypeCode::text || key.code == TypeCode::uuid;
  return serves && !key.optional() && !(key.flags & type_converted) &&
                 key.container == Container::none
             ? key.code
             : TypeCode::none;
}

template <class T> constexpr MappedType container_type() {
  constexpr Container kind = container_of<T>();
  constexpr bool is_map = kind == Container::map || kind == Container::unordered_map;
  MappedType type = mapped_type<typename list_element<T>::type>();
  const bool is_pointer = type.code >= TypeCode::pointer && type.code <= TypeCode::weak_pointer;
  if (type.container != Container::none || type.optional())
    type = {};
  type.container = kind;
  type.size = sizeof(T);
  if constexpr (is_map)
    if (is_pointer)
      type.rep = key_code<typename T::key_type>();
  return type;
}

/// The type without const: of a member, or of what a getter returns.
template <class T> constexpr MappedType mapped_type() {
  MappedType type{.size = sizeof(T)};
  if constexpr (std::is_arithmetic_v<T>) {
    type.code = number_code<T>();
  } else if constexpr (pointer_kind<T>::code != TypeCode::none) {
    type.code = pointer_kind<T>::code;
    if constexpr (std::is_class_v<typename pointer_kind<T>::target>)
      type.target = &type_id<typename pointer_kind<T>::target>;
  } else if constexpr (std::is_same_v<T, UUID>) {
    type.code = TypeCode::uuid;
  } else if constexpr (is_decimal<T>::value) {
    type.code = TypeCode::decimal;
    type.num = is_decimal<T>::precision;
    type.den = is_decimal<T>::scale;
  } else if constexpr (has_type_traits<T>) {
    type = converted_type<T>();
  } else if constexpr (std::is_enum_v<T>) {
    type.code = number_code<std::underlying_type_t<T>>();
    type.flags = type_enumeration;
  } else if constexpr (is_optional<T>::value) {
    type = mapped_type<std::remove_cv_t<typename T::value_type>>();
    if (type.flags & type_optional)
      return {};
    type.flags |= type_optional;
    if (!(type.flags & type_converted) ||
        (type.code != TypeCode::text_array && type.code != TypeCode::byte_array))
      type.size = sizeof(T);
    else
      type.size += 1;
  } else if constexpr (std::is_same_v<T, std::string>) {
    type.code = TypeCode::text;
  } else if constexpr (is_byte_vector<T>::value) {
    type.code = TypeCode::bytes;
  } else if constexpr (is_byte_array<T>::value) {
    type.code = TypeCode::byte_array;
  } else if constexpr (std::is_bounded_array_v<T>) {
    using Element = std::remove_extent_t<T>;
    if (std::is_same_v<Element, char>)
      type.code = TypeCode::text_array;
    else if (std::is_same_v<Element, unsigned char> || std::is_same_v<Element, std::byte>)
      type.code = TypeCode::byte_array;
  } else if constexpr (is_duration<T>::value) {
    type = ticks<T>(TypeCode::duration);
    type.size = sizeof(T);
  } else if constexpr (is_time_point<T>::value) {
    constexpr bool is_utc = std::is_same_v<typename T::clock, std::chrono::system_clock>;
    constexpr bool is_local = !requires { T::clock::now(); };
    type = ticks<typename T::duration>(is_utc     ? TypeCode::sys_time
                                       : is_local ? TypeCode::local_time
                                                  : TypeCode::none);
    type.size = sizeof(T);
  } else if constexpr (calendar_date<T>) {
    type.code = TypeCode::date;
  } else if constexpr (container_of<T>() != Container::none) {
    type = container_type<T>();
  } else if constexpr (std::is_class_v<T>) {
    type.code = TypeCode::object;
    type.target = &type_id<T>;
  }
  return type;
}

// What Accessor needs, for the members that an offset does not reach. `Value` is the type of the
// member, or what a getter returns, without const and reference.

/// Assigns what was read to *value, in the form that Accessor asks for.
template <class Value> void store_value(const Value &made, void *value) {
  constexpr MappedType type = mapped_type<Value>();
  if constexpr (std::is_array_v<Value>) {
    std::memcpy(value, &made, sizeof made);
  } else if constexpr (!(type.flags & type_converted)) {
    *static_cast<Value *>(value) = made;
  } else if constexpr (is_optional<Value>::value) {
    using Traits = type_traits<typename Value::value_type>;
    using Stored = typename Traits::column_type;
    using To = std::conditional_t<is_optional<Stored>::value, Stored, std::optional<Stored>>;
    To &to = *static_cast<To *>(value);
    if (made)
      to = Traits::to_column(*made);
    else
      to.reset();
  } else {
    using Traits = type_traits<Value>;
    *static_cast<typename Traits::column_type *>(value) = Traits::to_column(made);
  }
}

/// Makes the member's value of *value.
template <class Value> Value fetch_value(const void *value) {
  constexpr MappedType type = mapped_type<Value>();
  if constexpr (!(type.flags & type_converted)) {
    return *static_cast<const Value *>(value);
  } else if constexpr (is_optional<Value>::value) {
    using Traits = type_traits<typename Value::value_type>;
    using Stored = typename Traits::column_type;
    if constexpr (is_optional<Stored>::value) {
      const Stored &from = *static_cast<const Stored *>(value);
      return from ? Value(Traits::from_column(from)) : Value();
    } else {
      const auto &from = *static_cast<const std::optional<Stored> *>(value);
      return from ? Value(Traits::from_column(*from)) : Value();
    }
  } else {
    using Traits = type_traits<Value>;
    return Traits::from_column(*static_cast<const typename Traits::column_type *>(value));
  }
}

/// A data member of a type that type_traits convert.
template <auto Member, class Owner, class Value> struct ConvertedAccess {
  static void get(const void *object, void *value) {
    store_value<Value>(static_cast<const Owner *>(object)->*Member, value);
  }
  static void set(void *object, const void *value) {
    const_cast<Value &>(static_cast<const Owner *>(object)->*Member) = fetch_value<Value>(value);
  }
};

/// A std::optional of a value object: whether there is one.
template <auto Member, class Owner> struct OptionalAccess {
  static void get(const void *object, void *value) {
    *static_cast<bool *>(value) = (static_cast<const Owner *>(object)->*Member).has_value();
  }
  static void set(void *object, const void *value) {
    auto &member = static_cast<Owner *>(object)->*Member;
    if (!*static_cast<const bool *>(value))
      member.reset();
    else if (!member)
      member.emplace();
  }
};

/// A getter and, unless it is null, a setter of what it returns.
template <auto Getter, auto Setter, class Owner, class Value> struct GetterAccess {
  static void get(const void *object, void *value) {
    store_value<Value>((const_cast<Owner *>(static_cast<const Owner *>(object))->*Getter)(), value);
  }
  static void set(void *object, const void *value) {
    static_cast<void>((static_cast<Owner *>(object)->*Setter)(fetch_value<Value>(value)));
  }
};

/// The functions of a relationship's member; null of a `T *` or a lazy, which need none.
template <class Member> constexpr const LinkAccess *links_of() {
  constexpr MappedType type = mapped_type<Member>();
  const auto of = []<template <class, template <class> class> class Kind>() -> const LinkAccess * {
    if constexpr (type.code == TypeCode::shared_pointer)
      return &link_access<Kind<Member, SharedLink>>;
    else if constexpr (type.code == TypeCode::weak_pointer)
      return &link_access<Kind<Member, WeakLink>>;
    else
      return &link_access<Kind<Member, PlainLink>>;
  };
  constexpr bool is_plain = type.code == TypeCode::pointer || type.code == TypeCode::lazy;
  if constexpr (type.container == Container::none && is_plain)
    return nullptr;
  else if constexpr (type.code == TypeCode::lazy_list)
    return of.template operator()<LazyLinks>();
  else if constexpr (type.container == Container::none)
    return of.template operator()<SingleLinks>();
  else if constexpr (type.container == Container::map || type.container == Container::unordered_map)
    return of.template operator()<MapLinks>();
  else if constexpr (type.container == Container::set || type.container == Container::unordered_set)
    return of.template operator()<SetLinks>();
  else
    return of.template operator()<ListLinks>();
}

} // namespace detail

} // namespace declorm

#endif // DECLORM_MAPPED_TYPE_H
