// decimal.cpp: the arithmetic of Decimal, and its forms in a database.
#include "declorm/decimal.h"

#include "declorm/value.h"
#include "runtime/engine/decimal_io.h"

#include <cmath>

namespace declorm::detail {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

std::string shape_text(DecimalShape shape) {
  return "Decimal<" + std::to_string(shape.precision) + ", " + std::to_string(shape.scale) + ">";
}

Int128 checked(Int128 unscaled, DecimalShape shape) {
  if (!fits(unscaled, shape.precision))
    throw_decimal_overflow(shape);
  return unscaled;
}

Int128 multiply(Int128 left, Int128 right, DecimalShape shape) {
  Int128 product;
  if (__builtin_mul_overflow(left, right, &product))
    throw_decimal_overflow(shape);
  return product;
}

Unsigned128 magnitude(Int128 value) {
  return value < 0 ? -static_cast<Unsigned128>(value) : static_cast<Unsigned128>(value);
}

/// dividend / divisor, rounded.
Int128 divide(Int128 dividend, Int128 divisor, Rounding rounding) {
  const Int128 quotient = dividend / divisor;
  const Unsigned128 rest = magnitude(dividend % divisor), half = magnitude(divisor) - rest;
  const bool away =
      rounding != Rounding::down && rest != 0 &&
      (rest > half || (rest == half && (rounding == Rounding::half_up || quotient % 2 != 0)));
  if (!away)
    return quotient;
  return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1;
}

[[noreturn]] void throw_too_long(const std::string &text, DecimalShape shape) {
  throw DataError("the number " + text + " has more digits behind its point than " +
                  shape_text(shape) + " holds; round it first");
}

bool take_digits(std::string_view &text, std::string &digits) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  digits += text.substr(0, size);
  text.remove_prefix(size);
  return size != 0;
}

bool take_sign(std::string_view &text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+'))
    text.remove_prefix(1);
  return negative;
}

} // namespace

bool read_decimal(std::string_view text, DecimalParts &parts) {
  parts.negative = take_sign(text);
  parts.digits.clear();
  bool any = take_digits(text, parts.digits);
  parts.point = std::int64_t(parts.digits.size());
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    any = take_digits(text, parts.digits) || any;
  }
  if (any && (text.starts_with('e') || text.starts_with('E'))) {
    text.remove_prefix(1);
    const bool negative = take_sign(text);
    std::string exponent;
    if (!take_digits(text, exponent) || exponent.size() > 6)
      return false;
    parts.point += std::int64_t(std::stoi(exponent)) * (negative ? -1 : 1);
  }
  if (!any || !text.empty())
    return false;
  const std::size_t zeros = std::min(parts.digits.find_first_not_of('0'), parts.digits.size());
  parts.digits.erase(0, zeros);
  parts.point -= std::int64_t(zeros);
  parts.digits.erase(parts.digits.find_last_not_of('0') + 1);
  if (parts.digits.empty()) {
    parts.negative = false;
    parts.point = 0;
  }
  return true;
}

void throw_decimal_overflow(DecimalShape shape) {
  throw DataError("the number is too large for " + shape_text(shape) + ", which holds up to " +
                  decimal_text(power_of_ten(shape.precision) - 1, shape.scale));
}

Int128 add_decimals(Int128 left, Int128 right, DecimalShape shape) {
  Int128 sum;
  if (__builtin_add_overflow(left, right, &sum))
    throw_decimal_overflow(shape);
  return checked(sum, shape);
}

Int128 multiply_decimals(Int128 left, Int128 right, DecimalShape result) {
  return checked(multiply(left, right, result), result);
}

Int128 divide_decimals(Int128 left, Int128 right, unsigned right_scale, DecimalShape result,
                       Rounding rounding) {
  if (right == 0)
    throw DataError("a " + shape_text(result) + " is divided by 0");
  return checked(divide(multiply(left, power_of_ten(right_scale), result), right, rounding),
                 result);
}

Int128 rescale_decimal(Int128 unscaled, unsigned scale, DecimalShape result, Rounding rounding) {
  if (result.scale >= scale)
    return checked(multiply(unscaled, power_of_ten(result.scale - scale), result), result);
  return checked(divide(unscaled, power_of_ten(scale - result.scale), rounding), result);
}

Int128 rescale_exactly(Int128 unscaled, unsigned scale, DecimalShape result) {
  if (scale > result.scale && unscaled % power_of_ten(scale - result.scale) != 0)
    throw_too_long(decimal_text(unscaled, scale), result);
  return rescale_decimal(unscaled, scale, result, Rounding::down);
}

