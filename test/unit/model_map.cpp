// model_map.cpp: Tests of names, columns, mixins and options.

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;
using Strings = std::vector<std::string>;

namespace {

/// A Program with its Mapping, which must find nothing wrong.
struct Mapped {
  Program program_;
  Diagnostics diagnostics;
  Mapping mapping;

  explicit Mapped(std::vector<ClassBuilder> classes) : program_(program(std::move(classes))) {
    mapping = map(program_, diagnostics);
    for (const Diagnostic &diagnostic : diagnostics)
      ADD_FAILURE() << to_string(diagnostic);
  }
  const TableDecl &table(std::string_view key) const {
    const MappedClass *found = mapping.find(key);
    if (!found)
      throw std::runtime_error("not mapped: " + std::string(key));
    return found->table;
  }
};

ClassBuilder table(const std::string &name) { return ClassBuilder(name).annotate("table"); }

//-- Table names

TEST(ModelMap, BareTableIsTheClassNameInLowerCase) {
  EXPECT_EQ(Mapped({table("shop::OrderItem").key()}).table("shop::OrderItem").name, "orderitem");
}

TEST(ModelMap, TableNameAndSchema) {
  Mapped m({ClassBuilder("User").annotate("table", {text("users"), text("app")}).key()});
  EXPECT_EQ(m.table("User").full_name(), "app.users");
}

TEST(ModelMap, InstantiationsNameIsMadeAnIdentifier) {
  EXPECT_EQ(Mapped({table("Page<shop::Order>").key()}).table("Page<shop::Order>").name,
            "page_shop_order");
}

TEST(ModelMap, InheritedPatternNamesABareTable) {
  Mapped m({ClassBuilder("Named").annotate("table_name", {text("t_{class:snake}")}),
            table("HTTPServerLog2").base("Named").key(),
            ClassBuilder("Other").annotate("table", {text("other")}).base("Named").key()});
  EXPECT_EQ(m.table("HTTPServerLog2").name, "t_http_server_log2");
  EXPECT_EQ(m.table("Other").name, "other");
}

TEST(ModelMap, NearestPatternWins) {
  Mapped m({ClassBuilder("A").annotate("table_name", {text("a_{class}")}),
            ClassBuilder("B").annotate("table_name", {text("b_{class}")}).base("A"),
            ClassBuilder("C").annotate("table_name", {text("c_{class}")}),
            table("T").base("B").base("C").key()});
  EXPECT_EQ(m.table("T").name, "b_T");
}

TEST(ModelMap, BelowARootOnlyPatternABareTableIsTheRoots) {
  Mapped m({ClassBuilder("Named")
                .annotate("table_name", {text("t_{class:lower}")})
                .annotate("root_only"),
            table("Root").base("Named").key(), table("Sub").base("Root"),
            ClassBuilder("Own").annotate("table", {text("own")}).base("Root")});
  const MappedClass *root = m.mapping.find("Root"), *sub = m.mapping.find("Sub");
  EXPECT_EQ(m.table("Root").name, "t_root");
  EXPECT_EQ(sub->inheritance, Inheritance::single);
  EXPECT_EQ(sub->table_class, root);
  EXPECT_EQ(m.mapping.find("Own")->inheritance, Inheritance::joined);
  EXPECT_EQ(m.table("Own").name, "own");
}

TEST(ModelMap, PatternOfAMappedClassHoldsBelowIfItHasAPlaceholder) {
  Mapped m({table("A").annotate("table_name", {text("x_{class:lower}")}).key(),
            table("B").base("A"), table("P").annotate("table_name", {text("fixed")}).key(),
            table("Q").base("P")});
  EXPECT_EQ(m.table("A").name, "x_a");
  EXPECT_EQ(m.table("B").name, "x_b");
  EXPECT_EQ(m.table("P").name, "fixed");
  EXPECT_EQ(m.table("Q").name, "q");
}

TEST(ModelMap, OnlyClassesWithATableAreMapped) {
  Mapped m({ClassBuilder("Mixin").key(), ClassBuilder("Abstract").annotate("abstract").key(),
            table("Without").annotate("no_table").key(), table("With").key()});
  ASSERT_EQ(m.mapping.classes.size(), 1u);
  EXPECT_NE(m.mapping.find("With"), nullptr);
  EXPECT_EQ(m.mapping.find("Without"), nullptr);
}

TEST(ModelMap, MetadataAndRegistryAreInherited) {
  Mapped m({ClassBuilder("Base")
                .annotate("abstract")
                .annotate("metadata", {text("audit")})
                .annotate("registry", {text("r")}),
            table("T").base("Base").annotate("manual").key()});
  EXPECT_EQ(m.table("T").metadata, "audit");
  EXPECT_EQ(m.mapping.find("T")->registry, "r");
  EXPECT_TRUE(m.mapping.find("T")->manual);
}

//-- Mixins and the order of columns

TEST(ModelMap, BasesComeFirstInDeclarationOrder) {
  Mapped m({ClassBuilder("Root").column("r"), ClassBuilder("A").base("Root").column("a"),
            ClassBuilder("B").column("b"), table("T").base("A").base("B").key().column("own")});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"r", "a", "b", "id", "own"}));
}

