// link_snapshot.h: what a session knows of the relationship members of an object.
#ifndef DECLORM_ORM_SESSION_LINK_SNAPSHOT_H
#define DECLORM_ORM_SESSION_LINK_SNAPSHOT_H

#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace declorm::detail {

/// The objects that one member referred to when it was last in step with the database, as the
/// member has them (`T *`).
class LinkSnapshot {
public:
  bool loaded = false; ///< the member shows all that the database has
  bool stale = false;  ///< the member showed that in a transaction that is over
  // Two flags of a flush that goes on:
  bool touched = false; ///< the snapshot is to be taken anew at the end of the flush
  bool saved = false;   ///< the member's content stands in the log of what to undo

  LinkSnapshot() = default;
  ~LinkSnapshot() {
    if (count_ > 1)
      delete[] many_;
  }
  LinkSnapshot(LinkSnapshot &&other) noexcept
      : loaded(other.loaded), stale(other.stale), touched(other.touched), saved(other.saved),
        count_(std::exchange(other.count_, 0)), one_(other.one_) {}
  LinkSnapshot &operator=(LinkSnapshot &&other) noexcept {
    LinkSnapshot moved(std::move(other));
    swap(moved);
    stale = moved.stale;
    touched = moved.touched;
    saved = moved.saved;
    return *this;
  }

  std::span<void *const> targets() const { return {count_ > 1 ? many_ : &one_, count_}; }
  void set(std::span<void *const> targets) {
    void **const many = targets.size() > 1 ? new void *[targets.size()] : nullptr;
    if (many)
      std::memcpy(many, targets.data(), targets.size_bytes());
    if (count_ > 1)
      delete[] many_;
    count_ = static_cast<std::uint32_t>(targets.size());
    if (many)
      many_ = many;
    else
      one_ = targets.empty() ? nullptr : targets.front();
  }
  /// Swaps the targets, and whether they are all.
  void swap(LinkSnapshot &other) noexcept {
    std::swap(one_, other.one_);
    std::swap(count_, other.count_);
    std::swap(loaded, other.loaded);
  }

private:
  std::uint32_t count_ = 0;
  union {
    void *one_ = nullptr; ///< the target, if there is one at most
    void **many_;         ///< the targets, if there are more
  };
};
static_assert(sizeof(LinkSnapshot) == 2 * sizeof(void *));

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_LINK_SNAPSHOT_H
