// pending_keys.cpp: the keys that new objects will have.
#include "runtime/orm/session/pending_keys.h"

#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/mapping/registry.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

const std::vector<PendingKeys::LinkedPart> &PendingKeys::linked_parts(const MapperState &mapper) {
  const auto [known, is_new] = linked_parts_.try_emplace(&mapper);
  if (is_new)
    for (const KeyLink *link : RegistryState::instance().key_links())
      if (mapper.is_a(link->child->type))
        for (const PositionPair &pair : link->pairs) {
          const std::vector<unsigned> &key = mapper.key_positions;
          const auto part =
              std::find(key.begin(), key.end(), position_in(mapper, *link->child, pair.child));
          if (part != key.end())
            known->second.push_back({std::size_t(part - key.begin()), link, pair.parent});
        }
  return known->second;
}

namespace {

/// The object that a member of the relationship's owner points to: of which class, and where it
/// begins. It may be any object, of the session or not.
std::pair<const MapperState *, const void *> parent_in(ObjectStore &store,
                                                       const MapperState &mapper,
                                                       const void *object,
                                                       const RelationshipState &relationship) {
  const unsigned index = relationship_index(mapper, &relationship);
  void *target = nullptr;
  if (index != mapper.relationships.size())
    relationship.for_each(static_cast<const std::byte *>(object) +
                              mapper.relationships[index].upcast,
                          [&](void *met) { target = met; });
  if (!target)
    return {nullptr, nullptr};
  if (const ObjectState *held = store.find(target))
    return {held->mapper, held->object};
  const MapperState &real = real_mapper(*relationship.target, target);
  return {&real, static_cast<const std::byte *>(target) - real.offset_of(*relationship.target)};
}

/// What another member holds that stands for the same value; NULL: none, or nobody has set it.
Value other_name(const MapperState &mapper, const void *object, unsigned position) {
  for (const std::vector<Mirror> &mirrors : mapper.mirrors)
    if (std::any_of(mirrors.begin(), mirrors.end(), [&](const Mirror &mirror) {
          return !mirror.copy && mirror.position == position;
        }))
      for (const Mirror &mirror : mirrors)
        if (const Field &field = mapper.field_of(mirror); !is_empty(field, object))
          return value_of(field, object);
  return {};
}

} // namespace

std::optional<Key> PendingKeys::key_of(ObjectStore &store, const MapperState &mapper,
                                       const void *object, const RelationshipState *list,
                                       const ObjectState *owner) {
  Key key = detail::key_of(mapper, object);
  std::vector<bool> is_linked(key.size());
  for (const LinkedPart &part : linked_parts(mapper)) {
    if (is_empty(mapper.key_fields[part.index], object) && !is_linked[part.index]) {
      is_linked[part.index] = true;
      key[part.index] = Value();
    }
    std::pair<const MapperState *, const void *> parent;
    if (owner && is_same_member(part.link->down, *list))
      parent = {owner->mapper, owner->object};
    else if (part.link->up)
      parent = parent_in(store, mapper, object, *part.link->up);
    if (!parent.first)
      continue; // the member itself says the parent's key, or nobody does
    const Field &field =
        parent.first->all_fields[position_in(*parent.first, *part.link->parent, part.parent)];
    if (!is_empty(field, parent.second))
      key[part.index] = value_of(field, parent.second);
  }
  for (std::size_t i = 0; i != key.size(); ++i) {
    const unsigned position = mapper.key_positions[i];
    if (!is_linked[i] && is_unset(mapper.all_fields[position], mapper.infos[position], object))
      key[i] = other_name(mapper, object, position);
    if (key[i].is_null())
      return std::nullopt;
  }
  return key;
}

PendingKeys::KeyText PendingKeys::packed(const MapperState &root, const Key &key) {
  const MapperState *const address = &root;
  buffer_.clear();
  std::memcpy(buffer_.grow(sizeof address), &address, sizeof address);
  for (const Value &value : key)
    pack(value, buffer_);
  const std::span<const std::byte> bytes = buffer_.bytes();
  return KeyText(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

std::optional<Key> PendingKeys::key_of(ObjectStore &store, const ObjectState &state) {
  try {
    return key_of(store, *state.mapper, state.object, nullptr, nullptr);
  } catch (const DataError &) {
    return std::nullopt; // it cannot be stored; the flush says why
  }
}

void PendingKeys::meet(ObjectStore &store, ObjectState &state) {
  if (const std::optional<Key> key = key_of(store, state))
    by_key_.emplace(packed(*state.mapper->root, *key), &state);
}

ObjectState *PendingKeys::find(ObjectStore &store, const MapperState &root, const Key &key,
                               std::span<ObjectState *const> pending) {
  while (met_ != pending.size())
    meet(store, *pending[met_++]);
  const KeyText wanted = packed(root, key);
  std::vector<ObjectState *> changed;
  ObjectState *found = nullptr;
  auto [begin, end] = by_key_.equal_range(wanted);
  while (begin != end && !found) {
    ObjectState &state = *begin->second;
    const bool is_pending = state.status == ObjectStatus::pending;
    if (is_pending && key_of(store, state) == key) {
      found = &state;
    } else {
      if (is_pending)
        changed.push_back(&state);
      begin = by_key_.erase(begin);
    }
  }
  for (ObjectState *state : changed)
    meet(store, *state);
  return found;
}

} // namespace declorm::detail
