// Fields: members into SQLite and back, through a driver's statements and one by one.
#include "runtime/engine/driver_factory.h"

#include <chrono>
#include <cmath>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>

using namespace declorm;
using namespace declorm::detail;

namespace {

const FieldNames names{"User", "member", "users", "column"};

Field field(TypeCode code, std::size_t size, bool optional = false) {
  Field result;
  result.code = code;
  result.size = static_cast<std::uint32_t>(size);
  result.optional = optional;
  result.offset = 0;
  result.names = &names;
  return result;
}

struct Database {
  std::unique_ptr<Driver> driver = make_driver(parse_url("sqlite://"));
  std::unique_ptr<DriverConnection> connection = driver->connect(TimeLimit());

  /// The field's value in one object goes to the database and from there into another.
  void copy(const Field &which, const void *from, void *to) {
    const auto statement = connection->prepare("SELECT ?");
    statement->bind(std::span(&which, 1), from, 1);
    ASSERT_TRUE(statement->step());
    statement->fetch(std::span(&which, 1), to, 0);
  }
  void read(const Field &which, const std::string &sql, void *to) {
    const auto statement = connection->prepare("SELECT " + sql);
    statement->step();
    statement->fetch(std::span(&which, 1), to, 0);
  }
};

template <class T> void round_trip(const Field &which, const T &value) {
  Database database;
  T copy{};
  database.copy(which, &value, &copy);
  EXPECT_EQ(copy, value);
  T assigned{};
  assign(which, &assigned, value_of(which, &value));
  EXPECT_EQ(assigned, value);
}

template <class T> void round_trips(TypeCode code, std::initializer_list<T> values) {
  for (const T &value : values) {
    round_trip(field(code, sizeof(T)), value);
    round_trip(field(code, sizeof(std::optional<T>), true), std::optional<T>(value));
  }
  round_trip(field(code, sizeof(std::optional<T>), true), std::optional<T>());
}

std::string error_of(const std::function<void()> &function) {
  try {
    function();
  } catch (const DataError &error) {
    return error.what();
  }
  return "no error";
}

template <class T> std::string reading(const Field &which, const std::string &sql) {
  return error_of([&] {
    Database database;
    T value{};
    database.read(which, sql, &value);
  });
}

} // namespace

TEST(Field, Numbers) {
  round_trips<bool>(TypeCode::boolean, {false, true});
  round_trips<std::int8_t>(TypeCode::int8, {-128, 127});
  round_trips<std::int16_t>(TypeCode::int16, {-32768, 32767});
  round_trips<std::int32_t>(TypeCode::int32, {INT32_MIN, INT32_MAX});
  round_trips<std::int64_t>(TypeCode::int64, {INT64_MIN, INT64_MAX});
  round_trips<std::uint8_t>(TypeCode::uint8, {0, 255});
  round_trips<std::uint16_t>(TypeCode::uint16, {0, 65535});
  round_trips<std::uint32_t>(TypeCode::uint32, {0, UINT32_MAX});
  round_trips<std::uint64_t>(TypeCode::uint64, {0, INT64_MAX});
  round_trips<float>(TypeCode::float32, {0.1F, -INFINITY});
  round_trips<double>(TypeCode::float64, {1e-9, -0.0, INFINITY});
}

TEST(Field, TextAndBytes) {
  round_trips<std::string>(TypeCode::text, {"", std::string("a\0b", 3), std::string(5000, 'x')});
  round_trips<Bytes>(TypeCode::bytes, {{}, {std::byte{0}, std::byte{1}}});
  round_trips<std::array<std::byte, 3>>(TypeCode::byte_array, {{std::byte{1}, std::byte{2}}});
  round_trips<std::array<std::byte, 16>>(TypeCode::byte_array, {{std::byte{7}}});
  for (const char *text : {"", "abc", "abcd"}) {
    std::array<char, 4> array{};
    std::memcpy(array.data(), text, std::strlen(text));
    round_trip(field(TypeCode::text_array, 4), array);
  }
}

TEST(Field, Chrono) {
  Field date = field(TypeCode::date, sizeof(std::chrono::year_month_day));
  round_trip(date, std::chrono::year(2026) / std::chrono::month(2) / std::chrono::day(28));
  Field time = field(TypeCode::sys_time, 8);
  time.rep = TypeCode::int64;
  time.num = 1;
  time.den = 1'000'000'000;
  for (const std::int64_t ticks : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX})
    round_trip(time, ticks);
  time.den = 3; // thirds of a second have no decimal text
  const std::int64_t third = 1;
  EXPECT_EQ(error_of([&] { value_of(time, &third); }),
            "User.member is 1 ticks of 1/3 s, which column users.column cannot hold");
  Field days = field(TypeCode::sys_time, 4);
  days.rep = TypeCode::int32;
  days.num = 86400;
  days.den = 1;
  days.text_date = true;
  const std::int32_t day = -1;
  EXPECT_EQ(value_of(days, &day).to_string(), "'1969-12-31'");
  round_trip(days, day);
  EXPECT_EQ(reading<std::int32_t>(days, "'1970-01-01 12:00:00'"),
            "column users.column holds '1970-01-01 12:00:00', which does not fit User.member (a "
            "date, YYYY-MM-DD)");
  Field duration = field(TypeCode::duration, 16, true);
  duration.rep = TypeCode::int64;
  duration.num = duration.den = 1;
  round_trip(duration, std::optional<std::int64_t>(90));
  round_trip(duration, std::optional<std::int64_t>());
}

