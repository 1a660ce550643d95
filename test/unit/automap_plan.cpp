// automap_plan.cpp: tables to a plan of classes: types, what stands at members and class heads,
// relationships and their names.
#include "declorm/dialect.h"
#include "utils/declorm-automap/plan.h"

#include <gtest/gtest.h>

using namespace declorm;
using automap::ClassKind;
using automap::ClassPlan;
using automap::ColumnPlan;
using automap::CppKind;
using automap::Plan;
using automap::RelationshipPlan;

namespace {

Plan plan_of(MetaData &metadata, const automap::PlanOptions &options = {}) {
  return automap::make_plan(metadata, dialect("sqlite"), options);
}

const ClassPlan &find(const Plan &plan, const std::string &name) {
  for (const ClassPlan &class_ : plan.classes)
    if (class_.name == name)
      return class_;
  throw std::runtime_error("no class " + name);
}

std::string joined(const std::vector<std::string> &annotations) {
  std::string text;
  for (const std::string &annotation : annotations)
    text += (text.empty() ? "" : ", ") + annotation;
  return text;
}

/// `name: column, length(5) | std::string name{}`
std::string line(const automap::MemberPlan &member) {
  return joined(member.annotations) + " | " + member.type + " " + member.member + member.initial;
}

/// Of a column `c` beside a key.
std::string column_line(Column column, const automap::PlanOptions &options = {}) {
  MetaData metadata;
  metadata.add_table("t", Column("id", Integer, primary_key), std::move(column));
  return line(plan_of(metadata, options).classes.at(0).columns.at(1));
}

Type raw(std::string name) { return Type{.kind = TypeKind::raw, .name = std::move(name)}; }

std::vector<std::string> names(const std::vector<RelationshipPlan> &relationships) {
  std::vector<std::string> result;
  for (const RelationshipPlan &relationship : relationships)
    result.push_back(relationship.name);
  return result;
}

using Names = std::vector<std::string>;

TEST(AutomapPlan, Types) {
  EXPECT_EQ(column_line(Column("c", Integer, not_null)), "column | std::int64_t c = 0");
  EXPECT_EQ(column_line(Column("c", SmallInteger)),
            "column, sql_type(\"SMALLINT\") | std::optional<std::int64_t> c{}");
  EXPECT_EQ(column_line(Column("c", Boolean, not_null)), "column | bool c = false");
  EXPECT_EQ(column_line(Column("c", Double, not_null)), "column | double c = 0");
  EXPECT_EQ(column_line(Column("c", String(5), not_null)), "column, length(5) | std::string c{}");
  EXPECT_EQ(column_line(Column("c", String, not_null)), "column | std::string c{}");
  EXPECT_EQ(column_line(Column("c", Text, not_null)),
            "column, sql_type(\"TEXT\") | std::string c{}");
  EXPECT_EQ(column_line(Column("c", LargeBinary, not_null)), "column | std::vector<std::byte> c{}");
  EXPECT_EQ(column_line(Column("c", Date, not_null)), "column | std::chrono::year_month_day c{}");
  EXPECT_EQ(column_line(Column("c", Numeric(10, 2), not_null)),
            "column | declorm::Decimal<10, 2> c{}");
  EXPECT_EQ(column_line(Column("c", Numeric(10, 2), not_null), {.types = {.decimals = false}}),
            "column, numeric(10, 2) | double c = 0");
  EXPECT_EQ(column_line(Column("c", Numeric, not_null)),
            "column, sql_type(\"NUMERIC\") | double c = 0");
  EXPECT_EQ(column_line(Column("c", Uuid, not_null)), "column | declorm::UUID c{}");
  // In what form others have it there, nobody knows.
  EXPECT_EQ(column_line(Column("c", Type{.kind = TypeKind::uuid, .name = "UUID"}, not_null)),
            "column, sql_type(\"UUID\") | std::string c{}");
}

TEST(AutomapPlan, NoIntegerIsNarrowerThanTheDatabases) {
  for (const TypeKind kind : {TypeKind::small_integer, TypeKind::integer, TypeKind::big_integer,
                              TypeKind::interval, TypeKind::raw})
    for (const char *name : {"INT", "TINYINT", "INTEGER(10)", "int8"})
      if (kind != TypeKind::raw || std::string_view(name) != "INTEGER(10)")
        EXPECT_EQ(column_line(Column("c", Type{.kind = kind, .name = name}, not_null)),
                  "column, sql_type(\"" + std::string(name) + "\") | std::int64_t c = 0");
}

TEST(AutomapPlan, WhatAnnotationsOfKeysCannotSay) {
  MetaData metadata;
  Constraint key = PrimaryKeyConstraint({"a", "b"}, "k"), unique = UniqueConstraint({"b"});
  key.order = {{.collation = "nocase", .descending = true}, {}};
  unique.options = {{"sqlite_on_conflict", "fail"}};
  metadata.add_table(
      "t", Column("a", String),
      Column("b", Integer, not_null, column_option("sqlite_on_conflict_not_null", "replace")), key,
      unique);
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(plan.warnings,
            (Names{"table 't': column 'b' is NOT NULL ON CONFLICT REPLACE, and would be created "
                   "NOT NULL",
                   "table 't': primary key 'k' is PRIMARY KEY (a COLLATE nocase DESC, b), and "
                   "would be created as PRIMARY KEY (a, b)",
                   "table 't': unique constraint is UNIQUE (b) ON CONFLICT FAIL, and would be "
                   "created as UNIQUE (b)"}));
  EXPECT_EQ(plan.classes[0].notes.size(), 2u);
  EXPECT_EQ(plan.classes[0].columns[1].notes.size(), 1u);
}

TEST(AutomapPlan, TypesByName) {
  EXPECT_EQ(column_line(Column("c", raw("BIGINT"), not_null)),
            "column, sql_type(\"BIGINT\") | std::int64_t c = 0");
  EXPECT_EQ(column_line(Column("c", raw("native  character(9)"), not_null)),
            "column, sql_type(\"native  character(9)\") | std::string c{}");
  EXPECT_EQ(column_line(Column("c", raw("timestamp"), not_null)),
            "column, sql_type(\"timestamp\") | "
            "std::chrono::sys_time<std::chrono::microseconds> c{}");
  EXPECT_EQ(column_line(Column("c", raw("DECIMAL(5,1)"), not_null)),
            "column, sql_type(\"DECIMAL(5,1)\") | declorm::Decimal<5, 1> c{}");
  // So many digits are only exact as text.
  EXPECT_EQ(column_line(Column("c", raw("DECIMAL(30,5)"), not_null)),
            "column, sql_type(\"DECIMAL(30,5)\") | double c = 0");
  EXPECT_EQ(column_line(Column("c", raw("DECIMAL_TEXT(30, 5)"), not_null, collation("decimal"))),
            "column | declorm::Decimal<30, 5> c{}");
  EXPECT_EQ(column_line(Column("c", String(9), not_null, collation("NOCASE"))),
            "column, sql_type(\"VARCHAR(9) COLLATE NOCASE\") | std::string c{}");
  MetaData metadata;
  metadata.add_table("t", Column("id", Integer, primary_key), Column("c", raw("POINT")));
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(plan.classes[0].columns[1].cpp.kind, CppKind::text);
  EXPECT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.classes[0].columns[1].notes.size(), 1u);
}

