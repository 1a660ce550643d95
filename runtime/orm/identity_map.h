// identity_map.h: the one object of each row, by key. Martin Fowler's Identity Map.
#ifndef DECLORM_ORM_IDENTITY_MAP_H
#define DECLORM_ORM_IDENTITY_MAP_H

#include "runtime/orm/object_store.h"
#include "runtime/orm/snapshot.h"

namespace declorm::detail {

/// States by their packed key, which stands at the beginning of their snapshots. Open addressing.
class IdentityMap {
public:
  explicit IdentityMap(std::size_t key_columns) : key_columns_(key_columns) {}

  /// `key`: packed entries of the key columns.
  ObjectState *find(std::span<const std::byte> key) const;
  /// The key must not be there.
  void insert(ObjectState &state);
  /// Nothing happens if it is not there.
  void erase(const ObjectState &state);
  std::span<const std::byte> key_of(const ObjectState &state) const {
    return {state.snapshot, packed_size(state.snapshot, key_columns_)};
  }

private:
  static std::size_t hash(std::span<const std::byte> key);
  void grow();

  std::size_t key_columns_;
  std::vector<ObjectState *> slots_; ///< a power of two; null: free
  std::size_t used_ = 0;             ///< with erased ones
};

} // namespace declorm::detail

#endif // DECLORM_ORM_IDENTITY_MAP_H
