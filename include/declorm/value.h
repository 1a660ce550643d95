// value.h: a value of a database, and the parameters of a statement.
#ifndef DECLORM_VALUE_H
#define DECLORM_VALUE_H

#include "declorm/durations.h"
#include "declorm/error.h"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace declorm {

/// How a type of one's own is stored. Specialise it, visible wherever the class is:
///
///     template <> struct declorm::type_traits<Money> {
///       using column_type = std::int64_t;  // any column type; a std::optional is NULL if empty
///       static std::int64_t to_column(const Money &);  // may throw; the error passes through
///       static Money from_column(const std::int64_t &);
///     };
///
/// With `static constexpr bool is_number = true` in it, SQL's operators take T where they take
/// numbers: `col<&Item::price> > 5`.
/// SQLAlchemy's TypeDecorator.
template <class T> struct type_traits;

/// Bytes of a BLOB.
using Bytes = std::vector<std::byte>;

/// One value as the database gave it or is to get it: NULL, an integer, a floating point number,
/// text or bytes. Owns its data. A value type: safe to copy, not to share while it is changed.
class Value {
public:
  /// What it holds: nothing for NULL, an integer, a floating point number, text, or bytes.
  using Data = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

  // Compiled once, in the runtime: instantiating a variant's costs every user of this header.
  /// Makes NULL, as the constructors from nullptr and std::nullopt do.
  Value() noexcept;
  Value(const Value &other);
  Value(Value &&other) noexcept;
  Value &operator=(const Value &other);
  Value &operator=(Value &&other) noexcept;
  ~Value();
  /// Makes NULL.
  Value(std::nullptr_t) : Value() {}
  Value(std::nullopt_t) : Value() {}
  /// From anything that has a column type: numbers, bool, enums, strings, bytes, chrono types,
  /// types with type_traits, and std::optional of these. An unsigned number above INT64_MAX is a
  /// DataError.
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Value>)
  Value(const T &value) : Value() {
    set(value);
  }

  /// Whether it is NULL.
  bool is_null() const { return data_.index() == 0; }
  /// Returns the value as T; std::optional<T> takes NULL as nullopt. Throws DataError if it is
  /// NULL, of another kind, or does not fit. Numbers are never cut.
  template <class T> T as() const;
  /// Returns what it holds, as long as the Value lives and is not assigned to.
  const Data &data() const { return data_; }
  Data &data() { return data_; }

  /// Returns the value as a literal for logs: 'text', 1, 1.5, NULL, x'00ff'; long ones are
  /// shortened.
  std::string to_string() const;

  /// Values are equal if they are of one kind and what they hold is: 1 and 1.0 are not, NULL and
  /// NULL are.
  friend bool operator==(const Value &left, const Value &right) { return left.equals(right); }

private:
  bool equals(const Value &other) const;
  template <class T> void set(const T &value);
  void set_integer(std::int64_t value);
  void set_real(double value);
  void set_text(std::string_view value);
  void set_bytes(const std::byte *begin, std::size_t size);

  Data data_;
};

/// The parameters of a statement: `{{"name", value}, …}` for `:name`, or `{value, …}` for `?`. Owns
/// its values.
class Params {
public:
  /// A name, without its colon, and the value for it.
  using Named = std::pair<std::string, Value>;

  /// Makes no parameters.
  Params();
  /// Makes parameters for each `?` in turn.
  Params(std::initializer_list<Value> values);
  /// Makes parameters by name, for each `:name`.
  Params(std::initializer_list<Named> values);
  /// Makes parameters for each `?` in turn.
  explicit Params(std::vector<Value> values);
  /// Makes parameters by name, for each `:name`.
  explicit Params(std::vector<Named> values);
  Params(const Params &);
  Params(Params &&) noexcept;
  Params &operator=(const Params &);
  Params &operator=(Params &&) noexcept;
  ~Params();

  /// Returns the values for each `?`, in turn.
  const std::vector<Value> &positional() const { return values_; }
  /// Returns the values by name.
  const std::vector<Named> &named() const { return named_; }

private:
  std::vector<Value> values_;
  std::vector<Named> named_;
};

