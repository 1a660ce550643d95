// mirrors.h: members of one object that hold one value.
//
// A joined class may declare its key again under another name, and any member of a base under the
// same one. All of them stand for one value of the row. Whoever changes one of them means it.
#ifndef DECLORM_ORM_ROWS_MIRRORS_H
#define DECLORM_ORM_ROWS_MIRRORS_H

#include "runtime/orm/session/object_store.h"

#include <functional>

namespace declorm::detail {

/// A function that is told of each member before it is changed.
using MirrorObserver = std::function<void(const Field &field, Value before)>;

/// Lets members that hold one value follow the one that was changed. A member was changed if it
/// differs from the row, or, in a new object, from what its constructor gave it. Throws FlushError,
/// which names both and their values, if two were changed to different values.
void follow_changed(const ObjectState &state, const MirrorObserver &observer);
/// Does the same for an object without a session. Nobody knows what was changed in it, so that a
/// member that a class declares again beats that of its base; for two others InvalidRequestError is
/// thrown.
void follow_given(const MapperState &mapper, void *object);
/// Gives the members that hold the value of the attribute at `position` what that attribute has.
void follow_position(const MapperState &mapper, void *object, unsigned position,
                     const MirrorObserver &observer);
/// Returns whether a member that is declared again differs from the row. A member that has a column
/// of its own is compared by that.
bool is_redeclared_changed(const ObjectState &state);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_MIRRORS_H
