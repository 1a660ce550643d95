// lazy_binding.h: what a member that loads at first touch knows.
#ifndef DECLORM_ORM_MAPPING_LAZY_BINDING_H
#define DECLORM_ORM_MAPPING_LAZY_BINDING_H

#include "declorm/lazy.h"
#include "runtime/model/mapping.h"

namespace declorm::detail {

class ObjectStore;
struct MapperState;
struct LazyQuery;

/// What the state of a LazyMember leads to. One record serves the member of all objects of a class
/// that a query gave.
struct LazyBinding {
  /// Whose object has the member; null: it is of no session any more, or of none yet.
  ObjectStore *store = nullptr;
  const LazyQuery *query = nullptr;    ///< that gave the object; of a record with a store
  const MapperState *mapper = nullptr; ///< of the object; null: the member is a copy
  unsigned index = 0;                  ///< of the relationship among the mapper's
  std::uint64_t offset = 0;            ///< of the member in the object
  model::Loading at_touch = model::Loading::when_asked;
  std::string name; ///< of a copy: how messages name the relationship
};

/// How the runtime reaches into a LazyMember.
struct LazyAccess {
  static LazyMember &member(void *place) { return *static_cast<LazyMember *>(place); }
  static const LazyMember &member(const void *place) {
    return *static_cast<const LazyMember *>(place);
  }
  /// Returns the record; null: the member has none.
  static const LazyBinding *binding(const LazyMember &member) {
    return reinterpret_cast<const LazyBinding *>(member.state_ & ~LazyMember::waiting);
  }
  static bool is_waiting(const LazyMember &member) { return member.is_waiting(); }
  static void set(const LazyMember &member, const LazyBinding *binding, bool is_waiting) {
    member.state_ = reinterpret_cast<std::uintptr_t>(binding) | std::uintptr_t(is_waiting);
  }
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_LAZY_BINDING_H
