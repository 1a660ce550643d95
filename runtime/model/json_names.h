// json_names.h: The words that the Model's JSON has for enumerations.
#ifndef DECLORM_MODEL_JSON_NAMES_H
#define DECLORM_MODEL_JSON_NAMES_H

#include "runtime/model/model.h"

namespace declorm::model::json {

/// Changes whenever what is written cannot be read by those who read the version before.
inline constexpr int format_version = 1;

template <class T> struct Named {
  T value;
  const char *name;
};

/// The name of a value; that of the first one where it has none.
template <class T, std::size_t N>
constexpr const char *name_of(const Named<T> (&names)[N], T value) {
  for (const Named<T> &named : names)
    if (named.value == value)
      return named.name;
  return names[0].name;
}

inline constexpr Named<TypeCode> type_codes[] = {
    {TypeCode::none, "none"},
    {TypeCode::boolean, "boolean"},
    {TypeCode::int8, "int8"},
    {TypeCode::int16, "int16"},
    {TypeCode::int32, "int32"},
    {TypeCode::int64, "int64"},
    {TypeCode::uint8, "uint8"},
    {TypeCode::uint16, "uint16"},
    {TypeCode::uint32, "uint32"},
    {TypeCode::uint64, "uint64"},
    {TypeCode::float32, "float32"},
    {TypeCode::float64, "float64"},
    {TypeCode::text, "text"},
    {TypeCode::text_array, "text_array"},
    {TypeCode::bytes, "bytes"},
    {TypeCode::byte_array, "byte_array"},
    {TypeCode::sys_time, "sys_time"},
    {TypeCode::local_time, "local_time"},
    {TypeCode::duration, "duration"},
    {TypeCode::date, "date"},
    {TypeCode::decimal, "decimal"},
    {TypeCode::uuid, "uuid"},
    {TypeCode::json, "json"},
    {TypeCode::pointer, "pointer"},
    {TypeCode::shared_pointer, "shared_pointer"},
    {TypeCode::weak_pointer, "weak_pointer"},
    {TypeCode::unique_pointer, "unique_pointer"},
    {TypeCode::lazy, "lazy"},
    {TypeCode::lazy_list, "lazy_list"},
    {TypeCode::object, "object"},
};

inline constexpr Named<Container> containers[] = {
    {Container::none, "none"}, {Container::vector, "vector"},
    {Container::list, "list"}, {Container::deque, "deque"},
    {Container::set, "set"},   {Container::unordered_set, "unordered_set"},
    {Container::map, "map"},   {Container::unordered_map, "unordered_map"},
};

inline constexpr Named<MemberKind> member_kinds[] = {
    {MemberKind::field, "field"},
    {MemberKind::method, "method"},
    {MemberKind::static_method, "static_method"},
};

inline constexpr Named<unsigned> type_flags[] = {
    {detail::type_optional, "optional"},
    {detail::type_enumeration, "enumeration"},
    {detail::type_converted, "converted"},
    {detail::type_null_inside, "null_inside"},
};

inline constexpr Named<unsigned> member_flags[] = {
    {detail::member_bit_field, "bit_field"}, {detail::member_reference, "reference"},
    {detail::member_const, "const"},         {detail::member_initialised, "initialised"},
    {detail::member_private, "private"},
};

inline constexpr Named<unsigned> class_flags[] = {
    {detail::class_internal, "internal"},
    {detail::class_instantiation, "instantiation"},
    {detail::class_polymorphic, "polymorphic"},
    {detail::class_abstract, "abstract"},
    {detail::class_aggregate, "aggregate"},
    {detail::class_unmakeable, "unmakeable"},
    {detail::class_part, "part"},
};

} // namespace declorm::model::json

#endif // DECLORM_MODEL_JSON_NAMES_H