TEST(ModelMap, SortOrderMovesColumnsAndKeepsTheOthersInOrder) {
  Mapped m({table("T")
                .column("last", int64(), {note("sort_order", {number(10)})})
                .key()
                .column("a")
                .column("first", int64(), {note("sort_order", {number(-1)})})
                .column("b")});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"first", "id", "a", "b", "last"}));
}

TEST(ModelMap, OwnMemberWinsOverAnInheritedOneInItsOwnPlace) {
  Mapped m(
      {ClassBuilder("Mixin").column("id").column("name", string()),
       table("T").base("Mixin").key().column("name", string(), {note("length", {number(9)})})});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"id", "name"}));
  EXPECT_EQ(column(m.table("T"), "name")->length, 9u);
  EXPECT_EQ(column(m.table("T"), "name")->declared_in->name, "T");
}

TEST(ModelMap, FirstOfTwoMixinsWins) {
  Mapped m({ClassBuilder("A").column("x", string()), ClassBuilder("B").column("x").column("y"),
            table("T").base("A").base("B").key()});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"x", "y", "id"}));
  EXPECT_EQ(column(m.table("T"), "x")->declared_in->name, "A");
}

TEST(ModelMap, PathAndOffsetLeadToTheMember) {
  Mapped m({ClassBuilder("Root").column("r0").column("r1"), ClassBuilder("Pad").column("p"),
            ClassBuilder("Mid").base("Pad").base("Root", 16),
            table("T").base("Pad").base("Mid", 32).key()});
  const ColumnDecl &r1 = *column(m.table("T"), "r1");
  EXPECT_EQ(r1.holder, 32u + 16);
  EXPECT_EQ(r1.offset, 32u + 16 + 8);
  EXPECT_EQ(r1.declared_in->name, "Root");
  EXPECT_EQ(r1.member->name, "r1");
}

/// "V" below all is a virtual base.
Mapped with_virtual_base(ClassBuilder top) {
  const auto far = declorm::detail::no_offset;
  return Mapped({ClassBuilder("Root").column("r0"),
                 ClassBuilder("V").base("Root", 8).column("v0").column("v1"),
                 ClassBuilder("L").base("V", far, true).virtual_base("V", 100),
                 ClassBuilder("R").base("V", far, true).virtual_base("V", 200), std::move(top)});
}

TEST(ModelMap, AVirtualBaseLiesWhereItIsInTheWhole) {
  const Mapped m =
      with_virtual_base(table("T").base("L").base("R", 16).virtual_base("V", 32).key());
  EXPECT_EQ(column_names(m.table("T")), (Strings{"r0", "v0", "v1", "id"}));
  EXPECT_EQ(column(m.table("T"), "v1")->offset, 32u + 8);
  EXPECT_EQ(column(m.table("T"), "v1")->holder, 32u);
  EXPECT_EQ(column(m.table("T"), "r0")->offset, 32u + 8);
}

TEST(ModelMap, AVirtualBaseOfADamagedModelHasNoOffset) {
  const Mapped m = with_virtual_base(table("T").base("L").base("R", 16).key());
  EXPECT_EQ(column(m.table("T"), "v1")->offset, declorm::detail::no_offset);
  EXPECT_EQ(column(m.table("T"), "r0")->offset, declorm::detail::no_offset);
}

TEST(ModelMap, ADamagedCycleOfBasesEnds) {
  Mapped m({table("T").base("U").key(), ClassBuilder("U").base("T").column("u")});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"u", "id"}));
}

//-- Column options

TEST(ModelMap, ColumnNames) {
  Mapped m({table("T").key().member("full", string(), {note("column", {text("full_name")})})});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"id", "full_name"}));
}

