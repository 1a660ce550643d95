// flush_order.h: in which order a flush writes tables, and rows of tables that refer to each other.
#ifndef DECLORM_ORM_FLUSH_ORDER_H
#define DECLORM_ORM_FLUSH_ORDER_H

#include "runtime/orm/link_sync.h"

namespace declorm::detail {

/// Tables that are written together. Those it refers to are in groups before it.
struct TableGroup {
  std::vector<const Table *> tables;
  /// A row may refer to another one of the group.
  bool is_circular = false;
};

/// The groups of all tables of the mappers. Foreign keys, and relationships without one, count;
/// what is written by post_update does not.
std::vector<TableGroup> order_tables(const std::vector<MapperState *> &mappers);

/// New objects, each behind the parents it waits for; else in their order. Throws
/// CircularDependencyError, which names the circle.
std::vector<ObjectState *> order_inserts(const std::vector<ObjectState *> &states,
                                         const LinkWork &work);

/// A deleted object and another one, deleted too, that its row refers to.
struct DeletedPair {
  ObjectState *child, *parent;
  const KeyLink *link;
};

/// Deleted objects, each behind its children. Throws CircularDependencyError.
std::vector<ObjectState *> order_deletes(const std::vector<ObjectState *> &states,
                                         const std::vector<DeletedPair> &pairs);

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_ORDER_H
