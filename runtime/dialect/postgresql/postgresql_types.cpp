// postgresql_types.cpp: types by their numbers in the catalog.
#include "runtime/dialect/postgresql/postgresql_types.h"

#include "runtime/ascii.h"
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/engine/decimal_io.h"

#include <algorithm>

namespace declorm::detail {
namespace {

/// What the catalog adds to a length.
constexpr int header = 4;

declorm::Type meaning(PgType type, int modifier) {
  switch (type) {
  case PgType::boolean:
    return Boolean;
  case PgType::int2:
    return SmallInteger;
  case PgType::int4:
    return Integer;
  case PgType::int8:
    return BigInteger;
  case PgType::float4:
    return Float;
  case PgType::float8:
    return Double;
  case PgType::text:
  case PgType::xml:
    return Text;
  case PgType::varchar:
  case PgType::bpchar:
    return modifier < header ? declorm::Type(String) : String(unsigned(modifier - header));
  case PgType::name:
  case PgType::character:
    return String;
  case PgType::bytea:
    return LargeBinary;
  case PgType::date:
    return Date;
  case PgType::time:
    return declorm::Time; // not a point in time
  case PgType::timestamp:
    return DateTime;
  case PgType::timestamptz: {
    declorm::Type instant = DateTime;
    instant.timezone = true;
    return instant;
  }
  case PgType::numeric: {
    if (modifier < header)
      return Numeric;
    const unsigned packed = unsigned(modifier - header);
    declorm::Type numeric = Numeric(packed >> 16, packed & 0xffff);
    numeric.exact = decimal_form({numeric.precision, numeric.scale}) == DecimalForm::text;
    return numeric;
  }
  case PgType::uuid:
    return Uuid;
  case PgType::json:
  case PgType::jsonb:
    return Json;
  default:
    return declorm::Type{.kind = TypeKind::raw};
  }
}

/// In capitals and without blanks.
std::string bare(std::string_view text) {
  std::string result = ascii_upper(text);
  std::erase(result, ' ');
  return result;
}

} // namespace

declorm::Type postgresql_type(PgType type, int modifier, const std::string &name) {
  declorm::Type result = meaning(type, modifier);
  std::string written = bare(name);
  // What the catalog calls it, and what everybody writes.
  if (written.starts_with("CHARACTERVARYING"))
    written.replace(0, 16, "VARCHAR");
  if (result.kind == TypeKind::raw || bare(postgresql_dialect().type_sql(result)) != written)
    result.name = name;
  return result;
}

} // namespace declorm::detail
