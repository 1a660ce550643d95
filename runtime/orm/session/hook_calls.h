// hook_calls.h: how a session calls the functions of a class that are hooks.
#ifndef DECLORM_ORM_SESSION_HOOK_CALLS_H
#define DECLORM_ORM_SESSION_HOOK_CALLS_H

#include "runtime/orm/session/object_store.h"

#include <functional>

namespace declorm::detail {

struct SessionState;

/// A hook that is called: what it is told when it calls the session for what cannot be done then.
struct RunningHook {
  model::HookKind kind;
  const MapperState *mapper;
};

/// Returns "add() was called in before_insert of class 'User' (model.h:12), …".
std::string text_of_refused(const char *call, const RunningHook &hook);

/// Calls `change()`, and notes in the undo log which mapped members of the object it changes, also
/// if it throws. Returns their positions.
std::vector<unsigned> note_member_changes(SessionState &session, ObjectState &state,
                                          const std::function<void()> &change);

/// Calls the hooks of one kind for an object, those of its bases first. They may call the session,
/// as far as that changes nothing of its work, and its connection. What they change in mapped
/// members is noted if `undoes`. Returns the positions of those members.
std::vector<unsigned> call_hooks(SessionState &session, model::HookKind kind, ObjectState &state,
                                 bool undoes);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_HOOK_CALLS_H
