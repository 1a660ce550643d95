// map_keys.h: the keys under which maps have their objects: an attribute of each.
#ifndef DECLORM_ORM_SESSION_MAP_KEYS_H
#define DECLORM_ORM_SESSION_MAP_KEYS_H

#include "runtime/orm/mapping/relationship.h"

#include <span>

namespace declorm::detail {

struct ObjectState;
struct SessionState;

/// Returns what a map has the object under; null: the member is no map. `object`: of the target.
const void *map_key_of(const RelationshipState &relationship, const void *object);
/// Returns the object that the map in `part` has under the key of `object`, or null.
void *find_in_map(const RelationshipState &map, const void *part, const void *object);

/// Returns whether each of the objects stands under its own key, if the relationship is a map.
bool has_own_keys(const RelationshipState &relationship, const void *part,
                  std::span<void *const> objects);

/// Two objects that have one key.
struct MapClash {
  void *first = nullptr, *second = nullptr;
};
/// Finds two of the objects that the map would have under one key. Returns nulls if there are none.
/// An object may stand twice.
MapClash find_clash(const RelationshipState &map, std::span<void *const> objects);
/// Returns "'Program.settings' of the Program with key (1) has one Setting for each 'name', and the
/// Setting with key (1) and the Setting with key (2) both have 'x'".
std::string describe(const MapClash &clash, const RelationshipState &map, const ObjectState &owner,
                     const SessionState &session);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_MAP_KEYS_H
