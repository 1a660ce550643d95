// type_rules.cpp: which types hold each other's values.
#include "runtime/engine/type_rules.h"

#include <gtest/gtest.h>

using namespace declorm;
using declorm::detail::sizes_fit;
using declorm::detail::TextStorageRules;
using declorm::detail::types_fit;

namespace {

Type exact() {
  Type type = Numeric(20, 5);
  type.exact = true;
  return type;
}

void expect(bool fit, const Type &first, const std::vector<Type> &others) {
  for (const Type &other : others) {
    EXPECT_EQ(types_fit(first, other, TextStorageRules()), fit)
        << int(first.kind) << ' ' << int(other.kind);
    EXPECT_EQ(types_fit(other, first, TextStorageRules()), fit)
        << int(other.kind) << ' ' << int(first.kind);
  }
}

} // namespace

TEST(TypeFit, WholeNumbers) {
  expect(true, Integer, {Integer, SmallInteger, BigInteger, Boolean, Interval, Numeric(10)});
  expect(false, Integer, {Numeric(10, 2), Float, Double, Text, LargeBinary, Date, DateTime, Json});
}

TEST(TypeFit, RealNumbers) {
  expect(true, Double, {Float, Double, Numeric(10, 2), Numeric(10)});
  expect(false, Double, {Integer, Boolean, Text, exact(), Date, LargeBinary});
  expect(false, exact(), {Numeric(10, 2), Integer});
}

TEST(TypeFit, WhatIsWrittenAsText) {
  expect(true, Text, {String(5), Enum({"a"}), Uuid, Json, Date, Time, DateTime, exact()});
  expect(true, Uuid, {Text, String(32)});
  expect(false, Text, {Integer, Double, LargeBinary});
}

TEST(TypeFit, DatesAndTimes) {
  expect(true, Date, {Date, Text});
  expect(false, Date, {Time, DateTime, Integer, LargeBinary});
  expect(false, DateTime, {Time, Double});
}

TEST(TypeFit, UnknownTypesFitAll) {
  const Type raw{.kind = TypeKind::raw, .name = "MONEY"};
  expect(true, raw, {Integer, Text, LargeBinary, DateTime});
  expect(true, Type(), {Integer, Text, LargeBinary, DateTime});
}

TEST(TypeFit, Sizes) {
  const declorm::Type any = declorm::String, small = declorm::String(10),
                      large = declorm::String(32);
  EXPECT_TRUE(sizes_fit(small, large) && sizes_fit(any, small) && sizes_fit(small, any));
  EXPECT_FALSE(sizes_fit(large, small));
  EXPECT_TRUE(sizes_fit(declorm::Uuid, large));
  EXPECT_FALSE(sizes_fit(declorm::Uuid, small));
  EXPECT_TRUE(sizes_fit(declorm::Numeric(5, 2), declorm::Numeric(10, 2)));
  EXPECT_FALSE(sizes_fit(declorm::Numeric(5, 2), declorm::Numeric(10, 1)));
  EXPECT_FALSE(sizes_fit(declorm::Numeric(5, 0), declorm::Numeric(5, 2)));
  const auto raw = [](const char *name) {
    return declorm::Type{.kind = declorm::TypeKind::raw, .name = name};
  };
  EXPECT_TRUE(sizes_fit(raw("my  type"), raw("MY TYPE")) && sizes_fit(raw("x"), raw("")));
  EXPECT_FALSE(sizes_fit(raw("x"), raw("y")));
}
