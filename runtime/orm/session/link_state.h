// link_state.h: what undoing gives a relationship's member back besides its content.
#ifndef DECLORM_ORM_SESSION_LINK_STATE_H
#define DECLORM_ORM_SESSION_LINK_STATE_H

#include "runtime/orm/session/object_store.h"

namespace declorm::detail {

/// Lets the member count as loaded or, if it is a lazy one, as assigned to without that, as it did
/// before.
void restore_link_state(ObjectState &state, unsigned index, bool was_loaded, bool was_assigned,
                        ObjectStore &store);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_LINK_STATE_H
