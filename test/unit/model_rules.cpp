// model_rules.cpp: What rules say, and keep to themselves, when not all of the program is seen.

#include "runtime/model/rule.h"

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace declorm::model;
using namespace declorm::model::test;

namespace {

std::string report(const Diagnostics &diagnostics) {
  std::string text;
  for (const Diagnostic &diagnostic : diagnostics)
    text += to_string(diagnostic) + "\n";
  return text;
}

ClassBuilder keyless() { return ClassBuilder("Log").annotate("table").column("text", string()); }

TEST(ModelRules, AreSortedAndHavePages) {
  EXPECT_TRUE(std::is_sorted(rules().begin(), rules().end(), [](const Rule &a, const Rule &b) {
    return std::string_view(a.id) < b.id;
  }));
  for (const Rule &rule : rules()) {
    EXPECT_TRUE(std::string_view(rule.page).starts_with("# declorm-" + std::string(rule.id)))
        << rule.id;
    EXPECT_NE(std::string_view(rule.summary), "") << rule.id;
  }
}

TEST(ModelRules, OnlyTheChosenOnesRun) {
  Program both = program({keyless().column("text", string())});
  EXPECT_EQ(check(both).size(), 2u);
  ASSERT_EQ(check(both, {"no-primary-key"}).size(), 1u);
  EXPECT_EQ(check(both, {"no-primary-key"})[0].rule, "no-primary-key");
  EXPECT_EQ(check(both, {"column-conflict"})[0].rule, "column-conflict");
}

TEST(ModelRules, ChosenOnesFilterWhatMappingReportsToo) {
  Program unresolved =
      program({ClassBuilder("T").annotate("table").key().annotate("index", {list({"x"})})});
  EXPECT_EQ(check(unresolved, {"unresolved-column"}).size(), 1u);
  EXPECT_EQ(check(unresolved, {"no-primary-key"}).size(), 0u);
}

TEST(ModelRules, FindingsAreSortedByPlaceAndEachOnce) {
  Diagnostics twice = check(program({keyless()}));
  ASSERT_EQ(twice.size(), 1u);
  Program many = merge({unit({ClassBuilder("A", "z.h", 9).annotate("table")}),
                        unit({ClassBuilder("Z", "z.h", 2).annotate("table")}),
                        unit({ClassBuilder("M", "a.h", 5).annotate("table")})});
  Diagnostics found = check(many, {"no-primary-key"});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].location.file, "a.h");
  EXPECT_EQ(found[1].location.line, 2u);
  Mapping mapping = map(many, twice);
  EXPECT_EQ(check(many, mapping, {found[0]}, {"no-primary-key"}).size(), 3u);
}

TEST(ModelRules, MissingKeyIsHeldBackWhereSomethingIsUnseen) {
  TranslationUnit broken = unit({keyless()});
  broken.incomplete = true;
  EXPECT_EQ(report(check(merge({broken}))), "");
  EXPECT_EQ(report(check(program({keyless().base("Unseen")}))), "");
  EXPECT_NE(report(check(program({keyless()}))), "");
}

TEST(ModelRules, UnknownColumnIsHeldBackWhereSomethingIsUnseen) {
  ClassBuilder indexed = ClassBuilder("T").annotate("table").key().annotate("index", {list({"x"})});
  TranslationUnit broken = unit({indexed});
  broken.incomplete = true;
  EXPECT_EQ(report(check(merge({broken}))), "");
  EXPECT_NE(report(check(program({indexed}))), "");
}

TEST(ModelRules, UnmappedAnnotationsNeedTheWholeProgramOrTheMainFile) {
  ClassBuilder in_header("Mixin", "mixin.h"), in_source("Local", "main.cpp");
  in_header.key();
  in_source.key();
  Program part = program({in_header, in_source});
  ASSERT_EQ(check(part).size(), 1u) << report(check(part));
  EXPECT_EQ(check(part)[0].location.file, "main.cpp");
  part.whole = true;
  EXPECT_EQ(check(part).size(), 2u);
  part.incomplete = true;
  EXPECT_EQ(check(part).size(), 1u);
}

