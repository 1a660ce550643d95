// types_fit.cpp: which types can stand for one another.
#include "runtime/schema/compare.h"

namespace declorm::detail {
namespace {

/// What the values of a type are in the database.
enum class Storage : unsigned char { any, integer, real, text, bytes };

Storage storage(const Type &type) {
  switch (type.kind) {
  case TypeKind::integer:
  case TypeKind::small_integer:
  case TypeKind::big_integer:
  case TypeKind::boolean:
  case TypeKind::interval:
    return Storage::integer;
  case TypeKind::float_:
  case TypeKind::double_:
    return Storage::real;
  case TypeKind::numeric:
    return type.exact ? Storage::text : Storage::real;
  case TypeKind::string:
  case TypeKind::text:
  case TypeKind::enum_:
  case TypeKind::date:
  case TypeKind::time:
  case TypeKind::date_time:
  case TypeKind::uuid:
  case TypeKind::json:
    return Storage::text;
  case TypeKind::large_binary:
    return Storage::bytes;
  case TypeKind::raw:
  case TypeKind::null:
    break;
  }
  return Storage::any;
}

bool is_plain_text(const Type &type) {
  return type.kind == TypeKind::string || type.kind == TypeKind::text ||
         type.kind == TypeKind::enum_;
}

/// The characters it needs; 0: any number.
unsigned length(const Type &type) { return type.kind == TypeKind::uuid ? 32 : type.length; }

bool fits_in(unsigned declared, unsigned found) {
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

bool numbers_fit(const Type &declared, const Type &found) {
  if (found.kind != TypeKind::numeric)
    return true;
  if (storage(declared) == Storage::integer) // NUMERIC(10) has no digits after the point
    return found.scale == 0;
  if (declared.kind != TypeKind::numeric || declared.precision == 0 || found.precision == 0)
    return true;
  return declared.scale <= found.scale &&
         declared.precision - declared.scale <= found.precision - found.scale;
}

} // namespace

bool types_fit(const Type &declared, const Type &found) {
  if (declared.kind == TypeKind::raw && found.kind == TypeKind::raw)
    return found.name.empty() || bare(declared.name) == bare(found.name);
  const Storage wanted = storage(declared), there = storage(found);
  if (wanted == Storage::any || there == Storage::any)
    return true;
  if (wanted == Storage::integer && found.kind == TypeKind::numeric && !found.exact)
    return numbers_fit(declared, found);
  if (wanted != there)
    return false;
  if (wanted == Storage::real)
    return numbers_fit(declared, found);
  if (wanted == Storage::text) {
    const bool says_what = !is_plain_text(declared) && !is_plain_text(found);
    if (says_what && (declared.kind != found.kind || !numbers_fit(declared, found)))
      return false;
    return fits_in(length(declared), length(found));
  }
  return fits_in(declared.length, found.length);
}

} // namespace declorm::detail