namespace detail {

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_duration : std::false_type {};
template <class R, class P> struct is_duration<std::chrono::duration<R, P>> : std::true_type {};
template <class T> struct is_time_point : std::false_type {};
template <class C, class D> struct is_time_point<std::chrono::time_point<C, D>> : std::true_type {};
template <class T> struct is_byte_vector : std::false_type {};
template <class A> struct is_byte_vector<std::vector<std::byte, A>> : std::true_type {};
template <class A> struct is_byte_vector<std::vector<unsigned char, A>> : std::true_type {};
template <class T> struct is_byte_array : std::false_type {};
template <std::size_t N> struct is_byte_array<std::array<std::byte, N>> : std::true_type {};
template <std::size_t N> struct is_byte_array<std::array<unsigned char, N>> : std::true_type {};
/// std::chrono::year_month_day, which a header that includes no calendar cannot name: year, month
/// and day make one again.
template <class T>
concept calendar_date = requires(const T &date) {
  { date.year() / date.month() / date.day() } -> std::same_as<T>;
  date.ok();
};
template <class T>
concept has_type_traits = requires { typename type_traits<T>::column_type; };

/// Whether SQL compares and computes with values of the type as numbers.
template <class T> inline constexpr bool is_number = std::is_arithmetic_v<T>;
template <class T>
  requires requires { requires type_traits<T>::is_number; }
inline constexpr bool is_number<T> = true;

/// A point in time without its type: seconds since 1970-01-01 and the rest, below 1e9.
struct Time {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;

  friend bool operator==(const Time &, const Time &) = default;
};

/// Text of at most 29 characters, in place.
struct TimeText {
  char text[30];
  unsigned char size = 0;

  std::string_view view() const { return {text, size}; }
  operator std::string() const { return std::string(view()); }
};

/// Times are stored as text that sorts by time: "2026-11-21 09:30:00" (UTC for sys_time), with a
/// fraction of six digits, or nine, only where it is needed, so that each instant has one text
/// whatever the type that holds it, and the one that databases write themselves; dates as
/// "2026-11-21". Both throw DataError outside the years 0 to 9999.
TimeText format_time(Time time);
TimeText format_date(int year, unsigned month, unsigned day);

/// A time that was read, and whether an offset from UTC stood behind it, which is taken into
/// account then.
struct TimeRead {
  Time time;
  bool has_offset = false;
};
/// Reads what format_time() writes and what others do: "2026-11-21T09:30:00Z", "… 09:30+02:00",
/// with zero to nine digits of a fraction, without seconds; and a date alone. nullopt: anything
/// else.
std::optional<TimeRead> read_time(std::string_view text);
/// The time in `value`, a text. Throws DataError for anything else, and for an offset from UTC if
/// `is_local`.
Time time_of(const Value &value, bool is_local);
/// The way out for whoever meets a number where a time should be.
std::string number_for_time_advice();
/// A date without its type.
struct DateParts {
  int year;
  unsigned month, day;
};
/// Throws DataError for anything but what format_date() writes.
DateParts parse_date(std::string_view text);

/// Ticks of num/den seconds.
struct Period {
  std::int64_t num, den;
};
template <class Point>
inline constexpr Period period_of{Point::duration::period::num, Point::duration::period::den};

/// Points of whole days are stored as dates.
template <class Point>
inline constexpr bool is_date = period_of<Point>.num == 86400 && period_of<Point>.den == 1 &&
                                std::is_integral_v<typename Point::rep>;

/// Ticks since 1970-01-01 to a Time and back; nullopt if that would cut something. Ticks in
/// floating point stand for the nearest nanosecond, which must lead back to them.
std::optional<Time> time_of_ticks(std::int64_t ticks, Period period);
std::optional<Time> time_of_ticks(double ticks, Period period);
std::optional<Time> time_of_ticks(float ticks, Period period);
std::optional<std::int64_t> ticks_of_time(Time time, Period period);
double real_ticks_of_time(Time time, Period period);
/// The same, but throw DataError if something would be cut.
Time whole_time(std::int64_t ticks, Period period);
Time whole_time(double ticks, Period period);
Time whole_time(float ticks, Period period);
std::int64_t whole_ticks(Time time, Period period);

[[noreturn]] void throw_not_fit(const Value &value, const char *wanted);
[[noreturn]] void throw_above_int64(std::uint64_t value);
std::int64_t integer_of(const Value &value, const char *wanted); // a whole double counts
double real_of(const Value &value);
const std::string &text_of(const Value &value);
Bytes bytes_of(const Value &value); // text counts as its bytes

[[noreturn]] void throw_unsuited_time(Time time);

template <class Point> Time to_time(const Point &point) {
  using Rep = typename Point::rep;
  using Wide = std::conditional_t<std::is_integral_v<Rep>, std::int64_t, Rep>;
  return whole_time(static_cast<Wide>(point.time_since_epoch().count()), period_of<Point>);
}

template <class Point> Point from_time(Time time) {
  using Rep = typename Point::rep;
  if constexpr (std::is_floating_point_v<Rep>) {
    return Point(
        typename Point::duration(static_cast<Rep>(real_ticks_of_time(time, period_of<Point>))));
  } else {
    const std::int64_t ticks = whole_ticks(time, period_of<Point>);
    if (!std::in_range<Rep>(ticks))
      throw_unsuited_time(time);
    return Point(typename Point::duration(static_cast<Rep>(ticks)));
  }
}

} // namespace detail

