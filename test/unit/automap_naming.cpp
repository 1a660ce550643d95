// automap_naming.cpp: names of tables and columns become names of classes and members.
#include "utils/declorm-automap/naming.h"

#include <gtest/gtest.h>

using namespace declorm::automap;

namespace {

using Words = std::vector<std::string>;

TEST(AutomapNaming, Words) {
  EXPECT_EQ(words("album_id"), (Words{"album", "id"}));
  EXPECT_EQ(words("AlbumId"), (Words{"album", "id"}));
  EXPECT_EQ(words("ALBUM ID"), (Words{"album", "id"}));
  EXPECT_EQ(words("  album--id!"), (Words{"album", "id"}));
  EXPECT_EQ(words("HTTPServerURL2"), (Words{"http", "server", "url2"}));
  EXPECT_EQ(words("address2Line"), (Words{"address2", "line"}));
  EXPECT_EQ(words("Ärger_im_Café"), (Words{"arger", "im", "cafe"}));
  EXPECT_EQ(words("Straße Œuvre"), (Words{"strasse", "oeuvre"}));
  EXPECT_EQ(words("名前"), (Words{"u540d", "u524d"}));
  EXPECT_EQ(words("😀"), (Words{"u1f600"}));
  EXPECT_EQ(words("\xff\xc3"), (Words{"y", "a"})); // no UTF-8: as Latin-1
  EXPECT_EQ(words("?!"), Words{});
}

TEST(AutomapNaming, SingularAndPlural) {
  const std::pair<const char *, const char *> nouns[] = {
      {"album", "albums"},
      {"address", "addresses"},
      {"status", "statuses"},
      {"category", "categories"},
      {"day", "days"},
      {"box", "boxes"},
      {"branch", "branches"},
      {"house", "houses"},
      {"cause", "causes"},
      {"use", "uses"},
      {"cache", "caches"},
      {"movie", "movies"},
      {"hero", "heroes"},
      {"photo", "photos"},
      {"shoe", "shoes"},
      {"leaf", "leaves"},
      {"move", "moves"},
      {"archive", "archives"},
      {"person", "people"},
      {"child", "children"},
      {"woman", "women"},
      {"salesman", "salesmen"},
      {"salesperson", "salespeople"},
      {"human", "humans"},
      {"mouse", "mice"},
      {"index", "indices"},
      {"analysis", "analyses"},
      {"criterion", "criteria"},
      {"quiz", "quizzes"},
      {"bus", "buses"},
      {"alias", "aliases"},
      {"lens", "lenses"},
      {"specimen", "specimens"},
      {"database", "databases"},
      {"invoice", "invoices"},
      {"id", "ids"},
      {"series", "series"},
      {"data", "data"},
      {"news", "news"},
      {"sheep", "sheep"},
      {"staff", "staff"},
      {"virus", "viruses"},
  };
  for (const auto &[one, many] : nouns) {
    EXPECT_EQ(singular(many), one);
    EXPECT_EQ(singular(one), one);
    EXPECT_EQ(plural(one), many);
    EXPECT_EQ(plural(many), many);
  }
  EXPECT_EQ(singular("indexes"), "index");
  EXPECT_EQ(singular("s"), "s");
  EXPECT_EQ(singular(""), "");
  EXPECT_EQ(plural(""), "");
}

TEST(AutomapNaming, Classes) {
  EXPECT_EQ(class_name(singular_words("playlist_tracks")), "PlaylistTrack");
  EXPECT_EQ(class_name(singular_words("People")), "Person");
  EXPECT_EQ(class_name(words("USERS")), "Users");
  EXPECT_EQ(class_name(words("3d-models")), "N3dModels");
  EXPECT_EQ(class_name(words("***")), "Table");
  EXPECT_EQ(class_name(words("i")), "ITable");
}

TEST(AutomapNaming, Members) {
  EXPECT_EQ(member_name("FirstName", Case::snake), "first_name");
  EXPECT_EQ(member_name("FirstName", Case::camel), "firstName");
  EXPECT_EQ(member_name("FirstName", Case::keep), "FirstName");
  EXPECT_EQ(member_name("first name?", Case::keep), "first_name_");
  EXPECT_EQ(member_name("a__b", Case::keep), "a_b");
  EXPECT_EQ(member_name("_Reserved", Case::keep), "Reserved");
  EXPECT_EQ(member_name("2nd", Case::snake), "n2nd");
  EXPECT_EQ(member_name("2nd", Case::keep), "n2nd");
  EXPECT_EQ(member_name("class", Case::snake), "class_");
  EXPECT_EQ(member_name("CLASS", Case::keep), "CLASS");
  EXPECT_EQ(member_name("co_await", Case::snake), "co_await_");
  EXPECT_EQ(member_name("errno", Case::snake), "errno_");
  EXPECT_EQ(member_name("In", Case::keep), "In_");
  EXPECT_EQ(member_name("NULL", Case::keep), "NULL_");
  EXPECT_EQ(member_name("", Case::snake), "column");
  EXPECT_EQ(member_name("-", Case::keep), "column");
  EXPECT_EQ(setter_name("name", Case::snake), "set_name");
  EXPECT_EQ(setter_name("name", Case::camel), "setName");
}

TEST(AutomapNaming, Identifiers) {
  for (const char *name : {"a", "_a", "A1", "end"})
    EXPECT_TRUE(is_identifier(name)) << name;
  for (const char *name : {"", "1a", "a b", "int", "a-b", "_A", "errno", "\xc3\xa4"})
    EXPECT_FALSE(is_identifier(name)) << name;
}

TEST(AutomapNaming, NamesAreGivenOnce) {
  std::set<std::string> taken{"a", "b", "b_2", "c_"};
  const auto is_free = [&](const std::string &name) { return !taken.contains(name); };
  EXPECT_EQ(Scope::choose({"x", "a"}, "_", is_free), "x");
  EXPECT_EQ(Scope::choose({"a", "x"}, "_", is_free), "x");
  EXPECT_EQ(Scope::choose({"a", "b"}, "_", is_free), "b_3");
  EXPECT_EQ(Scope::choose({"a"}, "", is_free), "a2");
  EXPECT_EQ(Scope::choose({"c_"}, "_", is_free), "c_2");
}

} // namespace
