// model_json.cpp: Tests of the Model's JSON.

#include "runtime/model/json.h"

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace declorm::model;
using namespace declorm::model::test;

namespace {

TEST(ModelJson, RoundTrip) {
  const TranslationUnit unit = everything();
  const std::string json = to_json(unit);
  std::string error;
  std::optional<TranslationUnit> read = from_json(json, error);
  ASSERT_TRUE(read) << error << "\n" << json;
  EXPECT_EQ(to_json(*read), json);
  EXPECT_TRUE(read->incomplete);
  EXPECT_EQ(read->file, unit.file);
  ASSERT_EQ(read->classes.size(), 2u);
  const Class &a = unit.classes[0], &b = read->classes[0];
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.flags, b.flags);
  EXPECT_EQ(a.size, b.size);
  EXPECT_EQ(a.enclosing, b.enclosing);
  EXPECT_EQ(a.location.file, b.location.file);
  EXPECT_EQ(b.location.line, 3u);
  ASSERT_EQ(b.bases.size(), 2u);
  EXPECT_TRUE(b.bases[0].is_virtual);
  EXPECT_EQ(b.bases[0].offset, 8u);
  EXPECT_EQ(b.bases[1].offset, 0u);
  ASSERT_EQ(b.virtual_bases.size(), 1u);
  EXPECT_EQ(b.virtual_bases[0].key, "c:@S@Far");
  EXPECT_EQ(b.virtual_bases[0].offset, 48u);
  EXPECT_EQ(digest(a), digest(b));
}

TEST(ModelJson, ValuesKeepTheirKind) {
  const std::string json = to_json(everything());
  std::string error;
  const std::optional<TranslationUnit> read = from_json(json, error);
  ASSERT_TRUE(read) << error;
  const std::vector<Value> &v = read->classes[0].members[0].annotations[0].arguments;
  ASSERT_EQ(v.size(), 13u);
  EXPECT_EQ(*v[0].string(), "w");
  EXPECT_EQ(*v[1].integer(), INT64_MIN);
  EXPECT_EQ(*v[2].boolean(), true);
  EXPECT_EQ(std::get<double>(v[3].data), 1e-9);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(v[4].data));
  ASSERT_TRUE(v[5].list());
  EXPECT_EQ((*v[5].list())[1].location.column, 20u);
  EXPECT_EQ(std::get<Function>(v[6].data).name, "&::now");
  EXPECT_EQ(v[6].location.line, 5u);
  EXPECT_EQ(std::get<EnumValue>(v[7].data).value, -1);
  EXPECT_EQ(std::get<Keyword>(v[8].data).name, "any");
  EXPECT_EQ(*v[9].string(), "\xff");
  EXPECT_EQ(*v[10].string(), "\u00e4\"\\\n");
  EXPECT_EQ(v[11].location.column, 2u);
  EXPECT_TRUE(std::isinf(std::get<double>(v[12].data)));
}

TEST(ModelJson, PlacesInsideStringsSurvive) {
  Value order = text("a\n, b");
  order.location = {"model.h", 4, 12};
  order.places = {{0, 4, 13, 0, false}, {1, 4, 14, 0, true}, {2, 4, 16, 0, false}};
  ClassBuilder user("User");
  user.member("all", string(), {note("order_by", {order})});
  std::string error;
  const std::string json = to_json(unit({user}));
  const auto read = from_json(json, error);
  ASSERT_TRUE(read) << error;
  const Value &value = read->classes[0].members[0].annotations[0].arguments[0];
  ASSERT_EQ(value.places.size(), 3u);
  EXPECT_TRUE(value.places[1].fixed);
  EXPECT_EQ(locate(value, 4, {}).column, 18u);
  EXPECT_EQ(to_json(*read), json);
  EXPECT_NE(json.find("\"places\": [[0, 4, 13], [1, 4, 14, true], [2, 4, 16]]"), std::string::npos)
      << json;
}

TEST(ModelJson, BytesThatAreNoTextSurvive) {
  TranslationUnit made =
      unit({ClassBuilder("T").annotate("comment", {text(std::string("\xc3\0\xff", 3))})});
  std::string error;
  const std::optional<TranslationUnit> read = from_json(to_json(made), error);
  ASSERT_TRUE(read) << error;
  EXPECT_EQ(*read->classes[0].annotations[0].arguments[0].string(), std::string("\xc3\0\xff", 3));
}

