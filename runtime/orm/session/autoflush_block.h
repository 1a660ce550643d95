// autoflush_block.h: a time in which a session does not flush by itself.
#ifndef DECLORM_ORM_SESSION_AUTOFLUSH_BLOCK_H
#define DECLORM_ORM_SESSION_AUTOFLUSH_BLOCK_H

#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

/// SELECTs of the session flush nothing while it lives.
class AutoflushBlock {
public:
  explicit AutoflushBlock(SessionState &session) : session_(session) {
    ++session_.autoflush_blocked;
  }
  ~AutoflushBlock() { --session_.autoflush_blocked; }
  AutoflushBlock(const AutoflushBlock &) = delete;
  AutoflushBlock &operator=(const AutoflushBlock &) = delete;

private:
  SessionState &session_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_AUTOFLUSH_BLOCK_H
