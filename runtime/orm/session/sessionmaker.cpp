// sessionmaker.cpp: the sessions of this thread.
#include "declorm/sessionmaker.h"

#include <atomic>

namespace declorm {

namespace {

/// Sessions of a thread stand under the number of their scoped_session, which is not used again.
std::unordered_map<std::uint64_t, std::unique_ptr<Session>> &sessions_of_thread() {
  thread_local std::unordered_map<std::uint64_t, std::unique_ptr<Session>> sessions;
  return sessions;
}

std::uint64_t next_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

} // namespace

scoped_session<void>::scoped_session(sessionmaker maker)
    : maker_(std::move(maker)), id_(next_id()) {}

scoped_session<void>::~scoped_session() { remove(); }

Session &scoped_session<void>::operator()() {
  std::unique_ptr<Session> &session = sessions_of_thread()[id_];
  if (!session)
    session = std::make_unique<Session>(maker_());
  return *session;
}

void scoped_session<void>::remove() { sessions_of_thread().erase(id_); }

} // namespace declorm
