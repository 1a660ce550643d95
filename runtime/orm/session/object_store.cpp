// object_store.cpp: slabs of objects, snapshot memory.
#include "runtime/orm/session/object_store.h"

#include <algorithm>
#include <memory>
#include <new>

namespace declorm::detail {

namespace {
constexpr std::uint32_t first_slab = 16, largest_slab = 4096;
constexpr std::size_t largest_slab_size = 128 * 1024; ///< bytes of its objects

/// How many objects a slab of the class holds that follows one of `before` objects.
std::uint32_t next_capacity(const MapperState &mapper, std::uint32_t before) {
  const auto fitting = static_cast<std::uint32_t>(
      std::clamp<std::size_t>(largest_slab_size / mapper.size, first_slab, largest_slab));
  return before == 0 ? first_slab : std::min(before * 2, fitting);
}
} // namespace

void ObjectStore::destroy_links(ObjectState &state) {
  if (state.links)
    std::destroy_n(state.links, state.mapper->relationships.size());
}

ObjectStore::~ObjectStore() {
  free_place_alone();
  for (const auto &[mapper, states] : shared_)
    for (const auto &state : states) {
      release_lazies(*state, *this);
      destroy_links(*state);
    }
  for (auto slab = slabs_.rbegin(); slab != slabs_.rend(); ++slab) {
    const MapperState &mapper = *(*slab)->mapper;
    for (std::uint32_t i = (*slab)->used; i != 0; --i) {
      destroy_links((*slab)->states[i - 1]);
      if (mapper.destroy)
        mapper.destroy((*slab)->states[i - 1].object);
    }
  }
}

void ObjectStore::note(MapperState &mapper) {
  if (std::find(mappers_.begin(), mappers_.end(), &mapper) == mappers_.end())
    mappers_.push_back(&mapper);
}

ObjectStore::Slab &ObjectStore::other_slab_with_room(MapperState &mapper) {
  Slab *&open = open_[&mapper];
  if (!open || open->used == open->capacity) {
    const std::uint32_t capacity = next_capacity(mapper, open ? open->capacity : 0);
    auto slab = std::make_unique<Slab>();
    slab->mapper = &mapper;
    slab->states = reinterpret_cast<ObjectState *>(
        arena_.allocate(sizeof(ObjectState) * capacity, alignof(ObjectState)));
    slab->objects = arena_.allocate(mapper.size * capacity, mapper.alignment);
    slab->used = 0;
    slab->capacity = capacity;
    slabs_.push_back(std::move(slab));
    open = slabs_.back().get();
    by_address_.insert(std::upper_bound(by_address_.begin(), by_address_.end(), open,
                                        [](const Slab *left, const Slab *right) {
                                          return left->objects < right->objects;
                                        }),
                       open);
    note(mapper);
  }
  last_mapper_ = &mapper;
  last_slab_ = open;
  return *open;
}

ObjectState &ObjectStore::keep(MapperState &mapper, std::shared_ptr<void> owner) {
  note(mapper);
  auto state = std::make_unique<SharedState>();
  state->object = owner.get();
  state->mapper = &mapper;
  state->has_owner = true;
  for (const MapperState::BaseInfo &base : mapper.bases) // found by any of its bases
    shared_by_address_[static_cast<std::byte *>(owner.get()) + base.offset] = state.get();
  state->owner = std::move(owner);
  return *shared_[&mapper].emplace_back(std::move(state));
}

void ObjectStore::free_place_alone() {
  if (alone_)
    ::operator delete(alone_, std::align_val_t(alone_mapper_->alignment));
  alone_ = nullptr;
}

void *ObjectStore::place_alone(MapperState &mapper) {
  if (alone_ && alone_mapper_ == &mapper)
    return alone_;
  free_place_alone();
  alone_mapper_ = &mapper;
  alone_ = ::operator new(mapper.size, std::align_val_t(mapper.alignment));
  return alone_;
}

ObjectState &ObjectStore::keep_alone(MapperState &mapper) {
  const auto destroy = [&mapper](void *object) {
    if (mapper.destroy)
      mapper.destroy(object);
    ::operator delete(object, std::align_val_t(mapper.alignment));
  };
  return keep(mapper, std::shared_ptr<void>(std::exchange(alone_, nullptr), destroy));
}

LinkSnapshot *ObjectStore::links(ObjectState &state) {
  if (state.links)
    return state.links;
  const std::size_t count = state.mapper->relationships.size();
  auto *const links = reinterpret_cast<LinkSnapshot *>(
      arena_.allocate(count * sizeof(LinkSnapshot), alignof(LinkSnapshot)));
  std::uninitialized_value_construct_n(links, count);
  for (std::size_t i = 0; i != count; ++i)
    links[i].loaded = state.made_here;
  return state.links = links;
}

ObjectState *ObjectStore::find(const void *object) {
  const auto *address = static_cast<const std::byte *>(object);
  const auto after = std::upper_bound(
      by_address_.begin(), by_address_.end(), address,
      [](const std::byte *place, const Slab *slab) { return place < slab->objects; });
  if (after != by_address_.begin()) {
    Slab &slab = **std::prev(after);
    const auto distance = static_cast<std::size_t>(address - slab.objects);
    const std::size_t index = distance / slab.mapper->size;
    if (index < slab.used && slab.mapper->has_base_at(distance % slab.mapper->size))
      return &slab.states[index];
  }
  if (shared_by_address_.empty())
    return nullptr;
  const auto shared = shared_by_address_.find(object);
  return shared == shared_by_address_.end() ? nullptr : shared->second;
}

} // namespace declorm::detail
