// block_pool.h: large blocks of memory that the sessions of an engine use one after the other.
#ifndef DECLORM_ENGINE_BLOCK_POOL_H
#define DECLORM_ENGINE_BLOCK_POOL_H

#include <cstddef>
#include <mutex>
#include <vector>

namespace declorm::detail {

/// Keeps a few of the blocks that are given back, so that the next session finds memory that has
/// been touched before: a page fault costs more than what is written to the page. A block is one
/// huge page where the system has them.
///
/// All threads may use a pool. What takes blocks keeps the pool alive by a std::shared_ptr.
class BlockPool {
public:
  static constexpr std::size_t block_size = std::size_t(2) << 20;

  BlockPool() { free_.reserve(most_kept); }
  ~BlockPool();
  BlockPool(const BlockPool &) = delete;
  BlockPool &operator=(const BlockPool &) = delete;

  /// Gives a block whose content is undefined. Throws std::bad_alloc.
  std::byte *take();
  /// Takes a block back, which take() gave.
  void give_back(std::byte *block) noexcept;

private:
  static constexpr std::size_t most_kept = 16;

  std::mutex mutex_;
  std::vector<std::byte *> free_; ///< has room for all that are kept
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_BLOCK_POOL_H
