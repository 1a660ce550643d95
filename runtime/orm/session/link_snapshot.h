// link_snapshot.h: what a session knows of the relationship members of an object.
#ifndef DECLORM_ORM_SESSION_LINK_SNAPSHOT_H
#define DECLORM_ORM_SESSION_LINK_SNAPSHOT_H

#include <memory>
#include <span>
#include <vector>

namespace declorm::detail {

/// The objects that one member referred to when it was last in step with the database, as the
/// member has them (`T *`).
class LinkSnapshot {
public:
  bool loaded = false; ///< the member shows all that the database has
  bool stale = false;  ///< or had, in a transaction that is over
  // While a flush goes on:
  bool touched = false; ///< to be taken anew at its end
  bool saved = false;   ///< the member's content stands in the log of what to undo

  std::span<void *const> targets() const {
    if (many_)
      return *many_;
    return {&one_, one_ ? std::size_t(1) : 0};
  }
  void set(std::span<void *const> targets) {
    one_ = targets.size() == 1 ? targets.front() : nullptr;
    many_ = targets.size() > 1
                ? std::make_unique<std::vector<void *>>(targets.begin(), targets.end())
                : nullptr;
  }
  /// The targets alone.
  void swap(LinkSnapshot &other) {
    std::swap(one_, other.one_);
    std::swap(many_, other.many_);
    std::swap(loaded, other.loaded);
  }

private:
  void *one_ = nullptr;
  std::unique_ptr<std::vector<void *>> many_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_LINK_SNAPSHOT_H