TEST(ModelRules, OneDefinitionOfABrokenUnitIsNoMismatch) {
  TranslationUnit broken = unit({ClassBuilder("T").annotate("table").key()}, "broken.cpp");
  broken.incomplete = true;
  TranslationUnit whole =
      unit({ClassBuilder("T").annotate("table").key().column("x")}, "whole.cpp");
  EXPECT_EQ(report(check(merge({broken, whole}))), "");
  broken.incomplete = false;
  EXPECT_EQ(
      report(check(merge({broken, whole}))),
      "model.h:1:1: error: class 'T' is defined in two ways: member 'x' is only in 'whole.cpp' "
      "[declorm-definition-mismatch]\n"
      "model.h:1:1: note: one header, read in two ways; compile all translation units with the "
      "same macros and options\n");
}

//-- Hierarchies

ClassBuilder person() {
  return ClassBuilder("Person")
      .annotate("table", {text("people")})
      .key()
      .column("kind", string(), {note("polymorphic_on")});
}

ClassBuilder below(std::string name, std::string base = "Person") {
  return ClassBuilder(std::move(name)).annotate("mapped").base(std::move(base));
}

TEST(ModelRules, HierarchiesAreHeldBackWhereSomethingIsUnseen) {
  const auto both = [](const std::vector<ClassBuilder> &classes) {
    TranslationUnit broken = unit(classes);
    broken.incomplete = true;
    return std::pair(report(check(merge({broken}))), report(check(program(classes))));
  };
  // A missing identity, discriminator, foreign key, mapped base.
  const std::vector<ClassBuilder> wrong[] = {
      {person(), below("Manager")},
      {ClassBuilder("Person").annotate("table").key(), below("Manager")},
      {ClassBuilder("Person").annotate("table").key(),
       ClassBuilder("Manager").annotate("table").base("Person").key("other")},
      {below("Manager", "Plain"), ClassBuilder("Plain")}};
  for (const std::vector<ClassBuilder> &classes : wrong) {
    const auto [in_broken, in_whole] = both(classes);
    EXPECT_EQ(in_broken, "");
    EXPECT_NE(in_whole, "");
  }
  EXPECT_EQ(report(check(program({person(), below("Manager").base("Unseen")}))), "");
}

TEST(ModelRules, OrderOfSiblingsIsThatOfTheTable) {
  const auto sibling = [](std::string name, std::string file, unsigned line) {
    ClassBuilder made(name, std::move(file), line);
    return made.annotate("mapped")
        .annotate("polymorphic_identity", {text(name)})
        .base("Person")
        .column("start");
  };
  // Files by the first of their classes, classes of a file by their lines.
  const Diagnostics found =
      check(merge({unit({person(), sibling("Z", "a.h", 3)}, "a.cpp"),
                   unit({person(), sibling("B", "z.h", 9), sibling("Y", "z.h", 5)}, "z.cpp")}));
  ASSERT_EQ(found.size(), 2u) << report(found);
  EXPECT_EQ(found[0].message, "column 'start' on class 'Z' conflicts with existing column "
                              "'people.start'");
  EXPECT_EQ(found[1].message, "column 'start' on class 'B' conflicts with existing column "
                              "'people.start'");
  EXPECT_EQ(found[0].notes[0].location.line, 6u); // Y's
}

//-- What was refused

std::string check_part(const std::vector<ClassBuilder> &classes) {
  return report(check(program(classes)));
}

ClassBuilder indexed(const std::string &name) {
  return ClassBuilder("T").annotate("table").key().annotate("index", {list({name})});
}

