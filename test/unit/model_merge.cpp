// model_merge.cpp: Tests of merging translation units.

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;
using Strings = std::vector<std::string>;

namespace {

ClassBuilder user(const std::string &file = "user.h", unsigned line = 1) {
  return ClassBuilder("User", file, line).annotate("table").key();
}

TEST(ModelMerge, EqualDefinitionsAreOne) {
  Program merged = merge({unit({user()}, "b.cpp"), unit({user()}, "a.cpp")});
  ASSERT_EQ(merged.classes.size(), 1u);
  ASSERT_EQ(merged.classes[0].definitions.size(), 1u);
  EXPECT_EQ(merged.classes[0].definitions[0].files, (Strings{"a.cpp", "b.cpp"}));
}

TEST(ModelMerge, EqualDefinitionsKeepTheFirstPlace) {
  Program merged = merge({unit({user("z.h", 9)}, "a.cpp"), unit({user("b.h", 7)}, "b.cpp"),
                          unit({user("b.h", 3)}, "c.cpp")});
  ASSERT_EQ(merged.classes[0].definitions.size(), 1u);
  EXPECT_EQ(merged.classes[0].class_().location.file, "b.h");
  EXPECT_EQ(merged.classes[0].class_().location.line, 3u);
}

TEST(ModelMerge, DifferentDefinitionsAreAllKept) {
  Program merged =
      merge({unit({user("b.h").column("name")}, "b.cpp"), unit({user("a.h")}, "a.cpp")});
  ASSERT_EQ(merged.classes[0].definitions.size(), 2u);
  EXPECT_EQ(merged.classes[0].definitions[0].class_.location.file, "a.h");
  EXPECT_EQ(merged.classes[0].definitions[1].files, Strings{"b.cpp"});
}

TEST(ModelMerge, OrderOfTheUnitsDoesNotMatter) {
  std::vector<TranslationUnit> units = {
      unit({user("b.h").column("name"), ClassBuilder("Zoo").key()}, "b.cpp"),
      unit({user("a.h")}, "a.cpp"), unit({ClassBuilder("Ant").key(), user("a.h")}, "c.cpp")};
  std::vector<TranslationUnit> reversed(units.rbegin(), units.rend());
  Program one = merge(units), other = merge(reversed);
  ASSERT_EQ(one.classes.size(), 3u);
  ASSERT_EQ(other.classes.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(one.classes[i].key, other.classes[i].key);
    ASSERT_EQ(one.classes[i].definitions.size(), other.classes[i].definitions.size());
    for (std::size_t k = 0; k < one.classes[i].definitions.size(); ++k) {
      EXPECT_EQ(one.classes[i].definitions[k].digest, other.classes[i].definitions[k].digest);
      EXPECT_EQ(one.classes[i].definitions[k].files, other.classes[i].definitions[k].files);
      EXPECT_EQ(one.classes[i].definitions[k].class_.location.file,
                other.classes[i].definitions[k].class_.location.file);
    }
  }
}

TEST(ModelMerge, ClassesAreSortedByNameAndFoundByKey) {
  ClassBuilder a("Zebra"), b("Ant");
  a.class_.key = "a-key";
  b.class_.key = "b-key";
  Program merged = program({a, b});
  EXPECT_EQ(merged.classes[0].class_().name, "Ant");
  ASSERT_NE(merged.find("a-key"), nullptr);
  EXPECT_EQ(merged.find("a-key")->name, "Zebra");
  EXPECT_EQ(merged.find("c-key"), nullptr);
}

TEST(ModelMerge, IncompleteDefinitionYieldsToACompleteOne) {
  TranslationUnit broken = unit({user("a.h")}, "a.cpp");
  broken.incomplete = true;
  Program merged = merge({broken, unit({user("b.h").column("name")}, "b.cpp")});
  EXPECT_TRUE(merged.incomplete);
  ASSERT_EQ(merged.classes[0].definitions.size(), 1u);
  EXPECT_EQ(merged.classes[0].class_().members.size(), 2u);
}

TEST(ModelMerge, IncompleteDefinitionIsBetterThanNone) {
  TranslationUnit broken = unit({user()}, "a.cpp");
  broken.incomplete = true;
  Program merged = merge({broken});
  ASSERT_NE(merged.find("User"), nullptr);
  EXPECT_TRUE(merged.classes[0].definitions[0].incomplete);
  EXPECT_FALSE(program({user()}).classes[0].definitions[0].incomplete);
}

TEST(ModelMerge, ACopyOfAProgramFindsItsOwnClasses) {
  Program original = program({user()});
  Program copy = original;
  EXPECT_EQ(copy.find("User"), &copy.classes[0].class_());
}

} // namespace
