// sessionmaker.h: sessions made alike, and one session for each thread or scope.
#ifndef DECLORM_SESSIONMAKER_H
#define DECLORM_SESSIONMAKER_H

#include "declorm/session.h"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace declorm {

/// Makes sessions of one engine with the same options. A value, safe to share between threads.
/// SQLAlchemy's sessionmaker.
class sessionmaker {
public:
  /// Keeps an engine and options for the sessions to be made.
  explicit sessionmaker(Engine engine, SessionOptions options = {})
      : engine_(std::move(engine)), options_(options) {}

  /// Makes a session.
  Session operator()() const { return Session(engine_, options_); }
  /// Calls `function(Session &)` with a new session and returns what it does: commit on return,
  /// rollback on exception.
  template <class Function> auto begin(Function function) const {
    Session session(engine_, options_);
    return session.transaction(std::move(function));
  }
  /// Returns the engine of the sessions.
  const Engine &engine() const { return engine_; }

private:
  Engine engine_;
  SessionOptions options_;
};

/// Returns a sessionmaker of an engine and options.
inline sessionmaker make_session(const Engine &engine, SessionOptions options = {}) {
  return sessionmaker(engine, options);
}

/// One session for each value of `Key` that the given function returns: a request, say. The current
/// one is made at its first use, and ends with remove(). The object is safe to share between
/// threads; what each scope does with its session is not. SQLAlchemy's scoped_session with a
/// scopefunc.
template <class Key = void> class scoped_session {
public:
  /// Keeps a sessionmaker and the function that tells the current scope; it is called by every
  /// access, from any thread.
  scoped_session(sessionmaker maker, std::function<Key()> scope)
      : maker_(std::move(maker)), scope_(std::move(scope)) {}
  scoped_session(const scoped_session &) = delete;
  scoped_session &operator=(const scoped_session &) = delete;

  /// Returns the current scope's session, which is made if there is none. Stays valid until
  /// remove().
  Session &operator()() {
    const Key key = scope_();
    const std::lock_guard lock(mutex_);
    auto &session = sessions_[key];
    if (!session)
      session.reset(new Session(maker_()));
    return *session;
  }
  /// Calls a member of the current scope's session: `session->add(…)`.
  Session *operator->() { return &(*this)(); }
  /// Ends the current scope's session, with a rollback of what was not committed.
  void remove() {
    const Key key = scope_();
    decltype(sessions_.extract(key)) ended; // whose session ends without the lock
    const std::lock_guard lock(mutex_);
    ended = sessions_.extract(key);
  }

private:
  sessionmaker maker_;
  std::function<Key()> scope_;
  std::mutex mutex_;
  std::unordered_map<Key, std::unique_ptr<Session>> sessions_;
};

/// One session for each thread: `scoped_session<> session(make_session(engine)); session->add(…)`.
/// A thread's session is made at its first use there, and ends with remove() or with the thread.
template <> class scoped_session<void> {
public:
  explicit scoped_session(sessionmaker maker);
  /// Ends this thread's session. Those of other threads end with their threads.
  ~scoped_session();
  scoped_session(const scoped_session &) = delete;
  scoped_session &operator=(const scoped_session &) = delete;

  /// Returns this thread's session, which is made if there is none. Stays valid until remove() or
  /// the thread's end.
  Session &operator()();
  /// Calls a member of this thread's session.
  Session *operator->() { return &(*this)(); }
  /// Ends this thread's session, with a rollback of what was not committed.
  void remove();

private:
  sessionmaker maker_;
  std::uint64_t id_;
};

} // namespace declorm

#endif // DECLORM_SESSIONMAKER_H
