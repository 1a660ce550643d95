// raw_sql.cpp: where SQL that a program wrote has parameters.
#include "runtime/engine/raw_sql.h"

#include <gtest/gtest.h>

namespace declorm::detail {
namespace {

/// "a = |x| OR b = |y|": the pieces, each parameter between bars.
std::string split(std::string_view sql,
                  const TextRules &rules = {.brackets = true, .backticks = true}) {
  std::string result;
  for (const TextPiece &piece : split_text(sql, rules)) {
    result += piece.sql;
    if (piece.kind == TextPiece::Kind::named)
      result.append("|").append(piece.name).append("|");
    if (piece.kind == TextPiece::Kind::positional)
      result += "|?|";
  }
  return result;
}

/// "a = $1 OR b = $2 -- x y": the SQL that the database gets, and the names.
std::string rewritten(std::string_view sql, const TextRules &rules = {}) {
  const RawSql raw = to_database(sql, rules);
  std::string result = raw.sql + " --";
  for (const std::string &name : raw.names)
    result += " " + (name.empty() ? "?" : name);
  return result;
}

constexpr TextRules like_postgresql{
    .escape_strings = true, .dollar_strings = true, .nested_comments = true};
constexpr TextRules like_mariadb{.marks = TextRules::Placeholder::question_mark,
                                 .backticks = true,
                                 .backslashes = true,
                                 .hash_comments = true};

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

TEST(TextParams, QuestionMarksArePositional) {
  EXPECT_EQ(split("a = ? AND b = :b"), "a = |?| AND b = |b|");
  EXPECT_EQ(split("a = '?' AND \"?\" = ?"), "a = '?' AND \"?\" = |?|");
}

TEST(TextParams, QuotesAreTheDialects) {
  EXPECT_EQ(split("ARRAY[:a, :b]", {}), "ARRAY[|a|, |b|]");
  EXPECT_EQ(split("ARRAY[:a, :b]"), "ARRAY[:a, :b]");
  EXPECT_EQ(split("'a\\' = :b", like_postgresql), "'a\\' = |b|");
  EXPECT_EQ(split("'a\\' = :b'", like_mariadb), "'a\\' = :b'");
  EXPECT_EQ(split("E'a\\':b' = :b", like_postgresql), "E'a\\':b' = |b|");
  EXPECT_EQ(split("name'a\\' = :b", like_postgresql), "name'a\\' = |b|");
  EXPECT_EQ(split("$$ :a $$ || $x$ :a $$ $x$ || :b", like_postgresql),
            "$$ :a $$ || $x$ :a $$ $x$ || |b|");
  EXPECT_EQ(split("a$b$ = :a$ AND $1 = :c", like_postgresql), "a$b$ = |a|$ AND $1 = |c|");
  EXPECT_EQ(split("$$ never closed :a", like_postgresql), "$$ never closed :a");
  EXPECT_EQ(split("/* /* :a */ :b */ :c", like_postgresql), "/* /* :a */ :b */ |c|");
  EXPECT_EQ(split("/* /* :a */ :b */ :c", like_mariadb), "/* /* :a */ |b| */ |c|");
  EXPECT_EQ(split("# :a\n:b", like_mariadb), "# :a\n|b|");
  EXPECT_EQ(split("a # :b", like_postgresql), "a # |b|");
}

TEST(RawSql, HasTheDialectsPlaceholders) {
  EXPECT_EQ(rewritten("a = :x OR b = :y OR c = :x::text"),
            "a = $1 OR b = $2 OR c = $1::text -- x y");
  EXPECT_EQ(rewritten("a = :x OR b = :y OR c = :x", like_mariadb),
            "a = ? OR b = ? OR c = ? -- x y x");
  EXPECT_EQ(rewritten("a = ? OR b = ? OR c = '?'"), "a = $1 OR b = $2 OR c = '?' -- ? ?");
  EXPECT_EQ(rewritten("a = ?2 OR b = ?1 OR c = ?"), "a = $2 OR b = $1 OR c = $3 -- ? ? ?");
  EXPECT_EQ(rewritten("a = :x OR b = ?"), "a = $1 OR b = $2 -- x ?");
  EXPECT_EQ(rewritten("SELECT 1"), "SELECT 1 --");
}

TEST(RawSql, StaysWhereTheDatabaseTakesNames) {
  const TextRules rules{.marks = TextRules::Placeholder::question_mark,
                        .brackets = true,
                        .takes_names = true,
                        .marks_of_names = ":@$"};
  EXPECT_EQ(rewritten("a = :x OR b = @y OR c = $z OR d = :x", rules),
            "a = :x OR b = @y OR c = $z OR d = :x -- x y z");
  EXPECT_EQ(rewritten("a = ?3 OR b = ?", rules), "a = ?3 OR b = ? -- ? ? ? ?");
}

TEST(TextParams, MustBeNamedAndKnown) {
  EXPECT_THROW(check_text_params("a = ?", {}), ArgumentError);
  EXPECT_THROW(check_text_params(std::string_view("a\0b", 3), {}), ArgumentError);
  EXPECT_NO_THROW(check_text_params("ARRAY[:a]", Params{{"a", 1}}));
  EXPECT_THROW(check_text_params(":a", Params{{"b", 1}}), ArgumentError);
  EXPECT_THROW(check_text_params(":a", Params(std::vector<Value>{Value(1)})), ArgumentError);
  EXPECT_NO_THROW(check_text_params(":a :b", Params{{"a", 1}}));
}

} // namespace
} // namespace declorm::detail
