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

bool has_room(unsigned declared, unsigned found) {
  return declared == 0 || found == 0 || declared <= found;
}

/// In capitals and without blanks.
std::string bare(const std::string &name) {
  std::string result;
  for (const char c : name)
    if (c != ' ' && !(c >= '\t' && c <= '\r'))
      result += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return result;
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

bool sizes_fit(const Type &declared, const Type &found) {
  if (declared.kind == TypeKind::raw && found.kind == TypeKind::raw)
    return found.name.empty() || bare(declared.name) == bare(found.name);
  if (declared.kind == TypeKind::numeric && found.kind == TypeKind::numeric)
    return declared.precision == 0 || found.precision == 0 ||
           (declared.scale <= found.scale &&
            declared.precision - declared.scale <= found.precision - found.scale);
  return has_room(declared.kind == TypeKind::uuid ? 32 : declared.length, found.length);
}

} // namespace declorm::detail
