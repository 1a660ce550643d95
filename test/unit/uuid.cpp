// UUID: reading, writing, making, and its form in a database.
#include "declorm/uuid.h"

#include "declorm/value.h"

#include <chrono>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <unordered_set>

using declorm::DataError;
using declorm::UUID;
using declorm::Value;

TEST(UUID, Text) {
  const std::string text = "0190163d-8694-739b-aea5-966c26f8ad91";
  const UUID uuid(text);
  EXPECT_EQ(uuid.to_string(), text);
  EXPECT_EQ(uuid.hex(), "0190163d8694739baea5966c26f8ad91");
  EXPECT_EQ(uuid.version(), 7);
  EXPECT_EQ(UUID(uuid.hex()), uuid);
  EXPECT_EQ(UUID("{" + text + "}"), uuid);
  EXPECT_EQ(UUID("urn:uuid:" + text), uuid);
  EXPECT_EQ(UUID("0190163D-8694-739B-AEA5-966C26F8AD91"), uuid);
  std::ostringstream out;
  out << uuid;
  EXPECT_EQ(out.str(), text);
  for (const char *wrong :
       {"", "0", "0190163d-8694-739b-aea5-966c26f8ad9", "0190163d-8694-739b-aea5-966c26f8ad9g",
        "0190163d8694-739b-aea5-966c26f8ad91a", "{0190163d8694739baea5966c26f8ad91000000}",
        "0190163d-8694-739b-aea5-966c26f8ad911", "-190163d-8694-739b-aea5-966c26f8ad91"})
    EXPECT_THROW(UUID{wrong}, DataError) << wrong;
}

TEST(UUID, Nil) {
  EXPECT_TRUE(UUID().is_nil());
  EXPECT_EQ(UUID().to_string(), "00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(UUID().version(), 0);
  EXPECT_FALSE(UUID::v4().is_nil());
}

TEST(UUID, Made) {
  std::unordered_set<UUID> random;
  for (int i = 0; i != 1000; ++i)
    random.insert(UUID::v4());
  EXPECT_EQ(random.size(), 1000U);
  EXPECT_EQ(random.begin()->version(), 4);
  EXPECT_EQ(random.begin()->bytes()[8] >> 6, 2);
  UUID before = UUID::v7();
  EXPECT_EQ(before.version(), 7);
  EXPECT_EQ(before.bytes()[8] >> 6, 2);
  for (int i = 0; i != 10'000; ++i) {
    const UUID next = UUID::v7();
    ASSERT_LT(before, next);
    ASSERT_LT(before.to_string(), next.to_string());
    before = next;
  }
  // The time is that of now.
  const auto now =
      std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
  std::int64_t time = 0;
  for (int i = 0; i != 6; ++i)
    time = time << 8 | before.bytes()[std::size_t(i)];
  EXPECT_LT(std::abs(now - time), 60'000);
}

TEST(UUID, InADatabase) {
  const UUID uuid = UUID::v4();
  EXPECT_EQ(Value(uuid), Value(uuid.hex()));
  EXPECT_EQ(Value(uuid).as<UUID>(), uuid);
  EXPECT_EQ(Value(uuid.to_string()).as<UUID>(), uuid);
  EXPECT_EQ(Value(uuid.bytes()).as<UUID>(), uuid);
  EXPECT_FALSE(Value().as<std::optional<UUID>>());
  EXPECT_THROW(Value().as<UUID>(), DataError);
  EXPECT_THROW(Value(5).as<UUID>(), DataError);
  EXPECT_THROW(Value(declorm::Bytes(15)).as<UUID>(), DataError);
}