std::strong_ordering compare_decimals(Int128 left, unsigned left_scale, Int128 right,
                                      unsigned right_scale) {
  const Int128 left_one = power_of_ten(left_scale), right_one = power_of_ten(right_scale);
  if (const auto whole = left / left_one <=> right / right_one; whole != 0)
    return whole;
  // What stands behind the points has at most 38 digits in either scale.
  const unsigned scale = std::max(left_scale, right_scale);
  return left % left_one * power_of_ten(scale - left_scale) <=>
         right % right_one * power_of_ten(scale - right_scale);
}

Int128 parse_decimal(std::string_view text, DecimalShape shape) {
  DecimalParts parts;
  if (!read_decimal(text, parts))
    throw DataError("the text " + Value(text).to_string() + " is no decimal number");
  if (parts.digits.empty())
    return 0;
  if (std::int64_t(parts.digits.size()) - parts.point > std::int64_t(shape.scale))
    throw_too_long(Value(text).to_string(), shape);
  if (parts.point > std::int64_t(shape.precision - shape.scale))
    throw_decimal_overflow(shape);
  Int128 unscaled = 0;
  for (std::int64_t i = 0; i != parts.point + std::int64_t(shape.scale); ++i)
    unscaled = unscaled * 10 +
               (i < std::int64_t(parts.digits.size()) ? parts.digits[std::size_t(i)] - '0' : 0);
  return parts.negative ? -unscaled : unscaled;
}

Int128 nearest_decimal(double value, DecimalShape shape) {
  // The shortest text that leads back to the number is what a person means by it.
  if (!std::isfinite(value))
    throw DataError("a " + shape_text(shape) + " cannot be " + Value(value).to_string());
  DecimalParts parts;
  read_decimal(Value(value).to_string(), parts);
  const std::int64_t kept = parts.point + std::int64_t(shape.scale);
  if (parts.point > std::int64_t(shape.precision - shape.scale))
    throw_decimal_overflow(shape);
  if (kept < 0)
    return 0;
  const auto size = static_cast<std::size_t>(kept);
  Int128 unscaled = 0;
  for (std::size_t i = 0; i != size; ++i)
    unscaled = unscaled * 10 + (i < parts.digits.size() ? parts.digits[i] - '0' : 0);
  if (size < parts.digits.size()) {
    const bool tie = parts.digits[size] == '5' && size + 1 == parts.digits.size();
    if (tie ? unscaled % 2 != 0 : parts.digits[size] >= '5')
      ++unscaled;
  }
  return checked(parts.negative ? -unscaled : unscaled, shape);
}

std::string decimal_text(Int128 unscaled, unsigned scale) {
  std::string text;
  for (Unsigned128 rest = magnitude(unscaled); rest != 0 || text.size() <= scale; rest /= 10)
    text.insert(text.begin(), static_cast<char>('0' + int(rest % 10)));
  if (scale != 0)
    text.insert(text.size() - scale, ".");
  return unscaled < 0 ? "-" + text : text;
}

double decimal_to_double(Int128 unscaled, unsigned scale) {
  // Both are exact, so that the division, which rounds correctly, gives the nearest double.
  if (magnitude(unscaled) <= Unsigned128(1) << 53 && scale <= 22)
    return static_cast<double>(unscaled) / static_cast<double>(power_of_ten(scale));
  return std::stod(decimal_text(unscaled, scale));
}

Value decimal_to_value(Int128 unscaled, DecimalShape shape) {
  switch (decimal_form(shape)) {
  case DecimalForm::integer:
    return Value(static_cast<std::int64_t>(unscaled));
  case DecimalForm::real:
    return Value(decimal_to_double(unscaled, shape.scale));
  case DecimalForm::text:
    break;
  }
  return Value(decimal_text(unscaled, shape.scale));
}

/// A floating point number stands for the decimal of at most 15 digits that is nearest to it: it is
/// one that was stored, or the sum of such.
static Int128 decimal_from_real(double real, DecimalShape shape) {
  const double scaled = real * static_cast<double>(power_of_ten(shape.scale));
  const double whole = std::round(scaled);
  if (!(std::abs(scaled) < 1e15))
    throw_not_fit(Value(real), "exact: a floating point number keeps 15 digits");
  if (std::abs(scaled - whole) > std::min(0.25, 1e-12 + std::abs(scaled) * 4e-15))
    throw_too_long(Value(real).to_string(), shape);
  return checked(static_cast<Int128>(whole), shape);
}

Int128 decimal_from_value(const Value &value, DecimalShape shape) {
  if (const auto *integer = std::get_if<std::int64_t>(&value.data()))
    return rescale_exactly(*integer, 0, shape);
  if (const auto *real = std::get_if<double>(&value.data()))
    return decimal_from_real(*real, shape);
  if (const auto *text = std::get_if<std::string>(&value.data()))
    return parse_decimal(*text, shape);
  throw_not_fit(value, "a decimal number");
}

} // namespace declorm::detail