TEST(ModelMap, NullabilityComesFromTheType) {
  Mapped m({table("T")
                .column("id", optional(int64()), {note("primary_key")})
                .column("plain")
                .column("opt", optional(string()))
                .column("forced", int64(), {note("nullable")})
                .column("forbidden", optional(int64()), {note("nullable", {boolean(false)})})});
  const TableDecl &t = m.table("T");
  EXPECT_FALSE(column(t, "id")->nullable);
  EXPECT_FALSE(column(t, "plain")->nullable);
  EXPECT_TRUE(column(t, "opt")->nullable);
  EXPECT_TRUE(column(t, "forced")->nullable);
  EXPECT_FALSE(column(t, "forbidden")->nullable);
}

TEST(ModelMap, EveryOptionIsRead) {
  Function now{"&::app::now"};
  Mapped m({table("T").key().column(
      "c", string(),
      {note("length", {number(50)}), note("numeric", {number(10), number(2)}),
       note("sql_type", {text("CITEXT")}), note("server_default", {text("'x'")}),
       note("default_sql", {text("d()")}), note("onupdate_sql", {text("u()")}),
       note("computed", {text("a || b")}), note("comment", {text("why")}),
       note("default_value", {number(7)}), note("onupdate", {{now, {}}}),
       note("unset", {text("-")}), note("null_value", {text("none")}),
       note("autoincrement", {boolean(false)}), note("deferred"), note("enum_names"),
       note("unique"), note("index"), note("relationship")})});
  const ColumnDecl &c = *column(m.table("T"), "c");
  const RareOptions &rare = c.rare();
  EXPECT_EQ(c.length, 50u);
  EXPECT_EQ(c.numeric, (std::pair<unsigned, unsigned>{10, 2}));
  EXPECT_EQ(rare.sql_type, "CITEXT");
  EXPECT_EQ(rare.server_default, "'x'");
  EXPECT_EQ(rare.default_sql, "d()");
  EXPECT_EQ(rare.onupdate_sql, "u()");
  EXPECT_EQ(rare.computed, "a || b");
  EXPECT_EQ(rare.comment, "why");
  ASSERT_TRUE(std::holds_alternative<Value>(rare.default_value));
  EXPECT_EQ(*std::get<Value>(rare.default_value).integer(), 7);
  ASSERT_TRUE(std::holds_alternative<Function>(rare.onupdate));
  EXPECT_EQ(std::get<Function>(rare.onupdate).name, "&::app::now");
  EXPECT_EQ(*rare.unset->string(), "-");
  EXPECT_EQ(*rare.null_value->string(), "none");
  EXPECT_EQ(c.autoincrement, std::optional<bool>(false));
  EXPECT_TRUE(c.deferred && c.enum_names && c.unique && c.index);
  const ColumnDecl &id = *column(m.table("T"), "id");
  EXPECT_TRUE(id.primary_key);
  EXPECT_FALSE(id.autoincrement || id.deferred || id.enum_names || id.unique || id.index ||
               id.numeric);
  EXPECT_TRUE(id.rare_options.empty());
}

TEST(ModelMap, ForeignKeyActionsBelongToTheKeyBeforeThem) {
  Mapped m(
      {table("T")
           .key()
           .column("one", int64(),
                   {note("on_delete", {text("CASCADE")}), note("foreign_key", {text("a.id")}),
                    note("deferrable")})
           .column("two", int64(),
                   {note("foreign_key", {text("a.id")}), note("on_delete", {text("CASCADE")}),
                    note("foreign_key", {text("b.id")}), note("on_update", {text("SET NULL")})})
           .column("none", int64(), {note("on_delete", {text("CASCADE")})})});
  const auto &one = column(m.table("T"), "one")->foreign_keys;
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].target, "a.id");
  EXPECT_EQ(one[0].on_delete, "CASCADE");
  EXPECT_TRUE(one[0].deferrable);
  const auto &two = column(m.table("T"), "two")->foreign_keys;
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].on_delete, "CASCADE");
  EXPECT_EQ(two[0].on_update, "");
  EXPECT_EQ(two[1].on_delete, "");
  EXPECT_EQ(two[1].on_update, "SET NULL");
  EXPECT_TRUE(column(m.table("T"), "none")->foreign_keys.empty());
}

