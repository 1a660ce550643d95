// time.cpp: times and dates as text that sorts by time.
#include "declorm/value.h"

#include <chrono>
#include <cmath>

namespace declorm::detail {
namespace {

using std::chrono::year_month_day;

void append(TimeText &text, char c) { text.text[text.size++] = c; }

void append_digits(TimeText &text, unsigned value, unsigned char width) {
  for (unsigned char i = width; i-- > 0; value /= 10)
    text.text[text.size + i] = static_cast<char>('0' + value % 10);
  text.size = static_cast<unsigned char>(text.size + width);
}

/// Reads exactly `width` digits at the front of `text`; false if they are not there.
bool take_digits(std::string_view &text, std::size_t width, unsigned &value) {
  if (text.size() < width)
    return false;
  value = 0;
  for (std::size_t i = 0; i != width; ++i) {
    if (text[i] < '0' || text[i] > '9')
      return false;
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  text.remove_prefix(width);
  return true;
}

bool take(std::string_view &text, char c) {
  if (text.empty() || text.front() != c)
    return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view &text, year_month_day &date) {
  unsigned year = 0, month = 0, day = 0;
  if (!take_digits(text, 4, year) || !take(text, '-') || !take_digits(text, 2, month) ||
      !take(text, '-') || !take_digits(text, 2, day))
    return false;
  date =
      std::chrono::year(static_cast<int>(year)) / std::chrono::month(month) / std::chrono::day(day);
  return date.ok();
}

bool take_clock(std::string_view &text, Time &time) {
  unsigned hour = 0, minute = 0, second = 0;
  if (!(take(text, ' ') || take(text, 'T') || take(text, 't')) || !take_digits(text, 2, hour) ||
      !take(text, ':') || !take_digits(text, 2, minute))
    return false;
  const bool has_seconds = take(text, ':');
  if (has_seconds && !take_digits(text, 2, second))
    return false;
  if (hour > 23 || minute > 59 || second > 59)
    return false;
  time.seconds += hour * 3600 + minute * 60 + second;
  if (!has_seconds || !take(text, '.'))
    return true;
  unsigned scale = 100'000'000, digit = 0;
  for (int i = 0; i != 9 && take_digits(text, 1, digit); ++i, scale /= 10)
    time.nanoseconds += digit * scale;
  return true;
}

/// "Z", "UTC", "+02:00", "-0500", "+02", with or without a space before it; "+0000 UTC" is Go's.
bool take_offset(std::string_view &text, Time &time) {
  take(text, ' ');
  for (const std::string_view utc : {"Z", "z", "UTC"})
    if (text == utc) {
      text = {};
      return true;
    }
  const bool is_west = take(text, '-');
  unsigned hours = 0, minutes = 0;
  if ((!is_west && !take(text, '+')) || !take_digits(text, 2, hours))
    return false;
  const bool has_colon = take(text, ':');
  if ((has_colon || !text.empty()) && text != " UTC" && !take_digits(text, 2, minutes))
    return false;
  if (hours > 23 || minutes > 59)
    return false;
  const std::int64_t offset = hours * 3600 + minutes * 60;
  time.seconds += is_west ? offset : -offset;
  if (offset == 0 && text == " UTC")
    text = {};
  return true;
}

constexpr std::int64_t first_second = -62'167'219'200; // 0000-01-01 00:00:00
constexpr std::int64_t last_second = 253'402'300'799;  // 9999-12-31 23:59:59

bool is_storable(Time time) { return time.seconds >= first_second && time.seconds <= last_second; }

__extension__ using Wide = __int128; // ticks times a period's numerator

constexpr Wide billion = 1'000'000'000;

Wide floor_div(Wide value, Wide by) {
  const Wide quotient = value / by;
  return quotient * by > value ? quotient - 1 : quotient;
}

/// The nearest nanosecond, if it leads back to `ticks`.
template <class Real> std::optional<Time> time_of_real(Real ticks, Period period) {
  const long double nanoseconds =
      std::round(static_cast<long double>(ticks) * static_cast<long double>(period.num) /
                 static_cast<long double>(period.den) * 1e9L);
  if (!(std::abs(nanoseconds) < 1e21L)) // NaN too; the years 0 to 9999 are well within
    return std::nullopt;
  const auto count = static_cast<Wide>(nanoseconds);
  const Wide seconds = floor_div(count, billion);
  const Time time{static_cast<std::int64_t>(seconds),
                  static_cast<std::uint32_t>(count - seconds * billion)};
  const bool same = static_cast<Real>(real_ticks_of_time(time, period)) == ticks;
  return same ? std::optional(time) : std::nullopt;
}

} // namespace

TimeText format_date(int year, unsigned month, unsigned day) {
  if (!(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)).ok() ||
      year < 0 || year > 9999)
    throw DataError("the date " + std::to_string(year) + "-" + std::to_string(month) + "-" +
                    std::to_string(day) +
                    " is no date of the years 0 to 9999 and cannot be stored");
  TimeText text;
  append_digits(text, static_cast<unsigned>(year), 4);
  append(text, '-');
  append_digits(text, month, 2);
  append(text, '-');
  append_digits(text, day, 2);
  return text;
}

DateParts parse_date(std::string_view text) {
  std::string_view rest = text;
  year_month_day date;
  if (!take_date(rest, date) || !rest.empty())
    throw_not_fit(Value(text), "a date (YYYY-MM-DD)");
  return {int(date.year()), unsigned(date.month()), unsigned(date.day())};
}

TimeText format_time(Time time) {
  // Years 0 to 9999: checked before the days, whose type is narrower, are made.
  if (!is_storable(time))
    throw DataError("the time " + std::to_string(time.seconds) +
                    " s from 1970-01-01 lies outside the years 0 to 9999 and cannot be stored");
  const std::chrono::sys_seconds point{std::chrono::seconds(time.seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const auto rest = static_cast<unsigned>((point - day).count());
  const year_month_day date(day);
  TimeText text = format_date(int(date.year()), unsigned(date.month()), unsigned(date.day()));
  append(text, ' ');
  append_digits(text, rest / 3600, 2);
  append(text, ':');
  append_digits(text, rest / 60 % 60, 2);
  append(text, ':');
  append_digits(text, rest % 60, 2);
  if (time.nanoseconds == 0)
    return text;
  append(text, '.');
  if (time.nanoseconds % 1000 == 0)
    append_digits(text, time.nanoseconds / 1000, 6);
  else
    append_digits(text, time.nanoseconds, 9);
  return text;
}

std::optional<TimeRead> read_time(std::string_view text) {
  year_month_day date;
  TimeRead read;
  if (!take_date(text, date))
    return std::nullopt;
  read.time.seconds =
      std::chrono::sys_seconds(std::chrono::sys_days(date)).time_since_epoch().count();
  if (!text.empty() && !take_clock(text, read.time))
    return std::nullopt;
  read.has_offset = !text.empty();
  if (read.has_offset && (!take_offset(text, read.time) || !text.empty()))
    return std::nullopt;
  return is_storable(read.time) ? std::optional(read) : std::nullopt;
}

std::string number_for_time_advice() {
  return "it is a number: a member of the type declorm::UnixSeconds, UnixMilliseconds, JulianDays "
         "or another CountedTime reads a time that is kept as one";
}

Time time_of(const Value &value, bool is_local) {
  constexpr const char *wanted = "a time (YYYY-MM-DD HH:MM:SS.ffffff)";
  if (value.data().index() == 1 || value.data().index() == 2)
    throw DataError("the value " + value.to_string() + " is not " + wanted + "; " +
                    number_for_time_advice());
  const auto *text = std::get_if<std::string>(&value.data());
  const std::optional<TimeRead> read = text ? read_time(*text) : std::nullopt;
  if (!read)
    throw_not_fit(value, wanted);
  if (read->has_offset && is_local)
    throw_not_fit(value, "a local time: it has an offset from UTC, which only a sys_time can take "
                         "into account");
  return read->time;
}

// Ticks.

std::optional<Time> time_of_ticks(std::int64_t ticks, Period period) {
  const Wide scaled = Wide(ticks) * period.num;
  const Wide seconds = floor_div(scaled, period.den);
  const Wide rest = (scaled - seconds * period.den) * billion;
  if (seconds != static_cast<std::int64_t>(seconds) || rest % period.den != 0)
    return std::nullopt;
  return Time{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(rest / period.den)};
}

std::optional<Time> time_of_ticks(double ticks, Period period) {
  return time_of_real(ticks, period);
}

std::optional<Time> time_of_ticks(float ticks, Period period) {
  return time_of_real(ticks, period);
}

std::optional<std::int64_t> ticks_of_time(Time time, Period period) {
  const Wide nanoseconds = (Wide(time.seconds) * billion + time.nanoseconds) * period.den;
  const Wide tick = Wide(period.num) * billion;
  const Wide ticks = floor_div(nanoseconds, tick);
  if (ticks * tick != nanoseconds || ticks != static_cast<std::int64_t>(ticks))
    return std::nullopt;
  return static_cast<std::int64_t>(ticks);
}

double real_ticks_of_time(Time time, Period period) {
  const long double seconds = static_cast<long double>(time.seconds) + time.nanoseconds / 1e9L;
  return static_cast<double>(seconds * static_cast<long double>(period.den) /
                             static_cast<long double>(period.num));
}

namespace {

template <class Ticks> Time whole_time_of(Ticks ticks, Period period) {
  if (const std::optional<Time> time = time_of_ticks(ticks, period))
    return *time;
  throw DataError(Value(ticks).to_string() + " ticks of " + std::to_string(period.num) + "/" +
                  std::to_string(period.den) +
                  " s are no whole number of nanoseconds within the years 0 to 9999");
}

} // namespace

Time whole_time(std::int64_t ticks, Period period) { return whole_time_of(ticks, period); }
Time whole_time(double ticks, Period period) { return whole_time_of(ticks, period); }
Time whole_time(float ticks, Period period) { return whole_time_of(ticks, period); }

std::int64_t whole_ticks(Time time, Period period) {
  if (const std::optional<std::int64_t> ticks = ticks_of_time(time, period))
    return *ticks;
  throw_unsuited_time(time);
}

void throw_unsuited_time(Time time) {
  throw_not_fit(Value(format_time(time).view()), "a time point of that precision");
}

} // namespace declorm::detail
