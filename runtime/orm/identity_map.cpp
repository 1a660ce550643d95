// identity_map.cpp: a hash table of object states.
#include "runtime/orm/identity_map.h"

#include <cstring>

namespace declorm::detail {

namespace {
/// Marks a slot whose state was erased: a search goes on behind it.
ObjectState *const erased = reinterpret_cast<ObjectState *>(std::uintptr_t(1));
} // namespace

std::size_t IdentityMap::hash(std::span<const std::byte> key) {
  // Multiply and fold, eight bytes at a time (the idea of wyhash); keys are short.
  std::uint64_t state = key.size() * 0x9e3779b97f4a7c15u;
  const std::byte *data = key.data();
  std::size_t left = key.size();
  while (left != 0) {
    std::uint64_t word = 0;
    const std::size_t count = left < 8 ? left : 8;
    std::memcpy(&word, data, count);
    const auto product = static_cast<unsigned __int128>(state ^ word) * 0xd6e8feb86659fd93u;
    state = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    data += count;
    left -= count;
  }
  return static_cast<std::size_t>(state);
}

ObjectState *IdentityMap::find(std::span<const std::byte> key) const {
  if (slots_.empty())
    return nullptr;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash(key) & mask;; i = (i + 1) & mask) {
    ObjectState *state = slots_[i];
    if (!state)
      return nullptr;
    // Entries are self-delimiting, so equal bytes are an equal key.
    if (state != erased && state->snapshot_size >= key.size() &&
        std::memcmp(state->snapshot, key.data(), key.size()) == 0)
      return state;
  }
}

void IdentityMap::grow() {
  std::vector<ObjectState *> old = std::move(slots_);
  std::size_t live = 0;
  for (const ObjectState *state : old)
    live += state && state != erased;
  std::size_t capacity = 32;
  while (capacity < (live + 1) * 2)
    capacity *= 2;
  slots_.assign(capacity, nullptr);
  used_ = 0;
  for (ObjectState *state : old)
    if (state && state != erased)
      insert(*state);
}

void IdentityMap::insert(ObjectState &state) {
  if ((used_ + 1) * 3 > slots_.size() * 2)
    grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash(key_of(state)) & mask;
  while (slots_[i] && slots_[i] != erased)
    i = (i + 1) & mask;
  used_ += slots_[i] == nullptr;
  slots_[i] = &state;
}

void IdentityMap::erase(const ObjectState &state) {
  if (slots_.empty() || !state.snapshot)
    return;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash(key_of(state)) & mask; slots_[i]; i = (i + 1) & mask)
    if (slots_[i] == &state) {
      slots_[i] = erased;
      return;
    }
}

} // namespace declorm::detail
