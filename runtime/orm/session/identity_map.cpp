// identity_map.cpp: a hash table of object states.
#include "runtime/orm/session/identity_map.h"

#include <bit>

namespace declorm::detail {

void IdentityMap::grow() {
  std::size_t live = 0;
  for (const Hash hash : hashes_)
    live += hash > erased_slot;
  std::size_t capacity = 32;
  while (capacity < (live + 1) * 2)
    capacity *= 2;
  const std::vector<Hash> hashes = std::exchange(hashes_, std::vector<Hash>(capacity, free_slot));
  const std::vector<ObjectState *> states =
      std::exchange(states_, std::vector<ObjectState *>(capacity));
  shift_ = 32 - static_cast<unsigned>(std::countr_zero(capacity));
  used_ = 0;
  for (std::size_t i = 0; i != hashes.size(); ++i)
    if (hashes[i] > erased_slot)
      place(*states[i], hashes[i]);
}

void IdentityMap::erase(const ObjectState &state) {
  if (hashes_.empty() || !state.snapshot)
    return;
  const std::size_t mask = hashes_.size() - 1;
  for (std::size_t i = first_slot(hash(key_of(state))); hashes_[i] != free_slot; i = (i + 1) & mask)
    if (hashes_[i] != erased_slot && states_[i] == &state) {
      hashes_[i] = erased_slot;
      return;
    }
}

} // namespace declorm::detail
