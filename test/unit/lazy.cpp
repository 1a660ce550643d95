// Members that load at first touch, where there is no session.
#include <declorm/lazy.h>

#include <gtest/gtest.h>

#include <type_traits>

namespace {

struct Thing {
  int value = 0;
};
using Lazy = declorm::lazy<Thing>;
using List = declorm::lazy_list<Thing>;

static_assert(sizeof(Lazy) == 2 * sizeof(void *));
static_assert(std::is_nothrow_copy_constructible_v<Lazy> &&
              std::is_nothrow_move_constructible_v<List>);
static_assert(std::is_trivially_destructible_v<Lazy>);
static_assert(!std::is_convertible_v<Lazy, bool> && std::is_constructible_v<bool, Lazy>);
static_assert(std::is_convertible_v<Thing *, Lazy> && std::is_convertible_v<std::nullptr_t, Lazy>);

TEST(Lazy, IsAPointer) {
  Thing one{1}, two{2};
  Lazy empty, lazy = &one;
  EXPECT_FALSE(empty);
  EXPECT_TRUE(empty == nullptr);
  EXPECT_TRUE(lazy != nullptr && lazy == &one && &one == lazy && lazy != &two);
  EXPECT_EQ(lazy->value, 1);
  EXPECT_EQ((*lazy).value, 1);
  Lazy copy = lazy;
  lazy = &two;
  EXPECT_EQ(copy.get(), &one);
  EXPECT_EQ(lazy.get(), &two);
  EXPECT_TRUE(copy != lazy);
  copy = lazy;
  EXPECT_TRUE(copy == lazy);
  lazy = nullptr;
  copy = {};
  EXPECT_FALSE(lazy);
  EXPECT_FALSE(copy);
}

TEST(Lazy, ListIsAVector) {
  Thing one{1}, two{2}, three{3};
  List list{&one, &two};
  list.push_back(&three);
  EXPECT_EQ(list.size(), 3u);
  EXPECT_EQ(list[1], &two);
  EXPECT_EQ(list.front(), &one);
  EXPECT_EQ(list.back(), &three);
  int sum = 0;
  for (const Thing *thing : list)
    sum += thing->value;
  EXPECT_EQ(sum, 6);
  EXPECT_EQ(*list.erase(list.begin()), &two);
  EXPECT_EQ(list.erase(&three), 1u);
  EXPECT_EQ(list.erase(&three), 0u);
  EXPECT_TRUE(list.contains(&two) && !list.contains(&one));
  List copy = list;
  EXPECT_EQ(copy.items(), list.items());
  const List moved = std::move(copy);
  EXPECT_EQ(moved.size(), 1u);
  EXPECT_TRUE(copy.empty()); // NOLINT: it is empty, as a vector is
  copy = moved;
  EXPECT_EQ(copy.size(), 1u);
  list = std::move(copy);
  EXPECT_EQ(list.size(), 1u);
  EXPECT_TRUE(copy.empty()); // NOLINT
  list = {&one, &three};
  EXPECT_EQ(list.size(), 2u);
  list = std::vector<Thing *>{&one};
  EXPECT_EQ(list.size(), 1u);
  list.clear();
  EXPECT_TRUE(list.empty());
  list = {};
  EXPECT_TRUE(list.empty());
}

} // namespace
