// Decimal: reading, arithmetic, rounding, limits, and its forms in a database.
#include "declorm/decimal.h"

#include "declorm/value.h"

#include <cmath>
#include <gtest/gtest.h>
#include <sstream>
#include <unordered_set>

using declorm::DataError;
using declorm::Decimal;
using declorm::Rounding;
using declorm::Value;
using Money = Decimal<10, 2>;
using Widest = Decimal<38, 10>;

template <class Function> static std::string error_of(Function function) {
  try {
    function();
  } catch (const DataError &error) {
    return error.what();
  }
  return "no error";
}

TEST(Decimal, FromAndToText) {
  EXPECT_EQ(Money("19.9").to_string(), "19.90");
  EXPECT_EQ(Money("-0.05").to_string(), "-0.05");
  EXPECT_EQ(Money("+.5").to_string(), "0.50");
  EXPECT_EQ(Money("1.5e3").to_string(), "1500.00");
  EXPECT_EQ(Money("150e-2").to_string(), "1.50");
  EXPECT_EQ(Money("0012.3000").to_string(), "12.30");
  EXPECT_EQ(Money("-0").to_string(), "0.00");
  EXPECT_EQ(Money(7).to_string(), "7.00");
  EXPECT_EQ((Decimal<5>(-42).to_string()), "-42");
  EXPECT_EQ((Decimal<2, 2>("0.99").to_string()), "0.99");
  std::ostringstream out;
  out << Money("1.5");
  EXPECT_EQ(out.str(), "1.50");
  for (const char *text :
       {"", ".", "-", "1.2.3", "12a", "e5", "1e", "1e9999999", "0x10", " 1", "NaN"})
    EXPECT_EQ(error_of([&] { Money{text}; }),
              "the text " + Value(text).to_string() + " is no decimal number");
}

