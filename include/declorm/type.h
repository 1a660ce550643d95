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
  null,          ///< unknown; a column that is to get its type elsewhere
  integer,       ///< of 32 bits
  small_integer, ///< of 16 bits
  big_integer,   ///< of 64 bits
  boolean,       ///< true or false
  float_,        ///< a floating point number of 32 bits
  double_,       ///< a floating point number of 64 bits
  numeric,       ///< exact, of `precision` digits, `scale` of them after the point
  string,        ///< text of up to `length` characters
  text,          ///< text of any length
  large_binary,  ///< bytes
  date,          ///< a day
  time,          ///< a time of day
  date_time,     ///< a day and a time
  interval,      ///< a duration
  enum_,         ///< one of the names in `values`
  uuid,          ///< a universally unique identifier
  json,          ///< a JSON document
  raw,           ///< as written: `sql_type("…")`
};

/// The type of a column: a kind and what it needs. A value type. Dialects spell it.
struct Type {
  TypeKind kind = TypeKind::null; ///< what kind of values it holds
  unsigned length = 0;            ///< string, enum_: characters; large_binary: bytes; 0: no limit
  /// numeric: decimal digits in all; date_time: the seconds from one value to the next (60, 3600),
  /// if these are whole minutes or hours
  unsigned precision = 0;
  unsigned scale = 0; ///< numeric: decimal digits after the point
  /// numeric: every digit counts, and there are more than a floating point number keeps. For a
  /// Decimal of more than 15 digits; a database that has no decimals keeps it as a text.
  bool exact = false;
  /// date_time: an instant and no local time, which a database with a type for that keeps as
  /// TIMESTAMP WITH TIME ZONE. SQLAlchemy's DateTime(timezone=True).
  bool timezone = false;
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

/// Whole numbers of 32 bits; SmallInteger has 16 and BigInteger 64. The names of all types here are
/// SQLAlchemy's.
inline constexpr detail::PlainType Integer{TypeKind::integer};
inline constexpr detail::PlainType SmallInteger{TypeKind::small_integer};
inline constexpr detail::PlainType BigInteger{TypeKind::big_integer};
/// True or false.
inline constexpr detail::PlainType Boolean{TypeKind::boolean};
/// Floating point numbers of 32 bits; Double has 64.
inline constexpr detail::PlainType Float{TypeKind::float_};
inline constexpr detail::PlainType Double{TypeKind::double_};
/// Exact numbers: `Numeric(10, 2)` has ten digits, two of them after the point. `Numeric` alone
/// leaves that to the database.
inline constexpr detail::NumericType Numeric{{TypeKind::numeric}};
/// Text: `String(50)` has up to 50 characters, `String` any number, and Text is for long ones.
inline constexpr detail::SizedType String{{TypeKind::string}};
inline constexpr detail::PlainType Text{TypeKind::text};
/// Bytes: `LargeBinary(16)` has up to 16, `LargeBinary` any number.
inline constexpr detail::SizedType LargeBinary{{TypeKind::large_binary}};
/// Days (Date), times of day (Time), and days with a time (DateTime).
inline constexpr detail::PlainType Date{TypeKind::date};
inline constexpr detail::PlainType Time{TypeKind::time};
inline constexpr detail::PlainType DateTime{TypeKind::date_time};
/// Durations.
inline constexpr detail::PlainType Interval{TypeKind::interval};
/// One of some names: `Enum({"draft", "public"})`.
inline constexpr detail::EnumType Enum{};
/// Universally unique identifiers.
inline constexpr detail::PlainType Uuid{TypeKind::uuid};
/// JSON documents.
inline constexpr detail::PlainType Json{TypeKind::json};

} // namespace declorm

#endif // DECLORM_TYPE_H