TEST(ModelRules, RefusedMembersHoldBackOnlyWhatMayBeTheirs) {
  ClassBuilder doubtful = indexed("nick");
  doubtful.class_.doubtful = {"nick"};
  EXPECT_EQ(check_part({doubtful}), "");
  doubtful = indexed("nack");
  doubtful.class_.doubtful = {"nick"};
  EXPECT_NE(check_part({doubtful}), "");
  doubtful.class_.incomplete = true; // a column of any name may hide
  EXPECT_EQ(check_part({doubtful}), "");
  ClassBuilder without_key = keyless();
  without_key.class_.doubtful = {"text"};
  EXPECT_EQ(check_part({without_key}), "");
  // Of a base, too.
  ClassBuilder base = ClassBuilder("Base").column("x");
  base.class_.doubtful = {"id"};
  EXPECT_EQ(check_part({keyless().base("Base"), base}), "");
}

TEST(ModelRules, RefusedMembersAreNoOtherDefinition) {
  ClassBuilder whole = ClassBuilder("T").annotate("table").key().column("x"),
               part = ClassBuilder("T").annotate("table").key();
  part.class_.doubtful = {"x"};
  const Program both = merge({unit({part}, "a.cpp"), unit({whole}, "b.cpp")});
  EXPECT_EQ(report(check(both)), "");
  EXPECT_TRUE(both.incomplete);
  EXPECT_EQ(both.classes.front().class_().members.size(), 2u);
}

//-- Relationships

ClassBuilder linked(const std::string &target, std::vector<Value> named = {}) {
  Type type = object(TypeCode::pointer, target);
  type.target_name = target;
  return ClassBuilder("User")
      .annotate("table", {text("users")})
      .key()
      .member("link", type, {note("relationship", std::move(named)), note("viewonly")});
}

TEST(ModelRules, PlainTargetsAreReportedInAPartOfTheProgram) {
  ClassBuilder user = linked("Plain");
  EXPECT_EQ(check_part({user}), "");
  user.class_.members.back().type.plain_target = true;
  EXPECT_EQ(
      check_part({user}),
      "model.h:3:3: error: relationship 'link' of class 'User' has type 'Plain', and nothing "
      "maps that class; annotate it with [[declorm::table]], or, if map_imperatively maps it in "
      "another source, say allow(\"unresolved-target\") here [declorm-unresolved-target]\n");
  // One whose head was misread may be mapped.
  ClassBuilder misread("Plain");
  misread.class_.incomplete = true;
  EXPECT_EQ(check_part({linked("Plain"), misread}), "");
}

TEST(ModelRules, RelationshipNamesAreThoseOfTheType) {
  const auto check_name = [](const std::string &name) {
    return check_part({linked("shop::Unseen", {text(name)}),
                       ClassBuilder("Other").annotate("table", {text("others")}).key()});
  };
  for (const char *name : {"Unseen", "shop::Unseen", "::shop::Unseen"})
    EXPECT_EQ(check_name(name), "") << name;
  for (const char *name : {"Other", "others", "users", "Unsen", "::Unseen", "hop::Unseen"})
    EXPECT_NE(check_name(name), "") << name;
}

ClassBuilder item(const std::string &file) {
  ClassBuilder made("Item", file);
  made.class_.key += "@" + file;
  return made.annotate("table", {text(file)}).key();
}

ClassBuilder counter(const std::string &file) {
  return ClassBuilder("Counter", file)
      .annotate("table")
      .key()
      .member("count", int64(), {note("column_property", {text("Item.id")})});
}

TEST(ModelRules, OneNameOfSeveralClassesMeansThatOfItsFile) {
  const Program clean = program({item("a.cpp"), item("b.cpp"), counter("b.cpp")});
  Diagnostics reported;
  const Mapping mapping = map(clean, reported);
  EXPECT_EQ(report(check(clean, mapping, reported)), "");
  const NameTarget &target = mapping.find("Counter")->expressions.front().targets.front();
  EXPECT_EQ(target.class_->class_->key, "Item@b.cpp");
  const std::string found = check_part({item("a.cpp"), item("b.cpp"), counter("c.cpp")});
  EXPECT_NE(found.find("'Item' could be any of 2 classes of that name"), std::string::npos)
      << found;
}