TEST(AutomapPlan, Defaults) {
  EXPECT_EQ(column_line(Column("c", Integer, not_null, server_default("(-5)"))),
            "column, server_default(\"(-5)\") | std::int64_t c = -5");
  EXPECT_EQ(column_line(Column("c", Integer, server_default("5"))),
            "column, server_default(\"5\") | std::optional<std::int64_t> c{}");
  EXPECT_EQ(column_line(Column("c", Double, not_null, server_default("1.5"))),
            "column, server_default(\"1.5\") | double c = 1.5");
  EXPECT_EQ(column_line(Column("c", Boolean, not_null, server_default("TRUE"))),
            "column, server_default(\"TRUE\") | bool c = true");
  EXPECT_EQ(column_line(Column("c", String, not_null, server_default("'it''s \"\\'"))),
            "column, server_default(\"'it''s \\\"\\\\'\") | std::string c = \"it's \\\"\\\\\"");
  EXPECT_EQ(column_line(Column("c", Numeric(5, 2), not_null, server_default("9.9"))),
            "column, server_default(\"9.9\") | declorm::Decimal<5, 2> c{\"9.9\"}");
  // What C++ cannot say is left to the database.
  for (const char *sql : {"random()", "1234567890123456789012", "007", "'a' || 'b'", "1e5"})
    EXPECT_EQ(column_line(Column("c", Integer, not_null, server_default(sql))),
              "column, server_default(\"" + std::string(sql) +
                  "\"), nullable(false) | std::optional<std::int64_t> c{}");
  EXPECT_EQ(column_line(Column("c", Numeric(5, 2), not_null, server_default("9.999"))),
            "column, server_default(\"9.999\"), nullable(false) | "
            "std::optional<declorm::Decimal<5, 2>> c{}");
}

