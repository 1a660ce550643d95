// session_state.h: the unit of work: what a Session holds and does, without the types of objects.
#ifndef DECLORM_ORM_SESSION_SESSION_STATE_H
#define DECLORM_ORM_SESSION_SESSION_STATE_H

#include "declorm/session.h"
#include "runtime/engine/query_run.h"
#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/flush/undo_log.h"
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/events.h"
#include "runtime/orm/session/hook_calls.h"
#include "runtime/orm/session/identity_map.h"
#include "runtime/orm/session/n_plus_one.h"
#include "runtime/orm/session/pending_keys.h"

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace declorm::detail {

struct Compiled;
class Flush;

struct SessionState final : TransactionObserver {
  SessionState(const Engine &engine, SessionOptions options);
  ~SessionState() override;

  // Objects.
  ObjectState &state_of(const void *object, const char *what);
  /// The identity map of a class. A hierarchy has one: its classes share their keys.
  IdentityMap &identities(MapperState &mapper) {
    const CachedMap &cached = cached_maps_[cache_place(mapper)];
    return cached.mapper == &mapper ? *cached.map : find_identities(mapper);
  }
  /// Notes that the object's row holds what the object does.
  void take_snapshot(ObjectState &state);
  void add_pending(ObjectState &state);
  void detach(ObjectState &state);
  void expunge_all();

  // Relationships.
  /// Finds the object with that key, fresh or not, if the session holds it and works with it.
  /// `key`: as a program gives it, or as it stands in a row.
  ObjectState *find_held(MapperState &root, std::span<const Value> key);
  /// Finds the new object with that key, or null.
  ObjectState *find_pending(const MapperState &mapper, const Key &key) {
    return pending_keys.find(*store, *mapper.root, key, pending);
  }
  /// Takes in what smart pointers of the object refer to, and what those refer to.
  void adopt_from(ObjectState &state);
  void add_to_member(ObjectState &of, unsigned index, ObjectState &target);
  void set_member(ObjectState &of, unsigned index,
                  const std::vector<std::pair<void *, std::shared_ptr<void>>> &content);
  /// Lets the member refer to what its snapshot says.
  void restore_links(ObjectState &state, unsigned index);
  /// Lets the pointers of an object whose row was read point to objects that the session holds.
  void point_to_held(ObjectState &state);
  /// Gives the object the values that the database has written to its row at these positions.
  /// Returns what the row had before, at all positions.
  std::vector<Value> row_follows(ObjectState &state, std::span<const unsigned> positions,
                                 std::span<const Value> values);
  /// The row holds NULL there from now on, and the object what it held.
  void row_loses(ObjectState &state, unsigned position);
  bool has_link_changes(const ObjectState &state);
  /// Whether one of its relationships shows other objects than it did when it was read or written.
  static bool is_link_changed(const ObjectState &state, unsigned index);
  /// Whether a SELECT would tell more than the member shows: the member is not loaded, or it was
  /// loaded in a transaction that is over and did not change since.
  bool wants_links(const ObjectState &state, unsigned index) const;
  /// Notes that the object's row was read: the object is not stale any more, but its relationships
  /// are, if it was.
  void make_current(ObjectState &state);
  /// Collects the object and those that its relationships with that cascade lead to, as far as the
  /// session holds them.
  std::vector<ObjectState *> reached(ObjectState &from, model::Cascade cascade);
  /// Lets the object's relationships count as not loaded from now on.
  void forget_links(ObjectState &state);
  /// Loads a relationship for one object, unless it is loaded.
  void load_alone(const RelationshipState &relationship, ObjectState &state);
  /// Returns the run of the query that gave the object, as far as somebody has noted it.
  LazyRun run_of(const ObjectState &state, const RelationshipState &relationship) const;
  /// Lets all objects be stale.
  void expire_all();
  /// Loads those relationships of the object again that were loaded.
  void refresh_links(ObjectState &state);

  // Writing.
  /// Packs what the object's row is to be. Returns it; empty if the row is that already.
  static std::span<const std::byte> changed_row(const ObjectState &state, PackBuffer &packed);
  bool is_dirty(const ObjectState &state) { return !changed_row(state, buffer_).empty(); }
  /// Whether the object differs from its row, or has none yet.
  bool is_modified(const ObjectState &state) {
    return state.status == ObjectStatus::pending || (state.status == ObjectStatus::persistent &&
                                                     (is_dirty(state) || has_link_changes(state)));
  }
  /// The object has what the database has.
  void restore_values(ObjectState &state);
  /// What the object's row has, by position.
  static std::vector<Value> row_values(const ObjectState &state);
  void set_row_values(ObjectState &state, const std::vector<Value> &values);
  void flush(const std::vector<const MapperState *> *only);
  /// Writes changes of the classes whose tables the statement reads.
  void flush_before(const Compiled &statement);
  void commit();
  void rollback();
  Transaction begin_nested();
  void release_connection();
  /// Stops the statement that runs. Any thread may call it.
  void cancel();

  // TransactionObserver
  void committed() override;
  void rolled_back() override;
  void savepoint_released(const std::string &name) override;
  void rolled_back_to(const std::string &name) override;

  ConnectionState &connection();
  Connection &public_connection();
  /// Throws PendingRollbackError after a failed flush.
  void check_usable() const;

  Engine engine;
  SessionOptions options;
  std::optional<Connection> open_connection; ///< changed only with cancel_mutex_ held
  std::shared_ptr<ObjectStore> store;
  Loader loader{*this};
  std::unique_ptr<NPlusOneWatch> n_plus_one; ///< null: nobody counts
  std::uint32_t epoch = 1;
  std::vector<ObjectState *> pending; ///< in the order of add
  PendingKeys pending_keys;           ///< told what leaves `pending`
  LinkWork link_work;
  UndoLog undo_log; ///< of the transaction
  std::size_t deleted_count = 0;
  bool flushing = false;
  std::string flush_failure;     ///< why the transaction waits for rollback(); "" : it does not
  bool told_of_rollback = false; ///< after_rollback was called by the flush that failed
  int autoflush_blocked = 0;
  bool placing = false; ///< an object is under construction at the store's next place
  std::atomic<bool> busy{false};
  const RunningHook *running_hook = nullptr;   ///< null: none runs
  const RunningEvent *running_event = nullptr; ///< null: none runs
  std::atomic<int> hook_thread{0}; ///< whose hook or event it is, which may call the session
  bool stale_after_hooks = false;  ///< a hook wrote behind the session's back: expire_all() is due

private:
  void undo(std::size_t mark, bool keep_work);
  void keep_in_work(std::span<ObjectState *const> gone);
  void restore_unflushed();
  void roll_back_connection();
  void fail_flush(Flush &failed, std::string why);
  void add_related(std::vector<const MapperState *> &touched) const;
  /// Whether a flush of these classes, null: of all, has something to write. Looks at each object.
  bool has_work(const std::vector<const MapperState *> *only);
  void write_changes(const std::vector<const MapperState *> *only);
  /// Members get what the packed entries say.
  void restore_values(ObjectState &state, const std::byte *entry);

  IdentityMap &find_identities(MapperState &mapper);
  /// Where cached_maps_ has the map of a class, if it has it.
  static std::size_t cache_place(const MapperState &mapper) {
    return (reinterpret_cast<std::uintptr_t>(&mapper) * 0x9e3779b97f4a7c15u) >> 61;
  }
  struct CachedMap {
    const MapperState *mapper = nullptr;
    IdentityMap *map = nullptr;
  };

  std::mutex cancel_mutex_; ///< held while open_connection comes and goes, for cancel()
  std::unordered_map<MapperState *, std::unique_ptr<IdentityMap>> identity_maps_; ///< by root
  std::array<CachedMap, 8> cached_maps_{}; ///< those of the classes asked for last
  std::vector<std::pair<std::string, std::size_t>> savepoints_; ///< name, mark in the undo log
  PackBuffer buffer_, key_buffer_;
};

/// Throws InvalidRequestError for a call on a detached object.
[[noreturn]] void throw_not_in_work(const char *call, const ObjectState &state);

/// The mapper of the object's real class, which is `base` or one below it: if it has virtual
/// functions, these tell. Throws InvalidRequestError if that class is not mapped.
MapperState &real_mapper(MapperState &base, const void *object);

/// Marks a session busy for the length of a call. Throws InvalidRequestError if another thread is
/// in.
class SessionGuard {
public:
  /// `closed_to_hooks`: the name of a call that hooks must not make, and some events neither; null:
  /// they may.
  explicit SessionGuard(SessionState &state, const char *closed_to_hooks = nullptr);
  ~SessionGuard();
  SessionGuard(const SessionGuard &) = delete;
  SessionGuard &operator=(const SessionGuard &) = delete;

private:
  SessionState &state_;
  bool is_nested_ = false; ///< a hook's call, within another one
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_SESSION_STATE_H
