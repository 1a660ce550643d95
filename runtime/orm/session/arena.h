// arena.h: memory that is given out piece by piece and given back at once.
#ifndef DECLORM_ORM_SESSION_ARENA_H
#define DECLORM_ORM_SESSION_ARENA_H

#include "runtime/engine/block_pool.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace declorm::detail {

/// The memory of one session's objects, states and snapshots. A small session takes small chunks of
/// the heap; one that has taken much takes whole blocks of its engine's pool.
class Arena {
public:
  explicit Arena(std::shared_ptr<BlockPool> pool) : pool_(std::move(pool)) {}
  ~Arena();
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;

  /// Gives memory that lives as long as the arena. Throws std::bad_alloc.
  std::byte *allocate(std::size_t size) {
    if (size > left())
      return allocate_in_new_chunk(size, 1);
    return std::exchange(next_, next_ + size);
  }
  /// The same, at a multiple of `alignment`.
  std::byte *allocate(std::size_t size, std::size_t alignment) {
    const std::size_t padding = -reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1);
    if (padding + size > left())
      return allocate_in_new_chunk(size, alignment);
    next_ += padding;
    return std::exchange(next_, next_ + size);
  }

private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - next_); }
  std::byte *allocate_in_new_chunk(std::size_t size, std::size_t alignment);
  std::byte *add_chunk(std::size_t size, std::size_t alignment);

  struct Chunk {
    std::byte *memory = nullptr;
    std::size_t alignment = 1; ///< of a chunk of the heap; 0: it is a block of the pool
  };
  std::shared_ptr<BlockPool> pool_;
  std::vector<Chunk> chunks_;
  std::byte *next_ = nullptr, *end_ = nullptr; ///< what is left of the chunk in use
  std::size_t taken_ = 0;                      ///< bytes of chunks of the heap
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_ARENA_H
