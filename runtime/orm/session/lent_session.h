// lent_session.h: the Session that functions of the program are called with.
#ifndef DECLORM_ORM_SESSION_LENT_SESSION_H
#define DECLORM_ORM_SESSION_LENT_SESSION_H

#include "declorm/session.h"

namespace declorm::detail {

/// A Session that is no owner of what it stands for.
class LentSession {
public:
  explicit LentSession(SessionState &state) : session_(SessionCore(&state)) {}
  ~LentSession() { static_cast<void>(session_.core_.state_.release()); }
  LentSession(const LentSession &) = delete;
  LentSession &operator=(const LentSession &) = delete;

  Session *get() { return &session_; }

private:
  Session session_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_LENT_SESSION_H
