// session_core.h: the untyped half of Session, for Session and Query.
#ifndef DECLORM_SESSION_CORE_H
#define DECLORM_SESSION_CORE_H

#include "declorm/loading.h"
#include "declorm/objects.h"

#include <chrono>
#include <functional>
#include <new>
#include <source_location>
#include <span>

namespace declorm {

class Session;

/// How often Session::transaction() runs a function again whose transaction met another one.
struct Retry {
  unsigned times = 0;                  ///< how many tries are left
  std::chrono::milliseconds pause{10}; ///< before the next try at most; each one doubles it

  /// Waits for a random part of the pause, so that transactions which met do not meet again.
  /// Returns false, at once, if no try is left.
  bool wait();
};
/// Makes a Retry: `times` tries after the first one.
inline Retry retry(unsigned times,
                   std::chrono::milliseconds pause = std::chrono::milliseconds(10)) {
  return {times, pause};
}

/// How a Session behaves, and what it calls: functions that get the session, in the thread that
/// uses it. In the first two flush(), commit(), rollback() and begin_nested() are an
/// InvalidRequestError, in the others commit() and rollback(). SQLAlchemy's SessionEvents.
struct SessionOptions {
  bool autoflush = true; ///< a query first writes changes of the classes whose tables it reads
  /// Before a flush that has something to write: may add, change and delete objects, which it
  /// writes too. If it throws nothing is written.
  std::function<void(Session &)> before_flush = {};
  /// After a flush that has written something, in its transaction. If it throws, flush() does, and
  /// what was written stays until rollback().
  std::function<void(Session &)> after_flush = {};
  /// Before commit() flushes. If it throws nothing is committed.
  std::function<void(Session &)> before_commit = {};
  /// After commit(); what it reads is a new transaction. If it throws, commit() does, although the
  /// transaction is committed.
  std::function<void(Session &)> after_commit = {};
  /// After the session's transaction was rolled back, once: by rollback(), with the objects as they
  /// are then; or within a flush that failed, for which the session refuses its work until
  /// rollback(), which does not call this again. (A flush that failed behind begin_nested() rolls
  /// back the savepoint alone, and calls nothing.) What it throws takes the place of what the flush
  /// throws. SQLAlchemy's after_rollback.
  std::function<void(Session &)> after_rollback = {};
};

namespace detail {

struct LazyRun;
struct SessionState;
class LentSession;
class ChosenDeferred;

/// What a Query asks of the session.
struct QueryFlags {
  bool read_only = false;                     ///< query<const T>(): no snapshots
  bool populate_existing = false;             ///< rows overwrite what is in memory
  bool reload_links = false;                  ///< relationships are loaded again
  const ChosenDeferred *undeferred = nullptr; ///< deferred columns to load; null: none
  const LazyRun *run = nullptr; ///< what touches of the objects' lazy members are told
};

/// The untyped half of Session. Each call but cancel() throws InvalidRequestError if another thread
/// is inside.
class SessionCore {
public:
  SessionCore(const Engine &engine, SessionOptions options);
  ~SessionCore();
  SessionCore(SessionCore &&) noexcept;
  SessionCore &operator=(SessionCore &&) = delete;

