// arena.cpp: chunks of the heap, then blocks.
#include "runtime/orm/session/arena.h"

#include <algorithm>
#include <new>

namespace declorm::detail {

namespace {
constexpr std::size_t first_chunk = 8 * 1024, largest_chunk = 128 * 1024;
/// A session that has taken so much is a large one, which a whole block is not too much for.
constexpr std::size_t enough_for_blocks = 512 * 1024;
} // namespace

Arena::~Arena() {
  for (const Chunk &chunk : chunks_)
    if (chunk.alignment == 0)
      pool_->give_back(chunk.memory);
    else
      ::operator delete(chunk.memory, std::align_val_t(chunk.alignment));
}

std::byte *Arena::add_chunk(std::size_t size, std::size_t alignment) {
  chunks_.emplace_back();
  auto *const memory = static_cast<std::byte *>(::operator new(size, std::align_val_t(alignment)));
  chunks_.back() = {memory, alignment};
  taken_ += size;
  return memory;
}

std::byte *Arena::allocate_in_new_chunk(std::size_t size, std::size_t alignment) {
  const bool by_blocks = pool_ && taken_ >= enough_for_blocks;
  const std::size_t chunk_size =
      by_blocks ? BlockPool::block_size : std::clamp(taken_, first_chunk, largest_chunk);
  constexpr std::size_t usual_alignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
  // What is large has a chunk of its own; the chunk in use stays in use.
  if (size + alignment > chunk_size / 4)
    return add_chunk(size, std::max(alignment, usual_alignment));
  if (by_blocks) {
    chunks_.emplace_back();
    next_ = pool_->take();
    chunks_.back() = {next_, 0};
  } else {
    next_ = add_chunk(chunk_size, usual_alignment);
  }
  end_ = next_ + chunk_size;
  return allocate(size, alignment);
}

} // namespace declorm::detail
