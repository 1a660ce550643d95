// identity_map.h: the one object of each row, by key. Martin Fowler's Identity Map.
#ifndef DECLORM_ORM_SESSION_IDENTITY_MAP_H
#define DECLORM_ORM_SESSION_IDENTITY_MAP_H

#include "runtime/orm/session/object_store.h"
#include "runtime/orm/session/snapshot.h"

#include <cstring>

namespace declorm::detail {

/// States by their packed key, which stands at the beginning of their snapshots. Open addressing;
/// the hashes lie apart from the states, so that a search touches no state but the one it finds.
class IdentityMap {
public:
  using Hash = std::uint32_t;

  explicit IdentityMap(std::size_t key_columns) : key_columns_(key_columns) {}

  static Hash hash(std::span<const std::byte> key);

  /// Finds the state with that key, or null. `key`: the packed entries of the key columns;
  /// `key_hash`: its hash().
  ObjectState *find(std::span<const std::byte> key, Hash key_hash) const {
    if (hashes_.empty())
      return nullptr;
    const std::size_t mask = hashes_.size() - 1;
    for (std::size_t i = first_slot(key_hash); hashes_[i] != free_slot; i = (i + 1) & mask) {
      ObjectState *state = states_[i];
      // Entries are self-delimiting, so equal bytes are an equal key.
      if (hashes_[i] == key_hash && state->snapshot_size >= key.size() &&
          std::memcmp(state->snapshot, key.data(), key.size()) == 0)
        return state;
    }
    return nullptr;
  }
  ObjectState *find(std::span<const std::byte> key) const { return find(key, hash(key)); }

  /// Adds a state, whose key must not be there.
  void insert(ObjectState &state, Hash key_hash) {
    if ((used_ + 1) * 5 > hashes_.size() * 4)
      grow();
    place(state, key_hash);
  }
  void insert(ObjectState &state) { insert(state, hash(key_of(state))); }
  /// Takes a state out. Nothing happens if it is not there.
  void erase(const ObjectState &state);
  std::span<const std::byte> key_of(const ObjectState &state) const {
    return {state.snapshot, packed_size(state.snapshot, key_columns_)};
  }

private:
  static constexpr Hash free_slot = 0, erased_slot = 1; ///< no key has these hashes
  static constexpr std::size_t group = 16;              ///< slots in a cache line

  /// The upper bits choose the group, the lowest the slot in it.
  std::size_t first_slot(Hash key_hash) const {
    return ((key_hash >> shift_) & ~(group - 1)) | (key_hash & (group - 1));
  }

  void grow();
  void place(ObjectState &state, Hash key_hash) {
    const std::size_t mask = hashes_.size() - 1;
    std::size_t i = first_slot(key_hash);
    while (hashes_[i] > erased_slot)
      i = (i + 1) & mask;
    used_ += hashes_[i] == free_slot;
    hashes_[i] = key_hash;
    states_[i] = &state;
  }

  std::size_t key_columns_;
  std::vector<Hash> hashes_; ///< their number is a power of two
  unsigned shift_ = 32;
  std::vector<ObjectState *> states_;
  std::size_t used_ = 0; ///< slots that are not free, erased ones among them
};

inline IdentityMap::Hash IdentityMap::hash(std::span<const std::byte> key) {
  const auto load = [](const std::byte *data, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, data, size);
    return word;
  };
  std::uint64_t state = 0;
  if (key.size() <= 9) {
    // One integer, most likely. Sixteen neighbours share a cache line; the groups are spread by
    // Fibonacci hashing, under which ascending ones hardly ever meet.
    const std::uint64_t bits = load(key.data() + 1, key.size() - 1);
    state = (bits >> 5) * 0x9e3779b97f4a7c15u;
    state = (state & ~(std::uint64_t(group - 1) << 32)) | (((bits >> 1) & (group - 1)) << 32);
  } else {
    __extension__ using Wide = unsigned __int128;
    for (std::size_t i = 0; i < key.size(); i += 8) {
      // Multiply and fold (the idea of wyhash).
      const std::size_t size = key.size() - i < 8 ? key.size() - i : 8;
      const Wide product =
          static_cast<Wide>(state ^ load(key.data() + i, size) ^ size) * 0xd6e8feb86659fd93u;
      state = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
  }
  const auto folded = static_cast<Hash>(state >> 32);
  return folded > erased_slot ? folded : folded + 2;
}

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_IDENTITY_MAP_H