//-- Keys and arguments

TEST(ModelRules, OneErrorForAHierarchyWithoutAKey) {
  const auto below = [](const char *name) {
    return ClassBuilder(name).annotate("table", {text(name)}).base("Log");
  };
  EXPECT_EQ(check(program({keyless(), below("Joined"), below("Keyed").key("own"),
                           below("Concrete").annotate("concrete")}))
                .size(),
            1u);
}

TEST(ModelRules, ArgumentsOfMixinsNeedAllThatMayTakeThem) {
  const ClassBuilder mixin = ClassBuilder("Mixin", "mixin.h").annotate("concrete"),
                     taker = ClassBuilder("Taker").annotate("table").key().base("Mixin");
  Program part = program({mixin, taker});
  EXPECT_EQ(report(check(part)), "");
  part.whole = true;
  ASSERT_EQ(check(part).size(), 1u) << report(check(part));
  EXPECT_EQ(check(part).front().rule, "useless-argument");
}

TEST(ModelRules, MembersOfValuesAreColumnsUnlessTheClassIsMore) {
  const ClassBuilder value =
      ClassBuilder("Value", "value.h")
          .column("x")
          .member("twice", int64(), {note("column_property", {text("x * 2")})});
  const ClassBuilder owner = ClassBuilder("Owner").annotate("table").key().member(
      "at", object(TypeCode::object, "Value"), {note("composite")});
  const Diagnostics found = check(program({value, owner}));
  ASSERT_EQ(found.size(), 1u) << report(found);
  EXPECT_EQ(found.front().rule, "useless-argument");
  EXPECT_TRUE(found.front().message.starts_with(
      "'column_property' on member 'twice' of class 'Value' has no effect"));
  const ClassBuilder taker = ClassBuilder("Taker").annotate("table").key().base("Value");
  EXPECT_EQ(report(check(program({value, owner, taker}))), "");
}

TEST(ModelRules, BasesOfRowsMayBeMoreElsewhere) {
  const ClassBuilder base = ClassBuilder("Base", "base.h").column("x", int64(), {note("unique")});
  const ClassBuilder row = ClassBuilder("Row").annotate("row").base("Base");
  Program part = program({base, row});
  EXPECT_EQ(report(check(part)), "");
  part.whole = true;
  ASSERT_EQ(check(part).size(), 1u) << report(check(part));
  EXPECT_EQ(check(part).front().rule, "useless-argument");
  const ClassBuilder taker = ClassBuilder("Taker").annotate("table").key().base("Base");
  Program both = program({base, row, taker});
  both.whole = true;
  EXPECT_EQ(report(check(both)), "");
  // Of a row's own members all is known.
  EXPECT_EQ(check(program({ClassBuilder("Row", "row.h").annotate("row").key()})).size(), 1u);
}

TEST(ModelRules, DefinitionsDifferByTheKeysOfBasesWithoutNames) {
  const auto derived = [](const char *base) {
    ClassBuilder made = ClassBuilder("T").annotate("table").key().base(base);
    made.class_.bases.front().name.clear();
    return made;
  };
  const auto both = [&](const char *first, const char *second) {
    return report(check(merge({unit({derived("A"), ClassBuilder("A"), ClassBuilder("B")}, first),
                               unit({derived("B")}, second)})));
  };
  const std::string head = "model.h:1:1: error: class 'T' is defined in two ways: ";
  EXPECT_TRUE(both("a.cpp", "b.cpp").starts_with(head + "base class 'A' is only in 'a.cpp'"));
  const std::string one_file = both("a.cpp", "a.cpp");
  EXPECT_TRUE(one_file.starts_with(head + "base class 'A' is only in 'a.cpp'") ||
              one_file.starts_with(head + "base class 'B' is only in 'a.cpp'"))
      << one_file;
}

} // namespace
