// map_keys.cpp: objects under keys, and two that have the same.
#include "runtime/orm/session/map_keys.h"

#include "runtime/orm/session/session_state.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::detail {

const void *map_key_of(const RelationshipState &relationship, const void *object) {
  if (!relationship.map_key)
    return nullptr;
  return static_cast<const std::byte *>(object) +
         relationship.target->all_fields[*relationship.map_key].offset;
}

void *find_in_map(const RelationshipState &map, const void *part, const void *object) {
  return map.access->find(map.place_in(part), map_key_of(map, object));
}

bool has_own_keys(const RelationshipState &relationship, const void *part,
                  std::span<void *const> objects) {
  return !relationship.map_key || std::ranges::all_of(objects, [&](const void *object) {
    return find_in_map(relationship, part, object) == object;
  });
}

MapClash find_clash(const RelationshipState &map, std::span<void *const> objects) {
  std::unordered_map<std::string, void *> by_key;
  PackBuffer packed;
  for (void *object : objects) {
    packed.clear();
    pack(std::span(&map.target->all_fields[*map.map_key], 1), object, packed);
    const std::span<const std::byte> key = packed.bytes();
    const auto [known, is_new] = by_key.emplace(
        std::string(static_cast<const char *>(static_cast<const void *>(key.data())), key.size()),
        object);
    if (!is_new && known->second != object)
      return {known->second, object};
  }
  return {};
}

std::string describe(const MapClash &clash, const RelationshipState &map, const ObjectState &owner,
                     const SessionState &session) {
  const auto name = [&](void *object) {
    const ObjectState *const state = session.store->find(object);
    return state ? name_of(*state) : "another " + map.target->name;
  };
  const Field &field = map.target->all_fields[*map.map_key];
  return short_name(map) + " of " + name_of(owner) + " has one " + map.target->name +
         " for each '" + map.target->infos[*map.map_key].member + "', and " + name(clash.first) +
         " and " + name(clash.second) + " both have " + key_text({value_of(field, clash.first)});
}

} // namespace declorm::detail