TEST(AutomapPlan, StringsAreQuoted) {
  EXPECT_EQ(automap::quoted("a \"b\" \\ \n\t\x01\x7f ü"),
            "\"a \\\"b\\\" \\\\ \\n\\t\\001\\177 ü\"");
  EXPECT_EQ(automap::quoted("{class} {} {0} {a b} {{table}} {x"),
            "\"{{class}} {} {0} {a b} {{{table}}} {x\"");
  EXPECT_EQ(automap::quoted("{class}", /*annotation=*/false), "\"{class}\"");
}

TEST(AutomapPlan, KeysAndConstraints) {
  MetaData metadata;
  metadata.add_table("one", Column("id", Integer, primary_key, autoincrement(false)),
                     Column("a", Integer, unique), Column("b", Integer, declorm::index),
                     Column("c", Integer, unique, declorm::index),
                     UniqueConstraint({"a", "b"}, "both"), UniqueConstraint({"b"}, "only_b"),
                     CheckConstraint("a > 0"), CheckConstraint("b > 0", "positive"),
                     Index{.name = "by_a", .columns = {"a"}, .unique = true},
                     Index{.name = "ix_one_a", .columns = {"a"}},
                     table_option("sqlite_strict", "true"), comment("about"));
  metadata.add_table("two", Column("b", Integer), Column("a", Integer),
                     PrimaryKeyConstraint({"a", "b"}));
  metadata.add_table("three", Column("a", Integer), PrimaryKeyConstraint({"a"}, "pk_three"));
  const Plan plan = plan_of(metadata);
  const ClassPlan &one = find(plan, "One");
  EXPECT_EQ(line(one.columns[0]),
            "column, primary_key, autoincrement(false) | std::int64_t id = 0");
  EXPECT_EQ(joined(one.columns[1].annotations), "column, unique");
  EXPECT_EQ(joined(one.columns[2].annotations), "column, index");
  EXPECT_EQ(joined(one.columns[3].annotations), "column, unique, index");
  EXPECT_EQ(joined(one.annotations),
            "table(\"one\"), unique_constraint(\"both\", {\"a\", \"b\"}), "
            "unique_constraint(\"only_b\", {\"b\"}), check_constraint(\"a > 0\"), "
            "check_constraint(\"positive\", \"b > 0\"), unique_index(\"by_a\", {\"a\"}), "
            "index(\"ix_one_a\", {\"a\"}), table_option(\"sqlite_strict\", \"true\"), "
            "comment(\"about\")");
  EXPECT_EQ(joined(find(plan, "Two").annotations),
            "table(\"two\"), primary_key_constraint({\"a\", \"b\"})");
  EXPECT_EQ(joined(find(plan, "Three").annotations),
            "table(\"three\"), primary_key_constraint(\"pk_three\", {\"a\"})");
  EXPECT_TRUE(plan.warnings.empty());
}

