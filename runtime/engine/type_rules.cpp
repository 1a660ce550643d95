// type_rules.cpp: which types hold each other's values.
#include "runtime/engine/type_rules.h"

#include "runtime/ascii.h"

#include <utility>

namespace declorm::detail {
namespace {

bool holds_whole_numbers(const Type &type) {
  return type.kind == TypeKind::numeric && !type.exact && type.scale == 0;
}

bool has_room(unsigned declared, unsigned found) {
  return declared == 0 || found == 0 || declared <= found;
}

/// The name in capitals and without blanks.
std::string bare(const std::string &name) {
  std::string result;
  for (const char c : name)
    if (!is_ascii_blank(c))
      result += ascii_upper(c);
  return result;
}

} // namespace

StoredForm TypeRules::form_of(const Type &type) const {
  switch (type.kind) {
  case TypeKind::integer:
  case TypeKind::small_integer:
  case TypeKind::big_integer:
    return StoredForm::integer;
  case TypeKind::boolean:
    return StoredForm::boolean;
  case TypeKind::float_:
  case TypeKind::double_:
  case TypeKind::numeric:
    return StoredForm::real;
  case TypeKind::string:
  case TypeKind::text:
  case TypeKind::enum_:
    return StoredForm::text;
  case TypeKind::large_binary:
    return StoredForm::bytes;
  case TypeKind::date:
    return StoredForm::date;
  case TypeKind::time:
    return StoredForm::time;
  case TypeKind::date_time:
    return StoredForm::date_time;
  case TypeKind::interval:
    return StoredForm::interval;
  case TypeKind::uuid:
    return StoredForm::uuid;
  case TypeKind::json:
    return StoredForm::json;
  case TypeKind::null:
  case TypeKind::raw:
    break;
  }
  return StoredForm::any;
}

StoredForm TextStorageRules::form_of(const Type &type) const {
  const StoredForm own = TypeRules::form_of(type);
  switch (own) {
  case StoredForm::boolean:
  case StoredForm::interval:
    return StoredForm::integer;
  case StoredForm::uuid:
  case StoredForm::json:
    return StoredForm::text;
  default:
    return type.kind == TypeKind::numeric && type.exact ? StoredForm::text : own;
  }
}

bool types_fit(const Type &first, const Type &second, const TypeRules &rules) {
  const Type *a = &first, *b = &second;
  if (rules.form_of(*a) > rules.form_of(*b))
    std::swap(a, b);
  const StoredForm low = rules.form_of(*a), high = rules.form_of(*b);
  if (low == StoredForm::any || low == high)
    return true;
  if (low == StoredForm::integer)
    return high == StoredForm::real && holds_whole_numbers(*b);
  return low == StoredForm::text && rules.is_written_as_text(high);
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
