// postgresql_wire_values.h: the binary forms of single values, in network order.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_WIRE_VALUES_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_WIRE_VALUES_H

#include "declorm/value.h"
#include "runtime/dialect/postgresql/postgresql_oids.h"

#include <bit>
#include <concepts>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace declorm::detail {

/// Writes an integer, most significant byte first.
template <std::unsigned_integral T> void put_network(char *to, T value) {
  for (std::size_t i = sizeof(T); i-- > 0; value = static_cast<T>(value >> 4 >> 4))
    to[i] = static_cast<char>(value & 0xff);
}
/// Reads an integer, most significant byte first.
template <std::unsigned_integral T> T get_network(const char *from) {
  T value = 0;
  for (std::size_t i = 0; i != sizeof(T); ++i)
    value = static_cast<T>(T(value << 4 << 4) | static_cast<unsigned char>(from[i]));
  return value;
}

// Dates count days, and times microseconds, from 2000-01-01.

inline constexpr std::int64_t seconds_of_2000 = 946'684'800; // from 1970-01-01
inline constexpr std::int64_t days_of_2000 = 10'957;

/// The microseconds of a timestamp; nullopt: there are nanoseconds that it cannot hold.
std::optional<std::int64_t> micros_of(Time time);
/// The time of a timestamp; nullopt: it is infinite, or out of the years 0 to 9999.
std::optional<Time> time_of_micros(std::int64_t micros);
/// A timestamp, or a date, as declorm writes it, and beyond the years 0 to 9999 as PostgreSQL does.
std::string timestamp_text(std::int64_t micros);
std::string date_text_of_days(std::int32_t days);
/// "09:30:00", or "09:30:00.250000".
std::string clock_text(std::int64_t micros);

/// How many digits of a number count: without zeros at either end.
std::size_t significant_digits_of(std::string_view number);

/// A numeric in its binary form.
class PgNumeric {
public:
  /// `bytes` are those of the value, and must outlive this.
  explicit PgNumeric(std::string_view bytes);

  /// Whether it is NaN or infinite; then real() alone has a meaning.
  bool is_special() const { return sign_ != 0 && sign_ != 0x4000; }
  /// How many digits stand behind the point.
  unsigned scale() const { return scale_; }
  std::size_t significant_digits() const { return significant_digits_of(text()); }
  /// The number in digits: "-12.50".
  std::string text() const;
  double real() const;
  /// The number, if it has nothing behind the point and is within 64 bits.
  std::optional<std::int64_t> integer() const;

private:
  unsigned digit(unsigned i) const {
    return get_network<std::uint16_t>(digits_.data() + std::size_t(i) * 2);
  }

  std::string_view digits_; ///< of base 10,000, two bytes each
  unsigned count_ = 0;
  int weight_ = 0; ///< the first digit counts 10,000 to that power
  unsigned sign_ = 0, scale_ = 0;
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_WIRE_VALUES_H
