// pending_keys.h: the keys of a session's new objects, for merge().
#ifndef DECLORM_ORM_SESSION_PENDING_KEYS_H
#define DECLORM_ORM_SESSION_PENDING_KEYS_H

#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/object_store.h"
#include "runtime/orm/session/snapshot.h"

#include <optional>
#include <unordered_map>

namespace declorm::detail {

/// Finds objects that have no rows yet by the keys that they will have.
///
/// Nobody tells when a member changes, so a key is looked at when the object is first met here, and
/// again before the object is given out: one whose key changed in between is found under the new
/// one only after that.
class PendingKeys {
public:
  /// Tells the key that the row of an object will have, with the parts that relationships write
  /// into it; nullopt if nobody knows it before a flush: the database or a default makes it, or no
  /// relationship leads to a parent that has a key. `list` and `owner`: the list that the object is
  /// met in, and the object of the session that has the list; null: there is none.
  std::optional<Key> key_of(ObjectStore &store, const MapperState &mapper, const void *object,
                            const RelationshipState *list, const ObjectState *owner);
  /// Finds the one of the `pending` objects, those of a session, that has the key and is of a class
  /// that shares rows with `root`; or null.
  ObjectState *find(ObjectStore &store, const MapperState &root, const Key &key,
                    std::span<ObjectState *const> pending);
  /// Says that the pending object at that place is about to leave the pending ones. It lives on.
  void leave(std::size_t place) { met_ -= place < met_; }
  /// Says that many objects are not pending any more, or are gone: all are met anew.
  void forget() {
    met_ = 0;
    by_key_.clear();
  }

private:
  /// A part of a class's key that a relationship writes.
  struct LinkedPart {
    std::size_t index; ///< where the part stands in the key
    const KeyLink *link;
    unsigned parent; ///< the position of the attribute in the link's parent
  };
  using KeyText = std::string; ///< the packed key behind the address of the root

  const std::vector<LinkedPart> &linked_parts(const MapperState &mapper);
  KeyText packed(const MapperState &root, const Key &key);
  std::optional<Key> key_of(ObjectStore &store, const ObjectState &state);
  void meet(ObjectStore &store, ObjectState &state);

  std::unordered_map<const MapperState *, std::vector<LinkedPart>> linked_parts_;
  std::unordered_multimap<KeyText, ObjectState *> by_key_;
  std::size_t met_ = 0; ///< so many of the pending objects are in by_key_
  PackBuffer buffer_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_PENDING_KEYS_H