TEST(ModelMap, StaticFunctionsMakeDefaults) {
  Value own{Function{"&::T::own"}, {}}, inherited{Function{"&::Mixin::made"}, {}};
  ClassBuilder mixin = ClassBuilder("Mixin").column("stamp").column("other").member(
      "made", type(TypeCode::none, ""),
      {note("default_for", {text("stamp"), inherited}),
       note("default_for", {text("other"), inherited})});
  ClassBuilder t = table("T").base("Mixin").key().member(
      "own", type(TypeCode::none, ""), {note("default_for", {text("stamp"), own})});
  mixin.class_.members[2].kind = t.class_.members[1].kind = MemberKind::static_method;
  Mapped m({mixin, t});
  EXPECT_EQ(std::get<Function>(column(m.table("T"), "stamp")->rare().default_value).name,
            "&::T::own");
  EXPECT_EQ(std::get<Function>(column(m.table("T"), "other")->rare().default_value).name,
            "&::Mixin::made");
  EXPECT_TRUE(
      std::holds_alternative<std::monostate>(column(m.table("T"), "id")->rare().default_value));
}

TEST(ModelMap, SettersAreNoColumns) {
  ClassBuilder t = table("T").key().column("size").column("size", type(TypeCode::none, "void"));
  t.class_.members[1].kind = t.class_.members[2].kind = MemberKind::method;
  EXPECT_EQ(column_names(Mapped({t}).table("T")), (Strings{"id", "size"}));
}

//-- Composites

TEST(ModelMap, CompositeIsSpreadWithItsPrefix) {
  Mapped m(
      {ClassBuilder("Point").column("x").member("y", int64(), {note("column", {text("why")})}),
       table("T")
           .key()
           .member("start", object(TypeCode::object, "Point"), {note("composite", {text("s_")})})
           .member("end", optional(object(TypeCode::object, "Point")), {note("composite")})});
  const TableDecl &t = m.table("T");
  EXPECT_EQ(column_names(t), (Strings{"id", "s_x", "s_why", "x", "why"}));
  const ColumnDecl &y = *column(t, "s_why");
  ASSERT_EQ(y.outer.size(), 1u);
  EXPECT_EQ(y.outer[0]->name, "start");
  EXPECT_EQ(y.member->name, "y");
  EXPECT_EQ(y.declared_in->name, "Point");
  EXPECT_EQ(y.offset, 16u);
  EXPECT_FALSE(y.nullable);
  EXPECT_TRUE(column(t, "why")->nullable);
}

TEST(ModelMap, CompositeWithinAComposite) {
  Mapped m({ClassBuilder("Point").column("x"),
            ClassBuilder("Line").member("from", object(TypeCode::object, "Point"),
                                        {note("composite", {text("from_")})}),
            table("T").key().member("line", object(TypeCode::object, "Line"),
                                    {note("composite", {text("line_")})})});
  EXPECT_EQ(column_names(m.table("T")), (Strings{"id", "line_from_x"}));
  EXPECT_EQ(column(m.table("T"), "line_from_x")->outer.size(), 2u);
}

TEST(ModelMap, DefaultsThatAValueClassMakesAreOfItsOwnColumns) {
  const auto make = [](const char *function) {
    Value value;
    value.data = Function{function, nullptr};
    return Annotations{note("default_for", {text("x"), value})};
  };
  ClassBuilder inner =
      ClassBuilder("Inner").column("x", optional(int64())).member("f", {}, make("&Inner::f"));
  inner.class_.members.back().kind = MemberKind::static_method;
  Mapped m(
      {inner,
       ClassBuilder("Outer")
           .column("x", optional(int64()))
           .member("inner", object(TypeCode::object, "Inner"), {note("composite", {text("i_")})}),
       table("T")
           .key()
           .column("x", optional(int64()))
           .member("outer", object(TypeCode::object, "Outer"), {note("composite", {text("o_")})})});
  const auto made = [&](const char *name) {
    const auto *function = std::get_if<Function>(&column(m.table("T"), name)->rare().default_value);
    return function ? function->name : "";
  };
  EXPECT_EQ(made("o_i_x"), "&Inner::f");
  EXPECT_EQ(made("o_x"), "");
  EXPECT_EQ(made("x"), "");
}

//-- Row structs

TEST(ModelMap, RowStructsHaveColumnsAndNoTable) {
  Mapped m({ClassBuilder("Named").column("name", string()),
            ClassBuilder("Report").annotate("row").base("Named").column("n"), table("User").key()});
  EXPECT_EQ(m.mapping.classes.size(), 1u);
  EXPECT_EQ(m.mapping.find("Report"), nullptr);
  ASSERT_EQ(m.mapping.rows.size(), 1u);
  EXPECT_EQ(m.mapping.rows.front().class_->key, "Report");
  EXPECT_EQ(column_names(m.mapping.rows.front().table), (Strings{"name", "n"}));
}

} // namespace
