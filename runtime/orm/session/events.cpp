// events.cpp: before_flush, after_flush, before_commit, after_commit, after_rollback.
#include "runtime/orm/session/events.h"

#include "runtime/engine/thread_number.h"
#include "runtime/orm/session/lent_session.h"
#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

namespace {

/// Opens the session to calls of this thread for as long as an event's function runs.
class Opened {
public:
  Opened(SessionState &session, const RunningEvent &event)
      : session_(session), outer_(std::exchange(session.running_event, &event)),
        outer_thread_(session.hook_thread.exchange(thread_number(), std::memory_order_relaxed)) {
    session_.autoflush_blocked += event.in_flush;
  }
  ~Opened() {
    session_.autoflush_blocked -= session_.running_event->in_flush;
    session_.hook_thread.store(outer_thread_, std::memory_order_relaxed);
    session_.running_event = outer_;
  }
  Opened(const Opened &) = delete;
  Opened &operator=(const Opened &) = delete;

private:
  SessionState &session_;
  const RunningEvent *const outer_;
  const int outer_thread_;
};

} // namespace

void call_event(SessionState &session, const std::function<void(Session &)> &function,
                const RunningEvent &event) {
  if (!function)
    return;
  const Opened opened(session, event);
  LentSession lent(session);
  function(*lent.get());
}

void require_open(const RunningEvent &event, std::string_view call) {
  const bool ends = call == "commit()" || call == "rollback()";
  if (!ends && !(event.in_flush && (call == "flush()" || call == "begin_nested()")))
    return;
  throw InvalidRequestError(std::string(call) + " was called in " + event.name +
                            " of the session, which " +
                            (event.in_flush ? "is in the middle of a flush"
                                            : "is in the middle of commit() or rollback()") +
                            "; call it when that has returned");
}

} // namespace declorm::detail
