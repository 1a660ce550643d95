// Arenas and the pool of blocks: what is given out does not overlap, and blocks come again.
#include "runtime/orm/session/arena.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace declorm::detail;

namespace {

struct Piece {
  std::byte *begin;
  std::size_t size;
  int mark;
};

/// Fills each piece with its mark when it is made, and looks at all of them at the end.
void fill_and_check(Arena &arena, int count, std::size_t largest) {
  std::mt19937 random(7);
  std::vector<Piece> pieces;
  for (int i = 0; i != count; ++i) {
    const std::size_t size = 1 + random() % largest;
    const std::size_t alignment = std::size_t(1) << random() % 7;
    std::byte *const begin = random() % 2 ? arena.allocate(size) : arena.allocate(size, alignment);
    std::memset(begin, i & 0xff, size);
    pieces.push_back({begin, size, i & 0xff});
  }
  for (const Piece &piece : pieces)
    EXPECT_TRUE(std::all_of(piece.begin, piece.begin + piece.size,
                            [&](std::byte byte) { return byte == std::byte(piece.mark); }));
}

TEST(Arena, PiecesDoNotOverlap) {
  Arena small(nullptr), large(std::make_shared<BlockPool>());
  fill_and_check(small, 2'000, 100);
  fill_and_check(large, 20'000, 1'000);
}

TEST(Arena, LargePiecesHaveChunksOfTheirOwn) {
  Arena arena(std::make_shared<BlockPool>());
  fill_and_check(arena, 20, 3 * BlockPool::block_size);
}

TEST(Arena, PiecesAreAligned) {
  Arena arena(std::make_shared<BlockPool>());
  for (int i = 0; i != 10'000; ++i)
    for (const std::size_t alignment : {1, 8, 64, 4096}) {
      const std::byte *const place = arena.allocate(3, alignment);
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(place) % alignment, 0u);
    }
}

TEST(BlockPool, GivesBlocksAgain) {
  BlockPool pool;
  std::byte *const first = pool.take(), *const second = pool.take();
  EXPECT_NE(first, second);
  std::memset(first, 1, BlockPool::block_size);
  pool.give_back(first);
  EXPECT_EQ(pool.take(), first);
  pool.give_back(first);
  pool.give_back(second);
}

TEST(BlockPool, TakesBackMoreThanItKeeps) {
  BlockPool pool;
  std::vector<std::byte *> blocks;
  for (int i = 0; i != 40; ++i)
    blocks.push_back(pool.take());
  for (std::byte *block : blocks)
    pool.give_back(block);
}

} // namespace
