// expression_parser.cpp: What the expression language reads, and what it says where it cannot.

#include "test/unit/expression_text.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;

namespace {

TEST(ExpressionParser, ReadsNames) {
  EXPECT_EQ(parsed("email"), "email");
  EXPECT_EQ(parsed("Address.email"), "Address.email");
  EXPECT_EQ(parsed("shop::Address.email"), "shop::Address.email");
  EXPECT_EQ(parsed("::Address . email"), "::Address.email");
  EXPECT_EQ(parsed("main.users.id"), "main.users.id");
  EXPECT_EQ(parsed("\"full name\".\"a\"\"b\""), "full name.a\"b");
  EXPECT_EQ(parsed("t.order + t.desc"), "(+ t.order t.desc)");
  EXPECT_EQ(parsed("größe"), "größe");
  EXPECT_EQ(parsed("T.case"), "T.case");
}

TEST(ExpressionParser, ReadsLiterals) {
  EXPECT_EQ(parsed("42"), "42");
  EXPECT_EQ(parsed("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(parsed("1.5e3"), "real:1500.000000");
  EXPECT_EQ(parsed(".5"), "real:0.500000");
  EXPECT_EQ(parsed("'it''s'"), "'it's'");
  EXPECT_EQ(parsed("TRUE and False or NULL"), "(or (and true false) null)");
}

TEST(ExpressionParser, BindsOperatorsAsSqlDoes) {
  EXPECT_EQ(parsed("a + b * c - d"), "(- (+ a (* b c)) d)");
  EXPECT_EQ(parsed("(a + b) * c"), "(* (+ a b) c)");
  EXPECT_EQ(parsed("a || ' ' || b == 'x'"), "(== (|| (|| a ' ') b) 'x')");
  EXPECT_EQ(parsed("a = 1 or b <> 2 and not c > 3"), "(or (== a 1) (and (!= b 2) (not (> c 3))))");
  EXPECT_EQ(parsed("-a - -b"), "(- (negate a) (negate b))");
  EXPECT_EQ(parsed("a - 1"), "(- a 1)");
  EXPECT_EQ(parsed("a % 2 <= 1"), "(<= (% a 2) 1)");
  EXPECT_EQ(parsed("not not a"), "(not (not a))");
}

TEST(ExpressionParser, ReadsPredicates) {
  EXPECT_EQ(parsed("a is null and b is not null"), "(and (is-null a) (is-not-null b))");
  EXPECT_EQ(parsed("is_null(a) or is_not_null(b)"), "(or (is-null a) (is-not-null b))");
  EXPECT_EQ(parsed("a in (1, 2) and b not in ('x')"), "(and (in a 1 2) (not-in b 'x'))");
  EXPECT_EQ(parsed("a between 1 and 2 and b not between 3 and 4"),
            "(and (between a 1 2) (not-between b 3 4))");
  EXPECT_EQ(parsed("a like 'x%' or a NOT LIKE b or a ilike c or a not ilike d"),
            "(or (or (or (like a 'x%') (not-like a b)) (ilike a c)) (not-ilike a d))");
}

TEST(ExpressionParser, ReadsForms) {
  EXPECT_EQ(parsed("func.coalesce(a, 'x') || func.now()"), "(|| (func.coalesce a 'x') func.now)");
  EXPECT_EQ(parsed("func.count(*) + func.count(distinct a)"),
            "(+ (func.count *) (func.count distinct a))");
  EXPECT_EQ(parsed("func.pg_catalog.lower(a)"), "(func.pg_catalog.lower a)");
  EXPECT_EQ(parsed("case when a then 1 when b then 2 else 3 end"), "(case else a 1 b 2 3)");
  EXPECT_EQ(parsed("case a when 1 then 'x' end"), "(case of a 1 'x')");
  EXPECT_EQ(parsed("cast(a as double precision) + cast(b as numeric(10,2))"),
            "(+ (cast<double precision> a) (cast<numeric(10, 2)> b))");
  EXPECT_EQ(parsed("foreign(a.x) == remote(b.y)"), "(== (foreign a.x) (remote b.y))");
  EXPECT_EQ(parsed("select(func.max(A.x)).where(A.y == y)"), "(select (func.max A.x) (== A.y y))");
  EXPECT_EQ(parsed("select(a)"), "(select a)");
  EXPECT_EQ(parsed("sql('random()') < 1"), "(< sql<random()> 1)");
}

TEST(ExpressionParser, ReadsOrdersAndLists) {
  EXPECT_EQ(parsed("desc(a), b asc, c desc, d, asc(e + 1)", Grammar::order),
            "(desc a), (asc b), (desc c), d, (asc (+ e 1))");
  EXPECT_EQ(parsed("a, B.c", Grammar::names), "a, B.c");
  EXPECT_EQ(parsed("lower({left}) {op} lower({right})", Grammar::comparison),
            "({op} (func.lower {left}) (func.lower {right}))");
}

TEST(ExpressionParser, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(parsed(""), "0-0 '': the string is empty");
  EXPECT_EQ(parsed("  "), "2-2 '': the string is empty");
  EXPECT_EQ(parsed("a =="), "4-4 '': expected an expression, found the end of the string");
  EXPECT_EQ(parsed("a b"), "2-3 'b': expected an operator or the end of the string, found 'b'");
  EXPECT_EQ(parsed("(a"), "2-2 '': expected ')' to close '(', found the end of the string");
  EXPECT_EQ(parsed("a == 'x"), "5-7 ''x': missing \"'\" at the end of a text");
  EXPECT_EQ(parsed("a; b"), "1-2 ';': unexpected character ';'");
  EXPECT_EQ(parsed(std::string_view("a\0b", 3)),
            std::string("1-2 '") + '\0' + "': unexpected character '\\x00'");
  EXPECT_EQ(parsed("12x + 1"), "0-3 '12x': '12x' is no number");
  EXPECT_EQ(parsed("1e"), "0-2 '1e': '1e' is no number");
  EXPECT_EQ(parsed("99999999999999999999"),
            "0-20 '99999999999999999999': the number '99999999999999999999' is too large");
  EXPECT_EQ(parsed("a && b"), "2-4 '&&': '&&' is written 'and' here [and]");
  EXPECT_EQ(parsed("!a"), "0-1 '!': '!' is written 'not' here [not ]");
  EXPECT_EQ(parsed("a == 1 || b == 2"),
            "12-14 '==': comparisons cannot be chained; '||' joins texts "
            "here, the condition is 'or'");
  EXPECT_EQ(parsed("a < b < c"), "6-7 '<': comparisons cannot be chained; join them with 'and'");
  EXPECT_EQ(parsed("lower(a)"), "0-5 'lower': a function of the database is written "
                                "'func.lower(...)' here [func.lower]");
  EXPECT_EQ(parsed("forein(a)"), "0-6 'forein': unknown function 'forein'; did you mean 'foreign'? "
                                 "[foreign]");
  EXPECT_EQ(parsed("A.b(c)"), "0-3 'A.b': 'A.b' is called like a function; functions of the "
                              "database are written 'func.name(...)'");
  EXPECT_EQ(parsed("a.b::c"),
            "3-5 '::': '::' cannot follow '.'; namespaces and classes come first");
  EXPECT_EQ(parsed("a."), "2-2 '': expected a name after the dots, found the end of the string");
  EXPECT_EQ(parsed("a, b"), "1-2 ',': expected an operator or the end of the string, found ','");
  EXPECT_EQ(parsed("a + and"), "4-7 'and': expected an expression, found 'and'");
  EXPECT_EQ(parsed("a desc"), "2-6 'desc': expected an operator or the end of the string, found "
                              "'desc'");
  EXPECT_EQ(parsed("{left} == 1"), "0-6 '{left}': '{left}' stands in 'declorm::comparison' only");
  EXPECT_EQ(parsed("case a end"), "7-10 'end': expected 'when' of 'case', found 'end'");
  EXPECT_EQ(parsed("cast(a, b)"), "6-7 ',': expected 'as' of 'cast(value as type)', found ','");
  EXPECT_EQ(parsed("select(a).limit(1)"),
            "10-15 'limit': expected 'where' after 'select(...).', found 'limit'");
  EXPECT_EQ(parsed("sql(a)"), "4-5 'a': expected a quoted text in 'sql(...)', found 'a'");
  EXPECT_EQ(parsed("a, 1", Grammar::names), "3-4 '1': expected a name, found '1'");
}

TEST(ExpressionParser, RefusesWhatIsTooDeep) {
  const std::string limit = "more than " + std::to_string(max_expression_depth) + " levels";
  const auto repeated = [](std::string_view part) {
    std::string text;
    for (int i = 0; i != 100000; ++i)
      text += part;
    return text;
  };
  for (const std::string &source :
       {repeated("(") + "a" + repeated(")"), repeated("not ") + "a", repeated("- ") + "a",
        repeated("a + ") + "a", repeated("a or ") + "a", repeated("func.f(") + "a",
        repeated("case when "), repeated("a in ("), repeated("select(")})
    EXPECT_NE(parsed(source).find(limit), std::string::npos) << source.substr(0, 40);
  std::string fine = "a";
  for (unsigned i = 1; i != max_expression_depth; ++i)
    fine = "(" + fine + ")";
  EXPECT_EQ(parsed(fine), "a");
}

} // namespace