TEST(AutomapPlan, TablesWithoutAPrimaryKey) {
  MetaData metadata;
  metadata.add_table("logs", Column("line", Integer, unique), Column("text", String));
  metadata.add_table("seats", Column("Row", Integer, not_null), Column("number", Integer, not_null),
                     Column("guest", String, unique), UniqueConstraint({"Row", "number"}));
  metadata.add_table("codes", Column("code", String(5), not_null, unique, declorm::index),
                     Column("seat", Integer));
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(find(plan, "Log").kind, ClassKind::keyless);
  EXPECT_EQ(joined(find(plan, "Log").annotations), "table(\"logs\"), allow(\"no-primary-key\")");
  EXPECT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(find(plan, "Seat").kind, ClassKind::mapped);
  EXPECT_EQ(joined(find(plan, "Seat").annotations),
            "table(\"seats\"), unique_constraint({\"Row\", \"number\"}), "
            "mapper_primary_key({\"row\", \"number\"})");
  EXPECT_EQ(joined(find(plan, "Code").annotations),
            "table(\"codes\"), mapper_primary_key({\"code\"})");
}

TEST(AutomapPlan, NamesOfRelationships) {
  MetaData metadata;
  const auto key = [](const char *target) { return ForeignKey(target); };
  metadata.add_table("people", Column("id", Integer, primary_key));
  metadata.add_table(
      "books", Column("id", Integer, primary_key), Column("person_id", Integer, key("people.id")),
      Column("editor_id", Integer, key("people.id")), Column("reader", Integer, key("people.id")),
      Column("sequel_id", Integer, key("books.id")));
  metadata.add_table("covers", Column("book_id", Integer, primary_key, key("books.id")));
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(names(find(plan, "Book").relationships),
            (Names{"person", "editor", "reader_person", "sequel", "children", "cover"}));
  EXPECT_EQ(names(find(plan, "Person").relationships),
            (Names{"books", "editor_books", "reader_person_books"}));
  EXPECT_EQ(names(find(plan, "Cover").relationships), (Names{"book"}));
  const RelationshipPlan &cover = find(plan, "Book").relationships.back();
  EXPECT_EQ(cover.type, "Cover *");
  EXPECT_EQ(joined(find(plan, "Book").relationships[1].annotations),
            "relationship, back_populates(\"editor_books\"), foreign_keys(\"editor_id\")");
  EXPECT_EQ(joined(find(plan, "Book").relationships[3].annotations),
            "relationship, back_populates(\"children\"), remote_side(\"id\")");
}

TEST(AutomapPlan, KeysThatReferToTheirOwnTable) {
  MetaData metadata;
  const auto table = [&](const char *name, std::vector<std::string> own,
                         std::vector<std::string> referred) {
    for (std::string &column : referred)
      column = std::string(name) + "." + column;
    metadata.add_table(name, Column("tenant", Integer, primary_key),
                       Column("id", Integer, primary_key), Column("parent_id", Integer),
                       ForeignKeyConstraint(own, referred));
  };
  table("trees", {"tenant", "parent_id"}, {"tenant", "id"});
  table("rings", {"id", "parent_id"}, {"tenant", "id"});
  table("selves", {"tenant", "id"}, {"tenant", "id"});
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(line(find(plan, "Tree").relationships.at(0)),
            "relationship, back_populates(\"children\"), remote_side({\"tenant\", \"id\"}) | "
            "Tree * parent = nullptr");
  EXPECT_EQ(line(find(plan, "Ring").relationships.at(0)),
            "relationship, back_populates(\"children\"), primaryjoin(\"foreign(id) == "
            "remote(tenant) and foreign(parent_id) == remote(id)\") | Ring * parent = nullptr");
  EXPECT_TRUE(find(plan, "Self").relationships.empty());
  EXPECT_EQ(plan.warnings,
            (Names{"table 'selves': no relationship follows the foreign key (tenant, "
                   "id): rows refer to themselves"}));
}

