// The identity map against std::map, over inserts, erasures and growth.
#include "runtime/orm/session/identity_map.h"

#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <random>

using declorm::Value;
using namespace declorm::detail;

namespace {

/// States with a snapshot that is only a key.
class States {
public:
  ObjectState &make(const std::vector<Value> &key) {
    PackBuffer buffer;
    for (const Value &part : key)
      pack(part, buffer);
    const auto bytes = buffer.bytes();
    snapshots_.emplace_back(bytes.begin(), bytes.end());
    ObjectState &state = states_.emplace_back();
    state.snapshot = snapshots_.back().data();
    state.snapshot_size = std::uint32_t(bytes.size());
    return state;
  }

private:
  std::deque<std::vector<std::byte>> snapshots_;
  std::deque<ObjectState> states_;
};

ObjectState *find(const IdentityMap &map, const std::vector<Value> &key) {
  PackBuffer buffer;
  for (const Value &part : key)
    pack(part, buffer);
  return map.find(buffer.bytes());
}

TEST(IdentityMap, FindsWhatIsThere) {
  IdentityMap map(1);
  States states;
  EXPECT_EQ(find(map, {Value(1)}), nullptr);
  const std::vector<Value> keys{Value(0),   Value(-1),
                                Value(""),  Value("a"),
                                Value(1.0), Value(std::numeric_limits<std::int64_t>::min()),
                                Value(1),   Value(std::string(1000, 'x'))};
  std::vector<ObjectState *> made;
  for (const Value &key : keys) {
    made.push_back(&states.make({key}));
    map.insert(*made.back());
  }
  for (std::size_t i = 0; i != keys.size(); ++i)
    EXPECT_EQ(find(map, {keys[i]}), made[i]) << keys[i].to_string();
  EXPECT_EQ(find(map, {Value(2)}), nullptr);
  map.erase(*made[0]);
  map.erase(*made[0]); // nothing happens
  EXPECT_EQ(find(map, {Value(0)}), nullptr);
  EXPECT_EQ(find(map, {Value(-1)}), made[1]);
}

TEST(IdentityMap, PartsOfAKeyAreNotMixedUp) {
  IdentityMap map(2);
  States states;
  ObjectState &one = states.make({Value("a"), Value("bc")});
  ObjectState &other = states.make({Value("ab"), Value("c")});
  map.insert(one);
  map.insert(other);
  EXPECT_EQ(find(map, {Value("a"), Value("bc")}), &one);
  EXPECT_EQ(find(map, {Value("ab"), Value("c")}), &other);
  EXPECT_EQ(find(map, {Value("abc"), Value("")}), nullptr);
}

TEST(IdentityMap, ComesAndGoesLikeAMap) {
  IdentityMap map(1);
  States states;
  std::map<std::int64_t, ObjectState *> expected;
  std::mt19937 random(7);
  for (int step = 0; step != 50'000; ++step) {
    const std::int64_t key = std::int64_t(random() % 3000) - 1500;
    const auto known = expected.find(key);
    if (known == expected.end()) {
      ObjectState &state = states.make({Value(key)});
      map.insert(state);
      expected.emplace(key, &state);
    } else if (random() % 2) {
      map.erase(*known->second);
      expected.erase(known);
    }
  }
  for (std::int64_t key = -1600; key != 1600; ++key) {
    const auto known = expected.find(key);
    EXPECT_EQ(find(map, {Value(key)}), known == expected.end() ? nullptr : known->second) << key;
  }
}

} // namespace
