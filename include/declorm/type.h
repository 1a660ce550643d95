// type.h: the types of columns.
#ifndef DECLORM_TYPE_H
#define DECLORM_TYPE_H

#include <string>
#include <utility>
#include <vector>

namespace declorm {

class Dialect;

/// What kind of values a column holds. SQLAlchemy's generic types.
enum class TypeKind : unsigned char {
  null, ///< unknown; a column that is to get its type elsewhere
  integer,
  small_integer,
  big_integer,
  boolean,
  float_,
  double_,
  numeric,
  string,
  text,
  large_binary,
  date,
  time,
  date_time,
  interval,
  enum_,
  uuid,
  json,
  raw, ///< as written: `sql_type("…")`
};

/// The type of a column: a kind and what it needs. A value type. Dialects spell it.
struct Type {
  TypeKind kind = TypeKind::null;
  unsigned length = 0; ///< string, enum_: characters; large_binary: bytes; 0: no limit
  /// numeric: decimal digits in all; date_time: the seconds from one value to the next (60, 3600),
  /// if these are whole minutes or hours
  unsigned precision = 0;
  unsigned scale = 0; ///< numeric: decimal digits after the point
  /// numeric: every digit counts, and there are more than a floating point number keeps. For a
  /// Decimal of more than 15 digits; SQLite makes a text of it.
  bool exact = false;
  /// raw: the text. In a reflected type of another kind: what the database calls it, if declorm
  /// would write something else ("NVARCHAR(160)").
  std::string name = {};
  std::vector<std::string> values = {}; ///< enum_: the names

  /// The type in the dialect's words: "VARCHAR(50)".
  std::string sql(const Dialect &dialect) const;

  friend bool operator==(const Type &, const Type &) = default;
};

namespace detail {
/// A type that is written without parentheses: `Integer`.
struct PlainType {
  TypeKind kind;
  operator declorm::Type() const { return declorm::Type{.kind = kind}; }
};
/// A type that may have a length: `String`, `String(50)`.
struct SizedType : PlainType {
  declorm::Type operator()(unsigned length) const {
    return declorm::Type{.kind = kind, .length = length};
  }
};
struct NumericType : PlainType {
  declorm::Type operator()(unsigned precision, unsigned scale = 0) const {
    return declorm::Type{.kind = kind, .precision = precision, .scale = scale};
  }
};
struct EnumType {
  declorm::Type operator()(std::vector<std::string> values) const {
    declorm::Type type{.kind = TypeKind::enum_};
    for (const std::string &value : values)
      type.length = value.size() > type.length ? unsigned(value.size()) : type.length;
    type.values = std::move(values);
    return type;
  }
};
} // namespace detail

inline constexpr detail::PlainType Integer{TypeKind::integer};
inline constexpr detail::PlainType SmallInteger{TypeKind::small_integer};
inline constexpr detail::PlainType BigInteger{TypeKind::big_integer};
inline constexpr detail::PlainType Boolean{TypeKind::boolean};
inline constexpr detail::PlainType Float{TypeKind::float_};
inline constexpr detail::PlainType Double{TypeKind::double_};
inline constexpr detail::NumericType Numeric{{TypeKind::numeric}};
inline constexpr detail::SizedType String{{TypeKind::string}};
inline constexpr detail::PlainType Text{TypeKind::text};
inline constexpr detail::SizedType LargeBinary{{TypeKind::large_binary}};
inline constexpr detail::PlainType Date{TypeKind::date};
inline constexpr detail::PlainType Time{TypeKind::time};
inline constexpr detail::PlainType DateTime{TypeKind::date_time};
inline constexpr detail::PlainType Interval{TypeKind::interval};
inline constexpr detail::EnumType Enum{};
inline constexpr detail::PlainType Uuid{TypeKind::uuid};
inline constexpr detail::PlainType Json{TypeKind::json};

} // namespace declorm

#endif // DECLORM_TYPE_H
