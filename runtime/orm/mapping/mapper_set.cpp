// mapper_set.cpp: all mappers of the process.
#include "runtime/orm/mapping/mapper_set.h"

#include "runtime/orm/mapping/relationship.h"

#include <algorithm>

namespace declorm::detail {

Mapper &MapperSet::add(std::unique_ptr<MapperState> state, MapperState *parent) {
  if (const auto known = again_.find(state->key); known != again_.end()) {
    known->second->reset(std::move(state));
    mappers_.push_back(std::move(known->second));
    again_.erase(known);
  } else {
    mappers_.push_back(std::make_unique<Mapper>(std::move(state)));
  }
  Mapper &made = *mappers_.back();
  if (parent)
    parent->children.push_back(&made.state());
  by_class_[made.state().key] = &made;
  return made;
}

Mapper *MapperSet::find(std::string_view key) const {
  const auto found = by_class_.find(key);
  return found == by_class_.end() ? nullptr : found->second;
}

MapperState *MapperSet::state_of(const model::MappedClass &mapped) const {
  Mapper *mapper = find(mapped.class_->key);
  return mapper ? &mapper->state() : nullptr;
}

void MapperSet::start_again() {
  by_class_.clear();
  for (std::unique_ptr<Mapper> &mapper : mappers_) {
    const std::string key = mapper->state().key;
    again_[key] = std::move(mapper);
  }
  mappers_.clear();
}

void MapperSet::retire(std::string_view key) {
  const auto is_it = [&](const auto &mapper) { return mapper->state().key == key; };
  const auto found = std::find_if(mappers_.begin(), mappers_.end(), is_it);
  if (found == mappers_.end())
    return;
  MapperState &state = (*found)->state();
  state.loaded.store(false, std::memory_order_release);
  by_class_.erase(key);
  if (state.parent)
    std::erase(state.parent->children, &state);
  if (state.concrete_parent)
    std::erase(state.concrete_parent->concrete_children, &state);
  retired_.push_back(std::move(*found));
  mappers_.erase(found);
}

std::vector<std::string> MapperSet::dependents(const MapperState &state) const {
  std::vector<std::string> keys;
  for (const auto &mapper : mappers_) {
    const MapperState &other = mapper->state();
    if (other.parent == &state || other.concrete_parent == &state ||
        std::any_of(other.relationships.begin(), other.relationships.end(),
                    [&](const auto &link) { return link.state->target == &state; }))
      keys.push_back(other.key);
  }
  return keys;
}

bool MapperSet::is_behind(std::size_t count, const MapperState *state) const {
  return std::any_of(mappers_.begin() + std::ptrdiff_t(count), mappers_.end(),
                     [&](const auto &mapper) { return &mapper->state() == state; });
}

bool MapperSet::leads_behind(std::size_t count, const MapperState &owner) const {
  return std::any_of(
      owner.own_relationships.begin(), owner.own_relationships.end(),
      [&](const auto &relationship) { return is_behind(count, relationship->target); });
}

void MapperSet::forget_behind(std::size_t count) {
  const auto is_forgotten = [&](const MapperState *state) { return is_behind(count, state); };
  for (std::size_t i = 0; i != count; ++i) {
    MapperState &state = mappers_[i]->state();
    std::erase_if(state.children, is_forgotten);
    std::erase_if(state.concrete_children, is_forgotten);
    for (const MapperState *at = &state; at; at = at->parent)
      if (leads_behind(count, *at))
        state.relationships.clear();
  }
  for (std::size_t i = 0; i != count; ++i)
    if (MapperState &state = mappers_[i]->state(); leads_behind(count, state))
      state.own_relationships.clear();
  for (std::size_t i = count; i != mappers_.size(); ++i)
    by_class_.erase(mappers_[i]->state().key);
  mappers_.erase(mappers_.begin() + std::ptrdiff_t(count), mappers_.end());
}

void MapperSet::rebind(const Class &class_, const std::vector<Thunk> &gone) {
  for (const auto &mapper : mappers_)
    mapper->state().rebind(class_, gone);
}

} // namespace declorm::detail
