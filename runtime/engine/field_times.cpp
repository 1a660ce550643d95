// field_times.cpp: dates and times of members, as points in time and as texts.
#include "runtime/engine/text_storage.h"

namespace declorm::detail {

Time point_time(const Field &field, const void *point) {
  return visit_storage(field, field.rep, [&]<class T>() -> Time {
    if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
      using Wide = std::conditional_t<std::is_integral_v<T>, std::int64_t, T>;
      const auto ticks = static_cast<Wide>(at<T>(point));
      const bool cut = std::is_unsigned_v<T> && ticks < 0;
      const std::optional<Time> made = time_of_ticks(ticks, tick_of(field));
      if (!made || cut)
        throw_unstorable(field, (cut ? "too many" : Value(ticks).to_string()) + " ticks of " +
                                    std::to_string(field.num) + "/" + std::to_string(field.den) +
                                    " s");
      return *made;
    } else {
      throw_no_storage(field);
    }
  });
}

TimeText time_text(const Field &field, const void *point) {
  const Time time = point_time(field, point);
  try {
    TimeText text = format_time(time);
    if (field.text_date)
      text.size = 10;
    return text;
  } catch (const DataError &error) {
    rethrow_with_place(field, error);
  }
}

bool set_point_time(const Field &field, void *point, Time time) {
  return visit_storage(field, field.rep, [&]<class T>() {
    if constexpr (std::is_floating_point_v<T>) {
      at<T>(point) = static_cast<T>(real_ticks_of_time(time, tick_of(field)));
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const std::optional<std::int64_t> ticks = ticks_of_time(time, tick_of(field));
      if (!ticks || !std::in_range<T>(*ticks))
        return false;
      at<T>(point) = static_cast<T>(*ticks);
    } else {
      throw_no_storage(field);
    }
    return true;
  });
}

void throw_offset(const Field &field, std::string_view text) {
  throw DataError(column_of(field) + " holds " + Value(text).to_string() +
                  ", a time with an offset from UTC, and " + member_of(field) +
                  " is a local time, which has none; make the member a std::chrono::sys_time");
}

void set_time_text(const Field &field, void *point, std::string_view text) {
  const std::optional<TimeRead> read = read_time(text);
  if (!read)
    throw_unfit(field, Value(text));
  if (read->has_offset && field.code == TypeCode::local_time)
    throw_offset(field, text);
  if (!set_point_time(field, point, read->time))
    throw_unfit(field, Value(text));
}

TimeText date_text(const Field &field, const void *date) {
  try {
    const auto &day = at<std::chrono::year_month_day>(date);
    return format_date(int(day.year()), unsigned(day.month()), unsigned(day.day()));
  } catch (const DataError &error) {
    rethrow_with_place(field, error);
  }
}

void set_date_text(const Field &field, void *date, std::string_view text) {
  try {
    const DateParts parts = parse_date(text);
    at<std::chrono::year_month_day>(date) = std::chrono::year(parts.year) /
                                            std::chrono::month(parts.month) /
                                            std::chrono::day(parts.day);
  } catch (const DataError &) {
    throw_unfit(field, Value(text));
  }
}

} // namespace declorm::detail
