// sync_maps.cpp: maps follow the attributes that are their keys.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/orm/rows/keys.h"
#include "runtime/orm/session/map_keys.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

namespace {

[[noreturn]] void throw_clash(const MapClash &clash, const RelationshipState &map,
                              const ObjectState &owner, const SessionState &session) {
  throw FlushError(describe(clash, map, owner, session) +
                   "; give one of them another, or take it out of the map");
}

/// Returns whether the INSERT of the object makes the attribute that is the map's key.
bool awaits_map_key(const RelationshipState &map, const ObjectState &state) {
  const unsigned position = position_in(*state.mapper, *map.target, *map.map_key);
  const ColumnInfo &info = state.mapper->infos[position];
  return state.status == ObjectStatus::pending && info.unset != Unset::never &&
         is_unset(state.mapper->all_fields[position], info, state.object);
}

} // namespace

void LinkSync::rekey_maps() {
  for (MapperState *mapper : session_.store->mappers())
    for (unsigned i = 0; i != mapper->relationships.size(); ++i)
      if (mapper->relationships[i].state->map_key)
        session_.store->for_each(*mapper, [&](ObjectState &state) {
          if (is_in_work(state) && !state.read_only)
            rekey(state, i);
        });
}

/// Puts the objects of a map under the keys that they have now. Nothing is to be done in most
/// cases.
void LinkSync::rekey(ObjectState &of, unsigned index) {
  const RelationshipState &map = relationship_at(of, index);
  void *const part = link_part(of, index);
  now_.clear();
  bool is_known = true;
  map.for_each(part, [&](void *object) {
    is_known = is_known && session_.store->find(object);
    now_.push_back(object);
  });
  if (!is_known)
    return; // what such an object means is said where both sides are brought in step
  std::ranges::sort(now_);
  const auto twice = std::ranges::unique(now_);
  if (twice.empty() && has_own_keys(map, part, now_))
    return;
  now_.erase(twice.begin(), twice.end());
  std::erase_if(now_, [&](void *object) { return !is_in_work(*session_.store->find(object)); });
  if (const MapClash clash = find_clash(map, now_); clash.first)
    throw_clash(clash, map, of, session_);
  touch(of, index);
  std::vector<std::pair<void *, std::shared_ptr<void>>> content;
  map.for_each_owned(part, [&](void *object, const std::shared_ptr<void> *owner) {
    if (std::ranges::binary_search(now_, object))
      content.emplace_back(object, owner ? *owner : nullptr);
  });
  session_.set_member(of, index, content);
}

/// Whether the child must wait to be put into the map, because another object stands under its key:
/// that one may leave the map, or one of the two get another key.
bool LinkSync::waits_for_place(const RelationshipState &map, ObjectState &parent, unsigned index,
                               ObjectState &child) {
  void *const pointer = as_target(child, map);
  void *const other = map.map_key ? find_in_map(map, link_part(parent, index), pointer) : nullptr;
  const ObjectState *const state =
      other && other != pointer ? session_.store->find(other) : nullptr;
  return state && is_in_work(*state);
}

void LinkSync::join_waiting(bool is_last) {
  for (const auto &[parent, index, child] : std::exchange(waiting_for_place_, {})) {
    if (!is_in_work(*parent) || !is_in_work(*child))
      continue;
    const RelationshipState &map = relationship_at(*parent, index);
    if (!waits_for_place(map, *parent, index, *child)) {
      join_list(map, *parent, *child);
      continue;
    }
    void *const pointer = as_target(*child, map);
    void *const other = find_in_map(map, link_part(*parent, index), pointer);
    if (is_last ||
        !(awaits_map_key(map, *child) || awaits_map_key(map, *session_.store->find(other))))
      throw_clash({other, pointer}, map, *parent, session_);
    waiting_for_place_.push_back({parent, index, child});
  }
}

} // namespace declorm::detail
