// model_class_text.cpp: Tests of the text of a class in the registration.

#include "runtime/model/class_text.h"
#include "runtime/model/json.h"

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

using namespace declorm::model;
using namespace declorm::model::test;

namespace {

Class read_back(const Class &class_) {
  std::string text;
  for (const std::string &line : class_text(class_))
    text += line;
  Class result;
  read_class_text(text.c_str(), result);
  return result;
}

std::string json_of(Class class_) {
  TranslationUnit unit;
  unit.classes.push_back(std::move(class_));
  return to_json(unit);
}

/// What the text does not hold, because the tables of the registration do or nobody asks for it.
Class without_tables(Class class_) {
  const Location home = class_.location;
  class_.key.clear();
  class_.flags = 0;
  class_.size = class_.alignment = 0;
  class_.bases.clear();
  for (Member &member : class_.members) {
    member.offset = declorm::detail::no_offset;
    member.type.target_name.clear();
    member.location.file = home.file;
    for (Annotation &annotation : member.annotations) {
      annotation.location.file = home.file;
      for (Value &value : annotation.arguments) {
        value.location = {};
        if (auto *list = std::get_if<std::vector<Value>>(&value.data))
          for (Value &element : *list)
            element.location = {};
      }
    }
  }
  return class_;
}

TEST(ModelClassText, RoundTrip) {
  for (const Class &class_ : everything().classes)
    EXPECT_EQ(json_of(read_back(class_)), json_of(without_tables(class_)));
}

TEST(ModelClassText, ALineForTheClassAndOneForEachMember) {
  ClassBuilder user("app::User", "model.h", 3);
  user.annotate("table", {text("users")}).key().member("name", string(), {note("column")});
  const std::vector<std::string> lines = class_text(user.class_);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], " 9:app::User 7:model.h 3 1 @ 5:table 3 5 s 5:users");
  EXPECT_EQ(lines[2].substr(0, 9), " . 4:name") << lines[2];
}

TEST(ModelClassText, PlacesInsideStrings) {
  Value order = text("a\n, b");
  order.places = {{0, 4, 13, 0, false}, {1, 4, 14, 0, true}};
  ClassBuilder user("User");
  user.member("all", string(), {note("order_by", {order, text("next")})});
  const Class read = read_back(user.class_);
  const std::vector<Value> &arguments = read.members[0].annotations[0].arguments;
  ASSERT_EQ(arguments.size(), 2u);
  ASSERT_EQ(arguments[0].places.size(), 2u);
  EXPECT_EQ(arguments[0].places[1].column, 14u);
  EXPECT_TRUE(arguments[0].places[1].fixed);
  EXPECT_TRUE(arguments[1].places.empty());
}

TEST(ModelClassText, FunctionsInTheOrderOfTheText) {
  const auto function = [](const char *name) { return Value{Function{name}, {}}; };
  Value nested;
  nested.data = std::vector<Value>{function("&::b"), function("&::c")};
  ClassBuilder user("User");
  user.annotate("table_from", {function("&::a")})
      .member("x", string(),
              {note("default_value", {nested}), note("onupdate", {function("&::d")})});
  const Class read = read_back(user.class_);
  std::string order;
  for_each_function(
      read, [&](const Function &one, const Annotation &annotation, const Member *member) {
        order += one.name + " " + annotation.name + " " + (member ? member->name : "-") + "; ";
      });
  EXPECT_EQ(order, "&::a table_from -; &::b default_value x; &::c default_value x; "
                   "&::d onupdate x; ");
}

} // namespace