TEST(AutomapPlan, NamesNeverClash) {
  MetaData metadata;
  metadata.add_table("a", Column("id", Integer, primary_key), Column("boxes", Integer),
                     Column("Box", Integer), Column("box ", Integer));
  metadata.add_table("boxes", Column("id", Integer, primary_key), Column("a", Integer),
                     Column("a_id", Integer, ForeignKey("a.id")));
  for (const auto member_case : {automap::Case::snake, automap::Case::camel, automap::Case::keep})
    for (const bool is_private : {false, true}) {
      const Plan plan =
          plan_of(metadata, {.member_case = member_case, .private_members = is_private});
      for (const ClassPlan &class_ : plan.classes) {
        std::set<std::string> seen;
        const auto add = [&](const automap::MemberPlan &member) {
          EXPECT_TRUE(seen.insert(member.member).second) << member.member;
          if (is_private) {
            EXPECT_TRUE(seen.insert(member.name).second) << member.name;
          }
          EXPECT_NE(member.name, "A");
          EXPECT_NE(member.name, "Box");
        };
        for (const ColumnPlan &column : class_.columns) {
          add(column);
          // Names in strings: a member's comes before a column's.
          for (const ColumnPlan &other : class_.columns)
            EXPECT_TRUE(&column == &other || column.member != other.column);
        }
        for (const RelationshipPlan &relationship : class_.relationships)
          add(relationship);
      }
    }
}

TEST(AutomapPlan, TablesInBetween) {
  MetaData metadata;
  const auto link = [&](const char *name, auto... more) {
    metadata.add_table(name, Column("post_id", Integer, primary_key, ForeignKey("posts.id")),
                       Column("tag_id", Integer, primary_key, ForeignKey("tags.id")), more...);
  };
  metadata.add_table("posts", Column("id", Integer, primary_key));
  metadata.add_table("tags", Column("id", Integer, primary_key));
  link("post_tags");
  link("ratings", Column("stars", Integer));
  const Plan plan = plan_of(metadata);
  EXPECT_EQ(find(plan, "PostTag").kind, ClassKind::association);
  EXPECT_EQ(find(plan, "Rating").kind, ClassKind::mapped);
  EXPECT_EQ(names(find(plan, "Post").relationships), (Names{"ratings", "tags"}));
  EXPECT_EQ(joined(find(plan, "Post").relationships[1].annotations),
            "relationship, back_populates(\"posts\"), secondary(\"post_tags\"), "
            "allow(\"secondary-mapped\")");
}

TEST(AutomapPlan, SelectedTables) {
  MetaData metadata;
  metadata.add_table("artists", Column("id", Integer, primary_key));
  metadata.add_table("albums", Column("id", Integer, primary_key),
                     Column("artist_id", Integer, ForeignKey("artists.id")));
  metadata.add_table("genres", Column("id", Integer, primary_key));
  const auto classes = [&](std::vector<std::string> only) {
    const Plan plan = plan_of(metadata, {.only = std::move(only)});
    Names result = plan.unmatched;
    for (const ClassPlan &class_ : plan.classes)
      result.push_back(class_.name);
    return result;
  };
  EXPECT_EQ(classes({"artists"}), (Names{"Artist"}));
  EXPECT_EQ(classes({"al*"}), (Names{"Artist", "Album"}));
  EXPECT_EQ(classes({"*s"}), (Names{"Artist", "Album", "Genre"}));
  EXPECT_EQ(classes({"?enre?", "*x*"}), (Names{"*x*", "Genre"}));
  EXPECT_EQ(classes({"", "a*t*i*s"}), (Names{"", "Artist"}));
}

} // namespace
