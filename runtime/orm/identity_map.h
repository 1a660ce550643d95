// identity_map.h: the one object of each row, by key. Martin Fowler's Identity Map.
#ifndef DECLORM_ORM_IDENTITY_MAP_H
#define DECLORM_ORM_IDENTITY_MAP_H

#include "runtime/orm/object_store.h"
#include "runtime/orm/snapshot.h"

#include <cstring>

namespace declorm::detail {

/// States by their packed key, which stands at the beginning of their snapshots. Open addressing;
/// the hashes lie apart from the states, so that a search touches no state but the one it finds.
class IdentityMap {
public:
  using Hash = std::uint32_t;

  explicit IdentityMap(std::size_t key_columns) : key_columns_(key_columns) {}

  static Hash hash(std::span<const std::byte> key);

  /// `key`: packed entries of the key columns; `key_hash`: its hash().
  ObjectState *find(std::span<const std::byte> key, Hash key_hash) const {
    if (hashes_.empty())
      return nullptr;
    const std::size_t mask = hashes_.size() - 1;
    for (std::size_t i = key_hash & mask; hashes_[i] != free_slot; i = (i + 1) & mask) {
      ObjectState *state = states_[i];
      // Entries are self-delimiting, so equal bytes are an equal key.
      if (hashes_[i] == key_hash && state->snapshot_size >= key.size() &&
          std::memcmp(state->snapshot, key.data(), key.size()) == 0)
        return state;
    }
    return nullptr;
  }
  ObjectState *find(std::span<const std::byte> key) const { return find(key, hash(key)); }

  /// The key must not be there.
  void insert(ObjectState &state, Hash key_hash) {
    if ((used_ + 1) * 4 > hashes_.size() * 3)
      grow();
    place(state, key_hash);
  }
  void insert(ObjectState &state) { insert(state, hash(key_of(state))); }
  /// Nothing happens if it is not there.
  void erase(const ObjectState &state);
  std::span<const std::byte> key_of(const ObjectState &state) const {
    return {state.snapshot, packed_size(state.snapshot, key_columns_)};
  }

private:
  static constexpr Hash free_slot = 0, erased_slot = 1; ///< no key's hash

  void grow();
  void place(ObjectState &state, Hash key_hash) {
    const std::size_t mask = hashes_.size() - 1;
    std::size_t i = key_hash & mask;
    while (hashes_[i] > erased_slot)
      i = (i + 1) & mask;
    used_ += hashes_[i] == free_slot;
    hashes_[i] = key_hash;
    states_[i] = &state;
  }

  std::size_t key_columns_;
  std::vector<Hash> hashes_; ///< a power of two
  std::vector<ObjectState *> states_;
  std::size_t used_ = 0; ///< with erased ones
};

inline IdentityMap::Hash IdentityMap::hash(std::span<const std::byte> key) {
  __extension__ using Wide = unsigned __int128;
  const auto mix = [](std::uint64_t word) {
    // Multiply and fold (the idea of wyhash).
    const Wide product = static_cast<Wide>(word) * 0xd6e8feb86659fd93u;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const auto load = [](const std::byte *data, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, data, size);
    return word;
  };
  std::uint64_t state;
  if (key.size() <= 9 && entry_size(key.data()) == key.size() && unsigned(key[0]) < tag_real) {
    // One integer. Sixteen neighbours stay neighbours, so that loading by ascending key is kind to
    // the cache; the groups are spread.
    const std::uint64_t bits = load(key.data() + 1, key.size() - 1);
    state = mix((bits >> 5) + 0x9e3779b97f4a7c15u) + ((bits >> 1) & 15) + ((bits & 1) << 4);
  } else {
    state = key.size() * 0x9e3779b97f4a7c15u;
    for (std::size_t i = 0; i < key.size(); i += 8)
      state = mix(state ^ load(key.data() + i, key.size() - i < 8 ? key.size() - i : 8));
    state ^= state >> 32;
  }
  const auto folded = static_cast<Hash>(state);
  return folded > erased_slot ? folded : folded + 2;
}

} // namespace declorm::detail

#endif // DECLORM_ORM_IDENTITY_MAP_H