template <class T> void Value::set(const T &value) {
  if constexpr (detail::is_optional<T>::value) {
    if (value)
      set(*value);
  } else if constexpr (detail::has_type_traits<T>) {
    *this = Value(type_traits<T>::to_column(value));
  } else if constexpr (std::is_enum_v<T>) {
    set(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T>) {
    if constexpr (std::is_unsigned_v<T> && sizeof(T) >= 8)
      if (value > static_cast<T>(std::numeric_limits<std::int64_t>::max()))
        detail::throw_above_int64(value);
    set_integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    set_real(static_cast<double>(value));
  } else if constexpr (std::is_convertible_v<const T &, std::string_view>) {
    set_text(value);
  } else if constexpr (detail::is_byte_vector<T>::value || detail::is_byte_array<T>::value) {
    set_bytes(reinterpret_cast<const std::byte *>(value.data()), value.size());
  } else if constexpr (detail::calendar_date<T>) {
    set_text(detail::format_date(int(value.year()), unsigned(value.month()), unsigned(value.day()))
                 .view());
  } else if constexpr (detail::is_time_point<T>::value) {
    const detail::TimeText text = detail::format_time(detail::to_time(value));
    set_text(detail::is_date<T> ? text.view().substr(0, 10) : text.view());
  } else if constexpr (detail::is_duration<T>::value) {
    set(value.count());
  } else {
    static_assert(!sizeof(T),
                  "declorm: this type has no column type; specialise declorm::type_traits");
  }
}

template <class T> T Value::as() const {
  if constexpr (std::is_same_v<T, Value>) {
    return *this;
  } else if constexpr (detail::is_optional<T>::value) {
    if (is_null())
      return std::nullopt;
    return as<typename T::value_type>();
  } else if constexpr (requires { type_traits<T>::from_value(*this); }) {
    return type_traits<T>::from_value(*this);
  } else if constexpr (detail::has_type_traits<T>) {
    return type_traits<T>::from_column(as<typename type_traits<T>::column_type>());
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(as<std::underlying_type_t<T>>());
  } else if constexpr (std::is_same_v<T, bool>) {
    const std::int64_t value = detail::integer_of(*this, "bool");
    if (value != 0 && value != 1)
      detail::throw_not_fit(*this, "bool");
    return value != 0;
  } else if constexpr (std::is_integral_v<T>) {
    const std::int64_t value = detail::integer_of(*this, "an integer");
    if (!std::in_range<T>(value))
      detail::throw_not_fit(*this, sizeof(T) == 1   ? "an 8-bit integer"
                                   : sizeof(T) == 2 ? "a 16-bit integer"
                                   : sizeof(T) == 4 ? "a 32-bit integer"
                                                    : "an unsigned 64-bit integer");
    return static_cast<T>(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    const double value = detail::real_of(*this);
    const T narrow = static_cast<T>(value);
    if (narrow - narrow != 0 && value - value == 0) // infinite, and was not
      detail::throw_not_fit(*this, "a float");
    return narrow;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return detail::text_of(*this);
  } else if constexpr (detail::is_byte_vector<T>::value) {
    const Bytes bytes = detail::bytes_of(*this);
    const auto *begin = reinterpret_cast<const typename T::value_type *>(bytes.data());
    return T(begin, begin + bytes.size());
  } else if constexpr (detail::is_byte_array<T>::value) {
    const Bytes bytes = detail::bytes_of(*this);
    T result{};
    if (bytes.size() != result.size())
      detail::throw_not_fit(*this, "a byte array of that size");
    for (std::size_t i = 0; i != bytes.size(); ++i)
      result[i] = static_cast<typename T::value_type>(bytes[i]);
    return result;
  } else if constexpr (detail::calendar_date<T>) {
    const detail::DateParts date = detail::parse_date(detail::text_of(*this));
    const T any{};
    return T(decltype(any.year())(date.year), decltype(any.month())(date.month),
             decltype(any.day())(date.day));
  } else if constexpr (detail::is_time_point<T>::value) {
    constexpr bool is_local = !requires { T::clock::now(); }; // std::chrono::local_t
    return detail::from_time<T>(detail::time_of(*this, is_local));
  } else if constexpr (detail::is_duration<T>::value) {
    return T(as<typename T::rep>());
  } else {
    static_assert(!sizeof(T),
                  "declorm: this type has no column type; specialise declorm::type_traits");
  }
}

} // namespace declorm

#endif // DECLORM_VALUE_H
