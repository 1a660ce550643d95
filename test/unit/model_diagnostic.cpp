// model_diagnostic.cpp: Tests of the text of findings and of the nearest name.

#include "runtime/model/diagnostic.h"

#include <gtest/gtest.h>

using namespace declorm::model;

namespace {

TEST(ModelDiagnostic, TextHasPlaceRuleAndNotes) {
  Diagnostic diagnostic{"no-primary-key",
                        Severity::warning,
                        "message",
                        {"model.h", 12, 3},
                        {{"here", {"other.h", 4, 1}}, {"nowhere", {}}}};
  EXPECT_EQ(to_string(diagnostic), "model.h:12:3: warning: message [declorm-no-primary-key]\n"
                                   "other.h:4:1: note: here\n"
                                   "note: nowhere");
}

TEST(ModelNearest, FindsATypingError) {
  EXPECT_EQ(nearest("colunm", {"table", "column", "comment"}), "column");
  EXPECT_EQ(nearest("emial", {"name", "email"}), "email");
  EXPECT_EQ(nearest("primarykey", {"primary_key", "primaryjoin"}), "primary_key");
}

TEST(ModelNearest, TakesTheNearestOfSeveral) {
  EXPECT_EQ(nearest("column", {"colums", "columns", "volume"}), "colums");
}

TEST(ModelNearest, IsEmptyIfNothingIsNear) {
  EXPECT_EQ(nearest("column", {"table", "x"}), "");
  EXPECT_EQ(nearest("a", {"b"}), "");
  EXPECT_EQ(nearest("", {"b", ""}), "");
  EXPECT_EQ(nearest("column", {}), "");
}

} // namespace
