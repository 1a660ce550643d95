// expression_names.cpp: What names in strings stand for, and where inside the string errors point.

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;

namespace {

/// A string whose first byte stands at line 7, column 20.
Value at_line_7(std::string value) {
  Value made = text(std::move(value));
  made.location = {"model.h", 7, 19};
  made.places = {{0, 7, 20, 0, false}};
  return made;
}

ClassBuilder address(std::string name = "shop::Address", std::string table = "addresses") {
  return ClassBuilder(std::move(name), "model.h", 20)
      .annotate("table", {text(std::move(table))})
      .key()
      .column("email", string())
      .column("user_id", int64(), {note("foreign_key", {text("users.id")})});
}

Type addresses() {
  Type made = object(TypeCode::pointer, "shop::Address");
  made.container = Container::vector;
  return made;
}

ClassBuilder user(const std::string &annotation, const std::string &expression) {
  return ClassBuilder("shop::User")
      .annotate("table", {text("users")})
      .key()
      .column("name", string())
      .member("x", annotation == "order_by" ? addresses() : string(),
              {annotation == "order_by" ? note("relationship") : note("column_property"),
               note(annotation, {at_line_7(expression)})});
}

/// What is said about an expression of class shop::User beside shop::Address, without the notes.
std::string said(const std::string &annotation, const std::string &expression, bool whole = true,
                 std::vector<ClassBuilder> others = {address()}) {
  ClassBuilder own = user(annotation, expression);
  if (annotation == "column_property")
    own.class_.members.back().annotations.erase(own.class_.members.back().annotations.begin());
  others.push_back(own);
  Program made = program(others);
  made.whole = whole;
  std::string report;
  for (Diagnostic found : check(made)) {
    found.notes.clear();
    if (found.fix)
      report += "[" + std::to_string(found.fix->location.column) + "+" +
                std::to_string(found.fix->length) + " " + found.fix->text + "] ";
    report += to_string(found) + "\n";
  }
  return report;
}

TEST(ExpressionNames, MembersColumnsClassesAndTablesAreFound) {
  for (const char *fine :
       {"name", "User.name", "shop::User.name", "::shop::User.name", "users.name", "Address.email",
        "addresses.user_id", "select(func.count(Address.id)).where(Address.user_id == id)"})
    EXPECT_EQ(said("column_property", fine), "") << fine;
}

TEST(ExpressionNames, WrongMembersOfSeenClassesAreErrors) {
  EXPECT_EQ(
      said("column_property", "nmae || '!'", false),
      "[20+4 name] model.h:7:20: error: class 'shop::User' has no member or column 'nmae'; did "
      "you mean 'name'? [declorm-unresolved-column]\n");
  EXPECT_EQ(said("order_by", "desc(Address.emial)", false),
            "[33+5 email] model.h:7:33: error: class 'shop::Address' has no member or column "
            "'emial'; did you mean 'email'? [declorm-unresolved-column]\n");
  EXPECT_EQ(said("column_property", "1 + addresses.idd", false),
            "[34+3 id] model.h:7:34: error: table 'addresses' has no column 'idd'; did you mean "
            "'id'? [declorm-unresolved-column]\n");
  EXPECT_EQ(said("column_property", "User", false),
            "model.h:7:20: error: class 'shop::User' has no member or column 'User' "
            "[declorm-unresolved-column]\n");
  EXPECT_EQ(said("column_property", "shop::User", false),
            "model.h:7:20: error: a class alone has no value: write 'shop::User.member' "
            "[declorm-expression-syntax]\n");
}

TEST(ExpressionNames, UnknownClassesAreLeftToTheWholeProgram) {
  EXPECT_EQ(said("order_by", "desc(Addres.email)", false), "");
  EXPECT_EQ(
      said("order_by", "desc(Addres.email)"),
      "[25+6 Address] model.h:7:25: error: 'Addres' is no mapped class or table; did you mean "
      "'Address'? [declorm-unresolved-target]\n");
  EXPECT_EQ(said("order_by", "shop::Addres.email"),
            "[26+6 Address] model.h:7:26: error: 'shop::Addres' is no mapped class; did you mean "
            "'Address'? [declorm-unresolved-target]\n");
}

TEST(ExpressionNames, DotsBetweenNamespacesAreAnError) {
  EXPECT_EQ(said("order_by", "desc(shop.Address.email)"),
            "[25+12 shop::Address] model.h:7:25: error: namespaces and classes are joined by '::', "
            "not by dots: write 'shop::Address.email' [declorm-expression-syntax]\n");
  EXPECT_EQ(said("order_by", "Address::email"),
            "[20+14 Address.email] model.h:7:20: error: a member is joined by a dot: write "
            "'Address.email' [declorm-expression-syntax]\n");
}

TEST(ExpressionNames, AmbiguousTailsListTheCandidates) {
  std::vector<ClassBuilder> two{address(), address("old::Address", "old_addresses")};
  EXPECT_EQ(said("column_property", "Address.email", false, two),
            "model.h:7:20: error: 'Address' could be 'old::Address' or 'shop::Address'; write more "
            "of the qualified name [declorm-ambiguous-name]\n");
  EXPECT_EQ(said("column_property", "old::Address.email", false, two), "");
  two.push_back(address("Address", "plain_addresses"));
  EXPECT_EQ(said("column_property", "Address.email", false, two), "");
}

TEST(ExpressionNames, ANameOfOneMemberAndAnothersColumnIsAnError) {
  ClassBuilder twisted = address();
  twisted.column("other", string(), {});
  twisted.class_.members.back().annotations.front().arguments = {text("alias")};
  twisted.column("alias", string(), {});
  twisted.class_.members.back().annotations.front().arguments = {text("other_alias")};
  EXPECT_EQ(said("column_property", "Address.alias", false, {twisted}),
            "model.h:7:28: error: 'alias' is a member of class 'shop::Address' (column "
            "'other_alias') and also the column of member 'other'; rename one of them "
            "[declorm-unresolved-column]\n");
}

TEST(ExpressionNames, BareNamesMeanTheAnnotatedClass) {
  ClassBuilder own = user("order_by", "email");
  const Diagnostics found = check(program({own, address()}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "class 'shop::User' has no member or column 'email'; bare names mean "
                              "the annotated class: write 'Address.email'");
}

TEST(ExpressionNames, FormsStandWhereTheyMeanSomething) {
  EXPECT_EQ(said("column_property", "1 + desc(name)"),
            "model.h:7:24: error: 'asc' and 'desc' stand outermost in 'declorm::order_by' and "
            "nowhere else [declorm-expression-syntax]\n");
  EXPECT_EQ(said("column_property", "foreign(name)"),
            "model.h:7:20: error: 'foreign' and 'remote' mark columns of joins and nothing else "
            "[declorm-expression-syntax]\n");
}

TEST(ExpressionNames, PlaceholdersOfMixinsAreFilledAndCounted) {
  Value expression = at_line_7("{class}.text || {class}.txet");
  ClassBuilder mixin("HasText", "mixin.h");
  mixin.column("text", string()).member("twice", string(), {note("column_property", {expression})});
  Program made = program({mixin, ClassBuilder("Notice").annotate("table").key().base("HasText")});
  const Diagnostics found = check(made);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(to_string(found[0]),
            "model.h:7:44: error: class 'Notice' has no member or column 'txet'; did you mean "
            "'text'? [declorm-unresolved-column]");
}

TEST(ExpressionNames, PlacesFollowEscapesAndAdjacentLiterals) {
  Value value = text("ab\ncd");
  value.location = {"model.h", 3, 9};
  value.places = {{0, 3, 10, 100, false}, {2, 3, 12, 102, true}, {3, 4, 5, 205, false}};
  const auto place = [&](std::size_t offset) {
    const Location location = locate(value, offset, {});
    return std::to_string(location.line) + ":" + std::to_string(location.column) + "/" +
           std::to_string(location.handle);
  };
  EXPECT_EQ(place(0), "3:10/100");
  EXPECT_EQ(place(1), "3:11/101");
  EXPECT_EQ(place(2), "3:12/102");
  EXPECT_EQ(place(3), "4:5/205");
  EXPECT_EQ(place(4), "4:6/206");
  value.places.clear();
  EXPECT_EQ(place(4), "3:9/0");
}

TEST(ExpressionNames, ForeignKeysMeanTablesFirstThenClasses) {
  ClassBuilder child("Child");
  child.annotate("table").key().column("a", int64(), {note("foreign_key", {text("addresses.id")})});
  child.column("b", int64(), {note("foreign_key", {text("Address.user_id")})});
  Diagnostics diagnostics;
  const Program made = program({child, address()});
  const Mapping mapping = map(made, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  const TableDecl &table = mapping.find("Child")->table;
  EXPECT_EQ(column(table, "a")->foreign_keys[0].link.column->name, "id");
  EXPECT_EQ(column(table, "b")->foreign_keys[0].target, "addresses.user_id");
}

TEST(ExpressionNames, ExpressionsMadeOfThemselvesAreRefused) {
  const auto property = [](const char *expression) {
    return Annotations{note("column_property", {text(expression)})};
  };
  ClassBuilder circle("Circle");
  circle.annotate("table").key().member("a", string(), property("b || 'x'"));
  circle.member("b", string(), property("Circle.a")).member("c", string(), property("a || b"));
  const Diagnostics found = check(program({circle}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "expression 'b' of class 'Circle' is made of itself, through 'a'");

  ClassBuilder chain("Chain");
  chain.annotate("table").key().member("p0", int64(), property("id"));
  for (int i = 1; i <= 300; ++i)
    chain.member("p" + std::to_string(i), int64(),
                 property(("p" + std::to_string(i - 1) + " + 1").c_str()));
  const Diagnostics deep = check(program({chain}));
  ASSERT_EQ(deep.size(), 1u);
  EXPECT_EQ(deep[0].message, "expression 'p200' of class 'Chain' nests too deeply, through 'p199'");
}

} // namespace
