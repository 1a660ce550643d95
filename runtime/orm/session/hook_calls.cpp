// hook_calls.cpp: a hook has the session for itself while it runs.
#include "runtime/orm/session/hook_calls.h"

#include "runtime/engine/thread_number.h"
#include "runtime/orm/session/lent_session.h"
#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

std::string text_of_refused(const char *call, const RunningHook &hook) {
  return std::string(call) + " was called in " +
         std::string(model::hook_names[std::size_t(hook.kind)]) + " of " + describe(*hook.mapper) +
         "; a hook may change the columns of its own object, query, and execute statements on "
         "session.connection(), but the session's work is closed while it runs: do that before "
         "the flush, or after it";
}

namespace {

/// Opens the session to calls of this thread for as long as a hook runs.
class Opened {
public:
  Opened(SessionState &session, const RunningHook &hook)
      : session_(session), outer_(session.running_hook) {
    session_.public_connection().state().is_lent = true; // which throws if there is none to have
    session_.running_hook = &hook;
    outer_thread_ = session_.hook_thread.exchange(thread_number(), std::memory_order_relaxed);
  }
  ~Opened() {
    session_.running_hook = outer_;
    session_.hook_thread.store(outer_thread_, std::memory_order_relaxed);
    if (!outer_)
      session_.open_connection->state().is_lent = false;
  }
  Opened(const Opened &) = delete;
  Opened &operator=(const Opened &) = delete;

private:
  SessionState &session_;
  const RunningHook *const outer_;
  int outer_thread_ = 0;
};

/// What the mapped members of an object hold; a value that cannot be stored is none.
std::vector<std::optional<Value>> member_values(const ObjectState &state) {
  std::vector<std::optional<Value>> values;
  for (const Field &field : state.mapper->all_fields)
    try {
      values.emplace_back(value_of(field, state.object));
    } catch (const DatabaseError &) {
      values.emplace_back();
    }
  return values;
}

} // namespace

std::vector<unsigned> note_member_changes(SessionState &session, ObjectState &state,
                                          const std::function<void()> &change) {
  std::vector<std::optional<Value>> before = member_values(state);
  const auto note = [&] {
    const std::vector<std::optional<Value>> now = member_values(state);
    std::vector<unsigned> changed;
    for (unsigned i = 0; i != now.size(); ++i) {
      if (now[i] == before[i])
        continue;
      changed.push_back(i);
      if (before[i])
        session.undo_log.note_followed(state, state.mapper->all_fields[i], std::move(*before[i]));
    }
    return changed;
  };
  try {
    change();
  } catch (...) {
    note();
    throw;
  }
  return note();
}

std::vector<unsigned> call_hooks(SessionState &session, model::HookKind kind, ObjectState &state,
                                 bool undoes) {
  const auto call = [&] {
    const RunningHook running{kind, state.mapper};
    const Opened opened(session, running);
    LentSession lent(session);
    for (const Hook &hook : state.mapper->hooks->at(kind))
      hook.thunk(static_cast<std::byte *>(state.object) + hook.holder, lent.get());
  };
  if (undoes)
    return note_member_changes(session, state, call);
  call();
  return {};
}

} // namespace declorm::detail
