// events.h: the functions of the program that a session calls.
#ifndef DECLORM_ORM_SESSION_EVENTS_H
#define DECLORM_ORM_SESSION_EVENTS_H

#include "declorm/session.h"

namespace declorm::detail {

struct SessionState;

/// An event whose function runs: what it is told when it calls the session for what cannot be done
/// then.
struct RunningEvent {
  const char *name;
  bool in_flush; ///< it belongs to one flush
};

/// Calls the function of an event, if there is one, with the session, which is open to its calls.
/// Queries do not flush while it belongs to one.
void call_event(SessionState &session, const std::function<void(Session &)> &function,
                const RunningEvent &event);

/// Throws InvalidRequestError if the function of that event must not make the call.
void require_open(const RunningEvent &event, std::string_view call);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_EVENTS_H
