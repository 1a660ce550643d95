// unique_order.h: the order of UPDATEs in which rows take unique values that others give up.
#ifndef DECLORM_ORM_FLUSH_UNIQUE_ORDER_H
#define DECLORM_ORM_FLUSH_UNIQUE_ORDER_H

#include "runtime/orm/flush/unique_values.h"

namespace declorm::detail {

/// What must happen before the rows of some objects can be written.
struct UniqueOrder {
  std::vector<ObjectState *> updates; ///< each behind those whose values it takes
  std::vector<EmptiedRow> emptied;
  std::vector<ObjectState *> deleted; ///< rows that must go before
  /// Two of a circle of updates, none of which can hold NULL meanwhile; nulls: there is none.
  const ObjectState *taker = nullptr, *holder = nullptr;
};

/// Finds it for updates of objects: those that take what others of them hold come behind these, and
/// circles are broken. What others hold, be they deleted or written later, is emptied or deleted.
UniqueOrder order_updates(UniqueValues &values, std::span<ObjectState *const> updates);
/// The same for rows that are written when the updates of their table are.
UniqueOrder free_values(UniqueValues &values, std::span<ObjectState *const> takers);

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_UNIQUE_ORDER_H
