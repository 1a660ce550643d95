// decimal.h: Decimal<precision, scale>, an exact decimal number.
//
// Light enough for the headers of models: it includes little and brings nothing else of declorm.
#ifndef DECLORM_DECIMAL_H
#define DECLORM_DECIMAL_H

#include "declorm/error.h"

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <string_view>
#include <type_traits>

namespace declorm {

class Value;
template <class T> struct type_traits;

/// Where a digit is lost.
enum class Rounding : unsigned char {
  half_even, ///< to the nearest, ties to the even neighbour: the usual one for money
  half_up,   ///< to the nearest, ties away from zero
  down,      ///< towards zero
};

namespace detail {

__extension__ using Int128 = __int128;

/// A number without its type: `unscaled` * 10^-scale, of at most `precision` digits.
struct DecimalShape {
  unsigned precision, scale;
};
constexpr Int128 power_of_ten(unsigned exponent) {
  Int128 power = 1;
  while (exponent--)
    power *= 10;
  return power;
}
constexpr bool fits(Int128 unscaled, unsigned precision) {
  const Int128 limit = power_of_ten(precision);
  return unscaled < limit && unscaled > -limit;
}
[[noreturn]] void throw_decimal_overflow(DecimalShape shape);
Int128 add_decimals(Int128 left, Int128 right, DecimalShape shape);
Int128 multiply_decimals(Int128 left, Int128 right, DecimalShape result);
/// left / (right * 10^-right_scale), rounded. Throws DataError for 0.
Int128 divide_decimals(Int128 left, Int128 right, unsigned right_scale, DecimalShape result,
                       Rounding rounding);
Int128 rescale_decimal(Int128 unscaled, unsigned scale, DecimalShape result, Rounding rounding);
/// The number with another scale; a digit that would be lost is a DataError.
Int128 rescale_exactly(Int128 unscaled, unsigned scale, DecimalShape result);
std::strong_ordering compare_decimals(Int128 left, unsigned left_scale, Int128 right,
                                      unsigned right_scale);
Int128 parse_decimal(std::string_view text, DecimalShape shape);
Int128 nearest_decimal(double value, DecimalShape shape);
std::string decimal_text(Int128 unscaled, unsigned scale);
double decimal_to_double(Int128 unscaled, unsigned scale);
Value decimal_to_value(Int128 unscaled, DecimalShape shape);
Int128 decimal_from_value(const Value &value, DecimalShape shape);

} // namespace detail

/// An exact decimal number of `Precision` digits, `Scale` of them behind the point: NUMERIC of SQL,
/// Decimal of Python. A value type of 8 bytes up to 18 digits, of 16 bytes up to 38. Nothing is
/// rounded but by `/`, round() and nearest(); what does not fit is a DataError.
///
/// A database that has no decimals keeps them in another form, which is its dialect's. That of
/// SQLite keeps up to 15 digits (18 without Scale) as a number in a NUMERIC column: SQL and other
/// programs compare, sort and add it as usual. It comes back exactly, because a floating point
/// number keeps 15 digits, and a sum() of such numbers is right to the last digit as long as it has
/// 15 too. More digits are kept as text in a DECIMAL_TEXT column with the collation "decimal",
/// which compares and sorts by value; declorm's connections have it, and the sqlite3 shell has it
/// built in. Their exact sum is `func<Decimal<38, 2>>("decimal_sum", column)`. Whole numbers in
/// NUMERIC columns divide as integers in SQL: divide in C++.
template <unsigned Precision, unsigned Scale = 0> class Decimal {
  static_assert(Precision >= 1 && Precision <= 38,
                "declorm: a Decimal has 1 to 38 digits: Decimal<precision, scale>");
  static_assert(Scale <= Precision, "declorm: a Decimal has no more digits behind its point than "
                                    "in all: Decimal<precision, scale>");

public:
  /// The type that holds unscaled().
  using rep = std::conditional_t<Precision <= 18, std::int64_t, detail::Int128>;
  /// The digits in all, and how many of them stand behind the point: the `precision` and `scale` of
  /// SQL's NUMERIC.
  static constexpr unsigned precision = Precision, scale = Scale;

  /// Makes 0.
  constexpr Decimal() = default;
  /// Converts a whole number, implicitly. Throws DataError if it has more digits than stand before
  /// the point.
  template <std::integral Integer>
  constexpr Decimal(Integer value)
      : unscaled_(checked(static_cast<detail::Int128>(value), Precision - Scale) *
                  static_cast<rep>(detail::power_of_ten(Scale))) {}
  /// Reads "-12.34" or "1.5e3". Throws DataError for a text that is no number, or has more digits
  /// than fit.
  explicit Decimal(std::string_view text)
      : unscaled_(static_cast<rep>(detail::parse_decimal(text, shape))) {}
  /// Reads a null-terminated text, as the constructor from a std::string_view does.
  explicit Decimal(const char *text) : Decimal(std::string_view(text)) {}
  /// Converts another Decimal: implicitly if all its values fit; else a digit that would be lost is
  /// a DataError.
  template <unsigned P, unsigned S>
    requires(P != Precision || S != Scale)
  explicit(P - S > Precision - Scale || S > Scale) Decimal(const Decimal<P, S> &other)
      : unscaled_(static_cast<rep>(detail::rescale_exactly(other.unscaled(), S, shape))) {}

  /// Makes the decimal whose value times 10^Scale is given: `Decimal<10, 2>::from_unscaled(1999)`
  /// is 19.99. Throws DataError for more digits than Precision.
  static constexpr Decimal from_unscaled(rep unscaled) {
    Decimal result;
    result.unscaled_ = static_cast<rep>(checked(unscaled, Precision));
    return result;
  }
  /// Returns the decimal nearest to a floating point number. Throws DataError for NaN and infinity,
  /// and for a number that is too large.
  static Decimal nearest(double value) { return of(detail::nearest_decimal(value, shape)); }
  /// Returns the value times 10^Scale, a whole number.
  constexpr rep unscaled() const { return unscaled_; }
  /// Returns the number with all digits behind the point: "19.90".
  std::string to_string() const { return detail::decimal_text(unscaled_, Scale); }
  /// Converts to the nearest double.
  explicit operator double() const { return detail::decimal_to_double(unscaled_, Scale); }
  /// Returns the number as a Decimal of another shape, rounded. Throws DataError if it is too large
  /// for it.
  template <unsigned P, unsigned S>
  Decimal<P, S> round(Rounding rounding = Rounding::half_even) const {
    return Decimal<P, S>::of(detail::rescale_decimal(unscaled_, Scale, {P, S}, rounding));
  }

  /// Returns the number with the other sign; every Decimal has one. The unary `+` returns the
  /// number itself.
  constexpr Decimal operator-() const {
    Decimal result;
    result.unscaled_ = -unscaled_;
    return result;
  }
  constexpr Decimal operator+() const { return *this; }
  /// Adds (`+=`) or subtracts (`-=`), exactly. Throws DataError for a sum with more digits than
  /// fit.
  Decimal &operator+=(const Decimal &other) {
    return *this = of(detail::add_decimals(unscaled_, other.unscaled_, shape));
  }
  Decimal &operator-=(const Decimal &other) { return *this += -other; }
  /// Multiplies by a whole number, exactly. Throws DataError for a product with more digits than
  /// fit.
  template <std::integral Integer> Decimal &operator*=(Integer factor) {
    return *this = of(detail::multiply_decimals(unscaled_, factor, shape));
  }
  /// Divides; the quotient is rounded to the nearest, ties to even, as in Python. Throws DataError
  /// for a divisor of 0.
  template <class Divisor> Decimal &operator/=(const Divisor &divisor) {
    return *this = *this / divisor;
  }
  /// The sum (`+`), difference (`-`) and product with a whole number (`*`) are exact, of the same
  /// shape as the Decimal. Throw DataError if they do not fit.
  friend Decimal operator+(Decimal left, const Decimal &right) { return left += right; }
  friend Decimal operator-(Decimal left, const Decimal &right) { return left -= right; }
  template <std::integral Integer> friend Decimal operator*(Decimal left, Integer right) {
    return left *= right;
  }
  template <std::integral Integer> friend Decimal operator*(Integer left, Decimal right) {
    return right *= left;
  }
  /// Multiplies exactly: the product has the digits of both; round<P, S>() makes it shorter. Throws
  /// DataError for a product of more than 38 digits.
  template <unsigned P, unsigned S> auto operator*(const Decimal<P, S> &other) const {
    static_assert(Scale + S <= 38, "declorm: the product would have more than 38 digits behind its "
                                   "point; round<precision, scale>() a factor first");
    using Product = Decimal<(Precision + P < 38 ? Precision + P : 38), Scale + S>;
    return Product::of(detail::multiply_decimals(unscaled_, other.unscaled(), Product::shape));
  }
  /// Divides; the quotient has the shape of the dividend and is rounded to the nearest, ties to
  /// even. Throws DataError for a divisor of 0.
  template <std::integral Integer> friend Decimal operator/(const Decimal &left, Integer right) {
    return of(detail::divide_decimals(left.unscaled_, right, 0, shape, Rounding::half_even));
  }
  template <unsigned P, unsigned S> Decimal operator/(const Decimal<P, S> &other) const {
    return of(detail::divide_decimals(unscaled_, other.unscaled(), S, shape, Rounding::half_even));
  }

  /// Numbers compare by value, whatever their scales: the operators `<=>` and `==`.
  template <unsigned P, unsigned S>
  friend std::strong_ordering operator<=>(const Decimal &left, const Decimal<P, S> &right) {
    return detail::compare_decimals(left.unscaled_, Scale, right.unscaled(), S);
  }
  /// Numbers are equal if their values are: 1.5 and 1.50.
  template <unsigned P, unsigned S>
  friend bool operator==(const Decimal &left, const Decimal<P, S> &right) {
    return (left <=> right) == 0;
  }
  /// Orders by value against a whole number, and `==` tells whether they are equal.
  template <std::integral Integer>
  friend std::strong_ordering operator<=>(const Decimal &left, Integer right) {
    return detail::compare_decimals(left.unscaled_, Scale, right, 0);
  }
  template <std::integral Integer> friend bool operator==(const Decimal &left, Integer right) {
    return (left <=> right) == 0;
  }

private:
  template <unsigned, unsigned> friend class Decimal;
  template <class> friend struct type_traits;
  static constexpr detail::DecimalShape shape{Precision, Scale};

  static constexpr rep checked(detail::Int128 value, unsigned digits) {
    if (!detail::fits(value, digits))
      detail::throw_decimal_overflow(shape);
    return static_cast<rep>(value);
  }
  static Decimal of(detail::Int128 unscaled) { // in range already
    Decimal result;
    result.unscaled_ = static_cast<rep>(unscaled);
    return result;
  }

  rep unscaled_ = 0;
};

/// Writes to_string() to a stream.
template <class Char, class Traits, unsigned P, unsigned S>
std::basic_ostream<Char, Traits> &operator<<(std::basic_ostream<Char, Traits> &out,
                                             const Decimal<P, S> &decimal) {
  return out << decimal.to_string();
}

/// Stores a Decimal in a NUMERIC column, or in a DECIMAL_TEXT column where it has more digits than
/// a floating point number keeps.
template <unsigned Precision, unsigned Scale> struct type_traits<Decimal<Precision, Scale>> {
  using column_type = Value;
  /// What sum() reads as.
  using sum_type = Decimal<38, Scale>;
  static constexpr bool is_number = true;
  static constexpr unsigned precision = Precision, scale = Scale;

  static auto to_column(const Decimal<Precision, Scale> &decimal) { // Value is not defined yet
    return detail::decimal_to_value(decimal.unscaled(), {Precision, Scale});
  }
  static Decimal<Precision, Scale> from_column(const Value &value) {
    return Decimal<Precision, Scale>::of(detail::decimal_from_value(value, {Precision, Scale}));
  }
};

} // namespace declorm

template <unsigned P, unsigned S> struct std::hash<declorm::Decimal<P, S>> {
  std::size_t operator()(const declorm::Decimal<P, S> &decimal) const noexcept {
    const auto unscaled = static_cast<declorm::detail::Int128>(decimal.unscaled());
    const auto low = static_cast<std::uint64_t>(unscaled);
    return std::hash<std::uint64_t>()(low ^ static_cast<std::uint64_t>(unscaled >> 64) * 31);
  }
};

#endif // DECLORM_DECIMAL_H
