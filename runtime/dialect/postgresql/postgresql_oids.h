// postgresql_oids.h: the numbers of PostgreSQL's own types, which are the same in every server
// (src/include/catalog/pg_type.dat).
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OIDS_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OIDS_H

namespace declorm::detail {

/// A type of PostgreSQL's. Others than these, such as enums, have numbers that differ from server
/// to server.
enum class PgType : unsigned {
  none = 0,
  boolean = 16,
  bytea = 17,
  character = 18, ///< "char", one byte
  name = 19,
  int8 = 20,
  int2 = 21,
  int4 = 23,
  text = 25,
  oid = 26,
  json = 114,
  xml = 142,
  float4 = 700,
  float8 = 701,
  unknown = 705,
  bpchar = 1042,
  varchar = 1043,
  date = 1082,
  time = 1083,
  timestamp = 1114,
  timestamptz = 1184,
  numeric = 1700,
  uuid = 2950,
  jsonb = 3802,
};

/// Whether the binary form of a value is its text.
constexpr bool is_text(PgType type) {
  switch (type) {
  case PgType::text:
  case PgType::varchar:
  case PgType::bpchar:
  case PgType::name:
  case PgType::json:
  case PgType::xml:
  case PgType::unknown:
  case PgType::character:
    return true;
  default:
    return false;
  }
}

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_OIDS_H
