// decimal_io.h: what drivers and fields need of decimals beyond Decimal itself.
#ifndef DECLORM_ENGINE_DECIMAL_IO_H
#define DECLORM_ENGINE_DECIMAL_IO_H

#include "declorm/decimal.h"

#include <string>

namespace declorm::detail {

/// How a database without decimals of its own keeps one. A floating point number keeps 15 digits.
enum class DecimalForm : unsigned char { integer, real, text };
constexpr DecimalForm decimal_form(DecimalShape shape) {
  if (shape.scale == 0 && shape.precision <= 18)
    return DecimalForm::integer;
  return shape.precision <= 15 ? DecimalForm::real : DecimalForm::text;
}

/// What a decimal number's text says: 0.digits * 10^point, without zeros at either end of the
/// digits.
struct DecimalParts {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;
};
/// false: it is no number.
bool read_decimal(std::string_view text, DecimalParts &parts);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_DECIMAL_IO_H
