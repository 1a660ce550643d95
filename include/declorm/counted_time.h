// counted_time.h: CountedTime, a point in time that a column keeps as a number.
//
// Light enough for the headers of models: it includes little and brings nothing else of declorm.
#ifndef DECLORM_COUNTED_TIME_H
#define DECLORM_COUNTED_TIME_H

#include "declorm/durations.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <ratio>
#include <type_traits>

namespace declorm {

template <class T> struct type_traits;

/// A point in time of which a column keeps how many `Ticks` have passed since `Epoch`, itself in
/// seconds from 1970-01-01 00:00:00 UTC: for databases of others, whose columns of type TIMESTAMP
/// or DATETIME hold numbers. Those that are met often have names below; another one is a line:
///
///     using ChromeTime = declorm::CountedTime<std::chrono::microseconds, -11'644'473'600>; // 1601
///
///     [[using declorm: column, sql_type("TIMESTAMP")]] declorm::UnixSeconds changed;
///
/// A std::chrono::sys_time becomes one, and it becomes a sys_time; what a time has beyond whole
/// ticks is cut, as std::chrono::floor does. The number itself is kept, so that what was loaded is
/// written back as it was. Ordered, hashable; a value type. SQL compares it as the number it is:
/// `filter(col<&File::changed> > declorm::UnixSeconds(since))`. SQLAlchemy's TypeDecorator.
template <class Ticks, std::int64_t Epoch = 0> class CountedTime {
  static constexpr bool is_whole = std::is_integral_v<typename Ticks::rep>;
  using fraction_of_second =
      std::conditional_t<std::ratio_greater_v<typename Ticks::period, std::ratio<1>>,
                         std::chrono::milliseconds, std::chrono::microseconds>;

public:
  /// The type of the number of ticks.
  using rep = typename Ticks::rep;
  /// What it becomes: if the number has a fraction, to the microsecond, or to the millisecond if it
  /// counts more than seconds, because its digits do not reach further.
  using time_type = std::chrono::sys_time<std::common_type_t<
      std::conditional_t<is_whole, Ticks, fraction_of_second>, std::chrono::seconds>>;

  /// Makes the epoch itself.
  constexpr CountedTime() = default;
  /// Makes the last tick at or before that time.
  template <class D> constexpr CountedTime(const std::chrono::sys_time<D> &time) {
    // Apart, because nanoseconds do not reach from every epoch to today.
    const auto second = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
    const auto since = second - std::chrono::seconds(Epoch);
    const auto rest = time.time_since_epoch() - second;
    if constexpr (is_whole)
      ticks_ = std::chrono::floor<Ticks>(since) + std::chrono::floor<Ticks>(rest);
    else
      ticks_ = Ticks(since) + Ticks(rest);
  }
  /// Makes the time whose column holds `count` ticks.
  static constexpr CountedTime of(rep count) {
    CountedTime time;
    time.ticks_ = Ticks(count);
    return time;
  }

  /// Returns what the column holds: the number of ticks since the epoch.
  constexpr rep count() const { return ticks_.count(); }
  /// Returns the time in UTC.
  constexpr time_type time() const {
    using Result = typename time_type::duration;
    if constexpr (is_whole)
      return time_type(Result(ticks_) + std::chrono::seconds(Epoch));
    else
      return time_type(std::chrono::round<Result>(ticks_) + std::chrono::seconds(Epoch));
  }
  /// Converts to the time in UTC, in any unit that cuts nothing of it.
  template <class D>
    requires std::is_convertible_v<time_type, std::chrono::sys_time<D>>
  constexpr operator std::chrono::sys_time<D>() const {
    return time();
  }

  friend constexpr auto operator<=>(const CountedTime &, const CountedTime &) = default;
  friend constexpr bool operator==(const CountedTime &, const CountedTime &) = default;

private:
  Ticks ticks_{};
};

/// Seconds since 1970: `strftime('%s')`, time_t.
using UnixSeconds = CountedTime<std::chrono::seconds>;
/// Milliseconds since 1970: Java, JavaScript, Android.
using UnixMilliseconds = CountedTime<std::chrono::milliseconds>;
/// Microseconds since 1970: Firefox.
using UnixMicroseconds = CountedTime<std::chrono::microseconds>;
/// Days since noon of 24 November of the year -4713: `julianday()`.
using JulianDays = CountedTime<std::chrono::duration<double, std::ratio<86400>>, -210'866'760'000>;
/// Seconds since 2001-01-01: Apple's Core Data, NSDate.
using CoreDataTime = CountedTime<std::chrono::duration<double>, 978'307'200>;

/// Stores a CountedTime as its number of ticks.
template <class Ticks, std::int64_t Epoch> struct type_traits<CountedTime<Ticks, Epoch>> {
  using column_type = typename Ticks::rep;
  static constexpr bool is_number = true;
  static column_type to_column(const CountedTime<Ticks, Epoch> &time) { return time.count(); }
  static CountedTime<Ticks, Epoch> from_column(const column_type &count) {
    return CountedTime<Ticks, Epoch>::of(count);
  }
};

} // namespace declorm

template <class Ticks, std::int64_t Epoch> struct std::hash<declorm::CountedTime<Ticks, Epoch>> {
  std::size_t operator()(const declorm::CountedTime<Ticks, Epoch> &time) const noexcept {
    return std::hash<typename Ticks::rep>()(time.count());
  }
};

#endif // DECLORM_COUNTED_TIME_H
