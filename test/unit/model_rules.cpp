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

} // namespace