TEST(Field, ThatDoesNotFit) {
  EXPECT_EQ(reading<std::int8_t>(field(TypeCode::int8, 1), "300"),
            "column users.column holds 300, which does not fit User.member (an integer from -128 "
            "to 127)");
  EXPECT_EQ(reading<std::uint64_t>(field(TypeCode::uint64, 8), "-1"),
            "column users.column holds -1, which does not fit User.member (an integer from 0 to "
            "18446744073709551615)");
  EXPECT_EQ(reading<std::int32_t>(field(TypeCode::int32, 4), "NULL"),
            "column users.column is NULL, and User.member takes no NULL; make the member a "
            "std::optional, or name the value that stands for NULL with null_value(…)");
  EXPECT_EQ(reading<std::int32_t>(field(TypeCode::int32, 4), "'abc'"),
            "column users.column holds 'abc', which does not fit User.member (an integer from "
            "-2147483648 to 2147483647)");
  EXPECT_EQ(reading<double>(field(TypeCode::float64, 8), "'abc'"),
            "column users.column holds 'abc', which does not fit User.member (a double)");
  EXPECT_EQ(reading<float>(field(TypeCode::float32, 4), "1e300"),
            "column users.column holds 1e+300, which does not fit User.member (a float)");
  EXPECT_EQ(reading<bool>(field(TypeCode::boolean, 1), "2"),
            "column users.column holds 2, which does not fit User.member (a bool: 0 or 1)");
  EXPECT_EQ(reading<std::string>(field(TypeCode::text, sizeof(std::string)), "12"),
            "column users.column holds 12, which does not fit User.member (text)");
  EXPECT_EQ((reading<std::array<char, 2>>(field(TypeCode::text_array, 2), "'abc'")),
            "column users.column holds 'abc', which does not fit User.member (text of at most 2 "
            "bytes without a NUL)");
  EXPECT_EQ((reading<std::array<std::byte, 2>>(field(TypeCode::byte_array, 2), "x'01'")),
            "column users.column holds x'01', which does not fit User.member (exactly 2 bytes)");
  EXPECT_EQ(reading<std::optional<std::int8_t>>(field(TypeCode::int8, 2, true), "1.5"),
            "column users.column holds 1.5, which does not fit User.member (an integer from -128 "
            "to 127)");
  Database database;
  const double nan = std::nan("");
  double copy = 0;
  EXPECT_EQ(error_of([&] { database.copy(field(TypeCode::float64, 8), &nan, &copy); }),
            "User.member is NaN, which column users.column cannot hold");
  const std::uint64_t large = UINT64_MAX;
  std::uint64_t other = 0;
  EXPECT_EQ(error_of([&] { database.copy(field(TypeCode::uint64, 8), &large, &other); }),
            "User.member is 18446744073709551615, which column users.column cannot hold");
}

TEST(Field, EnumsByName) {
  const std::vector<std::pair<std::string, std::int64_t>> enumerators{{"red", 1}, {"green", 2}};
  Field colour = field(TypeCode::int32, 4);
  colour.enum_names = &enumerators;
  const std::int32_t green = 2, none = 3;
  EXPECT_EQ(value_of(colour, &green), Value("green"));
  round_trip(colour, green);
  EXPECT_EQ(error_of([&] { value_of(colour, &none); }),
            "User.member is 3, which is no enumerator; column users.column holds one of red, "
            "green");
  EXPECT_EQ(reading<std::int32_t>(colour, "'blue'"),
            "column users.column holds 'blue', which does not fit User.member (one of red, green)");
  EXPECT_EQ(reading<std::int32_t>(colour, "2"),
            "column users.column holds 2, which does not fit User.member (one of red, green)");
}

TEST(Field, NullValue) {
  const Value none(-1);
  Field which = field(TypeCode::int32, 4);
  which.null_reads = true;
  which.null_value = &none;
  const std::int32_t minus = -1, other = 5;
  EXPECT_TRUE(value_of(which, &minus).is_null());
  EXPECT_EQ(value_of(which, &other), Value(5));
  round_trip(which, minus);
  round_trip(which, other);
}

TEST(Field, Accessors) {
  struct Hidden {
    std::string name;
  };
  const Accessor accessor{[](const void *object, void *value) {
                            *static_cast<std::string *>(value) =
                                static_cast<const Hidden *>(object)->name;
                          },
                          [](void *object, const void *value) {
                            static_cast<Hidden *>(object)->name =
                                *static_cast<const std::string *>(value);
                          }};
  Field which = field(TypeCode::text, sizeof(std::string));
  which.offset = no_offset;
  which.accessor = &accessor;
  Database database;
  Hidden from{"a name that is too long to be small"}, to;
  database.copy(which, &from, &to);
  EXPECT_EQ(to.name, from.name);

  const Accessor read_only{accessor.get, nullptr};
  which.accessor = &read_only;
  Hidden untouched{"as it was"};
  database.copy(which, &from, &untouched);
  EXPECT_EQ(untouched.name, "as it was");
}