TEST(ModelJson, IsReadable) {
  EXPECT_EQ(to_json(unit({ClassBuilder("User").annotate("table", {text("users")}).key()})),
            R"({
  "declorm": 1,
  "file": "main.cpp",
  "classes": [
    {
      "name": "User",
      "key": "User",
      "at": "model.h:1:1",
      "size": 0,
      "alignment": 0,
      "annotations": [{"name": "table", "at": "model.h:1:5", "arguments": ["users"]}],
      "members": [
        {
          "name": "id",
          "at": "model.h:2:3",
          "offset": 0,
          "type": {"spelling": "std::int64_t", "code": "int64", "size": 8},
          "annotations": [
            {"name": "column", "at": "model.h:1:5"},
            {"name": "primary_key", "at": "model.h:1:5"}
          ]
        }
      ]
    }
  ]
}
)");
}

TEST(ModelJson, BrokenInputIsAnError) {
  for (const char *text :
       {"", "{", "[]", "null", "{\"declorm\": 2}", "{\"declorm\": 1, \"file\": 3}",
        "{\"declorm\": 1, \"classes\": {}}", "{\"declorm\": 1, \"classes\": [7]}",
        "{\"declorm\": 1, \"classes\": [{\"at\": \"x\"}]}",
        "{\"declorm\": 1, \"classes\": [{\"at\": \"x:1:\"}]}",
        "{\"declorm\": 1, \"classes\": [{\"size\": \"x\"}]}",
        "{\"declorm\": 1, \"classes\": [{\"members\": [{\"kind\": \"x\"}]}]}",
        "{\"declorm\": 1, \"classes\": [{\"flags\": [\"x\"]}]}", "\xff\xfe"}) {
    std::string error;
    EXPECT_FALSE(from_json(text, error)) << text;
    EXPECT_NE(error, "") << text;
  }
}

std::vector<std::string_view> texts(const std::vector<Record> &records) {
  std::vector<std::string_view> texts;
  for (const Record &record : records)
    texts.push_back(record.text);
  return texts;
}

TEST(ModelJson, RecordsAreTheSameModel) {
  TranslationUnit unit = everything();
  unit.incomplete = false; // such a unit has no object file
  const std::vector<Record> records = to_records(unit);
  ASSERT_EQ(records.size(), 3u);
  std::string error;
  const auto units = from_records(texts(records), error);
  ASSERT_TRUE(units) << error;
  ASSERT_EQ(units->size(), 1u);
  EXPECT_EQ(to_json(units->front()), to_json(unit));
}

TEST(ModelJson, RecordsOfOneClassAreEqualInAllUnits) {
  const ClassBuilder user("User"), order("Order");
  const std::vector<Record> first = to_records(unit({user, order}, "a.cpp"));
  const std::vector<Record> second = to_records(unit({user}, "b.cpp"));
  EXPECT_EQ(first[0].id, second[0].id);
  EXPECT_EQ(first[0].text, second[0].text);
  EXPECT_NE(first[0].id, first[1].id);
  EXPECT_EQ(first[0].text.find('\n'), std::string::npos);
  std::string error;
  // Linked together: the class is there once.
  const auto units =
      from_records({first[0].text, first[1].text, first[2].text, second[1].text}, error);
  ASSERT_TRUE(units) << error;
  ASSERT_EQ(units->size(), 2u);
  EXPECT_EQ((*units)[1].file, "b.cpp");
  ASSERT_EQ((*units)[1].classes.size(), 1u);
  EXPECT_EQ((*units)[1].classes[0].name, "User");
}

TEST(ModelJson, BrokenRecordsAreAnError) {
  std::string error;
  const std::vector<Record> records = to_records(unit({ClassBuilder("User")}));
  EXPECT_FALSE(from_records({records[1].text}, error));
  EXPECT_EQ(error, "class " + records[0].id + " of 'main.cpp' is missing");
  EXPECT_FALSE(from_records({"{\"declorm\":7}"}, error));
  EXPECT_EQ(error, "a model of version 7, where version 1 is read");
  EXPECT_FALSE(from_records({std::string_view(records[0].text).substr(0, 50)}, error));
  EXPECT_EQ(error, "not JSON");
  const auto none = from_records({}, error);
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
}

TEST(ModelJson, DeepNestingIsAnErrorAndNoCrash) {
  std::string text = R"({"declorm": 1, "classes": [{"annotations": [{"arguments": [)";
  std::string error;
  EXPECT_FALSE(from_json(text + std::string(5000, '[') + std::string(5000, ']') + "]}]}]}", error));
  EXPECT_EQ(error, "lists are nested too deeply");
}

} // namespace
