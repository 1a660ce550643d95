// model_table_args.cpp: Tests of constraints, indexes, options and placeholders.

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;
using Strings = std::vector<std::string>;

namespace {

struct Mapped {
  Program program_;
  Diagnostics diagnostics;
  Mapping mapping;

  explicit Mapped(std::vector<ClassBuilder> classes) : program_(program(std::move(classes))) {
    mapping = map(program_, diagnostics);
  }
  const TableDecl &table() const { return mapping.classes.at(0).table; }
  std::string report() const {
    std::string text;
    for (const Diagnostic &diagnostic : diagnostics)
      text += to_string(diagnostic) + "\n";
    return text;
  }
};

ClassBuilder users() {
  return ClassBuilder("User").annotate("table", {text("users")}).key().column("a").column("b");
}

TEST(ModelTableArgs, EveryKindOfArgument) {
  Mapped m(
      {users()
           .annotate("index", {list({"a", "b"})})
           .annotate("unique_index", {text("ux"), list({"b"})})
           .annotate("unique_constraint", {text("uq"), list({"a"})})
           .annotate("check_constraint", {text("a > 0")})
           .annotate("check_constraint", {text("ck"), text("b > 0")})
           .annotate("foreign_key_constraint", {text("fk"), list({"a", "b"}), list({"t.x", "t.y"}),
                                                text("CASCADE"), text("SET NULL")})
           .annotate("table_option", {text("mysql_engine"), text("InnoDB")})
           .annotate("info", {text("k"), text("v")})
           .annotate("comment", {text("all users")})});
  EXPECT_EQ(m.report(), "");
  const TableDecl &t = m.table();
  ASSERT_EQ(t.indexes.size(), 2u);
  EXPECT_EQ(t.indexes[0].name, "");
  EXPECT_EQ(t.indexes[0].columns, (Strings{"a", "b"}));
  EXPECT_FALSE(t.indexes[0].unique);
  EXPECT_EQ(t.indexes[1].name, "ux");
  EXPECT_TRUE(t.indexes[1].unique);
  ASSERT_EQ(t.constraints.size(), 4u);
  EXPECT_EQ(t.constraints[0].kind, ConstraintKind::unique);
  EXPECT_EQ(t.constraints[0].name, "uq");
  EXPECT_EQ(t.constraints[1].name, "");
  EXPECT_EQ(t.constraints[1].sql, "a > 0");
  EXPECT_EQ(t.constraints[2].name, "ck");
  EXPECT_EQ(t.constraints[2].sql, "b > 0");
  EXPECT_EQ(t.constraints[3].referred, (Strings{"t.x", "t.y"}));
  EXPECT_EQ(t.constraints[3].on_delete, "CASCADE");
  EXPECT_EQ(t.constraints[3].on_update, "SET NULL");
  EXPECT_EQ(t.options,
            (std::vector<std::pair<std::string, std::string>>{{"mysql_engine", "InnoDB"}}));
  EXPECT_EQ(t.info, (std::vector<std::pair<std::string, std::string>>{{"k", "v"}}));
  EXPECT_EQ(t.comment, "all users");
}

TEST(ModelTableArgs, PrimaryKeyConstraintMarksItsColumns) {
  ClassBuilder link("Link");
  link.annotate("table").annotate("primary_key_constraint", {list({"a", "b"})});
  link.column("a").column("b", optional(int64())).column("c");
  Mapped m({link});
  EXPECT_TRUE(column(m.table(), "a")->primary_key);
  EXPECT_TRUE(column(m.table(), "b")->primary_key);
  EXPECT_FALSE(column(m.table(), "b")->nullable);
  EXPECT_FALSE(column(m.table(), "c")->primary_key);
}

TEST(ModelTableArgs, MembersNamesBecomeColumns) {
  Mapped m({users()
                .member("email", string(), {note("column", {text("mail")})})
                .annotate("index", {list({"email", "mail"})})});
  EXPECT_EQ(m.table().indexes.at(0).columns, (Strings{"mail", "mail"}));
}

TEST(ModelTableArgs, UnknownColumnNamesConstraintClassAndNearest) {
  Mapped m({users()
                .column("email", string())
                .annotate("unique_constraint", {text("uq_mail"), list({"a", "emial"})})});
  EXPECT_EQ(m.report(),
            "model.h:1:5: error: unique_constraint 'uq_mail' of class 'User' names 'emial', "
            "which is no column of table 'users'; did you mean 'email'? "
            "[declorm-unresolved-column]\n");
  EXPECT_TRUE(m.table().constraints.empty());
}

TEST(ModelTableArgs, NameOfTwoColumnsIsRefused) {
  Mapped m({users()
                .member("x", int64(), {note("column", {text("y")})})
                .member("y", int64(), {note("column", {text("z")})})
                .annotate("index", {list({"y"})})});
  EXPECT_NE(
      m.report().find("index of class 'User' names 'y', which is a member (column 'z') and also "
                      "the column of member 'x'; rename one of them"),
      std::string::npos)
      << m.report();
}

TEST(ModelTableArgs, MixinsCombineAndOwnOnesComeOnTop) {
  Mapped m({ClassBuilder("A")
                .annotate("table_option", {text("k"), text("a")})
                .annotate("table_option", {text("l"), text("a")})
                .annotate("index", {text("ix_{table}_a"), list({"a"})})
                .annotate("unique_constraint", {text("uq"), list({"a"})})
                .annotate("comment", {text("mixin")}),
            ClassBuilder("B")
                .annotate("table_option", {text("l"), text("b")})
                .annotate("table_option", {text("m"), text("b")}),
            users()
                .base("A")
                .base("B")
                .annotate("table_option", {text("k"), text("own")})
                .annotate("unique_constraint", {text("uq"), list({"b"})})
                .annotate("comment", {text("own")})});
  EXPECT_EQ(m.report(), "");
  const TableDecl &t = m.table();
  EXPECT_EQ(t.options, (std::vector<std::pair<std::string, std::string>>{
                           {"k", "own"}, {"l", "a"}, {"m", "b"}}));
  ASSERT_EQ(t.constraints.size(), 1u);
  EXPECT_EQ(t.constraints[0].columns, Strings{"b"});
  EXPECT_EQ(t.indexes.at(0).name, "ix_users_a");
  EXPECT_EQ(t.comment, "own");
}

TEST(ModelTableArgs, ArgumentsOfAMappedBaseStayWithIt) {
  Mapped m({users().annotate("index", {text("ix"), list({"a"})}),
            ClassBuilder("Zed").annotate("table").base("User")});
  EXPECT_EQ(m.mapping.find("User")->table.indexes.size(), 1u);
  EXPECT_TRUE(m.mapping.find("Zed")->table.indexes.empty());
}

TEST(ModelPlaceholders, AreFilledInEveryStringOfAMixin) {
  Mapped m({ClassBuilder("Mixin")
                .annotate("check_constraint", {text("ck_{class:snake}"), text("{table}.a > 0")})
                .column("ref", int64(),
                        {note("foreign_key", {text("{class:lower}_log.id")}),
                         note("default_value", {text("{class}")})})
                .member("tag", string(), {note("column", {text("{class:lower}_tag")})}),
            ClassBuilder("app::UserAccount")
                .annotate("table", {text("acc")})
                .base("Mixin")
                .key()
                .column("a")});
  EXPECT_EQ(m.report(), "");
  const TableDecl &t = m.table();
  EXPECT_EQ(t.constraints.at(0).name, "ck_user_account");
  EXPECT_EQ(t.constraints.at(0).sql, "acc.a > 0");
  const ColumnDecl *ref = column(t, "ref");
  EXPECT_EQ(ref->foreign_keys.at(0).target, "useraccount_log.id");
  EXPECT_EQ(*std::get<Value>(ref->rare().default_value).string(), "UserAccount");
  EXPECT_NE(column(t, "useraccount_tag"), nullptr);
}

TEST(ModelPlaceholders, OtherBracesStay) {
  Mapped m({ClassBuilder("Mixin")
                .column("j", string(), {note("server_default", {text("'{}'")})})
                .column("k", string(), {note("server_default", {text("'{\"a\": {1,2}}'")})})
                .column("l", string(), {note("server_default", {text("'{{abc}} {{ {'")})}),
            users().base("Mixin")});
  EXPECT_EQ(m.report(), "");
  EXPECT_EQ(column(m.table(), "j")->rare().server_default, "'{}'");
  EXPECT_EQ(column(m.table(), "k")->rare().server_default, "'{\"a\": {1,2}}'");
  EXPECT_EQ(column(m.table(), "l")->rare().server_default, "'{abc} {{ {'");
}

TEST(ModelPlaceholders, UnknownOneInAMixinIsAnError) {
  Mapped m(
      {ClassBuilder("Mixin").annotate("comment", {text("of {tabel}")}), users().base("Mixin")});
  EXPECT_EQ(m.report(),
            "model.h:1:5: error: unknown placeholder '{tabel}' in a string for class 'User'; "
            "did you mean '{table}'? [declorm-placeholder]\n");
}

TEST(ModelPlaceholders, UnknownOneInAClassesOwnStringIsText) {
  Mapped m({users().annotate("comment", {text("{1,2} {abc}")})});
  EXPECT_EQ(m.report(), "");
  EXPECT_EQ(m.table().comment, "{1,2} {abc}");
}

TEST(ModelPlaceholders, OuterIsTheClassThatUsesTheMixin) {
  ClassBuilder strings("HasStrings<User>::Strings");
  strings.annotate("table", {text("{outer.table}_strings")}).key();
  strings.column("owner", int64(), {note("comment", {text("of {outer.class}")})});
  strings.class_.enclosing = {"HasStrings<User>"};
  Mapped m(
      {strings, ClassBuilder("HasStrings<User>").column("s"), users().base("HasStrings<User>")});
  EXPECT_EQ(m.report(), "");
  const TableDecl &t = m.mapping.find("HasStrings<User>::Strings")->table;
  EXPECT_EQ(t.name, "users_strings");
  EXPECT_EQ(column(t, "owner")->rare().comment, "of User");
}

TEST(ModelPlaceholders, OuterOfASharedMixinIsAnError) {
  ClassBuilder strings("Mixin::Strings");
  strings.annotate("table", {text("{outer.table}_strings")}).key();
  strings.class_.enclosing = {"Mixin"};
  Mapped m({strings, ClassBuilder("Mixin").column("s"), users().base("Mixin"),
            ClassBuilder("Zed").annotate("table").base("Mixin").key()});
  EXPECT_EQ(m.report(), "model.h:1:5: error: '{outer.table}' needs one mapped class that "
                        "'Mixin::Strings' is nested in, or one that uses the mixin it is nested in "
                        "[declorm-placeholder]\n");
}

TEST(ModelPlaceholders, TableCannotMakeItsOwnName) {
  Mapped m({ClassBuilder("Mixin").annotate("table_name", {text("x_{table}")}),
            ClassBuilder("User").annotate("table").base("Mixin").key()});
  EXPECT_NE(
      m.report().find("'{table}' cannot stand in the pattern that makes the table's name of class "
                      "'User'; use '{class:lower}' or '{class:snake}'"),
      std::string::npos)
      << m.report();
}

} // namespace
