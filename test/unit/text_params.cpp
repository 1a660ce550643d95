// text_params.cpp: where raw SQL has parameters.
#include "runtime/sql/text_params.h"

#include <gtest/gtest.h>

namespace declorm::detail {
namespace {

/// "a = |x| OR b = |y|": the pieces, each parameter between bars.
std::string split(std::string_view sql) {
  std::string result;
  for (const TextPiece &piece : split_text(sql)) {
    result += piece.sql;
    if (!piece.parameter.empty())
      result.append("|").append(piece.parameter).append("|");
  }
  return result;
}

TEST(TextParams, AreFoundByTheirColon) {
  EXPECT_EQ(split(""), "");
  EXPECT_EQ(split("a = 1"), "a = 1");
  EXPECT_EQ(split(":a"), "|a|");
  EXPECT_EQ(split("a=:a AND b=:b_2,:a"), "a=|a| AND b=|b_2|,|a|");
  EXPECT_EQ(split("(:größe)"), "(|größe|)");
}

TEST(TextParams, OtherColonsStay) {
  EXPECT_EQ(split("a::text, : b, :"), "a::text, : b, :");
  EXPECT_EQ(split(":a::text"), "|a|::text");
}

TEST(TextParams, QuotedTextAndCommentsStay) {
  EXPECT_EQ(split("':a' = :b"), "':a' = |b|");
  EXPECT_EQ(split("'it''s :a' = :b"), "'it''s :a' = |b|");
  EXPECT_EQ(split("\":a\"\":a\" = :b"), "\":a\"\":a\" = |b|");
  EXPECT_EQ(split("`:a` [:a?] :b"), "`:a` [:a?] |b|");
  EXPECT_EQ(split("1 -- :a?\n + :b"), "1 -- :a?\n + |b|");
  EXPECT_EQ(split("1 /* :a ' */ + :b /*"), "1 /* :a ' */ + |b| /*");
  EXPECT_EQ(split("'never closed :a"), "'never closed :a");
  EXPECT_EQ(split("-- at the end"), "-- at the end");
}

TEST(TextParams, MustBeNamedAndKnown) {
  EXPECT_THROW(split_text("a = ?"), ArgumentError);
  EXPECT_THROW(split_text(std::string_view("a\0b", 3)), ArgumentError);
  EXPECT_THROW(check_text_params(":a", Params{{"b", 1}}), ArgumentError);
  EXPECT_THROW(check_text_params(":a", Params(std::vector<Value>{Value(1)})), ArgumentError);
  EXPECT_NO_THROW(check_text_params(":a :b", Params{{"a", 1}}));
}

} // namespace
} // namespace declorm::detail
