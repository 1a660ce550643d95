// Value: conversions, literals, times as text.
#include "declorm/value.h"

#include <chrono>
#include <cmath>
#include <gtest/gtest.h>

using declorm::Bytes;
using declorm::DataError;
using declorm::Value;
using namespace std::chrono_literals;
namespace chrono = std::chrono;

struct Money {
  std::int64_t cents;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::int64_t;
  static std::int64_t to_column(const Money &money) { return money.cents; }
  static Money from_column(const std::int64_t &cents) { return {cents}; }
};

TEST(Value, Literals) {
  EXPECT_EQ(Value().to_string(), "NULL");
  EXPECT_EQ(Value(-3).to_string(), "-3");
  EXPECT_EQ(Value(2.0).to_string(), "2.0");
  EXPECT_EQ(Value(1e-9).to_string(), "1e-09");
  EXPECT_EQ(Value(std::nan("")).to_string(), "NaN");
  EXPECT_EQ(Value("it's\n").to_string(), "'it''s\\n'");
  EXPECT_EQ(Value(std::string("\0", 1)).to_string(), "'\\x00'");
  EXPECT_EQ(Value(Bytes{std::byte{0}, std::byte{255}}).to_string(), "x'00ff'");
  EXPECT_EQ(Value(std::string(1000, 'a')).to_string().substr(300), "a' … (1000 bytes in all)");
  EXPECT_LT(Value(Bytes(100'000)).to_string().size(), 120U);
}

TEST(Value, Integers) {
  EXPECT_EQ(Value(127).as<std::int8_t>(), 127);
  EXPECT_THROW(Value(128).as<std::int8_t>(), DataError);
  EXPECT_THROW(Value(-1).as<std::uint64_t>(), DataError);
  EXPECT_EQ(Value(3.0).as<int>(), 3);
  EXPECT_THROW(Value(3.5).as<int>(), DataError);
  EXPECT_THROW(Value(1e300).as<std::int64_t>(), DataError);
  EXPECT_THROW(Value(0x1p63).as<std::int64_t>(), DataError);
  EXPECT_EQ(Value(-0x1p63).as<std::int64_t>(), INT64_MIN);
  EXPECT_THROW(Value("3").as<int>(), DataError);
  EXPECT_THROW(Value(2).as<bool>(), DataError);
  EXPECT_THROW(Value(std::uint64_t{1} << 63), DataError);
}

TEST(Value, Reals) {
  EXPECT_EQ(Value(7).as<double>(), 7.0);
  EXPECT_THROW(Value((std::int64_t{1} << 53) + 1).as<double>(), DataError); // would be cut
  EXPECT_THROW(Value(INT64_MAX).as<double>(), DataError);
  EXPECT_THROW(Value("x").as<double>(), DataError);
}

TEST(Value, OptionalAndOwnTypes) {
  EXPECT_FALSE(Value(nullptr).as<std::optional<int>>());
  EXPECT_EQ(Value(4).as<std::optional<int>>(), 4);
  EXPECT_TRUE(Value(std::optional<std::string>()).is_null());
  EXPECT_EQ(Value(Money{250}).as<Money>().cents, 250);
  EXPECT_THROW(Value().as<int>(), DataError);
}

TEST(Value, BytesAndArrays) {
  const std::array<unsigned char, 2> array{1, 2};
  EXPECT_EQ((Value(array).as<std::array<unsigned char, 2>>()), array);
  EXPECT_THROW((Value(array).as<std::array<unsigned char, 3>>()), DataError);
  EXPECT_EQ(Value("ab").as<Bytes>().size(), 2U);
  EXPECT_THROW(Value(1).as<Bytes>(), DataError);
}

TEST(Value, TimesHaveOneText) {
  const auto day = chrono::sys_days(chrono::year(2021) / 3 / 4);
  EXPECT_EQ(Value(chrono::sys_seconds(day + 5h)).to_string(), "'2021-03-04 05:00:00'");
  EXPECT_EQ(Value(chrono::sys_time<chrono::nanoseconds>(day + 5h)), Value(day + 5h));
  EXPECT_EQ(Value(chrono::sys_time<chrono::duration<double>>(day + 5h)), Value(day + 5h));
  EXPECT_EQ(Value(day + 5h + 250ms).to_string(), "'2021-03-04 05:00:00.250000'");
  EXPECT_EQ(Value(day + 5h + 250us).to_string(), "'2021-03-04 05:00:00.000250'");
  EXPECT_EQ(Value(day + 5h + 250ns).to_string(), "'2021-03-04 05:00:00.000000250'");
}

TEST(Value, TimesWithAnOffset) {
  const auto day = chrono::sys_days(chrono::year(2021) / 3 / 4);
  for (const char *text :
       {"2021-03-04T05:06:07Z", "2021-03-04t05:06:07z", "2021-03-04 05:06:07 UTC",
        "2021-03-04 05:06:07 +0000 UTC", "2021-03-04 07:06:07+02:00", "2021-03-04 07:06:07 +0200",
        "2021-03-04T07:06:07+02", "2021-03-03 23:36:07.000-05:30"}) {
    EXPECT_EQ(Value(text).as<chrono::sys_seconds>(), day + 5h + 6min + 7s) << text;
    EXPECT_THROW(Value(text).as<chrono::local_seconds>(), DataError) << text;
  }
  EXPECT_EQ(Value("2021-03-04T05:06Z").as<chrono::sys_seconds>(), day + 5h + 6min);
  EXPECT_EQ(Value("2021-03-04T00:00+00:00").as<chrono::sys_days>(), day);
  EXPECT_THROW(Value(1614834367).as<chrono::sys_seconds>(), DataError);
}

TEST(Value, Times) {
  const auto day = chrono::sys_days(chrono::year(1969) / 12 / 31);
  EXPECT_EQ(Value(day).to_string(), "'1969-12-31'");
  const chrono::sys_time<chrono::nanoseconds> before = day + 23h + 59min + 59s + 1ns;
  EXPECT_EQ(Value(before).to_string(), "'1969-12-31 23:59:59.000000001'");
  EXPECT_EQ(Value(before).as<chrono::sys_time<chrono::nanoseconds>>(), before);
  EXPECT_THROW(Value(before).as<chrono::sys_seconds>(), DataError); // would be cut
  EXPECT_EQ(Value("1969-12-31").as<chrono::sys_seconds>(), chrono::sys_seconds(day));
  EXPECT_EQ(Value("1969-12-31T23:59").as<chrono::sys_seconds>(), day + 23h + 59min);
  EXPECT_EQ(Value("1969-12-31 00:00:00.5").as<chrono::sys_time<chrono::milliseconds>>(),
            day + 500ms);
  for (const char *wrong :
       {"", "1969", "1969-13-01", "1969-02-29", "1969-12-31 24:00:00", "1969-12-31Z",
        "1969-12-31 10:00:00.0000000001", "1969-12-31 10:00:00 CET", "1969-12-31 10:00:00+1",
        "1969-12-31 10:00:00+24:00", "1969-12-31 10:00:00+02:60", "1969-12-31 10:00:00+02:00Z",
        "1969-12-31 10:00:00+0100 UTC", "1969-12-31 10:00:00  Z", "9999-12-31 23:00:00-01:00"})
    EXPECT_THROW(Value(wrong).as<chrono::sys_seconds>(), DataError) << wrong;
  EXPECT_THROW(Value{chrono::sys_seconds::max()}, DataError);
  EXPECT_THROW(Value{chrono::year(2026) / 2 / 30}, DataError);
  EXPECT_EQ(Value(90s).as<chrono::seconds>(), 90s);
}