TEST(Decimal, Limits) {
  EXPECT_EQ(Money("99999999.99").unscaled(), 9999999999);
  EXPECT_EQ(error_of([] { Money("100000000"); }),
            "the number is too large for Decimal<10, 2>, which holds up to 99999999.99");
  EXPECT_EQ(error_of([] { Money(100'000'000); }),
            "the number is too large for Decimal<10, 2>, which holds up to 99999999.99");
  EXPECT_EQ(error_of([] { Money("0.005"); }), "the number '0.005' has more digits behind its point "
                                              "than Decimal<10, 2> holds; round it first");
  const std::string most = "9999999999999999999999999999.9999999999";
  EXPECT_EQ(Widest(most).to_string(), most);
  EXPECT_EQ(Widest("-" + most).to_string(), "-" + most);
  EXPECT_EQ(error_of([&] { Widest(most) + Widest("0.0000000001"); }),
            "the number is too large for Decimal<38, 10>, which holds up to " + most);
  EXPECT_THROW(Widest(most) * 10, DataError);
  EXPECT_THROW((Decimal<38>(INT64_MAX) * INT64_MAX * 2), DataError);
  EXPECT_EQ((Decimal<18>(999'999'999'999'999'999) + 0).to_string(), "999999999999999999");
  EXPECT_EQ(sizeof(Decimal<18, 9>), 8U);
  EXPECT_EQ(sizeof(Decimal<19, 9>), 16U);
}

TEST(Decimal, Arithmetic) {
  Money sum;
  for (int i = 0; i != 10; ++i)
    sum += Money("0.10");
  EXPECT_EQ(sum, Money(1));
  EXPECT_EQ(Money("0.10") + Money("0.20"), Money("0.30"));
  EXPECT_EQ(Money(5) - Money("7.25"), Money("-2.25"));
  EXPECT_EQ(Money("1.25") * 3, Money("3.75"));
  EXPECT_EQ(2 * -Money("1.25"), Money("-2.50"));
  EXPECT_EQ((Money("19.99") * Decimal<4, 3>("0.190")).to_string(), "3.79810");
  EXPECT_EQ(((Money("19.99") * Decimal<4, 3>("0.190")).round<10, 2>()), Money("3.80"));
  EXPECT_EQ(Money(10) / 3, Money("3.33"));
  EXPECT_EQ(Money(-20) / 3, Money("-6.67"));
  EXPECT_EQ((Money(1) / Decimal<3, 1>("0.4")), Money("2.50"));
  EXPECT_EQ(error_of([] { Money(1) / 0; }), "a Decimal<10, 2> is divided by 0");
  Money half(1);
  half /= 2;
  EXPECT_EQ(half, Money("0.5"));
}

TEST(Decimal, Rounds) {
  using Whole = Decimal<5>;
  const auto rounded = [](const char *text, Rounding rounding) {
    return Money(text).round<5, 0>(rounding).to_string();
  };
  EXPECT_EQ(rounded("0.50", Rounding::half_even), "0");
  EXPECT_EQ(rounded("1.50", Rounding::half_even), "2");
  EXPECT_EQ(rounded("2.50", Rounding::half_even), "2");
  EXPECT_EQ(rounded("-2.51", Rounding::half_even), "-3");
  EXPECT_EQ(rounded("2.50", Rounding::half_up), "3");
  EXPECT_EQ(rounded("-2.50", Rounding::half_up), "-3");
  EXPECT_EQ(rounded("2.99", Rounding::down), "2");
  EXPECT_EQ(Money::nearest(0.1), Money("0.10"));
  EXPECT_EQ(Money::nearest(1.005), Money("1.00")); // ties to even, of what is written
  EXPECT_EQ(Money::nearest(1.0051), Money("1.01"));
  EXPECT_EQ(Money::nearest(-1e-9), Money(0));
  EXPECT_EQ(Money::nearest(0.009), Money("0.01"));
  EXPECT_EQ(Whole::nearest(12345.4), Whole(12345));
  EXPECT_THROW(Whole::nearest(99999.5), DataError);
  EXPECT_THROW(Money::nearest(std::nan("")), DataError);
  EXPECT_THROW(Money::nearest(1e300), DataError);
  EXPECT_EQ(double(Money("0.30")), 0.3);
  EXPECT_EQ(double(Widest("1234567890123456789.5")), 1234567890123456789.5);
}

TEST(Decimal, ConvertsAndCompares) {
  const Decimal<12, 3> wider = Money("1.25");
  EXPECT_EQ(wider.to_string(), "1.250");
  EXPECT_EQ(Money(wider), Money("1.25"));
  EXPECT_THROW(Money(Decimal<12, 3>("1.255")), DataError);
  static_assert(!std::is_convertible_v<Decimal<12, 3>, Money>);
  static_assert(std::is_convertible_v<Money, Decimal<12, 3>>);
  EXPECT_EQ(wider, Money("1.25"));
  EXPECT_LT(Money("1.25"), (Decimal<12, 3>("1.251")));
  EXPECT_LT(Money("-1.26"), Money("-1.25"));
  EXPECT_GT(Money("0.01"), 0);
  EXPECT_EQ(Money(3), 3);
  EXPECT_GT(Widest("9999999999999999999999999999.9"), (Decimal<38, 38>("0.1")));
  const std::unordered_set<Money> set{Money(1), Money("1.00"), Money(2)};
  EXPECT_EQ(set.size(), 2U);
}

TEST(Decimal, InADatabase) {
  EXPECT_EQ(Value(Money("19.99")), Value(19.99));
  EXPECT_EQ(Value(Decimal<18>(5)), Value(5));
  EXPECT_EQ(Value(Decimal<16, 2>(5)), Value("5.00"));
  // Every digit of a number with 15 comes back.
  for (const char *text :
       {"9999999999999.99", "-9999999999999.99", "0.01", "1234567890123.45", "0"}) {
    const Decimal<15, 2> decimal(text);
    EXPECT_EQ((Value(decimal).as<Decimal<15, 2>>()), decimal) << text;
  }
  const Decimal<15, 15> small("0.999999999999999");
  EXPECT_EQ((Value(small).as<Decimal<15, 15>>()), small);
  EXPECT_EQ(Value(3).as<Money>(), Money(3));
  EXPECT_EQ(Value("3.5").as<Money>(), Money("3.50"));
  EXPECT_EQ(Value(0.1 + 0.2).as<Money>(), Money("0.30"));
  EXPECT_FALSE(Value().as<std::optional<Money>>());
  EXPECT_THROW(Value(1e-9).as<Money>(), DataError);
  EXPECT_THROW(Value(0.125).as<Money>(), DataError);
  EXPECT_THROW(Value(1e9).as<Money>(), DataError);
  EXPECT_THROW(Value(1e16).as<Widest>(), DataError); // may have lost digits
  EXPECT_THROW(Value("x").as<Money>(), DataError);
  EXPECT_THROW(Value().as<Money>(), DataError);
  EXPECT_THROW(Value(std::numeric_limits<double>::infinity()).as<Money>(), DataError);
}
