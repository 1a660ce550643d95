// block_pool.cpp: blocks from the system, aligned to their size.
#include "runtime/engine/block_pool.h"

#include <cstdint>
#include <new>

// The leak checker of a sanitizer looks for pointers in memory of operator new only.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DECLORM_BLOCKS_OF_NEW
#endif
#endif
#if !defined(__linux__) || defined(__SANITIZE_ADDRESS__)
#define DECLORM_BLOCKS_OF_NEW
#endif

#if !defined(DECLORM_BLOCKS_OF_NEW)
#include <sys/mman.h>
#endif

namespace declorm::detail {
namespace {

#if defined(DECLORM_BLOCKS_OF_NEW)

std::byte *allocate_block() {
  return static_cast<std::byte *>(::operator new(BlockPool::block_size));
}
void free_block(std::byte *block) { ::operator delete(block); }

#else

/// Huge pages begin at multiples of their size: twice the size surely contains one, and what stands
/// about it is given back at once.
std::byte *allocate_block() {
  constexpr std::size_t size = BlockPool::block_size;
  void *const mapped =
      mmap(nullptr, size * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    throw std::bad_alloc();
  auto *const begin = static_cast<std::byte *>(mapped);
  const std::size_t before = (size - reinterpret_cast<std::uintptr_t>(begin) % size) % size;
  std::byte *const block = begin + before;
  if (before != 0)
    munmap(begin, before);
  munmap(block + size, size - before);
  madvise(block, size, MADV_HUGEPAGE); // a system without huge pages refuses, and all is well
  return block;
}
void free_block(std::byte *block) { munmap(block, BlockPool::block_size); }

#endif

} // namespace

BlockPool::~BlockPool() {
  for (std::byte *block : free_)
    free_block(block);
}

std::byte *BlockPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::byte *const block = free_.back();
      free_.pop_back();
      return block;
    }
  }
  return allocate_block();
}

void BlockPool::give_back(std::byte *block) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (free_.size() < most_kept) {
      free_.push_back(block);
      return;
    }
  }
  free_block(block);
}

} // namespace declorm::detail
