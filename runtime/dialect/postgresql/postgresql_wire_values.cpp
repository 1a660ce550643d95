// postgresql_wire_values.cpp: times and numerics.
#include "runtime/dialect/postgresql/postgresql_wire_values.h"

#include <charconv>
#include <chrono>
#include <cmath>

namespace declorm::detail {
namespace {

constexpr std::int64_t million = 1'000'000;

std::string two_digits(std::int64_t value) {
  std::string text = std::to_string(value);
  return text.size() < 2 ? "0" + text : text;
}

/// A date of any year, as PostgreSQL writes it.
std::string far_date(std::int64_t days) {
  // The calendar repeats itself every 400 years.
  constexpr std::int64_t cycle = 146'097;
  const std::int64_t cycles = days >= 0 ? days / cycle : (days - cycle + 1) / cycle;
  const std::chrono::year_month_day date(
      std::chrono::sys_days(std::chrono::days(days - cycles * cycle)));
  const std::int64_t year = int(date.year()) + cycles * 400;
  std::string text = std::to_string(year > 0 ? year : 1 - year);
  text.insert(0, text.size() < 4 ? 4 - text.size() : 0, '0');
  return text + "-" + two_digits(unsigned(date.month())) + "-" + two_digits(unsigned(date.day())) +
         (year > 0 ? "" : " BC");
}

} // namespace

std::optional<std::int64_t> micros_of(Time time) {
  if (time.nanoseconds % 1000 != 0)
    return std::nullopt;
  return (time.seconds - seconds_of_2000) * million + time.nanoseconds / 1000;
}

std::optional<Time> time_of_micros(std::int64_t micros) {
  if (micros == std::numeric_limits<std::int64_t>::max() ||
      micros == std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  std::int64_t seconds = micros / million, rest = micros % million;
  if (rest < 0) {
    rest += million;
    --seconds;
  }
  seconds += seconds_of_2000;
  constexpr std::int64_t year_0 = -62'167'219'200, year_10000 = 253'402'300'800;
  if (seconds < year_0 || seconds >= year_10000)
    return std::nullopt;
  return Time{seconds, static_cast<std::uint32_t>(rest * 1000)};
}

std::string timestamp_text(std::int64_t micros) {
  if (const std::optional<Time> time = time_of_micros(micros))
    return format_time(*time);
  if (micros == std::numeric_limits<std::int64_t>::max())
    return "infinity";
  if (micros == std::numeric_limits<std::int64_t>::min())
    return "-infinity";
  constexpr std::int64_t day = 86'400 * million;
  const std::int64_t days = micros >= 0 ? micros / day : (micros - day + 1) / day;
  std::string date = far_date(days + days_of_2000);
  const std::string clock = " " + clock_text(micros - days * day);
  return date.insert(date.ends_with(" BC") ? date.size() - 3 : date.size(), clock);
}

std::string date_text_of_days(std::int32_t days) {
  if (days == std::numeric_limits<std::int32_t>::max())
    return "infinity";
  if (days == std::numeric_limits<std::int32_t>::min())
    return "-infinity";
  return far_date(days + days_of_2000);
}

std::string clock_text(std::int64_t micros) {
  const std::int64_t seconds = micros / million, rest = micros % million;
  std::string text = two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
                     two_digits(seconds % 60);
  if (rest == 0)
    return text;
  const std::string fraction = std::to_string(rest);
  return text + "." + std::string(6 - fraction.size(), '0') + fraction;
}

PgNumeric::PgNumeric(std::string_view bytes) {
  if (bytes.size() < 8)
    throw InterfaceError("the server sent a numeric of " + std::to_string(bytes.size()) + " bytes");
  count_ = get_network<std::uint16_t>(bytes.data());
  weight_ = static_cast<std::int16_t>(get_network<std::uint16_t>(bytes.data() + 2));
  sign_ = get_network<std::uint16_t>(bytes.data() + 4);
  scale_ = get_network<std::uint16_t>(bytes.data() + 6);
  digits_ = bytes.substr(8);
  if (digits_.size() < std::size_t(count_) * 2)
    throw InterfaceError("the server sent a numeric that ends inside of its digits");
}

std::size_t significant_digits_of(std::string_view number) {
  std::string counted;
  for (const char c : number)
    if (c >= '0' && c <= '9' && (c != '0' || !counted.empty()))
      counted += c;
  while (number.find('.') != std::string_view::npos && counted.ends_with('0'))
    counted.pop_back();
  return counted.size();
}

std::string PgNumeric::text() const {
  if (is_special())
    return sign_ == 0xC000 ? "NaN" : sign_ == 0xD000 ? "Infinity" : "-Infinity";
  const auto group = [this](int power) -> unsigned {
    const int i = weight_ - power;
    return i >= 0 && i < int(count_) ? digit(unsigned(i)) : 0;
  };
  const auto padded = [](unsigned value) {
    const std::string digits = std::to_string(value);
    return std::string(4 - digits.size(), '0') + digits;
  };
  std::string result = sign_ == 0x4000 ? "-" : "";
  if (weight_ < 0)
    result += '0';
  for (int power = weight_; power >= 0; --power)
    result += power == weight_ ? std::to_string(group(power)) : padded(group(power));
  if (scale_ == 0)
    return result;
  std::string fraction;
  for (int power = -1; fraction.size() < scale_; --power)
    fraction += padded(group(power));
  return result + "." + fraction.substr(0, scale_);
}

double PgNumeric::real() const {
  switch (sign_) {
  case 0xC000:
    return std::numeric_limits<double>::quiet_NaN();
  case 0xD000:
    return std::numeric_limits<double>::infinity();
  case 0xF000:
    return -std::numeric_limits<double>::infinity();
  default:
    break;
  }
  const std::string digits = text();
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::optional<std::int64_t> PgNumeric::integer() const {
  if (is_special() || scale_ != 0)
    return std::nullopt;
  const std::string digits = text();
  std::int64_t value = 0;
  const char *const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

} // namespace declorm::detail