  /// Storage for an object that the caller constructs; add_placed() makes it the session's,
  /// end_placing() ends the attempt. Not both at once: one object is constructed at a time.
  void *place(Mapper &mapper);
  void add_placed(Mapper &mapper);
  void end_placing();
  /// Sets the discriminator of an object that will be added. Throws InvalidRequestError if it has
  /// the value of another class.
  static void identify(const Mapper &mapper, void *object);
  /// The object as an object of that class; null if it is none.
  void *as(const Mapper &mapper, const void *object);
  void add_shared(Mapper &mapper, std::shared_ptr<void> object);
  void add_held(void *object);
  void *get(Mapper &mapper, std::span<const Value> key);
  void remove(const void *object);
  void flush();
  void commit();
  void rollback();
  void cancel() const;
  void refresh(void *object);
  void expire(void *object);
  void expire_all();
  void expunge(void *object);
  void expunge_all();
  bool contains(const void *object) const;
  /// The object with the key of `object`, which is no part of the session, its members copied; null
  /// if there is none.
  void *merge(Mapper &mapper, const void *object);
  /// Takes a copy of such an object, constructed at place(), in; it refers to the session's objects
  /// then.
  void *merge_placed(Mapper &mapper, const void *object);
  bool is_modified(const void *object);
  /// `paths`: relationships to load with the objects. `place`: where the program runs the query.
  void load(Mapper &mapper, const SelectCore &select, const QueryFlags &flags,
            std::span<const LoadOption> paths, const std::source_location &place,
            std::vector<void *> &objects);
  /// Loads a relationship or a deferred column.
  void load_member(void *object, const RelationshipRef &member);
  bool is_loaded(const void *object, const RelationshipRef &member);
  /// What is assigned to the member from now on is all of it.
  void begin_set(void *object, const RelationshipRef &member);
  /// Calls the validators of the member, which has a new value.
  void end_set(void *object, const RelationshipRef &member);
  void sync(void *object);
  /// Before a statement that reads or writes tables behind the session's back.
  void flush_for(const SelectCore &select);
  void flush_for(const WriteCore &) { autoflush_all(); }
  void flush_for(const TextClause &) { autoflush_all(); }
  /// After it: objects may differ from their rows.
  void executed(const SelectCore &) {}
  void executed(const WriteCore &) { written_behind(); }
  void executed(const TextClause &) {}
  /// Objects may differ from their rows from now on; where a hook has written, from its flush on.
  void written_behind();
  /// Deletes the rows of the query, in all their tables, and takes their objects out of the work.
  /// Returns how many objects there were.
  std::int64_t delete_rows(Mapper &mapper, const SelectCore &select);
  /// Updates the rows of the query, in those of their tables that have the columns. Returns how
  /// many objects there are.
  std::int64_t update_rows(Mapper &mapper, const SelectCore &select,
                           const std::vector<Assignment> &assignments);
  void autoflush_all();
  void block_autoflush(int difference);
  Connection &connection();
  Transaction begin_nested();
  const std::shared_ptr<void> storage() const;

private:
  friend class LentSession;
  friend class ObjectReader;
  explicit SessionCore(SessionState *state);

  Owned<SessionState> state_;
};

/// Orders a query by the primary key, and begins behind `key` (empty: at the start).
SelectCore page_of(const Mapper &mapper, SelectCore select, std::span<const Value> key,
                   std::int64_t rows);

/// Throws InvalidRequestError: what orders or limits stands beside page_after().
[[noreturn]] void throw_ordered_page(const Mapper &mapper);

struct StreamState;

/// Objects of a query that are read in batches, each of its real class, and that are no part of the
/// session. Reading them, it holds one batch.
class ObjectReader {
public:
  /// Executes the SELECT, after what autoflush writes. Throws InvalidRequestError if `paths` names
  /// relationships to load.
  ObjectReader(SessionCore &core, Mapper &mapper, const SelectCore &select,
               std::span<const LoadOption> paths, std::int64_t rows);
  ~ObjectReader();
  ObjectReader(ObjectReader &&) noexcept;
  ObjectReader &operator=(ObjectReader &&) noexcept;
  /// Goes to the next object, whose batch is read if it is the first of one. Returns it as an
  /// object of the query's class; null: there is none.
  const void *next();
  /// Returns the object as one of that class; null if it is none.
  const void *as(const Mapper &mapper) const;

private:
  Owned<StreamState> state_;
};

/// The mapped classes below the mapper's that share its rows.
std::vector<const TypeId *> classes_below(const Mapper &mapper);

/// The parts of a key: a tuple's, one value, or none of std::nullopt.
template <class Key> std::vector<Value> key_parts(const Key &key) {
  if constexpr (is_null_literal<Key>)
    return {};
  else if constexpr (requires { std::tuple_size<Key>::value; })
    return std::apply([](const auto &...parts) { return std::vector<Value>{Value(parts)...}; },
                      key);
  else
    return {Value(key)};
}

/// The construction of one object in a session's storage.
class Placing {
public:
  Placing(SessionCore &core, Mapper &mapper) : core_(core), place_(core.place(mapper)) {}
  ~Placing() { core_.end_placing(); }
  Placing(const Placing &) = delete;
  Placing &operator=(const Placing &) = delete;
  void *place() const { return place_; }

private:
  SessionCore &core_;
  void *place_;
};
} // namespace detail

} // namespace declorm

#endif // DECLORM_SESSION_CORE_H
