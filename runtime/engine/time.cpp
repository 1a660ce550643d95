// time.cpp: times and dates as text that sorts by time.
#include "declorm/value.h"

namespace declorm::detail {
namespace {

using std::chrono::year_month_day;

void append_digits(std::string &text, unsigned value, int width) {
  char buffer[12];
  for (int i = width; i-- > 0; value /= 10)
    buffer[i] = static_cast<char>('0' + value % 10);
  text.append(buffer, static_cast<std::size_t>(width));
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
  if (!(take(text, ' ') || take(text, 'T')) || !take_digits(text, 2, hour) || !take(text, ':') ||
      !take_digits(text, 2, minute))
    return false;
  if (take(text, ':') && !take_digits(text, 2, second))
    return false;
  if (hour > 23 || minute > 59 || second > 59)
    return false;
  time.seconds += hour * 3600 + minute * 60 + second;
  if (!take(text, '.'))
    return true;
  unsigned scale = 100'000'000, digit = 0;
  for (int i = 0; i != 9 && take_digits(text, 1, digit); ++i, scale /= 10)
    time.nanoseconds += digit * scale;
  return true;
}

} // namespace

std::string format_date(year_month_day date) {
  const int year = static_cast<int>(date.year());
  if (!date.ok() || year < 0 || year > 9999)
    throw DataError("the date " + std::to_string(year) + "-" +
                    std::to_string(unsigned(date.month())) + "-" +
                    std::to_string(unsigned(date.day())) +
                    " is no date of the years 0 to 9999 and cannot be stored");
  std::string text;
  append_digits(text, static_cast<unsigned>(year), 4);
  text += '-';
  append_digits(text, unsigned(date.month()), 2);
  text += '-';
  append_digits(text, unsigned(date.day()), 2);
  return text;
}

year_month_day parse_date(std::string_view text) {
  std::string_view rest = text;
  year_month_day date;
  if (!take_date(rest, date) || !rest.empty())
    throw_not_fit(Value(text), "a date (YYYY-MM-DD)");
  return date;
}

std::string format_time(Time time) {
  // Years 0 to 9999: checked before the days, whose type is narrower, are made.
  if (time.seconds < -62'167'219'200 || time.seconds > 253'402'300'799)
    throw DataError("the time " + std::to_string(time.seconds) +
                    " s from 1970-01-01 lies outside the years 0 to 9999 and cannot be stored");
  const std::chrono::sys_seconds point{std::chrono::seconds(time.seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const auto rest = static_cast<unsigned>((point - day).count());
  std::string text = format_date(year_month_day(day));
  text += ' ';
  append_digits(text, rest / 3600, 2);
  text += ':';
  append_digits(text, rest / 60 % 60, 2);
  text += ':';
  append_digits(text, rest % 60, 2);
  text += '.';
  if (time.nanoseconds % 1000 == 0)
    append_digits(text, time.nanoseconds / 1000, 6);
  else
    append_digits(text, time.nanoseconds, 9);
  return text;
}

Time parse_time(std::string_view text) {
  std::string_view rest = text;
  year_month_day date;
  Time time;
  if (take_date(rest, date)) {
    time.seconds = std::chrono::sys_seconds(std::chrono::sys_days(date)).time_since_epoch().count();
    if (rest.empty() || (take_clock(rest, time) && rest.empty()))
      return time;
  }
  throw_not_fit(Value(text), "a time (YYYY-MM-DD HH:MM:SS.ffffff)");
}

} // namespace declorm::detail
