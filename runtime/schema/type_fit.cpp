// type_fit.cpp: whether columns of two types hold the same values.
#include "runtime/schema/type_fit.h"

#include <utility>

namespace declorm::detail {
namespace {

/// What values are, whatever their size.
enum class Family : unsigned char { any, integer, real, text, bytes, date, time, date_time };

Family family_of(const Type &type) {
  switch (type.kind) {
  case TypeKind::integer:
  case TypeKind::small_integer:
  case TypeKind::big_integer:
  case TypeKind::boolean:
  case TypeKind::interval:
    return Family::integer;
  case TypeKind::float_:
  case TypeKind::double_:
    return Family::real;
  case TypeKind::numeric:
    return type.exact ? Family::text : Family::real;
  case TypeKind::string:
  case TypeKind::text:
  case TypeKind::enum_:
  case TypeKind::uuid:
  case TypeKind::json:
    return Family::text;
  case TypeKind::large_binary:
    return Family::bytes;
  case TypeKind::date:
    return Family::date;
  case TypeKind::time:
    return Family::time;
  case TypeKind::date_time:
    return Family::date_time;
  case TypeKind::null:
  case TypeKind::raw:
    break;
  }
  return Family::any;
}

bool holds_whole_numbers(const Type &type) {
  return type.kind == TypeKind::numeric && !type.exact && type.scale == 0;
}

} // namespace

bool types_fit(const Type &first, const Type &second) {
  const Type *a = &first, *b = &second;
  if (family_of(*a) > family_of(*b))
    std::swap(a, b);
  const Family low = family_of(*a), high = family_of(*b);
  if (low == Family::any || low == high)
    return true;
  if (low == Family::integer)
    return high == Family::real && holds_whole_numbers(*b);
  // Dates and times are written as text.
  return low == Family::text && high != Family::bytes;
}

} // namespace declorm::detail
